// Whether a record's entry is in the log: from its opening, its proof and the log's policy alone.
import type { Schemas } from "@/api/client";
import { equal, fromHex, need } from "./bytes";
import { checkInclusion, commitmentOf, parseLogProof, type Inclusion } from "./logProof";
import { parsePolicy } from "./policy";

/** The entry that the opening opens. Throws Refused when salt and text lead to another. */
export function openEntry({ salt, text, commitment }: { salt: string; text: string; commitment: string }): Uint8Array {
  const entry = commitmentOf(fromHex(salt), text);
  need(equal(entry, fromHex(commitment)), "otherCommitment");
  return entry;
}

/** Throws Refused when anything does not hold, also when what is proved is about another record or lies elsewhere. */
export function checkEntry(opening: Schemas["LogOpening"], proof: string, policy: string): Inclusion {
  const entry = openEntry(opening);
  need(opening.text.startsWith(`${opening.kind}\n${opening.subject}\n`), "otherRecord");
  need(parseLogProof(proof).index === opening.index, "otherPlace");
  return checkInclusion(proof, entry, parsePolicy(policy));
}
