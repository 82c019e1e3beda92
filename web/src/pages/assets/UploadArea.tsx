// Where files are dropped, and how far each has come.
import { ActionIcon, Alert, Button, Card, Group, Progress, Stack, Text, Title } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import "@mantine/dropzone/styles.css";
import { IconCheck, IconPhotoOff, IconPhotoPlus, IconUpload, IconX } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { inOwnWords } from "@/api/errors";
import { useJob } from "@/parts/jobs";
import { fileSize } from "@/parts/times";
import { chunkBody, type UploadLine, type UploadPlace, uploadQueue, useUploads } from "@/parts/uploads";

const pictures = ["image/jpeg", "image/png", "image/heic", "image/heif", "image/tiff", "image/webp", "image/avif"];

function mastersOf(project: string): UploadPlace {
  return {
    key: `project/${project}`,
    begin: (file, signal) =>
      body(api.POST("/projects/{project}/uploads", { params: { path: { project } }, body: { file_name: file.name, size_bytes: file.size }, signal })),
    put: ({ id, offset }, chunk, signal) => body(api.PUT("/uploads/{upload}", { params: { path: { upload: id }, query: { offset } }, ...chunkBody(chunk), signal })),
    look: ({ id }, signal) => body(api.GET("/uploads/{upload}", { params: { path: { upload: id } }, signal })),
    giveUp: ({ id }) => body(api.DELETE("/uploads/{upload}", { params: { path: { upload: id } } })),
  };
}

export function UploadArea({ project }: { project: string }) {
  const { t } = useTranslation("assets");
  const place = useMemo(() => mastersOf(project), [project]);
  const lines = useUploads(place.key);
  const unfinished = useQuery({
    queryKey: ["uploads", project],
    queryFn: ({ signal }) => body(api.GET("/projects/{project}/uploads", { signal, params: { path: { project } } })),
  });
  const known = unfinished.data?.items.filter(({ state }) => state === "receiving") ?? [];
  // Those of an earlier visit: this page no longer has their files.
  const lost = known.filter((upload) => !lines.some(({ name, size_bytes }) => name === upload.file_name && size_bytes === upload.size_bytes));
  const finished = lines.filter(({ stage }) => stage === "preparing");
  return (
    <Stack>
      <Dropzone
        onDrop={(files) => uploadQueue.add(place, files, known)}
        accept={pictures}
        multiple
        p="lg"
        inputProps={{ "aria-label": t("drop") }}
      >
        <Group justify="center" gap="md" mih={84} wrap="nowrap" style={{ pointerEvents: "none" }}>
          <Dropzone.Accept>
            <IconUpload size={36} stroke={1.4} />
          </Dropzone.Accept>
          <Dropzone.Reject>
            <IconPhotoOff size={36} stroke={1.4} />
          </Dropzone.Reject>
          <Dropzone.Idle>
            <IconPhotoPlus size={36} stroke={1.4} />
          </Dropzone.Idle>
          <Stack gap={2} maw={520}>
            <Text fw={550}>{t("drop")}</Text>
            <Text size="sm" c="dimmed">
              {t("dropHint")}
            </Text>
          </Stack>
        </Group>
      </Dropzone>
      {(lines.length > 0 || lost.length > 0) && (
        <Card padding="md">
          <Group justify="space-between" mb="xs">
            <Title order={2} size="h3">
              {t("uploads")}
            </Title>
            {finished.length > 0 && (
              <Button size="compact-xs" variant="subtle" onClick={() => finished.forEach(({ key }) => uploadQueue.remove(key))}>
                {t("clearDone")}
              </Button>
            )}
          </Group>
          <Stack gap="sm" aria-live="polite">
            {lines.map((line) => (
              <Line key={line.key} line={line} />
            ))}
            {lost.map((upload) => (
              <Lost key={upload.id} upload={upload} />
            ))}
          </Stack>
        </Card>
      )}
    </Stack>
  );
}

function Line({ line }: { line: UploadLine }) {
  const { t } = useTranslation("assets");
  const { t: common } = useTranslation();
  const queries = useQueryClient();
  const job = useJob(line.job);
  const percent = Math.floor((100 * line.sent_bytes) / Math.max(1, line.size_bytes));
  const state = line.stage === "preparing" ? (line.job === null ? "done" : job.data?.state) : undefined;
  useEffect(() => {
    if (line.stage !== "preparing") return;
    void queries.invalidateQueries({ queryKey: ["uploads"] });
    if (state === "done") for (const key of ["assets", "project", "projects"]) void queries.invalidateQueries({ queryKey: [key] });
  }, [line.stage, state]);

  const total = job.data?.total ?? 0;
  const prepared = total > 0 ? (100 * (job.data?.done ?? 0)) / total : 0;
  const failed = state === "failed" || state === "cancelled";
  const said =
    line.stage === "queued"
      ? t("queued")
      : line.stage === "sending"
        ? t("sending", { percent })
        : line.stage === "paused"
          ? t("paused")
          : state === "done"
            ? t("prepared")
            : failed
              ? t("failedPreparation")
              : t("preparing");
  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" truncate flex={1}>
          {line.name}{" "}
          <Text span size="xs" c="dimmed">
            {fileSize(line.size_bytes)}
          </Text>
        </Text>
        <Text size="xs" c={failed || line.stage === "paused" ? "red" : "dimmed"} className="figures">
          {said}
        </Text>
        {state === "done" ? (
          <IconCheck size={16} color="var(--mantine-color-teal-6)" aria-hidden />
        ) : line.stage === "paused" ? (
          <Button size="compact-xs" variant="default" onClick={() => uploadQueue.retry(line.key)}>
            {t("resume")}
          </Button>
        ) : null}
        {line.stage !== "preparing" && (
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t("giveUp", { name: line.name })} onClick={() => void uploadQueue.cancel(line.key)}>
            <IconX size={14} />
          </ActionIcon>
        )}
        {failed && (
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={common("close")} onClick={() => uploadQueue.remove(line.key)}>
            <IconX size={14} />
          </ActionIcon>
        )}
      </Group>
      <Progress
        size="sm"
        value={line.stage === "preparing" ? (state === "done" ? 100 : prepared || 100) : percent}
        color={failed || line.stage === "paused" ? "red" : state === "done" ? "teal" : undefined}
        animated={line.stage === "preparing" && !failed && state !== "done"}
        aria-label={`${line.name}: ${said}`}
      />
      {(line.problem || (failed && job.data?.error)) && (
        <Text size="xs" c="red">
          {line.problem ? [line.problem.title, line.problem.detail, line.problem.hint].filter(Boolean).join(" ") : inOwnWords(job.data?.error, job.data?.error_zh)}
        </Text>
      )}
    </Stack>
  );
}

function Lost({ upload }: { upload: Schemas["Upload"] }) {
  const { t } = useTranslation("assets");
  const percent = Math.floor((100 * upload.offset) / Math.max(1, upload.size_bytes));
  const giveUp = useAct(() => body(api.DELETE("/uploads/{upload}", { params: { path: { upload: upload.id } } })), { refresh: ["uploads"] });
  return (
    <Alert color="yellow" p="xs">
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm">
          {upload.file_name} – {t("pausedHint", { percent })}
        </Text>
        <ActionIcon variant="subtle" color="gray" size="sm" loading={giveUp.isPending} aria-label={t("giveUp", { name: upload.file_name })} onClick={() => giveUp.mutate(undefined)}>
          <IconX size={14} />
        </ActionIcon>
      </Group>
    </Alert>
  );
}
