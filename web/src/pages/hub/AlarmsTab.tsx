// Volumes that do not fit a member, and what was found out about them.
import { Badge, Button, Checkbox, Text, Textarea } from "@mantine/core";
import { IconBellRinging } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { FormDialog, missing } from "@/parts/FormDialog";
import { ListTable } from "@/parts/ListTable";
import { dateTime } from "@/parts/times";
import { useListState } from "@/parts/useListState";
import "@/texts/alliance";

const figure = (value: number) => new Intl.NumberFormat("en", { maximumFractionDigits: 2 }).format(value);

export function Component() {
  const { t } = useTranslation("alliance");
  const { t: common } = useTranslation();
  const [asked, setAsked] = useState<Schemas["HubAlarm"] | null>(null);
  const list = useListState({ filters: ["state"] });
  const state = list.filter("state");
  const alarms = useQuery({
    queryKey: ["hub-alarms", state, list.query],
    queryFn: ({ signal }) => body(api.GET("/hub/alarms", { signal, params: { query: { offset: list.query.offset, limit: list.query.limit, ...(state ? { state } : {}) } } })),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  return (
    <>
      <ListTable
        label={t("alarms")}
        list={list}
        query={alarms}
        searchable={false}
        rowId={({ id }) => id}
        filters={<Checkbox label={t("onlyOpen")} checked={state === "open"} onChange={(event) => list.setFilter("state", event.currentTarget.checked ? "open" : null)} />}
        empty={<EmptyState icon={IconBellRinging} title={t("alarmsEmpty")} text={t("alarmsEmptyText")} />}
        columns={[
          { key: "rule", title: t("alarms"), render: ({ rule, observed, expected }) => <><Text size="sm" fw={550}>{t(`rule.${rule}`)}</Text><Text size="xs" c="dimmed">{t("alarmLine", { observed: figure(observed), expected: figure(expected) })}</Text></> },
          { key: "member", title: t("member"), render: ({ member_name }) => member_name },
          { key: "raised", title: common("created"), render: ({ raised_at }) => dateTime(raised_at) },
          {
            key: "note",
            title: t("note"),
            render: (alarm) => alarm.acknowledged_at ? <><Badge color="gray">{t("acknowledged").replace(/[.。]$/, "")}</Badge><Text size="xs" c="dimmed">{alarm.note} · {dateTime(alarm.acknowledged_at)}</Text></> : <Button size="xs" onClick={() => setAsked(alarm)}>{t("acknowledge")}</Button>,
          },
        ]}
      />
      <FormDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t("acknowledge")}
        {...(asked ? { text: `${asked.member_name} · ${t(`rule.${asked.rule}`)}` } : {})}
        submit={common("save")}
        initial={() => ({ note: "" })}
        validate={(values) => missing(values, ["note"], common("required"))}
        run={({ note }) => body(api.POST("/hub/alarms/{alarm}/acknowledge", { params: { path: { alarm: asked?.id ?? "" } }, body: { note: note.trim() } }))}
        done={t("acknowledged")}
        refresh={["hub", "hub-alarms", "hub-members"]}
      >
        {(form) => <Textarea label={t("note")} required autosize minRows={3} maxLength={1000} data-autofocus {...form.getInputProps("note")} />}
      </FormDialog>
    </>
  );
}
