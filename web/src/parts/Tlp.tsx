// A Traffic Light Protocol 2.0 label in the colours that FIRST prescribes: on black, in every appearance of the pages.
import type { Schemas } from "@/api/client";
import classes from "./Tlp.module.css";

export const tlpLabels: Schemas["Tlp"][] = ["RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR"];

export function Tlp({ label }: { label: Schemas["Tlp"] }) {
  return (
    <span className={classes.tlp} data-label={label}>
      TLP:{label}
    </span>
  );
}
