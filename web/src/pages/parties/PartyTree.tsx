// Who works for whom: organisations with their people and their own suppliers below them.
import { ActionIcon, Anchor, Badge, Box, Card, Center, Group, Loader, Text } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconUsersGroup } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { EmptyState } from "@/parts/EmptyState";
import { Failure } from "@/parts/Failure";
import { PartyPicture } from "./PartyName";
import { Tier } from "./PartiesPage";

type Party = Schemas["Party"];
const atOnce = 500;

/** Every party, in as few requests as the API allows. */
async function allParties(signal: AbortSignal): Promise<Party[]> {
  const all: Party[] = [];
  for (;;) {
    const page = await body(api.GET("/parties", { signal, params: { query: { sort: "name", limit: atOnce, offset: all.length } } }));
    all.push(...page.items);
    if (all.length >= page.total || page.items.length === 0) return all;
  }
}

export function PartyTree() {
  const { t } = useTranslation("parties");
  const { t: common } = useTranslation();
  const parties = useQuery({ queryKey: ["parties", "tree"], queryFn: ({ signal }) => allParties(signal) });
  if (parties.error) return <Failure error={parties.error} onRetry={() => void parties.refetch()} />;
  if (!parties.data) {
    return (
      <Center mih={160}>
        <Loader role="status" aria-label={common("loading")} />
      </Center>
    );
  }
  if (parties.data.length === 0) return <EmptyState icon={IconUsersGroup} title={t("empty")} text={t("emptyText")} />;
  const below = new Map<string, Party[]>();
  const known = new Set(parties.data.map(({ id }) => id));
  for (const party of parties.data) {
    const parent = party.parent && known.has(party.parent) ? party.parent : "";
    below.set(parent, [...(below.get(parent) ?? []), party]);
  }
  return (
    <Card padding="md">
      <Box component="ul" m={0} p={0} style={{ listStyle: "none" }} aria-label={t("tree")}>
        {below.get("")?.map((party) => <Branch key={party.id} party={party} below={below} depth={0} />)}
      </Box>
    </Card>
  );
}

function Branch({ party, below, depth }: { party: Party; below: Map<string, Party[]>; depth: number }) {
  const { t } = useTranslation("parties");
  const children = below.get(party.id) ?? [];
  const [opened, setOpened] = useState(depth < 2);
  return (
    <li>
      <Group gap={6} wrap="nowrap" py={5}>
        {children.length > 0 ? (
          <ActionIcon variant="subtle" color="gray" size="sm" aria-expanded={opened} aria-label={t("openNode", { name: party.name })} onClick={() => setOpened(!opened)}>
            {opened ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
          </ActionIcon>
        ) : (
          <Box w={22} />
        )}
        <PartyPicture kind={party.kind} size={26} />
        <Anchor component={Link} to={`/parties/${party.id}`} c="inherit" size="sm" fw={party.kind === "person" ? 450 : 550}>
          {party.name}
        </Anchor>
        {party.kind !== "person" && party.tier > 0 && <Tier tier={party.tier} />}
        {party.job_title && (
          <Text size="xs" c="dimmed" truncate>
            {party.job_title}
          </Text>
        )}
        {(party.commitments_in_force ?? 0) > 0 && (
          <Badge size="sm" color="teal">
            {t("inForce")}
          </Badge>
        )}
      </Group>
      {opened && children.length > 0 && (
        <Box component="ul" m={0} pl={22} ml={10} style={{ listStyle: "none", borderLeft: "1px solid var(--mantine-color-default-border)" }}>
          {children.map((child) => (
            <Branch key={child.id} party={child} below={below} depth={depth + 1} />
          ))}
        </Box>
      )}
    </li>
  );
}
