// A listing's rungs with their days, as filer, ombudsman and listed person see them.
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { dateTime } from "@/parts/times";
import "@/texts/listings";
import { Ladder } from "./Ladder";

export function LifeLadder({ rungs }: { rungs: Schemas["Rung"][] }) {
  const { t } = useTranslation("listings");
  return (
    <Ladder
      label={t("ladder")}
      rungs={rungs.map(({ rung, from, until, now, done }, at) => ({
        key: `${rung}-${at}`,
        title: t(`rung.${rung}`),
        state: done ? "done" : now ? "here" : "ahead",
        text: [from ? t("rungFrom", { time: dateTime(from) }) : null, until && !(done && !now) ? t("rungUntil", { time: dateTime(until) }) : null].filter(Boolean).join(" · ") || undefined,
      }))}
    />
  );
}
