// What a hub and its members would answer, shaped as docs/api/openapi.yaml says: a hit half way, a listing under dispute, a
// bulletin with its thread. People and organisations are invented.
const letters = "0123456789abcdefghjkmnpqrstvwxyz";
const id = (name) => [...name.padEnd(26, "z")].slice(0, 26).map((letter) => (letters.includes(letter) ? letter : "z")).join("");
const ago = (hours) => new Date(Date.now() - hours * 3_600_000).toISOString();
const ahead = (hours) => ago(-hours);
const list = (items) => ({ items, total: items.length });
const hash = (letter) => letter.repeat(64);
const said = (en, zh) => ({ en, zh });

export const listings = { query: id("query1"), miss: id("query2"), hit: id("hit1"), company: id("c0mpany1"), batch: id("batch1"), filing: id("fjjing1"), draft: id("fjjing2"), matter: id("jisting1"), member: id("member1"), bulletin: id("bunn1"), own: id("draft1"), joint: id("j0int1") };

const queryOf = (path) => {
  const miss = path.endsWith(listings.miss);
  return { id: miss ? listings.miss : listings.query, number: miss ? "Q-2027-0041" : "Q-2027-0042", kind: "resident_id", purpose: "employment", requisition: "REQ-2027-118", consent: { basis: "given", date: "2027-03-02" }, consent_commitment: hash("4"), asked_by: "Sam Okafor", asked_at: ago(30), answered_at: ago(30), outcome: miss ? "not_listed" : "hit", hit: miss ? null : listings.hit, hit_number: miss ? null : "H-2027-0003", receipt_sha256: hash("a"), repeats: miss ? 0 : 1 };
};

const step = (kind, hours, detail = {}) => ({ kind, time: ago(hours), by: "Sam Okafor", detail });
const hit = {
  id: listings.hit, number: "H-2027-0003", query: listings.query, query_number: "Q-2027-0042", purpose: "employment", requisition: "REQ-2027-118", state: "waiting", pending: true, found_at: ago(30),
  labels: [{ reference: "F-2026-0007", conduct: "bribery", conduct_title: said("Bribery", "行贿受贿"), filer: "Aurora Motors", contact: "integrity@aurora.example", decided_at: ago(4000), until: ahead(40_000), stands: true, answer: "confirmed" }],
  wait_until: ahead(80), change: null, decision: null, next: ["answer", "withdraw"],
  may: [said("Go on with the steps of hiring that have nothing to do with the listing", "可以继续与该记录无关的录用步骤"), said("Hear the person, at any time", "可以随时听取本人意见")],
  may_not: [said("Turn the person down, or let them wait beyond others, because of the listing", "不得因该记录拒绝此人，也不得使其等待时间长于他人"), said("Tell anybody but those who decide", "不得告知决策者以外的任何人")],
  steps: [step("found", 30), step("identity_confirmed", 28, { way: "birth_date", note: "Compared at the first interview." }), step("filer_contacted", 26, { note: "Three payments; the judgment is final." }), step("person_notified", 25, { note: "Told by mail." }), step("person_answered", 3, { note: "It was a loan among friends." })],
};

