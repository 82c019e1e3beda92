// Every listing of this organisation, from draft to end, with the next day that counts.
import { Anchor, Button, Group, Select, Stack, Text } from "@mantine/core";
import { IconListDetails, IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { StateBadge } from "@/parts/States";
import { dateOnly } from "@/parts/times";
import { useListState } from "@/parts/useListState";
import { useMay } from "@/session/permissions";
import "@/texts/filings";
import "@/texts/listings";

const states: Schemas["Filing"]["state"][] = ["draft", "awaiting_approval", "awaiting_notice", "notified", "active", "disputed", "suspended", "expired", "withdrawn", "overturned", "refused"];

export function Component() {
  const { t } = useTranslation("filings");
  const { t: words } = useTranslation("listings");
  const { t: named } = useTranslation("states");
  const { t: common } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const list = useListState({ filters: ["state"] });
  const state = list.filter("state");
  const filings = useQuery({
    queryKey: ["filings", state, list.query],
    queryFn: ({ signal }) => body(api.GET("/filings", { signal, params: { query: { ...list.query, ...(state ? { state } : {}) } } })),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  const begin = may("write_filings") && <Button component={Link} to="/filings/new" leftSection={<IconPlus size={16} />}>{t("new")}</Button>;
  return (
    <>
      <PageHeader title={t("title")} text={t("text")}>
        <Button component={Link} to="/filings/catalogue" variant="default">{t("catalogue")}</Button>
        {filings.data?.total !== 0 || list.narrowed ? begin : null}
      </PageHeader>
      <ListTable
        label={t("title")}
        list={list}
        query={filings}
        rowId={({ id }) => id}
        onOpen={({ id }) => navigate(`/filings/${id}`)}
        filters={<Select w={190} aria-label={common("state")} placeholder={t("anyState")} clearable data={states.map((value) => ({ value, label: named(`filing.${value}`) }))} value={state || null} onChange={(value) => list.setFilter("state", value)} />}
        empty={<EmptyState icon={IconListDetails} title={t("empty")} text={t("emptyText")}>{begin}</EmptyState>}
        columns={[
          {
            key: "whom",
            title: t("whom"),
            render: ({ id, name, number, kind }) => (
              <Stack gap={0}>
                <Anchor component={Link} to={`/filings/${id}`} size="sm" fw={550} c="inherit">{name || number}</Anchor>
                <Text size="xs" c="dimmed" className="figures">{number} · {words(`kind.${kind}`)}</Text>
              </Stack>
            ),
          },
          {
            key: "state",
            title: common("state"),
            render: ({ state: value, is_pending }) => (
              <Group gap={6}><StateBadge of="filing" state={value} />{is_pending && <Text size="xs" c="dimmed">{t("onItsWay")}</Text>}</Group>
            ),
          },
          { key: "conduct", title: t("conduct"), render: ({ conduct }) => words(`conduct.${conduct}`) },
          {
            key: "due",
            title: t("due"),
            render: ({ due, due_at, late }) => due_at ? (
              <Stack gap={0}>
                <Text size="sm" c={late ? "red" : undefined}>{dateOnly(due_at)}</Text>
                <Text size="xs" c="dimmed">{[due ? t(`dueWhat.${due}`) : null, late ? t("late") : null].filter(Boolean).join(" · ")}</Text>
              </Stack>
            ) : "–",
          },
          { key: "changed", title: t("changedAt"), wideOnly: true, render: ({ updated_at, author }) => <Stack gap={0}><Moment at={updated_at} /><Text size="xs" c="dimmed">{author}</Text></Stack> },
        ]}
      />
    </>
  );
}
