// The alliance's pages in states that take several parties and weeks, against a stand-in: each is accessible and fits, at a
// desk and on a phone, in both languages, light and dark.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { check, desk, noFindings, openBrowser, openWindow, phone } from "./support/browser.mjs";
import { listingRoutes, listings } from "./support/listings.mjs";
import { startMatters } from "./support/matters.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

const staff = [
  ["ask", "/screening"],
  ["ask-company", "/screening?about=company"],
  ["questions", "/screening/questions"],
  ["question", `/screening/questions/${listings.query}`],
  ["question-miss", `/screening/questions/${listings.miss}`],
  ["hits", "/screening/hits"],
  ["hit", `/screening/hits/${listings.hit}`],
  ["companies", "/screening/companies"],
  ["company", `/screening/companies/${listings.company}`],
  ["batches", "/screening/batches"],
  ["batch", `/screening/batches/${listings.batch}`],
  ["watches", "/screening/watches"],
  ["consent-audits", "/screening/audits"],
  ["filings", "/filings"],
  ["filing-new", "/filings/new"],
  ["filing-catalogue", "/filings/catalogue"],
  ["filing", `/filings/${listings.filing}`],
  ["filing-draft", `/filings/${listings.draft}`],
  ["appeals", "/appeals"],
  ["matter", `/appeals/matters/${listings.matter}`],
  ["appeals-decisions", "/appeals/decisions"],
  ["appeals-answers", "/appeals/answers"],
  ["appeals-statistics", "/appeals/statistics"],
  ["hub", "/hub"],
  ["hub-member", `/hub/members/${listings.member}`],
  ["hub-quotas", "/hub/quotas"],
  ["hub-epochs", "/hub/epochs"],
  ["hub-alarms", "/hub/alarms"],
  ["hub-canaries", "/hub/canaries"],
  ["hub-audits", "/hub/audits"],
  ["hub-holidays", "/hub/holidays"],
  ["bulletins", "/bulletins"],
  ["bulletin", `/bulletins/${listings.bulletin}`],
  ["bulletin-drafts", "/bulletins/drafts"],
  ["bulletin-draft", `/bulletins/drafts/${listings.own}`],
  ["bulletin-new", "/bulletins/drafts/new"],
  ["joint-cases", "/bulletins/joint"],
  ["joint-case", `/joint-cases/${listings.joint}`],
  ["training", "/training"],
  ["public-members", "/alliance"],
  ["public-rules", "/alliance?part=rules"],
  ["public-statistics", "/alliance?part=statistics"],
  ["public-list", "/alliance?part=list"],
].filter(([name]) => !process.env.PROBITY_ONLY || name.startsWith(process.env.PROBITY_ONLY));

const windows = [
  ["desk-en", { viewport: desk, locale: "en", dark: false }],
  ["phone-zh", { viewport: phone, locale: "zh", dark: true }],
  ["desk-zh", { viewport: desk, locale: "zh", dark: true }],
  ["phone-en", { viewport: phone, locale: "en", dark: false }],
].filter(([name], at) => (process.env.PROBITY_WINDOW ? ["all", name].includes(process.env.PROBITY_WINDOW) : at < 2));

// The windows side by side: most of the time goes by in the browser.
describe("every page", { concurrency: true }, () => {
  for (const [name, options] of windows) {
    describe(name, { concurrency: 1 }, () => {
      // One each: what it answers depends on who was said to read it, and in which language.
      let node;
      before(async () => { node = await startMatters(process.env.PROBITY_PAGES, listingRoutes); });
      after(() => node?.close());

      it("is accessible and fits", async () => {
        node.tell({ locale: options.locale, roles: ["screener", "investigator", "reviewer", "ombudsman", "operator"], name: "Paul Okoro", masked: true });
        const window = await openWindow(browser, { baseURL: node.url, ...options });
        for (const [shot, address] of staff) {
          await window.page.goto(address);
          await window.page.getByRole("heading", { level: 1 }).waitFor();
          await node.quiet();
          await window.page.locator('[role="status"][aria-label]').waitFor({ state: "detached", timeout: 5_000 }).catch(() => undefined);
          await check(window.page, `alliance/views/${shot}-${name}`);
        }
        await window.close();
        assert.deepEqual([...node.missing], [], "the stand-in knows every call");
        assert.deepEqual([...node.unfit], [], "the stand-in answers as docs/api/openapi.yaml says");
      });

      it("the pages behind a letter's link", async () => {
        const window = await openWindow(browser, { baseURL: node.url, ...options });
        const { page } = window;
        for (const [shot, address] of [["notice", "/notice/00112233445566778899aabbccddeeff"], ["recorded", "/recorded/00112233445566778899aabbccddeeff"]]) {
          await page.goto(address);
          await page.getByRole("textbox").waitFor();
          assert.equal(new URL(page.url()).pathname, `/${shot}`, "the secret has left the address");
          await check(page, `alliance/views/${shot}-code-${name}`);
          await page.getByRole("textbox").fill("12345678");
          await page.keyboard.press("Enter");
          await page.getByRole("textbox", { name: /code|验证码/i }).waitFor({ state: "detached" });
          await check(page, `alliance/views/${shot}-${name}`);
        }
        await window.close();
      });
    });
  }
});

it("every page is accessible and fits its window", () => noFindings());
