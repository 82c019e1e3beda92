// The shoots of a project.
import { Anchor, Badge, Button, Select, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCamera, IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { api, body } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
import { StateBadge } from "@/parts/States";
import { count } from "@/parts/times";
import { useListState } from "@/parts/useListState";
import { useMay } from "@/session/permissions";
import "@/texts/shoots";
import { useProject } from "../projects/ProjectLayout";
import { ShootForm } from "./ShootForm";

export function Component() {
  const { t } = useTranslation("shoots");
  const { t: named } = useTranslation("states");
  const { t: common } = useTranslation();
  const project = useProject();
  const may = useMay();
  const navigate = useNavigate();
  const [making, make] = useDisclosure();
  const list = useListState({ filters: ["state"] });
  const state = list.filter("state");
  const shoots = useQuery({
    queryKey: ["shoots", project.id, state, list.query],
    queryFn: ({ signal }) => body(api.GET("/projects/{project}/shoots", { signal, params: { path: { project: project.id }, query: { ...list.query, ...(state ? { state } : {}) } } })),
    placeholderData: keepPreviousData,
  });
  const button = may("write_shoots") && (
    <Button leftSection={<IconPlus size={16} />} onClick={make.open}>
      {t("newShoot")}
    </Button>
  );
  return (
    <Stack>
      <ListTable
        label={t("title")}
        list={list}
        query={shoots}
        rowId={({ id }) => id}
        onOpen={({ id }) => navigate(`/shoots/${id}`)}
        filters={
          <>
            <Select
              w={160}
              aria-label={common("state")}
              placeholder={t("anyState")}
              clearable
              data={(["open", "closed"] as const).map((value) => ({ value, label: named(`shoot.${value}`) }))}
              value={state || null}
              onChange={(value) => list.setFilter("state", value)}
            />
            <div style={{ marginLeft: "auto" }}>{button}</div>
          </>
        }
        empty={
          <EmptyState icon={IconCamera} title={t("empty")} text={t("emptyText")}>
            {button}
          </EmptyState>
        }
        columns={[
          {
            key: "title",
            title: t("name"),
            render: (shoot) => (
              <Stack gap={0}>
                <Anchor component={Link} to={`/shoots/${shoot.id}`} size="sm" fw={550} c="inherit">
                  {shoot.title}
                </Anchor>
                <Text size="xs" c="dimmed">
                  {shoot.place}
                </Text>
              </Stack>
            ),
          },
          { key: "state", title: common("state"), render: (shoot) => <StateBadge of="shoot" state={shoot.state} /> },
          { key: "attendees", title: t("attendeesCount"), align: "right", render: ({ counts }) => <span className="figures">{count(counts.attendees)}</span> },
          { key: "frames", title: t("framesCount"), align: "right", render: ({ counts }) => <span className="figures">{count(counts.frames)}</span> },
          { key: "waiting", title: t("waitingCount"), align: "right", render: ({ counts }) => (counts.waiting > 0 ? <Badge color="orange">{count(counts.waiting)}</Badge> : "0") },
        ]}
      />
      <ShootForm project={project.id} opened={making} onClose={make.close} onSaved={({ id }) => navigate(`/shoots/${id}`)} />
    </Stack>
  );
}
