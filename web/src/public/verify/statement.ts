// Everything about a published statement that a visitor's browser can check by itself, one line each.
import type { Schemas } from "@/api/client";
import { need, Refused, sha256, toHex } from "./bytes";
import { openEntry } from "./entry";
import { checkInclusion, type Inclusion } from "./logProof";
import { checkPdfSeal, type PdfSeal } from "./pdfSeal";
import { parsePolicy } from "./policy";

export type CheckId = "document" | "seal" | "certificate" | "opening" | "log" | "witnesses";

export interface Check {
  id: CheckId;
  state: "good" | "bad" | "missing";
  reason?: string; // a key of the texts under "reason"
}

export interface Outcome {
  checks: Check[];
  sha256: string;
  seal?: PdfSeal;
  inclusion?: Inclusion;
}

/** Runs `work`; what it refuses becomes a line of its own. */
function line<T>(checks: Check[], id: CheckId, work: () => T): T | undefined {
  try {
    const result = work();
    checks.push({ id, state: "good" });
    return result;
  } catch (cause) {
    checks.push({ id, state: "bad", reason: cause instanceof Refused ? cause.reason : "malformed" });
    return undefined;
  }
}

/** `pdf`: the document as served, or a file that somebody holds against the record. */
export function checkStatement(statement: Schemas["PublicStatement"], pdf: Uint8Array): Outcome {
  const checks: Check[] = [];
  const digest = toHex(sha256(pdf));
  const outcome: Outcome = { checks, sha256: digest };
  const record = statement.binding?.record;
  const opening = statement.log?.opening;

  line(checks, "document", () => need(statement.pdf?.sha256 === digest, "otherDocument"));
  outcome.seal = line(checks, "seal", () => checkPdfSeal(pdf));
  const fingerprint = outcome.seal?.fingerprint;
  if (record === undefined || fingerprint === undefined) checks.push({ id: "certificate", state: "missing" });
  else line(checks, "certificate", () => need(record.seals.some((seal) => seal.fingerprint === fingerprint), "otherCertificate"));

  let entry: Uint8Array | undefined;
  if (opening === undefined) checks.push({ id: "opening", state: "missing" });
  else
    entry = line(checks, "opening", () => {
      const commitment = openEntry(opening);
      const content = opening.text.slice(opening.text.indexOf("{"));
      need((JSON.parse(content) as { sha256?: string }).sha256 === digest, "otherDocument");
      return commitment;
    });

  const { proof } = statement.log ?? {};
  const policyText = record?.log?.policy;
  if (!proof || !policyText || entry === undefined) {
    checks.push({ id: "log", state: "missing" }, { id: "witnesses", state: "missing" });
    return outcome;
  }
  outcome.inclusion = line(checks, "log", () => checkInclusion(proof, entry, parsePolicy(policyText)));
  checks.push({ id: "witnesses", state: outcome.inclusion?.seen.length ? "good" : "missing" });
  return outcome;
}

/** Good only when nothing is wrong; what is missing is said, not held against it. */
export function verdictOf({ checks }: Outcome): "genuine" | "partly" | "doubtful" {
  if (checks.some(({ state }) => state === "bad")) return "doubtful";
  return checks.every(({ state, id }) => state === "good" || id === "witnesses") ? "genuine" : "partly";
}
