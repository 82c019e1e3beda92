// A project at a glance: counts, how long until each embargo, who has yet to sign, what happened last.
import { Anchor, Badge, Button, Card, Group, Progress, SimpleGrid, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { IconCheck, IconFileUpload, IconSend } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { Countdown } from "@/parts/Moment";
import { StateBadge } from "@/parts/States";
import { Timeline } from "@/parts/Timeline";
import { count, dateTime } from "@/parts/times";
import "@/texts/assets";
import { UploadArea } from "../assets/UploadArea";
import { type Project, useProject } from "./ProjectLayout";
import classes from "./projects.module.css";

export function Component() {
  const project = useProject();
  const fresh = project.counts.assets === 0 || project.counts.commitments === 0;
  return (
    <Stack gap="lg">
      {fresh && <Steps project={project} />}
      <Counts project={project} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack gap="lg">
          <Embargoes embargoes={project.embargoes} />
          <Waiting project={project.id} />
        </Stack>
        <Latest project={project.id} />
      </SimpleGrid>
    </Stack>
  );
}

/** What a new project lacks, to be done right here: files are dropped, then the commitment is sent. */
function Steps({ project }: { project: Project }) {
  const { t } = useTranslation("projects");
  const loaded = project.counts.assets > 0;
  const sent = project.counts.commitments > 0;
  const steps = [
    { done: loaded, title: t("stepAssets"), text: t("stepAssetsText"), icon: IconFileUpload, act: <UploadArea project={project.id} /> },
    {
      done: sent,
      title: t("stepSend"),
      text: t("stepSendText"),
      icon: IconSend,
      act: sent ? null : (
        <Button component={Link} to={`/projects/${project.id}/commitments/new`} variant={loaded ? "filled" : "default"} style={{ alignSelf: "flex-start" }}>
          {t("stepSend")}
        </Button>
      ),
    },
  ];
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">
        {t("steps")}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {steps.map(({ done, title, text, icon: Picture, act }) => (
          <Group key={title} wrap="nowrap" align="flex-start">
            <ThemeIcon variant={done ? "filled" : "light"} color={done ? "teal" : "ink"} size={36} radius="xl">
              {done ? <IconCheck size={18} /> : <Picture size={18} stroke={1.6} />}
            </ThemeIcon>
            <Stack gap={6} flex={1} miw={0}>
              <Group gap="xs">
                <Text fw={550}>{title}</Text>
                {done && <Badge color="teal">{t("stepDone")}</Badge>}
              </Group>
              <Text size="sm" c="dimmed">
                {text}
              </Text>
              {act}
            </Stack>
          </Group>
        ))}
      </SimpleGrid>
    </Card>
  );
}

function Counts({ project }: { project: Project }) {
  const { t } = useTranslation("projects");
  const { counts } = project;
  const base = `/projects/${project.id}`;
  const shown = [
    { label: t("assetsCount"), value: counts.assets, to: `${base}/assets` },
    { label: t("inForce"), value: counts.in_force, of: counts.commitments, to: `${base}/commitments?state=in_force` },
    { label: t("waiting"), value: counts.waiting, to: `${base}/commitments` },
    { label: t("declined"), value: counts.declined, to: `${base}/commitments?state=declined`, colour: counts.declined > 0 ? "orange" : undefined },
    { label: t("opened"), value: counts.opened, of: counts.copies, to: `${base}/deliveries` },
    { label: t("slipsCount"), value: counts.slips, to: `${base}/slips`, colour: counts.slips > 0 ? "orange" : undefined },
  ];
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, lg: 6 }} spacing="sm">
      {shown.map(({ label, value, of, to, colour }) => (
        <Card key={label} component={Link} to={to} padding="md" className={classes.stat}>
          <Text size="xs" c="dimmed" mb={6}>
            {label}
          </Text>
          <Text className={classes.figure} c={colour}>
            {count(value)}
            {of !== undefined && (
              <Text span size="sm" c="dimmed" fw={450}>
                {" "}
                / {count(of)}
              </Text>
            )}
          </Text>
          {of !== undefined && <Progress mt={8} size={4} value={of > 0 ? (100 * value) / of : 0} aria-label={label} />}
        </Card>
      ))}
    </SimpleGrid>
  );
}

