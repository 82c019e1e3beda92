// What follows a leak, in the browser against the real server: a marked copy from leak to decided case with two people, on
// to arbitration, a statement and its removal by two; an attendee's own footage found through a shoot; a supplier and a
// sub-supplier who rectify.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { check, choose, desk, noFindings, openBrowser, openWindow, phone, story } from "./support/browser.mjs";
import { staffApi, startNode } from "./support/node.mjs";
import { pick, signIn } from "./support/people.mjs";
import { picturePath } from "./support/pictures.mjs";
import { colleague, password, recipientOf, setUp, throughAChat } from "./support/shortcuts.mjs";

const ines = { name: "Ines Vogt", email: "ines@aurora.example" };
const noa = { name: "Noa Reyes", email: "noa@aurora.example", roles: ["investigator"] };
const lin = { name: "林晓", email: "lin@aurora.example", roles: ["investigator"], locale: "zh" };
const qian = { name: "钱思远", email: "qian@aurora.example", roles: ["reviewer"], locale: "zh" };
const paul = { name: "Paul Okoro", email: "paul@aurora.example", roles: ["reviewer"] };
const mei = { name: "Mei Lindqvist", email: "mei@freelance.example" };
const slow = { timeout: 180_000 };

let node, browser, staff, investigator, reviewer, custodian, project, meiParty, meiApi, leakedFile, leak, caseId, statement;

before(async () => {
  node = await startNode();
  browser = await openBrowser();
  staff = staffApi(node.url);
});
after(async () => {
  await browser?.close();
  await node?.stop();
});

const step = story(it);

async function signedIn(person, options) {
  const window = await openWindow(browser, { baseURL: node.url, ...options });
  window.context.setDefaultTimeout(30_000);
  await signIn(window.page, person);
  return window;
}

async function reasoned(page, button, text) {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill(text);
  await dialog.getByRole("button", { name: button }).click();
  await dialog.waitFor({ state: "detached" });
}

describe("before the leak", () => {
  step("one recipient has signed and holds a copy", async () => {
    await setUp(node, staff, ines);
    for (const person of [noa, lin, qian, paul]) await colleague(node, staff, person);
    ({ id: project } = await staff.post("/projects", { name: "Aurora E5 reveal" }));
    await staff.upload(project, "cockpit.jpg", await readFile(picturePath(1)));
    ({ id: meiParty } = await staff.post("/parties", { kind: "person", name: mei.name, email: mei.email, locale: "en" }));
    const { items } = await staff.get("/templates?limit=100");
    const template = items.find(({ locale, text }) => locale === "en" && text.questions.length > 0);
    await staff.post(`/projects/${project}/commitments`, {
      template: template.id, parties: [meiParty], assets: null, send: true,
      terms: { ...template.terms, channels: ["own_media", "private_feeds", "direct_messages", "groups", "friends_family", "colleagues"], liable: "person", amount: "50000.00", currency: "CNY", embargo_at: new Date(Date.now() + 40 * 86_400_000).toISOString(), embargo_zone: "Europe/Berlin" },
    });
    meiApi = recipientOf(node);
    await meiApi.comeIn(staff, mei.email);
    const { items: commitments } = await staff.get(`/projects/${project}/commitments`);
    await meiApi.sign(staff, commitments[0].id, mei.name);
    leakedFile = await meiApi.copy();
    assert.deepEqual([...leakedFile.subarray(0, 3)], [0xff, 0xd8, 0xff], "a JPEG");
  });
});

