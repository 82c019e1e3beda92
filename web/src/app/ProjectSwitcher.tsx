// The project one is in, and the way to another.
import { Group, Menu, ScrollArea, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconCheck, IconFolder, IconFolders, IconSearch, IconSelector } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router-dom";
import { api, body } from "@/api/client";
import classes from "./StaffShell.module.css";

export function ProjectSwitcher() {
  const { t } = useTranslation("shell");
  const { project: current } = useParams();
  const [wanted, setWanted] = useState("");
  const projects = useQuery({
    queryKey: ["projects", "switcher"],
    queryFn: ({ signal }) => body(api.GET("/projects", { signal, params: { query: { state: "open", limit: 100, sort: "name" } } })),
  });
  const here = projects.data?.items.find((project) => project.id === current);
  const words = wanted.trim().toLowerCase();
  const shown = projects.data?.items.filter((project) => project.name.toLowerCase().includes(words)) ?? [];
  return (
    <Menu width="target" position="bottom-start" onClose={() => setWanted("")} withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.switcher} aria-label={`${t("switchProject")}: ${here?.name ?? t("allProjects")}`}>
          <Group gap="xs" wrap="nowrap">
            <IconFolder size={16} stroke={1.6} aria-hidden />
            <Text size="sm" fw={550} truncate flex={1}>
              {here?.name ?? t("allProjects")}
            </Text>
            <IconSelector size={16} aria-hidden />
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {(projects.data?.items.length ?? 0) > 6 && (
          <TextInput
            size="xs"
            m={4}
            leftSection={<IconSearch size={14} />}
            placeholder={t("findProject")}
            aria-label={t("findProject")}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
        )}
        <ScrollArea.Autosize mah={300}>
          {shown.map((project) => (
            <Menu.Item key={project.id} component={Link} to={`/projects/${project.id}`} rightSection={project.id === current && <IconCheck size={14} />}>
              {project.name}
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
        {shown.length > 0 && <Menu.Divider />}
        <Menu.Item component={Link} to="/projects" leftSection={<IconFolders size={16} stroke={1.6} />}>
          {t("allProjects")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
