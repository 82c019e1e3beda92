// Our key-holders answer a client that shares no line of code with them: @noble/curves for the protocol, Node's own
// Ed25519 for signatures, and this file for the messages, written after docs/formats.md.
import { execFileSync } from "node:child_process";
import { createPrivateKey, randomBytes, sign, verify, createPublicKey, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Holders, holdCeremony, probity } from "./holders.mjs";
import { join } from "node:path";

globalThis.crypto ??= webcrypto; // Node 18
const { ristretto255, ristretto255_oprf } = await import("@noble/curves/ed25519.js");
const voprf = ristretto255_oprf.voprf;
const Point = ristretto255.Point;
const order = Point.Fn.ORDER;

let holders;
let privateKey;
before(async () => {
  holders = await Holders.start({ limits: ["--user-per-minute", "1000", "--user-per-day", "1000", "--member-per-day", "1000"] });
  const seed = Buffer.from(readFileSync(holders.seedFile, "utf8"), "hex");
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
});
after(() => holders.stop());

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const unhex = (text) => Buffer.from(text, "hex");

function idBytes(text) {
  let bits = 0n;
  for (const c of text) bits = bits * 32n + BigInt("0123456789abcdefghjkmnpqrstvwxyz".indexOf(c));
  return Buffer.from(bits.toString(16).padStart(32, "0"), "hex");
}

const littleEndian = (value, size) => {
  const bytes = Buffer.alloc(size);
  for (let i = 0; i < size; i += 1) bytes[i] = Number((BigInt(value) >> BigInt(8 * i)) & 255n);
  return bytes;
};

function request(holder, blinded, changes = {}) {
  const { epoch = 2027, generation = holders.directory.generation, id = randomBytes(16), time = Date.now() } = changes;
  const part = Buffer.concat([Buffer.from("PKE1"), littleEndian(epoch, 2), littleEndian(generation, 2), id,
    littleEndian(time, 8), idBytes(holders.member.member), Buffer.alloc(8), Buffer.from([blinded.length]), ...blinded]);
  const signature = sign(null, Buffer.concat([Buffer.from("probity evaluation request v1\0"),
    unhex(holders.directory.holders[holder].identity), part]), privateKey);
  return { id, bytes: Buffer.concat([part, signature]) };
}

async function post(holder, bytes) {
  const response = await fetch(`${holders.url(holder)}/evaluate`, { method: "POST", body: bytes });
  return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
}

function readAnswer(holder, body) {
  assert.equal(body.subarray(0, 4).toString(), "PKA1");
  const count = body[33];
  const elements = [];
  for (let i = 0; i < count; i += 1) elements.push(body.subarray(34 + 32 * i, 66 + 32 * i));
  const proofAt = 34 + 32 * count;
  assert.equal(body.length, proofAt + 128);
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), unhex(holders.directory.holders[holder].identity)]);
  const signed = Buffer.concat([Buffer.from("probity evaluation answer v1\0"), idBytes(holders.member.member), body.subarray(0, proofAt + 64)]);
  const key = createPublicKey({ key: spki, format: "der", type: "spki" });
  assert.ok(verify(null, signed, key, body.subarray(proofAt + 64)), "the receipt's signature");
  return { index: body[4], elements, proof: body.subarray(proofAt, proofAt + 64) };
}

function publicShare(index) {
  const keySet = unhex(holders.directory.key_set);
  return keySet.subarray(34 + 32 * index, 66 + 32 * index); // K, then K_1 and so on
}

function lagrange(indices, i) {
  let above = 1n, below = 1n;
  for (const j of indices) {
    if (j === i) continue;
    above = (above * BigInt(j)) % order;
    below = (below * ((BigInt(j) - BigInt(i) + order) % order)) % order;
  }
  return (above * Point.Fn.inv(below)) % order;
}

// Noble's finalize checks each holder's proof; ours is only the sum over the holders.
async function askThree(input, which) {
  const { blind, blinded } = voprf.blind(input);
  const answers = [];
  for (const holder of which) {
    const reply = await post(holder, request(holder, [blinded]).bytes);
    assert.equal(reply.status, 200, reply.body.toString());
    const answer = readAnswer(holder, reply.body);
    voprf.finalize(input, blind, answer.elements[0], blinded, publicShare(answer.index), answer.proof);
    answers.push(answer);
  }
  const indices = answers.map((answer) => answer.index);
  const sum = answers.reduce((total, answer) =>
    total.add(Point.fromBytes(answer.elements[0]).multiply(lagrange(indices, answer.index))), Point.ZERO);
  return ristretto255_oprf.oprf.finalize(input, blind, sum.toBytes());
}

