// The operator's desk: how the hub stands, and what waits for the operator.
import { Alert, Badge, Box, Card, Loader, SimpleGrid, Tabs, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation, useNavigate } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { Failure } from "@/parts/Failure";
import { PageHeader } from "@/parts/PageHeader";
import "@/texts/alliance";

const tabs = ["members", "quotas", "epochs", "alarms", "canaries", "audits", "holidays"] as const;

export function Component() {
  const { t } = useTranslation("alliance");
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const part = pathname.split("/")[2] || "members";
  const hub = useQuery({ queryKey: ["hub"], queryFn: ({ signal }) => body(api.GET("/hub", { signal })), refetchInterval: 30_000 });
  const waiting: Partial<Record<(typeof tabs)[number], number>> = { quotas: hub.data?.proposals_waiting ?? 0, epochs: hub.data?.holders_unwell ?? 0, alarms: hub.data?.open_alarms ?? 0 };
  return (
    <>
      <PageHeader title={t("hub")} text={t("hubText")} />
      {hub.error && <Failure error={hub.error} onRetry={() => void hub.refetch()} />}
      {hub.data && <Figures hub={hub.data} />}
      <Tabs value={part} onChange={(value) => navigate(`/hub/${value === "members" ? "" : value}`)} keepMounted={false}>
        <Tabs.List aria-label={t("tabs")} style={{ overflowX: "auto", overflowY: "hidden", flexWrap: "nowrap" }}>
          {tabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab} rightSection={waiting[tab] ? <Badge size="sm" circle color="red" variant="filled">{waiting[tab]}</Badge> : undefined}>{t(tab)}</Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={part} pt="lg" tabIndex={-1}>
          <Suspense fallback={<Box ta="center"><Loader /></Box>}><Outlet /></Suspense>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function Figures({ hub }: { hub: Schemas["Hub"] }) {
  const { t } = useTranslation("alliance");
  const figures: [string, number, boolean][] = [
    [t("members"), hub.members, false],
    [t("openAlarms"), hub.open_alarms, hub.open_alarms > 0],
    [t("waitingProposals"), hub.proposals_waiting, hub.proposals_waiting > 0],
    [t("holdersUnwell"), hub.holders_unwell, hub.holders_unwell > 0],
  ];
  return (
    <>
      {!hub.ombudsman && <Alert color="orange" mb="md">{t("noOmbudsman")}</Alert>}
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm" mb="md">
        {figures.map(([label, value, worry]) => (
          <Card key={label} padding="sm">
            <Text size="xs" c="dimmed">{label}</Text>
            <Text size="lg" fw={650} className="figures" c={worry ? "red" : undefined}>{value}</Text>
          </Card>
        ))}
      </SimpleGrid>
      <Text size="xs" c="dimmed" mb="lg" style={{ overflowWrap: "anywhere" }}>
        {t("identity")}: <Text span inherit ff="monospace">{hub.identity}</Text> · {t("rollVersion")}: {hub.roll_version}
      </Text>
    </>
  );
}