const entry = { listing: id("jisting9"), names: ["蓝鹤光学（深圳）有限公司"], former_names: ["深圳蓝鹤电子有限公司"], credit_code: "91440300MA5EXAMP0X", lei: null, registration: null, conduct: "counterfeit_goods", conduct_title: said("Counterfeit goods", "制售假冒商品"), severity: "grave", filer: id("member2"), filer_name: "Meridian Tools", since: ago(2000), until: ahead(30_000), status: "active", corrected_at: null };
const enterpriseList = { version: 41, count: 1843, root: hash("7"), made_at: ago(2), signature: hash("8") };
const company = {
  id: listings.company, number: "C-2027-0009", name: "蓝鹤光学有限公司", credit_code: null, lei: null, registration: null, purpose: "supplier_onboarding", requisition: "SUP-77", asked_by: "Sam Okafor", asked_at: ago(3), outcome: "likely", list: enterpriseList, receipt_sha256: hash("b"),
  matches: [{ level: "likely", by: "name", name: entry.names[0], former: false, score: 0.87, hit: null, entry, evidence: [{ feature: "brand", finding: "same", weight: 6.2, sentence: said("The brand is the same: 蓝鹤", "字号相同：蓝鹤") }, { feature: "trade", finding: "same", weight: 1.8, sentence: said("The trade is the same: 光学", "行业相同：光学") }, { feature: "region", finding: "missing", weight: -0.7, sentence: said("The region is missing on one side", "一方缺少行政区划") }] }],
};
const counts = { not_listed: 98_211, another_company: 1204, possible: 514, likely: 41, confirmed: 7, unreadable: 23 };
const batch = { id: listings.batch, number: "B-2027-0002", file_name: "partners-2027-03.csv", purpose: "periodic_review", requisition: "PR-2027", made_by: "Sam Okafor", made_at: ago(5), state: "done", job: null, rows: 100_000, done: 100_000, counts, list: enterpriseList, problem: null, finished_at: ago(5), notes: [said("The file is in GB18030.", "文件编码为 GB18030。"), said("Names from “名称”, numbers from “统一社会信用代码”.", "名称取自“名称”列，号码取自“统一社会信用代码”列。")] };
const partnerRows = [
  { line: 2, name: "蓝鹤光学有限公司", number: "", level: "likely", problem: null, matches: [{ listing: entry.listing, level: "likely", by: "name", name: entry.names[0], former: false, score: 0.87, status: "active", conduct: "counterfeit_goods", filer_name: "Meridian Tools" }] },
  { line: 3, name: "Feinglas GmbH", number: "", level: "not_listed", problem: null, matches: [] },
  { line: 4, name: "", number: "9144030X", level: "unreadable", problem: said("Neither a name nor a number that can be right.", "既没有名称，也没有可能正确的号码。"), matches: [] },
];
const watch = { id: id("watch1"), name: "蓝鹤光学有限公司", credit_code: null, lei: null, registration: null, note: "lamps", added_by: "Sam Okafor", added_at: ago(700), level: "likely", matches: [], changed_at: ago(6), seen: false, changes: [{ what: "listed", time: ago(6), list_version: 41, level: "likely", listing: entry.listing, status: "active", name: entry.names[0], sentence: said("A company that resembles it was listed.", "一家与其相似的企业被列入。") }] };

