// What a node full of matters would answer its staff, shaped as docs/api/openapi.yaml says: states that two people and
// weeks of waiting lead to. People and organisations are invented.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { picturePath } from "./pictures.mjs";
import { wrongAnswer } from "./shapes.mjs";

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const letters = "0123456789abcdefghjkmnpqrstvwxyz";
const id = (name) => [...name.padEnd(26, "z")].slice(0, 26).map((letter) => (letters.includes(letter) ? letter : "z")).join("");
const ago = (hours) => new Date(Date.now() - hours * 3_600_000).toISOString();
const ahead = (hours) => ago(-hours);
const list = (items) => ({ items, total: items.length });
const hash = (letter) => letter.repeat(64);

export const matters = { leak: id("jeak1"), traced: id("jeak2"), footage: id("jeak3"), case: id("case1"), fresh: id("case2"), statement: id("statement1"), draft: id("statement2"), removing: id("statement4"), removed: id("statement5"), shoot: id("sh00t1"), rectification: id("rect1"), project: id("project1") };

const words = {
  en: { leak: "Cockpit picture in a fan group", leak2: "Front of the E5 on a forum", case: "Cockpit picture forwarded from a work group", post: "A picture of the cockpit was posted in “E5 fans”.", letter: "The editor in chief confirms who was in the group.", supplier: "Lumen Optics", sub: "Feinglas", reason: "The group has 400 members; the picture is being forwarded." },
  zh: { leak: "粉丝群中的驾驶舱图片", leak2: "论坛上的 E5 车头图片", case: "工作群转发的驾驶舱图片", post: "一张驾驶舱图片被发到“E5 车友群”。", letter: "主编确认了群内成员。", supplier: "流明光学", sub: "精玻璃", reason: "该群有 400 名成员，图片正在被转发。" },
};

const said = (en, zh) => ({ en, zh });
const who = (name, account = null) => ({ account, name });

function accountOf(locale, roles, name = "Noa Reyes") {
  return { id: id("acc0unt" + name.length), email: "noa@aurora.example", name, roles, state: "active", locale, has_totp: true, created_at: ago(9000) };
}

function sightings(w) {
  const withdrawn = { deed: "withdrawn", at: ago(61), by: "Paul Okoro", reason: w.letter, before: {} };
  return [
    { id: id("see1"), address: "https://groups.example/e5-fans/9213", platform: "WeChat", account: "E5 fans", channel: "groups", seen_at: ago(70), captured_by: "Noa Reyes", captured_how: "Screenshot", note: w.post, item: id("item1"), taken_down_at: ago(62), recorded_at: ago(69), recorded_by: "Noa Reyes", withdrawn: null, changes: [{ deed: "corrected", at: ago(66), by: "Noa Reyes", reason: w.reason, before: { account: "E5 fan", seen_at: ago(71) } }] },
    { id: id("see2"), address: "https://forum.example/t/551", platform: "forum.example", account: "vroom_77", channel: "own_media", seen_at: ago(64), captured_by: "Noa Reyes", captured_how: "Download", note: "", item: null, taken_down_at: null, recorded_at: ago(63), recorded_by: "Noa Reyes", withdrawn, changes: [withdrawn] },
  ];
}

function leakRow(leak) {
  const { id: key, number, title, state, project, project_name, files, first_seen_at, reported_at, reported_by, outcome, trace_job, closed_as, case: matter } = leak;
  return { id: key, number, title, state, project, project_name, files, first_seen_at, reported_at, reported_by, outcome, trace_job, closed_as, case: matter };
}

function leakOf(story, change = {}) {
  const w = words[story.locale];
  return {
    id: matters.traced, number: "L-2026-0002", title: w.leak, state: "unmask_requested", project: matters.project, project_name: "Aurora E5", files: 2, first_seen_at: ago(70), reported_at: ago(69), reported_by: "Noa Reyes",
    outcome: "identified", trace_job: id("job1"), closed_as: null, case: null, note: w.post, close_note: null, version: 4,
    sightings: sightings(w), publications: [], release_matches: [{ item: id("item1"), release: id("re1"), title: "E5 teaser", published_at: ago(400), same_picture: false, words: said("It is like “E5 teaser”, and not the same picture.", "与“E5 teaser”相似，但不是同一张图片。") }],
    answers: { public_before: "no", covered: "yes", public_before_note: "", covered_note: "C-2026-0042", answered_at: ago(60), answered_by: "Noa Reyes", helps: [said("None of our releases before 70 hours ago shows this picture.", "70 小时前我方发布的图片中没有这一张。"), said("14 commitments were in force then; 14 of them cover group chats.", "当时有 14 份承诺书生效，其中 14 份覆盖群聊。")] },
    unmaskings: [{ id: id("un1"), state: "requested", trace: id("trace1"), requested_by: "Noa Reyes", requested_at: ago(3), reason: w.reason, decided_by: null, decided_at: null, decision_reason: null }],
    viewed: [{ who: "Noa Reyes", at: ago(4) }, { who: "Paul Okoro", at: ago(0.1) }], next: [], hints: [],
    ...change,
  };
}

