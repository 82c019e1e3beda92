import { Alert, Anchor, Button, Card, Drawer, Group, Select, Stack, Text } from "@mantine/core";
import { IconMailForward, IconMailOff, IconRefresh } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { inBothWords } from "@/api/errors";
import { CopyField } from "@/parts/CopyField";
import { EmptyState } from "@/parts/EmptyState";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { StateBadge } from "@/parts/States";
import { dateTime, fileSize } from "@/parts/times";
import { useListState } from "@/parts/useListState";
import "@/texts/admin";
import "@/texts/states";

type Mail = Schemas["Mail"];
const states: Mail["state"][] = ["queued", "sending", "sent", "failed", "shown"];

export function Component() {
  const { t } = useTranslation("admin");
  const { t: named } = useTranslation("states");
  const { t: common } = useTranslation();
  const list = useListState({ sort: "-created_at", filters: ["state"] });
  const state = list.filter("state");
  const [shown, setShown] = useState<string | null>(null);
  const mails = useQuery({
    queryKey: ["outbox", state, list.query],
    queryFn: ({ signal }) => body(api.GET("/outbox", { signal, params: { query: { ...list.query, ...(state ? { state } : {}) } } })),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader title={t("outbox.title")} text={t("outbox.text")} />
      {mails.data?.items.some((mail) => mail.state === "shown") && (
        <Alert mb="md" variant="light" icon={<IconMailOff size={18} />}>
          {t("outbox.noSmtp")}
        </Alert>
      )}
      <ListTable
        label={t("outbox.title")}
        list={list}
        query={mails}
        rowId={({ id }) => id}
        onOpen={({ id }) => setShown(id)}
        filters={
          <Select
            w={170}
            aria-label={common("state")}
            placeholder={t("outbox.anyState")}
            clearable
            data={states.map((value) => ({ value, label: named(`mail.${value}`) }))}
            value={state || null}
            onChange={(value) => list.setFilter("state", value)}
          />
        }
        empty={<EmptyState icon={IconMailForward} title={t("outbox.empty")} text={t("outbox.emptyText")} />}
        columns={[
          {
            key: "subject",
            title: t("outbox.subject"),
            sort: "subject",
            render: (mail) => (
              <Anchor component="button" type="button" ta="left" size="sm" fw={550} c="inherit" onClick={() => setShown(mail.id)} aria-label={t("outbox.open", { to: mail.to })}>
                {mail.subject}
              </Anchor>
            ),
          },
          { key: "to", title: t("outbox.to"), sort: "to", render: ({ to }) => to },
          { key: "state", title: common("state"), sort: "state", render: (mail) => <StateBadge of="mail" state={mail.state} /> },
          { key: "attempts", title: t("outbox.attempts"), align: "right", wideOnly: true, render: ({ attempts }) => attempts },
          { key: "time", title: t("outbox.time"), sort: "created_at", render: ({ created_at }) => <Moment at={created_at} /> },
        ]}
      />
      <Drawer opened={shown !== null} onClose={() => setShown(null)} position="right" size="lg" title={t("outbox.title")}>
        {shown !== null && <Content id={shown} />}
      </Drawer>
    </>
  );
}

function Content({ id }: { id: string }) {
  const { t } = useTranslation("admin");
  const query = useQuery({
    queryKey: ["outbox", "mail", id],
    queryFn: ({ signal }) => body(api.GET("/outbox/{mail}", { signal, params: { path: { mail: id } } })),
  });
  const retry = useAct(() => body(api.POST("/outbox/{mail}/retry", { params: { path: { mail: id } } })), { done: t("outbox.retried"), refresh: ["outbox"] });
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return null;
  const { mail, text, link, attachments } = query.data;
  return (
    <Stack>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Text fw={600}>{mail.subject}</Text>
        <StateBadge of="mail" state={mail.state} />
      </Group>
      <Facts
        facts={[
          [t("outbox.to"), mail.to],
          [t("outbox.time"), dateTime(mail.created_at)],
          [t("outbox.sentAt"), mail.sent_at ? dateTime(mail.sent_at) : null],
          [t("outbox.attempts"), mail.attempts > 0 ? String(mail.attempts) : null],
          [t("outbox.lastError"), inBothWords(mail.last_error, mail.last_error_zh)],
          [t("outbox.nextAttempt"), mail.next_attempt_at ? dateTime(mail.next_attempt_at) : null],
          [t("outbox.attachments"), attachments?.length ? attachments.map(({ name, size_bytes }) => `${name} (${fileSize(size_bytes)})`).join("\n") : null],
        ]}
      />
      {link && <CopyField label={t("outbox.link")} value={link} />}
      <Card padding="md">
        <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {text}
        </Text>
      </Card>
      {(mail.state === "failed" || mail.state === "sent") && (
        <Button variant="default" leftSection={<IconRefresh size={16} />} loading={retry.isPending} onClick={() => retry.mutate(undefined)} style={{ alignSelf: "flex-start" }}>
          {t("outbox.retry")}
        </Button>
      )}
    </Stack>
  );
}
