// Instants in words: always a 24-hour clock, always with the zone said.
import { currentLocale } from "@/i18n";

export const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function tag(): string {
  return currentLocale() === "zh" ? "zh-CN" : "en-GB";
}

/** A zone the browser does not know must not take the page down. */
function knownZone(zone: string | undefined): string {
  try {
    if (zone) return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    // Falls through to UTC, which is always right.
  }
  return "UTC";
}

/** e.g. "Sat, 21 November 2026 at 18:00" in `zone`. */
export function instantIn(at: string, zone: string): string {
  return new Intl.DateTimeFormat(tag(), {
    timeZone: knownZone(zone),
    weekday: "short",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(at));
}

export function shortInstant(at: string, zone: string = localZone): string {
  return new Intl.DateTimeFormat(tag(), {
    timeZone: knownZone(zone),
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(at));
}

/** The zone's last part, as people say it: "Europe/Berlin" is "Berlin". */
export function zoneName(zone: string): string {
  return zone === "UTC" ? "UTC" : (zone.split("/").pop() ?? zone).replace(/_/g, " ");
}

export interface Left {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

export function timeLeft(until_ms: number, now_ms: number): Left {
  const total_s = Math.max(0, Math.ceil((until_ms - now_ms) / 1000));
  return {
    days: Math.floor(total_s / 86_400),
    hours: Math.floor(total_s / 3_600) % 24,
    minutes: Math.floor(total_s / 60) % 60,
    seconds: total_s % 60,
  };
}

/** The value of a datetime-local field for an instant, in the device's zone. */
export function toLocalField(at: Date): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
