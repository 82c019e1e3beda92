// Files on their way to be evidence, of a leak or of a case: how far each is, and what it met.
import { ActionIcon, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { inOwnWords } from "@/api/errors";
import { useJob } from "@/parts/jobs";
import { type UploadLine, uploadQueue } from "@/parts/uploads";
import "@/texts/assets";
import "@/texts/leaks";

/** `refresh` are first words of the query keys that load again once a file is evidence. */
export function UploadLines({ lines, refresh }: { lines: UploadLine[]; refresh: string[] }) {
  const { t } = useTranslation("leaks");
  if (lines.length === 0) return null;
  return (
    <Stack gap="sm" aria-live="polite" aria-label={t("unfinished")} role="group">
      {lines.map((line) => (
        <Line key={line.key} line={line} refresh={refresh} />
      ))}
    </Stack>
  );
}

function Line({ line, refresh }: { line: UploadLine; refresh: string[] }) {
  const { t } = useTranslation("leaks");
  const { t: assets } = useTranslation("assets");
  const queries = useQueryClient();
  const job = useJob(line.job);
  const state = line.stage === "preparing" ? (line.job === null ? "done" : job.data?.state) : undefined;
  const percent = Math.floor((100 * line.sent_bytes) / Math.max(1, line.size_bytes));
  const failed = state === "failed" || state === "cancelled";
  useEffect(() => {
    if (state !== "done") return;
    for (const key of refresh) void queries.invalidateQueries({ queryKey: [key] });
    uploadQueue.remove(line.key);
  }, [state]);
  const words =
    line.stage === "queued" ? assets("queued") : line.stage === "sending" ? assets("sending", { percent }) : line.stage === "paused" ? assets("paused") : failed ? t("notTaken") : t("taking");
  return (
    <Stack gap={4}>
      <Group gap="xs" wrap="nowrap">
        <Text size="sm" truncate flex={1}>
          {line.name}
        </Text>
        <Text size="xs" c={failed || line.stage === "paused" ? "red" : "dimmed"} className="figures">
          {words}
        </Text>
        {line.stage === "paused" && (
          <Button size="compact-xs" variant="default" onClick={() => uploadQueue.retry(line.key)}>
            {assets("resume")}
          </Button>
        )}
        {(line.stage !== "preparing" || failed) && (
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={assets("giveUp", { name: line.name })} onClick={() => void (failed ? uploadQueue.remove(line.key) : uploadQueue.cancel(line.key))}>
            <IconX size={14} />
          </ActionIcon>
        )}
      </Group>
      <Progress size="sm" value={line.stage === "preparing" ? 100 : percent} animated={line.stage === "preparing" && !failed} color={failed || line.stage === "paused" ? "red" : undefined} aria-label={`${line.name}: ${words}`} />
      {(line.problem || (failed && job.data?.error)) && (
        <Text size="xs" c="red">
          {line.problem ? [line.problem.title, line.problem.detail, line.problem.hint].filter(Boolean).join(" ") : inOwnWords(job.data?.error, job.data?.error_zh)}
        </Text>
      )}
    </Stack>
  );
}
