// An instant, entered as a wall clock shows it in a named zone; says at once what that is in UTC and here.
import { Group, Select, Stack, Text } from "@mantine/core";
import { DatesProvider, DateTimePicker } from "@mantine/dates";
import "@mantine/dates/styles.css";
import "dayjs/locale/zh-cn";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { currentLocale } from "@/i18n";
import "@/texts/parts";
import { allZones, dateTime, instantOf, ownZone, wallOf } from "./times";

interface Props {
  label: string;
  description?: string;
  at: string | null;
  zone: string;
  onChange: (at: string | null, zone: string) => void;
  required?: boolean;
  error?: React.ReactNode;
  /** Without a choice of zone the reader's own is meant. */
  fixedZone?: boolean;
  /** An instant that has passed is worth a word. */
  future?: boolean;
  /** The page says elsewhere what the instant is in UTC and here. */
  quiet?: boolean;
}

export function ZonedTimeInput({ label, description, at, zone, onChange, required, error, fixedZone, future, quiet }: Props) {
  const { t } = useTranslation("parts");
  const zones = useMemo(allZones, []);
  const known = fixedZone ? ownZone : zone || ownZone;
  // The wall clock stays what was typed when the zone changes: "9:00, no, in Shanghai".
  const [wall, setWall] = useState<string | null>(at ? wallOf(at, known) : null);
  useEffect(() => {
    const shown = wall ? instantOf(wall, known) : null;
    const given = at ? new Date(at).toISOString() : null;
    if (given !== shown) setWall(at ? wallOf(at, known) : null);
  }, [at]);
  const change = (value: string | null, inZone: string) => {
    setWall(value);
    onChange(value ? instantOf(value, inZone) : null, inZone);
  };
  const past = future && at !== null && new Date(at).getTime() < Date.now();
  return (
    <DatesProvider settings={{ locale: currentLocale() === "zh" ? "zh-cn" : "en", firstDayOfWeek: 1 }}>
      <Stack gap={4}>
        <Group align="flex-end" gap="xs" wrap="wrap">
          <DateTimePicker
            flex="1 1 200px"
            label={label}
            description={description}
            placeholder={t("pickTime")}
            valueFormat="YYYY-MM-DD HH:mm"
            value={wall}
            onChange={(value) => change(value, known)}
            clearable={!required}
            required={required}
            error={error}
            highlightToday
            previousLabel={t("previousMonth")}
            nextLabel={t("nextMonth")}
            weekendDays={[]}
            hideOutsideDates
            submitButtonProps={{ "aria-label": t("takeTime") }}
            timePickerProps={{ format: "24h", hoursInputLabel: t("hours"), minutesInputLabel: t("minutes") }}
          />
          {!fixedZone && (
            <Select
              flex="1 1 180px"
              aria-label={`${label}: ${t("zone")}`}
              data={zones}
              value={known}
              onChange={(value) => change(wall, value ?? ownZone)}
              searchable
              allowDeselect={false}
              limit={60}
            />
          )}
        </Group>
        {at && !quiet && (
          <Text size="xs" c={past ? "orange" : "dimmed"} className="figures" role="status">
            {t("isUtc", { utc: dateTime(at, "UTC") })}
            {known !== ownZone && <> · {t("isLocal", { local: dateTime(at) })}</>}
            {past && <> · {t("inPast")}</>}
          </Text>
        )}
      </Stack>
    </DatesProvider>
  );
}
