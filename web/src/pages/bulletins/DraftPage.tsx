// Writing a bulletin: its content, its label, whom it goes to, what keeps it from being published.
import { ActionIcon, Alert, Anchor, Button, Card, Center, Checkbox, Grid, Group, Image, Loader, MultiSelect, Radio, SegmentedControl, Select, SimpleGrid, Stack, Text, TextInput, Title } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import "@mantine/dropzone/styles.css";
import { useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPhotoPlus, IconSend, IconX } from "@tabler/icons-react";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { ask } from "@/parts/ask";
import { Failure } from "@/parts/Failure";
import { missing } from "@/parts/FormDialog";
import { PageHeader } from "@/parts/PageHeader";
import { said } from "@/parts/said";
import { Tlp, tlpLabels } from "@/parts/Tlp";
import { chunkBody } from "@/parts/uploads";
import { useMay } from "@/session/permissions";
import { type Draft, kinds, useBulletinGroups, useBulletinMembers, useLabels } from "./acts";
import { bodyOf, type Content, ContentFields, contentOf } from "./fields";
import { GroupMembers } from "./GroupsTab";

interface Values extends Content {
  kind: Schemas["BulletinKind"];
  tlp: Schemas["Tlp"];
  audience: "all" | "members" | "group";
  group: string;
  group_id: string | null;
  members: string[];
  without_attribution: boolean;
}

export function Component() {
  const { t: common } = useTranslation();
  const { draft: id = "new" } = useParams();
  const query = useQuery({
    queryKey: ["bulletin-draft", id],
    queryFn: ({ signal }) => body(api.GET("/bulletins/drafts/{draft}", { signal, params: { path: { draft: id } } })),
    enabled: id !== "new",
    refetchOnWindowFocus: false,
  });
  if (id === "new") return <Page key="new" draft={null} />;
  if (query.data) return <Page key={id} draft={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Center mih={240}><Loader role="status" aria-label={common("loading")} /></Center>;
}

function requestOf(values: Values): Schemas["BulletinRequest"] {
  const group = values.audience === "group" ? values.group_id : null;
  const members = values.audience === "members" || (values.tlp === "RED" && !group);
  return {
    ...bodyOf(values),
    kind: values.kind,
    tlp: values.tlp,
    audience: group ? { kind: "group", group } : members ? { kind: "members", members: values.members, ...(values.group.trim() ? { name: values.group.trim() } : {}) } : { kind: "all" },
    without_attribution: values.without_attribution,
  };
}

function Page({ draft }: { draft: Draft | null }) {
  const { t } = useTranslation("bulletins");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useForm<Values>({
    initialValues: {
      ...contentOf(draft ?? undefined),
      kind: draft?.kind ?? "counterfeit_alert",
      tlp: draft?.tlp ?? "AMBER",
      audience: draft?.audience.kind ?? "all",
      group: draft?.audience.name ?? "",
      group_id: draft?.audience.group ?? null,
      members: draft?.audience.members ?? [],
      without_attribution: draft?.without_attribution ?? false,
    },
    validate: (values) => ({
      ...missing(values, ["title", "text", "expires_at"], common("required")),
      ...(values.audience === "group" && !values.group_id ? { group_id: common("required") } : {}),
      ...((values.audience === "members" || (values.tlp === "RED" && values.audience === "all")) && values.members.length === 0 ? { members: common("required") } : {}),
    }),
  });
  const accept = (saved: Draft) => {
    queries.setQueryData(["bulletin-draft", saved.id], saved);
    void queries.invalidateQueries({ queryKey: ["bulletin-drafts"] });
    form.resetDirty();
  };
  const keep = (values: Values) =>
    body(draft ? api.PUT("/bulletins/drafts/{draft}", { params: { path: { draft: draft.id } }, body: requestOf(values) }) : api.POST("/bulletins", { body: requestOf(values) }));
  const save = useAct(keep, { done: t("saved"), quiet: true, onSuccess: (saved) => { accept(saved); if (!draft) navigate(`/bulletins/drafts/${saved.id}`, { replace: true }); } });
  const publish = useAct(
    async (values: Values) => {
      const saved = await keep(values);
      accept(saved);
      return body(api.POST("/bulletins/drafts/{draft}/publish", { params: { path: { draft: saved.id } } }));
    },
    { done: t("publishDone"), refresh: ["bulletins", "bulletin-drafts"], quiet: true, onSuccess: ({ id }) => navigate(`/bulletins/${id}`) },
  );
  const discard = useAct(() => api.DELETE("/bulletins/drafts/{draft}", { params: { path: { draft: draft?.id ?? "" } } }), { done: t("discarded"), refresh: ["bulletin-drafts"], onSuccess: () => navigate("/bulletins/drafts") });
  const send = () => {
    if (form.validate().hasErrors) return;
    ask({ title: t("publish"), text: t("publishText"), confirm: t("publish"), run: async () => { publish.mutate(form.values); } });
  };
  return (
    <>
      <PageHeader title={draft ? form.values.title || t("draft") : t("write")} back={{ to: "/bulletins/drafts", label: t("drafts") }} badge={<Tlp label={form.values.tlp} />} />
      <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
        <Grid gutter="lg">
          <Grid.Col span={{ base: 12, md: 8 }}>
            <Stack gap="lg">
              <Card><ContentFields form={form} /></Card>
              {draft && <Pictures draft={draft} onChange={accept} />}
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 4 }}>
            <Stack gap="lg">
              <Card><Label form={form} /></Card>
              <Findings values={form.values} saved={draft?.findings ?? []} />
              <Failure error={save.error} />
              <Failure error={publish.error} />
              <Group justify="flex-end">
                {draft && <Button variant="subtle" color="red" onClick={() => ask({ title: t("discard"), text: t("discardText"), confirm: t("discard"), danger: true, run: () => discard.mutateAsync(undefined) })}>{t("discard")}</Button>}
                <Button type="submit" variant="default" loading={save.isPending}>{t("saveDraft")}</Button>
                <Button leftSection={<IconSend size={16} />} loading={publish.isPending} onClick={send}>{t("publish")}</Button>
              </Group>
            </Stack>
          </Grid.Col>
        </Grid>
      </form>
    </>
  );
}

