// Signed notes of the log and its witnesses (c2sp.org/signed-note, tlog-checkpoint, tlog-cosignature).
import { ed25519 } from "@noble/curves/ed25519";
import { equal, fromBase64, fromDecimal, need, sha256, toBase64, utf8 } from "./bytes";

export interface VerifierKey {
  name: string;
  id: Uint8Array; // four bytes
  kind: number; // 1: Ed25519 by a log; 4: a witness's cosignature
  key: Uint8Array;
}

/** "example.org/log+1a2b3c4d+AQ…" */
export function parseVerifierKey(text: string): VerifierKey {
  const parts = /^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text);
  need(parts !== null, "malformed");
  const [, name = "", id = "", encoded = ""] = parts;
  const bytes = fromBase64(encoded);
  need(bytes.length === 33, "malformed");
  const expected = sha256(utf8(`${name}\n`), bytes).slice(0, 4);
  const stated = Uint8Array.from(id.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  need(equal(expected, stated), "malformed");
  return { name, id: expected, kind: bytes[0] ?? 0, key: bytes.slice(1) };
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
}

export interface Signature {
  name: string;
  id: Uint8Array;
  bytes: Uint8Array;
}

export interface Note {
  text: string; // what is signed, with its last line feed
  signatures: Signature[];
}

export function parseNote(text: string): Note {
  const end = text.lastIndexOf("\n\n");
  need(end > 0 && text.endsWith("\n") && text.length <= 1_000_000, "malformed");
  const signatures = text
    .slice(end + 2, -1)
    .split("\n")
    .map((line) => {
      const parts = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/.exec(line);
      need(parts !== null, "malformed");
      const bytes = fromBase64(parts[2] ?? "");
      need(bytes.length > 4, "malformed");
      return { name: parts[1] ?? "", id: bytes.slice(0, 4), bytes: bytes.slice(4) };
    });
  need(signatures.length <= 64, "malformed");
  return { text: text.slice(0, end + 1), signatures };
}

export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split("\n");
  // Extension lines are refused: nobody audits them.
  need(lines.length === 4 && lines[3] === "" && lines[0] !== "", "malformed");
  const root = fromBase64(lines[2] ?? "");
  need(root.length === 32, "malformed");
  return { origin: lines[0] ?? "", size: fromDecimal(lines[1] ?? ""), root };
}

function valid(signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
}

function of(note: Note, key: VerifierKey): Signature | undefined {
  const found = note.signatures.filter(({ name, id }) => name === key.name && equal(id, key.id));
  need(found.length <= 1, "signedTwice");
  return found[0];
}

/** Whether the log signed it. A wrong signature under its name is refused, not passed over. */
export function signedByLog(note: Note, key: VerifierKey): boolean {
  const signature = of(note, key);
  if (signature === undefined) return false;
  need(key.kind === 1 && valid(signature.bytes, utf8(note.text), key.key), "logSignature");
  return true;
}

/** When the witness saw it, in seconds since 1970; nothing when it did not. */
export function seenByWitness(note: Note, key: VerifierKey): number | undefined {
  const signature = of(note, key);
  if (signature === undefined) return undefined;
  need(key.kind === 4 && signature.bytes.length === 72, "witnessSignature");
  const time = Number(new DataView(signature.bytes.buffer, signature.bytes.byteOffset, 8).getBigUint64(0));
  const message = utf8(`cosignature/v1\ntime ${time}\n${note.text}`);
  need(valid(signature.bytes.slice(8), message, key.key), "witnessSignature");
  return time;
}

/** For showing a root to people who compare it with another source. */
export const rootText = (checkpoint: Checkpoint): string => toBase64(checkpoint.root);
