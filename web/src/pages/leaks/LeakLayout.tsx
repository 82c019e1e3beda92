// One leak: how far it is, what can be done with it as a whole, and its parts as tabs.
import { ActionIcon, Alert, Box, Button, Card, Center, Group, Loader, Menu, Progress, Tabs, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArchive, IconArchiveOff, IconBriefcase2, IconDots, IconPencil, IconX } from "@tabler/icons-react";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation, useNavigate, useOutletContext, useParams } from "react-router-dom";
import { inOwnWords } from "@/api/errors";
import { Failure } from "@/parts/Failure";
import { atWork, useJob } from "@/parts/jobs";
import { PageHeader } from "@/parts/PageHeader";
import { StateBadge } from "@/parts/States";
import { useMay } from "@/session/permissions";
import "@/texts/leaks";
import { CaseForm } from "../cases/CaseForm";
import { type Leak, useLeakActs, useLeakQuery } from "./acts";
import { CloseDialog, EditDialog } from "./LeakDialogs";
import { Path } from "./Path";

const tabs = ["intake", "result", "footage", "custody"] as const;

export function useLeak(): Leak {
  return useOutletContext<Leak>();
}

export function Component() {
  const { t: common } = useTranslation();
  const { leak: id = "" } = useParams();
  const query = useLeakQuery(id);
  if (query.data) return <Page leak={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Center mih={240}>
      <Loader role="status" aria-label={common("loading")} />
    </Center>
  );
}

function Page({ leak }: { leak: Leak }) {
  const { t } = useTranslation("leaks");
  const { t: common } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const acts = useLeakActs(leak);
  const [editing, edit] = useDisclosure();
  const [closing, close] = useDisclosure();
  const [opening, open] = useDisclosure();
  const part = pathname.split("/")[3] || "intake";
  const writes = may("write_leaks");
  const closeReason = leak.closed_as as keyof (typeof reasons) | null | undefined;
  const reasons = t("closeReasons", { returnObjects: true }) as Record<string, string>;
  return (
    <>
      <PageHeader
        title={leak.title}
        back={{ to: "/leaks", label: t("title") }}
        badge={<StateBadge of="leak" state={leak.state} />}
        text={[leak.number, leak.project_name, t("reportedBy", { name: leak.reported_by })].filter(Boolean).join(" · ")}
      >
        {leak.case ? (
          may("read_cases") && (
            <Button component={Link} to={`/cases/${leak.case}`} variant="default" leftSection={<IconBriefcase2 size={16} />}>
              {t("goToCase")}
            </Button>
          )
        ) : (
          may("write_cases") && leak.state !== "closed" && (
            <Button variant={leak.state === "unmasked" ? "filled" : "default"} leftSection={<IconBriefcase2 size={16} />} onClick={open.open}>
              {t("openCase")}
            </Button>
          )
        )}
        {writes && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size="lg" aria-label={common("more")}>
                <IconDots size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPencil size={16} />} onClick={edit.open}>
                {t("edit")}
              </Menu.Item>
              {leak.state === "closed" ? (
                <Menu.Item leftSection={<IconArchiveOff size={16} />} onClick={acts.reopen}>
                  {t("reopen")}
                </Menu.Item>
              ) : (
                <Menu.Item leftSection={<IconArchive size={16} />} onClick={close.open}>
                  {t("close")}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </PageHeader>
      {closeReason && (
        <Alert color="gray" mb="md" title={t("closedAs", { reason: reasons[closeReason] ?? closeReason })}>
          {leak.close_note}
        </Alert>
      )}
      <Path leak={leak} />
      <Tracing leak={leak} />
      <Tabs value={part} onChange={(value) => navigate(`/leaks/${leak.id}/${value === "intake" ? "" : value}`)} keepMounted={false}>
        <Tabs.List aria-label={t("tabs")} style={{ overflowX: "auto", flexWrap: "nowrap" }}>
          {tabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(tab)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={part} pt="lg" tabIndex={-1}>
          <Suspense
            fallback={
              <Box ta="center">
                <Loader />
              </Box>
            }
          >
            <Outlet context={leak} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      <EditDialog leak={leak} opened={editing} onClose={edit.close} />
      <CloseDialog leak={leak} opened={closing} onClose={close.close} />
      <CaseForm opened={opening} onClose={open.close} leak={leak} onSaved={({ id }) => navigate(`/cases/${id}`)} />
    </>
  );
}

/** The trace as it runs, or why it did not finish. */
function Tracing({ leak }: { leak: Leak }) {
  const { t } = useTranslation("leaks");
  const may = useMay();
  const acts = useLeakActs(leak);
  const job = useJob(may("write_leaks") ? leak.trace_job : null);
  if (!job.data) return null;
  if (job.data.state === "failed") {
    return (
      <Alert color="red" mb="md" title={t("traceFailed")}>
        {inOwnWords(job.data.error, job.data.error_zh)}
      </Alert>
    );
  }
  if (!atWork(job.data)) return null;
  const percent = job.data.total > 0 ? (100 * job.data.done) / job.data.total : 100;
  return (
    <Card padding="md" mb="md" role="status">
      <Group gap="md" wrap="nowrap">
        <Text size="sm" fw={550} style={{ flex: "none" }}>
          {t("tracing")}
        </Text>
        <Progress flex={1} animated value={percent} aria-label={t("tracing")} />
        <Text size="xs" c="dimmed" className="figures" style={{ flex: "none" }} visibleFrom="sm">
          {job.data.stage || (job.data.total > 0 ? `${job.data.done}/${job.data.total}` : "")}
        </Text>
        <ActionIcon variant="subtle" color="gray" loading={acts.stop.isPending} aria-label={t("cancelTrace")} onClick={() => acts.stop.mutate(undefined)}>
          <IconX size={16} />
        </ActionIcon>
      </Group>
    </Card>
  );
}