/** What the log holds of a case, the latest first: it is not in a checkpoint yet, the very latest has no place. */
function logEntries({ subject, offset, limit }) {
  const kinds = ["case_accused", "custody_step", "case_claim", "case_reply", "case_decided", "case_payment", "custody_step"];
  const entries = kinds
    .map((kind, at) => ({ entry: id(`entry${at}`), kind, subject, time: ago(80 - 10 * at), salt: hash("0"), text: `${kind}\n${subject}\n{"sequence":${at}}`, commitment: hash("5"), index: at === 6 ? null : at === 5 ? 51_241 : 51_100 + 7 * at }))
    .reverse();
  return { items: entries.slice(offset, offset + limit), total: entries.length };
}

function evidence() {
  const item = (name, kind, change = {}) => ({ id: id(name), kind, parent: null, name: `${name}.jpg`, media_type: "image/jpeg", size_bytes: 412_884, sha256: hash("a"), added_at: ago(69), added_by: "Noa Reyes", picture: true, problem: null, ...change });
  return list([item("item1", "original", { name: "IMG-20261119-WA0007.jpg" }), item("item2", "repost", { parent: id("item1"), name: "forum-551.webp", media_type: "image/webp" }), item("item3", "original", { name: "notes.bin", media_type: "application/octet-stream", picture: false, problem: "not a picture that can be decoded" })]);
}

function bell() {
  return Array.from({ length: 34 }, (_, at) => Math.round(9_400 * Math.exp(-((at - 16.5) ** 2) / 26)));
}

function resultOf(masked) {
  const makings = [
    { purpose: "issue", made_at: masked ? null : ago(300), words: said("Issued to its recipient", "签发给接收人") },
    { purpose: "issue", made_at: masked ? null : ago(211), words: said("Made again for the recipient's second download", "因接收人第二次下载而再次生成") },
  ];
  return {
    trace: id("trace1"), created_at: ago(5), outcome: "identified", masked, stale: false, log10_bound: -14.3,
    title: said("One copy is identified: copy A", "已认定一份副本：副本 A"),
    verdict: said("The leaked picture carries the code of copy A. This names a copy, not a person.", "泄露图片带有副本 A 的编码。这指认的是副本，而不是个人。"),
    bound: said("If copy A had no part in this, a score this high would turn up at most once in two hundred million million tries.", "若副本 A 与此无关，如此高的得分在两百万亿次中至多出现一次。"),
    limits: [said("This is the copy issued to one recipient; it does not show who passed it on.", "这是签发给某一接收人的副本，并不说明是谁传出去的。"), said("The issuer could have made this copy too, and so could whoever had the mailbox.", "签发方及任何能使用该邮箱的人也可能生成此副本。"), said("A stolen or shared device looks the same from here.", "设备被盗或共用，从这里看是一样的。")],
    would_change: [said("A file of better quality could only raise the score.", "质量更好的文件只会提高得分。"), said("Evidence that the mailbox was used by somebody else.", "表明该邮箱被他人使用的证据。")],
    findings: [{ role: "accused", label: "A", copy: masked ? null : id("copy1"), issued_at: masked ? null : ago(300), cells: 812, agreeing_cells: 741, standard_score: 24.6, log10_bound: -14.3, makings, asset_titles: ["Cockpit, night"], recipient: masked ? null : { party: id("party1"), name: "Mei Lindqvist", organisation: "Motor Weekly", email: "mei@motorweekly.example" } }],
    plot: { decoder: "linear, GL(8)", first_bin: -17, bins_per_unit: 4, counts: bell(), highest_other: 4.1, identified_line: 8.3, lead_line: 5.6 },
    trials: { candidates: 68_904, alignments: 12, masters: 6, decoders: 2, passes: 1 },
    files: [
      { item: id("item1"), name: "IMG-20261119-WA0007.jpg", sha256: hash("a"), aligned: true, done: [said("Cropped to about 62 % of the master, recompressed twice.", "裁切至母本约 62%，两次重新压缩。")], asset_title: "Cockpit, night", master_width_px: 3840, master_height_px: 2160, lay: { method: "features", inliers: 214, structure_agreement: 0.94, share_shown: 0.62, share_foreign: 0.04, scale: 0.41, rotation_degrees: 1.3, mirrored: false, cells_seen: 812, outline_px: [[420, 260], [3380, 190], [3420, 1900], [460, 1960]] }, pictures: { leak: id("item1"), master: id("master1"), master_part: id("master2"), leak_part: id("item1") } },
      { item: id("item3"), name: "notes.bin", sha256: hash("b"), aligned: false, miss: "not a picture", done: [], asset_title: null, lay: null, pictures: null },
    ],
    coverage: { answer: "yes", words: [said("The commitment of copy A was in force and covers group chats.", "副本 A 的承诺书当时有效，且覆盖群聊。")], commitment: masked ? null : id("c0mm1"), commitment_number: masked ? null : "C-2026-0042" },
    report: { json: id("rep1"), html: id("rep2"), readme: id("rep3"), sha256: hash("c") },
  };
}

