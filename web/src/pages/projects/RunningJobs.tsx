// What the node is doing for this project right now.
import { Card, Group, Progress, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { atWork, jobTitle } from "@/parts/jobs";

// Mails and calls come and go by themselves.
const shown = new Set(["prepare_asset", "issue_copies", "seal_commitment", "load_sample"]);
const most = 3;

export function RunningJobs({ project }: { project: string }) {
  const jobs = useQuery({
    queryKey: ["jobs", "project", project],
    queryFn: ({ signal }) => body(api.GET("/jobs", { signal, params: { query: { project, limit: 50 } } })),
    refetchInterval: (query) => (query.state.data?.items.some((job) => atWork(job)) ? 2_000 : false),
  });
  const running = jobs.data?.items.filter((job) => atWork(job) && shown.has(job.kind)) ?? [];
  if (running.length === 0) return null;
  return (
    <Card padding="sm" mb="md" role="status">
      <Stack gap="xs">
        {running.slice(0, most).map((job) => (
          <Group key={job.id} gap="md" wrap="nowrap">
            <Text size="sm" truncate flex={1}>
              {jobTitle(job)}
            </Text>
            <Progress flex={1} size="sm" animated value={job.total > 0 ? (100 * job.done) / job.total : 100} aria-label={jobTitle(job)} />
          </Group>
        ))}
        {running.length > most && (
          <Text size="xs" c="dimmed">
            + {running.length - most}
          </Text>
        )}
      </Stack>
    </Card>
  );
}
