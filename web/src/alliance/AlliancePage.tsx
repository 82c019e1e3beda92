// /alliance: who is a member, what the rules are, what the numbers say, and the roots of the list. For anybody.
import { Alert, Anchor, Badge, Card, Center, Group, Loader, Stack, Table, Tabs, Text, Title } from "@mantine/core";
import { IconBuildingCommunity } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router-dom";
import { api, body } from "@/api/client";
import { asApiError } from "@/api/errors";
import { EmptyState } from "@/parts/EmptyState";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { said } from "@/parts/said";
import { count, dateOnly, dateTime } from "@/parts/times";
import { PublicShell } from "@/public/PublicShell";
import "@/portal/texts";
import "@/public/texts";
import classes from "@/public/public.module.css";
import "@/texts/alliance";
import { Statistics } from "./Statistics";

const tabs = ["members", "rules", "statistics", "list"] as const;

export function Component() {
  const { t } = useTranslation("alliance");
  const [params, setParams] = useSearchParams();
  const part = tabs.find((tab) => tab === params.get("part")) ?? "members";
  useEffect(() => {
    document.title = t("title");
  }, [t]);
  return (
    <PublicShell home={{ to: "/alliance", label: t("title") }}>
      <Stack gap="xl">
        <div>
          <Title order={1}>{t("title")}</Title>
          <Text c="dimmed" maw={640}>{t("lead")}</Text>
        </div>
        <Tabs value={part} onChange={(value) => setParams(value && value !== "members" ? { part: value } : {}, { replace: true })} keepMounted={false}>
          <Tabs.List aria-label={t("title")} style={{ overflowX: "auto", overflowY: "hidden", flexWrap: "nowrap" }}>
            {tabs.map((tab) => <Tabs.Tab key={tab} value={tab}>{t(tab)}</Tabs.Tab>)}
          </Tabs.List>
          <Tabs.Panel value="members" pt="lg" tabIndex={-1}><Members /></Tabs.Panel>
          <Tabs.Panel value="rules" pt="lg" tabIndex={-1}><Rules /></Tabs.Panel>
          <Tabs.Panel value="statistics" pt="lg" tabIndex={-1}><Statistics /></Tabs.Panel>
          <Tabs.Panel value="list" pt="lg" tabIndex={-1}><List /></Tabs.Panel>
        </Tabs>
        <Alert variant="light" title={t("aboutYou")}>{t("aboutYouText")}</Alert>
      </Stack>
    </PublicShell>
  );
}

