// Consent that the auditor drew: shown when opened, without anybody's number.
import { Button, Stack, Text } from "@mantine/core";
import { IconReportSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { dateOnly, dateTime } from "@/parts/times";
import { useListState } from "@/parts/useListState";
import { useMay } from "@/session/permissions";
import "@/texts/screening";

export function Component() {
  const { t } = useTranslation("screening");
  const list = useListState();
  const audits = useQuery({
    queryKey: ["consent-audits", list.query],
    queryFn: ({ signal }) => body(api.GET("/screening/audits", { signal, params: { query: { offset: list.query.offset, limit: list.query.limit } } })),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">{t("auditsText")}</Text>
      <ListTable
        label={t("audits")}
        list={list}
        query={audits}
        searchable={false}
        rowId={({ id }) => id}
        empty={<EmptyState icon={IconReportSearch} title={t("auditsEmpty")} text={t("auditsText")} />}
        columns={[
          { key: "drawn", title: t("audits"), render: ({ drawn_at, commitments }) => <><Text size="sm">{dateOnly(drawn_at)}</Text><Text size="xs" c="dimmed">{t("auditCount", { count: commitments })}</Text></> },
          { key: "due", title: t("auditDue"), render: ({ due_at }) => <Moment at={due_at} /> },
          { key: "opened", title: t("auditOpened"), render: (audit) => (audit.opened_at ? dateTime(audit.opened_at) : <Open audit={audit} />) },
        ]}
      />
    </Stack>
  );
}

function Open({ audit }: { audit: Schemas["ConsentAudit"] }) {
  const { t } = useTranslation("screening");
  const may = useMay();
  const open = useAct(() => body(api.POST("/screening/audits/{audit}/open", { params: { path: { audit: audit.id } } })), { done: t("recorded"), refresh: ["consent-audits"] });
  if (!may("write_screening")) return <>–</>;
  return <Button size="xs" loading={open.isPending} onClick={() => open.mutate(undefined)}>{t("auditOpen")}</Button>;
}
