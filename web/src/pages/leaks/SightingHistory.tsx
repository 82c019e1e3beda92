// What was done to a sighting since it was written down, and what it said before: evidence loses nothing.
import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { dateTime } from "@/parts/times";

type Before = Schemas["SightingBefore"];

const labels = {
  address: "address",
  platform: "platform",
  account: "accountName",
  channel: "channel",
  seen_at: "seenAt",
  captured_by: "capturedBy",
  captured_how: "capturedHow",
  note: "note",
  item: "shownBy",
  taken_down_at: "takenDown",
} as const;

export function SightingHistory({ changes }: { changes: Schemas["SightingChange"][] }) {
  const { t } = useTranslation("leaks");
  if (changes.length === 0) return null;
  const told = ({ deed, by, at, reason }: Schemas["SightingChange"]) => {
    const done = t(`sightingDeed.${deed}`, { name: by, time: dateTime(at) });
    return reason ? t("deedBecause", { deed: done, reason }) : done;
  };
  return (
    <Stack component="ul" gap={4} m={0} mt={4} p={0} style={{ listStyle: "none" }}>
      {changes.map((change, index) => (
        <li key={index}>
          <Text size="xs" className="figures">
            {told(change)}
          </Text>
          <Said before={change.before} />
        </li>
      ))}
    </Stack>
  );
}

function Said({ before }: { before: Before }) {
  const { t } = useTranslation("leaks");
  const { t: states } = useTranslation("states");
  const value = (name: keyof Before) => {
    const text = before[name];
    if (!text) return t("saidNothing");
    if (name === "seen_at" || name === "taken_down_at") return dateTime(text);
    if (name === "channel") return before.channel === "other" ? t("channelOther") : states(`channel.${before.channel as "groups"}`);
    return text;
  };
  return (Object.keys(labels) as (keyof Before)[])
    .filter((name) => name in before)
    .map((name) => (
      <Text key={name} size="xs" c="dimmed" className="figures" style={{ overflowWrap: "anywhere" }}>
        {t("saidBefore", { field: t(labels[name]), value: value(name) })}
      </Text>
    ));
}
