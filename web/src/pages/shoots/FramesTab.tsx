// The frames handed in, cleared with a mouse or by keyboard alone, one at a time or many.
import { Badge, Button, Card, Checkbox, Group, Kbd, Select, Stack, Text } from "@mantine/core";
import { IconPhotoCheck, IconPhotoOff, IconPhotoUp, IconTrash } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "@/api/act";
import { api, body, type Schemas } from "@/api/client";
import { askReason } from "@/parts/ask";
import { EmptyState } from "@/parts/EmptyState";
import { Failure } from "@/parts/Failure";
import { StateBadge } from "@/parts/States";
import { dateTime } from "@/parts/times";
import { useMay } from "@/session/permissions";
import classes from "./frames.module.css";
import { FrameDialog } from "./FrameDialog";
import { useShoot } from "./ShootLayout";

export type Frame = Schemas["Frame"];
type Decision = Schemas["ClearanceDecision"];
const states: Schemas["FrameState"][] = ["handed_in", "cleared", "not_to_be_used", "deleted"];
const keyed: Record<string, Decision> = { c: "cleared", n: "not_to_be_used", d: "delete" };

/** How many tiles lie side by side right now. */
function columnsOf(list: HTMLElement | null): number {
  return list ? getComputedStyle(list).gridTemplateColumns.split(" ").length : 1;
}

export function useClearance(shoot: string) {
  const { t } = useTranslation("shoots");
  const decide = useAct(
    (values: Schemas["ClearancesRequest"]) => body(api.POST("/shoots/{shoot}/clearances", { params: { path: { shoot } }, body: values })),
    { done: ({ changed }) => t("decided", { count: changed }), refresh: ["frames", "frame", "shoot", "shoots"], quiet: true },
  );
  const words = {
    cleared: ["clearTitle", "clearText", "clear"],
    not_to_be_used: ["refuseTitle", "refuseText", "refuse"],
    delete: ["destroyTitle", "destroyText", "destroy"],
  } as const;
  return (decision: Decision, frames: string[], onDone?: () => void) => {
    const [title, text, confirm] = words[decision];
    if (frames.length === 0) return;
    askReason({
      title: t(title, { count: frames.length }),
      text: t(text),
      confirm: t(confirm),
      danger: decision === "delete",
      run: async (reason) => {
        await decide.mutateAsync({ frames, decision, reason });
        onDone?.();
      },
    });
  };
}

export function Component() {
  const { t } = useTranslation("shoots");
  const { t: named } = useTranslation("states");
  const { t: common } = useTranslation();
  const shoot = useShoot();
  const may = useMay();
  const [state, setState] = useState<string | null>(null);
  const [party, setParty] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Set<string>>(new Set());
  const [here, setHere] = useState(0);
  const [opened, setOpened] = useState<number | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const clearance = useClearance(shoot.id);
  const frames = useQuery({
    queryKey: ["frames", shoot.id, state, party],
    queryFn: ({ signal }) =>
      body(api.GET("/shoots/{shoot}/frames", { signal, params: { path: { shoot: shoot.id }, query: { limit: 500, ...(state ? { state } : {}), ...(party ? { party } : {}) } } })),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.items.some(({ preparation }) => preparation === "waiting") ? 4_000 : false),
  });
  const items = frames.data?.items ?? [];
  const writes = may("write_shoots");
  useEffect(() => setHere((at) => Math.min(at, Math.max(0, items.length - 1))), [items.length]);

  const toggle = (id: string) =>
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  const focus = (at: number) => {
    const next = Math.min(items.length - 1, Math.max(0, at));
    setHere(next);
    list.current?.querySelectorAll<HTMLButtonElement>("[data-frame]")[next]?.focus();
  };
  const press = (event: KeyboardEvent, frame: Frame, at: number) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columnsOf(list.current), ArrowDown: columnsOf(list.current), Home: -items.length, End: items.length };
    const step = steps[event.key];
    const decision = keyed[event.key.toLowerCase()];
    if (step !== undefined) focus(at + step);
    else if (event.key === " " && writes) toggle(frame.id);
    else if (decision && writes) clearance(decision, chosen.size > 0 ? [...chosen] : [frame.id], () => setChosen(new Set()));
    else return;
    event.preventDefault();
  };

  const none = frames.data?.total === 0 && !state && !party;
  if (frames.error && !frames.data) return <Failure error={frames.error} onRetry={() => void frames.refetch()} />;
  if (none) {
    return (
      <Card>
        <EmptyState icon={IconPhotoUp} title={t("framesEmpty")} text={t("framesEmptyText")} />
      </Card>
    );
  }
  return (
    <Stack>
      <Group>
        <Select
          w={170}
          aria-label={common("state")}
          placeholder={t("anyState")}
          clearable
          data={states.map((value) => ({ value, label: named(`frame.${value}`) }))}
          value={state}
          onChange={setState}
        />
        <Select
          w={200}
          aria-label={t("attendees")}
          placeholder={t("allAttendees")}
          clearable
          data={shoot.attendees.map(({ party: id, party_name }) => ({ value: id, label: party_name }))}
          value={party}
          onChange={setParty}
        />
        {writes && (
          <Button variant="default" size="sm" onClick={() => setChosen(new Set(items.filter((frame) => frame.state === "handed_in").map(({ id }) => id)))}>
            {t("chooseWaiting")}
          </Button>
        )}
      </Group>
      {writes && (
        <Text size="xs" c="dimmed" visibleFrom="sm" id="frame-keys">
          {t("keys")}
        </Text>
      )}
      <ul className={classes.gallery} ref={list} aria-label={t("gallery", { count: items.length })}>
        {items.map((frame, at) => (
          <Tile
            key={frame.id}
            frame={frame}
            chosen={chosen.has(frame.id)}
            tabbable={at === here}
            writes={writes}
            onChoose={() => toggle(frame.id)}
            onOpen={() => setOpened(at)}
            onFocus={() => setHere(at)}
            onKeyDown={(event) => press(event, frame, at)}
          />
        ))}
      </ul>
      {chosen.size > 0 && (
        <Card padding="sm" className={classes.bar}>
          <Group justify="space-between">
            <Group gap="xs">
              <Text size="sm" fw={550} role="status">
                {t("chosen", { count: chosen.size })}
              </Text>
              <Button size="compact-sm" variant="subtle" onClick={() => setChosen(new Set())}>
                {common("clear")}
              </Button>
            </Group>
            <Decisions onDecide={(decision) => clearance(decision, [...chosen], () => setChosen(new Set()))} />
          </Group>
        </Card>
      )}
      <FrameDialog frames={items} at={opened} onMove={setOpened} onDecide={writes ? (decision, frame) => clearance(decision, [frame]) : undefined} />
    </Stack>
  );
}

