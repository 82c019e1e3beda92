// Read, answer, sign: where the signer stands.
import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import classes from "../portal.module.css";

export const steps = ["read", "answer", "sign"] as const;

export function Steps({ step, onLight = true }: { step: Schemas["Step"]; onLight?: boolean }) {
  const { t } = useTranslation("portal");
  const at = steps.findIndex((name) => name === step);
  const reached = at < 0 ? steps.length : at;
  return (
    <ol className={classes.steps} data-on={onLight ? "light" : "dark"} aria-label={t("steps.title")}>
      {steps.map((name, index) => (
        <li key={name} data-state={index < reached ? "done" : index === reached ? "now" : "later"} aria-current={index === reached ? "step" : undefined}>
          <span className={classes.stepDot} aria-hidden="true">{index < reached ? <IconCheck size={14} stroke={3} /> : index + 1}</span>
          <span>{t(`steps.${name}`)}</span>
          {index < reached ? <span className={classes.unseen}>{t("steps.done")}</span> : null}
        </li>
      ))}
    </ol>
  );
}
