import { ActionIcon, Badge, Button, Checkbox, Drawer, Group, Menu, Modal, SimpleGrid, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconDots, IconList, IconPencil, IconPlayerPlay, IconPlus, IconTrash, IconWebhook } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { inOwnWords } from "@/api/errors";
import { ask } from "@/parts/ask";
import { CopyField } from "@/parts/CopyField";
import { EmptyState } from "@/parts/EmptyState";
import { Moment } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { PlainList } from "@/parts/PlainList";
import { StateBadge } from "@/parts/States";
import { tell, tellFailure } from "@/parts/notify";
import "@/texts/admin";
import "@/texts/parts";

type Webhook = Schemas["Webhook"];
type Event = Schemas["WebhookEvent"];
const events: Event[] = [
  "commitment.sent", "commitment.opened", "commitment.signed", "commitment.in_force", "commitment.declined",
  "copy.opened", "copy.downloaded", "slip.reported", "embargo.lifted",
  "leak.reported", "leak.traced", "leak.unmask_requested", "leak.unmasked", "leak.unmask_refused",
  "leak.closed", "case.opened", "case.decided", "case.final", "case.overturned",
  "case.closed", "reply.received", "appeal.filed", "appeal.decided", "payment.recorded",
  "rectification.issued", "rectification.submitted", "rectification.accepted", "rectification.rejected", "rectification.escalated",
  "rectification.closed", "statement.published", "statement.tombstoned",
];

function useEventName(): (event: string) => string {
  const { t } = useTranslation("admin");
  return (event) => (events.includes(event as Event) ? t(`webhooks.event.${event.replace(".", "_")}` as never) : event);
}

export function Component() {
  const { t } = useTranslation("admin");
  const { t: common } = useTranslation();
  const named = useEventName();
  const [editing, setEditing] = useState<Webhook | "new" | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const webhooks = useQuery({ queryKey: ["webhooks"], queryFn: ({ signal }) => body(api.GET("/webhooks", { signal })) });
  const switchOn = useAct(
    ({ id, active }: { id: string; active: boolean }) => body(api.PATCH("/webhooks/{webhook}", { params: { path: { webhook: id } }, body: { active } })),
    { done: t("webhooks.saved"), refresh: ["webhooks"] },
  );
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing("new")}>
      {t("webhooks.add")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("webhooks.title")} text={t("webhooks.text")}>
        {add}
      </PageHeader>
      <PlainList
        label={t("webhooks.title")}
        query={webhooks}
        rowId={({ id }) => id}
        empty={
          <EmptyState icon={IconWebhook} title={t("webhooks.empty")} text={t("webhooks.emptyText")}>
            {add}
          </EmptyState>
        }
        columns={[
          { key: "url", title: t("webhooks.url"), render: ({ url }) => <Text size="sm" fw={550} style={{ overflowWrap: "anywhere" }}>{url}</Text> },
          {
            key: "events",
            title: t("webhooks.events"),
            render: (webhook) => (
              <Text size="sm" c="dimmed">
                {webhook.events.map(named).join(", ")}
              </Text>
            ),
          },
          {
            key: "last",
            title: t("webhooks.lastStatus"),
            render: ({ last_status }) => (last_status ? <Badge color={last_status < 300 ? "teal" : "red"}>{last_status}</Badge> : "–"),
          },
          {
            key: "active",
            title: t("webhooks.active"),
            render: ({ id, active, url }) => (
              <Switch size="sm" aria-label={`${t("webhooks.active")}: ${url}`} checked={active} onChange={(event) => switchOn.mutate({ id, active: event.currentTarget.checked })} />
            ),
          },
          { key: "actions", title: common("actions"), bare: true, render: (webhook) => <WebhookMenu webhook={webhook} onEdit={() => setEditing(webhook)} /> },
        ]}
      />
      <Modal opened={editing !== null} onClose={() => setEditing(null)} title={editing === "new" ? t("webhooks.add") : t("webhooks.edit")}>
        {editing !== null && <WebhookForm webhook={editing === "new" ? null : editing} onClose={() => setEditing(null)} onSecret={setSecret} />}
      </Modal>
      <SecretDialog title={t("webhooks.secret")} text={t("webhooks.secretText")} secret={secret} onClose={() => setSecret(null)} />
    </>
  );
}

