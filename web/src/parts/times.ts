// Instants as people read them: always 24 hours, in a named zone, in the reader's language.
import { currentLocale } from "@/i18n";

export const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

function tag(): string {
  return currentLocale() === "zh" ? "zh-CN" : "en-GB";
}

/** "12 Mar 2027, 09:00", or "2027年3月12日 09:00". */
export function dateTime(instant: string | Date, zone = ownZone): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return "";
  return new Intl.DateTimeFormat(tag(), {
    year: "numeric",
    month: currentLocale() === "zh" ? "long" : "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: knownZone(zone),
  }).format(date);
}

export function dateOnly(instant: string | Date, zone = ownZone): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return "";
  const month = currentLocale() === "zh" ? "long" : "short";
  return new Intl.DateTimeFormat(tag(), { year: "numeric", month, day: "numeric", timeZone: knownZone(zone) }).format(date);
}

function knownZone(zone: string | undefined): string {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone || "UTC";
  } catch {
    return "UTC";
  }
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "3 hours ago", "in 2 days"; null within a minute of now. */
export function relative(instant: string | Date, now = Date.now()): string | null {
  const seconds = (new Date(instant).getTime() - now) / 1000;
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) {
      return new Intl.RelativeTimeFormat(tag(), { numeric: "auto" }).format(Math.trunc(seconds / length), unit);
    }
  }
  return null;
}

/** Days, hours, minutes, seconds until an instant; null once it has passed. */
export function remaining(instant: string, now: number): { days: number; hours: number; minutes: number; seconds: number } | null {
  const left = Math.floor((new Date(instant).getTime() - now) / 1000);
  if (!(left > 0)) return null;
  return {
    days: Math.floor(left / 86_400),
    hours: Math.floor((left % 86_400) / 3_600),
    minutes: Math.floor((left % 3_600) / 60),
    seconds: left % 60,
  };
}

/** How far a zone is ahead of UTC at an instant, in minutes. */
function offsetMinutes(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: knownZone(zone),
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const wall = Date.UTC(value("year"), value("month") - 1, value("day"), value("hour"), value("minute"), value("second"));
  return Math.round((wall - Math.floor(at.getTime() / 1000) * 1000) / 60_000);
}

/** The instant at which a wall clock in `zone` shows `wall` ("2027-03-12 09:00:00"); an hour that a change of clocks skips moves forward. */
export function instantOf(wall: string, zone: string): string | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})/.exec(wall);
  if (!match) return null;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [number, number, number, number, number];
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  let at = asUtc - offsetMinutes(new Date(asUtc), zone) * 60_000;
  at = asUtc - offsetMinutes(new Date(at), zone) * 60_000;
  return new Date(at).toISOString();
}

/** What a wall clock in `zone` shows at an instant: "2027-03-12 09:00:00". */
export function wallOf(instant: string, zone: string): string {
  const at = new Date(instant);
  return new Date(at.getTime() + offsetMinutes(at, zone) * 60_000).toISOString().slice(0, 19).replace("T", " ");
}

export function allZones(): string[] {
  const zones = "supportedValuesOf" in Intl ? (Intl as { supportedValuesOf(key: string): string[] }).supportedValuesOf("timeZone") : [];
  return [...new Set([ownZone, "UTC", ...zones])];
}

export function fileSize(bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(tag(), {
    style: "unit",
    unit: units[unit],
    unitDisplay: unit === 0 ? "long" : "short",
    maximumFractionDigits: unit < 2 || value >= 100 ? 0 : 1,
  }).format(value);
}

export function count(value: number): string {
  return new Intl.NumberFormat(tag()).format(value);
}
