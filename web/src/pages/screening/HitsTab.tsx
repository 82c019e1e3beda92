// Hits, and which step each waits for.
import { Anchor, Checkbox, Group, Select, Stack, Text } from "@mantine/core";
import { IconTargetArrow } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { said } from "@/parts/said";
import { StateBadge } from "@/parts/States";
import { useListState } from "@/parts/useListState";
import "@/texts/screening";

const states: Schemas["HitState"][] = ["found", "identity_confirmed", "filer_contacted", "waiting", "decided", "reconsider", "mistaken", "withdrawn", "cleared"];

export function Component() {
  const { t } = useTranslation("screening");
  const { t: named } = useTranslation("states");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const list = useListState({ sort: "-found_at", filters: ["state", "pending", "changed"] });
  const state = list.filter("state");
  const pending = list.filter("pending") === "1";
  const changed = list.filter("changed") === "1";
  const hits = useQuery({
    queryKey: ["hits", state, pending, changed, list.query],
    queryFn: ({ signal }) =>
      body(api.GET("/screening/hits", { signal, params: { query: { ...list.query, ...(state ? { state } : {}), ...(pending ? { pending } : {}), ...(changed ? { changed } : {}) } } })),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">{t("hitsText")}</Text>
      <ListTable
        label={t("hits")}
        list={list}
        query={hits}
        rowId={({ id }) => id}
        onOpen={({ id }) => navigate(`/screening/hits/${id}`)}
        filters={
          <Group gap="sm">
            <Select w={180} aria-label={common("state")} placeholder={common("state")} clearable data={states.map((value) => ({ value, label: named(`hit.${value}`) }))} value={state || null} onChange={(value) => list.setFilter("state", value)} />
            <Checkbox label={t("onlyPending")} checked={pending} onChange={(event) => list.setFilter("pending", event.currentTarget.checked ? "1" : null)} />
            <Checkbox label={t("onlyChanged")} checked={changed} onChange={(event) => list.setFilter("changed", event.currentTarget.checked ? "1" : null)} />
          </Group>
        }
        empty={<EmptyState icon={IconTargetArrow} title={t("hitsEmpty")} text={t("hitsEmptyText")} />}
        columns={[
          {
            key: "number",
            title: t("hit"),
            sort: "number",
            render: ({ id, number, requisition }) => (
              <Stack gap={0}>
                <Anchor component={Link} to={`/screening/hits/${id}`} size="sm" fw={550} c="inherit" className="figures">{number}</Anchor>
                <Text size="xs" c="dimmed">{requisition}</Text>
              </Stack>
            ),
          },
          {
            key: "state",
            title: common("state"),
            sort: "state",
            render: ({ state: value, change }) => (
              <Group gap={6}>
                <StateBadge of="hit" state={value} />
                {change && <Text size="xs" c="orange">{t("changed")}</Text>}
              </Group>
            ),
          },
          { key: "conduct", title: t("conduct"), render: ({ labels }) => [...new Set(labels.map(({ conduct_title }) => said(conduct_title)))].join(", ") },
          { key: "filer", title: t("filer"), render: ({ labels }) => [...new Set(labels.map(({ filer }) => filer))].join(", ") },
          { key: "wait", title: t("waitUntil"), sort: "wait_until", render: ({ wait_until }) => <Moment at={wait_until} /> },
          { key: "found", title: t("found"), sort: "found_at", wideOnly: true, render: ({ found_at }) => <Moment at={found_at} /> },
        ]}
      />
    </Stack>
  );
}
