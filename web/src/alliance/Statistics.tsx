// What the numbers of the alliance say; small ones are not told.
import { Card, Group, SimpleGrid, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import { count, dateTime } from "@/parts/times";
import "@/texts/listings";
import "@/texts/states";
import { Before } from "./AlliancePage";

export function Statistics() {
  const { t } = useTranslation("alliance");
  const { t: words } = useTranslation("listings");
  const { t: named } = useTranslation("states");
  const statistics = useQuery({ queryKey: ["public", "statistics"], queryFn: ({ signal }) => body(api.GET("/public/alliance/statistics", { signal })), retry: false });
  if (!statistics.data) return <Before query={statistics} />;
  const { as_of, least_told, listings, by_conduct, overturned_share, appeals, days_to_decide, by_member } = statistics.data;
  const told = (value: number | null) => (value === null ? t("fewer", { least: least_told }) : count(value));
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">{t("asOf", { time: dateTime(as_of), least: least_told })}</Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Figure title={t("overturned")} value={overturned_share === null ? "–" : `${(overturned_share * 100).toFixed(1)} %`} text={t("overturnedText")} />
        <Figure title={t("daysToDecide")} value={days_to_decide.median === null ? "–" : String(days_to_decide.median)} text={days_to_decide.median === null || days_to_decide.ninth_decile === null ? t("none") : t("medianAnd", { median: days_to_decide.median, ninth: days_to_decide.ninth_decile })} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Rows title={t("byState")} rows={listings.map((one) => [named(`filing.${one.state as "active"}`, { defaultValue: one.state }), told(one.count)])} />
        <Rows title={t("byConduct")} rows={by_conduct.map((one) => [words(`conduct.${one.conduct as "fraud"}`, { defaultValue: one.conduct }), told(one.count)])} />
        <Rows title={t("appeals")} rows={appeals.map((one) => [t(`outcome.${one.outcome as "upheld"}`, { defaultValue: one.outcome }), told(one.count)])} />
      </SimpleGrid>
      {by_member.length > 0 && (
        <Card padding={0}>
          <Table aria-label={t("byMember")} highlightOnHover={false}>
            <Table.Thead><Table.Tr><Table.Th>{t("member")}</Table.Th><Table.Th ta="right">{t("filed")}</Table.Th><Table.Th ta="right">{t("overturnedCount")}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {by_member.map((one) => <Table.Tr key={one.member}><Table.Td>{one.name}</Table.Td><Table.Td ta="right">{told(one.filed)}</Table.Td><Table.Td ta="right">{told(one.overturned)}</Table.Td></Table.Tr>)}
            </Table.Tbody>
          </Table>
        </Card>
      )}
    </Stack>
  );
}

function Figure({ title, value, text }: { title: string; value: string; text: ReactNode }) {
  return (
    <Card padding="md">
      <Text size="sm" c="dimmed">{title}</Text>
      <Text size="xl" fw={650} className="figures">{value}</Text>
      <Text size="xs" c="dimmed">{text}</Text>
    </Card>
  );
}

function Rows({ title, rows }: { title: string; rows: [string, string][] }) {
  const { t } = useTranslation("alliance");
  return (
    <Card padding="md" component="section">
      <Title order={2} size="h4" mb="xs">{title}</Title>
      {rows.length === 0 && <Text size="sm" c="dimmed">{t("none")}</Text>}
      {rows.map(([name, value]) => (
        <Group key={name} justify="space-between" wrap="nowrap" gap="sm" py={2}>
          <Text size="sm">{name}</Text>
          <Text size="sm" className="figures">{value}</Text>
        </Group>
      ))}
    </Card>
  );
}
