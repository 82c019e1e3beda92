// How appeals ended, and how long they took.
import { Card, Center, Loader, SimpleGrid, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import { Failure } from "@/parts/Failure";
import { count } from "@/parts/times";

const figures = ["appeals", "upheld", "corrected", "taken_back", "late", "overturned", "acquittals"] as const;

export function Component() {
  const { t } = useTranslation("filings");
  const { t: words } = useTranslation("listings");
  const { t: common } = useTranslation();
  const statistics = useQuery({ queryKey: ["ombudsman-statistics"], queryFn: ({ signal }) => body(api.GET("/ombudsman/statistics", { signal })) });
  if (statistics.error) return <Failure error={statistics.error} onRetry={() => void statistics.refetch()} />;
  if (!statistics.data) return <Center mih={160}><Loader role="status" aria-label={common("loading")} /></Center>;
  const found = statistics.data;
  const all: [string, string][] = [...figures.map((name): [string, string] => [t(`stat.${name}`), count(found[name])]), [t("stat.median"), found.median_wait_days === null || found.median_wait_days === undefined ? "–" : String(found.median_wait_days)]];
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        {all.map(([label, value]) => (
          <Card key={label} padding="md">
            <Text size="xs" c="dimmed">{label}</Text>
            <Text size="xl" fw={650} className="figures">{value}</Text>
          </Card>
        ))}
      </SimpleGrid>
      {found.by_conduct.length > 0 && (
        <Card padding={0}>
          <Table aria-label={t("conduct")} highlightOnHover={false}>
            <Table.Thead><Table.Tr><Table.Th>{t("conduct")}</Table.Th><Table.Th ta="right">{t("stat.appeals")}</Table.Th><Table.Th ta="right">{t("againstFiler")}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>{found.by_conduct.map((one) => <Table.Tr key={one.conduct}><Table.Td>{words(`conduct.${one.conduct}`)}</Table.Td><Table.Td ta="right">{one.appeals}</Table.Td><Table.Td ta="right">{one.against_filer}</Table.Td></Table.Tr>)}</Table.Tbody>
          </Table>
        </Card>
      )}
    </Stack>
  );
}
