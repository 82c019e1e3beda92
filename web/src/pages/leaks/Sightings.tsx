// Where a leak was seen, what has been taken down since, and what was corrected or withdrawn.
import { ActionIcon, Anchor, Badge, Button, Card, Group, Modal, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowBackUp, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { askReason } from "@/parts/ask";
import { dateTime } from "@/parts/times";
import { useMay } from "@/session/permissions";
import "@/texts/states";
import { concerned, type Leak } from "./acts";
import { AddSighting, CorrectSighting, TakenDown } from "./SightingDialogs";
import { SightingHistory } from "./SightingHistory";

interface Props {
  leak: string;
  sighting: Schemas["Sighting"];
}

export function Sightings({ leak }: { leak: Leak }) {
  const { t } = useTranslation("leaks");
  const may = useMay();
  const [adding, add] = useDisclosure();
  const writes = may("write_leaks") && leak.state !== "closed";
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">
          {t("sightings")}
        </Title>
        {writes && (
          <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={add.open}>
            {t("addSighting")}
          </Button>
        )}
      </Group>
      {leak.sightings.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("noSightings")}
        </Text>
      )}
      <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: "none" }}>
        {leak.sightings.map((sighting) => (
          <Sighting key={sighting.id} leak={leak.id} sighting={sighting} writes={writes} />
        ))}
      </Stack>
      <Modal opened={adding} onClose={add.close} title={t("addSighting")} size="lg">
        {adding && <AddSighting leak={leak.id} onClose={add.close} />}
      </Modal>
    </Card>
  );
}

function Sighting({ leak, sighting, writes }: Props & { writes: boolean }) {
  return (
    <li>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Said sighting={sighting} />
        <Standing leak={leak} sighting={sighting} writes={writes} />
      </Group>
      <SightingHistory changes={sighting.changes} />
    </li>
  );
}

function Said({ sighting }: { sighting: Schemas["Sighting"] }) {
  const { t } = useTranslation("leaks");
  const { t: states } = useTranslation("states");
  const struck = sighting.withdrawn ? ("line-through" as const) : undefined;
  // What was withdrawn is no place to go to.
  const link = !sighting.withdrawn && /^https?:\/\//.test(sighting.address);
  return (
    <Stack gap={2} miw={0} component={sighting.withdrawn ? "del" : "div"} style={{ textDecoration: "none" }}>
      {link ? (
        <Anchor href={sighting.address} target="_blank" rel="noopener noreferrer nofollow" size="sm" fw={550} style={{ overflowWrap: "anywhere" }}>
          {sighting.address}
        </Anchor>
      ) : (
        <Text size="sm" fw={550} td={struck} style={{ overflowWrap: "anywhere" }}>
          {sighting.address}
        </Text>
      )}
      <Text size="xs" c="dimmed" td={struck}>
        {[sighting.platform, sighting.account, sighting.channel === "other" ? t("channelOther") : states(`channel.${sighting.channel}`)].filter(Boolean).join(" · ")}
      </Text>
      <Text size="xs" c="dimmed" td={struck} className="figures">
        {[dateTime(sighting.seen_at), sighting.captured_by && t("seenBy", { name: sighting.captured_by }), sighting.captured_how].filter(Boolean).join(" · ")}
      </Text>
    </Stack>
  );
}

function useTurns({ leak, sighting }: Props) {
  const { t } = useTranslation("leaks");
  const path = { params: { path: { leak, sighting: sighting.id } } };
  const named = { address: sighting.address };
  const restore = useAct((reason: string) => body(api.POST("/leaks/{leak}/sightings/{sighting}/restore", { ...path, body: { reason } })), { done: t("restoredSighting"), refresh: concerned, quiet: true });
  const withdraw = useAct((reason: string) => body(api.DELETE("/leaks/{leak}/sightings/{sighting}", { ...path, body: { reason } })), {
    done: t("withdrewSighting"),
    undo: () => restore.mutate(t("withdrawnByMistake")),
    refresh: concerned,
    quiet: true,
  });
  return {
    withdraw: () => askReason({ title: t("withdrawSightingTitle"), text: t("withdrawSightingText"), confirm: t("withdrawSighting"), danger: true, run: (reason) => withdraw.mutateAsync(reason) }),
    restore: () => askReason({ title: t("restoreSightingTitle"), text: t("restoreSightingText"), confirm: t("restoreSighting"), run: (reason) => restore.mutateAsync(reason) }),
    words: { correct: t("correctSightingOf", named), withdraw: t("withdrawSightingOf", named), restore: t("restoreSightingOf", named) },
  };
}

/** Whether it stands and is still up, and what can be done with it. */
function Standing({ leak, sighting, writes }: Props & { writes: boolean }) {
  const { t } = useTranslation("leaks");
  const [ending, end] = useDisclosure();
  const [correcting, correct] = useDisclosure();
  const turns = useTurns({ leak, sighting });
  if (sighting.withdrawn) {
    return (
      <Group gap="xs" wrap="nowrap" style={{ flex: "none" }}>
        <Badge color="gray">{t("sightingWithdrawn")}</Badge>
        {writes && (
          <ActionIcon variant="subtle" color="gray" aria-label={turns.words.restore} title={t("restoreSighting")} onClick={turns.restore}>
            <IconArrowBackUp size={16} />
          </ActionIcon>
        )}
      </Group>
    );
  }
  return (
    <Stack gap={4} align="flex-end" style={{ flex: "none" }}>
      <Badge color={sighting.taken_down_at ? "teal" : "orange"}>{t(sighting.taken_down_at ? "takenDown" : "stillUp")}</Badge>
      {sighting.taken_down_at && (
        <Text size="xs" c="dimmed" className="figures">
          {dateTime(sighting.taken_down_at)}
        </Text>
      )}
      {writes && (
        <Group gap={4} wrap="nowrap">
          {!sighting.taken_down_at && (
            <Button size="compact-xs" variant="default" onClick={end.open}>
              {t("takeDown")}
            </Button>
          )}
          <ActionIcon variant="subtle" color="gray" aria-label={turns.words.correct} title={t("correctSighting")} onClick={correct.open}>
            <IconPencil size={16} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={turns.words.withdraw} title={t("withdrawSighting")} onClick={turns.withdraw}>
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      )}
      <Modal opened={ending} onClose={end.close} title={t("takeDownTitle")}>
        {ending && <TakenDown leak={leak} sighting={sighting.id} onClose={end.close} />}
      </Modal>
      <CorrectSighting leak={leak} sighting={sighting} opened={correcting} onClose={correct.close} />
    </Stack>
  );
}
