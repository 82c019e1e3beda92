// Both languages say the same things: the same placeholders in every text, none of them empty or left in English.
import assert from "node:assert/strict";
import test from "node:test";
import * as portal from "../portal/texts";
import * as answering from "../answer/texts";
import * as listed from "../listed/texts";
import * as frames from "../portal/frames/texts";
import * as publicPages from "../public/texts";
import * as admin from "./admin";
import * as alliance from "./alliance";
import * as assets from "./assets";
import * as bulletins from "./bulletins";
import * as cases from "./cases";
import * as commitments from "./commitments";
import * as common from "./common";
import * as deliveries from "./deliveries";
import * as filings from "./filings";
import * as listings from "./listings";
import * as leaks from "./leaks";
import * as log from "./log";
import * as parties from "./parties";
import * as parts from "./parts";
import * as projects from "./projects";
import * as screening from "./screening";
import * as session from "./session";
import * as shell from "./shell";
import * as shoots from "./shoots";
import * as statements from "./statements";
import * as states from "./states";
import * as templates from "./templates";

const areas = { portal, public: publicPages, answering, frames, listed, admin, alliance, assets, bulletins, cases, commitments, common, deliveries, filings, listings, leaks, log, parties, parts, projects, screening, session, shell, shoots, statements, states, templates };

function flat(texts: object, prefix = ""): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "string") all.set(prefix + key, value);
    else for (const [inner, text] of flat(value as object, `${prefix}${key}.`)) all.set(inner, text);
  }
  return all;
}

const placeholders = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name).sort();

for (const [area, { en, zh }] of Object.entries(areas)) {
  test(`texts of ${area}`, () => {
    const english = flat(en);
    const chinese = flat(zh);
    for (const [key, text] of english) {
      assert.notEqual(text.trim(), "", `${key} is empty`);
      // Chinese has one form of plural.
      const its = chinese.get(key) ?? (key.endsWith("_one") ? chinese.get(key.replace(/_one$/, "_other")) : undefined);
      assert.ok(its, `${key} is missing in Chinese`);
      if (!key.endsWith("_one")) assert.deepEqual(placeholders(its), placeholders(text), `${key}: placeholders differ`);
    }
    for (const key of chinese.keys()) assert.ok(english.has(key), `${key} is in Chinese only`);
  });
}
