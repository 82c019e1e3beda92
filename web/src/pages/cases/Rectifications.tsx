// Rectifications over all cases: who is asked, where the clock stands.
import { Anchor, Select, Stack, Switch, Text } from "@mantine/core";
import { IconTool } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { type Column, ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { StateBadge } from "@/parts/States";
import type { ListState } from "@/parts/useListState";

type Row = Schemas["RectificationRow"];
const states: Schemas["RectificationState"][] = ["issued", "containment", "cause", "plan", "implementing", "verifying", "rejected", "escalated", "closed"];

export function useRectificationColumns(withCase: boolean): Column<Row>[] {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  return [
    {
      key: "supplier",
      title: t("supplier"),
      sort: "supplier_name",
      render: (row) => (
        <Stack gap={0}>
          <Anchor component={Link} to={`/rectifications/${row.id}`} size="sm" fw={550} c="inherit">
            {row.supplier_name}
          </Anchor>
          <Text size="xs" c="dimmed">
            {[row.number, row.tier !== undefined && t("tier", { tier: row.tier }), row.leaf_name && row.leaf_name !== row.supplier_name && t("leaf", { name: row.leaf_name })].filter(Boolean).join(" · ")}
          </Text>
        </Stack>
      ),
    },
    { key: "state", title: common("state"), sort: "state", render: (row) => <StateBadge of="rectification" state={row.state} /> },
    ...(withCase ? [{ key: "case", title: t("printTitle", { number: "" }).trim(), render: (row: Row) => <Anchor component={Link} to={`/cases/${row.case}/rectification`} size="sm">{row.case_number}</Anchor> }] : []),
    {
      key: "due",
      title: t("due"),
      sort: "due_at",
      render: (row) => (
        <Text size="sm" c={row.overdue ? "red" : undefined} fw={row.overdue ? 600 : undefined}>
          <Moment at={row.due_at} />
        </Text>
      ),
    },
  ];
}

export function Rectifications({ list }: { list: ListState }) {
  const { t } = useTranslation("cases");
  const { t: named } = useTranslation("states");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const columns = useRectificationColumns(true);
  const state = list.filter("state");
  const overdue = list.filter("overdue") === "true";
  const found = useQuery({
    queryKey: ["rectifications", state, overdue, list.query],
    queryFn: ({ signal }) => body(api.GET("/rectifications", { signal, params: { query: { ...list.query, ...(state ? { state } : {}), ...(overdue ? { overdue: true } : {}) } } })),
    placeholderData: keepPreviousData,
  });
  return (
    <ListTable
      label={t("rectifications")}
      list={list}
      query={found}
      rowId={({ id }) => id}
      onOpen={({ id }) => navigate(`/rectifications/${id}`)}
      filters={
        <>
          <Select
            w={180}
            aria-label={common("state")}
            placeholder={t("anyState")}
            clearable
            data={states.map((value) => ({ value, label: named(`rectification.${value}`) }))}
            value={state || null}
            onChange={(value) => list.setFilter("state", value)}
          />
          <Switch label={t("overdueOnly")} checked={overdue} onChange={(event) => list.setFilter("overdue", event.currentTarget.checked ? "true" : null)} />
        </>
      }
      empty={<EmptyState icon={IconTool} title={t("rectificationsEmpty")} text={t("rectificationsEmptyText")} />}
      columns={columns}
    />
  );
}