function footage(state = "done") {
  const lead = (rank, name, match, score) => ({
    rank, match, score, picture: 0, shoot: matters.shoot, shoot_title: "Studio day 1", party: id("party" + rank), party_name: name, organisation_name: "Motor Weekly", commitment: id("c0mm1"), commitment_number: "C-2026-0042", in_force: rank === 1, slot: "Morning", zone: "Stage", frame: id("frame" + rank), frame_state: rank === 1 ? "not_to_be_used" : "handed_in", frames_matching: 3 - rank,
    reasons: [{ code: "same", en: "The same exposure: every one of 96 blocks agrees.", zh: "同一次曝光：96 个区块全部一致。" }, { code: "time", en: "Taken 2 s apart by the camera's clock.", zh: "按相机时钟相差 2 秒。" }],
    measures: { inliers: 340, coverage: 0.9, detail: 0.97, parallax_permille: 0.4, time_difference_s: 2 },
  });
  return { id: id("f00t1"), leak: matters.footage, job: id("job2"), state, by: "Noa Reyes", begun_at: ago(1), finished_at: ago(0.9), pictures: 1, earlier: state === "done" ? null : { by: "Noa Reyes", begun_at: ago(3), note: said("These are leads for questions, never a finding.", "以下仅是询问的线索，绝非认定。") }, shoots: [{ id: matters.shoot, title: "Studio day 1", frames: 48, compared: 46, left_out: 2 }], leads: [lead(1, "Mei Lindqvist", "same_shot", 0.93), lead(2, "林小雨", "same_standpoint", 0.41)], note: said("Somebody beside them may have taken nearly the same picture, and their phone may not have been in their own hands.", "旁边的人可能拍下几乎相同的画面，其手机也可能不在本人手中。") };
}

const moneyOf = (minor) => ({ minor, currency: "CNY", text: `CNY ${minor / 100}` });

const arbitrated = ago(30);

function amount() {
  return { commitment: id("c0mm1"), commitment_number: "C-2026-0042", version: 1, text_hash: hash("d"), agreed: moneyOf(5_000_000), reduction: moneyOf(1_500_000), reduction_reason: "The panel finds the loss smaller than claimed.", due: moneyOf(3_500_000), paid: moneyOf(2_000_000), outstanding: moneyOf(1_500_000), changes: [{ at: ago(120), source: "decision", taken_off: moneyOf(1_000_000), due: moneyOf(4_000_000), reason: "Taken down within eight hours." }, { at: arbitrated, source: "arbitration", taken_off: moneyOf(500_000), due: moneyOf(3_500_000), reason: "The panel finds the loss smaller than claimed." }], liable: "both", liable_names: ["Mei Lindqvist", "Motor Weekly"], above_loss: true, instalments: [{ due_at: ago(200), minor: 2_000_000, state: "paid" }, { due_at: ahead(500), minor: 1_500_000, state: "due" }] };
}

function consequences() {
  return [
    { id: id("con1"), kind: "agreed_amount", case_party: id("cp1"), party_name: "Mei Lindqvist", state: "active", text: "", due_at: ahead(500), amount: amount() },
    { id: id("con2"), kind: "apology", case_party: id("cp1"), party_name: "Mei Lindqvist", state: "planned", text: "I posted it, and it was not mine to post.", due_at: ahead(120) },
    { id: id("con3"), kind: "access_withdrawal", case_party: id("cp1"), party_name: "Mei Lindqvist", state: "done", text: "", done_at: ago(100), withdrawn_commitments: 2, withdrawn_copies: 11 },
  ];
}

function rectificationRow(w, change = {}) {
  return { id: matters.rectification, number: "R-2026-0001", case: matters.case, case_number: "K-2026-0001", supplier: id("sup1"), supplier_name: w.supplier, tier: 1, leaf_name: w.sub, stage: "cause", state: "escalated", submitted: true, due_at: ago(5), overdue: true, escalations: 1, ...change };
}