function Label({ form }: { form: ReturnType<typeof useForm<Values>> }) {
  const { t } = useTranslation("bulletins");
  const labels = useLabels();
  const members = useBulletinMembers();
  const groups = useBulletinGroups();
  const { tlp, audience, group_id } = form.values;
  // RED goes to members by name, or to a group of them.
  const kind = tlp === "RED" && audience === "all" ? "members" : audience;
  const group = groups.data?.items.find(({ id }) => id === group_id);
  return (
    <Stack>
      <Select label={t("kindLabel")} allowDeselect={false} data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))} {...form.getInputProps("kind")} />
      <Radio.Group label={t("label")} {...form.getInputProps("tlp")}>
        <Stack gap="xs" mt={6}>
          {tlpLabels.map((value) => <Radio key={value} value={value} label={<Tlp label={value} />} description={value === tlp ? said(labels.data?.items.find(({ label }) => label === value)?.allows) : undefined} />)}
        </Stack>
      </Radio.Group>
      <div>
        <Text size="sm" fw={500} mb={4}>{t("audience")}</Text>
        <SegmentedControl fullWidth orientation="vertical" aria-label={t("audience")} data={[{ value: "all", label: t("audienceAll"), disabled: tlp === "RED" }, { value: "members", label: t("audienceMembers") }, { value: "group", label: t("audienceGroup") }]} value={kind} onChange={(value) => form.setFieldValue("audience", value as Values["audience"])} />
        {tlp === "RED" && <Text size="xs" c="dimmed" mt={4}>{t("audienceRed")}</Text>}
      </div>
      {kind === "group" && (
        <>
          <Select label={t("audienceGroup")} required searchable placeholder={t("groupChoose")} data={(groups.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))} {...form.getInputProps("group_id")} />
          {group && <GroupMembers group={group} />}
          <Text size="xs" c="dimmed">{t("groupFrozenText")} <Anchor component={Link} to="/bulletins/groups" size="xs" underline="always">{t("groups")}</Anchor></Text>
        </>
      )}
      {kind === "members" && (
        <>
          <MultiSelect label={t("audienceWho")} required searchable data={(members.data?.items ?? []).filter(({ id, suspended }) => !suspended || form.values.members.includes(id)).map(({ id, name }) => ({ value: id, label: name }))} {...form.getInputProps("members")} />
          <TextInput label={t("audienceName")} maxLength={100} {...form.getInputProps("group")} />
        </>
      )}
      <Checkbox label={t("withoutAttribution")} description={t("withoutAttributionText")} {...form.getInputProps("without_attribution", { type: "checkbox" })} />
    </Stack>
  );
}

