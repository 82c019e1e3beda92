// The editor of a template: clauses, usual terms and questions at the left, what the recipient will read at the right.
import { Alert, Badge, Button, Card, Center, Grid, Group, Loader, Select, Stack, Tabs, Text, TextInput } from "@mantine/core";
import { IconArchive, IconCopy, IconLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker, useLocation, useNavigate, useParams } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { currentLocale } from "@/i18n";
import { Agreement } from "@/parts/Agreement";
import { ask } from "@/parts/ask";
import { Failure } from "@/parts/Failure";
import { PageHeader } from "@/parts/PageHeader";
import { ownZone } from "@/parts/times";
import { useSession } from "@/session/session";
import "@/texts/templates";
import { termsToSend } from "../commitments/terms";
import { TermsForm } from "../commitments/TermsForm";
import { usePreview } from "../commitments/usePreview";
import { type Draft, draftFits, emptyDraft } from "./draft";
import { QuestionsEditor } from "./QuestionsEditor";
import { SectionsEditor } from "./SectionsEditor";

type Template = Schemas["Template"];

function draftOf({ name, locale, text, terms }: Template): Draft {
  return { name, locale, text, terms };
}

export function Component() {
  const { template: id = "new" } = useParams();
  const { t: common } = useTranslation();
  const location = useLocation();
  const copied = (location.state as { copy?: Draft } | null)?.copy;
  const template = useQuery({
    queryKey: ["template", id],
    queryFn: ({ signal }) => body(api.GET("/templates/{template}", { signal, params: { path: { template: id } } })),
    enabled: id !== "new",
    // The page holds what is being written; nothing loads over it.
    refetchOnWindowFocus: false,
  });
  if (id === "new") return <Editor key={`new-${location.key}`} start={copied ?? emptyDraft(currentLocale())} template={null} />;
  if (template.error) return <Failure error={template.error} onRetry={() => void template.refetch()} />;
  if (!template.data) {
    return (
      <Center mih={240}>
        <Loader role="status" aria-label={common("loading")} />
      </Center>
    );
  }
  return <Editor key={`${id}-${template.data.version}`} start={draftOf(template.data)} template={template.data} />;
}

