// The road of a leak: evidence, two questions, trace, name, case.
import { useTranslation } from "react-i18next";
import type { Leak } from "./acts";
import classes from "./Path.module.css";

export function Path({ leak }: { leak: Leak }) {
  const { t } = useTranslation("leaks");
  const named = leak.state === "unmasked" || leak.state === "in_case" || leak.unmaskings.some(({ state }) => state === "agreed");
  const steps: [string, boolean][] = [
    [t("stepFiles"), leak.files > 0],
    [t("stepQuestions"), leak.answers.answered_at !== null],
    [t("stepTrace"), leak.outcome !== null],
    [t("stepName"), named],
    [t("stepCase"), Boolean(leak.case)],
  ];
  const here = leak.state === "closed" ? -1 : steps.findIndex(([, done]) => !done);
  return (
    <ol className={classes.path} aria-label={t("path")}>
      {steps.map(([label, done], index) => (
        <li key={label} className={classes.step} data-state={done ? "done" : index === here ? "here" : "ahead"} aria-current={index === here ? "step" : undefined}>
          <span className={classes.word}>{label}</span>
        </li>
      ))}
    </ol>
  );
}
