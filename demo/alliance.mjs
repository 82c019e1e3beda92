// The story's end in the terminal, on the real programs: key-holders, hub, the ombudsman and two members on loopback.
//
//   node demo/alliance.mjs
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { Alliance, residentId } from "../tests/browser/support/alliance.mjs";
import { program } from "../tests/browser/support/node.mjs";
import { password } from "../tests/browser/support/shortcuts.mjs";

const [bold, dim, plain] = process.stdout.isTTY ? ["\x1b[1m", "\x1b[2m", "\x1b[0m"] : ["", "", ""];
const say = (text) => console.log(`\n${bold}${text}${plain}`);
const note = (text) => console.log(`${dim}${text}${plain}`);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let alliance;
// Runs a command as a person of that member types it, and shows both. Answers exit code and output.
function type(member, words, { input = "", as } = {}) {
  const shown = [...words, ...(as ? ["--as", as] : [])].map((word) => (/[\s;]/.test(word) ? `"${word}"` : word)).join(" ");
  console.log(`${dim}$ ${input ? "… | " : ""}probity ${shown}${plain}`);
  const done = spawnSync(join(dirname(program), "probity-rehearsal"),
    [...words, "-w", join(alliance.root, member), ...(as ? ["--as", as] : [])],
    { input, encoding: "utf8", env: { ...process.env, ...alliance.env, PROBITY_PASSWORD: password } });
  const said = (done.stdout + done.stderr).trim();
  if (said) console.log(said);
  return { code: done.status, said };
}

// A filing with its story and evidence, up to the point where somebody approves it.
async function writtenFiling(name, number) {
  const investigator = await alliance.as("aurora", "ines@aurora.example");
  const { filing } = await investigator.post("/filings", { kind: "person", name, conduct: "bribery" });
  const day = (ago) => new Date(alliance.now() - ago * 86_400_000).toISOString();
  await investigator.patch(`/filings/${filing.id}`, {
    facts: "Took money from a bidder, so that a tender was written around the bidder's product.",
    decided_by: "Head of compliance", ended_how: "Employment was ended without notice.", contact: "compliance@aurora.example",
    standard_of_proof: "judgment", happened_at: day(200), decided_at: day(60),
  });
  await investigator.post(`/filings/${filing.id}/identifier`, { kind: "resident_id", identifier: number });
  for (const test of ["reasonable_grounds", "clear_evidence", "ended_because_of_it"])
    await investigator.send("POST", `/filings/${filing.id}/documents?test=${test}&name=${test}.txt`,
      new TextEncoder().encode(`A document about ${test}`), { "content-type": "text/plain" });
  await investigator.post(`/filings/${filing.id}/submit`);
  return filing.number;
}

async function openNotice() {
  const { link, code } = alliance.letter();
  const answer = await fetch(`${alliance.hub.url}/alliance/v1/person/open`, {
    method: "POST", headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: link.split("/").at(-1), code }),
  });
  if (!answer.ok) throw new Error(`the notice did not open: ${answer.status}`);
  return answer.json();
}

function filesUnder(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : statSync(path).isFile() ? [path] : [];
  });
}

async function tell() {
  const listed = residentId(17), others = [residentId(24), residentId(31)], underNotice = residentId(48);

  say("9. An alliance: a hub, three key-holders (two of them must answer), the ombudsman and two members, each a process");
  await alliance.people("aurora", "Aurora Motors", [
    { name: "Ines Fernhollow", email: "ines@aurora.example", roles: ["investigator"] },
    { name: "Noel Greystone", email: "noel@aurora.example", roles: ["reviewer"] },
  ]);
  note("Identity numbers here are made up: none belongs to anybody.");

  say("10. The careless photographer of before cannot be listed: carelessness is not in the catalogue");
  type("aurora", ["filing", "draft", "--conduct", "negligence"], { input: "Clara Amberfield\n", as: "ines@aurora.example" });

  say("11. Bribery that a court has found can. Another person approves; the hub delivers a notice; nothing is visible for 15 days");
  const first = await writtenFiling("Bo Exampleton", listed);
  type("aurora", ["filing", "approve", first], { as: "noel@aurora.example" });
  type("aurora", ["filing", "notice", first], { input: "bo@letters.example\n", as: "ines@aurora.example" });
  note(`The person opens the link of the letter with its code: ${(await openNotice()).state}.`);

  say("12. Sixteen days later it is active (this program's clock can be moved on), and a second one goes under notice");
  alliance.moveTo(16);
  const second = await writtenFiling("Ray Specimen", underNotice);
  type("aurora", ["filing", "approve", second], { as: "noel@aurora.example" });
  type("aurora", ["filing", "notice", second], { input: "ray@letters.example\n", as: "ines@aurora.example" });
  await pause(1500);
  type("aurora", ["filing", "list"]);

  say("13. Another member asks about three candidates. One hit: a question, no verdict");
  for (const number of [others[0], listed, others[1]])
    type("borealis", ["screen", "person", "--id-stdin", "--purpose", "employment", "--requisition", "REQ-17", "--consent", "given",
      "--consent-date", "2026-11-02"], { input: `${number}\n` });
  type("borealis", ["screen", "hits"]);

  say("14. What the hub and the key-holders know of whom it is about: nothing");
  const planted = [listed, ...others, underNotice, "Exampleton", "Specimen"];
  const files = ["hub", "holder-1", "holder-2", "holder-3"].flatMap((name) => filesUnder(join(alliance.root, name)));
  let bytes = 0, found = 0;
  for (const file of files) {
    const content = readFileSync(file);
    bytes += content.length;
    found += planted.filter((word) => content.includes(word)).length;
  }
  console.log(`${files.length} files of the hub and its key-holders, ${(bytes / 1e6).toFixed(1)} MB, searched for ${planted.length} identity numbers and names: ${found} found.`);
  if (found > 0) process.exitCode = 1;

  say("15. For comparison: how long the MD5 of such a number stands, as other lists use it");
  const hash = createHash("md5").update(listed).digest("hex");
  spawnSync(join(dirname(program), "md5_stand"), [hash, listed.slice(0, 6)], { stdio: "inherit" });
}

try {
  alliance = await Alliance.start({ hash: { memoryKib: 65536, passes: 3 } });
  await tell();
} finally {
  await alliance?.stop();
}