function caseOf(story) {
  const w = words[story.locale];
  const node = (key, kind, label, address = "") => ({ key, kind, label, address });
  return {
    id: matters.case, number: "K-2026-0001", title: w.case, summary: w.post, kind: "private_posting", state: "decided", severity: "high", revision: 9, project: matters.project, leak: matters.traced, leak_number: "L-2026-0002",
    owner: who("Noa Reyes", id("acc0unt9")), reviewer: who("Paul Okoro", id("acc0unt10")), second_reviewer: who(""), needs_second_reviewer: true, opened_at: ago(300), updated_at: ago(2), due_at: ahead(400), due_what: "appeal",
    parties: [
      { id: id("cp1"), party: id("party1"), name: "Mei Lindqvist", organisation: "Motor Weekly", role: "recipient", accused: true, basis: "unmasking", identified: true, commitment: id("c0mm1"), commitment_number: "C-2026-0042", note: "", public_name: "an editor" },
      { id: id("cp2"), party: id("sup2"), name: w.sub, organisation: w.supplier, role: "sub_supplier", accused: false, basis: null, identified: false, note: w.post },
    ],
    evidence: [{ evidence: id("item1"), own: false, title: "IMG-20261119-WA0007.jpg", media_type: "image/jpeg", size_bytes: 412_884, sha256: hash("a"), what: w.post, linked_at: ago(280), linked_by: "Noa Reyes", custody_steps: 12 }, { evidence: id("item7"), own: true, title: "来信 Motor Weekly.pdf", media_type: "application/pdf", size_bytes: 88_120, sha256: hash("8"), what: w.letter, linked_at: ago(190), linked_by: "Noa Reyes" }],
    timeline: [
      { id: id("m1"), what: w.post, automatic: false, happened_at: ago(400), discovered_at: ago(330), by: "Noa Reyes", source: "groups.example" },
      { id: id("m2"), what: "The leak was reported.", what_zh: "泄露已报告。", automatic: true, happened_at: ago(330), discovered_at: ago(330), by: "Probity" },
      { id: id("m3"), what: "The decision stands.", what_zh: "决定成立。", automatic: true, happened_at: null, discovered_at: ago(120), by: "Paul Okoro" },
    ],
    tasks: [
      { id: id("t1"), title: "Ask the group's owner for the member list", detail: "", assignee: who("Noa Reyes"), due_at: ago(10), state: "open", created_at: ago(200), overdue: true },
      { id: id("t2"), title: "核对论坛截图", detail: "", assignee: who("钱思远"), due_at: ahead(48), state: "open", created_at: ago(200), overdue: false },
      { id: id("t3"), title: "Take down request", state: "done", created_at: ago(250), done_at: ago(240), done_by: "Noa Reyes", overdue: false },
    ],
    notes: [{ id: id("n1"), text: "Spoke with the editor in chief; they will answer in writing.", by: "Noa Reyes", at: ago(190) }],
    graph: { nodes: [node("a", "person", "Mei Lindqvist"), node("b", "group", "MW desk"), node("c", "group", "E5 fans", "https://groups.example/e5-fans"), node("d", "account", "vroom_77"), node("e", "page", "forum.example/t/551", "https://forum.example/t/551"), node("f", "channel", "Leaks daily")], edges: [{ from: "a", to: "b", kind: "sent", at: ago(402) }, { from: "b", to: "c", kind: "forwarded", at: ago(400) }, { from: "c", to: "d", kind: "copied" }, { from: "d", to: "e", kind: "posted", at: ago(390) }, { from: "c", to: "f", kind: "forwarded" }] },
    mitigation: { taken_down_at: ago(392), self_reported: true, self_reported_at: ago(396), first_offence: true, note: "" }, loss: { minor: 2_500_000, currency: "CNY", text: "Agency hours and a brought-forward campaign." },
    conflicts: [{ id: id("cf1"), account: who("Paul Okoro", id("acc0unt10")), case_party: id("cp1"), relation: "colleague", text: "Worked at Motor Weekly until 2024.", declared_by: "Paul Okoro", declared_at: ago(200), automatic: false }],
    claim: { text: "We claim that the copy issued to you was posted in a group chat before the embargo ended.", sent_at: ago(260), reply_until: ago(92) },
    replies: [{ id: id("r1"), case_party: id("cp1"), party_name: "Mei Lindqvist", text: "I sent it to our desk group. I did not know that somebody would forward it.", received_at: ago(200), channel: "page", admits: true, documents: [{ name: "chat.pdf", sha256: hash("e"), size_bytes: 8123 }] }],
    proposals: [
      { id: id("p1"), finding: "breach", reasons: "The promise covers work groups; this was explained and ticked.", state: "agreed", proposed_by: who("Noa Reyes", id("acc0unt9")), proposed_at: ago(130), ended_by: who("Paul Okoro"), ended_at: ago(120), ended_reason: "I read the reply and the result; it convinces me.", appeal_days: 30, consequences: consequences().slice(0, 2) },
      { id: id("p2"), finding: "breach", reasons: "Raise the amount.", state: "proposed", proposed_by: who("Lena Ortiz", id("acc0unt99")), proposed_at: ago(4), appeal_days: 30, consequences: [] },
    ],
    decision: { finding: "breach", reasons: "The promise covers work groups; this was explained and ticked.", proposed_by: who("Noa Reyes"), agreed_by: who("Paul Okoro"), agreed_reason: "", decided_at: ago(120), appeal_until: ahead(400) },
    consequences: consequences(),
    appeals: [{ id: id("ap1"), case_party: id("cp1"), party_name: "Mei Lindqvist", text: "The desk group has six people, all of whom had signed.", filed_at: ago(50), channel: "page", state: "filed", outcome: null, reasons: "" }],
    holds: [{ id: id("h01d1"), case_party: id("cp1"), party_name: "Mei Lindqvist", reason: w.reason, by: who("Noa Reyes", id("acc0unt9")), since: ago(290), ended_at: ago(120), ended_by: "Paul Okoro", ended_reason: "decided" }],
    stages: [
      { id: id("st1"), kind: "arbitration", body: "Arbitration Commission, Northport", reference: "A 7/26", opened_at: ago(100), state: "ended", outcome: "reduced", text: "The panel finds the loss smaller than claimed.", ended_at: arbitrated },
      { id: id("st2"), kind: "court", body: "District Court, Northport", reference: "3 C 112/26", opened_at: ago(20), state: "pending", outcome: null, text: "" },
    ],
    rectifications: [rectificationRow(w)],
    publication: { allowed: false, not_before: ahead(400), reason: "The time for appeal has not passed.", reason_zh: "申诉期限尚未届满。" },
    next_moves: ["propose", "decide_appeal", "close"],
  };
}

// Before the decision: access is withheld, and the supplier's answer is awaited.
function freshCase(story) {
  const w = words[story.locale];
  const accused = { id: id("cp3"), party: id("sup2"), name: w.sub, organisation: w.supplier, role: "sub_supplier", accused: true, basis: "inquiry", identified: false, commitment: id("c0mm3"), commitment_number: "C-2026-0051", note: "", public_name: "" };
  const other = { ...accused, id: id("cp4"), party: id("party4"), name: "Jan Dorn", organisation: w.sub, role: "employee", commitment: null, commitment_number: "" };
  return {
    ...caseOf(story), id: matters.fresh, number: "K-2026-0002", title: w.leak2, kind: "supplier_leak", state: "reply", severity: "critical", due_at: ago(8), due_what: "reply", needs_second_reviewer: false,
    parties: [accused, other], holds: [{ id: id("h01d2"), case_party: id("cp3"), party_name: w.sub, reason: w.reason, by: who("Noa Reyes", id("acc0unt9")), since: ago(30), ended_at: null }],
    evidence: [], proposals: [], decision: undefined, consequences: [], appeals: [], stages: [], rectifications: [], replies: [], next_moves: ["propose", "close"],
  };
}

