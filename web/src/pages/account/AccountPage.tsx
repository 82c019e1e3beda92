// The own account: name and language, password, second factor, where one is signed in.
import { Badge, Button, Card, Group, PasswordInput, Select, SimpleGrid, Stack, Text, TextInput, Title } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body } from "@/api/client";
import { setLocale } from "@/i18n";
import { Failure } from "@/parts/Failure";
import { Moment } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { SectionHeader } from "@/parts/SectionHeader";
import { useSession } from "@/session/session";
import "@/texts/admin";
import { NewPassword, passwordChecks } from "../session/NewPassword";
import { SecondFactor } from "./SecondFactor";

export function Component() {
  const { t } = useTranslation("admin");
  const { session } = useSession();
  return (
    <>
      <PageHeader title={t("own.title")} text={session.account.email} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack gap="lg">
          <Profile />
          <Password />
        </Stack>
        <Stack gap="lg">
          <SecondFactor />
          <Sessions />
        </Stack>
      </SimpleGrid>
    </>
  );
}

function Profile() {
  const { t } = useTranslation("admin");
  const { t: common } = useTranslation();
  const { session } = useSession();
  const { name, locale } = session.account;
  const form = useForm({ initialValues: { name, locale }, validate: { name: isNotEmpty(common("required")) } });
  const save = useAct((values: typeof form.values) => body(api.PATCH("/account", { body: values })), {
    done: common("saved"),
    refresh: ["session", "accounts"],
    onSuccess: (account) => {
      setLocale(account.locale);
      form.resetDirty();
    },
  });
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">
        {t("own.profile")}
      </Title>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
        <Stack>
          <TextInput label={common("name")} required autoComplete="name" maxLength={200} {...form.getInputProps("name")} />
          <Select
            label={common("language")}
            allowDeselect={false}
            data={[
              { value: "en", label: "English" },
              { value: "zh", label: "中文" },
            ]}
            {...form.getInputProps("locale")}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {common("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

function Password() {
  const { t } = useTranslation("admin");
  const { t: common } = useTranslation();
  const { session } = useSession();
  const form = useForm({
    initialValues: { current: "", password: "" },
    validate: { current: isNotEmpty(common("required")), ...passwordChecks },
  });
  const change = useAct((values: typeof form.values) => body(api.PUT("/account/password", { body: { current: values.current, new: values.password } })), {
    done: t("own.changed"),
    refresh: ["sessions", "session"],
    onSuccess: () => form.reset(),
    quiet: true,
  });
  return (
    <Card>
      <SectionHeader title={t("own.password")} text={t("own.passwordText")} />
      <form onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
        <Stack>
          <input type="email" autoComplete="username" value={session.account.email} readOnly hidden />
          <PasswordInput label={t("own.current")} required autoComplete="current-password" {...form.getInputProps("current")} />
          <NewPassword form={form} />
          <Failure error={change.error} />
          <Group justify="flex-end">
            <Button type="submit" loading={change.isPending}>
              {t("own.change")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

/** "Firefox, Linux" out of a browser's own words. */
function shortAgent(agent: string): string {
  const browser = /Edg\//.test(agent) ? "Edge" : /Firefox\//.test(agent) ? "Firefox" : /Chrome\//.test(agent) ? "Chrome" : /Safari\//.test(agent) ? "Safari" : "";
  const system = /iPhone|iPad/.test(agent) ? "iOS" : /Android/.test(agent) ? "Android" : /Windows/.test(agent) ? "Windows" : /Mac OS/.test(agent) ? "macOS" : /Linux/.test(agent) ? "Linux" : "";
  return [browser, system].filter(Boolean).join(", ") || agent.slice(0, 60) || "–";
}

function Sessions() {
  const { t } = useTranslation("admin");
  const sessions = useQuery({ queryKey: ["sessions"], queryFn: ({ signal }) => body(api.GET("/sessions", { signal })) });
  const end = useAct((id: string) => body(api.DELETE("/sessions/{session}", { params: { path: { session: id } } })), {
    done: t("own.ended"),
    refresh: ["sessions"],
  });
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">
        {t("own.sessions")}
      </Title>
      <Stack gap="sm">
        {sessions.data?.items.map((session) => (
          <Group key={session.id} justify="space-between" wrap="nowrap">
            <div>
              <Group gap={6}>
                <Text size="sm" fw={550}>
                  {shortAgent(session.agent)}
                </Text>
                {session.current && <Badge color="teal">{t("own.thisOne")}</Badge>}
              </Group>
              <Text size="xs" c="dimmed">
                {session.address} · {t("own.lastSeen")} <Moment at={session.last_seen_at} />
              </Text>
            </div>
            {!session.current && (
              <Button size="compact-sm" variant="default" loading={end.isPending && end.variables === session.id} onClick={() => end.mutate(session.id)}>
                {t("own.end")}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
