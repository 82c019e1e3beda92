// The checks of the public pages: published examples, trees of our own, and one change anywhere.
import assert from "node:assert/strict";
import test from "node:test";
import { ed25519 } from "@noble/curves/ed25519";
import { fromBase64, fromDecimal, fromHex, Refused, sha256, toBase64, toHex, utf8 } from "./bytes";
import { checkEntry } from "./entry";
import { checkInclusion, commitmentOf, parseLogProof, rootOf } from "./logProof";
import { parseCheckpoint, parseNote, parseVerifierKey, signedByLog } from "./notes";
import { checkPdfSeal } from "./pdfSeal";
import { parsePolicy, satisfied } from "./policy";

const refuses = (work: () => unknown, reason?: string) =>
  assert.throws(work, (error) => error instanceof Refused && (reason === undefined || error.reason === reason));

// c2sp.org/signed-note, its example.
const exampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const exampleNote =
  "This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

test("the example of signed notes", () => {
  const key = parseVerifierKey(exampleKey);
  assert.equal(signedByLog(parseNote(exampleNote), key), true);
  refuses(() => signedByLog(parseNote(exampleNote.replace("example message", "example massage")), key), "logSignature");
  refuses(() => parseVerifierKey(exampleKey.replace("530d903a", "530d903b")));
  refuses(() => parseNote(exampleNote.trimEnd()));
});

test("bytes have one spelling", () => {
  assert.equal(toHex(fromHex("00ff10")), "00ff10");
  for (const text of ["0", "0F", "0x00"]) refuses(() => fromHex(text));
  for (const text of ["AA=", "A A=", "AB==", "AAAA\n", "!"]) refuses(() => fromBase64(text));
  for (const text of ["", "01", "-1", "1.0", " 1", "99999999999999999"]) refuses(() => fromDecimal(text));
});

// A log and a witness of the test's own.
function signer(name: string, kind: number) {
  const secret = sha256(utf8(name));
  const key = new Uint8Array([kind, ...ed25519.getPublicKey(secret)]);
  const id = sha256(utf8(`${name}\n`), key).slice(0, 4);
  const line = (bytes: Uint8Array) => `\u2014 ${name} ${toBase64(new Uint8Array([...id, ...bytes]))}\n`;
  return { name, vkey: `${name}+${toHex(id)}+${toBase64(key)}`, sign: (text: string) => ed25519.sign(utf8(text), secret), line };
}

const leaf = (entry: Uint8Array) => sha256(Uint8Array.of(0), entry);
const node = (a: Uint8Array, b: Uint8Array) => sha256(Uint8Array.of(1), a, b);
const half = (size: number) => {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
};
/** RFC 6962, 2.1, by its own recursion: another way than the checker's. */
const root = (entries: Uint8Array[]): Uint8Array =>
  entries.length === 1 ? leaf(entries[0]!) : node(root(entries.slice(0, half(entries.length))), root(entries.slice(half(entries.length))));
function path(entries: Uint8Array[], index: number): Uint8Array[] {
  if (entries.length === 1) return [];
  const split = half(entries.length);
  const [left, right] = [entries.slice(0, split), entries.slice(split)];
  return index < split ? [...path(left, index), root(right)] : [...path(right, index - split), root(left)];
}

const log = signer("log.example.org/one", 1);
const witness = signer("witness.example.org", 4);
const policy = `log ${log.vkey}\nwitness w ${witness.vkey}\ngroup all-of-them all w\nquorum all-of-them\n`;
const seenAt = 1_800_000_000;

function proofOf(entries: Uint8Array[], index: number, by = { witness: true }): string {
  const text = `${log.name}\n${entries.length}\n${toBase64(root(entries))}\n`;
  const cosigned = new Uint8Array(8);
  new DataView(cosigned.buffer).setBigUint64(0, BigInt(seenAt));
  const cosignature = witness.line(new Uint8Array([...cosigned, ...witness.sign(`cosignature/v1\ntime ${seenAt}\n${text}`)]));
  const hashes = path(entries, index).map((hash) => `${toBase64(hash)}\n`);
  return `c2sp.org/tlog-proof@v1\nindex ${index}\n${hashes.join("")}\n${text}\n${log.line(log.sign(text))}${by.witness ? cosignature : ""}`;
}

test("every entry of every small tree is proved, and nothing else", () => {
  for (let size = 1; size <= 17; ++size) {
    const entries = Array.from({ length: size }, (_, i) => commitmentOf(sha256(utf8(`salt ${i}`)), `record ${i}`));
    for (let index = 0; index < size; ++index) {
      const proof = proofOf(entries, index);
      const found = checkInclusion(proof, entries[index]!, parsePolicy(policy));
      assert.equal(found.index, index);
      assert.equal(found.checkpoint.size, size);
      assert.deepEqual(found.seen, [{ witness: "w", time: seenAt }]);
      assert.equal(found.seenBy, seenAt);
      refuses(() => checkInclusion(proof, sha256(utf8("another")), parsePolicy(policy)), "inclusion");
      refuses(() => rootOf(entries[index]!, size, size, path(entries, index)), "inclusion");
      if (size > 1) refuses(() => rootOf(entries[index]!, index, size, path(entries, index).slice(1)), "inclusion");
    }
  }
});

