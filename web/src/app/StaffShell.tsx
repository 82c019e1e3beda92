// The frame of the staff's pages: navigation at the left (behind a burger on a phone), the page at the right.
import { AppShell, Box, Burger, Center, Divider, Group, Loader, NavLink, ScrollArea, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconActivity, IconAffiliate, IconBriefcase2, IconCalendarEvent, IconDroplet, IconFileCertificate, IconFolders, IconKey,
  IconLayoutDashboard, IconListDetails, IconListTree, IconMailForward, IconPhotoCheck, IconRubberStamp, IconScale,
  IconSettings, IconShieldLock, IconSpeakerphone, IconUserCog, IconUsersGroup, IconWebhook, IconZoomQuestion,
  type Icon,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, Outlet, ScrollRestoration, useLocation, useNavigation } from "react-router-dom";
import { onSignedOut } from "@/api/client";
import { asApiError } from "@/api/errors";
import { useLiveUpdates } from "@/api/live";
import { Failure } from "@/parts/Failure";
import { Mark, Wordmark } from "@/parts/Mark";
import { rolesOf } from "@/session/permissions";
import { type Role, SessionProvider, useSession, useSessionQuery } from "@/session/session";
import { StepUp } from "@/session/StepUp";
import "@/texts/session";
import "@/texts/shell";
import { AccountMenu } from "./AccountMenu";
import { ProjectSwitcher } from "./ProjectSwitcher";
import classes from "./StaffShell.module.css";

interface Place {
  to: string;
  label:
    | "screening" | "filings" | "appeals" | "bulletins" | "training" | "hub"
    | "dashboard" | "leaks" | "cases" | "statements" | "releases" | "log"
    | "projects" | "parties" | "templates" | "outbox" | "jobs" | "accounts" | "apiKeys" | "webhooks" | "settings" | "audit";
  icon: Icon;
  roles?: Role[];
}

const work: Place[] = [
  { to: "/projects", label: "projects", icon: IconFolders },
  { to: "/parties", label: "parties", icon: IconUsersGroup, roles: rolesOf("read_parties") },
  { to: "/templates", label: "templates", icon: IconFileCertificate, roles: rolesOf("read_parties") },
  { to: "/outbox", label: "outbox", icon: IconMailForward, roles: rolesOf("read_outbox") },
  { to: "/jobs", label: "jobs", icon: IconActivity, roles: rolesOf("read_jobs") },
];
const accountability: Place[] = [
  { to: "/dashboard", label: "dashboard", icon: IconLayoutDashboard, roles: rolesOf("read_cases") },
  { to: "/leaks", label: "leaks", icon: IconDroplet, roles: rolesOf("read_leaks") },
  { to: "/cases", label: "cases", icon: IconBriefcase2, roles: rolesOf("read_cases") },
  { to: "/publishing", label: "statements", icon: IconRubberStamp, roles: rolesOf("read_statements") },
  { to: "/releases", label: "releases", icon: IconPhotoCheck, roles: rolesOf("read_shoots") },
  { to: "/log", label: "log", icon: IconListTree, roles: rolesOf("read_statements") },
];
const alliance: Place[] = [
  { to: "/screening", label: "screening", icon: IconZoomQuestion, roles: rolesOf("read_screening") },
  { to: "/filings", label: "filings", icon: IconListDetails, roles: rolesOf("read_filings") },
  { to: "/appeals", label: "appeals", icon: IconScale, roles: rolesOf("decide_appeals") },
  { to: "/hub", label: "hub", icon: IconAffiliate, roles: rolesOf("operate_hub") },
  { to: "/bulletins", label: "bulletins", icon: IconSpeakerphone, roles: rolesOf("read_bulletins") },
  { to: "/training", label: "training", icon: IconCalendarEvent, roles: rolesOf("read_bulletins") },
];
const node: Place[] = [
  { to: "/accounts", label: "accounts", icon: IconUserCog, roles: ["administrator", "auditor"] },
  { to: "/api-keys", label: "apiKeys", icon: IconKey, roles: ["administrator"] },
  { to: "/webhooks", label: "webhooks", icon: IconWebhook, roles: ["administrator", "custodian"] },
  { to: "/settings", label: "settings", icon: IconSettings, roles: ["administrator"] },
  { to: "/audit", label: "audit", icon: IconShieldLock, roles: ["administrator", "auditor"] },
];

