// A project: its name, what can be done with it as a whole, and its parts as tabs.
import { ActionIcon, Badge, Box, Center, Loader, Menu, Tabs, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArchive, IconArchiveOff, IconDots, IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation, useNavigate, useOutletContext, useParams } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { Failure } from "@/parts/Failure";
import { PageHeader } from "@/parts/PageHeader";
import "@/texts/projects";
import { ProjectForm } from "./ProjectForm";
import classes from "./projects.module.css";
import { RunningJobs } from "./RunningJobs";

export type Project = Schemas["Project"];

export function useProject(): Project {
  return useOutletContext<Project>();
}

const tabs = ["overview", "assets", "parties", "commitments", "deliveries", "shoots", "slips", "activity"] as const;

export function useProjectQuery(id: string) {
  return useQuery({
    queryKey: ["project", id],
    queryFn: ({ signal }) => body(api.GET("/projects/{project}", { signal, params: { path: { project: id } } })),
  });
}

export function Component() {
  const { t } = useTranslation("projects");
  const { t: common } = useTranslation();
  const { project: id = "" } = useParams();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [editing, { open, close }] = useDisclosure();
  const query = useProjectQuery(id);
  const setState = useAct(
    (state: Project["state"]) => body(api.PATCH("/projects/{project}", { params: { path: { project: id } }, body: { state } })),
    {
      done: (_, state) => (state === "archived" ? t("archivedDone") : t("restoredDone")),
      undo: (_, state) => setState.mutate(state === "archived" ? "open" : "archived"),
      refresh: ["projects", "project"],
    },
  );
  const project = query.data;
  const part = pathname.split("/")[3] || "overview";
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a phone the tabs scroll; the one that is open shows.
    bar.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [part, project !== undefined]);
  if (!project) {
    return query.error ? (
      <Failure error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <Center mih={240}>
        <Loader role="status" aria-label={common("loading")} />
      </Center>
    );
  }
  const counts: Partial<Record<(typeof tabs)[number], number>> = {
    assets: project.counts.assets,
    commitments: project.counts.commitments,
    deliveries: project.counts.copies,
    slips: project.counts.slips,
  };
  return (
    <>
      <PageHeader
        title={project.name}
        text={project.description}
        back={{ to: "/projects", label: t("title") }}
        badge={
          <>
            {project.sample && <Badge color="gray">{t("sample")}</Badge>}
            {project.state === "archived" && <Badge color="orange">{t("archived")}</Badge>}
          </>
        }
      >
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size="lg" aria-label={common("more")}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={open}>
              {t("edit")}
            </Menu.Item>
            {project.state === "open" ? (
              <Menu.Item leftSection={<IconArchive size={16} />} onClick={() => setState.mutate("archived")}>
                {t("archive")}
              </Menu.Item>
            ) : (
              <Menu.Item leftSection={<IconArchiveOff size={16} />} onClick={() => setState.mutate("open")}>
                {t("restore")}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </PageHeader>
      <RunningJobs project={id} />
      <Tabs value={part} onChange={(value) => navigate(`/projects/${id}/${value === "overview" ? "" : value}`)} keepMounted={false}>
        <div className={classes.tabs} ref={bar}>
          <Tabs.List aria-label={t("tabs")}>
            {tabs.map((tab) => (
              <Tabs.Tab
                key={tab}
                value={tab}
                rightSection={
                  counts[tab] ? (
                    <Text span size="xs" c={tab === "slips" ? "orange" : "dimmed"} className="figures">
                      {counts[tab]}
                    </Text>
                  ) : undefined
                }
              >
                {t(tab)}
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
            <Outlet context={project} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      <ProjectForm opened={editing} onClose={close} project={project} />
    </>
  );
}