/** Found in what somebody wrote; the rest is about whom it goes to and until when. */
const ofWords = (field: string) => !["audience", "expires_at", "links"].includes(field);

/** What a text must not hold, and the right way to say it: looked at as it is written. */
function Findings({ values, saved }: { values: Values; saved: Draft["findings"] }) {
  const { t } = useTranslation("bulletins");
  const may = useMay();
  const { expires_at: _end, links: _links, ...words } = bodyOf(values);
  const [sketch] = useDebouncedValue(JSON.stringify({ kind: values.kind, ...words }), 600);
  const looked = useQuery({
    queryKey: ["bulletin-findings", sketch],
    queryFn: ({ signal }) => body(api.POST("/bulletins/findings", { signal, body: JSON.parse(sketch) as Schemas["BulletinSketch"] })),
    placeholderData: keepPreviousData,
  });
  // Of the words as they stand now; of the rest, and before an answer came, as it was saved.
  const now = looked.data?.findings;
  const findings = now ? [...now, ...saved.filter(({ field }) => !ofWords(field))] : saved;
  if (values.title.trim() === "" && values.text.trim() === "" && findings.length === 0) return null;
  if (findings.length === 0) return <Alert color="teal" variant="light">{t("findingsNone")}</Alert>;
  return (
    <Alert color="orange" title={t("findings")} role="status">
      <Stack gap="sm">
        {findings.map((finding, at) => (
          <div key={`${finding.field}-${at}`}>
            <Text size="sm" fw={550}>{said(finding.what)}</Text>
            <Text size="sm">{t("instead")}: {said(finding.instead)}</Text>
          </div>
        ))}
        {may("write_filings") && findings.some(({ field }) => ofWords(field)) && <Anchor component={Link} to="/filings/new" size="sm" c="inherit" underline="always">{t("howToFile")}</Anchor>}
      </Stack>
    </Alert>
  );
}

function Pictures({ draft, onChange }: { draft: Draft; onChange: (saved: Draft) => void }) {
  const { t } = useTranslation("bulletins");
  const path = { params: { path: { draft: draft.id } } };
  const add = useAct(
    async (files: File[]) => {
      let last: Draft | null = null;
      for (const file of files) last = await body(api.POST("/bulletins/drafts/{draft}/pictures", { ...path, ...chunkBody(file) }));
      return last;
    },
    { quiet: true, onSuccess: (saved) => saved && onChange(saved) },
  );
  const remove = useAct(async (picture: string) => {
    await api.DELETE("/bulletins/drafts/{draft}/pictures/{picture}", { params: { path: { draft: draft.id, picture } } });
    return body(api.GET("/bulletins/drafts/{draft}", path));
  }, { onSuccess: onChange });
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">{t("pictures")}</Title>
      {draft.pictures.length > 0 && (
        <SimpleGrid cols={{ base: 2, sm: 3 }} mb="sm">
          {draft.pictures.map((picture, at) => (
            <div key={picture.id} style={{ position: "relative" }}>
              <Image src={`/api/v1/bulletins/drafts/${draft.id}/pictures/${picture.id}`} alt={t("picture", { number: at + 1, title: draft.title })} radius="sm" h={120} />
              <ActionIcon variant="filled" color="dark" size="sm" aria-label={t("removePicture", { number: at + 1 })} style={{ position: "absolute", top: 4, right: 4 }} onClick={() => remove.mutate(picture.id)}><IconX size={14} /></ActionIcon>
            </div>
          ))}
        </SimpleGrid>
      )}
      <Dropzone onDrop={(files) => add.mutate(files)} loading={add.isPending} maxSize={20 * 1024 * 1024} p="md" inputProps={{ "aria-label": t("addPictures") }}>
        <Group justify="center" gap="md" style={{ pointerEvents: "none" }}>
          <IconPhotoPlus size={28} stroke={1.3} aria-hidden />
          <Stack gap={2}>
            <Text size="sm" fw={550}>{t("addPictures")}</Text>
            <Text size="xs" c="dimmed">{t("addPicturesText")}</Text>
          </Stack>
        </Group>
      </Dropzone>
      <Failure error={add.error} />
    </Card>
  );
}
