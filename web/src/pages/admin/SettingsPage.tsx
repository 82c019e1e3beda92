import { Alert, Button, Card, Code, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { IconMailCheck, IconMailOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { PageHeader } from "@/parts/PageHeader";
import { SectionHeader } from "@/parts/SectionHeader";
import { allZones } from "@/parts/times";
import "@/texts/admin";

type Settings = Schemas["Settings"];

export function Component() {
  const { t } = useTranslation("admin");
  const settings = useQuery({ queryKey: ["settings"], queryFn: ({ signal }) => body(api.GET("/settings", { signal })) });
  return (
    <>
      <PageHeader title={t("settings.title")} />
      {settings.error && <Failure error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data && (
        <Stack maw={640} gap="lg">
          <Fields settings={settings.data} />
          <Alert variant="light" color={settings.data.smtp_configured ? "teal" : "yellow"} title={t("settings.mail")} icon={settings.data.smtp_configured ? <IconMailCheck size={18} /> : <IconMailOff size={18} />}>
            {settings.data.smtp_configured ? t("settings.mailOn") : t("settings.mailOff")}
          </Alert>
          <Card>
            <SectionHeader title={t("settings.seal")} text={t("settings.sealText")} />
            {settings.data.seal_fingerprint ? (
              <Facts
                facts={[
                  [t("settings.subject"), settings.data.seal_subject],
                  [t("settings.fingerprint"), <Code style={{ overflowWrap: "anywhere" }}>{settings.data.seal_fingerprint}</Code>],
                ]}
              />
            ) : (
              <Text size="sm">{t("settings.sealNone")}</Text>
            )}
          </Card>
        </Stack>
      )}
    </>
  );
}

function Fields({ settings }: { settings: Settings }) {
  const { t } = useTranslation("admin");
  const { t: common } = useTranslation();
  const form = useForm({
    initialValues: {
      organisation: settings.organisation,
      public_url: settings.public_url,
      contact_email: settings.contact_email ?? "",
      locale: settings.locale,
      zone: settings.zone,
    },
    validate: {
      organisation: isNotEmpty(common("required")),
      contact_email: (value) => (value === "" || /^\S+@\S+$/.test(value.trim()) ? null : common("invalidEmail")),
    },
  });
  const save = useAct((values: Schemas["SettingsUpdate"]) => body(api.PATCH("/settings", { body: values })), {
    done: t("settings.saved"),
    refresh: ["settings", "session"],
    onSuccess: () => form.resetDirty(),
  });
  return (
    <Card>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
        <Stack>
          <TextInput label={t("settings.organisation")} description={t("settings.organisationHint")} required maxLength={200} {...form.getInputProps("organisation")} />
          <TextInput label={t("settings.publicUrl")} description={t("settings.publicUrlHint")} type="url" maxLength={300} {...form.getInputProps("public_url")} />
          <TextInput label={t("settings.contact")} type="email" maxLength={254} {...form.getInputProps("contact_email")} />
          <Group grow align="flex-start">
            <Select
              label={t("settings.locale")}
              allowDeselect={false}
              data={[
                { value: "en", label: "English" },
                { value: "zh", label: "中文" },
              ]}
              {...form.getInputProps("locale")}
            />
            <Select label={t("settings.zone")} data={[...new Set([settings.zone, ...allZones()])]} searchable allowDeselect={false} limit={60} {...form.getInputProps("zone")} />
          </Group>
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
