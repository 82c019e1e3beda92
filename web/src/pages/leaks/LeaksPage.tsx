// Every leak reported, and how far each has come.
import { Anchor, Button, Select, Stack, Text } from "@mantine/core";
import { IconDroplet, IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { StateBadge } from "@/parts/States";
import { useListState } from "@/parts/useListState";
import { useMay } from "@/session/permissions";
import "@/texts/leaks";

const states: Schemas["LeakState"][] = ["reported", "answered", "traced", "unmask_requested", "unmasked", "in_case", "closed"];

export function Component() {
  const { t } = useTranslation("leaks");
  const { t: named } = useTranslation("states");
  const { t: common } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const list = useListState({ sort: "-reported_at", filters: ["state"] });
  const state = list.filter("state");
  const leaks = useQuery({
    queryKey: ["leaks", state, list.query],
    queryFn: ({ signal }) => body(api.GET("/leaks", { signal, params: { query: { ...list.query, ...(state ? { state } : {}) } } })),
    placeholderData: keepPreviousData,
  });
  const report = may("write_leaks") && (
    <Button component={Link} to="/leaks/new" leftSection={<IconPlus size={16} />}>
      {t("report")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} text={t("text")}>
        {leaks.data?.total !== 0 || list.narrowed ? report : null}
      </PageHeader>
      <ListTable
        label={t("title")}
        list={list}
        query={leaks}
        rowId={({ id }) => id}
        onOpen={({ id }) => navigate(`/leaks/${id}`)}
        filters={
          <Select
            w={190}
            aria-label={common("state")}
            placeholder={t("anyState")}
            clearable
            data={states.map((value) => ({ value, label: named(`leak.${value}`) }))}
            value={state || null}
            onChange={(value) => list.setFilter("state", value)}
          />
        }
        empty={
          <EmptyState icon={IconDroplet} title={t("empty")} text={t("emptyText")}>
            {report}
          </EmptyState>
        }
        columns={[
          {
            key: "title",
            title: t("name"),
            sort: "title",
            render: (leak) => (
              <Stack gap={0}>
                <Anchor component={Link} to={`/leaks/${leak.id}`} size="sm" fw={550} c="inherit">
                  {leak.title}
                </Anchor>
                <Text size="xs" c="dimmed" className="figures">
                  {leak.number}
                  {leak.project_name && ` · ${leak.project_name}`}
                </Text>
              </Stack>
            ),
          },
          { key: "state", title: common("state"), sort: "state", render: ({ state: value }) => <StateBadge of="leak" state={value} /> },
          { key: "outcome", title: t("outcome"), sort: "outcome", render: ({ outcome }) => <Outcome outcome={outcome} /> },
          { key: "files", title: t("files"), align: "right", render: ({ files }) => <span className="figures">{files}</span> },
          { key: "seen", title: t("firstSeen"), sort: "first_seen_at", render: ({ first_seen_at }) => <Moment at={first_seen_at} /> },
          {
            key: "reported",
            title: t("reportedAt"),
            sort: "reported_at",
            wideOnly: true,
            render: ({ reported_at, reported_by }) => (
              <Stack gap={0}>
                <Moment at={reported_at} />
                <Text size="xs" c="dimmed">
                  {reported_by}
                </Text>
              </Stack>
            ),
          },
        ]}
      />
    </>
  );
}

export function Outcome({ outcome }: { outcome: string | null }) {
  if (!outcome) return <Text span inherit c="dimmed">–</Text>;
  return <StateBadge of="outcome" state={outcome as Schemas["LeakOutcome"]} />;
}
