// Who is in a project, and whom to add: choose, import, send.
import { Anchor, Button, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFileImport, IconPlus, IconSend, IconUsersGroup } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { type Column, ListTable } from "@/parts/ListTable";
import { StateBadge } from "@/parts/States";
import { useListState } from "@/parts/useListState";
import "@/texts/commitments";
import "@/texts/parties";
import { ImportDialog } from "../parties/ImportDialog";
import { KindFilter, usePartyColumns } from "../parties/PartiesPage";
import { PartyForm } from "../parties/PartyForm";
import { SignatoryMarks } from "../commitments/Signatories";
import { type Project, useProject } from "./ProjectLayout";

type Party = Schemas["Party"];
type Commitment = Schemas["Commitment"];

/** The newest commitment of each party in the project. */
function useNewest(project: string) {
  const commitments = useQuery({
    queryKey: ["commitments", "newest", project],
    queryFn: ({ signal }) =>
      body(api.GET("/projects/{project}/commitments", { signal, params: { path: { project }, query: { limit: 500, sort: "-created_at" } } })),
  });
  const newest = new Map<string, Commitment>();
  for (const commitment of commitments.data?.items ?? []) if (!newest.has(commitment.party)) newest.set(commitment.party, commitment);
  return newest;
}

export function Component() {
  const { t } = useTranslation("parties");
  const project = useProject();
  const list = useListState({ filters: ["kind"] });
  const view = list.filter("view") || (project.counts.commitments > 0 ? "project" : "all");
  const setView = (value: string) => list.setFilter("view", value);
  const [adding, add] = useDisclosure();
  const [importing, bring] = useDisclosure();
  return (
    <Stack>
      <Group justify="space-between">
        <SegmentedControl
          aria-label={t("list")}
          value={view}
          onChange={setView}
          data={[
            { value: "project", label: t("inProject") },
            { value: "all", label: t("everybody") },
          ]}
        />
        <Group gap="xs">
          <Button variant="default" leftSection={<IconFileImport size={16} />} onClick={bring.open}>
            {t("import")}
          </Button>
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={add.open}>
            {t("add")}
          </Button>
        </Group>
      </Group>
      {view === "project" ? <InProject project={project} onEverybody={() => setView("all")} /> : <Everybody project={project} onAdd={add.open} onImport={bring.open} />}
      <PartyForm opened={adding} onClose={add.close} onSaved={() => setView("all")} />
      <ImportDialog
        opened={importing}
        onClose={() => {
          bring.close();
          setView("all");
        }}
      />
    </Stack>
  );
}

function InProject({ project, onEverybody }: { project: Project; onEverybody: () => void }) {
  const { t } = useTranslation("parties");
  const { t: commitments } = useTranslation("commitments");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const list = useListState({ sort: "party_name" });
  const query = useQuery({
    queryKey: ["commitments", "people", project.id, list.query],
    queryFn: ({ signal }) => body(api.GET("/projects/{project}/commitments", { signal, params: { path: { project: project.id }, query: list.query } })),
    placeholderData: keepPreviousData,
  });
  return (
    <ListTable
      label={t("inProject")}
      list={list}
      query={query}
      rowId={({ id }) => id}
      onOpen={({ party }) => navigate(`/parties/${party}`)}
      empty={
        <EmptyState icon={IconUsersGroup} title={t("inProjectEmpty")} text={t("inProjectEmptyText")}>
          <Button onClick={onEverybody}>{t("chooseEverybody")}</Button>
        </EmptyState>
      }
      columns={[
        {
          key: "party",
          title: common("name"),
          sort: "party_name",
          render: ({ party, party_name }) => (
            <Anchor component={Link} to={`/parties/${party}`} size="sm" fw={550} c="inherit">
              {party_name}
            </Anchor>
          ),
        },
        { key: "organisation", title: t("organisation"), render: ({ organisation_name }) => organisation_name ?? "–" },
        {
          key: "number",
          title: t("promise"),
          sort: "number",
          render: ({ id, number }) => (
            <Anchor component={Link} to={`/commitments/${id}`} size="sm">
              {number}
            </Anchor>
          ),
        },
        { key: "state", title: common("state"), sort: "state", render: ({ state }) => <StateBadge of="commitment" state={state} /> },
        { key: "marks", title: commitments("progress"), wideOnly: true, render: ({ signatories }) => <SignatoryMarks signatories={signatories} /> },
      ]}
    />
  );
}

function Everybody({ project, onAdd, onImport }: { project: Project; onAdd: () => void; onImport: () => void }) {
  const { t } = useTranslation("parties");
  const navigate = useNavigate();
  const list = useListState({ sort: "name", filters: ["kind"] });
  const kind = list.filter("kind");
  const newest = useNewest(project.id);
  const [chosen, setChosen] = useState(new Map<string, Party>());
  const parties = useQuery({
    queryKey: ["parties", kind, list.query],
    queryFn: ({ signal }) => body(api.GET("/parties", { signal, params: { query: { ...list.query, ...(kind ? { kind } : {}) } } })),
    placeholderData: keepPreviousData,
  });
  const here: Column<Party> = {
    key: "here",
    title: t("promise"),
    render: ({ id }) => {
      const commitment = newest.get(id);
      return commitment ? (
        <StateBadge of="commitment" state={commitment.state} />
      ) : (
        <Text size="sm" c="dimmed">
          {t("notAsked")}
        </Text>
      );
    },
  };
  const columns = [...usePartyColumns().filter(({ key }) => key !== "trained" && key !== "force"), here];
  return (
    <>
      <ListTable
        label={t("everybody")}
        list={list}
        query={parties}
        columns={columns}
        rowId={({ id }) => id}
        nameOf={({ name }) => name}
        selection={{
          ids: new Set(chosen.keys()),
          change: (ids) => {
            const known = new Map([...chosen, ...(parties.data?.items ?? []).map((party) => [party.id, party] as const)]);
            setChosen(new Map([...ids].flatMap((id) => (known.has(id) ? [[id, known.get(id) as Party] as const] : []))));
          },
        }}
        filters={<KindFilter value={kind} onChange={(value) => list.setFilter("kind", value)} />}
        empty={
          <EmptyState icon={IconUsersGroup} title={t("empty")} text={t("emptyText")}>
            <Button onClick={onAdd}>{t("add")}</Button>
            <Button variant="default" onClick={onImport}>
              {t("import")}
            </Button>
          </EmptyState>
        }
      />
      {chosen.size > 0 && (
        <Group justify="flex-end" style={{ position: "sticky", bottom: 12, zIndex: 5 }}>
          <Button
            size="md"
            leftSection={<IconSend size={16} />}
            style={{ boxShadow: "var(--mantine-shadow-md)" }}
            onClick={() => navigate(`/projects/${project.id}/commitments/new`, { state: { parties: [...chosen.values()] } })}
          >
            {t("sendTo", { count: chosen.size })}
          </Button>
        </Group>
      )}
    </>
  );
}
