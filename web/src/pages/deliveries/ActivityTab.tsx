// Everything that happened in a project, newest first.
import { Button, Card, Group, Select } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { Failure } from "@/parts/Failure";
import { Timeline } from "@/parts/Timeline";
import "@/texts/deliveries";
import { useProject } from "../projects/ProjectLayout";

const atOnce = 50;
const kinds = ["commitment", "copy", "asset", "slip", "shoot", "frame", "leak", "case", "statement", "project"] as const;

export function Component() {
  const { t } = useTranslation("deliveries");
  const project = useProject();
  const [kind, setKind] = useState<string | null>(null);
  const activity = useInfiniteQuery({
    queryKey: ["activity", project.id, "all", kind],
    queryFn: ({ signal, pageParam }) =>
      body(
        api.GET("/projects/{project}/activity", {
          signal,
          params: { path: { project: project.id }, query: { offset: pageParam, limit: atOnce, ...(kind ? { kind } : {}) } },
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const seen = pages.reduce((sum, { items }) => sum + items.length, 0);
      return last.items.length > 0 && seen < last.total ? seen : undefined;
    },
  });
  const items = activity.data?.pages.flatMap((page) => page.items) ?? [];
  if (activity.error) return <Failure error={activity.error} onRetry={() => void activity.refetch()} />;
  return (
    <Card>
      <Group mb="md">
        <Select
          w={200}
          aria-label={t("activity")}
          placeholder={t("anyKind")}
          clearable
          data={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={kind}
          onChange={setKind}
        />
      </Group>
      {activity.data && items.length === 0 && <EmptyState icon={IconHistory} title={t("activityEmpty")} text={t("activityEmptyText")} />}
      <Timeline items={items} label={t("activity")} />
      {activity.hasNextPage && (
        <Button variant="default" loading={activity.isFetchingNextPage} onClick={() => void activity.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
    </Card>
  );
}