function rectificationOf(story) {
  const w = words[story.locale];
  return {
    ...rectificationRow(w, { submitted: undefined }), case_title: w.case, leaf: id("sup2"), contact_name: "Petra Sommer", contact_email: "petra@lumen.example", severity: "high", problem: w.post, requirement: "Nobody below tier 1 receives material before they have signed.", submitted_at: ago(3), issued_at: ago(200), closed_at: null, team: "Petra Sommer, Jan Dorn",
    containment: [{ text: "All copies at the sub-supplier locked.", owner: "Jan Dorn", due_at: ago(150), done_at: ago(152), proof: "Ticket 881" }], occurrence: [{ text: "Drawings went by ordinary mail to the sub-supplier.", method: "five whys" }], escape: [{ text: "Nobody compared the list of recipients with the list of signatures." }],
    actions: [{ text: "Deliver to sub-suppliers only through their own copies.", kind: "process", owner: "Petra Sommer", due_at: ahead(300), done_at: null, evidence: "" }],
    flow_down: [{ supplier: id("sup2"), name: w.sub, tier: 2, parent: id("sup1"), parent_name: w.supplier, leaf: true, commitment_signed: true, copies_recalled: false, note: "", in_force_since: ago(40), open_copies: 2 }],
    decisions: [{ stage: "containment", accepted: true, by: "Noa Reyes", at: ago(120), reason: "Seen on site." }, { stage: "cause", accepted: false, by: "Noa Reyes", at: ago(60), reason: "“Operator error” is not a cause." }],
    stages: [{ stage: "issued", begun_at: ago(200), due_at: ago(192), accepted_at: ago(195) }, { stage: "containment", begun_at: ago(195), due_at: ago(150), accepted_at: ago(120) }, { stage: "cause", begun_at: ago(120), due_at: ago(5) }],
  };
}

function statementOf(story, draft) {
  const statement = { id: draft ? matters.draft : matters.statement, number: draft ? "S-2026-0002" : "S-2026-0001", kind: "private_posting", relation: "original", state: draft ? "draft" : "published", case: matters.case, case_number: "K-2026-0001", follows: null, title_en: "A picture of the E5 was posted before its release", title_zh: "E5 图片在发布前被张贴", drafted_by: "Noa Reyes", approvals: draft ? 0 : 2, created_at: ago(90), submitted_at: draft ? null : ago(80), published_at: draft ? null : ago(60), tombstoned_at: null };
  const link = { id: statement.id, number: statement.number, kind: statement.kind, relation: statement.relation, state: "published", title_en: statement.title_en, title_zh: statement.title_zh, published_at: statement.published_at, follows: null };
  return {
    statement,
    texts: { en: { title: statement.title_en, body: "On 3 November a picture of our E5 was posted in a group chat before its release.\n\nThe person concerned, an editor, has apologised. The agreed amount has been settled in two instalments." }, zh: { title: statement.title_zh, body: "11 月 3 日，我公司 E5 的一张图片在发布前被发到群聊。\n\n当事人（一名编辑）已致歉，约定金额分两期支付。" } },
    parties: [{ party: id("party1"), role: "Editor", person: true, naming: "role", label_en: "an editor", label_zh: "一名编辑" }, { party: id("org1"), role: "Outlet", person: false, naming: "full", label_en: "Motor Weekly", label_zh: "汽车周刊" }],
    replies: [{ label_en: "an editor", label_zh: "一名编辑", given: true, text: "I sent it to our desk group. I am sorry.", received_at: ago(200) }],
    approvals: draft ? [] : [{ account: id("a1"), name: "Paul Okoro", at: ago(75) }, { account: id("a2"), name: "Ines Vogt", at: ago(70) }], content_hash: hash("f"),
    may: draft ? ["edit", "submit", "withdraw"] : ["follow_up", "tombstone"],
    hindrances: draft ? [{ code: "time_not_passed", message: "The time for appeal has not passed.", message_zh: "申诉期限尚未届满。", until: ahead(400) }, { code: "approvals_missing", message: "Two people have to approve it.", message_zh: "须由两人批准。" }] : [],
    chain: draft ? [] : [link, { ...link, id: id("statement3"), number: "S-2026-0003", relation: "paid", kind: "paid", title_en: "The agreed amount has been paid", title_zh: "约定金额已付清", published_at: ago(10), follows: matters.statement }],
    pdf_sha256: draft ? null : hash("9"), log_index: draft ? null : 412, public_url: draft ? null : "https://probity.aurora.example/statements/2k9", tombstone: undefined, withdrawn_reason: null, job: null,
  };
}

const removal = { en: "District Court, Northport, order 3 C 112/26 of this week.", zh: "北港区法院本周第 3 C 112/26 号裁定。" };

// A published one whose removal was asked for by somebody else, and one that is gone.
function removingStatement(story) {
  const detail = statementOf(story, false);
  return { ...detail, statement: { ...detail.statement, id: matters.removing, number: "S-2026-0004" }, chain: [], removal_request: { by: "Ines Vogt", own: false, at: ago(5), grounds: "court_order", reason: removal[story.locale] } };
}

