import { ActionIcon, Badge, Button, Checkbox, Group, Menu, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { isEmail, isNotEmpty, useForm } from "@mantine/form";
import { IconBan, IconDots, IconLink, IconPencil, IconPlus, IconRestore, IconShieldCheck, IconUserCog } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { currentLocale } from "@/i18n";
import { ask } from "@/parts/ask";
import { CopyField } from "@/parts/CopyField";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { StateBadge } from "@/parts/States";
import { useListState } from "@/parts/useListState";
import { useSession } from "@/session/session";
import "@/texts/admin";
import "@/texts/states";

type Account = Schemas["Account"];
type Role = Schemas["Role"];
const roles: Role[] = ["custodian", "investigator", "reviewer", "screener", "administrator", "auditor", "ombudsman", "operator"];

export function Component() {
  const { t } = useTranslation("admin");
  const { t: states } = useTranslation("states");
  const { t: common } = useTranslation();
  const { session, has } = useSession();
  const list = useListState({ sort: "name" });
  const [editing, setEditing] = useState<Account | "new" | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const accounts = useQuery({
    queryKey: ["accounts", list.query],
    queryFn: ({ signal }) => body(api.GET("/accounts", { signal, params: { query: list.query } })),
    placeholderData: keepPreviousData,
  });
  const mayChange = has("administrator");
  return (
    <>
      <PageHeader title={t("accounts.title")} text={t("accounts.text")}>
        {mayChange && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing("new")}>
            {t("accounts.invite")}
          </Button>
        )}
      </PageHeader>
      <ListTable
        label={t("accounts.title")}
        list={list}
        query={accounts}
        rowId={({ id }) => id}
        empty={<EmptyState icon={IconUserCog} title={t("accounts.title")} text={t("accounts.text")} />}
        columns={[
          {
            key: "name",
            title: common("name"),
            sort: "name",
            render: (account) => (
              <Stack gap={0}>
                <Group gap={6}>
                  <Text size="sm" fw={550}>
                    {account.name}
                  </Text>
                  {account.id === session.account.id && (
                    <Badge size="xs" color="gray">
                      {t("accounts.you")}
                    </Badge>
                  )}
                </Group>
                <Text size="xs" c="dimmed">
                  {account.email}
                </Text>
              </Stack>
            ),
          },
          { key: "roles", title: t("accounts.roles"), render: (account) => account.roles.map((role) => states(`role.${role}`)).join(", ") },
          { key: "state", title: common("state"), render: ({ state }) => <StateBadge of="account" state={state} /> },
          {
            key: "factor",
            title: t("accounts.secondFactor"),
            render: ({ has_totp }) => (has_totp ? <IconShieldCheck size={18} color="var(--mantine-color-teal-6)" aria-label={common("yes")} /> : <Text size="sm" c="dimmed">{common("no")}</Text>),
          },
          { key: "seen", title: t("accounts.lastSeen"), render: ({ last_seen_at }) => (last_seen_at ? <Moment at={last_seen_at} /> : common("never")) },
          {
            key: "actions",
            title: common("actions"),
            bare: true,
            render: (account) => (mayChange ? <AccountActs account={account} own={account.id === session.account.id} onEdit={() => setEditing(account)} onLink={setLink} /> : null),
          },
        ]}
      />
      <Modal opened={editing !== null} onClose={() => setEditing(null)} title={editing === "new" ? t("accounts.inviteTitle") : t("accounts.edit")}>
        {editing !== null && <AccountForm account={editing === "new" ? null : editing} onClose={() => setEditing(null)} onLink={setLink} />}
      </Modal>
      <Modal opened={link !== null} onClose={() => setLink(null)} title={t("accounts.link")}>
        <CopyField label={t("accounts.link")} description={t("accounts.linkText")} value={link ?? ""} />
      </Modal>
    </>
  );
}

interface ActsProps {
  account: Account;
  own: boolean;
  onEdit: () => void;
  onLink: (link: string) => void;
}

