// An embargo instant: countdown by the server's clock, and the instant in its own zone, here, and in UTC.
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { IconCalendarPlus, IconClockHour4, IconLockOpen } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useServerNow } from "../session";
import { instantIn, localZone, timeLeft, zoneName } from "../time";
import classes from "../portal.module.css";

function Countdown({ at }: { at: string }) {
  const { t } = useTranslation("portal");
  const now = useServerNow();
  const until = Date.parse(at);
  const left = timeLeft(until, now);
  const parts = [
    { value: left.days, unit: t("embargo.days", { count: left.days }) },
    { value: left.hours, unit: t("embargo.hours", { count: left.hours }) },
    { value: left.minutes, unit: t("embargo.minutes", { count: left.minutes }) },
    { value: left.seconds, unit: t("embargo.seconds", { count: left.seconds }) },
  ];
  const hoursLeft = (until - now) / 3_600_000;
  return (
    <div className={classes.countdown} data-near={hoursLeft <= 1 ? "hour" : hoursLeft <= 24 ? "day" : undefined} role="timer"
      aria-label={t("embargo.left", { days: left.days, hours: left.hours, minutes: left.minutes })}>
      {parts.map((part) => (
        <div key={part.unit} className={classes.countdownPart} aria-hidden="true">
          <span className={classes.countdownValue}>{String(part.value).padStart(2, "0")}</span>
          <span className={classes.countdownUnit}>{part.unit}</span>
        </div>
      ))}
    </div>
  );
}

/** The instant as three readings of the same moment; the local one only where it differs. */
export function Instants({ at, zone }: { at: string; zone: string }) {
  const { t } = useTranslation("portal");
  const rows: { label: string; zone: string }[] = [{ label: zoneName(zone), zone }];
  if (localZone !== zone && zone !== "UTC") rows.push({ label: "UTC", zone: "UTC" });
  if (localZone !== zone && localZone !== "UTC") rows.push({ label: t("embargo.yourTime"), zone: localZone });
  if (rows.length === 1 && zone !== "UTC") rows.push({ label: "UTC", zone: "UTC" });
  return (
    <dl className={classes.instants}>
      {rows.map((row) => (
        <div key={row.label}>
          <dt>{row.label}</dt>
          <dd><time dateTime={at}>{instantIn(at, row.zone)}</time></dd>
        </div>
      ))}
    </dl>
  );
}

export interface EmbargoProps {
  label: string;
  at: string;
  zone: string;
  calendar?: boolean;
}

export function EmbargoCard({ label, at, zone, calendar = true }: EmbargoProps) {
  const { t } = useTranslation("portal");
  const lifted = useServerNow(1000) >= Date.parse(at);
  return (
    <Card component="section" aria-label={t("embargo.title")} padding="md">
      <Stack gap="sm">
        <Group gap={8} wrap="nowrap" align="flex-start">
          {lifted ? <IconLockOpen size={20} aria-hidden /> : <IconClockHour4 size={20} aria-hidden />}
          <div>
            <Text fw={600} lh={1.3}>{lifted ? t("embargo.lifted") : t("embargo.notBefore")}</Text>
            {label ? <Text size="sm" c="dimmed">{label}</Text> : null}
          </div>
        </Group>
        {lifted ? null : <Countdown at={at} />}
        <Instants at={at} zone={zone} />
        {calendar && !lifted ? (
          <Button component="a" href="/api/v1/recipient/embargo.ics" download="embargo.ics" variant="default" fullWidth leftSection={<IconCalendarPlus size={18} aria-hidden />}>
            {t("embargo.calendar")}
          </Button>
        ) : null}
      </Stack>
    </Card>
  );
}
