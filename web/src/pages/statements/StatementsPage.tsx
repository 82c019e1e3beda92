// Every statement, drafts too.
import { Anchor, Button, Select, Stack, Text } from "@mantine/core";
import { IconPlus, IconRubberStamp } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { currentLocale } from "@/i18n";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { StateBadge } from "@/parts/States";
import { useListState } from "@/parts/useListState";
import { useMay } from "@/session/permissions";
import "@/texts/statements";

const states: Schemas["StatementState"][] = ["draft", "submitted", "approved", "sealing", "published", "withdrawn", "tombstoned"];

export function titleOf({ title_en, title_zh, number }: { title_en: string; title_zh: string; number: string }): string {
  const [first, second] = currentLocale() === "zh" ? [title_zh, title_en] : [title_en, title_zh];
  return first || second || number;
}

export function Component() {
  const { t } = useTranslation("statements");
  const { t: named } = useTranslation("states");
  const { t: common } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const list = useListState({ filters: ["state"] });
  const state = list.filter("state");
  const statements = useQuery({
    queryKey: ["statements", state, list.query],
    queryFn: ({ signal }) => body(api.GET("/statements", { signal, params: { query: { ...list.query, ...(state ? { state } : {}) } } })),
    placeholderData: keepPreviousData,
  });
  const button = may("write_statements") && (
    <Button component={Link} to="/publishing/new" leftSection={<IconPlus size={16} />}>
      {t("newStatement")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} text={t("text")}>
        {(statements.data?.total !== 0 || list.narrowed) && button}
      </PageHeader>
      <ListTable
        label={t("title")}
        list={list}
        query={statements}
        rowId={({ id }) => id}
        onOpen={({ id }) => navigate(`/publishing/${id}`)}
        filters={
          <Select
            w={190}
            aria-label={common("state")}
            placeholder={t("anyState")}
            clearable
            data={states.map((value) => ({ value, label: named(`statement.${value}`) }))}
            value={state || null}
            onChange={(value) => list.setFilter("state", value)}
          />
        }
        empty={
          <EmptyState icon={IconRubberStamp} title={t("empty")} text={t("emptyText")}>
            {button}
          </EmptyState>
        }
        columns={[
          {
            key: "title",
            title: t("name"),
            render: (statement) => (
              <Stack gap={0}>
                <Anchor component={Link} to={`/publishing/${statement.id}`} size="sm" fw={550} c="inherit">
                  {titleOf(statement)}
                </Anchor>
                <Text size="xs" c="dimmed" className="figures">
                  {statement.number} · {t(`relation.${statement.relation}`)}
                </Text>
              </Stack>
            ),
          },
          { key: "state", title: common("state"), render: (statement) => <StateBadge of="statement" state={statement.state} /> },
          {
            key: "case",
            title: t("caseLabel"),
            render: (statement) =>
              may("read_cases") ? (
                <Anchor component={Link} to={`/cases/${statement.case}`} size="sm">
                  {statement.case_number}
                </Anchor>
              ) : (
                statement.case_number
              ),
          },
          { key: "approvals", title: t("approvals"), wideOnly: true, render: ({ approvals }) => t("approvalsOf", { given: approvals }) },
          { key: "published", title: t("published"), render: ({ published_at }) => <Moment at={published_at} /> },
        ]}
      />
    </>
  );
}
