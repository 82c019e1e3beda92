// One question: a person by number, or a company by name or code.
import { Card, List, SegmentedControl, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Navigate, useSearchParams } from "react-router-dom";
import { useMay } from "@/session/permissions";
import "@/texts/screening";
import { AskCompany } from "./AskCompany";
import { AskPerson } from "./AskPerson";

export function Component() {
  const { t } = useTranslation("screening");
  const may = useMay();
  const [params, setParams] = useSearchParams();
  const company = params.get("about") === "company";
  if (!may("write_screening")) return <Navigate to="/screening/questions" replace />;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" style={{ alignItems: "start" }}>
      <Card>
        <Stack>
          <SegmentedControl
            aria-label={t("askWhat")}
            fullWidth
            value={company ? "company" : "person"}
            onChange={(about) => setParams(about === "company" ? { about } : {}, { replace: true })}
            data={[
              { value: "person", label: t("aPerson") },
              { value: "company", label: t("aCompany") },
            ]}
          />
          {company ? <AskCompany /> : <AskPerson />}
        </Stack>
      </Card>
      {!company && (
        <Card bg="transparent">
          <Title order={2} size="h3" mb="xs">
            {t("whatHappens")}
          </Title>
          <List type="ordered" size="sm" spacing="xs">
            {([1, 2, 3, 4] as const).map((line) => (
              <List.Item key={line}>
                <Text size="sm">{t(`whatHappens${line}`)}</Text>
              </List.Item>
            ))}
          </List>
        </Card>
      )}
    </SimpleGrid>
  );
}
