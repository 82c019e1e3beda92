// Own mistakes already reported, each with the step that is left: saying when it was taken down.
import { Badge, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import { keys, serverNow, useRefusal, type Slip } from "../session";
import { shortInstant } from "../time";
import { Refusal } from "./Refusal";

function SlipRow({ slip }: { slip: Slip }) {
  const { t } = useTranslation("portal");
  const queries = useQueryClient();
  const refusalOf = useRefusal();
  const takenDown = useMutation({
    mutationFn: () => body(api.PATCH("/recipient/slips/{slip}", { params: { path: { slip: slip.id } }, body: { taken_down_at: new Date(serverNow()).toISOString() } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.home }),
  });
  return (
    <Stack gap={8}>
      <Group justify="space-between" gap={8} align="flex-start">
        <Text fw={550} style={{ flex: 1, minWidth: 160, overflowWrap: "anywhere" }}>{slip.what}</Text>
        {slip.taken_down_at ? <Badge color="teal">{t("slip.down")}</Badge> : <Badge color="orange">{t("slip.up")}</Badge>}
      </Group>
      <Text size="sm" c="dimmed">{t("slip.row", { where: slip.where, when: shortInstant(slip.reported_at) })}</Text>
      {slip.taken_down_at ? <Text size="sm">{t("slip.downAt", { when: shortInstant(slip.taken_down_at) })}</Text> : (
        <Button variant="default" size="sm" loading={takenDown.isPending} onClick={() => takenDown.mutate()}>{t("slip.markDown")}</Button>
      )}
      {slip.acknowledged_at ? <Text size="sm" c="dimmed">{t("slip.seen", { when: shortInstant(slip.acknowledged_at) })}</Text> : null}
      <Refusal error={takenDown.error ? refusalOf(takenDown.error) : null} />
    </Stack>
  );
}

export function SlipList({ slips }: { slips: Slip[] }) {
  const { t } = useTranslation("portal");
  if (slips.length === 0) return null;
  return (
    <Card component="section" aria-label={t("slip.reported")} padding="md">
      <Stack gap="md">
        <Title order={2} size="h3">{t("slip.reported")}</Title>
        {slips.map((slip) => <SlipRow key={slip.id} slip={slip} />)}
      </Stack>
    </Card>
  );
}