/** Waiting, refused, or not a hub at all. */
export function Before({ query }: { query: { error: unknown; refetch: () => unknown } }) {
  const { t } = useTranslation("alliance");
  const { t: common } = useTranslation();
  if (query.error) {
    if (asApiError(query.error).status === 404) return <EmptyState icon={IconBuildingCommunity} title={t("notHub")} text={t("notHubText")} />;
    return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <Center mih={160}><Loader role="status" aria-label={common("loading")} /></Center>;
}

function Members() {
  const { t } = useTranslation("alliance");
  const directory = useQuery({ queryKey: ["public", "directory"], queryFn: ({ signal }) => body(api.GET("/public/alliance/directory", { signal })), retry: false });
  if (!directory.data) return <Before query={directory} />;
  if (directory.data.items.length === 0) return <EmptyState icon={IconBuildingCommunity} title={t("membersEmpty")} />;
  return (
    <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
      {directory.data.items.map((one) => (
        <Card component="li" key={one.id} padding="md">
          <Group justify="space-between" align="flex-start">
            <div>
              <Text fw={600}>{one.name}</Text>
              <Text size="sm" c="dimmed">{[one.contact, `${t("since")} ${dateOnly(one.since)}`].filter(Boolean).join(" · ")}</Text>
            </div>
            <Group gap="xs">
              {one.ombudsman && <Badge color="indigo">{t("ombudsman")}</Badge>}
              {one.standing === "suspended" && <Badge color="orange">{t("standing.suspended")}</Badge>}
            </Group>
          </Group>
        </Card>
      ))}
    </Stack>
  );
}

function Rules() {
  const { t } = useTranslation("alliance");
  const rules = useQuery({ queryKey: ["public", "rules"], queryFn: ({ signal }) => body(api.GET("/public/alliance/rules", { signal })), retry: false });
  if (!rules.data) return <Before query={rules} />;
  const { tests, catalogue, never, clocks } = rules.data;
  return (
    <Stack gap="xl">
      <section>
        <Title order={2} size="h3" mb="sm">{t("testsTitle")}</Title>
        <ol style={{ margin: 0, paddingInlineStart: 22 }}>{tests.map((one) => <li key={one.en}>{said(one)}</li>)}</ol>
      </section>
      <section>
        <Title order={2} size="h3" mb="sm">{t("catalogueTitle")}</Title>
        <Card padding={0}>
          <Table aria-label={t("catalogueTitle")} highlightOnHover={false}>
            <Table.Tbody>
              {catalogue.map((one) => (
                <Table.Tr key={one.conduct}>
                  <Table.Td fw={550}>{said(one.name)}</Table.Td>
                  <Table.Td c="dimmed">{t(`severity.${one.severity as "minor"}`, { defaultValue: one.severity })}</Table.Td>
                  <Table.Td ta="right" className="figures">{t("years", { count: one.years })}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Card>
      </section>
      <section>
        <Title order={2} size="h3" mb="sm">{t("neverTitle")}</Title>
        <Stack gap="xs">
          {never.map(({ ground, why }) => (
            <div key={ground.en}>
              <Text fw={550} size="sm">{said(ground)}</Text>
              <Text size="sm" c="dimmed">{said(why)}</Text>
            </div>
          ))}
        </Stack>
      </section>
      <section>
        <Title order={2} size="h3" mb="sm">{t("clocksTitle")}</Title>
        <Facts facts={clocks.map(({ name, days, working_days, text }) => [said(text) || name, t(working_days ? "workingDays" : "days", { count: days })])} />
      </section>
    </Stack>
  );
}

function List() {
  const { t } = useTranslation("alliance");
  const epochs = useQuery({ queryKey: ["public", "epochs"], queryFn: ({ signal }) => body(api.GET("/public/alliance/epochs", { signal })), retry: false });
  if (!epochs.data) return <Before query={epochs} />;
  return (
    <Stack gap="lg">
      <Text size="sm">{t("listText")} <Anchor href="/log/checkpoint" inherit underline="always">{t("log")}</Anchor></Text>
      {epochs.data.items.length === 0 && <Text size="sm" c="dimmed">{t("epochsEmpty")}</Text>}
      {epochs.data.items.map((one) => (
        <Card key={`${one.epoch}-${one.generation}`}>
          <Title order={2} size="h3">{t("epoch", { epoch: one.epoch })} <Text span inherit c="dimmed" fw={400} size="sm">{t("generation", { generation: one.generation })}</Text></Title>
          <Text size="sm" mb="xs">{t("threshold", { threshold: one.threshold, holders: one.holders.length })}</Text>
          <Facts facts={[[t("keySet"), <span key="set" className={classes.fingerprint}>{one.key_set_id}</span>]]} />
          {one.tag_sets.slice(0, 5).map((set) => (
            <Stack key={set.version} gap={2} mt="md">
              <Text size="sm" fw={550}>{t("tagSet")} {set.version} · {dateTime(set.published_at)}</Text>
              <Text size="sm" c="dimmed">{t("tags")}: {count(set.count)} · {t("shared")}: {(set.match_share * 100).toFixed(1)} % ({t("sharedText")})</Text>
              <span className={classes.fingerprint}>{set.root}</span>
            </Stack>
          ))}
        </Card>
      ))}
    </Stack>
  );
}
