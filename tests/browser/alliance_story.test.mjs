// The alliance in the browser against real processes: a listing is filed and noticed, somebody asks and meets it, the listed
// person objects, the ombudsman decides; the operator looks; members tell each other of a counterfeit.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Alliance, residentId } from "./support/alliance.mjs";
import { check, choose, desk, noFindings, openBrowser, openWindow, phone, story } from "./support/browser.mjs";
import { pick, signIn } from "./support/people.mjs";
import { picturePath } from "./support/pictures.mjs";

const noa = { name: "Noa Reyes", email: "noa@aurora.example", roles: ["investigator"] };
const qian = { name: "钱思远", email: "qian@aurora.example", roles: ["reviewer"], locale: "zh" };
const sam = { name: "Sam Okafor", email: "sam@borealis.example", roles: ["screener"] };
const olga = { name: "Olga Brandt", email: "olga@ombudsman.example", roles: ["ombudsman"] };
const otto = { name: "Otto Klein", email: "otto@hub.example", roles: ["operator"] };
const listed = { name: "Lin Testperson", number: residentId(101), born: "1990-03-07" };
const stranger = residentId(202);
const slow = { timeout: 60_000 };

let alliance, browser, filer, filing, letter, hit;

before(async () => {
  alliance = await Alliance.start();
  await alliance.people("aurora", "Aurora Motors", [noa, qian]);
  await alliance.people("borealis", "Borealis Phones", [sam]);
  await alliance.people("ombudsman", "Ombudsman of the Alliance", [olga]);
  await alliance.people("hub", "The Alliance", [otto]);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await alliance?.stop();
});

const step = story(it);

/** A window whose clock is the alliance's. */
async function windowAt(key, options) {
  const window = await openWindow(browser, { baseURL: alliance[key].url, ...options });
  if (alliance.days > 0) await window.context.clock.setSystemTime(alliance.now());
  return window;
}

async function signedIn(key, person, options = { viewport: desk }) {
  const window = await windowAt(key, options);
  await signIn(window.page, person);
  return window;
}

/** Until the API of a node says what a story waits for. */
async function until(api, path, fits, seconds = 30) {
  let last;
  for (let tries = 0; tries < seconds * 4; tries += 1) {
    last = await api.get(path);
    if (fits(last)) return last;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`${path} did not come to it in ${seconds} s: ${JSON.stringify(last).slice(0, 600)}`);
}