test("a record's entry: opening, place and record must all be the ones that are proved", () => {
  const texts = Array.from({ length: 5 }, (_, i) => `custody_step\nrecord${i}\n{"sequence":${i}}`);
  const salts = texts.map((text) => sha256(utf8(text)));
  const entries = texts.map((text, i) => commitmentOf(salts[i]!, text));
  const proof = proofOf(entries, 3);
  const opening = { entry: "e", kind: "custody_step", subject: "record3", time: "2027-01-01T00:00:00Z", salt: toHex(salts[3]!), text: texts[3]!, commitment: toHex(entries[3]!), index: 3 };
  assert.equal(checkEntry(opening, proof, policy).index, 3);
  refuses(() => checkEntry({ ...opening, text: `${texts[3]!} ` }, proof, policy), "otherCommitment");
  refuses(() => checkEntry({ ...opening, salt: toHex(salts[2]!) }, proof, policy), "otherCommitment");
  refuses(() => checkEntry({ ...opening, subject: "record2" }, proof, policy), "otherRecord");
  refuses(() => checkEntry({ ...opening, kind: "case_closed" }, proof, policy), "otherRecord");
  refuses(() => checkEntry({ ...opening, index: 2 }, proof, policy), "otherPlace");
  refuses(() => checkEntry({ ...opening, index: null }, proof, policy), "otherPlace");
  refuses(() => checkEntry({ ...opening, index: 2 }, proofOf(entries, 2), policy), "inclusion");
});

test("one changed character anywhere in a proof is found", () => {
  const entries = Array.from({ length: 11 }, (_, i) => sha256(utf8(`entry ${i}`)));
  const proof = proofOf(entries, 6);
  const parsed = parsePolicy(policy);
  for (let at = 0; at < proof.length; ++at) {
    const changed = proof.slice(0, at) + (proof[at] === "B" ? "C" : "B") + proof.slice(at + 1);
    refuses(() => checkInclusion(changed, entries[6]!, parsed));
    refuses(() => checkInclusion(proof.slice(0, at), entries[6]!, parsed));
  }
});

test("a policy counts witnesses", () => {
  const entries = [sha256(utf8("one"))];
  refuses(() => checkInclusion(proofOf(entries, 0, { witness: false }), entries[0]!, parsePolicy(policy)), "tooFewWitnesses");
  const lenient = parsePolicy(`log ${log.vkey}\nquorum none\n`);
  assert.deepEqual(checkInclusion(proofOf(entries, 0, { witness: false }), entries[0]!, lenient).seen, []);
  refuses(() => checkInclusion(proofOf(entries, 0), entries[0]!, parsePolicy(`log ${exampleKey}\nquorum none\n`)), "logSignature");
  const nested = parsePolicy(
    ["a", "b", "c"].map((name) => `witness ${name} ${signer(name, 4).vkey}`).join("\n") + "\ngroup two 2 a b\ngroup g any two c\nquorum g\n",
  );
  assert.equal(satisfied(nested, new Set(["a"])), false);
  assert.equal(satisfied(nested, new Set(["a", "b"])), true);
  assert.equal(satisfied(nested, new Set(["c"])), true);
  for (const text of ["", "quorum none\nquorum none\n", "group g 2 x\nquorum g\n", "quorum x\n", "trust everyone\nquorum none\n"]) refuses(() => parsePolicy(text));
});

test("malformed proofs and checkpoints are refused", () => {
  for (const text of ["", "c2sp.org/tlog-proof@v1\n\n", "c2sp.org/tlog-proof@v2\nindex 0\n\nx"]) refuses(() => parseLogProof(text));
  for (const text of ["a\n1\n", "a\n01\nAAAA\n", `a\n1\n${toBase64(new Uint8Array(31))}\n`, `a\n1\n${toBase64(new Uint8Array(32))}\nextension\n`]) refuses(() => parseCheckpoint(text));
});

test("what is no sealed PDF is refused", () => {
  refuses(() => checkPdfSeal(utf8("%PDF-1.7\nnothing\n%%EOF\n")), "notSealed");
  refuses(() => checkPdfSeal(new Uint8Array(0)), "notSealed");
  refuses(() => checkPdfSeal(utf8("/ByteRange [0 5 9 4]<00>abcdef trailing")), "bytesAfter");
});
