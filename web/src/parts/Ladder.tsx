// Steps that follow each other and cannot be skipped: what was done, where one stands, what is still ahead.
import { Text } from "@mantine/core";
import { IconCheck, IconMinus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Moment } from "./Moment";
import classes from "./Ladder.module.css";

export interface Rung {
  key: string;
  title: string;
  text?: ReactNode;
  /** `left`: it was not needed, or the ladder ended before it. */
  state: "done" | "here" | "ahead" | "left";
  at?: string | null | undefined;
  by?: string | undefined;
  children?: ReactNode;
}

export function Ladder({ label, rungs }: { label: string; rungs: Rung[] }) {
  return (
    <ol className={classes.ladder} aria-label={label}>
      {rungs.map(({ key, title, text, state, at, by, children }, index) => (
        <li key={key} className={classes.rung} data-state={state} aria-current={state === "here" ? "step" : undefined}>
          <span className={classes.mark} aria-hidden>
            {state === "done" ? <IconCheck size={15} stroke={2.4} /> : state === "left" ? <IconMinus size={15} /> : index + 1}
          </span>
          <div className={classes.body}>
            <Text size="sm" fw={state === "here" ? 650 : 550} c={state === "ahead" || state === "left" ? "dimmed" : undefined}>
              {title}
            </Text>
            {at && (
              <Text size="xs" c="dimmed">
                {by && `${by} · `}
                <Moment at={at} exact />
              </Text>
            )}
            {text && state !== "left" && (
              <Text size="sm" c="dimmed" component="div">
                {text}
              </Text>
            )}
            {children}
          </div>
        </li>
      ))}
    </ol>
  );
}