function removedStatement(story) {
  const detail = statementOf(story, false);
  return { ...detail, statement: { ...detail.statement, id: matters.removed, number: "S-2026-0005", state: "tombstoned", tombstoned_at: ago(2), title_en: "", title_zh: "" }, texts: {}, parties: [], replies: [], chain: [], may: ["follow_up"], tombstone: { at: ago(2), grounds: "court_order", reason: removal[story.locale] } };
}

function publicRemoved(story) {
  const { statement, tombstone } = removedStatement(story);
  return { id: statement.id, number: statement.number, kind: statement.kind, relation: "original", state: "tombstoned", organisation: { name: "Aurora Motors", url: "https://aurora.example", domain: "aurora.example", contact: "press@aurora.example" }, texts: {}, parties: [], replies: [], published_at: ago(60), sealed_at: ago(60), chain: [], tombstone, url: `/statements/${statement.id}`, server_time: ago(0) };
}

function shoot() {
  const attendee = (name, letter, in_force = true) => ({ party: id("party" + letter), party_name: name, organisation_name: "Motor Weekly", commitment: id("c0mm" + letter), commitment_number: `C-2026-004${letter}`, commitment_state: in_force ? "in_force" : "revoked", in_force, slot: id("s10t1"), zone: null, frames: letter === "3" ? 0 : 6, waiting: letter === "1" ? 4 : 0, added_at: ago(80) });
  return { id: matters.shoot, project: matters.project, project_name: "Aurora E5", title: "Studio day 1", place: "Hall 4, Northport", time_zone: "Europe/Berlin", state: "open", slots: [{ id: id("s10t1"), label: "Morning", from: ago(100), to: ago(96) }], zones: [{ id: id("z0ne1"), label: "Stage" }], attendees: [attendee("Mei Lindqvist", "1"), attendee("林小雨", "2"), attendee("Otto Brandt", "3", false)], counts: { attendees: 3, frames: 12, waiting: 4, cleared: 5, not_to_be_used: 2, deleted: 1 }, created_at: ago(120), closed_at: null };
}

function frames() {
  const states = ["handed_in", "handed_in", "cleared", "cleared", "not_to_be_used", "deleted", "handed_in", "cleared", "handed_in", "cleared", "not_to_be_used", "cleared"];
  return list(
    states.map((state, at) => ({
      id: id(`frame${at}`), shoot: matters.shoot, party: id(at % 2 ? "party1" : "party2"), party_name: at % 2 ? "Mei Lindqvist" : "林小雨", file_name: `IMG_${1200 + at}.jpg`, media_type: "image/jpeg", size_bytes: 3_000_000, sha256: hash("7"), width_px: 4032, height_px: 3024, taken_at: ago(99 - at / 10), camera: "Pixel 9", state, preparation: at === 6 ? "unreadable" : "ready", slot: id("s10t1"), zone: null, handed_in_at: ago(95), decided_at: null, confirmed_at: state === "deleted" ? ago(80) : null, destroyed_at: state === "deleted" ? ago(85) : null, same_file: 0,
      clearances: state === "handed_in" ? [] : [{ decision: state === "deleted" ? "delete" : state, reason: "The prototype's plate is readable.", by: "Ines Vogt", at: ago(85) }],
    })),
  );
}

const release = { id: id("re1"), project: matters.project, title: "E5 teaser", where: "https://aurora.example/news/e5", released_at: ago(400), registered_at: ago(399), registered_by: "Ines Vogt", file_name: "e5.jpg", media_type: "image/jpeg", size_bytes: 812_000, sha256: hash("6"), width_px: 3000, height_px: 2000, state: "registered", withdrawn_reason: "" };

function caseRow(w, change = {}) {
  return { id: matters.case, number: "K-2026-0001", title: w.case, kind: "private_posting", state: "decided", severity: "high", project: matters.project, owner: who("Noa Reyes"), reviewer: who("Paul Okoro"), accused: ["Mei Lindqvist"], opened_at: ago(300), updated_at: ago(2), due_at: ahead(400), due_what: "appeal", overdue: false, tasks_open: 2, rectifications_open: 1, ...change };
}

function rows(w) {
  return [caseRow(w), caseRow(w, { id: matters.fresh, number: "K-2026-0002", title: w.leak2, state: "reply", severity: "critical", kind: "supplier_leak", accused: [w.sub], due_at: ago(8), due_what: "reply", overdue: true }), caseRow(w, { id: id("case3"), number: "K-2026-0003", title: w.leak, state: "open", severity: "low", kind: "unknown", accused: [], owner: who("钱思远"), due_at: null })];
}

const caseStates = ["open", "investigating", "reply", "decided", "appeal", "final", "overturned", "closed"];

const custody = [["Taken as evidence", "作为证据保存"], ["Bytes hashed", "计算哈希"], ["Result looked at", "查看结果"]].map(([en, zh], at) => ({ sequence: at + 1, time: ago(69 - at), action: "evidence.taken", words: said(en, zh), item: id("item1"), actor: { kind: "account", id: null, name: "Noa Reyes" }, why: "", tool: "probity", data: {}, hash: hash("4") }));