function Embargoes({ embargoes }: { embargoes: Schemas["Embargo"][] }) {
  const { t } = useTranslation("projects");
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">
        {t("embargoes")}
      </Title>
      {embargoes.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("noEmbargo")}
        </Text>
      )}
      <Stack gap="md">
        {embargoes.map(({ id, label, at, zone }) => (
          <Group key={id} justify="space-between" gap="xs">
            <Stack gap={2}>
              <Text fw={550} size="sm">
                {label}
              </Text>
              <Text size="xs" c="dimmed" className="figures">
                {dateTime(at, zone)} {zone}
              </Text>
              <Text size="xs" c="dimmed" className="figures">
                {dateTime(at, "UTC")} UTC
              </Text>
            </Stack>
            <Text fw={600} className="figures">
              <Countdown at={at} lifted={t("lifted")} />
            </Text>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}

const notYet = new Set<Schemas["CommitmentState"]>(["sent", "opened", "signed"]);

function Waiting({ project }: { project: string }) {
  const { t } = useTranslation("projects");
  const commitments = useQuery({
    queryKey: ["commitments", "waiting", project],
    queryFn: ({ signal }) =>
      body(api.GET("/projects/{project}/commitments", { signal, params: { path: { project }, query: { limit: 200 } } })),
  });
  const remind = useAct(
    (commitment: string) => body(api.POST("/commitments/{commitment}/remind", { params: { path: { commitment } } })),
    { done: t("reminded"), refresh: ["commitments", "commitment", "outbox"] },
  );
  const waiting = commitments.data?.items.filter(({ state }) => notYet.has(state)) ?? [];
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">
          {t("whoWaits")}
        </Title>
        {waiting.length > 6 && (
          <Anchor component={Link} to={`/projects/${project}/commitments`} size="sm">
            {t("seeAll")}
          </Anchor>
        )}
      </Group>
      {commitments.data && waiting.length === 0 && (
        <Text size="sm" c="dimmed">
          {commitments.data.total === 0 ? t("nobodyAsked") : t("nobodyWaits")}
        </Text>
      )}
      <Stack gap="sm">
        {waiting.slice(0, 6).map((commitment) => (
          <Group key={commitment.id} justify="space-between" wrap="nowrap" gap="xs">
            <Stack gap={0} miw={0}>
              <Anchor component={Link} to={`/commitments/${commitment.id}`} size="sm" fw={550} c="inherit" truncate>
                {commitment.party_name}
              </Anchor>
              <Text size="xs" c="dimmed" truncate>
                {commitment.organisation_name ?? commitment.number}
              </Text>
            </Stack>
            <Group gap="xs" wrap="nowrap">
              <StateBadge of="commitment" state={commitment.state} />
              <Button
                size="compact-xs"
                variant="default"
                aria-label={`${t("remind")}: ${commitment.party_name}`}
                loading={remind.isPending && remind.variables === commitment.id}
                onClick={() => remind.mutate(commitment.id)}
              >
                {t("remind")}
              </Button>
            </Group>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}

function Latest({ project }: { project: string }) {
  const { t } = useTranslation("projects");
  const activity = useQuery({
    queryKey: ["activity", project, "latest"],
    queryFn: ({ signal }) => body(api.GET("/projects/{project}/activity", { signal, params: { path: { project }, query: { limit: 10 } } })),
  });
  return (
    <Card>
      <Group justify="space-between" mb="md">
        <Title order={2} size="h3">
          {t("latest")}
        </Title>
        <Anchor component={Link} to={`/projects/${project}/activity`} size="sm">
          {t("seeAll")}
        </Anchor>
      </Group>
      <Timeline items={activity.data?.items ?? []} label={t("latest")} />
    </Card>
  );
}