function AccountActs({ account, own, onEdit, onLink }: ActsProps) {
  const { t } = useTranslation("admin");
  const { t: common } = useTranslation();
  const path = { params: { path: { account: account.id } } };
  const setState = useAct((state: "active" | "disabled") => body(api.PATCH("/accounts/{account}", { ...path, body: { state } })), {
    done: (_, state) => (state === "disabled" ? t("accounts.disabled") : t("accounts.enabled")),
    undo: (_, state) => setState.mutate(state === "disabled" ? "active" : "disabled"),
    refresh: ["accounts"],
  });
  const reset = useAct(() => body(api.POST("/accounts/{account}/reset", path)), {
    done: t("accounts.resetDone"),
    refresh: ["accounts", "outbox"],
    quiet: true,
    onSuccess: ({ link }) => onLink(link),
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`${common("more")}: ${account.name}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
          {t("accounts.edit")}
        </Menu.Item>
        {!own && (
          <Menu.Item
            leftSection={<IconLink size={16} />}
            onClick={() =>
              ask({
                title: t("accounts.resetTitle", { name: account.name }),
                text: t("accounts.resetText"),
                confirm: t("accounts.reset"),
                run: () => reset.mutateAsync(undefined),
              })
            }
          >
            {t("accounts.reset")}
          </Menu.Item>
        )}
        {!own && account.state === "active" && (
          <Menu.Item
            color="red"
            leftSection={<IconBan size={16} />}
            onClick={() =>
              ask({
                title: t("accounts.disableTitle", { name: account.name }),
                text: t("accounts.disableText"),
                confirm: t("accounts.disable"),
                danger: true,
                run: () => setState.mutateAsync("disabled"),
              })
            }
          >
            {t("accounts.disable")}
          </Menu.Item>
        )}
        {!own && account.state === "disabled" && (
          <Menu.Item leftSection={<IconRestore size={16} />} onClick={() => setState.mutate("active")}>
            {t("accounts.enable")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function AccountForm({ account, onClose, onLink }: { account: Account | null; onClose: () => void; onLink: (link: string) => void }) {
  const { t } = useTranslation("admin");
  const { t: states } = useTranslation("states");
  const { t: common } = useTranslation();
  const form = useForm({
    initialValues: { email: account?.email ?? "", name: account?.name ?? "", roles: account?.roles ?? (["custodian"] as Role[]), locale: currentLocale() },
    validate: {
      email: isEmail(common("invalidEmail")),
      name: isNotEmpty(common("required")),
      roles: (value) => (value.length > 0 ? null : t("accounts.rolesNone")),
    },
  });
  const save = useAct(
    async ({ email, name, roles: chosen, locale }: typeof form.values) => {
      if (account) {
        await body(api.PATCH("/accounts/{account}", { params: { path: { account: account.id } }, body: { name: name.trim(), roles: chosen } }));
        return null;
      }
      return (await body(api.POST("/accounts", { body: { email: email.trim(), name: name.trim(), roles: chosen, locale } }))).link;
    },
    {
      done: account ? t("accounts.saved") : t("accounts.invited"),
      refresh: ["accounts", "outbox", "session"],
      onSuccess: (link) => {
        onClose();
        if (link) onLink(link);
      },
    },
  );
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        {!account && <Text size="sm" c="dimmed">{t("accounts.inviteText")}</Text>}
        <TextInput label={common("name")} required data-autofocus maxLength={200} {...form.getInputProps("name")} />
        <TextInput label={common("email")} type="email" required disabled={account !== null} maxLength={254} {...form.getInputProps("email")} />
        {!account && (
          <Select
            label={common("language")}
            allowDeselect={false}
            data={[
              { value: "en", label: "English" },
              { value: "zh", label: "中文" },
            ]}
            {...form.getInputProps("locale")}
          />
        )}
        <Checkbox.Group label={t("accounts.roles")} required {...form.getInputProps("roles")}>
          <Stack gap="xs" mt={8}>
            {roles.map((role) => (
              <Checkbox key={role} value={role} label={states(`role.${role}`)} description={states(`roleText.${role}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {account ? common("save") : t("accounts.invite")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
