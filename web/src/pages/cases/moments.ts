// The order of a timeline, and the gap between an event and its discovery in words.
import type { Schemas } from "@/api/client";
import { currentLocale } from "@/i18n";

type Moment = Schemas["CaseMoment"];
export type Order = "happened" | "discovered";

export function inOrder(moments: Moment[], order: Order): Moment[] {
  const at = (moment: Moment) => (order === "happened" ? (moment.happened_at ?? moment.discovered_at) : moment.discovered_at);
  return [...moments].sort((one, other) => at(one).localeCompare(at(other)) || one.discovered_at.localeCompare(other.discovered_at));
}

const units: [string, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** "3 days"; null when it was learned of at once (within five minutes), or earlier than it happened. */
export function gapBetween(happened: string | null | undefined, discovered: string): string | null {
  if (!happened) return null;
  const gap_ms = Date.parse(discovered) - Date.parse(happened);
  if (!(gap_ms >= 5 * 60_000)) return null;
  const [unit, length_ms] = units.find(([, length]) => gap_ms >= length) ?? ["minute", 60_000];
  return new Intl.NumberFormat(currentLocale() === "zh" ? "zh-CN" : "en-GB", { style: "unit", unit, unitDisplay: "long" }).format(Math.floor(gap_ms / length_ms));
}
