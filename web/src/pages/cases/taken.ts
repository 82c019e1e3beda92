// What is taken off the agreed amounts of a case: which can be lowered, what a form says, and what a stage did.
import type { FormErrors } from "@mantine/form";
import type { Schemas } from "@/api/client";
import { minorOf } from "@/parts/money";

type Case = Schemas["Case"];
type Amount = Schemas["AgreedAmount"];
type Change = Schemas["AmountChange"];

export interface Standing {
  id: string;
  party_name: string;
  amount: Amount;
}

/** The agreed amounts that can be lowered: those that stand. */
export function standingAmounts(found: Case): Standing[] {
  return found.consequences.flatMap(({ id, party_name, amount, state }) => (amount && (state === "active" || state === "done") ? [{ id, party_name, amount }] : []));
}

/** By consequence, what was typed into its field. */
export type Taken = Record<string, string>;

export function wrongReductions(amounts: Standing[], taken: Taken, words: { amount: string; tooMuch: string; none: string }, needed: boolean): FormErrors {
  const wrong: FormErrors = {};
  for (const { id, amount } of amounts) {
    const text = (taken[id] ?? "").trim();
    if (text === "") continue;
    const minor = minorOf(text, amount.due.currency);
    if (!minor) wrong[`taken.${id}`] = words.amount;
    else if (minor > amount.due.minor) wrong[`taken.${id}`] = words.tooMuch;
  }
  const first = amounts.find(({ amount }) => amount.due.minor > 0);
  if (needed && first && amounts.every(({ id }) => (taken[id] ?? "").trim() === "")) wrong[`taken.${first.id}`] = words.none;
  return wrong;
}

export function reductionsOf(amounts: Standing[], taken: Taken): { consequence: string; minor: number }[] {
  return amounts.flatMap(({ id, amount }) => {
    const minor = minorOf(taken[id] ?? "", amount.due.currency);
    return minor ? [{ consequence: id, minor }] : [];
  });
}

/** What one stage took off, of whom: its changes carry its kind and the moment it ended. */
export function changesBy(found: Case, { kind, ended_at }: Schemas["CaseStage"]): { party_name: string; change: Change }[] {
  return found.consequences.flatMap(({ party_name, amount }) => (amount?.changes ?? []).filter(({ source, at }) => source === kind && at === ended_at).map((change) => ({ party_name, change })));
}
