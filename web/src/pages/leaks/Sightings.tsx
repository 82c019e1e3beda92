// Where a leak was seen, and what has been taken down since.
import { Anchor, Badge, Button, Card, Group, Modal, Stack, Text, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { dateTime } from "@/parts/times";
import { ZonedTimeInput } from "@/parts/ZonedTimeInput";
import { useMay } from "@/session/permissions";
import { useSession } from "@/session/session";
import "@/texts/states";
import { concerned, type Leak } from "./acts";
import { emptySighting, SightingFields, sightingOf } from "./SightingForm";

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

function Sighting({ leak, sighting, writes }: { leak: string; sighting: Schemas["Sighting"]; writes: boolean }) {
  const { t } = useTranslation("leaks");
  const { t: states } = useTranslation("states");
  const [ending, end] = useDisclosure();
  const link = /^https?:\/\//.test(sighting.address);
  return (
    <li>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Stack gap={2} miw={0}>
          {link ? (
            <Anchor href={sighting.address} target="_blank" rel="noopener noreferrer nofollow" size="sm" fw={550} style={{ overflowWrap: "anywhere" }}>
              {sighting.address}
            </Anchor>
          ) : (
            <Text size="sm" fw={550}>
              {sighting.address}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {[sighting.platform, sighting.account, sighting.channel === "other" ? t("channelOther") : states(`channel.${sighting.channel}`)].filter(Boolean).join(" · ")}
          </Text>
          <Text size="xs" c="dimmed" className="figures">
            {[dateTime(sighting.seen_at), sighting.captured_by && t("seenBy", { name: sighting.captured_by }), sighting.captured_how].filter(Boolean).join(" · ")}
          </Text>
        </Stack>
        {sighting.taken_down_at ? (
          <Stack gap={2} align="flex-end" style={{ flex: "none" }}>
            <Badge color="teal">{t("takenDown")}</Badge>
            <Text size="xs" c="dimmed" className="figures">
              {dateTime(sighting.taken_down_at)}
            </Text>
          </Stack>
        ) : (
          <Group gap="xs" wrap="nowrap" style={{ flex: "none" }}>
            <Badge color="orange">{t("stillUp")}</Badge>
            {writes && (
              <Button size="compact-xs" variant="default" onClick={end.open}>
                {t("takeDown")}
              </Button>
            )}
          </Group>
        )}
      </Group>
      <Modal opened={ending} onClose={end.close} title={t("takeDownTitle")}>
        {ending && <TakenDown leak={leak} sighting={sighting.id} onClose={end.close} />}
      </Modal>
    </li>
  );
}

function TakenDown({ leak, sighting, onClose }: { leak: string; sighting: string; onClose: () => void }) {
  const { t } = useTranslation("leaks");
  const { t: common } = useTranslation();
  const [at, setAt] = useState<string | null>(new Date().toISOString());
  const save = useAct(() => body(api.PATCH("/leaks/{leak}/sightings/{sighting}", { params: { path: { leak, sighting } }, body: { taken_down_at: at } })), {
    done: t("changed"),
    refresh: concerned,
    onSuccess: onClose,
  });
  return (
    <Stack>
      <ZonedTimeInput label={t("takenDown")} at={at} zone="" fixedZone required onChange={setAt} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common("cancel")}
        </Button>
        <Button disabled={at === null} loading={save.isPending} onClick={() => save.mutate(undefined)}>
          {common("save")}
        </Button>
      </Group>
    </Stack>
  );
}

function AddSighting({ leak, onClose }: { leak: string; onClose: () => void }) {
  const { t } = useTranslation("leaks");
  const { t: common } = useTranslation();
  const { session } = useSession();
  const form = useForm({
    initialValues: emptySighting(session.account.name),
    validate: { address: (address) => (address.trim() === "" ? common("required") : null), seen_at: (at) => (at === null ? common("required") : null) },
  });
  const save = useAct((values: typeof form.values) => body(api.POST("/leaks/{leak}/sightings", { params: { path: { leak } }, body: sightingOf(values) })), {
    done: t("changed"),
    refresh: concerned,
    onSuccess: onClose,
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <SightingFields form={form} required />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("addSighting")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