export function Component() {
  const query = useSessionQuery();
  const location = useLocation();
  if (query.data) {
    return (
      <SessionProvider session={query.data}>
        <Frame />
      </SessionProvider>
    );
  }
  if (query.error) {
    if (asApiError(query.error).status === 401) {
      const next = location.pathname === "/" || location.pathname === "/projects" ? "" : `?next=${encodeURIComponent(location.pathname + location.search)}`;
      return <Navigate to={`/sign-in${next}`} replace />;
    }
    return (
      <Center component="main" mih="80vh" p="lg">
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      </Center>
    );
  }
  return <Waiting />;
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <Center mih="60vh" role="status" aria-label={t("loading")}>
      <Loader />
    </Center>
  );
}

function Frame() {
  const { t } = useTranslation("shell");
  const { t: common } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  const navigation = useNavigation();
  useLiveUpdates();
  useReturnToSignIn();
  useEffect(close, [pathname]);
  return (
    <AppShell
      header={{ height: { base: 56, sm: 0 } }}
      navbar={{ width: 248, breakpoint: "sm", collapsed: { mobile: !opened } }}
      padding={0}
      classNames={{ navbar: classes.rail }}
    >
      <a className="skip-link" href="#content">
        {common("skip")}
      </a>
      <AppShell.Header hiddenFrom="sm" px="md">
        <Group h="100%" justify="space-between">
          <Group gap="sm">
            <Burger opened={opened} onClick={toggle} size="sm" aria-label={opened ? t("closeMenu") : t("menu")} />
            <Link to="/projects" aria-label="Probity" className={classes.home}>
              <Mark size={26} />
            </Link>
          </Group>
          <AccountMenu compact />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar aria-label={t("navigation")}>
        <AppShell.Section px="md" pt="lg" pb="sm" visibleFrom="sm">
          <Link to="/projects" aria-label="Probity" className={classes.home}>
            <Wordmark />
          </Link>
        </AppShell.Section>
        <AppShell.Section px="sm" py="xs">
          <ProjectSwitcher />
        </AppShell.Section>
        <AppShell.Section grow component={ScrollArea} type="auto" scrollbarSize={6} px="sm">
          <Places places={work} title={t("work")} />
          <Places places={accountability} title={t("accountability")} />
          <Places places={alliance} title={t("alliance")} />
          <Places places={node} title={t("node")} />
        </AppShell.Section>
        <Divider />
        <AppShell.Section p="sm" visibleFrom="sm">
          <AccountMenu />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <Box className={classes.page} aria-busy={navigation.state === "loading"}>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </Box>
      </AppShell.Main>
      <StepUp />
      <ScrollRestoration getKey={(location) => location.pathname} />
    </AppShell>
  );
}

function Places({ places, title }: { places: Place[]; title: string }) {
  const { t } = useTranslation("shell");
  const { has } = useSession();
  const { pathname } = useLocation();
  const shown = places.filter(({ roles }) => roles === undefined || has(...roles));
  if (shown.length === 0) return null;
  return (
    <Stack gap={1} mb="sm">
      <Text size="xs" c="dimmed" fw={550} px="sm" py={4}>
        {title}
      </Text>
      {shown.map(({ to, label, icon: Picture }) => {
        const here = pathname === to || pathname.startsWith(`${to}/`);
        return (
          <NavLink
            key={to}
            component={Link}
            to={to}
            label={t(label)}
            active={here}
            aria-current={here ? "page" : undefined}
            className={classes.place}
            leftSection={<Picture size={18} stroke={1.6} />}
          />
        );
      })}
    </Stack>
  );
}

/** When any answer says that the session has ended, sign in again and come back. */
function useReturnToSignIn(): void {
  const queries = useQueryClient();
  useEffect(() => {
    onSignedOut(() => {
      onSignedOut(null);
      queries.clear();
      const next = encodeURIComponent(window.location.pathname + window.location.search);
      window.location.assign(`/sign-in?ended=1&next=${next}`);
    });
    return () => onSignedOut(null);
  }, [queries]);
}
