// A leak comes in: its files, and where they were seen.
import { ActionIcon, Button, Card, Group, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconFile, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body } from "@/api/client";
import { PageHeader } from "@/parts/PageHeader";
import { SectionHeader } from "@/parts/SectionHeader";
import { fileSize } from "@/parts/times";
import { uploadQueue } from "@/parts/uploads";
import { useSession } from "@/session/session";
import "@/texts/leaks";
import { FileDrop } from "./FileDrop";
import { filesOf } from "./places";
import { emptySighting, SightingFields, sightingOf } from "./SightingForm";

export function Component() {
  const { t } = useTranslation("leaks");
  const { t: common } = useTranslation();
  const { session } = useSession();
  const navigate = useNavigate();
  const [files, setFiles] = useState<File[]>([]);
  const form = useForm({
    initialValues: { title: "", project: null as string | null, note: "", ...emptySighting(session.account.name) },
    validate: {
      title: (title) => (title.trim() === "" ? common("required") : null),
      address: (address, { seen_at }) => (address.trim() === "" && seen_at !== null ? common("required") : null),
      seen_at: (at, { address }) => (at === null && address.trim() !== "" ? common("required") : null),
    },
  });
  const projects = useQuery({
    queryKey: ["projects", "select"],
    queryFn: ({ signal }) => body(api.GET("/projects", { signal, params: { query: { limit: 200, sort: "name", state: "open" } } })),
  });
  const report = useAct(
    (values: typeof form.values) =>
      body(
        api.POST("/leaks", {
          body: {
            title: values.title.trim(),
            ...(values.project ? { project: values.project } : {}),
            ...(values.note.trim() ? { note: values.note.trim() } : {}),
            ...(values.address.trim() ? { sighting: sightingOf(values) } : {}),
          },
        }),
      ),
    {
      done: ({ number }) => t("reported", { number }),
      refresh: ["leaks"],
      onSuccess: (leak) => {
        if (files.length > 0) uploadQueue.add(filesOf(leak.id), files, []);
        navigate(`/leaks/${leak.id}`);
      },
    },
  );
  return (
    <>
      <PageHeader title={t("report")} back={{ to: "/leaks", label: t("title") }} />
      <form onSubmit={form.onSubmit((values) => report.mutate(values))} noValidate>
        <Stack gap="lg" maw={820}>
          <FileDrop onDrop={(dropped) => setFiles((before) => [...before, ...dropped])} />
          {files.length > 0 && <Chosen files={files} onChange={setFiles} />}
          <Card>
            <Stack>
              <TextInput label={t("name")} placeholder={t("namePlaceholder")} required maxLength={200} {...form.getInputProps("title")} />
              <Select
                label={t("project")}
                description={t("projectHint")}
                data={(projects.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
                searchable
                clearable
                {...form.getInputProps("project")}
              />
              <Textarea label={t("note")} autosize minRows={2} maxLength={4000} {...form.getInputProps("note")} />
            </Stack>
          </Card>
          <Card>
            <SectionHeader title={t("whereSeen")} text={t("whereSeenText")} />
            <SightingFields form={form} />
          </Card>
          <Group justify="flex-end">
            <Button component={Link} to="/leaks" variant="default">
              {common("cancel")}
            </Button>
            <Button type="submit" loading={report.isPending}>
              {t("report")}
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
}

function Chosen({ files, onChange }: { files: File[]; onChange: (files: File[]) => void }) {
  const { t } = useTranslation("leaks");
  return (
    <Card padding="sm">
      <Text size="sm" c="dimmed" mb={6} role="status">
        {t("chosen", { count: files.length })}
      </Text>
      <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: "none" }}>
        {files.map((file, index) => (
          <Group component="li" key={`${file.name}-${index}`} gap="sm" wrap="nowrap">
            <IconFile size={16} stroke={1.6} aria-hidden />
            <Text size="sm" truncate flex={1}>
              {file.name}
            </Text>
            <Text size="xs" c="dimmed" className="figures">
              {fileSize(file.size)}
            </Text>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t("removeFile", { name: file.name })} onClick={() => onChange(files.filter((_, at) => at !== index))}>
              <IconX size={14} />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
