// Own mistakes that recipients reported.
import { Anchor, Badge, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { IconHeartHandshake } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { dateTime } from "@/parts/times";
import "@/texts/deliveries";
import { useProject } from "../projects/ProjectLayout";

export function Component() {
  const { t } = useTranslation("deliveries");
  const project = useProject();
  const slips = useQuery({
    queryKey: ["slips", project.id],
    queryFn: ({ signal }) => body(api.GET("/projects/{project}/slips", { signal, params: { path: { project: project.id } } })),
  });
  if (slips.error) return <Failure error={slips.error} onRetry={() => void slips.refetch()} />;
  if (slips.data?.items.length === 0) {
    return (
      <Card>
        <EmptyState icon={IconHeartHandshake} title={t("slipsEmpty")} text={t("slipsEmptyText")} />
      </Card>
    );
  }
  return (
    <Stack component="ul" m={0} p={0} style={{ listStyle: "none" }} aria-label={t("slips")}>
      {slips.data?.items.map((slip) => <Slip key={slip.id} slip={slip} />)}
    </Stack>
  );
}

function Slip({ slip }: { slip: Schemas["Slip"] }) {
  const { t } = useTranslation("deliveries");
  const acknowledge = useAct(() => body(api.POST("/slips/{slip}/acknowledge", { params: { path: { slip: slip.id } } })), {
    done: t("acknowledgedDone"),
    refresh: ["slips", "project", "activity"],
  });
  const minutes = Math.max(0, Math.round((new Date(slip.reported_at).getTime() - new Date(slip.happened_at).getTime()) / 60_000));
  return (
    <Card component="li">
      <Group justify="space-between" align="flex-start" mb="sm">
        <Stack gap={2}>
          <Title order={2} size="h3">
            <Anchor component={Link} to={`/parties/${slip.party}`} c="inherit">
              {slip.party_name}
            </Anchor>
          </Title>
          <Text size="sm" c="dimmed">
            {t("afterMinutes", { count: minutes })}
          </Text>
        </Stack>
        <Group gap="xs">
          <Button component={Link} to={`/commitments/${slip.commitment}`} size="xs" variant="default">
            {t("openCommitment")}
          </Button>
          {slip.acknowledged_at ? (
            <Badge color="teal">{t("acknowledged")}</Badge>
          ) : (
            <Button size="xs" loading={acknowledge.isPending} onClick={() => acknowledge.mutate(undefined)}>
              {t("acknowledge")}
            </Button>
          )}
        </Group>
      </Group>
      <Facts
        facts={[
          [t("what"), slip.what],
          [t("where"), slip.where],
          [t("happened"), dateTime(slip.happened_at)],
          [t("reported"), dateTime(slip.reported_at)],
          [t("takenDown"), slip.taken_down_at ? dateTime(slip.taken_down_at) : <Text span inherit c="orange">{t("notTakenDown")}</Text>],
        ]}
      />
    </Card>
  );
}
