// The editor of a template: clauses, usual terms and questions at the left, what the recipient will read at the right.
import { Alert, Badge, Box, Button, Card, Center, Grid, Group, Loader, Select, Stack, Tabs, Text, TextInput, Title } from "@mantine/core";
import { IconArchive, IconCheck, IconCopy, IconLock } from "@tabler/icons-react";
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
      {locked ? (
        <Locked draft={draft} />
      ) : (
        <Grid gutter="lg">
          <Grid.Col span={{ base: 12, lg: 7 }}>
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
              {dirty && !draftFits(draft) && (
                <Text size="sm" c="dimmed" role="status">
                  {t("incomplete")}
                </Text>
              )}
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 5 }}>
            <PreviewCard draft={draft} />
          </Grid.Col>
        </Grid>
      )}
    </>
  );
}

/** A template that cannot be changed, to be read: the text with samples in it, and the questions. */
function Locked({ draft }: { draft: Draft }) {
  const { t } = useTranslation("templates");
  const preview = usePreview({ text: draft.text, terms: draft.terms, locale: draft.locale });
  return (
    <Grid gutter="lg">
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <Card>
          <Failure error={preview.error} />
          {preview.data && <Agreement text={preview.data} lang={draft.locale} />}
        </Card>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <Card lang={draft.locale === "zh" ? "zh-Hans" : "en"}>
          <Title order={2} size="h3" mb="sm">
            {t("questions")}
          </Title>
          <Stack>
            {draft.text.questions.map((question) => (
              <Stack key={question.id} gap={4}>
                <Text size="sm" fw={550}>
                  {question.text}
                </Text>
                {question.choices.map((choice) => (
                  <Group key={choice.id} gap="xs" wrap="nowrap" align="flex-start">
                    {choice.id === question.right ? (
                      <IconCheck size={16} color="var(--mantine-color-teal-6)" aria-label={t("right")} style={{ flex: "none", marginTop: 2 }} />
                    ) : (
                      <Box w={16} style={{ flex: "none" }} />
                    )}
                    <Text size="sm" c={choice.id === question.right ? undefined : "dimmed"}>
                      {choice.text}
                    </Text>
                  </Group>
                ))}
                {question.why && (
                  <Text size="xs" c="dimmed" pl={24}>
                    {question.why}
                  </Text>
                )}
              </Stack>
            ))}
          </Stack>
        </Card>
      </Grid.Col>
    </Grid>
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
