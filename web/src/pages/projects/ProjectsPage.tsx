import { Badge, Button, Card, Group, Progress, SegmentedControl, SimpleGrid, Skeleton, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconClockHour4, IconFolders, IconPlus, IconSearch, IconSearchOff } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { Failure } from "@/parts/Failure";
import { Countdown } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { useListState } from "@/parts/useListState";
import "@/texts/projects";
import { LoadSample } from "./LoadSample";
import { ProjectForm } from "./ProjectForm";
import classes from "./projects.module.css";

type Project = Schemas["Project"];

export function Component() {
  const { t } = useTranslation("projects");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const [making, setMaking] = useState(false);
  const list = useListState({ filters: ["state"] });
  const state = list.filter("state") || "open";
  const projects = useQuery({
    queryKey: ["projects", state, list.query],
    queryFn: ({ signal }) => body(api.GET("/projects", { signal, params: { query: { ...list.query, limit: 100, state } } })),
    placeholderData: keepPreviousData,
  });
  const none = projects.data?.total === 0 && !list.narrowed;
  return (
    <>
      <PageHeader title={t("title")} text={t("text")}>
        {!none && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
            {t("create")}
          </Button>
        )}
      </PageHeader>
      {none ? (
        <Card>
          <EmptyState icon={IconFolders} title={t("emptyTitle")} text={t("emptyText")}>
            <LoadSample variant="filled" />
            <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
              {t("create")}
            </Button>
          </EmptyState>
        </Card>
      ) : (
        <Stack>
          <Group>
            <TextInput
              flex="1 1 220px"
              maw={360}
              leftSection={<IconSearch size={16} />}
              placeholder={common("search")}
              aria-label={common("search")}
              value={list.search}
              onChange={(event) => list.setSearch(event.currentTarget.value)}
            />
            <SegmentedControl
              aria-label={common("state")}
              value={state}
              onChange={(value) => list.setFilter("state", value === "open" ? null : value)}
              data={[
                { value: "open", label: t("open") },
                { value: "archived", label: t("archived") },
              ]}
            />
          </Group>
          {projects.error && <Failure error={projects.error} onRetry={() => void projects.refetch()} />}
          {projects.data?.items.length === 0 && <EmptyState icon={IconSearchOff} title={common("nothingFound")} text={common("nothingFoundHint")} />}
          <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
            {projects.data?.items.map((project) => <ProjectCard key={project.id} project={project} />)}
            {!projects.data && !projects.error && Array.from({ length: 3 }, (_, index) => <Skeleton key={index} height={190} />)}
          </SimpleGrid>
          {projects.data && (
            <Group justify="center" mt="md">
              <LoadSample variant="subtle" offered={!projects.data.items.some(({ sample }) => sample) && state === "open" && !list.narrowed} />
            </Group>
          )}
        </Stack>
      )}
      <ProjectForm opened={making} onClose={() => setMaking(false)} onSaved={(project) => navigate(`/projects/${project.id}`)} />
    </>
  );
}

function ProjectCard({ project }: { project: Project }) {
  const { t } = useTranslation("projects");
  const { counts } = project;
  const coming = project.embargoes.filter(({ at }) => new Date(at).getTime() > Date.now()).sort((a, b) => a.at.localeCompare(b.at))[0];
  return (
    <Card component={Link} to={`/projects/${project.id}`} className={classes.card}>
      <Stack gap="sm" h="100%">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Title order={2} size="h3" lineClamp={2}>
            {project.name}
          </Title>
          {project.sample && <Badge color="gray">{t("sample")}</Badge>}
        </Group>
        <Text size="sm" c="dimmed" lineClamp={2}>
          {project.description}
        </Text>
        <Group gap={6} mt="auto">
          <IconClockHour4 size={15} stroke={1.6} aria-hidden />
          <Text size="sm">
            {coming ? (
              <>
                {coming.label} {t("in")} <Countdown at={coming.at} lifted={t("lifted")} />
              </>
            ) : (
              <Text span inherit c="dimmed">
                {project.embargoes.length > 0 ? t("lifted") : t("noEmbargo")}
              </Text>
            )}
          </Text>
        </Group>
        <div>
          <Group justify="space-between" mb={6}>
            <Text size="xs" c="dimmed">
              {counts.commitments > 0 ? t("signedOf", { inForce: counts.in_force, total: counts.commitments }) : t("nobodyAsked")}
            </Text>
            <Text size="xs" c="dimmed" className="figures">
              {t("assetsCount")} {counts.assets} · {t("opened")} {counts.opened}/{counts.copies}
            </Text>
          </Group>
          <Progress
            size="sm"
            value={counts.commitments > 0 ? (100 * counts.in_force) / counts.commitments : 0}
            aria-label={t("signedOf", { inForce: counts.in_force, total: counts.commitments })}
          />
        </div>
      </Stack>
    </Card>
  );
}