const caseCustody = [["accused_named", "Party accused", "列为被指方"], ["access_withheld", "Access withheld", "暂停权限"], ["linked_to_case", "Linked to a case", "关联到案件"], ["decided", "Decided", "作出决定"]].map(([action, en, zh], at) => ({ ...custody[0], sequence: at + 1, time: ago(300 - 40 * at), action, words: said(en, zh), item: null, hash: hash("5") }));

/** [pattern, what is answered]; the first that fits. */
const routes = [
  [/^\/session$/, (story) => ({ account: accountOf(story.locale, story.roles, story.name), organisation: story.locale === "zh" ? "曙光汽车" : "Aurora Motors", zone: "Europe/Berlin", csrf_token: "csrf", expires_at: ahead(8) })],
  [/^\/projects$/, () => list([project])],
  [/^\/projects\/\w+$/, () => project],
  [/^\/projects\/\w+\/shoots$/, () => list([shoot()])],
  [/^\/jobs$/, () => list([])],
  [/^\/jobs\/\w+$/, (_, path) => ({ id: path.split("/").pop(), kind: "trace_leak", state: "done", title: "Trace", title_zh: "溯源", done: 1, total: 1, created_at: ago(6), finished_at: ago(5) })],
  [/^\/log\/entries$/, (story) => (story.subject === matters.case ? logEntries(story) : list([]))],
  [/^\/log$/, () => ({ origin: "probity.aurora.example/log", key: "probity.aurora.example/log+0f1e2d3c+AcX9", size: 51_240, waiting: 3, unpublished: 0, published: { size: 51_240, root: hash("3"), checkpoint: "probity.aurora.example/log\n51240\nSGVsbG8gd29ybGQ=\n\n— probity.aurora.example/log 0f1e2d3cAcX9\n" }, quorum: "two", witnesses: [{ name: "northport", url: "", cosigned_size: 51_240, cosigned_at: ago(0.01), trouble: "" }, { name: "harbour", url: "", cosigned_size: 51_200, cosigned_at: ago(2), trouble: "no answer in 5 s" }], stamps: { wanted: true, size: 51_102, time: ago(0.4), trouble: "" }, trouble: "" })],
  [/^\/cases\/dashboard$/, (story) => ({ open: 3, by_state: { open: 1, reply: 1, decided: 1 }, overdue: 1, waiting_for_second: 2, deadlines: [["reply", -8, words[story.locale].leak2], ["rectification", -5, words[story.locale].case], ["task", 48, words[story.locale].case], ["appeal", 400, words[story.locale].case], ["payment", 500, words[story.locale].case]].map(([what, hours, title], at) => ({ case: matters.case, number: `K-2026-000${1 + (at % 2)}`, title, what, detail: "", due_at: ahead(hours), overdue: hours < 0 })) })],
  [/^\/cases\/board$/, (story) => ({ columns: caseStates.map((state) => ({ state, total: rows(words[story.locale]).filter((row) => row.state === state).length, items: rows(words[story.locale]).filter((row) => row.state === state) })) })],
  [/^\/cases$/, (story) => list(rows(words[story.locale]))],
  [/^\/cases\/\w+\/payments$/, () => ({ ...list([{ id: id("pay1"), sequence: 1, consequence: id("con1"), kind: "payment", amount: moneyOf(2_100_000), paid_at: ago(200), payer: "Motor Weekly", liable: "organisation", reference: "TX-8812", note: "", corrects: null, recorded_at: ago(199), recorded_by: "Noa Reyes" }, { id: id("pay2"), sequence: 2, consequence: id("con1"), kind: "correction", amount: moneyOf(-100_000), paid_at: ago(200), payer: "Motor Weekly", liable: "organisation", reference: "", note: "Typed wrongly.", corrects: id("pay1"), recorded_at: ago(198), recorded_by: "Noa Reyes" }]), balances: [amount()] })],
  [/^\/cases\/\w+\/custody$/, () => list(caseCustody)],
  [/^\/cases\/\w+\/files$/, () => list([])],
  [/^\/cases\/\w+$/, (story, path) => (path.endsWith(matters.fresh) ? freshCase(story) : caseOf(story))],
  [/^\/rectifications$/, (story) => list([rectificationRow(words[story.locale])])],
  [/^\/rectifications\/\w+$/, (story) => rectificationOf(story)],
  [/^\/statements$/, (story) => list([statementOf(story, true).statement, statementOf(story, false).statement])],
  [/^\/statement-templates$/, () => list(["private_posting", "supplier_leak", "own_footage", "other"].map((kind) => ({ kind, en: { title: "A picture was posted before its release", body: "On {date} a picture of {product} was posted before its release. We have decided with the person concerned what follows." }, zh: { title: "图片在发布前被张贴", body: "{date}，{product} 的一张图片在发布前被张贴。我们已与当事人确定后续处理。" } })))],
  [/^\/statements\/\w+$/, (story, path) => (path.endsWith(matters.removing) ? removingStatement(story) : path.endsWith(matters.removed) ? removedStatement(story) : statementOf(story, path.endsWith(matters.draft)))],
  [/^\/public\/statements\/\w+$/, (story) => publicRemoved(story)],
  [/^\/public\/seal$/, () => ({ version: 1, organisation: "Aurora Motors", seals: [], log: null, statements_url: "/statements", updated_at: ago(90) })],
  [/^\/leaks$/, (story) => list([leakOf(story), leakOf(story, { id: matters.leak, number: "L-2026-0003", title: words[story.locale].leak2, state: "reported", outcome: null, files: 1 })].map(leakRow))],
  [/^\/leaks\/\w+\/result$/, (story) => resultOf(story.masked)],
  [/^\/leaks\/\w+\/evidence$/, () => evidence()],
  [/^\/leaks\/\w+\/custody$/, () => list(custody)],
  [/^\/leaks\/\w+\/custody\/check$/, () => ({ holds: true, items: 7, steps: 31, faults: [] })],
  [new RegExp(`^/leaks/${matters.traced}/own-footage$`), () => footage("running")],
  [/^\/leaks\/\w+\/own-footage$/, () => footage()],
  [/^\/leaks\/\w+$/, (story, path) => (path.endsWith(matters.leak) ? leakOf(story, { id: matters.leak, number: "L-2026-0003", title: words[story.locale].leak2, state: "reported", outcome: null, files: 1, unmaskings: [], viewed: [], answers: { ...leakOf(story).answers, public_before: null, covered: null, answered_at: null, answered_by: null } }) : leakOf(story, story.masked ? {} : { state: "unmasked", unmaskings: [{ ...leakOf(story).unmaskings[0], state: "agreed", decided_by: "Paul Okoro", decided_at: ago(1), decision_reason: "" }] }))],
  [/^\/shoots\/\w+\/frames$/, () => frames()],
  [/^\/shoots\/\w+$/, () => shoot()],
  [/^\/releases$/, () => list([release, { ...release, id: id("re2"), title: "E5 interior, colours", state: "withdrawn", withdrawn_reason: "Registered twice." }])],
  [/^\/releases\/search$/, () => ({ official: true, since: ago(400), en: "A part of “E5 teaser”.", zh: "“E5 teaser”的一部分。", matches: [{ release, match: "part", since: ago(400), en: "This picture lies within “E5 teaser”.", zh: "此图片位于“E5 teaser”之内。", inliers: 231, coverage: 0.98 }] })],
  [/^\/parties$/, () => list([])],
  [/^\/accounts$/, () => list([])],
  [/^\/commitments/, () => list([])],
];