const ladder = [
  { rung: "notice", from: ago(700), until: ago(690), now: false, done: true },
  { rung: "wait", from: ago(690), until: ago(330), now: false, done: true },
  { rung: "filer", from: ago(40), until: ahead(200), now: true, done: false },
  { rung: "active", from: ago(330), until: ahead(40_000), now: false, done: false },
  { rung: "attest", from: ahead(7000), until: ahead(8400), now: false, done: false },
  { rung: "end", from: null, until: ahead(40_000), now: false, done: false },
];
const steps = [["drafted", "filer"], ["submitted", "filer"], ["approved", "filer"], ["notice_sent", "filer"], ["notice_delivered", "hub"], ["activated", "hub"], ["appealed", "subject"]].map(([name, by], at) => ({ step: name, by, at: ago(720 - at * 100) }));
const life = { id: listings.matter, state: "active", status: "disputed", suspended: false, epoch: 2027, follows: null, notice_sent_at: ago(700), notice: { way: "link_opened", recorded_at: ago(690), waits_until: ago(330) }, active_since: ago(330), expires_at: ahead(40_000), attest_due_at: ahead(8400), act_by: null, appeal: { stage: "at_filer", outcome: "none", opened_at: ago(40), due_at: ahead(200) }, ladder, steps };
const filing = { id: listings.filing, number: "F-2027-0001", state: "disputed", kind: "person", name: "Lin Testperson", conduct: "bribery", case: id("case1"), case_number: "K-2026-0001", author: "Noa Reyes", due: "answer", due_at: ahead(200), late: false, is_pending: false, created_at: ago(800), updated_at: ago(40) };
const document = (test, name, letter) => ({ id: id(`d0c${letter}`), kind: "evidence", test, name, media_type: "application/pdf", size_bytes: 184_223, commitment: hash(letter), added_at: ago(760), added_by: "Noa Reyes" });
const filingOf = (path) => {
  const draft = path.endsWith(listings.draft);
  return {
    filing: draft ? { ...filing, id: listings.draft, number: "F-2027-0002", state: "draft", name: "Yan Testperson", conduct: "embezzlement", due: null, due_at: null, case_number: null } : filing,
    revision: 4,
    subject: { kind: "person", name: draft ? "Yan Testperson" : "Lin Testperson", identifier_kind: draft ? null : "resident_id", identifier_is_kept: !draft, enterprise: null },
    words: { conduct: draft ? "embezzlement" : "bribery", severity: "grave", years: 5, standard_of_proof: draft ? "none" : "judgment", intentional_for_gain: false, facts: draft ? "" : "Took money from a supplier for the choice of a lamp, in three payments.", happened_at: draft ? null : ago(8000), decided_at: draft ? null : ago(5000), decided_by: draft ? "" : "Ines Vogt, head of compliance", ended_how: draft ? "" : "Dismissed without notice because of it.", contact: draft ? "" : "integrity@aurora.example" },
    tests: ["reasonable_grounds", "clear_evidence", "ended_because_of_it", "catalogue"].map((test) => ({ test, met: !draft || test === "catalogue" })),
    documents: draft ? [] : [document("reasonable_grounds", "statement.pdf", "1"), document("clear_evidence", "judgment.pdf", "2"), document("ended_because_of_it", "dismissal.pdf", "3")],
    arrivals: draft ? [] : [{ id: id("arr1"), kind: "reply", from: "subject", name: "words.txt", media_type: "text/plain", size_bytes: 931, arrived_at: ago(39) }],
    hindrances: draft ? [{ code: "identifier", message: "The identifier has not been entered", message_zh: "尚未录入证件号码" }, { code: "facts", message: "What happened is missing", message_zh: "缺少事实经过" }, { code: "test_clear_evidence", message: "Clear and rigorous evidence: no document shows it", message_zh: "确凿证据：尚无证明文件" }] : [],
    may: draft ? ["edit", "submit", "withdraw"] : ["answer", "suspend", "correct", "withdraw"],
    pending: null, listing: draft ? null : life, last_reason: null,
  };
};

const matter = { listing: listings.matter, filer: "Aurora Motors", conduct: "bribery", severity: "grave", standard_of_proof: "judgment", kind: "person", waits_for: "appeal", due_at: ahead(60), days_left: 2, late: false, life: { ...life, appeal: { ...life.appeal, stage: "at_ombudsman" } } };
const decision = { id: id("dec1"), listing: listings.matter, verb: "answer", outcome: "taken_back", reasons: "The court has reopened the matter: no final finding is left.", conduct: "bribery", by: "Olga Brandt", at: ago(3), waited_days: 11, late: false, told: true };
const person = { id: listings.matter, filer: listings.member, conduct: "bribery", severity: "grave", standard_of_proof: "judgment", status: "active", state: "active", notice: { way: "link_opened" }, appeal: null, activated_ms: Date.now() - 330 * 3_600_000, expires_ms: Date.now() + 4e10, attest_due_ms: Date.now() + 3e10, steps: steps.slice(0, 6).map(({ step: kind, at }) => ({ kind, time_ms: Date.parse(at) })), ladder: ladder.filter(({ rung }) => rung !== "filer").map((rung) => (rung.rung === "active" ? { ...rung, now: true } : rung)), may_appeal: true };

const quota = { user_per_minute: 20, user_per_day: 200, member_per_day: 500 };
const member = { id: listings.member, name: "Aurora Motors", identity: hash("c"), contact: "integrity@aurora.example", standing: "active", ombudsman: false, since: ago(9000), quota, fetched_today: 41, open_alarms: 1 };
const tagSet = { version: 12, bits: 17, count: 2904, match_share: 0.0221, root: hash("d"), published_at: ago(20), log_entry: id("entry1") };
const holders = [["Harbour Trust", true, ""], ["Meridian Tools", true, ""], ["Lantern Works", false, "no answer in 5 s"]].map(([name, well, trouble], at) => ({ name, url: `https://key${at + 1}.example`, identity: hash("efa"[at]), well, last_contact: ago(well ? 0.01 : 5), trouble }));

