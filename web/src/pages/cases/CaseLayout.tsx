// One case: its head with severity, owner and what is due, and its parts as tabs.
import { ActionIcon, Alert, Anchor, Box, Button, Center, Group, Loader, Menu, Tabs, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArchive, IconDots, IconFileTypePdf, IconListDetails, IconLock, IconPackageExport, IconPencil, IconPrinter, IconRubberStamp, IconSearch } from "@tabler/icons-react";
import { Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation, useNavigate, useParams } from "react-router-dom";
import { currentLocale } from "@/i18n";
import { Failure } from "@/parts/Failure";
import { PageHeader } from "@/parts/PageHeader";
import { StateBadge } from "@/parts/States";
import { useMay } from "@/session/permissions";
import "@/texts/cases";
import { type Case, useCaseActs, useCaseQuery } from "./acts";
import classes from "./cases.module.css";
import { CaseEdit } from "./CaseEdit";
import { Due } from "./CasesPage";

const tabs = ["summary", "parties", "evidence", "timeline", "tasks", "graph", "decision", "consequences", "rectification", "appeal", "notes"] as const;

export function Component() {
  const { t: common } = useTranslation();
  const { case: id = "" } = useParams();
  const query = useCaseQuery(id);
  if (query.data) return <Page found={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Center mih={240}>
      <Loader role="status" aria-label={common("loading")} />
    </Center>
  );
}

function Page({ found }: { found: Case }) {
  const { t } = useTranslation("cases");
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const may = useMay();
  const acts = useCaseActs(found);
  const [editing, edit] = useDisclosure();
  const part = pathname.split("/")[3] || "summary";
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    bar.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [part]);
  const next = (move: Case["next_moves"][number]) => may("write_cases") && found.next_moves.includes(move);
  const withheld = found.holds.filter(({ ended_at }) => !ended_at).map(({ party_name }) => party_name);
  const counts: Partial<Record<(typeof tabs)[number], number>> = {
    parties: found.parties.length,
    evidence: found.evidence.length,
    tasks: found.tasks.filter(({ state }) => state === "open").length,
    consequences: found.consequences.length,
    rectification: found.rectifications.length,
    appeal: found.appeals.length + found.stages.length,
    notes: found.notes.length,
  };
  return (
    <>
      <PageHeader
        title={found.title}
        back={{ to: "/cases", label: t("title") }}
        badge={
          <Group gap={6} wrap="nowrap">
            <StateBadge of="case" state={found.state} />
            <StateBadge of="severity" state={found.severity} />
          </Group>
        }
        text={
          <>
            <span className="figures">{found.number}</span> · {t(`kind.${found.kind}`)} · {t("pair", { what: t("owner"), value: found.owner?.name ?? t("nobody") })}
            {found.due_at && (
              <>
                {" "}
                · {t("pair", { what: t("due"), value: "" })}
                <Due row={{ due_at: found.due_at, due_what: found.due_what, overdue: Date.parse(found.due_at) < Date.now() }} />
              </>
            )}
          </>
        }
      >
        {next("investigate") && (
          <Button leftSection={<IconSearch size={16} />} loading={acts.investigate.isPending} onClick={() => acts.investigate.mutate(undefined)}>
            {t("investigate")}
          </Button>
        )}
        {found.decision && may("write_statements") && (
          <Button component={Link} to={`/publishing/new?case=${found.id}`} variant="default" leftSection={<IconRubberStamp size={16} />}>
            {t("draftStatement")}
          </Button>
        )}
        <More found={found} onEdit={edit.open} onClose={next("close") ? acts.close : undefined} />
      </PageHeader>
      {found.state === "closed" && found.close_reason && (
        <Alert color="gray" mb="md">
          {t("closedBecause", { reason: found.close_reason })}
        </Alert>
      )}
      {found.needs_second_reviewer && (
        <Alert color="orange" mb="md">
          {t("needsSecond")}
        </Alert>
      )}
      {withheld.length > 0 && part !== "parties" && (
        <Alert color="orange" mb="md" icon={<IconLock size={18} />}>
          {t("holdNotice", { names: withheld.join(", ") })}{" "}
          <Anchor component={Link} to={`/cases/${found.id}/parties`} inherit c="inherit" underline="always">
            {t("holdSee")}
          </Anchor>
        </Alert>
      )}
      <Tabs value={part} onChange={(value) => navigate(`/cases/${found.id}/${value === "summary" ? "" : value}`)} keepMounted={false}>
        <div className={classes.tabs} ref={bar}>
          <Tabs.List aria-label={t("tabs")}>
            {tabs.map((tab) => (
              <Tabs.Tab
                key={tab}
                value={tab}
                rightSection={
                  counts[tab] ? (
                    <Text span size="xs" c="dimmed" className="figures">
                      {counts[tab]}
                    </Text>
                  ) : undefined
                }
              >
                {t(`tab.${tab}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </div>
        <Tabs.Panel value={part} pt="lg" tabIndex={-1}>
          <Suspense
            fallback={
              <Box ta="center">
                <Loader />
              </Box>
            }
          >
            <Outlet context={found} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      <CaseEdit found={found} opened={editing} onClose={edit.close} />
    </>
  );
}

function More({ found, onEdit, onClose }: { found: Case; onEdit: () => void; onClose?: () => void }) {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  const may = useMay();
  return (
    <Group gap="xs">
      <Button component={Link} to={`/cases/${found.id}/print`} variant="default" leftSection={<IconPrinter size={16} />} visibleFrom="sm">
        {t("print")}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={common("more")}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {may("write_cases") && (
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
              {t("edit")}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconPrinter size={16} />} component={Link} to={`/cases/${found.id}/print`}>
            {t("print")}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileTypePdf size={16} />} component="a" href={`/api/v1/cases/${found.id}/summary?lang=${currentLocale()}`} target="_blank" rel="noopener">
            {t("summaryPdf")}
          </Menu.Item>
          <Menu.Item leftSection={<IconPackageExport size={16} />} component="a" href={`/api/v1/cases/${found.id}/export`} download>
            {t("exportCase")}
          </Menu.Item>
          {may("write_filings") && (
            <Menu.Item leftSection={<IconListDetails size={16} />} component={Link} to={`/filings/new?case=${found.id}`}>
              {t("fileListing")}
            </Menu.Item>
          )}
          {onClose && (
            <Menu.Item leftSection={<IconArchive size={16} />} onClick={onClose}>
              {t("close")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
