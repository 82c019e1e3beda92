// A listing's rungs with their days, as filer, ombudsman and listed person see them.
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { dateTime } from "@/parts/times";
import "@/texts/listings";
import { Ladder } from "./Ladder";

const begun = (from: string | null) => from !== null && Date.parse(from) <= Date.now();

export function LifeLadder({ rungs }: { rungs: Schemas["Rung"][] }) {
  const { t } = useTranslation("listings");
  return (
    <Ladder
      label={t("ladder")}
      rungs={rungs.map(({ rung, from, until, now, done }, at) => ({
        key: `${rung}-${at}`,
        title: t(`rung.${rung}`),
        // On the list, and disputed: the appeal is where one stands, and the list goes on.
        state: done ? "done" : now || (rung === "active" && begun(from)) ? "here" : "ahead",
        text: [from ? t(begun(from) ? "rungFrom" : "rungLater", { time: dateTime(from) }) : null, until && !(done && !now) ? t("rungUntil", { time: dateTime(until) }) : null].filter(Boolean).join(" · ") || undefined,
      }))}
    />
  );
}
