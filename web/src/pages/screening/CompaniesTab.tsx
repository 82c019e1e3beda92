// What was asked about companies.
import { Anchor, Button, Select, Stack, Text } from "@mantine/core";
import { IconBuildingStore } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { StateBadge } from "@/parts/States";
import { useListState } from "@/parts/useListState";
import { useMay } from "@/session/permissions";
import "@/texts/screening";

export const levels: Schemas["CompanyLevel"][] = ["confirmed", "likely", "possible", "another_company", "not_listed", "unreadable"];

export function Component() {
  const { t } = useTranslation("screening");
  const { t: named } = useTranslation("states");
  const may = useMay();
  const navigate = useNavigate();
  const list = useListState({ sort: "-asked_at", filters: ["outcome"] });
  const outcome = list.filter("outcome");
  const questions = useQuery({
    queryKey: ["company-questions", outcome, list.query],
    queryFn: ({ signal }) => body(api.GET("/screening/companies", { signal, params: { query: { ...list.query, ...(outcome ? { outcome } : {}) } } })),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">{t("companiesText")}</Text>
      <ListTable
        label={t("companies")}
        list={list}
        query={questions}
        rowId={({ id }) => id}
        onOpen={({ id }) => navigate(`/screening/companies/${id}`)}
        filters={<Select w={170} aria-label={t("anyLevel")} placeholder={t("anyLevel")} clearable data={levels.map((value) => ({ value, label: named(`companyLevel.${value}`) }))} value={outcome || null} onChange={(value) => list.setFilter("outcome", value)} />}
        empty={
          <EmptyState icon={IconBuildingStore} title={t("companiesEmpty")} text={t("companiesEmptyText")}>
            {may("write_screening") && <Button component={Link} to="/screening?about=company">{t("askCompany")}</Button>}
          </EmptyState>
        }
        columns={[
          {
            key: "name",
            title: t("aCompany"),
            sort: "name",
            render: (row) => (
              <Stack gap={0}>
                <Anchor component={Link} to={`/screening/companies/${row.id}`} size="sm" fw={550} c="inherit">{nameOf(row)}</Anchor>
                <Text size="xs" c="dimmed" className="figures">{row.number}{row.name && row.credit_code && ` · ${row.credit_code}`}</Text>
              </Stack>
            ),
          },
          { key: "outcome", title: t("decision"), render: ({ outcome: value }) => <StateBadge of="companyLevel" state={value} /> },
          { key: "purpose", title: t("purposeLabel"), render: ({ purpose, requisition }) => <Stack gap={0}>{t(`purpose.${purpose}`)}<Text size="xs" c="dimmed">{requisition}</Text></Stack> },
          { key: "asked", title: t("askedAt"), sort: "asked_at", render: ({ asked_at, asked_by }) => <Stack gap={0}><Moment at={asked_at} /><Text size="xs" c="dimmed">{asked_by}</Text></Stack> },
        ]}
      />
    </Stack>
  );
}

export function nameOf({ name, credit_code, lei, registration }: { name: string; credit_code: string | null; lei: string | null; registration: string | null }): string {
  return name || credit_code || lei || registration || "–";
}
