// Epochs in use: keys, who holds them and how they are, the tag set.
import { Alert, Badge, Card, Center, Loader, Stack, Table, Text, Title } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { inOwnWords } from "@/api/errors";
import { EmptyState } from "@/parts/EmptyState";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { Moment } from "@/parts/Moment";
import { count, dateOnly, dateTime } from "@/parts/times";
import "@/texts/alliance";

const mono = (text: string) => <Text span size="xs" ff="monospace" style={{ overflowWrap: "anywhere" }}>{text}</Text>;

export function Component() {
  const { t } = useTranslation("alliance");
  const { t: common } = useTranslation();
  const epochs = useQuery({ queryKey: ["hub-epochs"], queryFn: ({ signal }) => body(api.GET("/hub/epochs", { signal })), refetchInterval: 15_000 });
  if (epochs.error) return <Failure error={epochs.error} onRetry={() => void epochs.refetch()} />;
  if (!epochs.data) return <Center mih={160}><Loader role="status" aria-label={common("loading")} /></Center>;
  return (
    <Stack gap="lg">
      {epochs.data.ceremony_due && <Alert color="orange">{t("ceremonyDue", { time: dateTime(epochs.data.ceremony_due) })}</Alert>}
      {epochs.data.items.length === 0 && <Card><EmptyState icon={IconKey} title={t("epochsEmpty")} text={t("epochsEmptyText")} /></Card>}
      {epochs.data.items.map((one) => <Epoch key={`${one.epoch}-${one.generation}`} epoch={one} />)}
    </Stack>
  );
}

function Epoch({ epoch }: { epoch: Schemas["HubEpoch"] }) {
  const { t } = useTranslation("alliance");
  const { t: common } = useTranslation();
  const set = epoch.tag_set;
  return (
    <Card>
      <Title order={2} size="h3">{t("epoch", { epoch: epoch.epoch })} <Text span inherit size="sm" fw={400} c="dimmed">{t("generation", { generation: epoch.generation })}</Text></Title>
      <Text size="sm" c="dimmed" mb="sm">{t("threshold", { threshold: epoch.threshold, holders: epoch.holders.length })}</Text>
      <Table aria-label={t("holder")} verticalSpacing="xs" highlightOnHover={false} mb="md">
        <Table.Thead><Table.Tr><Table.Th>{t("holder")}</Table.Th><Table.Th>{common("state")}</Table.Th><Table.Th>{t("lastContact")}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {epoch.holders.map((holder) => (
            <Table.Tr key={holder.identity}>
              <Table.Td><Text size="sm">{holder.name}</Text><Text size="xs" c="dimmed">{holder.url}</Text></Table.Td>
              <Table.Td>
                <Badge color={holder.well === null ? "gray" : holder.well ? "teal" : "red"}>{holder.well === null ? t("unknown") : holder.well ? t("well") : t("unwell")}</Badge>
                {holder.trouble && <Text size="xs" c="dimmed">{inOwnWords(holder.trouble, holder.trouble_zh)}</Text>}
              </Table.Td>
              <Table.Td><Moment at={holder.last_contact} /></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Facts
        facts={[
          [t("keySet"), mono(epoch.key_set_id)],
          [t("until"), dateOnly(epoch.until)],
          [t("tagSet"), set && `${set.version} · ${dateTime(set.published_at)}`],
          [t("tags"), set && count(set.count)],
          [t("shared"), set && `${(set.match_share * 100).toFixed(1)} %`],
          [t("root"), set && mono(set.root)],
        ]}
      />
    </Card>
  );
}
