// Groups of members that a desk writes to, against real processes: kept, renamed and deleted on their tab, chosen in the composer,
// which says while somebody writes that a company is not on the list; and who reads what was sent to a group.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Alliance } from "./support/alliance.mjs";
import { check, desk, noFindings, openBrowser, openWindow, phone, story } from "./support/browser.mjs";
import { pick, signIn } from "./support/people.mjs";

const noa = { name: "Noa Reyes", email: "noa@aurora.example", roles: ["investigator"] };
const sam = { name: "Sam Okafor", email: "sam@borealis.example", roles: ["screener"] };
const olga = { name: "Olga Brandt", email: "olga@ombudsman.example", roles: ["ombudsman"] };
const otto = { name: "Otto Klein", email: "otto@hub.example", roles: ["operator"] };
const title = "Headlamps with a copied seal";
const unlisted = "灰鸥贸易有限公司";
const slow = { timeout: 60_000 };

let alliance, browser, writer;

before(async () => {
  alliance = await Alliance.start();
  await alliance.people("aurora", "Aurora Motors", [noa]);
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

async function signedIn(key, person, options = { viewport: desk }) {
  const window = await openWindow(browser, { baseURL: alliance[key].url, ...options });
  await signIn(window.page, person);
  if (options.locale) await window.page.evaluate((locale) => localStorage.setItem("probity.locale", locale), options.locale);
  return window;
}

/** Members chosen in a field that takes several; the list closes afterwards. */
async function choose(page, field, names) {
  for (const name of names) await pick(page, field, name);
  await field.press("Escape");
}

describe("a group", () => {
  step("is kept under a name, and needs one and members", async () => {
    writer = await signedIn("aurora", noa);
    const { page } = writer;
    await page.goto("/bulletins");
    await page.getByRole("tab", { name: "Groups" }).click();
    await page.getByRole("heading", { name: "No groups" }).waitFor();
    await check(page, "groups/empty-desk-en");
    await page.getByRole("button", { name: "New group" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Save the group" }).click();
    await dialog.locator("[aria-invalid=true]").nth(1).waitFor();  // a name and at least one member
    await dialog.getByLabel("Name of the group").fill("Lighting");
    await choose(page, dialog.getByRole("textbox", { name: "Members" }), ["Borealis Phones", "Ombudsman of the Alliance"]);
    await check(page, "groups/new-desk-en", { fullPage: false });
    await dialog.getByRole("button", { name: "Save the group" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("cell", { name: "Borealis Phones, Ombudsman of the Alliance" }).waitFor();
    await check(page, "groups/list-desk-en");
  });

  step("refuses a second one of the same name", async () => {
    const { page } = writer;
    await page.getByRole("button", { name: "New group" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name of the group").fill("lighting");
    await choose(page, dialog.getByRole("textbox", { name: "Members" }), ["Borealis Phones"]);
    await dialog.getByRole("button", { name: "Save the group" }).click();
    await dialog.getByRole("alert").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  step("is renamed and made smaller, on a phone in Chinese", async () => {
    const window = await signedIn("aurora", noa, { viewport: phone, locale: "zh" });
    const { page } = window;
    await page.goto("/bulletins/groups");
    await page.getByRole("button", { name: "修改Lighting" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("群组名称").fill("灯具成员");
    const members = dialog.getByRole("textbox", { name: "成员" });
    await members.focus();
    await members.press("Backspace");
    await dialog.getByText("Ombudsman of the Alliance").waitFor({ state: "detached" });
    await members.press("Tab");
    await check(page, "groups/rename-phone-zh", { fullPage: false });
    await dialog.getByRole("button", { name: "保存群组" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("灯具成员").waitFor();
    assert.equal(await page.getByText("Ombudsman of the Alliance").count(), 0);
    await check(page, "groups/list-phone-zh");
    await window.close();
  });
});

describe("a bulletin for a group", () => {
  step("the composer names who is in it", async () => {
    const { page } = writer;
    await page.goto("/bulletins/drafts/new");
    await page.getByRole("radiogroup", { name: "Audience" }).getByText("Group", { exact: true }).click();
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByRole("textbox", { name: "Group" }).and(page.locator("[aria-invalid=true]")).waitFor();
    await pick(page, page.getByRole("textbox", { name: "Group" }), "灯具成员");
    await page.getByText("Borealis Phones", { exact: true }).waitFor();
    await page.getByText(/goes to the members of the moment/).waitFor();
  });

  step("says while it is written that a company is not on the list, and what to do instead", async () => {
    const { page } = writer;
    await page.getByLabel("Title").fill(title);
    await page.getByRole("textbox", { name: "Text" }).fill(`These are counterfeits, sold as originals by ${unlisted}. The seal has a wrong year.`);
    const findings = page.getByRole("status").filter({ hasText: "What keeps it from being published" });
    await findings.getByText(/names a company that is neither on the list nor under mentions/).waitFor();
    await findings.getByText(/File a listing of the company first/).waitFor();
    assert.ok(new URL(page.url()).pathname.endsWith("/drafts/new"), "nothing was saved for it");
    await findings.scrollIntoViewIfNeeded();
    await check(page, "groups/unlisted-desk-en", { fullPage: false });
    await page.getByRole("button", { name: "Add a company" }).click();
    await page.getByLabel("Company", { exact: true }).fill("Feinglas GmbH");
    const accused = findings.getByText(/It accuses a company that is not on the alliance's list/);
    await accused.waitFor();
    await page.getByRole("button", { name: "Remove line 1" }).click();
    await accused.waitFor({ state: "detached" });
  });

  step("the same on a phone in Chinese, of the saved draft", async () => {
    const { page } = writer;
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByText("Saved.").waitFor();
    const window = await signedIn("aurora", noa, { viewport: phone, locale: "zh", dark: true });
    await window.page.goto("/bulletins/drafts");
    await window.page.getByRole("link", { name: title }).click();
    const findings = window.page.getByRole("status").filter({ hasText: "妨碍发布的内容" });
    await findings.getByText(/未列入名单/).waitFor();
    // The groups' names come by themselves, after the draft.
    await window.page.getByRole("textbox", { name: "群组" }).and(window.page.locator("[value='灯具成员']")).waitFor();
    await findings.scrollIntoViewIfNeeded();
    await check(window.page, "groups/unlisted-phone-zh", { fullPage: false });
    await window.close();
  });

  step("named without being accused it goes out, to the group and nobody else", async () => {
    const { page } = writer;
    const mentions = page.getByRole("textbox", { name: "Named and not accused" });
    await mentions.fill(unlisted);
    await mentions.press("Enter");
    await page.getByText("Nothing that this node can see keeps it from being published.").waitFor(slow);
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
    await page.getByRole("heading", { level: 2, name: "Sightings" }).waitFor(slow);
    await check(page, "groups/sent-desk-en");
    const reader = await signedIn("borealis", sam, { viewport: phone, locale: "zh" });
    await reader.page.goto("/bulletins");
    await reader.page.getByRole("link", { name: title }).waitFor();
    await reader.close();
    const other = await signedIn("ombudsman", olga);
    await other.page.goto("/bulletins");
    await other.page.getByRole("heading", { name: "No bulletins yet" }).waitFor();
    await other.close();
  });
});

describe("a group that is deleted", () => {
  step("leaves a draft that has to choose again, and readers to what was sent", async () => {
    const { page } = writer;
    await page.goto("/bulletins/drafts/new");
    await page.getByLabel("Title").fill("A second letter");
    await page.getByRole("textbox", { name: "Text" }).fill("For the same members.");
    await page.getByRole("radiogroup", { name: "Audience" }).getByText("Group", { exact: true }).click();
    await pick(page, page.getByRole("textbox", { name: "Group" }), "灯具成员");
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.waitForURL(/drafts\/(?!new)/);
    const draft = page.url();
    await page.goto("/bulletins/groups");
    await page.getByRole("button", { name: "Delete the group: 灯具成员" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/keep their readers/).waitFor();
    await check(page, "groups/delete-desk-en", { fullPage: false });
    await dialog.getByRole("button", { name: "Delete the group" }).click();
    await page.getByRole("heading", { name: "No groups" }).waitFor();
    await page.goto(draft);
    await page.getByRole("heading", { level: 1, name: "A second letter" }).waitFor();
    await page.getByRole("status").filter({ hasText: "What keeps it from being published" }).waitFor();
    await check(page, "groups/draft-without-group-desk-en");
    const reader = await alliance.as("borealis", sam.email);
    assert.deepEqual((await reader.get("/bulletins")).items.map((one) => one.title), [title]);
    await writer.close();
  });
});

it("every page is accessible and fits its window", () => noFindings());