function Editor({ start, template }: { start: Draft; template: Template | null }) {
  const { t } = useTranslation("templates");
  const { t: common } = useTranslation();
  const { session } = useSession();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(start);
  const [saved, setSaved] = useState(JSON.stringify(template ? start : null));
  const change = (values: Partial<Draft>) => setDraft((before) => ({ ...before, ...values }));
  const changeText = (values: Partial<Draft["text"]>) => setDraft((before) => ({ ...before, text: { ...before.text, ...values } }));
  const locked = template?.built_in ?? false;
  const dirty = !locked && JSON.stringify(draft) !== saved && (template !== null || draft.name !== "" || draft.text.title !== "");
  useLeaveGuard(dirty);

  const save = useAct(
    () => {
      const request = { ...draft, name: draft.name.trim(), terms: termsToSend(draft.terms) };
      return template
        ? body(api.PUT("/templates/{template}", { params: { path: { template: template.id } }, body: request }))
        : body(api.POST("/templates", { body: request }));
    },
    {
      done: (made) => (template ? t("saved", { version: made.version }) : t("created")),
      refresh: ["templates"],
      onSuccess: (made) => {
        setSaved(JSON.stringify(draft));
        // After the state above is drawn, or the guard would still ask.
        if (!template) setTimeout(() => navigate(`/templates/${made.id}`, { replace: true }));
      },
    },
  );
  const archive = useAct(() => body(api.DELETE("/templates/{template}", { params: { path: { template: template?.id ?? "" } } })), {
    done: t("archived"),
    refresh: ["templates"],
    quiet: true,
    onSuccess: () => navigate("/templates"),
  });
  const makeCopy = () => navigate("/templates/new", { state: { copy: { ...draft, name: t("copyName", { name: draft.name }) } } });

  return (
    <>
      <PageHeader
        title={template ? template.name : t("create")}
        back={{ to: "/templates", label: t("title") }}
        badge={
          template && (
            <>
              <Badge color="gray">{t("versionNumber", { version: template.version })}</Badge>
              {template.built_in && <Badge color="ink">{t("builtIn")}</Badge>}
            </>
          )
        }
      >
        {template && (
          <Button variant={locked ? "filled" : "default"} leftSection={<IconCopy size={16} />} onClick={makeCopy}>
            {t("makeCopy")}
          </Button>
        )}
        {template && !locked && (
          <Button
            variant="default"
            leftSection={<IconArchive size={16} />}
            onClick={() =>
              ask({
                title: t("archiveTitle", { name: template.name }),
                text: t("archiveText"),
                confirm: t("archive"),
                danger: true,
                run: () => archive.mutateAsync(undefined),
              })
            }
          >
            {t("archive")}
          </Button>
        )}
        {!locked && (
          <Button disabled={!draftFits(draft) || !dirty} loading={save.isPending} onClick={() => save.mutate(undefined)}>
            {common("save")}
          </Button>
        )}
      </PageHeader>
      {locked && (
        <Alert icon={<IconLock size={18} />} mb="lg" variant="light">
          {t("builtInText")}
        </Alert>
      )}
      <Grid gutter="lg">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <fieldset disabled={locked} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
            <Stack>
              <Card padding="md">
                <Stack gap="sm">
                  <Group align="flex-start" grow preventGrowOverflow={false}>
                    <TextInput label={t("name")} description={t("nameHint")} required maxLength={200} flex="2 1 220px" value={draft.name} onChange={(event) => change({ name: event.currentTarget.value })} />
                    <Select
                      label={t("locale")}
                      description=" "
                      flex="1 1 120px"
                      allowDeselect={false}
                      disabled={locked}
                      data={[
                        { value: "en", label: "English" },
                        { value: "zh", label: "中文" },
                      ]}
                      value={draft.locale}
                      onChange={(locale) => change({ locale: locale === "zh" ? "zh" : "en" })}
                    />
                  </Group>
                  <TextInput label={t("titleLabel")} required maxLength={200} value={draft.text.title} onChange={(event) => changeText({ title: event.currentTarget.value })} />
                </Stack>
              </Card>
              <Tabs defaultValue="write">
                <Tabs.List mb="md">
                  <Tabs.Tab value="write">{t("write")}</Tabs.Tab>
                  <Tabs.Tab value="terms">{t("terms")}</Tabs.Tab>
                  <Tabs.Tab value="questions" rightSection={<Badge size="xs" color="gray">{draft.text.questions.length}</Badge>}>
                    {t("questions")}
                  </Tabs.Tab>
                </Tabs.List>
                <Tabs.Panel value="write">
                  <SectionsEditor sections={draft.text.sections} onChange={(sections) => changeText({ sections })} />
                </Tabs.Panel>
                <Tabs.Panel value="terms">
                  <Card>
                    <TermsForm terms={draft.terms} onChange={(terms) => change({ terms })} zone={session.zone ?? ownZone} />
                  </Card>
                </Tabs.Panel>
                <Tabs.Panel value="questions">
                  <QuestionsEditor questions={draft.text.questions} onChange={(questions) => changeText({ questions })} />
                </Tabs.Panel>
              </Tabs>
              {!locked && dirty && !draftFits(draft) && (
                <Text size="sm" c="dimmed" role="status">
                  {t("incomplete")}
                </Text>
              )}
            </Stack>
          </fieldset>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <PreviewCard draft={draft} />
        </Grid.Col>
      </Grid>
    </>
  );
}

function PreviewCard({ draft }: { draft: Draft }) {
  const { t } = useTranslation("templates");
  const showable = draft.text.title.trim() !== "" && draft.text.sections.every(({ text }) => text.trim() !== "");
  const preview = usePreview(showable ? { text: draft.text, terms: draft.terms, locale: draft.locale } : null);
  return (
    <Card component="aside" aria-label={t("preview")} style={{ position: "sticky", top: 20, maxHeight: "calc(100dvh - 40px)", overflowY: "auto" }} tabIndex={0}>
      <Text size="sm" fw={550} c="dimmed" mb="md">
        {t("preview")}
      </Text>
      <Failure error={preview.error} />
      {preview.data && <Agreement text={preview.data} lang={draft.locale} />}
    </Card>
  );
}

/** Asks before what was written is left behind. */
function useLeaveGuard(dirty: boolean): void {
  const { t } = useTranslation("templates");
  const { t: common } = useTranslation();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    if (blocker.state !== "blocked") return;
    ask({ title: t("leaveTitle"), text: common("unsaved"), confirm: t("leave"), danger: true, run: async () => blocker.proceed(), onCancel: () => blocker.reset() });
  }, [blocker.state]);
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [dirty]);
}
