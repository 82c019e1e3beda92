// The staff's pages of leaks, cases, statements, shoots and the log in states that take two people and weeks, against a
// stand-in: each is accessible and fits, at a desk and on a phone, in both languages, light and dark.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { check, desk, noFindings, openBrowser, openWindow, phone } from "./support/browser.mjs";
import { matters, startMatters } from "./support/matters.mjs";
import { picturePath } from "./support/pictures.mjs";

let node, browser;
before(async () => {
  node = await startMatters(process.env.PROBITY_PAGES);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await node?.close();
});

const pages = [
  ["dashboard", "/dashboard"],
  ["leaks", "/leaks"],
  ["leak-new", "/leaks/new"],
  ["leak-intake", `/leaks/${matters.leak}`],
  ["leak-result", `/leaks/${matters.traced}/result`],
  ["leak-footage", `/leaks/${matters.footage}/footage`],
  ["leak-footage-again", `/leaks/${matters.traced}/footage`],
  ["leak-custody", `/leaks/${matters.traced}/custody`],
  ["cases", "/cases"],
  ["cases-board", "/cases?view=board"],
  ["cases-rectifications", "/cases?view=rectifications"],
  ["case-summary", `/cases/${matters.case}`],
  ["case-parties", `/cases/${matters.case}/parties`],
  ["case-evidence", `/cases/${matters.case}/evidence`],
  ["case-timeline", `/cases/${matters.case}/timeline`],
  ["case-tasks", `/cases/${matters.case}/tasks`],
  ["case-graph", `/cases/${matters.case}/graph`],
  ["case-decision", `/cases/${matters.case}/decision`],
  ["case-consequences", `/cases/${matters.case}/consequences`],
  ["case-rectification", `/cases/${matters.case}/rectification`],
  ["case-appeal", `/cases/${matters.case}/appeal`],
  ["case-notes", `/cases/${matters.case}/notes`],
  ["case-print", `/cases/${matters.case}/print`],
  ["case-reply", `/cases/${matters.fresh}`],
  ["case-withheld", `/cases/${matters.fresh}/parties`],
  ["case-no-evidence", `/cases/${matters.fresh}/evidence`],
  ["rectification", `/rectifications/${matters.rectification}`],
  ["statements", "/publishing"],
  ["statement-new", `/publishing/new?case=${matters.case}`],
  ["statement-draft", `/publishing/${matters.draft}`],
  ["statement-published", `/publishing/${matters.statement}`],
  ["statement-removing", `/publishing/${matters.removing}`],
  ["statement-removed", `/publishing/${matters.removed}`],
  ["public-removed", `/statements/${matters.removed}`],
  ["shoots", `/projects/${matters.project}/shoots`],
  ["shoot-frames", `/shoots/${matters.shoot}`],
  ["shoot-attendees", `/shoots/${matters.shoot}/attendees`],
  ["releases", "/releases"],
  ["log", "/log"],
  // Those who may read the whole of the log see a record's entries on its page.
  ["log-of-case", `/cases/${matters.case}/timeline`, ["auditor"]],
  ["log-of-leak", `/leaks/${matters.traced}/custody`, ["auditor"]],
].filter(([name]) => !process.env.PROBITY_ONLY || name.startsWith(process.env.PROBITY_ONLY));

const windows = [
  ["desk-en", { viewport: desk, locale: "en", dark: false }],
  ["phone-zh", { viewport: phone, locale: "zh", dark: true }],
  ["desk-zh", { viewport: desk, locale: "zh", dark: true }],
  ["phone-en", { viewport: phone, locale: "en", dark: false }],
  // Each language, width and appearance is seen in the first two; the others when asked for by name, or by "all".
].filter(([name], at) => (process.env.PROBITY_WINDOW ? ["all", name].includes(process.env.PROBITY_WINDOW) : at < 2));

// The windows side by side: most of the time goes by in the browser.
describe("every page", { concurrency: true }, () => {
  for (const [name, options] of windows) {
    describe(name, { concurrency: 1 }, () => {
      // One each: what it answers depends on who was said to read it, and in which language.
      let node;
      before(async () => { node = await startMatters(process.env.PROBITY_PAGES); });
      after(() => node?.close());

      it("is accessible and fits", async () => {
        node.tell({ locale: options.locale, name: "Paul Okoro", masked: true });
        const window = await openWindow(browser, { baseURL: node.url, ...options });
        for (const [shot, address, roles = ["investigator", "reviewer", "custodian"]] of pages) {
          node.tell({ roles });
          await window.page.goto(address);
          await window.page.getByRole("heading", { level: 1 }).waitFor();
          await node.quiet();
          await window.page.locator('[role="status"][aria-label]').waitFor({ state: "detached", timeout: 5_000 }).catch(() => undefined);
          await check(window.page, `matters/${shot}-${name}`);
        }
        await window.close();
        assert.deepEqual([...node.missing], [], "the stand-in knows every call");
        assert.deepEqual([...node.unfit], [], "the stand-in answers as docs/api/openapi.yaml says");
      });
    });
  }
});

describe("by keyboard alone", { skip: Boolean(process.env.PROBITY_ONLY) }, () => {
  it("moves the divider between leak and master", async () => {
    const window = await openWindow(browser, { baseURL: node.url });
    node.tell({ locale: "en" });
    await window.page.goto(`/leaks/${matters.traced}/result`);
    const slider = window.page.getByRole("slider", { name: /leak is shown/ });
    await slider.focus();
    assert.equal(await slider.getAttribute("aria-valuenow"), "50");
    await slider.press("ArrowRight");
    assert.equal(await slider.getAttribute("aria-valuenow"), "52");
    assert.match((await slider.getAttribute("aria-valuetext")) ?? "", /52 % leak, 48 % master/);
    await slider.press("Home");
    assert.equal(await slider.getAttribute("aria-valuenow"), "0");
    await slider.press("End");
    assert.equal(await slider.getAttribute("aria-valuenow"), "100");
    await window.close();
  });

  it("goes through frames and asks for the reason of a decision", async () => {
    const window = await openWindow(browser, { baseURL: node.url });
    await window.page.goto(`/shoots/${matters.shoot}`);
    const first = window.page.getByRole("button", { name: /^IMG_1200/ });
    await first.focus();
    await first.press("ArrowRight");
    await window.page.keyboard.press(" ");
    await window.page.getByText("1 chosen").waitFor();
    await window.page.keyboard.press("c");
    await window.page.getByRole("dialog", { name: "Clear 1 frame?" }).getByLabel("Reason").waitFor();
    await check(window.page, "matters/shoot-clearing-desk-en", { fullPage: false });
    await window.close();
  });

  it("asks whether a picture is official", async () => {
    const window = await openWindow(browser, { baseURL: node.url });
    await window.page.goto("/releases");
    await window.page.locator("input[type=file]").first().setInputFiles(picturePath(0));
    await window.page.getByText(/^Official, since/).waitFor();
    await check(window.page, "matters/releases-answer-desk-en");
    await window.close();
  });
});

it("every page is accessible and fits its window", () => noFindings());
