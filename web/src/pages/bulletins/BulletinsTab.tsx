// What the alliance tells this member.
import { Alert, Anchor, Button, Checkbox, Group, Select, Stack, Switch, Text } from "@mantine/core";
import { IconBell, IconCloudOff, IconRss, IconShare2 } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { Tlp, tlpLabels } from "@/parts/Tlp";
import { dateOnly, dateTime } from "@/parts/times";
import { useListState } from "@/parts/useListState";
import { kinds } from "./acts";

export function Component() {
  const { t } = useTranslation("bulletins");
  const navigate = useNavigate();
  const list = useListState({ sort: "-published_at", filters: ["kind", "tlp", "unread", "own"] });
  const kind = list.filter("kind");
  const tlp = list.filter("tlp");
  const unread = list.filter("unread") === "1";
  const own = list.filter("own") === "1";
  const bulletins = useQuery({
    queryKey: ["bulletins", kind, tlp, unread, own, list.query],
    queryFn: ({ signal }) =>
      body(api.GET("/bulletins", { signal, params: { query: { ...list.query, ...(kind ? { kind } : {}), ...(tlp ? { tlp } : {}), ...(unread ? { unread } : {}), ...(own ? { own } : {}) } } })),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  const news = bulletins.data?.unread ?? 0;
  return (
    <Stack gap="sm">
      {bulletins.data?.as_of && <Alert color="orange" variant="light" role="status" icon={<IconCloudOff size={18} />} title={t("asOf", { time: dateTime(bulletins.data.as_of) })}>{t("asOfListText")}</Alert>}
      <ListTable
        label={t("title")}
        list={list}
        query={bulletins}
        rowId={({ id }) => id}
        onOpen={({ id }) => navigate(`/bulletins/${id}`)}
        filters={
          <Group gap="sm">
            <Select w={160} aria-label={t("anyKind")} placeholder={t("anyKind")} clearable data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))} value={kind || null} onChange={(value) => list.setFilter("kind", value)} />
            <Select w={150} aria-label={t("anyLabel")} placeholder={t("anyLabel")} clearable data={tlpLabels} value={tlp || null} onChange={(value) => list.setFilter("tlp", value)} />
            <Checkbox label={news > 0 ? t("unreadCount", { count: news }) : t("unread")} checked={unread} onChange={(event) => list.setFilter("unread", event.currentTarget.checked ? "1" : null)} />
            <Checkbox label={t("own")} checked={own} onChange={(event) => list.setFilter("own", event.currentTarget.checked ? "1" : null)} />
          </Group>
        }
        empty={<EmptyState icon={IconBell} title={t("empty")} text={t("emptyText")} />}
        columns={[
          { key: "title", title: t("bulletin"), sort: "title", render: (row) => <Title row={row} /> },
          { key: "tlp", title: t("label"), render: ({ tlp: label }) => label && <Tlp label={label} /> },
          { key: "author", title: t("author"), render: ({ state, author }) => (state === "withdrawn" ? "–" : (author ?? <Text span inherit c="dimmed">{t("withheld")}</Text>)) },
          { key: "said", title: t("sightings"), render: (row) => <Said row={row} /> },
          { key: "published", title: t("publishedAt"), sort: "published_at", render: ({ published_at, withdrawn_at }) => <Moment at={published_at ?? withdrawn_at} /> },
          { key: "expires", title: t("expires"), sort: "expires_at", wideOnly: true, render: ({ expires_at }) => (expires_at ? dateOnly(expires_at) : "–") },
        ]}
      />
      <Group justify="space-between" gap="sm">
        <Digest />
        <Group gap="xs">
          <Button component="a" href="/api/v1/bulletins/feed.json" variant="subtle" size="xs" leftSection={<IconRss size={14} />}>{t("feed")}</Button>
          <Button component="a" href="/api/v1/bulletins/stix.json" variant="subtle" size="xs" leftSection={<IconShare2 size={14} />}>{t("stix")}</Button>
        </Group>
      </Group>
    </Stack>
  );
}

function Title({ row }: { row: Schemas["BulletinRow"] }) {
  const { t } = useTranslation("bulletins");
  const withdrawn = row.state === "withdrawn";
  return (
    <Stack gap={0}>
      <Anchor component={Link} to={`/bulletins/${row.id}`} size="sm" fw={!withdrawn && row.read === false ? 700 : 500} c={withdrawn ? "dimmed" : "inherit"}>
        {withdrawn ? t("state.withdrawn") : row.title}
      </Anchor>
      <Text size="xs" c="dimmed" className="figures">
        {[row.number, row.kind && t(`kind.${row.kind}`), row.read === false && !withdrawn ? t("unread") : null].filter(Boolean).join(" · ")}
      </Text>
    </Stack>
  );
}

function Said({ row }: { row: Schemas["BulletinRow"] }) {
  const { t } = useTranslation("bulletins");
  if (row.state === "withdrawn") return <>–</>;
  const parts = [
    row.seen ? t("seenCount", { count: row.seen }) : null,
    row.denied ? t("falseCount", { count: row.denied }) : null,
    row.replies ? t("repliesCount", { count: row.replies }) : null,
    row.joint_case ? t("jointCase") : null,
  ].filter(Boolean);
  return <Text size="sm">{parts.length > 0 ? parts.join(" · ") : "–"}</Text>;
}

function Digest() {
  const { t } = useTranslation("bulletins");
  const digest = useQuery({ queryKey: ["bulletin-digest"], queryFn: ({ signal }) => body(api.GET("/bulletins/digest", { signal })) });
  const change = useAct((daily_mail: boolean) => body(api.PUT("/bulletins/digest", { body: { daily_mail } })), { refresh: ["bulletin-digest"] });
  if (!digest.data) return <span />;
  return <Switch size="sm" label={t("digest")} description={t("digestText")} checked={digest.data.daily_mail} onChange={(event) => change.mutate(event.currentTarget.checked)} />;
}
