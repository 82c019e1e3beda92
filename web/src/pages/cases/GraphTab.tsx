// Who posted where and forwarded to whom: drawn, and the same as tables that are edited.
import { ActionIcon, Button, Card, Group, Select, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { IconPencil, IconPlus, IconShare3, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { dateTime } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useMay } from "@/session/permissions";
import { concerned, useCase } from "./acts";
import { freshKey, type Graph, without } from "./graph";
import { GraphPicture } from "./GraphPicture";

const nodeKinds: Schemas["CaseGraphNode"]["kind"][] = ["person", "account", "channel", "group", "page"];
const edgeKinds: Schemas["CaseGraphEdge"]["kind"][] = ["posted", "forwarded", "sent", "copied"];

export function Component() {
  const { t } = useTranslation("cases");
  const { t: common } = useTranslation();
  const found = useCase();
  const may = useMay();
  const [draft, setDraft] = useState<Graph | null>(null);
  const save = useAct((graph: Graph) => body(api.PUT("/cases/{case}/graph", { params: { path: { case: found.id } }, body: graph })), {
    done: t("changed"),
    refresh: concerned,
    onSuccess: () => setDraft(null),
  });
  const graph = draft ?? found.graph;
  const writes = may("write_cases") && found.state !== "closed";
  const edit = writes && !draft && (
    <Button size="sm" variant={graph.nodes.length > 0 ? "default" : "filled"} leftSection={<IconPencil size={16} />} onClick={() => setDraft(found.graph)}>
      {t("editGraph")}
    </Button>
  );
  return (
    <Stack gap="lg">
      <Card>
        <Group justify="space-between" mb="md">
          <Text size="sm" c="dimmed">
            {t("graphText")}
          </Text>
          {graph.nodes.length > 0 && edit}
        </Group>
        {graph.nodes.length > 0 ? (
          <GraphPicture graph={graph} />
        ) : (
          <EmptyState icon={IconShare3} title={t("graphEmpty")}>
            {edit}
          </EmptyState>
        )}
      </Card>
      {draft ? (
        <>
          <NodesEditor graph={draft} onChange={setDraft} />
          <EdgesEditor graph={draft} onChange={setDraft} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setDraft(null)}>
              {common("cancel")}
            </Button>
            <Button loading={save.isPending} onClick={() => save.mutate({ nodes: draft.nodes.filter(({ label }) => label.trim() !== ""), edges: draft.edges })}>
              {t("saveGraph")}
            </Button>
          </Group>
        </>
      ) : (
        graph.nodes.length > 0 && <Tables graph={graph} />
      )}
    </Stack>
  );
}

