// Training that members hold for each other: what comes next, a seat, the calendar.
import { Anchor, Badge, Button, Card, Group, SegmentedControl, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCalendarEvent, IconCalendarPlus, IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router-dom";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { hostOf } from "../bulletins/acts";
import { ask } from "@/parts/ask";
import { EmptyState } from "@/parts/EmptyState";
import { Facts } from "@/parts/Facts";
import { Failure } from "@/parts/Failure";
import { PageHeader } from "@/parts/PageHeader";
import { dateTime, ownZone } from "@/parts/times";
import { useMay } from "@/session/permissions";
import "@/texts/bulletins";
import { TrainingForm } from "./TrainingForm";

type Training = Schemas["Training"];

export function Component() {
  const { t } = useTranslation("bulletins");
  const may = useMay();
  const [params, setParams] = useSearchParams();
  const past = params.get("past") === "1";
  const [announcing, announce] = useDisclosure();
  const events = useQuery({
    queryKey: ["training", past],
    queryFn: ({ signal }) => body(api.GET("/training", { signal, params: { query: { limit: 100, ...(past ? { past } : {}) } } })),
    placeholderData: keepPreviousData,
  });
  const button = may("write_bulletins") && <Button leftSection={<IconPlus size={16} />} onClick={announce.open}>{t("trainingNew")}</Button>;
  return (
    <>
      <PageHeader title={t("training")} text={t("trainingText")}>{button}</PageHeader>
      <SegmentedControl mb="lg" aria-label={t("training")} data={[{ value: "", label: t("upcoming") }, { value: "1", label: t("past") }]} value={past ? "1" : ""} onChange={(value) => setParams(value ? { past: value } : {}, { replace: true })} />
      {events.error ? (
        <Failure error={events.error} onRetry={() => void events.refetch()} />
      ) : !events.data ? (
        <Skeleton h={140} />
      ) : events.data.items.length === 0 ? (
        <Card><EmptyState icon={IconCalendarEvent} title={t("trainingEmpty")} text={t("trainingEmptyText")} /></Card>
      ) : (
        <Stack gap="md" component="ul" m={0} p={0} style={{ listStyle: "none" }}>
          {events.data.items.map((one) => <One key={one.id} event={one} />)}
        </Stack>
      )}
      <TrainingForm opened={announcing} onClose={announce.close} />
    </>
  );
}

function One({ event }: { event: Training }) {
  const { t } = useTranslation("bulletins");
  const may = useMay();
  const [editing, edit] = useDisclosure();
  const [showing, setShowing] = useState(false);
  const path = { params: { path: { training: event.id } } };
  const refresh = ["training"];
  const register = useAct(() => body(api.POST("/training/{training}/registration", path)), { done: t("registered"), refresh });
  const unregister = useAct(() => api.DELETE("/training/{training}/registration", path), { done: t("unregistered"), refresh });
  const cancel = useAct(() => body(api.POST("/training/{training}/cancel", path)), { done: t("cancelled"), refresh, quiet: true });
  const planned = event.state === "planned";
  const full = event.taken >= event.capacity;
  return (
    <Card component="li">
      <Group justify="space-between" align="flex-start" gap="md">
        <Stack gap={4} flex="1 1 320px">
          <Group gap="xs">
            <Title order={2} size="h3">{event.title}</Title>
            {!planned && <Badge color="gray">{t(`trainingState.${event.state}`)}</Badge>}
            {event.own !== "none" && <Badge color={event.own === "registered" ? "teal" : "yellow"}>{t(`ownState.${event.own}`)}</Badge>}
          </Group>
          <Text size="sm" fw={550}>{dateTime(event.starts_at)} – {dateTime(event.ends_at)} <Text span inherit c="dimmed" fw={400}>{ownZone}</Text></Text>
          {event.zone !== ownZone && <Text size="xs" c="dimmed">{dateTime(event.starts_at, event.zone)} {event.zone}</Text>}
          {event.text && <Text size="sm" style={{ whiteSpace: "pre-line" }}>{event.text}</Text>}
          <Facts
            facts={[
              [t("place"), event.place],
              [t("link"), event.link && hostOf(event.link) && <Anchor href={event.link} target="_blank" rel="noopener noreferrer" inherit>{hostOf(event.link)}</Anchor>],
              [t("organiser"), event.organiser],
              [t("capacity"), `${t("seats", { taken: event.taken, capacity: event.capacity })}${event.waiting > 0 ? ` · ${t("waitingCount", { count: event.waiting })}` : ""}`],
            ]}
          />
        </Stack>
        <Group gap="xs">
          {planned && event.own === "none" && <Button size="sm" loading={register.isPending} onClick={() => register.mutate(undefined)}>{full ? t("registerWaiting") : t("register")}</Button>}
          {planned && event.own !== "none" && <Button size="sm" variant="default" loading={unregister.isPending} onClick={() => unregister.mutate(undefined)}>{t("unregister")}</Button>}
          {planned && <Button size="sm" component="a" variant="default" href={`/api/v1/training/${event.id}/calendar.ics`} download leftSection={<IconCalendarPlus size={16} />}>{t("calendar")}</Button>}
        </Group>
      </Group>
      {event.is_own && may("write_bulletins") && (
        <Group gap="xs" mt="sm">
          <Button size="xs" variant="subtle" onClick={() => setShowing(!showing)} aria-expanded={showing}>{t("registrations")}</Button>
          {planned && <Button size="xs" variant="subtle" onClick={edit.open}>{t("trainingEdit")}</Button>}
          {planned && <Button size="xs" variant="subtle" color="red" onClick={() => ask({ title: t("cancelEvent"), text: t("cancelEventText"), confirm: t("cancelEvent"), danger: true, run: () => cancel.mutateAsync(undefined) })}>{t("cancelEvent")}</Button>}
        </Group>
      )}
      {showing && (
        <Stack gap={4} mt="xs">
          {(event.registrations ?? []).length === 0 && <Text size="sm">{t("registrationsNone")}</Text>}
          {event.registrations?.map((one) => <Text key={`${one.member}-${one.name}-${one.at}`} size="sm">{one.name} · {one.member}{one.state === "waiting" && ` · ${t("ownState.waiting")}`}</Text>)}
        </Stack>
      )}
      <TrainingForm opened={editing} onClose={edit.close} event={event} />
    </Card>
  );
}
