// Own footage: the leak beside the frames that attendees of shoots handed in. Leads, ranked, with their reasons.
import { Alert, Badge, Button, Card, Group, Image, List, Progress, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconBulb, IconCameraSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { asApiError } from "@/api/errors";
import { EmptyState } from "@/parts/EmptyState";
import { Failure } from "@/parts/Failure";
import { said } from "@/parts/said";
import { StateBadge } from "@/parts/States";
import { dateTime } from "@/parts/times";
import { useMay } from "@/session/permissions";
import { useEvidence } from "./Evidence";
import { useLeak } from "./LeakLayout";
import { pictureAddress } from "./places";

export function Component() {
  const { t } = useTranslation("leaks");
  const leak = useLeak();
  const may = useMay();
  const search = useQuery({
    queryKey: ["own-footage", leak.id],
    queryFn: async ({ signal }) => {
      try {
        return await body(api.GET("/leaks/{leak}/own-footage", { signal, params: { path: { leak: leak.id } } }));
      } catch (error) {
        // Nobody has compared yet: nothing went wrong.
        if (asApiError(error).status === 404) return null;
        throw error;
      }
    },
    refetchInterval: (query) => (query.state.data?.state === "running" ? 2_000 : false),
  });
  const run = useAct(() => body(api.POST("/leaks/{leak}/own-footage", { params: { path: { leak: leak.id } }, body: {} })), {
    done: t("footageStarted"),
    refresh: ["own-footage", "jobs"],
  });
  const stop = useAct(() => body(api.POST("/leaks/{leak}/own-footage/cancel", { params: { path: { leak: leak.id } } })), {
    done: t("footageStopped"),
    refresh: ["own-footage", "jobs"],
  });
  if (search.error) return <Failure error={search.error} onRetry={() => void search.refetch()} />;
  const found = search.data;
  const running = found?.state === "running";
  const button = may("write_leaks") && leak.state !== "closed" && (
    <Button variant={found ? "default" : "filled"} leftSection={<IconCameraSearch size={16} />} disabled={leak.files === 0 || running} loading={run.isPending} onClick={() => run.mutate(undefined)}>
      {found ? t("footageAgain") : t("footageRun")}
    </Button>
  );
  if (found === null) {
    return (
      <Card>
        <EmptyState icon={IconCameraSearch} title={t("footageEmpty")} text={t("footageText")}>
          {button}
        </EmptyState>
      </Card>
    );
  }
  if (!found) return <Progress value={100} animated aria-label={t("footage")} />;
  const shown = found.state === "done" ? found : found.earlier;
  const shoots = found.shoots.map((shoot) => (
    <Text key={shoot.id} size="sm" c="dimmed">
      {shoot.title}: {t("comparedFrames", { compared: shoot.compared, frames: shoot.frames })}
      {shoot.left_out > 0 && ` · ${t("leftOut", { count: shoot.left_out })}`}
    </Text>
  ));
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start">
        <Stack gap={2}>
          <Text size="sm" c="dimmed">
            {found.by}, {dateTime(found.begun_at)}
          </Text>
          {!found.earlier && shoots}
        </Stack>
        {button}
      </Group>
      {running && (
        <Card role="status">
          <Group justify="space-between" mb="xs">
            <Text size="sm">{t("footageRunning")}</Text>
            {may("write_leaks") && (
              <Button size="compact-xs" variant="default" loading={stop.isPending} onClick={() => stop.mutate(undefined)}>
                {t("cancelTrace")}
              </Button>
            )}
          </Group>
          <Progress value={100} animated aria-label={t("footageRunning")} />
        </Card>
      )}
      {found.state === "failed" && (
        <Alert color="orange" icon={<IconBulb size={18} />} title={t("footageFailed")}>
          {said(found.note)}
        </Alert>
      )}
      {found.earlier && (
        <Stack gap={2} role="note">
          <Text size="sm">{t("footageEarlier", { by: found.earlier.by, at: dateTime(found.earlier.begun_at) })}</Text>
          {shoots}
        </Stack>
      )}
      {shown && (
        <Alert color="yellow" icon={<IconBulb size={18} />} title={t("leadAlways")}>
          {said(shown.note)}
        </Alert>
      )}
      {shown && found.leads.length === 0 && (
        <Card>
          <EmptyState icon={IconCameraSearch} title={t("footageNone")} text={t("footageNoneText")} />
        </Card>
      )}
      <Stack component="ol" gap="md" m={0} p={0} style={{ listStyle: "none" }}>
        {found.leads.map((lead) => (
          <Lead key={lead.rank} leak={leak.id} lead={lead} />
        ))}
      </Stack>
    </Stack>
  );
}

function Lead({ leak, lead }: { leak: string; lead: Schemas["FootageLead"] }) {
  const { t } = useTranslation("leaks");
  const evidence = useEvidence(leak);
  const picture = (evidence.data?.items ?? []).filter((item) => item.picture && item.kind !== "derived" && item.kind !== "report")[lead.picture];
  return (
    <Card component="li">
      <Group justify="space-between" align="flex-start" mb="md">
        <Stack gap={2}>
          <Text size="xs" c="dimmed">
            {t("rank", { rank: lead.rank })}
          </Text>
          <Title order={2} size="h3">
            {lead.party_name}
          </Title>
          <Text size="sm" c="dimmed">
            {[lead.organisation_name, lead.shoot_title, lead.slot, lead.zone].filter(Boolean).join(" · ")}
          </Text>
        </Stack>
        <Group gap="xs">
          <Badge color="yellow">{t("lead")}</Badge>
          <Badge color="gray">{t(`match.${lead.match}`)}</Badge>
        </Group>
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <SimpleGrid cols={2} spacing="xs">
          <figure style={{ margin: 0 }}>
            {picture && <Image src={pictureAddress(leak, picture.id)} alt={`${t("leakPicture")}: ${picture.name}`} radius="md" h={150} fit="cover" />}
            <Text component="figcaption" size="xs" c="dimmed" mt={4}>
              {t("leakPicture")}
            </Text>
          </figure>
          <figure style={{ margin: 0 }}>
            <Image src={`/api/v1/frames/${lead.frame}/preview`} alt={`${t("handedIn")}: ${lead.party_name}`} radius="md" h={150} fit="cover" />
            <Group gap={6} mt={4} component="figcaption">
              <Text size="xs" c="dimmed">
                {t("handedIn")}
              </Text>
              <StateBadge of="frame" state={lead.frame_state} />
            </Group>
          </figure>
        </SimpleGrid>
        <Stack gap={6}>
          <Text size="sm" fw={550}>
            {t("whyLead")}
          </Text>
          <List size="sm" spacing={4}>
            {lead.reasons.map((reason) => (
              <List.Item key={reason.code}>{said(reason)}</List.Item>
            ))}
          </List>
          <Text size="xs" c="dimmed" className="figures">
            {t("frameMatching", { count: lead.frames_matching })} · {t("orders", { value: Math.round(100 * lead.score) })}
          </Text>
          <Group gap="xs">
            <Button component={Link} to={`/commitments/${lead.commitment}`} size="compact-sm" variant="default">
              {t("under", { number: lead.commitment_number })}
            </Button>
            {!lead.in_force && <Badge color="orange">{t("notInForce")}</Badge>}
          </Group>
        </Stack>
      </SimpleGrid>
    </Card>
  );
}
