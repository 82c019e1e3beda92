// The sample project, in one click, with the progress of its job.
import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body } from "@/api/client";
import { inOwnWords } from "@/api/errors";
import { jobTitle, useJob } from "@/parts/jobs";
import { tell, tellFailure } from "@/parts/notify";

/** `offered`: the button shows; without it only a job that is at work does. */
export function LoadSample({ variant = "default", offered = true }: { variant?: string; offered?: boolean }) {
  const { t } = useTranslation("projects");
  const queries = useQueryClient();
  // One that is still at work, from before the page was loaded again.
  const running = useQuery({
    queryKey: ["jobs", "sample"],
    queryFn: async ({ signal }) => {
      const jobs = await body(api.GET("/jobs", { signal, params: { query: { limit: 20 } } }));
      return jobs.items.find((job) => job.kind === "load_sample" && (job.state === "queued" || job.state === "running")) ?? null;
    },
  });
  const [started, setStarted] = useState<string | null>(null);
  const id = started ?? running.data?.id ?? null;
  const job = useJob(id);
  const load = useAct(() => body(api.POST("/projects/sample")), { onSuccess: (made) => setStarted(made.id) });
  const state = job.data?.state;

  useEffect(() => {
    // Followed across the moment at which the first project appears and this part of the page moves.
    if (started === null && running.data) setStarted(running.data.id);
  }, [started, running.data]);

  useEffect(() => {
    if (state === undefined || state === "queued" || state === "running" || started === null) return;
    setStarted(null);
    queries.setQueryData(["jobs", "sample"], null);
    for (const key of ["projects", "parties", "templates", "jobs"]) void queries.invalidateQueries({ queryKey: [key] });
    if (state === "done") tell(t("sampleDone"));
    else tellFailure(new Error(inOwnWords(job.data?.error, job.data?.error_zh) || t("sampleFailed")));
  }, [state, started]);

  if (id !== null && (state === "queued" || state === "running" || state === undefined)) {
    const total = job.data?.total ?? 0;
    const done = job.data?.done ?? 0;
    return (
      <Stack gap={6} w={320} maw="100%" role="status">
        <Group justify="space-between">
          <Text size="sm">{t("sampleBusy")}</Text>
          {total > 0 && (
            <Text size="sm" c="dimmed" className="figures">
              {done} / {total}
            </Text>
          )}
        </Group>
        <Progress value={total > 0 ? (100 * done) / total : 100} animated aria-label={job.data ? jobTitle(job.data) : t("sampleBusy")} />
      </Stack>
    );
  }
  if (!offered) return null;
  return (
    <Button variant={variant} leftSection={<IconSparkles size={16} />} loading={load.isPending} onClick={() => load.mutate(undefined)}>
      {t("loadSample")}
    </Button>
  );
}
