// A draft: both texts side by side in tabs, how each party is called, and the paper it becomes.
import { Alert, Button, Card, Group, Select, Stack, Tabs, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconFileTypePdf } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router-dom";
import { useEffect } from "react";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { currentLocale } from "@/i18n";
import { ask } from "@/parts/ask";
import { Paper } from "./Paper";

type Detail = Schemas["StatementDetail"];
type Naming = Schemas["StatementNaming"];
const languages = ["en", "zh"] as const;

export function Editor({ detail }: { detail: Detail }) {
  const { t } = useTranslation("statements");
  const { t: common } = useTranslation();
  const { statement, texts, parties } = detail;
  const form = useForm({
    initialValues: {
      en: { title: texts.en?.title ?? "", body: texts.en?.body ?? "" },
      zh: { title: texts.zh?.title ?? "", body: texts.zh?.body ?? "" },
      naming: Object.fromEntries(parties.map(({ party, naming }) => [party, naming])) as Record<string, Naming>,
    },
  });
  const templates = useQuery({ queryKey: ["statement-templates"], queryFn: ({ signal }) => body(api.GET("/statement-templates", { signal })) });
  const template = templates.data?.items.find(({ kind }) => kind === statement.kind);
  const written = () => {
    const given = (language: (typeof languages)[number]) => {
      const text = form.values[language];
      return text.title.trim() !== "" || text.body.trim() !== "" ? { [language]: { title: text.title.trim(), body: text.body.trim() } } : {};
    };
    return { ...given("en"), ...given("zh") };
  };
  const save = useAct(
    () =>
      body(
        api.PATCH("/statements/{statement}", {
          params: { path: { statement: statement.id } },
          body: { texts: written(), parties: Object.entries(form.values.naming).map(([party, naming]) => ({ party, naming })) },
        }),
      ),
    { done: t("saved"), refresh: ["statements", "statement"], onSuccess: () => form.resetDirty() },
  );
  const dirty = form.isDirty();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    if (blocker.state !== "blocked") return;
    ask({
      title: t("unsaved"),
      text: common("unsaved"),
      confirm: t("save"),
      run: async () => {
        await save.mutateAsync(undefined);
        blocker.proceed();
      },
      onCancel: () => blocker.reset(),
    });
  }, [blocker.state]);
  const begin = () => {
    if (!template) return;
    const fill = () => {
      form.setFieldValue("en", template.en);
      form.setFieldValue("zh", template.zh);
    };
    if (form.values.en.body.trim() === "" && form.values.zh.body.trim() === "") fill();
    else ask({ title: t("fromTemplateTitle"), text: "", confirm: t("fromTemplate"), run: async () => fill() });
  };
  return (
    <Stack gap="lg">
      <Card component="form" onSubmit={form.onSubmit(() => save.mutate(undefined))}>
        <Stack>
          <Tabs defaultValue={currentLocale()}>
            <Tabs.List aria-label={t("write")}>
              {languages.map((language) => (
                <Tabs.Tab key={language} value={language}>
                  {language === "en" ? t("english") : t("chinese")}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {languages.map((language) => (
              <Tabs.Panel key={language} value={language} pt="md">
                <Stack lang={language === "zh" ? "zh-Hans" : "en"}>
                  <TextInput label={t("headline")} maxLength={200} {...form.getInputProps(`${language}.title`)} />
                  <Textarea label={t("body")} autosize minRows={12} maxRows={30} maxLength={20000} {...form.getInputProps(`${language}.body`)} />
                </Stack>
              </Tabs.Panel>
            ))}
          </Tabs>
          {parties.length > 0 && (
            <Stack gap="xs">
              <div>
                <Title order={2} size="h3">{t("naming")}</Title>
                <Text size="sm" c="dimmed">
                  {t("namingText")}
                </Text>
              </div>
              {parties.map((party) => (
                <Group key={party.party} gap="sm" align="flex-end">
                  <Select
                    flex="1 1 220px"
                    label={t("namingOf", { name: party.role })}
                    allowDeselect={false}
                    data={(["role", "masked", ...(party.person ? [] : (["full"] as const))] as Naming[]).map((value) => ({ value, label: t(`named.${value}`) }))}
                    {...form.getInputProps(`naming.${party.party}`)}
                  />
                  <Text size="sm" c="dimmed" pb={8} flex="1 1 180px">
                    {t("appearsAs", { label: currentLocale() === "zh" ? party.label_zh : party.label_en })}
                  </Text>
                </Group>
              ))}
            </Stack>
          )}
          {detail.replies.length > 0 && (
            <Alert color="gray" title={t("reply")}>
              {detail.replies.map((reply) => (
                <Text key={reply.label_en} size="sm">
                  {currentLocale() === "zh" ? reply.label_zh : reply.label_en}: {reply.given ? t("replyGiven") : t("replyNone")}
                </Text>
              ))}
            </Alert>
          )}
          <Group justify="space-between">
            <Button variant="subtle" size="sm" disabled={!template} onClick={begin}>
              {t("fromTemplate")}
            </Button>
            <Group gap="sm">
              {dirty && (
                <Text size="sm" c="orange" role="status">
                  {t("unsaved")}
                </Text>
              )}
              <Button type="submit" loading={save.isPending} disabled={!dirty}>
                {t("save")}
              </Button>
            </Group>
          </Group>
        </Stack>
      </Card>
      <section aria-label={t("preview")}>
        <Group justify="space-between" mb="sm">
          <Title order={2} size="h3">
            {t("preview")}
          </Title>
          <Button component="a" href={`/api/v1/statements/${statement.id}/preview`} target="_blank" rel="noopener" size="xs" variant="default" leftSection={<IconFileTypePdf size={14} />}>
            {t("openPreview")}
          </Button>
        </Group>
        <Text size="sm" c="dimmed" mb="sm">
          {t("previewText")}
        </Text>
        <Paper texts={{ en: form.values.en, zh: form.values.zh }} detail={detail} />
      </section>
    </Stack>
  );
}