const row = { id: listings.bulletin, number: "B-2027-0004", state: "published", kind: "counterfeit_alert", title: "Counterfeit headlamps with a copied seal", tlp: "AMBER", author: "Aurora Motors", is_own: false, published_at: ago(20), changed_at: ago(20), expires_at: ahead(700), version: 2, read: false, seen: 3, denied: 1, replies: 2, joint_case: null };
const bulletinRows = [row, { ...row, id: id("bunn2"), number: "B-2027-0003", title: "Invoices with a changed account number", kind: "fraud_pattern", tlp: "RED", read: true, seen: 0, denied: 0, replies: 0 }, { ...row, id: id("bunn3"), number: "B-2027-0002", title: "Sellers that use an old logo", kind: "brand_alert", tlp: "GREEN", author: null, read: true }, { ...row, id: id("bunn5"), number: "B-2027-0005", title: "Meeting of screeners", kind: "notice", tlp: "CLEAR", read: true, seen: 0, denied: 0, replies: 0, is_own: true }, { id: id("bunn4"), number: "B-2027-0001", state: "withdrawn", withdrawn_at: ago(90), withdrawn_as: "mistaken" }];
const bulletin = {
  ...row, read: true, text: "Headlamps sold as originals. The seal on the box has a wrong year.\nThe lens carries no maker's mark.", links: [{ kind: "seller", url: "https://lamps.example/item/9?ref=a" }, { kind: "marketplace", url: "https://market.example/s/4471" }], products: ["Headlamp E5 left"], brands: ["Aurora"], accused: [{ kind: "enterprise", name: "蓝鹤光学（深圳）有限公司", credit_code: "91440300MA5EXAMP0X" }], mentions: ["Lumen Optics"],
  allows: said("For your own organisation and its clients who need to know; nobody else.", "仅限贵组织及确需知悉的客户，不得再外传。"), pictures: [{ id: hash("1"), width_px: 1600, height_px: 1067, size_bytes: 210_000 }, { id: hash("2"), width_px: 1600, height_px: 1067, size_bytes: 220_000 }], audience: { kind: "all", name: "", members: [] },
  versions: [{ version: 1, at: ago(30), reason: "The year was wrong.", content: { title: row.title, text: "Headlamps sold as originals." } }],
  sightings: [{ by: "Borealis Phones", verdict: "seen", count: 2, note: "Two boxes at a repair shop.", at: ago(4) }, { by: null, verdict: "false", count: 1, note: "", at: ago(2) }],
  thread: [{ id: id("rep1"), by: "Meridian Tools", by_author: false, text: "Which batch numbers?", at: ago(10), answers: [{ id: id("rep2"), by: "Aurora Motors", by_author: true, text: "4471 to 4480.", at: ago(9) }] }],
  readers: [{ name: "Borealis Phones", accounts: 3, last_at: ago(4) }, { name: "Meridian Tools", accounts: 1, last_at: ago(9) }],
};
const draft = { id: listings.own, kind: "counterfeit_alert", title: row.title, text: "Sold by Lin Testperson, as we hear.", tlp: "AMBER+STRICT", audience: { kind: "all" }, expires_at: ahead(700), without_attribution: false, group: null, links: [{ kind: "seller", url: "https://lamps.example/item/9" }], products: [], brands: ["Aurora"], accused: [], mentions: [], pictures: [{ id: hash("1"), width_px: 1600, height_px: 1067, size_bytes: 210_000 }], created_by: "Noa Reyes", updated_at: ago(1), findings: [{ field: "text", what: said("The text names a person.", "正文中出现个人姓名。"), instead: said("File a listing; people are never named in bulletins.", "请办理登记；通报中绝不点名个人。") }] };
const joint = { id: listings.joint, bulletin: listings.bulletin, number: "J-2027-0001", state: "open", opened_at: ago(50), joined: true, members: 2, participants: [{ name: "Aurora Motors", contact: "Noa Reyes <noa@aurora.example>", joined_at: ago(50), left_at: null }, { name: "Meridian Tools", contact: "desk@meridian.example", joined_at: ago(40), left_at: ago(2) }], notes: [{ id: id("n0te1"), by: "Aurora Motors", text: "The marketplace took down eleven offers.", at: ago(20) }], outcome: null, outcome_note: "", closed_at: null };
const training = { id: id("train1"), title: "Reading a hit", text: "One hour for screeners: what a hit is, and what it is not.", starts_at: ahead(300), ends_at: ahead(301), zone: "Asia/Shanghai", place: "Northport, hall 4", link: "https://meet.example/hit", capacity: 30, taken: 30, waiting: 2, state: "planned", organiser: "Aurora Motors", is_own: true, own: "waiting", registrations: [] };