test("any three of five give one answer, and it is that of our own client", async () => {
  const input = randomBytes(32);
  const outputs = [];
  for (const which of [[0, 1, 2], [4, 2, 0], [1, 3, 4]]) outputs.push(hex(await askThree(input, which)));
  assert.equal(new Set(outputs).size, 1);
  const own = execFileSync(process.env.PROBITY_OPRF_ASK,
    [join(holders.ceremony, "directory.json"), holders.member.member, holders.seedFile, hex(input)], { encoding: "utf8" });
  assert.equal(own.trim(), outputs[0]);
});

test("a batch of a hundred has one proof, which noble accepts", async () => {
  const inputs = Array.from({ length: 100 }, () => randomBytes(32));
  const blinds = inputs.map((input) => voprf.blind(input));
  const reply = await post(0, request(0, blinds.map((made) => made.blinded)).bytes);
  const answer = readAnswer(0, reply.body);
  const items = inputs.map((input, i) => ({ input, blind: blinds[i].blind, blinded: blinds[i].blinded, evaluated: answer.elements[i] }));
  assert.equal(voprf.finalizeBatch(items, publicShare(1), answer.proof).length, 100);
  answer.elements.reverse();
  const wrong = items.map((item, i) => ({ ...item, evaluated: answer.elements[i] }));
  assert.throws(() => voprf.finalizeBatch(wrong, publicShare(1), answer.proof));
});

test("what is not to be answered is refused", async () => {
  const { blinded } = voprf.blind(randomBytes(32));
  const good = request(0, [blinded]);
  assert.equal((await post(0, good.bytes)).status, 200);
  assert.equal((await post(0, good.bytes)).status, 409, "replayed");
  assert.equal((await post(1, good.bytes)).status, 401, "signed for another holder");
  assert.equal((await post(0, request(0, [blinded], { epoch: 2026 }).bytes)).status, 410, "stale epoch");
  assert.equal((await post(0, request(0, [blinded], { time: Date.now() - 150_000 }).bytes)).status, 410, "too old");
  assert.equal((await post(0, request(0, [Buffer.alloc(32)]).bytes)).status, 400, "the identity");
  assert.equal((await post(0, request(0, [Buffer.alloc(32, 255)]).bytes)).status, 400, "not canonical");
  assert.equal((await post(0, request(0, []).bytes)).status, 400, "no element");
  assert.equal((await post(0, Buffer.from("nothing"))).status, 422, "no request at all");
  assert.equal((await post(0, Buffer.alloc(5000))).status, 413, "too much");
});

test("every holder shows its share, and is healthy", async () => {
  for (let i = 0; i < 5; i += 1) {
    const shown = await (await fetch(`${holders.url(i)}/public`)).json();
    assert.equal(shown.keys[0].key_set_id, holders.directory.key_set_id);
    assert.equal(shown.keys[0].share, hex(publicShare(i + 1)));
    assert.equal((await fetch(`${holders.url(i)}/readyz`)).status, 200);
    assert.match(await (await fetch(`${holders.url(i)}/metrics`)).text(), /probity_keyholder_evaluations_total/);
  }
});

test("a member that is admitted later is answered within a moment; a refresh kills the old shares", async () => {
  const input = randomBytes(32);
  const first = hex(await askThree(input, [0, 1, 2]));
  const folder = join(holders.root, "refresh");
  probity("refresh", join(holders.ceremony, "directory.json"), "--out", folder);
  const stale = request(0, [voprf.blind(input).blinded]);
  holders.directory = holdCeremony(holders.folders, folder);
  await new Promise((resolve) => setTimeout(resolve, 2500));
  assert.equal(holders.directory.generation, 2);
  assert.equal((await post(0, stale.bytes)).status, 410);
  assert.equal(hex(await askThree(input, [2, 3, 4])), first, "the same key");
});

test("nothing that was asked stands in a log, a file or the metrics", async () => {
  const input = Buffer.from("planted-11010519491231002X------");
  const { blinded } = voprf.blind(input);
  await post(0, request(0, [blinded]).bytes);
  await askThree(input, [0, 1, 2]);
  const planted = ["planted-11010519491231002X", hex(input), hex(blinded), Buffer.from(blinded).toString("base64")];
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const folder of holders.folders) {
    const files = execFileSync("find", [folder, "-type", "f"], { encoding: "utf8" }).trim().split("\n");
    assert.ok(files.some((file) => file.endsWith("access.log")));
    for (const file of files)
      for (const secret of planted) assert.ok(!readFileSync(file).includes(secret), `${file} holds what was asked`);
  }
  const metrics = await (await fetch(`${holders.url(0)}/metrics`)).text();
  for (const secret of planted) assert.ok(!metrics.includes(secret));
});
