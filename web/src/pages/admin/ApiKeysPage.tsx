import { Badge, Button, Checkbox, Code, Group, Modal, Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { ask } from "@/parts/ask";
import { EmptyState } from "@/parts/EmptyState";
import { Moment } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { PlainList } from "@/parts/PlainList";
import { dateOnly } from "@/parts/times";
import "@/texts/admin";
import { SecretDialog } from "./WebhooksPage";

type ApiKey = Schemas["ApiKey"];
type Scope = Schemas["Scope"];
const scopes: Scope[] = [
  "projects:read", "projects:write", "parties:read", "parties:write", "commitments:read", "commitments:write",
  "copies:read", "copies:write", "jobs:read", "outbox:read", "accounts:read",
  "shoots:read", "shoots:write", "leaks:read", "leaks:write", "cases:read", "cases:write", "statements:read", "statements:write",
];

export function Component() {
  const { t } = useTranslation("admin");
  const { t: common } = useTranslation();
  const [making, { open, close }] = useDisclosure();
  const [secret, setSecret] = useState<string | null>(null);
  const keys = useQuery({ queryKey: ["api-keys"], queryFn: ({ signal }) => body(api.GET("/api-keys", { signal })) });
  const revoke = useAct((id: string) => body(api.DELETE("/api-keys/{key}", { params: { path: { key: id } } })), {
    done: t("keys.revokedDone"),
    refresh: ["api-keys"],
    quiet: true,
  });
  const askRevoke = (key: ApiKey) =>
    ask({
      title: t("keys.revokeTitle", { name: key.name }),
      text: t("keys.revokeText"),
      confirm: t("keys.revoke"),
      danger: true,
      run: () => revoke.mutateAsync(key.id),
    });
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      {t("keys.add")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("keys.title")} text={t("keys.text")}>
        {add}
      </PageHeader>
      <PlainList
        label={t("keys.title")}
        query={keys}
        rowId={({ id }) => id}
        empty={
          <EmptyState icon={IconKey} title={t("keys.empty")} text={t("keys.emptyText")}>
            {add}
          </EmptyState>
        }
        columns={[
          { key: "name", title: common("name"), render: ({ name }) => <Text size="sm" fw={550}>{name}</Text> },
          { key: "prefix", title: t("keys.prefix"), wideOnly: true, render: ({ prefix }) => <Code>{prefix}…</Code> },
          { key: "scopes", title: t("keys.scopes"), render: (key) => <Text size="sm" c="dimmed">{key.scopes.join(", ")}</Text> },
          {
            key: "expires",
            title: t("keys.expires"),
            render: ({ expires_at, revoked }) =>
              revoked ? <Badge color="gray">{t("keys.revoked")}</Badge> : <Text size="sm" c={new Date(expires_at).getTime() < Date.now() ? "orange" : undefined}>{dateOnly(expires_at)}</Text>,
          },
          { key: "used", title: t("keys.lastUsed"), render: ({ last_used_at }) => (last_used_at ? <Moment at={last_used_at} /> : common("never")) },
          {
            key: "actions",
            title: common("actions"),
            bare: true,
            render: (key) =>
              key.revoked ? null : (
                <Button size="compact-sm" variant="default" color="red" onClick={() => askRevoke(key)} aria-label={`${t("keys.revoke")}: ${key.name}`}>
                  {t("keys.revoke")}
                </Button>
              ),
          },
        ]}
      />
      <Modal opened={making} onClose={close} title={t("keys.add")}>
        {making && <KeyForm onClose={close} onSecret={setSecret} />}
      </Modal>
      <SecretDialog title={t("keys.secret")} text={t("keys.secretText")} secret={secret} onClose={() => setSecret(null)} />
    </>
  );
}

function KeyForm({ onClose, onSecret }: { onClose: () => void; onSecret: (secret: string) => void }) {
  const { t } = useTranslation("admin");
  const { t: common } = useTranslation();
  const form = useForm({
    initialValues: { name: "", scopes: [] as Scope[], days: "90" },
    validate: { name: isNotEmpty(common("required")), scopes: (value) => (value.length > 0 ? null : t("keys.scopesNone")) },
  });
  const make = useAct(
    ({ name, scopes: chosen, days }: typeof form.values) =>
      body(
        api.POST("/api-keys", {
          body: { name: name.trim(), scopes: chosen, expires_at: new Date(Date.now() + Number(days) * 86_400_000).toISOString() },
        }),
      ),
    {
      refresh: ["api-keys"],
      onSuccess: ({ secret }) => {
        onClose();
        onSecret(secret);
      },
    },
  );
  return (
    <form onSubmit={form.onSubmit((values) => make.mutate(values))} noValidate>
      <Stack>
        <TextInput label={common("name")} placeholder={t("keys.namePlaceholder")} required data-autofocus maxLength={200} {...form.getInputProps("name")} />
        <Checkbox.Group label={t("keys.scopes")} required {...form.getInputProps("scopes")}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} mt={8} spacing="xs">
            {scopes.map((scope) => (
              <Checkbox key={scope} value={scope} label={<Code>{scope}</Code>} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        <Select
          label={t("keys.days")}
          allowDeselect={false}
          data={[
            { value: "30", label: t("keys.day30") },
            { value: "90", label: t("keys.day90") },
            { value: "365", label: t("keys.day365") },
          ]}
          {...form.getInputProps("days")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t("keys.add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
