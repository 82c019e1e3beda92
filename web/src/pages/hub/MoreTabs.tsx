// Canary records, audits of consent, and the calendar of holidays.
import { Badge, Button, Card, Center, Group, Loader, NumberInput, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFeather, IconReportSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { Failure } from "@/parts/Failure";
import { FormDialog, missing } from "@/parts/FormDialog";
import { ListTable } from "@/parts/ListTable";
import { PlainList } from "@/parts/PlainList";
import { dateOnly, dateTime } from "@/parts/times";
import { useListState } from "@/parts/useListState";
import "@/texts/alliance";

const colours = { waiting: "orange", agreed: "teal", refused: "gray" } as const;

export function Canaries() {
  const { t } = useTranslation("alliance");
  const { t: common } = useTranslation();
  const [planting, plant] = useDisclosure();
  const epochs = useQuery({ queryKey: ["hub-epochs"], queryFn: ({ signal }) => body(api.GET("/hub/epochs", { signal })) });
  const canaries = useQuery({
    queryKey: ["hub-canaries"],
    queryFn: async ({ signal }) => {
      const { items } = await body(api.GET("/hub/canaries", { signal }));
      return { items, total: items.length };
    },
  });
  const newest = epochs.data?.items[0]?.epoch ?? 1;
  const button = <Button onClick={plant.open}>{t("plant")}</Button>;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" flex="1 1 280px">{t("canariesText")}</Text>
        {canaries.data?.total !== 0 && button}
      </Group>
      <PlainList
        label={t("canaries")}
        query={canaries}
        rowId={({ id }) => id}
        empty={<EmptyState icon={IconFeather} title={t("canariesEmpty")} text={t("canariesText")}>{button}</EmptyState>}
        columns={[
          { key: "epoch", title: t("epochs"), render: ({ epoch }) => t("epoch", { epoch }) },
          { key: "count", title: t("count"), align: "right", render: ({ count }) => count },
          { key: "standing", title: t("standing_"), align: "right", render: ({ standing }) => standing },
          { key: "state", title: common("state"), render: ({ state }) => <Badge color={colours[state]}>{t(`quotaState.${state}`)}</Badge> },
          { key: "proposed", title: common("created"), render: ({ proposed_at }) => dateTime(proposed_at) },
        ]}
      />
      <FormDialog
        opened={planting}
        onClose={plant.close}
        title={t("plant")}
        text={t("canariesText")}
        submit={t("plant")}
        initial={() => ({ epoch: newest, count: 10 })}
        run={({ epoch, count }) => body(api.POST("/hub/canaries", { body: { epoch: Number(epoch), count: Number(count) } }))}
        done={t("planted")}
        refresh={["hub-canaries"]}
      >
        {(form) => (
          <Group grow>
            <NumberInput label={t("epochs")} min={1} max={65535} allowDecimal={false} {...form.getInputProps("epoch")} />
            <NumberInput label={t("count")} min={1} max={1000} allowDecimal={false} {...form.getInputProps("count")} />
          </Group>
        )}
      </FormDialog>
    </Stack>
  );
}

export function Audits() {
  const { t } = useTranslation("alliance");
  const { t: common } = useTranslation();
  const [drawing, draw] = useDisclosure();
  const list = useListState();
  const audits = useQuery({
    queryKey: ["hub-audits", list.query],
    queryFn: ({ signal }) => body(api.GET("/hub/audits", { signal, params: { query: { offset: list.query.offset, limit: list.query.limit } } })),
    placeholderData: keepPreviousData,
  });
  const members = useQuery({ queryKey: ["hub-members", "select"], queryFn: ({ signal }) => body(api.GET("/hub/members", { signal, params: { query: { limit: 200 } } })), enabled: drawing });
  const button = <Button onClick={draw.open}>{t("draw")}</Button>;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" flex="1 1 280px">{t("auditsText")}</Text>
        {audits.data?.total !== 0 && button}
      </Group>
      <ListTable
        label={t("audits")}
        list={list}
        query={audits}
        searchable={false}
        rowId={({ id }) => id}
        empty={<EmptyState icon={IconReportSearch} title={t("auditsEmpty")} text={t("auditsText")}>{button}</EmptyState>}
        columns={[
          { key: "member", title: t("member"), render: ({ member_name, quarter }) => <><Text size="sm" fw={550}>{member_name}</Text><Text size="xs" c="dimmed">{quarter}</Text></> },
          { key: "state", title: common("state"), render: ({ state }) => <Badge color={state === "complete" ? "teal" : state === "overdue" ? "red" : "blue"}>{t(`auditState.${state}`)}</Badge> },
          { key: "opened", title: t("auditState.complete"), render: ({ opened, unopened, reported }) => <>{t("auditLine", { opened, unopened })}<Text size="xs" c="dimmed">{t("reported")}: {reported}</Text></> },
          { key: "due", title: t("due"), render: ({ due_at }) => dateOnly(due_at) },
        ]}
      />
      <FormDialog
        opened={drawing}
        onClose={draw.close}
        title={t("draw")}
        text={t("auditsText")}
        submit={t("draw")}
        initial={() => ({ member: "", quarter: "" })}
        validate={(values) => ({ ...missing(values, ["member"], common("required")), ...(/^\d{4}-Q[1-4]$/.test(values.quarter) ? {} : { quarter: t("quarterWrong") }) })}
        run={({ member, quarter }) => body(api.POST("/hub/audits", { body: { member, quarter } }))}
        done={t("drawn")}
        refresh={["hub-audits"]}
      >
        {(form) => (
          <>
            <Select label={t("member")} required searchable data={(members.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))} {...form.getInputProps("member")} />
            <TextInput label={t("quarter")} description={t("quarterWrong")} required maxLength={7} {...form.getInputProps("quarter")} />
          </>
        )}
      </FormDialog>
    </Stack>
  );
}

export function Holidays() {
  const { t } = useTranslation("alliance");
  const { t: common } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  const holidays = useQuery({ queryKey: ["hub-holidays"], queryFn: ({ signal }) => body(api.GET("/hub/holidays", { signal })), refetchOnWindowFocus: false });
  const save = useAct((dates: string[]) => body(api.PUT("/hub/holidays", { body: { dates } })), { done: common("saved"), refresh: ["hub-holidays"], quiet: true });
  useEffect(() => {
    if (holidays.data) setText(holidays.data.dates.join("\n"));
  }, [holidays.data]);
  if (holidays.error) return <Failure error={holidays.error} onRetry={() => void holidays.refetch()} />;
  if (text === null) return <Center mih={160}><Loader role="status" aria-label={common("loading")} /></Center>;
  const dates = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const wrong = dates.some((date) => !/^\d{4}-\d{2}-\d{2}$/.test(date));
  return (
    <Card maw={480}>
      <Stack>
        <Text size="sm" c="dimmed">{t("holidaysText")}</Text>
        <Textarea label={t("dates")} autosize minRows={8} maxRows={20} className="figures" value={text} error={wrong ? t("datesWrong") : undefined} onChange={(event) => setText(event.currentTarget.value)} />
        <Failure error={save.error} />
        <Button style={{ alignSelf: "flex-start" }} disabled={wrong} loading={save.isPending} onClick={() => save.mutate(dates)}>{common("save")}</Button>
      </Stack>
    </Card>
  );
}