describe("a listing is filed", () => {
  step("what can never be listed is refused with its reason", async () => {
    filer = await signedIn("aurora", noa);
    const { page } = filer;
    await page.getByRole("navigation").getByRole("link", { name: "Filings" }).click();
    await page.getByRole("heading", { name: "Nothing was filed" }).waitFor();
    await check(page, "alliance/filings-empty-desk-en");
    await page.getByRole("link", { name: "New filing" }).first().click();
    await page.getByLabel("Name").fill(listed.name);
    await pick(page, page.getByRole("textbox", { name: "Conduct" }), "Negligence");
    await page.getByText("Carelessness is for the commitment's agreed amount").waitFor();
    await page.getByRole("button", { name: "Begin the filing", disabled: true }).waitFor();
    await check(page, "alliance/filing-never-desk-en");
  });

  step("the investigator drafts a bribery, with the four tests", async () => {
    const { page } = filer;
    await pick(page, page.getByRole("textbox", { name: "Conduct" }), "Bribery");
    await page.getByRole("button", { name: "Begin the filing" }).click();
    await page.getByRole("heading", { level: 1, name: listed.name }).waitFor();
    filing = new URL(page.url()).pathname.split("/")[2];
    await page.getByRole("button", { name: "Edit" }).click();
    let dialog = page.getByRole("dialog");
    await pick(page, dialog.getByRole("textbox", { name: "Proof" }), "Judgment");
    await dialog.getByLabel("What happened").fill("Took money from a supplier for the choice of a lamp, in three payments.");
    await dialog.getByLabel("Last day of the conduct").fill("2026-05-04");
    await dialog.getByLabel("When the organisation found so").fill("2026-08-20");
    await dialog.getByLabel("Who decided").fill("Ines Vogt, head of compliance");
    await dialog.getByLabel("How employment or contract ended").fill("Dismissed without notice on 21 August 2026 because of it.");
    await dialog.getByLabel("Contact for other members").fill("integrity@aurora.example");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Enter the identifier" }).click();
    dialog = page.getByRole("dialog");
    await dialog.getByLabel("Number").fill(listed.number);
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    const inputs = page.locator("input[type=file]");
    for (const [at, name] of ["statement.pdf", "judgment.pdf", "dismissal.pdf"].entries()) {
      await inputs.nth(at).setInputFiles({ name, mimeType: "application/pdf", buffer: Buffer.from(`%PDF-1.4 ${name}`) });
      await page.getByRole("link", { name }).waitFor();
    }
    await page.getByText("Nothing is missing").waitFor();
    await check(page, "alliance/filing-draft-desk-en");
    assert.equal(await page.getByText(listed.number).count(), 0, "the number is not shown again");
    await page.getByRole("button", { name: "Hand in for approval" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Hand in for approval" }).click();
    await page.getByText("Waits for approval").waitFor(slow);
    assert.equal(await page.getByRole("button", { name: "Approve" }).count(), 0, "nobody approves what they wrote");
  });

  step("a second person approves it, on a phone in Chinese", async () => {
    const reviewer = await signedIn("aurora", qian, { viewport: phone, locale: "zh" });
    const { page } = reviewer;
    await page.goto(`/filings/${filing}`);
    await page.getByRole("button", { name: "批准", exact: true }).waitFor();
    await check(page, "alliance/filing-approve-phone-zh");
    await page.getByRole("button", { name: "批准", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "批准", exact: true }).click();
    await page.getByText("待发通知").waitFor(slow);
    await reviewer.close();
  });

  step("the hub sends the notice; the person reads it on a phone", async () => {
    const { page } = filer;
    await page.reload();
    await page.getByRole("button", { name: "Send the notice" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Where the person can be reached").fill("lin.testperson@mail.example");
    await dialog.getByRole("button", { name: "Send the notice" }).click();
    await dialog.waitFor({ state: "detached" });
    letter = alliance.letter();
    assert.ok(letter.link && letter.code, `a letter with link and code:\n${letter.text}`);
    const person = await windowAt("hub", { viewport: phone, locale: "zh" });
    const page2 = person.page;
    await page2.goto(letter.link);
    await page2.getByRole("heading", { level: 1, name: "关于列入名单的通知" }).waitFor();
    assert.equal(new URL(page2.url()).pathname, "/notice", "the secret has left the address");
    await check(page2, "alliance/notice-code-phone-zh");
    await page2.getByLabel("验证码").fill("00000000");
    await page2.getByRole("button", { name: "打开" }).click();
    await page2.getByText(/链接与验证码不符/).waitFor();
    await page2.getByLabel("验证码").fill(letter.code);
    await page2.getByRole("button", { name: "打开" }).click();
    await page2.getByRole("heading", { level: 1, name: "行贿受贿" }).waitFor();
    await page2.getByText("Aurora Motors").waitFor();
    await check(page2, "alliance/notice-phone-zh");
    await person.close();
    await filer.close();
  });
});

describe("somebody asks", () => {
  let screener;

  step("sixteen days later it is active", async () => {
    alliance.moveTo(16);
    const api = await alliance.as("aurora", noa.email);
    await until(api, `/filings/${filing}`, ({ filing: one }) => one.state === "active");
  });

  step("a miss, and its receipt", async () => {
    screener = await signedIn("borealis", sam);
    const { page } = screener;
    await page.getByRole("heading", { level: 1, name: "Screening" }).waitFor();
    await check(page, "alliance/ask-desk-en");
    await ask(page, stranger);
    await page.getByText("Nobody with this number is on the alliance's list now").waitFor(slow);
    assert.ok(!page.url().includes(stranger));
    await check(page, "alliance/answer-miss-desk-en");
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Receipt" }).click()]);
    assert.match(download.suggestedFilename(), /receipt\.json$/);
  });

  async function ask(page, number) {
    await page.goto("/screening");
    await page.getByRole("textbox", { name: "Number", exact: true }).fill(number);
    await page.getByLabel("Requisition").fill("REQ-2027-118");
    await page.getByRole("button", { name: "Ask", exact: true }).click();
  }

  step("a hit, and what it is not", async () => {
    const { page } = screener;
    await ask(page, listed.number);
    await page.getByText("There is an entry for this number").waitFor(slow);
    await check(page, "alliance/answer-hit-desk-en");
    await page.getByRole("link", { name: "Go on with the hit" }).click();
    await page.getByRole("heading", { name: "You may not" }).waitFor();
    hit = new URL(page.url()).pathname.split("/")[3];
    assert.equal(await page.getByRole("button", { name: /reject/i }).count(), 0);
    assert.equal(await page.getByRole("button", { name: /decision/i }).count(), 0, "nothing can be decided yet");
    await check(page, "alliance/hit-desk-en");
  });

  step("identity, filer, person: one after the other", async () => {
    const { page } = screener;
    await page.getByRole("button", { name: "Confirm identity" }).click();
    let dialog = page.getByRole("dialog");
    await dialog.getByLabel("As the candidate gave it").fill(listed.born);
    await dialog.getByLabel("As the document has it").fill(listed.born);
    await choose(dialog.getByLabel("Yes, it fits"));
    await dialog.getByLabel("Note").fill("Compared at the first interview.");
    await check(page, "alliance/hit-confirm-desk-en", { fullPage: false });
    await dialog.getByRole("button", { name: "Confirm" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Record the call with the filer" }).click();
    dialog = page.getByRole("dialog");
    await dialog.getByLabel("Whom you spoke to").fill("Integrity desk");
    await choose(dialog.getByLabel("They confirm it"));
    await dialog.getByLabel("Note").fill("Three payments; the judgment is final.");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Record that the person was told" }).click();
    dialog = page.getByRole("dialog");
    await dialog.getByLabel("Note").fill("Told by mail, with the notice.");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Waiting", { exact: true }).first().waitFor();
    await check(page, "alliance/hit-waiting-desk-en");
    await screener.close();
    const window = await signedIn("borealis", sam, { viewport: phone, locale: "zh", dark: true });
    await window.page.evaluate(() => localStorage.setItem("probity.locale", "zh"));
    await window.page.goto(`/screening/hits/${hit}`);
    await window.page.getByRole("heading", { name: "现在不可以" }).waitFor();
    await check(window.page, "alliance/hit-waiting-phone-zh");
    await window.close();
  });

  step("after the wait a decision with reasons", async () => {
    alliance.moveTo(26);
    screener = await signedIn("borealis", sam);
    const { page } = screener;
    await page.goto(`/screening/hits/${hit}`);
    await page.getByRole("button", { name: "Record the decision" }).click();
    const dialog = page.getByRole("dialog");
    await choose(dialog.getByLabel("Engaged", { exact: true }));
    await dialog.getByRole("textbox", { name: "Reasons" }).fill("The judgment concerns buying, and the post has nothing to do with it. The candidate told us of it before we asked.");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Decided", { exact: true }).first().waitFor();
    await page.goto("/screening/hits");
    await page.getByRole("table").waitFor();
    await check(page, "alliance/hits-desk-en");
    await page.goto("/screening/questions");
    await page.getByRole("table").waitFor();
    await check(page, "alliance/questions-desk-en");
  });

  step("partners: one company, and a file of them", async () => {
    const { page } = screener;
    await page.goto("/screening?about=company");
    await page.getByLabel("Name").fill("深圳市蓝鹤光学有限公司");
    await page.getByLabel("Requisition").fill("SUP-77");
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    await page.getByText("Not listed").first().waitFor();
    await check(page, "alliance/company-desk-en");
    await page.getByRole("button", { name: "Watch it" }).click();
    await page.getByText("Watched from now on.").waitFor();
    await page.goto("/screening/watches");
    await page.getByRole("table").waitFor();
    await check(page, "alliance/watches-desk-en");
    await page.goto("/screening/batches");
    await page.locator("input[type=file]").setInputFiles({ name: "partners.csv", mimeType: "text/csv", buffer: Buffer.from("名称,统一社会信用代码\n蓝鹤光学有限公司,\nFeinglas GmbH,\n=cmd|' /C calc'!A0,123\n") });
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Requisition").fill("PR-2027");
    await dialog.getByRole("button", { name: "Screen a file" }).click();
    await page.getByRole("table").waitFor(slow);
    await check(page, "alliance/batch-desk-en");
    await screener.close();
  });
});

describe("the listed person objects", () => {
  step("in their own words, on a phone", async () => {
    const person = await windowAt("hub", { viewport: phone });
    const { page } = person;
    await page.goto(letter.link);
    await page.getByLabel("Code").fill(letter.code);
    await page.getByRole("button", { name: "Open" }).click();
    await page.getByRole("heading", { name: "Object" }).waitFor();
    await check(page, "alliance/notice-phone-en");
    await page.getByLabel("Your words").fill("The payments were a loan among friends that I had told my manager about. The court has since reopened the matter.");
    await page.locator("input[type=file]").setInputFiles({ name: "reopened.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4 reopened") });
    await page.getByRole("button", { name: "Object with these words" }).click();
    await page.getByText(/The filer answers by/).waitFor();
    await check(page, "alliance/notice-objected-phone-en");
    await person.close();
  });

  step("the filer answers that it stands", async () => {
    const api = await alliance.as("aurora", noa.email);
    await until(api, `/filings/${filing}`, ({ may }) => may.includes("answer"));
    const window = await signedIn("aurora", noa);
    const { page } = window;
    await page.goto(`/filings/${filing}`);
    await page.getByRole("button", { name: "Answer the appeal" }).waitFor();
    await check(page, "alliance/filing-disputed-desk-en");
    await page.getByRole("button", { name: "Answer the appeal" }).click();
    const dialog = page.getByRole("dialog");
    await choose(dialog.getByLabel("It stands, for these reasons"));
    await dialog.getByRole("textbox", { name: "Reasons" }).fill("Nobody was told of a loan, and the judgment says otherwise.");
    await dialog.getByRole("button", { name: "Answer the appeal" }).click();
    await dialog.waitFor({ state: "detached" });
    await until(api, `/filings/${filing}`, ({ listing, pending }) => !pending && listing.appeal?.stage !== "at_filer");
    await window.close();
  });

  step("the ombudsman has the last word", async () => {
    const window = await signedIn("ombudsman", olga);
    const { page } = window;
    await page.getByRole("heading", { level: 1, name: "Ombudsman" }).waitFor();
    await page.getByRole("link", { name: "Bribery" }).waitFor(slow);
    await check(page, "alliance/appeals-desk-en");
    await page.getByRole("link", { name: "Bribery" }).click();
    await page.getByRole("button", { name: "Decide the appeal" }).waitFor(slow);
    await check(page, "alliance/matter-desk-en");
    await page.getByRole("button", { name: "Decide the appeal" }).click();
    const dialog = page.getByRole("dialog");
    await choose(dialog.getByLabel("Taken back"));
    await dialog.getByRole("textbox", { name: "Reasons" }).fill("The court has reopened the matter: no final finding is left.");
    await dialog.getByRole("button", { name: "Decide the appeal" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.goto("/appeals/statistics");
    await page.getByText("Days to decide (median)").waitFor();
    await check(page, "alliance/ombudsman-statistics-desk-en");
    await window.close();
  });

  step("somebody without a letter asks what is recorded: the same page when nothing is", async () => {
    const window = await signedIn("ombudsman", olga, { viewport: desk });
    const { page } = window;
    await page.goto("/appeals/answers");
    await page.getByRole("button", { name: "Answer somebody who asks" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Number").fill(stranger);
    await dialog.getByLabel("Which papers you saw").fill("Resident ID card, original");
    await dialog.getByRole("button", { name: "Answer somebody who asks" }).click();
    const link = await dialog.getByLabel("Link", { exact: true }).inputValue(slow);
    const code = await dialog.getByLabel("Code", { exact: true }).inputValue();
    await window.close();
    const person = await windowAt("ombudsman", { viewport: phone });
    await person.page.goto(link);
    await person.page.getByLabel("Code").fill(code);
    await person.page.getByRole("button", { name: "Open" }).click();
    await person.page.getByRole("heading", { name: "Nothing is recorded about you" }).waitFor(slow);
    await check(person.page, "alliance/recorded-phone-en");
    await person.close();
  });

  step("who had found it is told to look again", async () => {
    const api = await alliance.as("borealis", sam.email);
    await until(api, `/screening/hits/${hit}`, ({ change, state }) => change !== null || state === "reconsider");
    const window = await signedIn("borealis", sam);
    await window.page.goto(`/screening/hits/${hit}`);
    await window.page.getByText("The listing has changed").first().waitFor();
    await check(window.page, "alliance/hit-changed-desk-en");
    await window.close();
  });
});

describe("the hub and the public", () => {
  step("the operator looks at members, keys and alarms", async () => {
    const window = await signedIn("hub", otto);
    const { page } = window;
    await page.getByRole("link", { name: "Borealis Phones" }).waitFor();
    await check(page, "alliance/hub-members-desk-en");
    await page.getByRole("link", { name: "Borealis Phones" }).click();
    await page.getByRole("heading", { level: 1, name: "Borealis Phones" }).waitFor();
    await page.getByRole("region", { name: "In the log" }).getByText("Standing of the member").first().waitFor();
    await check(page, "alliance/hub-member-desk-en");
    await page.goto("/hub/epochs");
    await page.getByText("Meridian Tools").waitFor();
    await check(page, "alliance/hub-epochs-desk-en");
    await page.evaluate(() => localStorage.setItem("probity.locale", "zh"));
    await page.goto("/hub/alarms");
    await page.getByRole("tab", { name: /告警/ }).waitFor();
    await check(page, "alliance/hub-alarms-desk-zh");
    await window.close();
  });

  step("anybody reads members, rules and numbers", async () => {
    const window = await windowAt("hub", { viewport: phone, locale: "zh" });
    const { page } = window;
    await page.goto("/alliance");
    await page.getByText("Aurora Motors").waitFor();
    await check(page, "alliance/public-members-phone-zh");
    await page.goto("/alliance?part=rules");
    await page.getByText("劳动争议").first().waitFor();
    await check(page, "alliance/public-rules-phone-zh");
    await page.goto("/alliance?part=statistics");
    await page.getByText("申诉裁决天数").waitFor();
    await check(page, "alliance/public-statistics-phone-zh");
    await page.goto("/alliance?part=list");
    await page.getByText(/3 家密钥持有方中的 2 家/).waitFor();
    await check(page, "alliance/public-list-phone-zh");
    await window.close();
  });
});

describe("members tell each other", () => {
  step("a bulletin with its label goes out", async () => {
    const window = await signedIn("aurora", noa);
    const { page } = window;
    await page.goto("/bulletins");
    await page.getByRole("heading", { name: "No bulletins yet" }).waitFor();
    await check(page, "alliance/bulletins-empty-desk-en");
    await page.getByRole("link", { name: "Write a bulletin" }).click();
    await page.getByLabel("Title").fill("Counterfeit headlamps with a copied seal");
    await page.getByRole("textbox", { name: "Text" }).fill("Headlamps sold as originals. The seal on the box has a wrong year.\nThe lens carries no maker's mark.");
    await page.getByRole("button", { name: "Add a link" }).click();
    await page.getByLabel("Address 1").fill("https://lamps.example/item/9");
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByText("Saved.").waitFor();
    await page.locator("input[type=file]").setInputFiles(picturePath(1));
    await page.getByRole("button", { name: "Remove picture 1" }).waitFor(slow);
    await check(page, "alliance/bulletin-draft-desk-en");
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
    await page.getByText("TLP:AMBER").first().waitFor(slow);
    await page.getByRole("heading", { level: 2, name: "Sightings" }).waitFor();
    await check(page, "alliance/bulletin-own-desk-en");
    await window.close();
  });

  step("another member reads it, has met it too, and answers", async () => {
    const api = await alliance.as("borealis", sam.email);
    await until(api, "/bulletins", ({ total }) => total > 0);
    const window = await signedIn("borealis", sam, { viewport: phone, locale: "zh" });
    const { page } = window;
    await page.evaluate(() => localStorage.setItem("probity.locale", "zh"));
    await page.goto("/bulletins");
    await page.getByRole("link", { name: "Counterfeit headlamps with a copied seal" }).waitFor();
    await check(page, "alliance/bulletins-phone-zh");
    await page.getByRole("link", { name: "Counterfeit headlamps with a copied seal" }).click();
    await page.getByRole("button", { name: "我们也遇到" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("备注").fill("Two boxes at a repair shop.");
    await dialog.getByRole("button", { name: "保存" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Two boxes at a repair shop.").waitFor();
    assert.equal(await page.getByRole("link", { name: "lamps.example" }).getAttribute("rel"), "noopener noreferrer nofollow");
    await check(page, "alliance/bulletin-phone-zh");
    await window.close();
  });

  step("a training event takes registrations", async () => {
    const api = await alliance.as("aurora", noa.email);
    const starts = new Date(alliance.now().getTime() + 9 * 86_400_000);
    await api.post("/training", { title: "Reading a hit", text: "One hour for screeners.", starts_at: starts.toISOString(), ends_at: new Date(starts.getTime() + 3_600_000).toISOString(), zone: "Europe/Berlin", place: "Northport, hall 4", capacity: 2 });
    const window = await signedIn("aurora", noa);
    const { page } = window;
    await page.goto("/training");
    await page.getByRole("button", { name: "Register" }).click();
    await page.getByText("You are registered").waitFor();
    await check(page, "alliance/training-desk-en");
    await window.close();
  });
});

it("every page is accessible and fits its window", () => noFindings());
