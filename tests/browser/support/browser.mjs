// Debian's Chromium through playwright-core: windows of a phone and a desk, pictures of what was seen, axe on each page.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// The packages are those of web/: a single npm ci serves the pages and their tests.
const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const root = fileURLToPath(new URL("../../..", import.meta.url));
const screenshots = process.env.PROBITY_SCREENSHOTS ?? join(root, "build/release/screenshots");

export const desk = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

function program() {
  const found = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));
  if (!found) throw new Error("no Chromium: install Debian's package `chromium`, or name one in CHROMIUM");
  return found;
}

export async function openBrowser() {
  return chromium.launch({
    executablePath: program(),
    // As root Chromium has no sandbox of its own; it meets nothing here but our own pages.
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--font-render-hinting=none"],
  });
}

const open = new Set();

/** A window with nothing in it yet: its own cookies and storage. Errors of the page fail the test at `close`. */
export async function openWindow(browser, { baseURL, viewport = desk, locale = "en", dark = false, zone = "Europe/Berlin" } = {}) {
  const context = await browser.newContext({
    baseURL,
    viewport,
    locale: locale === "zh" ? "zh-CN" : "en-GB",
    timezoneId: zone,
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
    hasTouch: viewport.width < 600,
    isMobile: viewport.width < 600,
    deviceScaleFactor: viewport.width < 600 ? 2 : 1,
    acceptDownloads: true,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  open.add(page);
  page.on("close", () => open.delete(page));
  const problems = [];
  page.on("pageerror", (error) => problems.push(`error in the page: ${error.message}`));
  page.on("console", (message) => {
    if (/Content Security Policy|Refused to|Each child in a list|hydrat/i.test(message.text())) problems.push(`console: ${message.text()}`);
  });
  return {
    context,
    page,
    problems,
    async close() {
      await context.close();
      assert.deepEqual(problems, [], "the pages ran without errors");
    },
  };
}

/** Ticks a box or picks a choice as a keyboard does: a pointer may miss while a dialog is still growing. */
export async function choose(control) {
  await control.focus();
  await control.press("Space");
  assert.ok(await control.isChecked(), "the choice is taken");
}

/** Keeps a picture of what is on screen, for people to look at. */
export async function keepPicture(page, name, { fullPage = true } = {}) {
  const path = join(screenshots, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, fullPage, animations: "disabled" });
}

/** No violation of WCAG 2.2 A and AA that axe can see. */
export async function mustBeAccessible(page, name) {
  // Through the debugger: the page's content security policy lets no script in, and should not.
  await page.evaluate(axe);
  let { violations, changed } = await lookedAt(page);
  // A page that changed under axe's eyes shows it a mixture of before and after: only one that held still is at fault.
  for (let again = 0; changed && violations.length > 0 && again < 4; again += 1) {
    await settled(page);
    ({ violations, changed } = await lookedAt(page));
  }
  const told = violations.map((rule) => `${rule.id} (${rule.impact}): ${rule.help}\n${rule.nodes.map((node) => `    ${node.target.join(" ")}\n      ${node.failureSummary?.replace(/\n/g, "\n      ")}`).join("\n")}`);
  findings.push(...told.map((line) => `${name}: ${line}`));
}

/** What axe finds, and whether the page changed while it was looking. */
function lookedAt(page) {
  return page.evaluate(async () => {
    let changed = false;
    const watch = new MutationObserver(() => (changed = true));
    watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    // Good practice speaks of a page's landmarks; behind an open dialog or menu they are out of reach.
    const over = document.querySelector('[role="dialog"], [role="menu"]') !== null;
    const { violations } = await window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", ...(over ? [] : ["best-practice"])],
      resultTypes: ["violations"],
      elementRef: false,
    });
    watch.disconnect();
    return { violations, changed };
  });
}

/** Nothing is still on its way: fonts are there, and two frames have been drawn since. */
export async function settled(page) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 2; frame += 1) await new Promise((next) => requestAnimationFrame(next));
  });
}

// What a page lacked does not end the story: the journey goes on, and the file fails at its end with all of it.
const findings = [];

/** The last test of a file: every page that was looked at is accessible and fits its window. */
export function noFindings() {
  assert.equal(findings.length, 0, `every page is accessible and fits:\n${findings.join("\n")}`);
}

/** Steps of one story: what follows a step that failed is left out, for it could only fail too. */
export function story(it) {
  let broken = false;
  return (name, act) =>
    it(name, async (context) => {
      if (broken) return context.skip("an earlier step failed");
      try {
        return await act(context);
      } catch (error) {
        broken = true;
        for (const [at, page] of [...open].entries()) await keepPicture(page, `failed/${name}-${at + 1}`, { fullPage: false }).catch(() => undefined);
        throw error;
      }
    });
}

/** Nothing is wider than the window: no sideways scrolling on a phone. */
export async function mustFit(page, name) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) findings.push(`${name}: ${over} px wider than its window`);
}

let looking_ms = 0;
/** How long looking at pages has taken so far: no person does that. */
export const spentLooking_ms = () => looking_ms;

/** Keeps a picture of the page and notes what it lacks. */
export async function check(page, name, options) {
  const began = Date.now();
  await settled(page);
  await keepPicture(page, name, options);
  await mustFit(page, name);
  await mustBeAccessible(page, name);
  looking_ms += Date.now() - began;
}