export function SecretDialog({ title, text, secret, onClose }: { title: string; text: string; secret: string | null; onClose: () => void }) {
  const { t } = useTranslation("parts");
  const { t: common } = useTranslation();
  return (
    <Modal opened={secret !== null} onClose={onClose} title={title} closeOnClickOutside={false}>
      <Stack>
        <Text size="sm">
          {t("secretOnce")} {text}
        </Text>
        <CopyField label={title} value={secret ?? ""} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{common("done")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function WebhookForm({ webhook, onClose, onSecret }: { webhook: Webhook | null; onClose: () => void; onSecret: (secret: string) => void }) {
  const { t } = useTranslation("admin");
  const { t: common } = useTranslation();
  const named = useEventName();
  const form = useForm({
    initialValues: { url: webhook?.url ?? "https://", events: webhook?.events ?? (["commitment.signed", "slip.reported"] as Event[]) },
    validate: { url: (value) => (/^https?:\/\/\S+\.?\S*$/.test(value.trim()) ? null : t("webhooks.urlBad")) },
  });
  const save = useAct(
    async (values: typeof form.values) => {
      const request = { url: values.url.trim(), events: values.events };
      if (webhook) {
        await body(api.PATCH("/webhooks/{webhook}", { params: { path: { webhook: webhook.id } }, body: request }));
        return null;
      }
      return (await body(api.POST("/webhooks", { body: request }))).secret;
    },
    {
      done: webhook ? t("webhooks.saved") : t("webhooks.created"),
      refresh: ["webhooks"],
      onSuccess: (made) => {
        onClose();
        if (made) onSecret(made);
      },
    },
  );
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <TextInput label={t("webhooks.url")} description={t("webhooks.urlHint")} type="url" required data-autofocus maxLength={500} {...form.getInputProps("url")} />
        <Checkbox.Group label={t("webhooks.events")} {...form.getInputProps("events")}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} mt={8} spacing="xs">
            {events.map((event) => (
              <Checkbox key={event} value={event} label={named(event)} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={form.values.events.length === 0}>
            {common("save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function WebhookMenu({ webhook, onEdit }: { webhook: Webhook; onEdit: () => void }) {
  const { t } = useTranslation("admin");
  const { t: common } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  const path = { params: { path: { webhook: webhook.id } } };
  const test = useAct(() => body(api.POST("/webhooks/{webhook}/test", path)), {
    refresh: ["webhooks", "webhook-deliveries"],
    onSuccess: ({ state, status, error, error_zh }) => {
      if (state === "delivered") tell(t("webhooks.testOk", { status: status ?? 0 }));
      else if (state === "queued") tell(t("webhooks.testQueued"));
      else tellFailure(new Error(t("webhooks.testBad", { error: inOwnWords(error, error_zh) || (status ?? "") })));
    },
  });
  const remove = useAct(() => body(api.DELETE("/webhooks/{webhook}", path)), { done: t("webhooks.removed"), refresh: ["webhooks"], quiet: true });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`${common("more")}: ${webhook.url}`} loading={test.isPending}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
            {common("edit")}
          </Menu.Item>
          <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => test.mutate(undefined)}>
            {t("webhooks.test")}
          </Menu.Item>
          <Menu.Item leftSection={<IconList size={16} />} onClick={open}>
            {t("webhooks.deliveries")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} />}
            onClick={() =>
              ask({
                title: t("webhooks.removeTitle"),
                text: t("webhooks.removeText", { url: webhook.url }),
                confirm: common("remove"),
                danger: true,
                run: () => remove.mutateAsync(undefined),
              })
            }
          >
            {common("remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Drawer opened={opened} onClose={close} position="right" title={t("webhooks.deliveries")}>
        {opened && <Deliveries webhook={webhook.id} />}
      </Drawer>
    </>
  );
}

function Deliveries({ webhook }: { webhook: string }) {
  const { t } = useTranslation("admin");
  const named = useEventName();
  const deliveries = useQuery({
    queryKey: ["webhook-deliveries", webhook],
    queryFn: ({ signal }) => body(api.GET("/webhooks/{webhook}/deliveries", { signal, params: { path: { webhook }, query: { limit: 100 } } })),
  });
  if (deliveries.data?.items.length === 0) return <Text c="dimmed">{t("webhooks.noDeliveries")}</Text>;
  return (
    <Stack gap="sm">
      {deliveries.data?.items.map((delivery) => (
        <Group key={delivery.id} justify="space-between" wrap="nowrap">
          <div>
            <Text size="sm" fw={550}>
              {named(delivery.event)}
            </Text>
            <Text size="xs" c="dimmed">
              <Moment at={delivery.created_at} /> · {t("jobs.attempt", { count: delivery.attempts })}
              {delivery.error && ` · ${inOwnWords(delivery.error, delivery.error_zh)}`}
            </Text>
          </div>
          <Group gap={6} wrap="nowrap">
            {delivery.status && <Badge color="gray">{delivery.status}</Badge>}
            <StateBadge of="webhookDelivery" state={delivery.state} />
          </Group>
        </Group>
      ))}
    </Stack>
  );
}
