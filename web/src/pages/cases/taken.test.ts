import assert from "node:assert/strict";
import test from "node:test";
import type { Schemas } from "@/api/client";
import { changesBy, reductionsOf, standingAmounts, wrongReductions } from "./taken";

const money = (minor: number) => ({ minor, currency: "CNY", text: "" });
const ended_at = "2026-11-20T10:00:00.000Z";
const change = (source: Schemas["AmountChange"]["source"], at: string) => ({ at, source, taken_off: money(500_000), due: money(3_500_000), reason: "" });
const consequence = (id: string, state: string, due: number) =>
  ({ id, kind: "agreed_amount", party_name: `party of ${id}`, state, amount: { due: money(due), changes: [change("decision", ended_at), change("court", ended_at)] } }) as unknown as Schemas["CaseConsequence"];
const found = { consequences: [consequence("a", "active", 4_000_000), consequence("b", "waived", 1), { id: "c", kind: "apology", state: "active" }] } as unknown as Schemas["Case"];
const amounts = standingAmounts(found);
const words = { amount: "no amount", tooMuch: "too much", none: "none" };

test("only amounts that stand can be lowered", () => {
  assert.deepEqual(amounts.map(({ id }) => id), ["a"]);
});

test("a reduction is an amount, at most what is due, and needed where the outcome says so", () => {
  const wrong = (text: string, needed = true) => wrongReductions(amounts, { a: text }, words, needed);
  assert.deepEqual(wrong("5000"), {});
  assert.deepEqual(wrong("40000.00"), {});
  assert.deepEqual(wrong("40000.01"), { "taken.a": "too much" });
  assert.deepEqual(wrong("five"), { "taken.a": "no amount" });
  assert.deepEqual(wrong("0"), { "taken.a": "no amount" });
  assert.deepEqual(wrong(" "), { "taken.a": "none" });
  assert.deepEqual(wrong("", false), {});
  assert.deepEqual(reductionsOf(amounts, { a: "5000.50" }), [{ consequence: "a", minor: 500_050 }]);
  assert.deepEqual(reductionsOf(amounts, {}), []);
});

test("what a stage took off is told from other changes by its kind and its end", () => {
  const stage = { kind: "court", ended_at } as Schemas["CaseStage"];
  assert.deepEqual(changesBy(found, stage).map(({ party_name }) => party_name), ["party of a", "party of b"]);
  assert.deepEqual(changesBy(found, { ...stage, ended_at: "2026-11-21T10:00:00.000Z" }), []);
  assert.deepEqual(changesBy(found, { ...stage, kind: "mediation" }), []);
});