export function Tables({ graph }: { graph: Graph }) {
  const { t } = useTranslation("cases");
  const named = (key: string) => graph.nodes.find((node) => node.key === key)?.label ?? key;
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">
        {t("graphEdges")}
      </Title>
      <Table.ScrollContainer minWidth={420} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table aria-label={t("graphEdges")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("from")}</Table.Th>
              <Table.Th>{t("did")}</Table.Th>
              <Table.Th>{t("to")}</Table.Th>
              <Table.Th>{t("at")}</Table.Th>
              <Table.Th>{t("note")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {graph.edges.map((edge, index) => (
              <Table.Tr key={index}>
                <Table.Td>{named(edge.from)}</Table.Td>
                <Table.Td>{t(`edge.${edge.kind}`)}</Table.Td>
                <Table.Td>{named(edge.to)}</Table.Td>
                <Table.Td>{edge.at ? dateTime(edge.at) : "–"}</Table.Td>
                <Table.Td>{edge.note || "–"}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Title order={2} size="h3" mt="lg" mb="sm">
        {t("graphNodes")}
      </Title>
      <Table.ScrollContainer minWidth={420} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table aria-label={t("graphNodes")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("nodeLabel")}</Table.Th>
              <Table.Th>{t("kindLabel")}</Table.Th>
              <Table.Th>{t("nodeAddress")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {graph.nodes.map((node) => (
              <Table.Tr key={node.key}>
                <Table.Td>{node.label}</Table.Td>
                <Table.Td>{t(`node.${node.kind}`)}</Table.Td>
                <Table.Td style={{ overflowWrap: "anywhere" }}>{node.address || "–"}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}

interface EditorProps {
  graph: Graph;
  onChange: (graph: Graph) => void;
}

function NodesEditor({ graph, onChange }: EditorProps) {
  const { t } = useTranslation("cases");
  const change = (at: number, values: Partial<Schemas["CaseGraphNode"]>) => onChange({ ...graph, nodes: graph.nodes.map((node, index) => (index === at ? { ...node, ...values } : node)) });
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">
        {t("graphNodes")}
      </Title>
      <Stack gap="sm">
        {graph.nodes.map((node, at) => (
          <Group key={node.key} gap="xs" align="flex-end" role="group" aria-label={node.label || t("addNode")}>
            <TextInput flex="2 1 160px" label={t("nodeLabel")} required maxLength={200} value={node.label} onChange={(event) => change(at, { label: event.currentTarget.value })} />
            <Select flex="1 1 120px" label={t("kindLabel")} allowDeselect={false} data={nodeKinds.map((value) => ({ value, label: t(`node.${value}`) }))} value={node.kind} onChange={(kind) => change(at, { kind: (kind ?? "account") as typeof node.kind })} />
            <TextInput flex="2 1 160px" label={t("nodeAddress")} maxLength={500} value={node.address ?? ""} onChange={(event) => change(at, { address: event.currentTarget.value })} />
            <ActionIcon variant="subtle" color="gray" size={36} aria-label={t("removeNode", { label: node.label })} onClick={() => onChange(without(graph, node.key))}>
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} style={{ alignSelf: "flex-start" }} onClick={() => onChange({ ...graph, nodes: [...graph.nodes, { key: freshKey(graph.nodes), kind: "account", label: "" }] })}>
          {t("addNode")}
        </Button>
      </Stack>
    </Card>
  );
}

function EdgesEditor({ graph, onChange }: EditorProps) {
  const { t } = useTranslation("cases");
  const choices = graph.nodes.map(({ key, label }) => ({ value: key, label: label || key }));
  const named = (key: string) => choices.find(({ value }) => value === key)?.label ?? key;
  const change = (at: number, values: Partial<Schemas["CaseGraphEdge"]>) => onChange({ ...graph, edges: graph.edges.map((edge, index) => (index === at ? { ...edge, ...values } : edge)) });
  return (
    <Card>
      <Title order={2} size="h3" mb="sm">
        {t("graphEdges")}
      </Title>
      <Stack gap="md">
        {graph.edges.map((edge, at) => (
          <Group key={at} gap="xs" align="flex-end" role="group" aria-label={`${named(edge.from)} – ${named(edge.to)}`}>
            <Select flex="1 1 150px" label={t("from")} allowDeselect={false} data={choices} value={edge.from} onChange={(from) => change(at, { from: from ?? edge.from })} />
            <Select flex="1 1 110px" label={t("did")} allowDeselect={false} data={edgeKinds.map((value) => ({ value, label: t(`edge.${value}`) }))} value={edge.kind} onChange={(kind) => change(at, { kind: (kind ?? "forwarded") as typeof edge.kind })} />
            <Select flex="1 1 150px" label={t("to")} allowDeselect={false} data={choices} value={edge.to} onChange={(to) => change(at, { to: to ?? edge.to })} />
            <div style={{ flex: "1 1 190px" }}>
              <ZonedTimeInput label={t("at")} fixedZone quiet zone="" at={edge.at ?? null} onChange={(when) => change(at, { at: when })} />
            </div>
            <ActionIcon variant="subtle" color="gray" size={36} aria-label={t("removeEdge", { from: named(edge.from), to: named(edge.to) })} onClick={() => onChange({ ...graph, edges: graph.edges.filter((_, index) => index !== at) })}>
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          disabled={graph.nodes.length < 2}
          style={{ alignSelf: "flex-start" }}
          onClick={() => onChange({ ...graph, edges: [...graph.edges, { from: graph.nodes[0]?.key ?? "", to: graph.nodes[1]?.key ?? "", kind: "forwarded" }] })}
        >
          {t("addEdge")}
        </Button>
      </Stack>
    </Card>
  );
}
