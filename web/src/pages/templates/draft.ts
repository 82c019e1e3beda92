// A template while it is being written.
import type { Schemas } from "@/api/client";

export type Section = Schemas["TextSection"];
export type Question = Schemas["Question"];
export type TemplateText = Schemas["TemplateText"];

export interface Draft {
  name: string;
  locale: Schemas["Locale"];
  text: TemplateText;
  terms: Schemas["Terms"];
}

/** An id that no other item of the list has: "clause-3", "q2", "a1". */
export function freshId(prefix: string, taken: { id: string }[]): string {
  const ids = new Set(taken.map(({ id }) => id));
  for (let number = taken.length + 1; ; number += 1) if (!ids.has(`${prefix}${number}`)) return `${prefix}${number}`;
}

export function emptyDraft(locale: Schemas["Locale"]): Draft {
  return {
    name: "",
    locale,
    text: { title: "", sections: [{ id: "clause-1", heading: "", text: "", must_tick: true }], questions: [] },
    terms: {
      channels: ["own_media", "private_feeds", "direct_messages", "groups", "friends_family", "colleagues"],
      liable: "both",
      sub_suppliers_sign: true,
      may_invite_colleagues: false,
      amount: null,
      currency: locale === "zh" ? "CNY" : "EUR",
    },
  };
}

export function draftFits({ name, text, terms }: Draft): boolean {
  const filled = (value: string | undefined) => value !== undefined && value.trim() !== "";
  return (
    filled(name) &&
    filled(text.title) &&
    text.sections.length > 0 &&
    text.sections.every((section) => filled(section.text)) &&
    text.questions.every(
      (question) =>
        filled(question.text) &&
        question.choices.length >= 2 &&
        question.choices.every((choice) => filled(choice.text)) &&
        question.choices.some(({ id }) => id === question.right),
    ) &&
    terms.channels.length > 0
  );
}

export function moved<Item>(items: Item[], from: number, to: number): Item[] {
  if (to < 0 || to >= items.length) return items;
  const next = [...items];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(to, 0, item);
  return next;
}

export const placeholders = [
  "sender",
  "contact",
  "project",
  "recipient",
  "recipient_full",
  "organisation",
  "company_signatory",
  "number",
  "channels",
  "embargo",
  "embargo_instant",
  "embargo_utc",
  "embargo_local",
  "amount",
  "amount_clause",
  "liable_clause",
  "sub_suppliers_clause",
  "colleagues_clause",
  "breach_clause",
  "signing_clause",
  "sign_by",
] as const;