const dashes = ["bribery", "kickback", "embezzlement", "theft", "fraud", "expense_fraud"];
const catalogue = { conduct: dashes.map((conduct, at) => ({ conduct, severity: ["grave", "grave", "grave", "serious", "grave", "minor"][at], years: [5, 5, 5, 3, 5, 1][at], title_en: ["Bribery", "Kickbacks", "Embezzlement", "Theft", "Fraud", "False expenses"][at], title_zh: ["行贿受贿", "收受回扣", "职务侵占", "盗窃", "诈骗", "虚假报销"][at] })), never: ["negligence", "speech", "complaint", "whistle_blowing", "journalism", "union_activity", "labour_dispute"].map((ground) => ({ ground, why: "" })), standards: [] };

export const listingRoutes = [
  [/^\/screening\/membership$/, () => ({ member: true, id: id("member2"), name: "Borealis Phones", hub_url: "https://hub.example", hub: hash("9"), epoch: 2027, tag_set: { version: 12, bits: 17, count: 2904, root: hash("d") }, heard_at: ago(0.005), trouble: null })],
  [/^\/screening\/queries$/, () => list([queryOf(""), queryOf(listings.miss)])],
  [/^\/screening\/queries\/\w+$/, (_, path) => queryOf(path)],
  [/^\/screening\/hits$/, () => list([hit, { ...hit, id: id("hit2"), number: "H-2027-0002", state: "decided", change: { what: "corrected", time: ago(2) }, wait_until: null }])],
  [/^\/screening\/hits\/\w+$/, () => hit],
  [/^\/screening\/companies$/, () => list([company, { ...company, id: id("c0mpany2"), name: "Feinglas GmbH", outcome: "not_listed", matches: [] }])],
  [/^\/screening\/companies\/\w+$/, () => company],
  [/^\/screening\/batches$/, () => list([batch, { ...batch, id: id("batch2"), file_name: "old.xlsx", state: "failed", rows: 0, counts: { ...counts, confirmed: 0, likely: 0, possible: 0 } }])],
  [/^\/screening\/batches\/\w+$/, () => batch],
  [/^\/screening\/batches\/\w+\/rows$/, () => ({ items: partnerRows, total: 100_000 })],
  [/^\/screening\/watches$/, () => list([watch])],
  [/^\/screening\/audits$/, () => list([{ id: id("audit2"), drawn_at: ago(50), due_at: ahead(300), commitments: 3, opened_at: null }])],
  [/^\/filing-catalogue$/, () => catalogue],
  [/^\/filings$/, () => list([filing, filingOf(listings.draft).filing])],
  [/^\/filings\/\w+$/, (_, path) => filingOf(path)],
  [/^\/ombudsman\/matters$/, () => list([matter, { ...matter, listing: id("jisting2"), conduct: "theft", filer: "Meridian Tools", waits_for: "notice", due_at: ago(30), days_left: -1, late: true }])],
  [/^\/ombudsman\/matters\/\w+$/, () => ({ matter, summary: { name: "Lin Testperson", facts: "Took money from a supplier for the choice of a lamp.", decided_by: "Ines Vogt, head of compliance", ended_how: "Dismissed.", contact: "integrity@aurora.example" }, papers: [{ id: id("paper1"), kind: "evidence", from: "filer", title: "judgment.pdf", commitment: hash("2"), in_tests: true }, { id: id("paper2"), kind: "reply", from: "subject", title: "words.txt", commitment: hash("5"), in_tests: false }], decisions: [] })],
  [/^\/ombudsman\/decisions$/, () => list([decision])],
  [/^\/ombudsman\/statistics$/, () => ({ appeals: 14, upheld: 9, corrected: 2, taken_back: 3, late: 1, overturned: 3, acquittals: 1, median_wait_days: 11, by_conduct: [{ conduct: "bribery", appeals: 8, against_filer: 2 }, { conduct: "theft", appeals: 6, against_filer: 3 }] })],
  [/^\/ombudsman\/answers$/, () => list([{ id: id("ans1"), papers_seen: "Resident ID card, original", made_by: "Olga Brandt", made_at: ago(30), expires_at: ahead(100), opened_at: ago(20), used_up: true }])],
  [/^\/hub$/, () => ({ identity: hash("9"), members: 3, suspended: 1, ombudsman: id("member3"), open_alarms: 1, proposals_waiting: 1, holders_unwell: 1, roll_version: 7, epochs: [2027] })],
  [/^\/hub\/members$/, () => list([member, { ...member, id: id("member2"), name: "Borealis Phones", standing: "suspended", open_alarms: 0 }, { ...member, id: id("member3"), name: "Ombudsman of the Alliance", ombudsman: true, open_alarms: 0, fetched_today: 0 }])],
  [/^\/hub\/members\/\w+$/, () => ({ member, history: [{ what: "quota_changed", by: id("a"), agreed_by: id("b"), reason: "A new plant hires 400 people.", time: ago(90), log_entry: id("entry2"), quota }, { what: "admitted", by: id("a"), agreed_by: null, reason: "Founding member.", time: ago(9000), log_entry: id("entry3"), quota }], fetches_by_day: [["2027-03-02", 41], ["2027-03-01", 18], ["2027-02-28", 3]].map(([day, fetches]) => ({ day, fetches })) })],
  [/^\/hub\/quotas$/, () => list([{ id: id("pr0p1"), member: listings.member, member_name: "Aurora Motors", state: "waiting", before: quota, quota: { ...quota, member_per_day: 2000 }, reason: "A new plant hires 400 people.", proposed_by: id("0ther"), proposed_at: ago(5), decided_by: null, decided_at: null, refusal: null }])],
  [/^\/hub\/epochs$/, () => ({ items: [{ epoch: 2027, generation: 1, key_set_id: hash("6"), threshold: 2, holders, until: ahead(8000), tag_set: tagSet }], ceremony_due: ahead(900) })],
  [/^\/hub\/holidays$/, () => ({ dates: ["2027-10-01", "2027-10-02"] })],
  [/^\/hub\/alarms$/, () => list([{ id: id("ajarm1"), member: listings.member, member_name: "Aurora Motors", rule: "volume", day: "2027-03-02", observed: 412, expected: 61.5, raised_at: ago(4), acknowledged_by: null, acknowledged_at: null, note: "" }, { id: id("ajarm2"), member: listings.member, member_name: "Borealis Phones", rule: "canary", day: "2027-02-12", observed: 1, expected: 0, raised_at: ago(400), acknowledged_by: id("a"), acknowledged_at: ago(390), note: "A test by their own security people." }])],
  [/^\/hub\/canaries$/, () => ({ items: [{ id: id("pjant1"), epoch: 2027, count: 20, state: "agreed", standing: 20, proposed_by: id("a"), proposed_at: ago(500), decided_at: ago(490) }] })],
  [/^\/hub\/audits$/, () => list([{ id: id("audit1"), member: listings.member, member_name: "Aurora Motors", quarter: "2026-Q4", state: "overdue", reported: 811, drawn_by: id("a"), drawn_at: ago(800), due_at: ago(10), opened: 6, unopened: 3, draws: [] }])],
  [/^\/bulletins$/, () => ({ ...list(bulletinRows), unread: 1 })],
  [/^\/bulletins\/labels$/, () => list(["RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR"].map((label) => ({ label, allows: said("For your own organisation only.", "仅限贵组织内部。") })))],
  [/^\/bulletins\/members$/, () => list([{ id: id("member2"), name: "Borealis Phones" }, { id: id("member4"), name: "Meridian Tools" }])],
  [/^\/bulletins\/groups$/, () => list([{ id: id("gr0up1"), name: "Makers of lamps", members: [{ id: id("member4"), name: "Meridian Tools", left: false }], members_known: true, updated_at: ago(50), updated_by: "Noa Reyes" }])],
  [/^\/bulletins\/findings$/, () => ({ findings: [] })],
  [/^\/bulletins\/digest$/, () => ({ daily_mail: true })],
  [/^\/bulletins\/drafts$/, () => list([draft])],
  [/^\/bulletins\/drafts\/\w+$/, () => draft],
  [/^\/bulletins\/\w+\/related$/, () => list([{ bulletin: bulletinRows[2], shares: [{ kind: "brand", value: "Aurora" }] }])],
  [/^\/bulletins\/\w+\/read$/, () => null],
  [/^\/bulletins\/\w+$/, () => bulletin],
  [/^\/joint-cases$/, () => list([joint])],
  [/^\/joint-cases\/\w+$/, () => joint],
  [/^\/training$/, () => list([training, { ...training, id: id("train2"), title: "Filing with four tests", own: "none", taken: 4, waiting: 0, is_own: false, zone: "Europe/Berlin", link: null }])],
  [/^\/public\/alliance\/directory$/, () => ({ items: [member, { ...member, id: id("member2"), name: "Borealis Phones", standing: "suspended" }, { ...member, id: id("member3"), name: "Ombudsman of the Alliance", ombudsman: true }].map(({ id: key, name, since, contact, standing, ombudsman }) => ({ id: key, name, since, contact, standing, ombudsman })) })],
  [/^\/public\/alliance\/rules$/, () => ({ catalogue: catalogue.conduct.map(({ conduct, severity, years, title_en, title_zh }) => ({ conduct, severity, years, name: said(title_en, title_zh) })), never: [{ ground: said("Negligence", "过失"), why: said("carelessness is for the commitment's agreed amount and for training, not for the list", "过失应按承诺书约定的金额处理并加以培训，不列入名单") }], tests: [said("Reasonable grounds", "合理依据"), said("Clear and rigorous evidence", "确凿证据")], clocks: [{ name: "wait", days: 15, working_days: false, text: said("between notice and list", "自通知至列入") }, { name: "filer", days: 10, working_days: true, text: said("for the filer's answer", "登记方答复期限") }] })],
  [/^\/public\/alliance\/statistics$/, () => ({ as_of: ago(1), least_told: 5, listings: [{ state: "active", count: 2904 }, { state: "notified", count: 31 }, { state: "overturned", count: null }], by_conduct: [{ conduct: "bribery", count: 1204 }, { conduct: "theft", count: 310 }], overturned_share: 0.031, appeals: [{ outcome: "upheld", count: 61 }, { outcome: "taken_back", count: 12 }], days_to_decide: { median: 11, ninth_decile: 19 }, by_member: [{ member: listings.member, name: "Aurora Motors", filed: 208, overturned: null }] })],
  [/^\/public\/alliance\/epochs$/, () => ({ items: [{ epoch: 2027, generation: 1, key_set_id: hash("6"), threshold: 2, holders, tag_sets: [tagSet] }] })],
  [/^\/public\/recorded$/, () => ({ asked_at: ago(1), answered_by: "Olga Brandt", epoch: 2027, papers_seen: "Resident ID card, original", looked_at_this_part: [{ member: "Borealis Phones", last: ago(30), times: 2 }], recorded: [{ reference: "F-2026-0007", filer: "Aurora Motors", contact: "integrity@aurora.example", conduct: "bribery", conduct_en: "Bribery", conduct_zh: "行贿受贿", severity: "grave", decided_at: ago(4000), may_object: true, life, decisions: [{ verb: "answer", outcome: "upheld", reasons: "The judgment is final.", at: ago(100) }] }] })],
  [/^\/alliance\/v1\/person\/(open|appeal)$/, () => person],
];
