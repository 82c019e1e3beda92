// A hub (`probity serve` on a workspace that is one) and key-holders as processes; a member that shares no line of code
// with them files a listing, and the person reads the notice. Written after docs/formats.md.
import { execFileSync, spawn } from "node:child_process";
import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Holders, probity } from "./holders.mjs";

const codes = [];  // links and codes that were sent
let holders, workspace, hub, url, hubKey;
const members = {};

const program = process.env.PROBITY_PROGRAM;
const command = (...words) => JSON.parse(execFileSync(program, [...words, "--json"], { encoding: "utf8" }));
const sha256 = (bytes) => createHash("sha256").update(bytes).digest();
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const idBytes = (text) => {
  let bits = 0n;
  for (const c of text) bits = bits * 32n + BigInt(alphabet.indexOf(c));
  return Buffer.from(bits.toString(16).padStart(32, "0"), "hex");
};
const idText = (bytes) => {
  let bits = BigInt(`0x${hex(bytes)}`), text = "";
  for (let i = 0; i < 26; i += 1) { text = alphabet[Number(bits & 31n)] + text; bits >>= 5n; }
  return text;
};
const u64 = (value) => { const out = Buffer.alloc(8); out.writeBigUInt64LE(BigInt(value)); return out; };

async function call(member, method, path, body = "", account = randomBytes(16)) {
  const request = randomBytes(16), time = Date.now();
  const part = Buffer.concat([Buffer.from("probity member call v1\0"), hubKey, Buffer.from(`${method}\0${path}\0`),
    idBytes(member.member), account, request, u64(time), sha256(body)]);
  const response = await fetch(url + path, { method, body: method === "GET" ? undefined : body, headers: {
    "Content-Type": "application/json", "Probity-Member": member.member, "Probity-Account": idText(account),
    "Probity-Request": idText(request), "Probity-Time": `${time}`, "Probity-Signature": hex(sign(null, part, member.key)) } });
  return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
}
const json = (answer) => JSON.parse(answer.body.toString());

function makeMember(name, ...more) {
  const file = join(holders.root, `${name}.key`);
  const made = probity("member", file);
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.from(readFileSync(file, "utf8"), "hex")]);
  made.key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  command("hub", "admit", "-w", workspace, "--member", made.member, "--name", name, "--identity", made.identity, ...more);
  members[name] = made;
}

before(async () => {
  holders = await Holders.start({ count: 3, threshold: 2 });
  workspace = join(holders.root, "hub");
  command("init", workspace);
  hubKey = Buffer.from(command("hub", "init", "-w", workspace).hub, "hex");
  command("hub", "keys", "-w", workspace, join(holders.ceremony, "directory.json"));
  makeMember("filer");
  makeMember("screener");
  makeMember("ombudsman", "--ombudsman");
  const port = await new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => { const p = server.address().port; server.close(() => resolve(p)); });
  });
  url = `http://127.0.0.1:${port}`;
  hub = spawn(program, ["serve", "-w", workspace, "--listen", `127.0.0.1:${port}`, "--access-log", join(holders.root, "hub.log")],
    { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve) => hub.stdout.once("data", resolve));
});
after(async () => {
  const ended = new Promise((resolve) => hub.once("exit", resolve));
  hub.kill("SIGTERM");
  await ended;
  await holders.stop();
});

const filing = (conduct = "bribery") => JSON.stringify({ conduct, epoch: 2027, tag: hex(randomBytes(16)), label: hex(randomBytes(296)),
  tests: { reasonable_grounds: [hex(sha256("a"))], clear_evidence: [hex(sha256("b"))], ended_because_of_it: [hex(sha256("c"))] },
  standard_of_proof: "judgment", intentional_for_gain: false, subject_is_adult: true });

test("members take the keys, and a tag set that the hub signed", async () => {
  const keys = json(await call(members.screener, "GET", "/alliance/v1/keys/2027"));
  assert.equal(keys.key_set_id, holders.directory.key_set_id);
  const answer = await call(members.screener, "GET", "/alliance/v1/tag-set/2027");
  const signature = answer.body.subarray(0, 64), set = answer.body.subarray(64), head = set.subarray(4, 47);
  assert.equal(set.subarray(0, 4).toString(), "PTS1");
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), hubKey]);
  assert.ok(verify(null, Buffer.concat([Buffer.from("probity tag set v1\0"), head]),
    createPublicKey({ key: spki, format: "der", type: "spki" }), signature));
  const root = sha256(Buffer.concat([Buffer.from("probity tag set v1"), head.subarray(0, 2), head.subarray(6, 11), set.subarray(47)]));
  assert.equal(hex(root), hex(head.subarray(11)));
});

test("a bribery listing goes under notice; carelessness is refused; nobody approves their own", async () => {
  const refused = await call(members.filer, "POST", "/alliance/v1/listings", filing("negligence"));
  assert.equal(refused.status, 400);
  assert.match(json(refused).detail, /carelessness/);
  const author = randomBytes(16);
  const drafted = json(await call(members.filer, "POST", "/alliance/v1/listings", filing(), author));
  const path = `/alliance/v1/listings/${drafted.id}`;
  assert.equal((await call(members.filer, "POST", `${path}/approve`, "", author)).status, 403);
  assert.equal(json(await call(members.filer, "POST", `${path}/submit`, "", author)).state, "awaiting_approval");
  assert.equal((await call(members.filer, "POST", `${path}/approve`, "", author)).status, 403);
  assert.equal(json(await call(members.filer, "POST", `${path}/approve`)).state, "awaiting_notice");
  assert.equal((await call(members.filer, "POST", `${path}/post`, '{"to":"reference 17"}')).status, 403, "the filer attests nothing");
  assert.equal((await call(members.filer, "POST", `${path}/notice`, '{"to":"li.testperson@example.org"}')).status, 200);
  const letters = join(workspace, "alliance", "letters");
  const letter = readFileSync(join(letters, readdirSync(letters)[0]), "utf8");
  const token = letter.match(/notice\/([0-9a-f]{32})/)[1], code = letter.match(/码: (\d{8})/)[1];
  codes.push(token, code);
  const person = (verb, body) => fetch(`${url}/alliance/v1/person/${verb}`, { method: "POST", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" } });
  assert.equal((await person("open", { token, code: "00000000" })).status, 404);
  assert.equal((await (await person("open", { token, code })).json()).state, "notified");
  assert.equal((await (await person("appeal", { token, code })).json()).appeal.stage, "at_filer");
  assert.equal((await call(members.screener, "GET", path)).status, 404, "another member's filing");
});

test("strangers are not heard", async () => {
  assert.equal((await fetch(`${url}/alliance/v1/tag-set/2027`)).status, 401);
  const stranger = { ...members.filer, key: members.screener.key };
  assert.equal((await call(stranger, "GET", "/alliance/v1/notices")).status, 401);
});

test("the hub's files and log hold no address and no code", () => {
  const all = (folder) => readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? all(path) : [path];
  });
  for (const file of [...all(workspace), join(holders.root, "hub.log")])
    for (const planted of ["li.testperson", ...(file.includes("letters") ? [] : codes)])
      assert.ok(!readFileSync(file).includes(planted), `${file} holds ${planted}`);
});
