// A party in a table: its name, what it is, where it belongs.
import { Anchor, Group, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconBuilding, IconBuildingFactory2, IconNews, IconUser } from "@tabler/icons-react";
import { Link } from "react-router-dom";
import type { Schemas } from "@/api/client";

const pictures = { person: IconUser, outlet: IconNews, employer: IconBuilding, supplier: IconBuildingFactory2, other: IconBuilding };

export function PartyPicture({ kind, size = 32 }: { kind: Schemas["PartyKind"]; size?: number }) {
  const Picture = pictures[kind];
  return (
    <ThemeIcon variant="light" color={kind === "person" ? "ink" : "gray"} size={size} radius="xl" aria-hidden>
      <Picture size={size / 2} stroke={1.6} />
    </ThemeIcon>
  );
}

export function PartyName({ party }: { party: Schemas["Party"] }) {
  const under = [party.job_title, party.email].filter(Boolean).join(" · ");
  return (
    <Group gap="sm" wrap="nowrap">
      <PartyPicture kind={party.kind} />
      <Stack gap={0} miw={0}>
        <Anchor component={Link} to={`/parties/${party.id}`} c="inherit" size="sm" fw={550}>
          {party.name}
        </Anchor>
        {under && (
          <Text size="xs" c="dimmed">
            {under}
          </Text>
        )}
      </Stack>
    </Group>
  );
}
