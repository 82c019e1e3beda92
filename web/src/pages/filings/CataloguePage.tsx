// What can be listed, for how long, and what is never a ground.
import { Badge, Card, Center, Loader, Stack, Table, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Failure } from "@/parts/Failure";
import { PageHeader } from "@/parts/PageHeader";
import { currentLocale } from "@/i18n";
import type { Schemas } from "@/api/client";
import { useCatalogue } from "./acts";

export function Component() {
  const { t } = useTranslation("filings");
  const { t: common } = useTranslation();
  const catalogue = useCatalogue();
  return (
    <>
      <PageHeader title={t("catalogue")} text={t("catalogueText")} back={{ to: "/filings", label: t("title") }} />
      {catalogue.error && <Failure error={catalogue.error} onRetry={() => void catalogue.refetch()} />}
      {!catalogue.data && !catalogue.error && <Center mih={200}><Loader role="status" aria-label={common("loading")} /></Center>}
      {catalogue.data && <Catalogue catalogue={catalogue.data} />}
    </>
  );
}

export function Catalogue({ catalogue }: { catalogue: Schemas["FilingCatalogue"] }) {
  const { t } = useTranslation("filings");
  const { t: words } = useTranslation("listings");
  return (
    <Stack gap="lg" maw={820}>
      <Card padding={0}>
        <Table aria-label={t("catalogue")} highlightOnHover={false}>
          <Table.Tbody>
            {catalogue.conduct.map((one) => (
              <Table.Tr key={one.conduct}>
                <Table.Td fw={550}>{currentLocale() === "zh" ? one.title_zh : one.title_en}</Table.Td>
                <Table.Td><Badge color={one.severity === "grave" ? "red" : one.severity === "serious" ? "orange" : "gray"}>{words(`severity.${one.severity}`)}</Badge></Table.Td>
                <Table.Td c="dimmed">{t("keptYears", { years: words("years", { count: one.years }) })}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Card>
      <Card>
        <Title order={2} size="h3" mb="sm">{t("never")}</Title>
        <Stack gap="xs">
          {catalogue.never.map(({ ground, why }) => (
            <div key={ground}>
              <Text size="sm" fw={550}>{words(`ground.${ground as "speech"}`, { defaultValue: ground })}</Text>
              <Text size="sm" c="dimmed">{words(`why.${ground as "speech"}`, { defaultValue: why })}</Text>
            </div>
          ))}
        </Stack>
      </Card>
    </Stack>
  );
}
