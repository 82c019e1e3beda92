// One frame, large, with what is known of it and every decision on it.
import { ActionIcon, Group, Modal, Stack, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { Facts } from "@/parts/Facts";
import { InLog } from "@/parts/InLog";
import { StateBadge } from "@/parts/States";
import { dateTime, fileSize } from "@/parts/times";
import classes from "./frames.module.css";
import { Decisions, type Frame, FramePicture } from "./FramesTab";

type Decision = Schemas["ClearanceDecision"];

interface Props {
  frames: Frame[];
  at: number | null;
  onMove: (at: number | null) => void;
  onDecide?: (decision: Decision, frame: string) => void;
}

export function FrameDialog({ frames, at, onMove, onDecide }: Props) {
  const frame = at === null ? undefined : frames[at];
  return (
    <Modal opened={frame !== undefined} onClose={() => onMove(null)} size="xl" title={frame?.file_name}>
      {frame && at !== null && <Content frame={frame} at={at} last={frames.length - 1} onMove={onMove} onDecide={onDecide} />}
    </Modal>
  );
}

function Content({ frame, at, last, onMove, onDecide }: { frame: Frame; at: number; last: number; onMove: (at: number) => void; onDecide?: Props["onDecide"] }) {
  const { t } = useTranslation("shoots");
  const decide = (decision: Decision) => onDecide?.(decision, frame.id);
  useHotkeys([
    ["ArrowLeft", () => at > 0 && onMove(at - 1)],
    ["ArrowRight", () => at < last && onMove(at + 1)],
    ["c", () => decide("cleared")],
    ["n", () => decide("not_to_be_used")],
    ["d", () => decide("delete")],
  ]);
  return (
    <Stack>
      <FramePicture frame={frame} className={classes.large} />
      <Group justify="space-between">
        <Group gap="xs">
          <ActionIcon variant="default" aria-label={t("previous")} disabled={at === 0} onClick={() => onMove(at - 1)}>
            <IconChevronLeft size={16} />
          </ActionIcon>
          <Text size="sm" c="dimmed" className="figures">
            {at + 1} / {last + 1}
          </Text>
          <ActionIcon variant="default" aria-label={t("next")} disabled={at === last} onClick={() => onMove(at + 1)}>
            <IconChevronRight size={16} />
          </ActionIcon>
          <StateBadge of="frame" state={frame.state} />
        </Group>
        {onDecide && !frame.destroyed_at && <Decisions onDecide={decide} />}
      </Group>
      <Facts
        facts={[
          [t("attendees"), frame.party_name],
          [t("takenAt"), frame.taken_at ? dateTime(frame.taken_at) : null],
          [t("camera"), frame.camera],
          [t("handedInAt"), dateTime(frame.handed_in_at)],
          [t("size"), [frame.width_px && frame.height_px && `${frame.width_px} × ${frame.height_px}`, fileSize(frame.size_bytes)].filter(Boolean).join(", ")],
          ["SHA-256", <Text key="hash" span ff="monospace" size="xs">{frame.sha256}</Text>],
          [t("framesCount"), frame.same_file > 0 ? t("sameFile", { count: frame.same_file }) : null],
        ]}
      />
      <div>
        <Text size="sm" fw={550} mb={4}>
          {t("history")}
        </Text>
        {frame.clearances.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("waitsFor")}
          </Text>
        )}
        {frame.clearances.map((clearance, index) => (
          <Text key={index} size="sm">
            {t(`decision.${clearance.decision}`)}: {clearance.reason}{" "}
            <Text span size="xs" c="dimmed" className="figures">
              {clearance.by}, {dateTime(clearance.at)}
            </Text>
          </Text>
        ))}
        {frame.confirmed_at && (
          <Text size="sm" c="dimmed">
            {t("confirmed", { time: dateTime(frame.confirmed_at) })}
          </Text>
        )}
      </div>
      <InLog subject={frame.id} read="read_shoots" />
    </Stack>
  );
}
