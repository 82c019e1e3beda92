// One shoot: its place and times, who attends, and their frames.
import { ActionIcon, Box, Card, Center, Loader, Menu, SimpleGrid, Tabs, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDoorExit, IconDots, IconPencil, IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation, useNavigate, useOutletContext, useParams } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { ask } from "@/parts/ask";
import { Failure } from "@/parts/Failure";
import { PageHeader } from "@/parts/PageHeader";
import { StateBadge } from "@/parts/States";
import { count } from "@/parts/times";
import { useMay } from "@/session/permissions";
import "@/texts/shoots";
import { ShootForm } from "./ShootForm";

export type Shoot = Schemas["Shoot"];

export function useShoot(): Shoot {
  return useOutletContext<Shoot>();
}

export function Component() {
  const { t: common } = useTranslation();
  const { shoot: id = "" } = useParams();
  const query = useQuery({
    queryKey: ["shoot", id],
    queryFn: ({ signal }) => body(api.GET("/shoots/{shoot}", { signal, params: { path: { shoot: id } } })),
  });
  if (query.data) return <Page shoot={query.data} />;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Center mih={240}>
      <Loader role="status" aria-label={common("loading")} />
    </Center>
  );
}

function Page({ shoot }: { shoot: Shoot }) {
  const { t } = useTranslation("shoots");
  const { t: states } = useTranslation("states");
  const { t: common } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [editing, edit] = useDisclosure();
  const path = { params: { path: { shoot: shoot.id } } };
  const close = useAct(() => body(api.POST("/shoots/{shoot}/close", path)), { done: t("closed"), refresh: ["shoot", "shoots"], quiet: true });
  const reopen = useAct(() => body(api.POST("/shoots/{shoot}/reopen", path)), { done: t("reopened"), refresh: ["shoot", "shoots"] });
  const part = pathname.split("/")[3] || "frames";
  const { counts } = shoot;
  const figures: [string, number][] = [
    [states("frame.handed_in"), counts.waiting],
    [states("frame.cleared"), counts.cleared],
    [states("frame.not_to_be_used"), counts.not_to_be_used],
    [states("frame.deleted"), counts.deleted],
  ];
  return (
    <>
      <PageHeader
        title={shoot.title}
        back={{ to: `/projects/${shoot.project}/shoots`, label: shoot.project_name }}
        badge={<StateBadge of="shoot" state={shoot.state} />}
        text={`${shoot.place} · ${shoot.time_zone}`}
      >
        {may("write_shoots") && (
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
              {shoot.state === "open" ? (
                <Menu.Item leftSection={<IconDoorExit size={16} />} onClick={() => ask({ title: t("closeTitle"), text: t("closeText"), confirm: t("close"), run: () => close.mutateAsync(undefined) })}>
                  {t("close")}
                </Menu.Item>
              ) : (
                <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => reopen.mutate(undefined)}>
                  {t("reopen")}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </PageHeader>
      <SimpleGrid cols={{ base: 2, sm: 4 }} mb="lg">
        {figures.map(([label, value]) => (
          <Card key={label} padding="md">
            <Text size="xs" c="dimmed">
              {label}
            </Text>
            <Text size="xl" fw={600} className="figures">
              {count(value)}
            </Text>
          </Card>
        ))}
      </SimpleGrid>
      <Tabs value={part} onChange={(value) => navigate(`/shoots/${shoot.id}/${value === "frames" ? "" : value}`)} keepMounted={false}>
        <Tabs.List aria-label={t("tabs")}>
          <Tabs.Tab value="frames" rightSection={<Text span size="xs" c="dimmed">{counts.frames}</Text>}>
            {t("frames")}
          </Tabs.Tab>
          <Tabs.Tab value="attendees" rightSection={<Text span size="xs" c="dimmed">{counts.attendees}</Text>}>
            {t("attendees")}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={part} pt="lg" tabIndex={-1}>
          <Suspense
            fallback={
              <Box ta="center">
                <Loader />
              </Box>
            }
          >
            <Outlet context={shoot} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      <ShootForm project={shoot.project} shoot={shoot} opened={editing} onClose={edit.close} />
    </>
  );
}