export function Decisions({ onDecide }: { onDecide: (decision: Decision) => void }) {
  const { t } = useTranslation("shoots");
  return (
    <Group gap="xs">
      <Button size="sm" color="teal" leftSection={<IconPhotoCheck size={16} />} rightSection={<Kbd size="xs" visibleFrom="sm">C</Kbd>} onClick={() => onDecide("cleared")}>
        {t("clear")}
      </Button>
      <Button size="sm" variant="default" leftSection={<IconPhotoOff size={16} />} rightSection={<Kbd size="xs" visibleFrom="sm">N</Kbd>} onClick={() => onDecide("not_to_be_used")}>
        {t("refuse")}
      </Button>
      <Button size="sm" variant="default" leftSection={<IconTrash size={16} />} rightSection={<Kbd size="xs" visibleFrom="sm">D</Kbd>} onClick={() => onDecide("delete")}>
        {t("destroy")}
      </Button>
    </Group>
  );
}

interface TileProps {
  frame: Frame;
  chosen: boolean;
  tabbable: boolean;
  writes: boolean;
  onChoose: () => void;
  onOpen: () => void;
  onFocus: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

function Tile({ frame, chosen, tabbable, writes, onChoose, onOpen, onFocus, onKeyDown }: TileProps) {
  const { t } = useTranslation("shoots");
  const { t: named } = useTranslation("states");
  return (
    <li className={classes.tile}>
      <button
        type="button"
        data-frame
        className={classes.frame}
        data-chosen={chosen || undefined}
        tabIndex={tabbable ? 0 : -1}
        aria-label={t("frameName", { name: frame.file_name, party: frame.party_name, state: named(`frame.${frame.state}`) })}
        aria-describedby={writes ? "frame-keys" : undefined}
        onClick={onOpen}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
      >
        <FramePicture frame={frame} className={classes.picture} />
        <span className={classes.words}>
          <Text span size="xs" fw={550} display="block" truncate>
            {frame.party_name}
          </Text>
          <Text span size="xs" c="dimmed" display="block" className="figures">
            {dateTime(frame.taken_at ?? frame.handed_in_at)}
          </Text>
        </span>
      </button>
      {writes && <Checkbox className={classes.check} tabIndex={-1} aria-label={t("choose", { name: frame.file_name })} checked={chosen} onChange={onChoose} />}
      <span className={classes.state}>
        <StateBadge of="frame" state={frame.state} />
      </span>
    </li>
  );
}

export function FramePicture({ frame, className }: { frame: Frame; className: string | undefined }) {
  const { t } = useTranslation("shoots");
  if (frame.destroyed_at) return <span className={classes.gone}>{t("destroyed", { time: dateTime(frame.destroyed_at) })}</span>;
  if (frame.preparation !== "ready") {
    return (
      <span className={classes.gone}>
        <Badge color={frame.preparation === "unreadable" ? "orange" : "gray"}>{frame.preparation === "unreadable" ? t("unreadable") : t("preparing")}</Badge>
      </span>
    );
  }
  return <img className={className} src={`/api/v1/frames/${frame.id}/preview`} alt={frame.file_name} loading="lazy" />;
}