const project = { id: matters.project, name: "Aurora E5", description: "", state: "open", sample: false, people: [], embargoes: [], created_at: ago(2000), counts: { assets: 6, commitments: 14, in_force: 14, waiting: 0, declined: 0, copies: 84, opened: 51, slips: 0 } };

async function page(folder, path) {
  const file = extname(path) ? join(folder, path) : join(folder, "index.html");
  try {
    return { status: 200, type: types[extname(file)] ?? "application/octet-stream", body: await readFile(file) };
  } catch {
    return { status: 404 };
  }
}

/**
 * Serves the built pages from a folder, and the staff's half of the API out of the story that was told last. `more` are
 * routes that come before those of matters; theirs may lie beside the API too.
 */
export async function startMatters(folder, more = []) {
  if (!folder) throw new Error("PROBITY_PAGES names the folder of the built pages");
  const picture = await readFile(picturePath(0));
  let story = { locale: "en", roles: ["investigator", "custodian"], name: "Noa Reyes", masked: true };
  const missing = new Set();
  // Answers that the description of the API would not give.
  const unfit = new Set();
  let busy = 0;
  const server = createServer(async (request, response) => {
    // The stream of events stays open for as long as its page does.
    const counts = !request.url.startsWith("/api/v1/events");
    if (counts) busy += 1;
    if (counts) response.once("close", () => { busy -= 1; });
    const path = normalize(new URL(request.url, "http://x").pathname);
    for await (const _ of request);
    if (!path.startsWith("/api/v1/") && !path.startsWith("/alliance/v1/")) {
      const given = await page(folder, path);
      return response.writeHead(given.status, given.type ? { "content-type": given.type } : {}).end(given.body);
    }
    const asked = path.replace(/^\/api\/v1/, "");
    if (asked === "/events") return response.writeHead(200, { "content-type": "text/event-stream" }).write(": \n\n");
    if (/\/(picture|preview|pictures\/\w+)$/.test(asked)) return response.writeHead(200, { "content-type": "image/jpeg" }).end(picture);
    if (asked.endsWith("/qr.svg")) return response.writeHead(200, { "content-type": "image/svg+xml" }).end('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21"><path d="M0 0h7v7H0zM14 0h7v7h-7zM0 14h7v7H0zM9 9h4v4H9z"/></svg>');
    const route = [...more, ...routes].find(([pattern]) => pattern.test(asked));
    if (!route) missing.add(`${request.method} ${asked}`);
    const query = new URL(request.url, "http://x").searchParams;
    const subject = query.get("subject");
    const answer = route ? route[1](subject ? { ...story, subject, offset: Number(query.get("offset") ?? 0), limit: Number(query.get("limit") ?? 50) } : story, asked, request.method) : { type: "about:blank", title: "Not found", title_zh: "未找到", status: 404, code: "not_found", detail: asked };
    if (route) for (const wrong of wrongAnswer(request.method, asked, answer)) unfit.add(wrong);
    return response.writeHead(route ? 200 : 404, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    missing,
    unfit,
    /** Until nothing has been asked for a while: what the page needed is there. */
    async quiet(still_ms = 150) {
      for (let since = Date.now(), tries = 0; Date.now() - since < still_ms && tries < 200; tries += 1) {
        await new Promise((next) => setTimeout(next, 25));
        if (busy > 0) since = Date.now();
      }
    },
    tell(change) {
      story = { ...story, ...change };
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
