// Terms of a commitment, and what must hold before they can be sent.
import type { Schemas } from "@/api/client";

export type Terms = Schemas["Terms"];
export const channels: Schemas["Channel"][] = ["own_media", "private_feeds", "direct_messages", "groups", "friends_family", "colleagues"];
export const currencies = ["EUR", "USD", "CNY", "GBP", "CHF", "JPY", "HKD", "KRW"];

const amountForm = /^[0-9]{1,12}(\.[0-9]{1,2})?$/;

export function amountFits(amount: string | null | undefined): boolean {
  return !amount || amountForm.test(amount);
}

export function termsFit(terms: Terms): boolean {
  return terms.channels.length > 0 && amountFits(terms.amount);
}

/** People for whom no organisation could be liable. */
export function alone(parties: Iterable<Schemas["Party"]>): Schemas["Party"][] {
  return [...parties].filter((party) => party.kind === "person" && !party.parent);
}

/** What goes to the API: empty texts are not sent, an amount goes with its currency. */
export function termsToSend(terms: Terms): Terms {
  const { breach_text, signing_method, ...rest } = terms;
  return {
    ...rest,
    amount: terms.amount || null,
    ...(terms.amount ? { currency: terms.currency ?? "EUR" } : {}),
    ...(breach_text?.trim() ? { breach_text: breach_text.trim() } : {}),
    ...(signing_method?.trim() ? { signing_method: signing_method.trim() } : {}),
  };
}
