// That an entry is in the log: the path of hashes to a signed root (RFC 6962, c2sp.org/tlog-proof).
import { equal, fromBase64, fromDecimal, need, sha256, utf8 } from "./bytes";
import { parseCheckpoint, parseNote, seenByWitness, signedByLog, type Checkpoint } from "./notes";
import { satisfied, type Policy } from "./policy";

export interface LogProof {
  index: number;
  path: Uint8Array[];
  checkpoint: string;
}

export function parseLogProof(text: string): LogProof {
  need(text.length <= 1_000_000, "malformed");
  const split = text.indexOf("\n\n");
  need(split > 0, "malformed");
  const lines = text.slice(0, split).split("\n");
  need(lines.shift() === "c2sp.org/tlog-proof@v1", "malformed");
  if (lines[0]?.startsWith("extra ")) fromBase64(lines.shift()?.slice(6) ?? "");
  const index = lines.shift() ?? "";
  need(index.startsWith("index ") && lines.length <= 63, "malformed");
  const path = lines.map(fromBase64);
  need(path.every(({ length }) => length === 32), "malformed");
  return { index: fromDecimal(index.slice(6)), path, checkpoint: text.slice(split + 2) };
}

const leaf = (entry: Uint8Array) => sha256(Uint8Array.of(0), entry);
const node = (left: Uint8Array, right: Uint8Array) => sha256(Uint8Array.of(1), left, right);

/** RFC 9162, 2.1.3.2. Sizes stay below 2^53, so division takes the place of shifts. */
export function rootOf(entry: Uint8Array, index: number, size: number, path: Uint8Array[]): Uint8Array {
  need(index < size, "inclusion");
  let [at, last, hash] = [index, size - 1, leaf(entry)];
  for (const sibling of path) {
    need(last > 0, "inclusion");
    if (at % 2 === 1 || at === last) {
      hash = node(sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      hash = node(hash, sibling);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  need(last === 0, "inclusion");
  return hash;
}

export interface Inclusion {
  checkpoint: Checkpoint;
  index: number;
  /** Names of the witnesses that saw it, with the time each states. */
  seen: { witness: string; time: number }[];
  /** By when enough witnesses had seen it, as the policy asks; nothing without a quorum of witnesses. */
  seenBy?: number;
}

/** Throws Refused when anything does not hold; too few witnesses are refused as well. */
export function checkInclusion(proofText: string, entry: Uint8Array, policy: Policy): Inclusion {
  const proof = parseLogProof(proofText);
  const note = parseNote(proof.checkpoint);
  const checkpoint = parseCheckpoint(note.text);
  const logs = policy.logs.filter((key) => key.name === checkpoint.origin);
  need(logs.some((key) => signedByLog(note, key)), "logSignature");
  const seen = policy.witnesses.flatMap(({ name, key }) => {
    const time = seenByWitness(note, key);
    return time === undefined ? [] : [{ witness: name, time }];
  });
  need(satisfied(policy, new Set(seen.map(({ witness }) => witness))), "tooFewWitnesses");
  need(equal(rootOf(entry, proof.index, checkpoint.size, proof.path), checkpoint.root), "inclusion");
  if (policy.quorum === "none") return { checkpoint, index: proof.index, seen };
  // The earliest moment at which those who had seen it were enough.
  const byTime = [...seen].sort((a, b) => a.time - b.time);
  const enough = byTime.findIndex((_, i) => satisfied(policy, new Set(byTime.slice(0, i + 1).map(({ witness }) => witness))));
  return { checkpoint, index: proof.index, seen, seenBy: byTime[enough]?.time };
}

/** The entry that an opening opens: SHA-256 of the salt and the text. */
export function commitmentOf(saltHex: Uint8Array, text: string): Uint8Array {
  return sha256(saltHex, utf8(text));
}
