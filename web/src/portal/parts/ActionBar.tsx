// The bar at the lower edge that holds the one next step, within the thumb's reach.
import type { ReactNode } from "react";
import classes from "../portal.module.css";

export function ActionBar({ children }: { children: ReactNode }) {
  return (
    <>
      <div className={classes.actionBarSpace} aria-hidden="true" />
      <div className={classes.actionBar}>
        <div className={classes.actionBarRow}>{children}</div>
      </div>
    </>
  );
}
