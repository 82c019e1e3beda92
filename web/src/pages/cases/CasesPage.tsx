// All cases: as a table, as a board by state, or their rectifications.
import { Anchor, Button, SegmentedControl, Select, Stack, Switch, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBriefcase2, IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { StateBadge } from "@/parts/States";
import { type ListState, useListState } from "@/parts/useListState";
import { useMay } from "@/session/permissions";
import "@/texts/cases";
import { kinds, states } from "./acts";
import { Board } from "./Board";
import { CaseForm } from "./CaseForm";
import { Rectifications } from "./Rectifications";

export function Component() {
  const { t } = useTranslation("cases");
  const may = useMay();
  const navigate = useNavigate();
  const [opening, open] = useDisclosure();
  const list = useListState({ filters: ["state", "kind", "overdue"] });
  const view = list.filter("view") || "table";
  const openButton = may("write_cases") && (
    <Button leftSection={<IconPlus size={16} />} onClick={open.open}>
      {t("openCase")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} text={t("text")}>
        {openButton}
      </PageHeader>
      <Stack>
        <SegmentedControl
          aria-label={t("views")}
          style={{ alignSelf: "flex-start" }}
          value={view}
          onChange={(value) => list.setFilter("view", value === "table" ? null : value)}
          data={[
            { value: "table", label: t("table") },
            { value: "board", label: t("board") },
            { value: "rectifications", label: t("rectifications") },
          ]}
        />
        {view === "board" ? <Board kind={list.filter("kind")} /> : view === "rectifications" ? <Rectifications list={list} /> : <CaseTable list={list} action={openButton} />}
      </Stack>
      <CaseForm opened={opening} onClose={open.close} onSaved={({ id }) => navigate(`/cases/${id}`)} />
    </>
  );
}

function CaseTable({ list, action }: { list: ListState; action: React.ReactNode }) {
  const { t } = useTranslation("cases");
  const { t: named } = useTranslation("states");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const state = list.filter("state");
  const kind = list.filter("kind");
  const overdue = list.filter("overdue") === "true";
  const cases = useQuery({
    queryKey: ["cases", state, kind, overdue, list.query],
    queryFn: ({ signal }) =>
      body(
        api.GET("/cases", {
          signal,
          params: { query: { ...list.query, ...(state ? { state } : {}), ...(kind ? { kind } : {}), ...(overdue ? { overdue: true } : {}) } },
        }),
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <ListTable
      label={t("title")}
      list={list}
      query={cases}
      rowId={({ id }) => id}
      onOpen={({ id }) => navigate(`/cases/${id}`)}
      filters={
        <>
          <Select
            w={170}
            aria-label={common("state")}
            placeholder={t("anyState")}
            clearable
            data={states.map((value) => ({ value, label: named(`case.${value}`) }))}
            value={state || null}
            onChange={(value) => list.setFilter("state", value)}
          />
          <Select
            w={200}
            aria-label={t("kindLabel")}
            placeholder={t("anyKind")}
            clearable
            data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
            value={kind || null}
            onChange={(value) => list.setFilter("kind", value)}
          />
          <Switch label={t("overdueOnly")} checked={overdue} onChange={(event) => list.setFilter("overdue", event.currentTarget.checked ? "true" : null)} />
        </>
      }
      empty={
        <EmptyState icon={IconBriefcase2} title={t("empty")} text={t("emptyText")}>
          {action}
        </EmptyState>
      }
      columns={[
        {
          key: "title",
          title: t("name"),
          sort: "title",
          render: (row) => (
            <Stack gap={0}>
              <Anchor component={Link} to={`/cases/${row.id}`} size="sm" fw={550} c="inherit">
                {row.title}
              </Anchor>
              <Text size="xs" c="dimmed" className="figures">
                {row.number} · {t(`kind.${row.kind}`)}
              </Text>
            </Stack>
          ),
        },
        { key: "state", title: common("state"), sort: "state", render: (row) => <StateBadge of="case" state={row.state} /> },
        { key: "severity", title: t("severity"), sort: "severity", render: (row) => <StateBadge of="severity" state={row.severity} /> },
        { key: "accused", title: t("accused"), wideOnly: true, render: ({ accused }) => accused.join(", ") || "–" },
        { key: "owner", title: t("owner"), render: ({ owner }) => owner?.name || "–" },
        { key: "due", title: t("due"), sort: "due_at", render: (row) => <Due row={row} /> },
      ]}
    />
  );
}

export function Due({ row }: { row: Pick<Schemas["CaseRow"], "due_at" | "due_what" | "overdue"> }) {
  const { t } = useTranslation("cases");
  if (!row.due_at) return <Text span inherit c="dimmed">–</Text>;
  const what = row.due_what as keyof typeof whats | undefined;
  return (
    <Text span inherit>
      <Text span inherit c={row.overdue ? "red" : undefined} fw={row.overdue ? 600 : undefined}>
        <Moment at={row.due_at} />
      </Text>
      {what && what in whats && (
        <Text span size="xs" c="dimmed">
          {" "}
          {t(`what.${what}`)}
        </Text>
      )}
    </Text>
  );
}
const whats = { reply: 1, appeal: 1, task: 1, rectification: 1, payment: 1, consequence: 1 };
