// An instant in a line of text: how long ago, with the exact time on hover.
import { Text, Tooltip } from "@mantine/core";
import { useInterval } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { dateTime, ownZone, relative, remaining } from "./times";

/** The clock, ticking; `every_ms` is how often the page shows a new value. */
export function useNow(every_ms: number): number {
  const [now, setNow] = useState(Date.now);
  const interval = useInterval(() => setNow(Date.now()), every_ms);
  useEffect(() => {
    interval.start();
    return interval.stop;
  }, [every_ms]);
  return now;
}

export function Moment({ at, exact = false }: { at: string | null | undefined; exact?: boolean }) {
  const { t } = useTranslation();
  const now = useNow(30_000);
  if (!at) return <Text span inherit c="dimmed">–</Text>;
  const utc = `${dateTime(at, "UTC")} UTC`;
  const local = `${dateTime(at)} ${ownZone}`;
  return (
    <Tooltip label={exact ? utc : `${local} · ${utc}`} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at}>{exact ? dateTime(at) : (relative(at, now) ?? t("now"))}</time>
    </Tooltip>
  );
}

/** "2 d 04:15:09", counting down; `lifted` is shown once it has passed. */
export function Countdown({ at, lifted }: { at: string; lifted: string }) {
  const { t } = useTranslation("shell");
  const now = useNow(1_000);
  const left = remaining(at, now);
  if (left === null) return <>{lifted}</>;
  const two = (value: number) => String(value).padStart(2, "0");
  const clock = `${two(left.hours)}:${two(left.minutes)}:${two(left.seconds)}`;
  return <span className="figures">{left.days > 0 ? `${t("days", { count: left.days })} ${clock}` : clock}</span>;
}
