// Where work stands: open cases, what is due when, what came in last.
import { Anchor, Badge, Card, Group, Progress, SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconCalendarCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { Failure } from "@/parts/Failure";
import { Moment } from "@/parts/Moment";
import { PageHeader } from "@/parts/PageHeader";
import { StateBadge } from "@/parts/States";
import { count, dateTime } from "@/parts/times";
import "@/texts/cases";
import { states } from "../cases/acts";
import classes from "./dashboard.module.css";

type Dashboard = Schemas["CaseDashboard"];

export function Component() {
  const { t } = useTranslation("cases");
  const dashboard = useQuery({ queryKey: ["dashboard"], queryFn: ({ signal }) => body(api.GET("/cases/dashboard", { signal })) });
  return (
    <>
      <PageHeader title={t("dashboard")} text={t("dashboardText")} />
      <Stack gap="lg">
        <Failure error={dashboard.error} onRetry={() => void dashboard.refetch()} />
        <Counts dashboard={dashboard.data} />
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Deadlines dashboard={dashboard.data} />
          <Stack gap="lg">
            <ByState dashboard={dashboard.data} />
            <LatestLeaks />
          </Stack>
        </SimpleGrid>
      </Stack>
    </>
  );
}

function Counts({ dashboard }: { dashboard: Dashboard | undefined }) {
  const { t } = useTranslation("cases");
  const figures = [
    { label: t("openCases"), value: dashboard?.open, to: "/cases" },
    { label: t("overdueCount"), value: dashboard?.overdue, to: "/cases?overdue=true", colour: (dashboard?.overdue ?? 0) > 0 ? "red" : undefined },
    { label: t("waitingSecond"), value: dashboard ? (dashboard.waiting_for_second ?? 0) : undefined, to: "/cases", colour: (dashboard?.waiting_for_second ?? 0) > 0 ? "orange" : undefined },
  ];
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }}>
      {figures.map(({ label, value, to, colour }) => (
        <Card key={label} component={Link} to={to} padding="md" className={classes.stat}>
          <Text size="sm" c="dimmed">
            {label}
          </Text>
          {value === undefined ? (
            <Skeleton h={28} w={50} mt={6} />
          ) : (
            <Text className={classes.figure} c={colour}>
              {count(value)}
            </Text>
          )}
        </Card>
      ))}
    </SimpleGrid>
  );
}

function Deadlines({ dashboard }: { dashboard: Dashboard | undefined }) {
  const { t } = useTranslation("cases");
  const deadlines = dashboard?.deadlines ?? [];
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">
        {t("deadlines")}
      </Title>
      {dashboard && deadlines.length === 0 && <EmptyState icon={IconCalendarCheck} title={t("noDeadlines")} text={t("noDeadlinesText")} />}
      <Stack component="ul" gap={0} m={0} p={0} className={classes.list}>
        {deadlines.map((deadline, index) => (
          <li key={index} className={classes.deadline} data-overdue={deadline.overdue || undefined}>
            <Stack gap={0} miw={0} flex={1}>
              <Anchor component={Link} to={`/cases/${deadline.case}`} size="sm" fw={550} c="inherit">
                {deadline.title}
              </Anchor>
              <Text size="xs" c="dimmed" className="figures">
                {[deadline.number, t(`what.${deadline.what}`), deadline.detail].filter(Boolean).join(" · ")}
              </Text>
            </Stack>
            <Stack gap={0} align="flex-end" style={{ flex: "none" }}>
              <Text size="sm" c={deadline.overdue ? "red" : undefined} fw={deadline.overdue ? 600 : undefined}>
                <Moment at={deadline.due_at} />
              </Text>
              <Text size="xs" c="dimmed" className="figures">
                {dateTime(deadline.due_at)}
              </Text>
            </Stack>
          </li>
        ))}
      </Stack>
    </Card>
  );
}

function ByState({ dashboard }: { dashboard: Dashboard | undefined }) {
  const { t } = useTranslation("cases");
  const { t: named } = useTranslation("states");
  const shown = states.filter((state) => state !== "closed" && (dashboard?.by_state[state] ?? 0) > 0);
  if (!dashboard || shown.length === 0) return null;
  const most = Math.max(...shown.map((state) => dashboard.by_state[state] ?? 0));
  return (
    <Card>
      <Title order={2} size="h3" mb="md">
        {t("byState")}
      </Title>
      <Stack gap="sm">
        {shown.map((state) => (
          <Group key={state} gap="md" wrap="nowrap">
            <Anchor component={Link} to={`/cases?state=${state}`} size="sm" c="inherit" w={150} style={{ flex: "none" }}>
              {named(`case.${state}`)}
            </Anchor>
            <Progress flex={1} value={(100 * (dashboard.by_state[state] ?? 0)) / most} aria-label={named(`case.${state}`)} />
            <Text size="sm" className="figures" w={28} ta="right">
              {dashboard.by_state[state]}
            </Text>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}

function LatestLeaks() {
  const { t } = useTranslation("cases");
  const leaks = useQuery({
    queryKey: ["leaks", "latest"],
    queryFn: ({ signal }) => body(api.GET("/leaks", { signal, params: { query: { sort: "-reported_at", limit: 5 } } })),
  });
  if (!leaks.data || leaks.data.total === 0) return null;
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">
          {t("latestLeaks")}
        </Title>
        <Anchor component={Link} to="/leaks" size="sm">
          {t("seeAll")}
        </Anchor>
      </Group>
      <Stack component="ul" gap="sm" m={0} p={0} className={classes.list}>
        {leaks.data.items.map((leak) => (
          <Group component="li" key={leak.id} justify="space-between" wrap="nowrap">
            <Stack gap={0} miw={0}>
              <Anchor component={Link} to={`/leaks/${leak.id}`} size="sm" c="inherit" truncate>
                {leak.title}
              </Anchor>
              <Text size="xs" c="dimmed" className="figures">
                {leak.number} · <Moment at={leak.reported_at} />
              </Text>
            </Stack>
            <Group gap="xs" wrap="nowrap">
              {leak.outcome ? <StateBadge of="outcome" state={leak.outcome as Schemas["LeakOutcome"]} /> : <StateBadge of="leak" state={leak.state} />}
            </Group>
          </Group>
        ))}
      </Stack>
      {leaks.data.total > 5 && (
        <Badge color="gray" mt="sm">
          {count(leaks.data.total)}
        </Badge>
      )}
    </Card>
  );
}
