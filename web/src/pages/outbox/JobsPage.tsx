import { Button, Group, Progress, Select, Stack, Text } from "@mantine/core";
import { IconActivity } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { inOwnWords } from "@/api/errors";
import { EmptyState } from "@/parts/EmptyState";
import { atWork, jobTitle } from "@/parts/jobs";
import { ListTable } from "@/parts/ListTable";
import { Moment } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { StateBadge } from "@/parts/States";
import { useListState } from "@/parts/useListState";
import "@/texts/admin";
import "@/texts/states";

type Job = Schemas["Job"];
const states: Job["state"][] = ["queued", "running", "done", "failed", "cancelled"];

export function Component() {
  const { t } = useTranslation("admin");
  const { t: named } = useTranslation("states");
  const { t: common } = useTranslation();
  const list = useListState({ filters: ["state"] });
  const state = list.filter("state");
  const jobs = useQuery({
    queryKey: ["jobs", state, list.offset, list.limit],
    queryFn: ({ signal }) =>
      body(api.GET("/jobs", { signal, params: { query: { offset: list.offset, limit: list.limit, ...(state ? { state } : {}) } } })),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.items.some((job) => atWork(job)) ? 3_000 : false),
  });
  return (
    <>
      <PageHeader title={t("jobs.title")} text={t("jobs.text")} />
      <ListTable
        label={t("jobs.title")}
        list={list}
        query={jobs}
        searchable={false}
        rowId={({ id }) => id}
        filters={
          <Select
            w={180}
            aria-label={common("state")}
            placeholder={t("jobs.anyState")}
            clearable
            data={states.map((value) => ({ value, label: named(`job.${value}`) }))}
            value={state || null}
            onChange={(value) => list.setFilter("state", value)}
          />
        }
        empty={<EmptyState icon={IconActivity} title={t("jobs.empty")} text={t("jobs.emptyText")} />}
        columns={[
          {
            key: "job",
            title: t("jobs.job"),
            render: (job) => (
              <Stack gap={0}>
                <Text size="sm" fw={550}>
                  {jobTitle(job)}
                </Text>
                {job.error && (
                  <Text size="xs" c="red">
                    {inOwnWords(job.error, job.error_zh)}
                  </Text>
                )}
              </Stack>
            ),
          },
          { key: "kind", title: t("jobs.kind"), wideOnly: true, render: ({ kind }) => named(`jobKind.${kind}` as "jobKind.notices", { defaultValue: kind }) },
          { key: "state", title: common("state"), render: (job) => <StateBadge of="job" state={job.state} /> },
          { key: "progress", title: t("jobs.progress"), width: 190, render: (job) => <Bar job={job} /> },
          { key: "time", title: t("jobs.started"), render: ({ created_at }) => <Moment at={created_at} /> },
          { key: "actions", title: common("actions"), bare: true, render: (job) => <Acts job={job} /> },
        ]}
      />
    </>
  );
}

function Bar({ job }: { job: Job }) {
  const { t } = useTranslation("admin");
  const attempts = job.attempts ?? 0;
  if (!atWork(job)) return attempts > 1 ? <Text size="xs" c="dimmed">{t("jobs.attempt", { count: attempts })}</Text> : <Text c="dimmed">–</Text>;
  return (
    <Group gap="xs" wrap="nowrap" miw={140}>
      <Progress flex={1} miw={80} size="sm" animated value={job.total > 0 ? (100 * job.done) / job.total : job.state === "running" ? 100 : 0} aria-label={jobTitle(job)} />
      <Text size="xs" c="dimmed" className="figures">
        {job.total > 0 ? `${job.done}/${job.total}` : ""}
      </Text>
    </Group>
  );
}

function Acts({ job }: { job: Job }) {
  const { t } = useTranslation("admin");
  const path = { params: { path: { job: job.id } } };
  const cancel = useAct(() => body(api.POST("/jobs/{job}/cancel", path)), { done: t("jobs.cancelled"), refresh: ["jobs", "job"] });
  const retry = useAct(() => body(api.POST("/jobs/{job}/retry", path)), { done: t("jobs.retried"), refresh: ["jobs", "job"] });
  if (atWork(job)) {
    return (
      <Button size="compact-sm" variant="default" loading={cancel.isPending} aria-label={`${t("jobs.cancel")}: ${jobTitle(job)}`} onClick={() => cancel.mutate(undefined)}>
        {t("jobs.cancel")}
      </Button>
    );
  }
  if (job.state !== "failed" && job.state !== "cancelled") return null;
  return (
    <Button size="compact-sm" variant="default" loading={retry.isPending} aria-label={`${t("jobs.retry")}: ${jobTitle(job)}`} onClick={() => retry.mutate(undefined)}>
      {t("jobs.retry")}
    </Button>
  );
}