describe("a marked copy leaks", () => {
  step("the investigator reports it with where it was seen", async () => {
    investigator = await signedIn(noa, { viewport: desk });
    const { page } = investigator;
    leakedFile = await throughAChat(page, leakedFile);
    await page.getByRole("navigation").getByRole("link", { name: "Leaks" }).click();
    await check(page, "story/leaks-empty-desk-en");
    await page.getByRole("link", { name: "Report a leak" }).first().click();
    await page.locator("input[type=file]").setInputFiles({ name: "IMG-WA0007.jpg", mimeType: "image/jpeg", buffer: leakedFile });
    await page.getByLabel("Title").fill("Cockpit picture in a fan group");
    await pick(page, page.getByRole("textbox", { name: "Project" }), "Aurora E5 reveal");
    await page.getByLabel("Address or place").fill("https://groups.example/e5-fans/9213");
    await pick(page, page.getByRole("textbox", { name: "Channel" }), "Group chats");
    await page.getByLabel("Seen at").first().click();
    await page.locator("[data-dates-dropdown] [data-today]").first().click();
    await page.keyboard.press("Escape");
    await check(page, "story/leak-report-desk-en");
    await page.getByRole("button", { name: "Report a leak" }).click();
    await page.getByRole("link", { name: "Original bytes" }).waitFor(slow);
    leak = new URL(page.url()).pathname.split("/")[2];
    await check(page, "story/leak-intake-desk-en");
  });

  step("corrects where it was seen, withdraws what was no sighting, and lets it count again", async () => {
    const { page } = investigator;
    await staff.post(`/leaks/${leak}/sightings`, { address: "A poster in Hall 4", channel: "other", seen_at: new Date(Date.now() - 3_600_000).toISOString() });
    await page.getByText("A poster in Hall 4").waitFor();
    await page.getByRole("button", { name: "Correct the sighting: https://groups.example/e5-fans/9213" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Correct", exact: true }).click();
    await dialog.getByText("Nothing was changed.").waitFor();
    await dialog.getByLabel("Account").fill("E5 fans");
    await dialog.getByLabel("Reason").fill("The group’s name was missing.");
    await check(page, "story/leak-sighting-correct-desk-en", { fullPage: false });
    await dialog.getByRole("button", { name: "Correct", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText(/^Corrected by Noa Reyes, .*: The group’s name was missing\.$/).waitFor();
    await page.getByText("Account before: nothing").waitFor();
    await page.getByRole("button", { name: "Withdraw the sighting: A poster in Hall 4" }).click();
    await reasoned(page, "Withdraw", "It showed another car.");
    await page.getByText(/^Withdrawn by Noa Reyes, .*: It showed another car\.$/).waitFor();
    await check(page, "story/leak-sightings-desk-en");

    const inChinese = await signedIn(lin, { viewport: phone, locale: "zh" });
    await inChinese.page.goto(`/leaks/${leak}`);
    await inChinese.page.getByText("账号原为：无").waitFor();
    await inChinese.page.getByRole("button", { name: "恢复发现记录：A poster in Hall 4" }).click();
    await reasoned(inChinese.page, "恢复", "又看了一次。");
    await inChinese.page.getByText(/^林晓 于 .* 恢复：又看了一次。$/).waitFor();
    await inChinese.page.getByRole("button", { name: "撤回发现记录：A poster in Hall 4" }).click();
    await reasoned(inChinese.page, "撤回", "是另一辆车。");
    await inChinese.page.getByText("已撤回", { exact: true }).waitFor();
    await check(inChinese.page, "story/leak-sightings-phone-zh");
    await inChinese.page.getByRole("tab", { name: /保管/ }).click();
    await inChinese.page.getByText("恢复发现记录").first().waitFor();
    await inChinese.close();
  });

  step("answers the two questions and lets it be traced", async () => {
    const { page } = investigator;
    await page.getByRole("group", { name: "Was it already public?" }).getByText("No", { exact: true }).click();
    await page.getByRole("group", { name: /commitment in force/ }).getByText("Yes", { exact: true }).click();
    await page.getByRole("button", { name: "Save the answers" }).click();
    await page.getByText("Answers saved.").waitFor();
    await page.getByRole("button", { name: "Trace", exact: true }).click();
    await page.getByRole("tab", { name: "Result" }).click();
    await page.getByRole("heading", { name: "What this cannot show" }).waitFor(slow);
    await page.getByText(/at most .*10⁻/).first().waitFor();
    await page.getByText("masked", { exact: true }).waitFor();
    assert.equal(await page.getByText(mei.name).count(), 0, "nobody is named yet");
    await page.getByRole("slider", { name: /leak is shown/ }).waitFor();
    await check(page, "story/leak-result-desk-en");
  });

  step("asks for the name, and cannot give it to themselves", async () => {
    const { page } = investigator;
    await page.getByRole("button", { name: "Ask for the name" }).click();
    await reasoned(page, "Ask for the name", "The picture is being forwarded in a group of 400.");
    await page.getByText("You asked yourself: another person has to agree.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Agree to name" }).count(), 0);
  });

  step("the reviewer looks at the same page on a phone and agrees", async () => {
    reviewer = await signedIn(qian, { viewport: phone, locale: "zh", dark: true });
    const { page } = reviewer;
    await page.goto(`/leaks/${leak}/result`);
    await page.getByRole("button", { name: "同意揭示" }).waitFor(slow);
    await check(page, "story/leak-unmask-phone-zh");
    await page.getByRole("button", { name: "同意揭示" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "同意揭示" }).click();
    await page.getByRole("link", { name: mei.name }).waitFor(slow);
    await check(page, "story/leak-named-phone-zh");
  });

  step("the investigator sees the name by itself and opens a case", async () => {
    const { page } = investigator;
    await page.getByRole("link", { name: mei.name }).waitFor(slow);
    await page.getByRole("button", { name: "Open a case" }).click();
    const dialog = page.getByRole("dialog");
    await pick(page, dialog.getByRole("textbox", { name: "Kind" }), "Private posting");
    await dialog.getByRole("button", { name: "Open a case" }).click();
    await page.getByRole("tab", { name: /Parties/ }).waitFor();
    caseId = new URL(page.url()).pathname.split("/")[2];
    await page.getByRole("tab", { name: /Parties/ }).click();
    await page.getByRole("button", { name: "Add a party" }).click();
    const adding = page.getByRole("dialog");
    await pick(page, adding.getByRole("textbox", { name: "A party we know" }), mei.name);
    await choose(adding.getByLabel("Is accused"));
    await pick(page, adding.getByRole("textbox", { name: "Commitment" }), /C-\d+/);
    await check(page, "story/case-party-desk-en", { fullPage: false });
    await adding.getByRole("button", { name: "Add a party" }).click();
    await page.getByText("identified", { exact: true }).waitFor();
    await check(page, "story/case-parties-desk-en");
  });

  step("the case is told when a sighting it had taken over no longer stands", async () => {
    const { page } = investigator;
    const { sightings } = await staff.get(`/leaks/${leak}`);
    const seen = sightings.find(({ withdrawn }) => withdrawn === null);
    await staff.send("DELETE", `/leaks/${leak}/sightings/${seen.id}`, { reason: "The post was never there." });
    await page.getByRole("tab", { name: "Timeline" }).click();
    await page.getByText("Sighting withdrawn: Seen, E5 fans: https://groups.example/e5-fans/9213 (The post was never there.)").waitFor();
    await page.getByText("withdrawn", { exact: true }).waitFor();
    assert.equal(await page.getByText("A poster in Hall 4").count(), 0, "what was withdrawn before is none of the case's");
    await check(page, "story/case-sighting-withdrawn-desk-en");
    await staff.post(`/leaks/${leak}/sightings/${seen.id}/restore`, { reason: "It was, under another link." });
    await page.getByText(/^Sighting restored: /).waitFor();
    await page.getByRole("tab", { name: /Parties/ }).click();
  });

  step("withholds access until the decision, and keeps a file of the case's own", async () => {
    const { page } = investigator;
    const copies = async () => (await meiApi.json("GET", "/recipient/copies")).items.map(({ state }) => state);
    assert.deepEqual(await copies(), ["available"]);
    await page.getByRole("heading", { name: "Nobody’s access is withheld" }).waitFor();
    await page.getByRole("button", { name: "Withhold access" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Reason").fill("More of it comes out every day.");
    await check(page, "story/case-withhold-desk-en", { fullPage: false });
    await dialog.getByRole("button", { name: "Withhold access" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("More of it comes out every day.").waitFor();
    assert.deepEqual(await copies(), ["preparing"], "nothing opens any more");
    await check(page, "story/case-withheld-desk-en");
    await page.getByRole("tab", { name: /Evidence/ }).click();
    await page.getByRole("button", { name: "Add files" }).click();
    await page.getByLabel("What it shows").fill("The editor in chief confirms who was in the group.");
    await page.locator("input[type=file]").setInputFiles({ name: "来信.txt", mimeType: "text/plain", buffer: Buffer.from("Six people were in the group.") });
    await page.getByText("来信.txt", { exact: true }).waitFor(slow);
    await page.getByText("The case’s own").waitFor();
    const address = await page.getByRole("link", { name: "Original bytes" }).getAttribute("href");
    assert.equal(await page.evaluate((path) => fetch(path).then((answer) => answer.text()), address), "Six people were in the group.");
    await page.getByRole("button", { name: "Check everything now" }).click();
    await page.getByText(/^Everything holds/).waitFor();
    await check(page, "story/case-evidence-desk-en");
  });

  step("claims, hears the reply and proposes a decision", async () => {
    const { page } = investigator;
    await page.getByRole("button", { name: "Begin to investigate" }).click();
    await page.getByText("The investigation has begun.").waitFor();
    await page.getByRole("tab", { name: "Decision" }).click();
    await page.getByRole("button", { name: "Send the claim" }).click();
    let dialog = page.getByRole("dialog");
    await dialog.getByLabel("The claim, in plain words").fill("We claim that the copy issued to you was posted in a group chat before the embargo ended.");
    await dialog.getByRole("button", { name: "Send the claim" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Record a reply" }).click();
    dialog = page.getByRole("dialog");
    await dialog.getByLabel("Their words").fill("I sent it to friends. I am sorry.");
    await choose(dialog.getByLabel("Admits it"));
    await dialog.getByRole("button", { name: "Record" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Propose a decision" }).click();
    dialog = page.getByRole("dialog");
    await dialog.getByLabel("Reasons").fill("The promise covers friends and groups; this was explained and ticked.");
    await dialog.getByRole("button", { name: "Add a consequence" }).click();
    await dialog.getByText(/CNY.50,000\.00/).first().waitFor();
    await dialog.getByLabel("Reduction", { exact: true }).fill("10000");
    await dialog.getByLabel("Why reduced").fill("Taken down within a day.");
    await check(page, "story/case-propose-desk-en", { fullPage: false });
    await dialog.getByRole("button", { name: "Propose a decision" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("You proposed this: somebody else has to agree.").waitFor();
  });

  step("the reviewer agrees; the decision stands and a payment is recorded", async () => {
    const { page } = reviewer;
    await page.goto(`/cases/${caseId}/decision`);
    await page.getByRole("button", { name: "同意", exact: true }).click();
    await reasoned(page, "同意", "我看过结果与答复，理由成立。");
    await page.getByText(/申诉期限/).first().waitFor();
    await check(page, "story/case-decided-phone-zh");
    const desk_ = investigator.page;
    await desk_.goto(`/cases/${caseId}/consequences`);
    await desk_.getByText(/CNY.40,000\.00/).first().waitFor();
    await desk_.getByRole("button", { name: "Record a payment" }).click();
    const dialog = desk_.getByRole("dialog");
    await dialog.getByRole("textbox", { name: /^Amount/ }).fill("15000");
    await dialog.getByLabel("Payer").fill(mei.name);
    await dialog.getByRole("button", { name: "Record a payment" }).click();
    await dialog.waitFor({ state: "detached" });
    await desk_.getByText(/CNY.25,000\.00/).first().waitFor();
    await check(desk_, "story/case-consequences-desk-en");
    await desk_.goto("/dashboard");
    await desk_.getByRole("heading", { name: "Deadlines" }).waitFor();
    await check(desk_, "story/dashboard-desk-en");
  });
});

describe("after the decision", () => {
  step("access opens again by itself, and an arbitration lowers the amount", async () => {
    assert.deepEqual((await meiApi.json("GET", "/recipient/copies")).items.map(({ state }) => state), ["available"], "the hold ended with the decision");
    const { page } = investigator;
    await page.goto(`/cases/${caseId}/appeal`);
    await page.getByRole("button", { name: "Add a stage" }).click();
    let dialog = page.getByRole("dialog");
    await pick(page, dialog.getByRole("textbox", { name: "Stage" }), "Arbitration");
    await dialog.getByLabel("Before whom").fill("Arbitration Commission, Northport");
    await dialog.getByLabel("Reference").fill("A 7/26");
    await dialog.getByRole("button", { name: "Add a stage" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.equal(await page.getByRole("button", { name: /Record the end/ }).count(), 0, "a reviewer records how it ends");
    const phone_ = reviewer.page;
    await phone_.goto(`/cases/${caseId}/appeal`);
    await phone_.getByRole("button", { name: /记录结果/ }).click();
    dialog = phone_.getByRole("dialog");
    await pick(phone_, dialog.getByRole("textbox", { name: "结果" }), "减轻");
    await dialog.getByLabel(/^减免/).fill("5000");
    await dialog.getByText(/之后为 CNY.35,000\.00/).waitFor();
    await dialog.getByLabel("理由").fill("仲裁庭认为损失小于主张。");
    await check(phone_, "story/case-arbitration-phone-zh", { fullPage: false });
    await dialog.getByRole("button", { name: "记录" }).click();
    await dialog.waitFor({ state: "detached" });
    await phone_.getByText(/应付 CNY.35,000\.00/).waitFor();
    await check(phone_, "story/case-stages-phone-zh");
    await page.goto(`/cases/${caseId}/consequences`);
    const steps = page.getByRole("list", { name: "From what was signed to what is due" });
    await steps.getByText(/CNY.35,000\.00/).waitFor();
    assert.match(await steps.innerText(), /As signed[^]*50,000\.00[^]*Decision[^]*40,000\.00[^]*Arbitration[^]*35,000\.00/);
    await check(page, "story/case-amount-steps-desk-en");
  });

  step("the case is taken away as one archive, whose manifest others check", async () => {
    const { page } = investigator;
    await page.goto(`/cases/${caseId}`);
    const begun = page.waitForEvent("download");
    await page.getByRole("link", { name: "Export as one archive" }).click();
    const download = await begun;
    assert.match(download.suggestedFilename(), /^K-\d{4}-\d{4}\.zip$/);
    const folder = await mkdtemp(join(tmpdir(), "probity-archive-"));
    execFileSync("unzip", ["-q", await download.path(), "-d", folder]);
    const said = execFileSync("sha256sum", ["-c", "manifest-sha256.txt"], { cwd: folder, encoding: "utf8" });
    for (const name of ["case.json", "timeline.json", "payments.json", "custody.json", "summary-en.pdf", "summary-zh.pdf"]) assert.ok(said.includes(`${name}: OK`), `${name} in\n${said}`);
    const { holds, stages } = JSON.parse(await readFile(join(folder, "case.json"), "utf8"));
    assert.equal(holds[0].ended_reason, "decided");
    assert.equal(stages[0].outcome, "reduced");
    await rm(folder, { recursive: true });
    await page.goto(`/cases/${caseId}/evidence`);
    await page.getByText("Case exported as an archive").waitFor();
  });

  step("an appeal is heard by a third person, and a statement is published", async () => {
    const [second, third] = await Promise.all([qian, paul].map(async ({ email }) => {
      const api = staffApi(node.url);
      await api.signIn(email, password);
      return api;
    }));
    const writer = staffApi(node.url);
    await writer.signIn(noa.email, password);
    const { parties } = await writer.get(`/cases/${caseId}`);
    const { appeals } = await writer.post(`/cases/${caseId}/appeals`, { case_party: parties.find(({ accused }) => accused).id, text: "It was one group only.", channel: "letter" });
    await third.post(`/cases/${caseId}/appeals/${appeals[0].id}/decide`, { outcome: "upheld", reasons: "One group of 400 people." });
    const drafted = await writer.post("/statements", { case: caseId, kind: "private_posting" });
    statement = drafted.statement;
    const path = `/statements/${statement.id}`;
    await writer.patch(path, { texts: { en: { title: "A picture was posted before its release", body: "A picture of an unreleased car was posted in a group." } } });
    const { content_hash } = await writer.post(`${path}/submit`);
    for (const one of [second, third]) await one.post(`${path}/approve`, { content_hash });
    await writer.post(`${path}/publish`);
    const { page } = investigator;
    await page.goto(`/publishing/${statement.id}`);
    await page.getByRole("heading", { name: "Seal and log" }).waitFor(slow);
  });
});

describe("a court orders a statement to be removed", () => {
  const order = "District Court, Northport, order 3 C 112/26.";

  async function askForRemoval(page) {
    await page.goto(`/publishing/${statement.id}`);
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Ask for its removal" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Reason, published").fill(order);
    await dialog.getByLabel("Type its number again").fill(statement.number);
    await check(page, "story/statement-ask-removal-desk-en", { fullPage: false });
    await dialog.getByRole("button", { name: "Ask for its removal" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("You asked for it: somebody else decides.", { exact: false }).waitFor();
  }

  step("one asks, and cannot do it alone; another refuses with a reason", async () => {
    custodian = await signedIn(ines, { viewport: desk });
    await askForRemoval(custodian.page);
    assert.equal(await custodian.page.getByRole("button", { name: "Remove for good" }).count(), 0);
    await check(custodian.page, "story/statement-removal-own-desk-en");
    const { page } = reviewer;
    await page.goto(`/publishing/${statement.id}`);
    await page.getByText(order).waitFor();
    await check(page, "story/statement-removal-waits-phone-zh");
    await page.getByRole("button", { name: "拒绝" }).click();
    await reasoned(page, "拒绝", "裁定尚未送达。");
    await page.getByText(order).waitFor({ state: "detached" });
    const visitor = await fetch(`${node.url}/api/v1/public/statements/${statement.id}`).then((answer) => answer.json());
    assert.equal(visitor.state, "published");
  });

  step("asked again, the second person says the same: a dated note stays", async () => {
    await askForRemoval(custodian.page);
    const { page } = reviewer;
    await page.goto(`/publishing/${statement.id}`);
    await page.getByRole("button", { name: "永久移除" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill(statement.number);
    await dialog.getByRole("button", { name: "永久移除" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText(/^移除于/).waitFor();
    await check(page, "story/statement-removed-phone-zh");
    const visitor = await openWindow(browser, { baseURL: node.url, viewport: desk });
    await visitor.page.goto(`/statements/${statement.id}`);
    await visitor.page.getByRole("heading", { name: "This statement was removed" }).waitFor();
    await visitor.page.getByText(order).waitFor();
    assert.equal(await visitor.page.getByText("posted in a group").count(), 0, "its words are gone");
    const document = await fetch(`${node.url}/api/v1/public/statements/${statement.id}/statement.pdf`);
    assert.equal(document.ok, false, "and so is its document");
    await check(visitor.page, "story/public-removed-desk-en");
    await visitor.close();
  });
});

describe("an attendee's own footage leaks", () => {
  let shoot;

  step("the custodian opens a shoot; the attendee hands in a frame", async () => {
    const { page } = custodian;
    await page.goto(`/projects/${project}/shoots`);
    await page.getByRole("button", { name: "Open a shoot" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Title").fill("Studio day 1");
    await dialog.getByLabel("Place").fill("Hall 4, Northport");
    await dialog.getByRole("button", { name: "Open a shoot" }).click();
    await page.getByRole("tab", { name: /Attendees/ }).click();
    shoot = new URL(page.url()).pathname.split("/")[2];
    await page.getByRole("button", { name: "Add an attendee" }).click();
    const adding = page.getByRole("dialog");
    await pick(page, adding.getByRole("textbox", { name: "Attendees" }), mei.name);
    await adding.getByRole("button", { name: "Add an attendee" }).click();
    await page.getByRole("link", { name: mei.name }).waitFor();
    const frame = await readFile(picturePath(2));
    await meiApi.send("POST", `/recipient/shoots/${shoot}/frames?file_name=IMG_1200.jpg`, new Uint8Array(frame));
    await page.getByRole("tab", { name: /Frames/ }).click();
    await page.getByRole("button", { name: /^IMG_1200/ }).locator("img").waitFor(slow);
    await check(page, "story/shoot-frames-desk-en");
  });

  step("who may read a record finds its entries in the log, and checks them: custody, commitment, copy", async () => {
    const readsCases = await signedIn(noa, { viewport: phone });
    const window = await signedIn(ines, { viewport: phone });
    let { page } = readsCases;
    const holds = () => page.getByText(/^In the log, under a signed checkpoint/);
    const panel = () => page.getByRole("region", { name: "In the log" });
    await page.goto(`/leaks/${leak}/custody`);
    await panel().getByText(/^Custody step \d+$/).first().waitFor();
    await panel().getByRole("button", { name: /^Check all/ }).click();
    await holds().first().waitFor(slow);
    await check(page, "story/log-custody-phone-en");
    await readsCases.close();

    ({ page } = window);
    await page.goto(`/leaks/${leak}/custody`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    assert.equal(await panel().count(), 0, "a custodian does not read what cases say");
    const { items } = await staff.get(`/commitments?party=${meiParty}&limit=1`);
    await page.goto(`/commitments/${items[0].id}`);
    await panel().getByText("In force", { exact: true }).waitFor();
    await panel().getByRole("button", { name: /^Check here/ }).first().click();
    await holds().waitFor(slow);
    await page.goto(`/projects/${project}/deliveries`);
    await page.getByRole("button", { name: new RegExp(mei.name) }).first().click();
    await page.getByRole("menuitem", { name: "In the log" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Copy issued").waitFor();
    await dialog.getByRole("button", { name: /^Check here/ }).click();
    await dialog.getByText(/^In the log, under a signed checkpoint/).waitFor(slow);
    await check(page, "story/log-copy-phone-en", { fullPage: false });
    await window.close();
  });

  step("clears it by keyboard alone", async () => {
    const { page } = custodian;
    await page.getByRole("button", { name: /^IMG_1200/ }).focus();
    await page.keyboard.press("n");
    await page.getByRole("dialog").getByLabel("Reason").fill("The prototype's plate is readable.");
    await page.getByRole("dialog").getByRole("button", { name: "Not to be used" }).click();
    await page.getByText("1 frame decided.").waitFor();
  });

  step("the decision on a frame and a release of the house's own stand in the log", async () => {
    const { page } = custodian;
    await page.getByRole("button", { name: /^IMG_1200/ }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("region", { name: "In the log" }).getByText("Frame decided on").waitFor();
    await dialog.getByRole("button", { name: /^Check here/ }).click();
    await dialog.getByText(/^In the log, under a signed checkpoint/).waitFor(slow);
    await check(page, "story/log-frame-desk-en", { fullPage: false });
    await page.keyboard.press("Escape");
    await staff.send("POST", `/releases?title=Teaser&where=Website&released_at=${encodeURIComponent(new Date(Date.now() - 86_400_000).toISOString())}&file_name=teaser.jpg`, new Uint8Array(await readFile(picturePath(0))));
    const window = await signedIn(lin, { viewport: phone, locale: "zh" });
    await window.page.goto("/releases");
    await window.page.getByRole("button", { name: "在日志中：Teaser" }).click();
    await window.page.getByRole("dialog").getByText("登记发布").waitFor();
    await check(window.page, "story/log-release-phone-zh", { fullPage: false });
    await window.close();
  });

  step("a leak of that shot is matched: a lead, with its reasons", async () => {
    const { page } = investigator;
    const seen = await throughAChat(page, await readFile(picturePath(2)));
    const { id } = await staff.post("/leaks", { title: "A kestrel on a forum", project });
    await page.goto(`/leaks/${id}`);
    await page.locator("input[type=file]").setInputFiles({ name: "forum.jpg", mimeType: "image/jpeg", buffer: seen });
    await page.getByRole("link", { name: "Original bytes" }).waitFor(slow);
    await page.getByRole("tab", { name: "Own footage" }).click();
    await page.getByRole("button", { name: "Compare with frames handed in" }).click();
    await page.getByRole("heading", { name: mei.name }).waitFor(slow);
    await page.getByText(/Always a lead/).waitFor();
    assert.equal(await page.getByText("identified", { exact: true }).count(), 0);
    await check(page, "story/leak-footage-desk-en");
    // While one is under way it can be stopped; this one has come to its end by then.
    const found = await staff.get(`/leaks/${id}/own-footage`);
    await page.route("**/own-footage", (route) => route.fulfill({ json: { ...found, state: "running", leads: [], finished_at: null } }));
    await page.reload();
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await page.getByText("no comparison with frames is under way").waitFor();
    await check(page, "story/leak-footage-running-desk-en");
    await page.unroute("**/own-footage");
  });
});

describe("a supplier and a sub-supplier", () => {
  step("the sub-supplier leaked; the contract parent is asked to rectify", async () => {
    const parent = await staff.post("/parties", { kind: "supplier", name: "Lumen Optics" });
    const sub = await staff.post("/parties", { kind: "supplier", name: "Feinglas", parent: parent.id });
    await staff.post("/parties", { kind: "person", name: "Petra Sommer", email: "petra@lumen.example", parent: parent.id });
    assert.ok(sub.tier > parent.tier, "one tier below");
    const { page } = investigator;
    await page.goto("/cases");
    await page.getByRole("button", { name: "Open a case" }).click();
    let dialog = page.getByRole("dialog");
    await dialog.getByLabel("Title").fill("Drawings of the front lamp at a sub-supplier");
    await pick(page, dialog.getByRole("textbox", { name: "Kind" }), "Supplier leak");
    await dialog.getByRole("button", { name: "Open a case" }).click();
    await page.getByRole("tab", { name: "Rectification" }).click();
    await page.getByRole("button", { name: "Ask a supplier to rectify" }).click();
    dialog = page.getByRole("dialog");
    await pick(page, dialog.getByRole("textbox", { name: "Supplier" }), /^Feinglas/);
    await dialog.getByLabel("What happened").fill("Drawings were photographed in the workshop and posted.");
    await dialog.getByRole("button", { name: "Ask a supplier to rectify" }).click();
    await page.getByRole("heading", { level: 1, name: "Lumen Optics" }).waitFor();
    await page.getByText(/Trace points to Feinglas/).waitFor();
    await check(page, "story/rectification-desk-en");
  });

  step("their answer is written down, handed in and accepted", async () => {
    const { page } = investigator;
    await page.getByRole("button", { name: "Write what they answered" }).click();
    let dialog = page.getByRole("dialog");
    await dialog.getByLabel("Who works on it").fill("Petra Sommer, Jan Dorn");
    await dialog.getByLabel("Containment 1").fill("All copies at the sub-supplier locked.");
    await dialog.getByLabel("Owner, by name").first().fill("Jan Dorn");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Hand in for them" }).click();
    dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Hand in for them" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Accept", exact: true }).click();
    await reasoned(page, "Accept", "Named people, seen on site.");
    await page.getByText(/accepted/).first().waitFor();
    await check(page, "story/rectification-accepted-desk-en");
    for (const window of [investigator, reviewer, custodian]) await window.close();
  });
});

it("every page is accessible and fits its window", () => noFindings());
