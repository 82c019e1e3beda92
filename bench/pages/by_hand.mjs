// How long a person needs, as the keystroke-level model has it: the real pages in Chromium, the real server, and before each
// act the time that a practised user takes for it. From nothing to a signed commitment and an opened copy, and the
// recipient's part of it on a phone. No person was timed; reading is told apart, since people differ in it most.
//
//   PROBITY_PROGRAM=build/release/probity node bench/pages/by_hand.mjs
//
// Times of an act: S. K. Card, T. P. Moran, A. Newell, "The keystroke-level model for user performance time with interactive
// systems", CACM 23(7), 1980 (average typist, 40 words a minute). Typing on a phone: K. Palin et al., "How do people type on
// mobile devices?", MobileHCI 2019 (36 words a minute). Silent reading: M. Brysbaert, "How many words do we read per
// minute?", Journal of Memory and Language 109, 2019 (238 words a minute). Counted are thoughts (M, one an act), pointings (P),
// presses and keys (K); hands that change between keyboard and mouse (H) and mistakes are not.
import { desk, openBrowser, openWindow, phone } from "../../tests/browser/support/browser.mjs";
import { staffApi, startNode } from "../../tests/browser/support/node.mjs";
import { answerQuestions, comeIn, openFirstCopy, readToTheEnd, sign } from "../../tests/browser/support/people.mjs";
import { picturePath } from "../../tests/browser/support/pictures.mjs";

const prepare_s = 1.35, point_s = 1.1, press_s = 0.2, drag_s = 2 * point_s;
const key_s = { desk: 0.28, phone: 0.33 };
const reading_words_a_minute = 238;
const look_for_mail_s = 5; // to change to the mail and back: ours, not the model's
const sender = { name: "Ines Vogt", email: "ines@aurora.example", password: "five quiet rivers at dawn" };
const recipient = { name: "Mei Lindqvist", email: "mei@motorweekly.example" };

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
let acts = 0;
// What a person's time goes into, in seconds; the rest is the pages' and the server's.
let spent = {};
const spend = async (on, seconds) => {
  spent[on] = (spent[on] ?? 0) + seconds;
  await pause(seconds);
};
const spentWords = (all_s) => {
  const parts = Object.entries(spent);
  const rest_s = all_s - parts.reduce((sum, [, seconds]) => sum + seconds, 0);
  return [...parts, ["pages and server", rest_s]].map(([on, seconds]) => `${on} ${seconds.toFixed(1)} s`).join(", ");
};

/** From here on each act of any page takes a person's time. */
function takeTime(page) {
  const locator = Object.getPrototypeOf(page.locator("body"));
  let last = "";
  const before = (name, parts) => {
    const act = locator[name];
    locator[name] = async function (...given) {
      acts += 1;
      // Pressing the same button again is anticipated, and the hand is there already.
      const again = name === "click" && String(this) === last;
      last = String(this);
      const hand = this.page().viewportSize().width < 600 ? "phone" : "desk";
      for (const [on, seconds] of Object.entries(again ? { presses: press_s } : parts(given[0], hand))) await spend(on, seconds);
      return act.apply(this, given);
    };
  };
  const click_s = prepare_s + point_s + press_s;
  before("click", () => ({ presses: click_s }));
  before("check", () => ({ ticks: click_s }));
  before("setInputFiles", () => ({ "a file dragged in": click_s + drag_s }));
  before("fill", (text, hand) => ({ presses: click_s, typing: [...text].length * key_s[hand] }));
}

async function send(page, node) {
  const link = node.setupLink();
  await page.goto(link.pathname + link.hash);
  await page.getByLabel("Organisation").fill("Aurora Motors");
  await page.getByLabel("Your name").fill(sender.name);
  await page.getByLabel("E-mail").fill(sender.email);
  await page.getByLabel("New password").fill(sender.password);
  await page.getByRole("button", { name: "Create account" }).click();

  await page.getByRole("button", { name: "New project" }).first().click();
  let dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name", exact: true }).fill("Aurora E5");
  await dialog.getByRole("button", { name: "New project" }).click();
  await page.getByRole("heading", { level: 1, name: "Aurora E5" }).waitFor();
  await page.locator("input[type=file]").first().setInputFiles(picturePath(1));
  await page.getByText("Ready").first().waitFor({ timeout: 60_000 });

  await page.getByRole("link", { name: "Send a commitment" }).click();
  await page.getByRole("button", { name: /Press pre-release/ }).click();
  await page.getByRole("button", { name: "Add a party" }).first().click();
  dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name", exact: true }).fill(recipient.name);
  await dialog.getByLabel("E-mail").fill(recipient.email);
  await dialog.getByRole("button", { name: "Add" }).click();
  await page.getByText("1 chosen").waitFor();
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("Amount").fill("10000");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByText("EUR 10,000").first().waitFor();
  await page.getByRole("button", { name: "Send to 1 party" }).click();
  await page.getByText(recipient.name).first().waitFor();
}

const words = async (page) => (await page.locator("main").innerText()).split(/\s+/).length;

const node = await startNode();
const browser = await openBrowser();
try {
  const staff = staffApi(node.url);
  const atDesk = await openWindow(browser, { baseURL: node.url, viewport: desk });
  takeTime(atDesk.page);
  const began = Date.now();
  await send(atDesk.page, node);
  const sent_s = (Date.now() - began) / 1000, sendersActs = acts, sendersTime = spentWords(sent_s);
  spent = {};

  await staff.signIn(sender.email, sender.password);
  const onPhone = await openWindow(browser, { baseURL: node.url, viewport: phone });
  const { page } = onPhone;
  const opened = Date.now();
  await spend("two mails looked for", look_for_mail_s);
  await spend("presses", prepare_s + point_s + press_s);
  await comeIn(page, staff, recipient.email);
  await spend("two mails looked for", look_for_mail_s);
  await page.getByRole("button").first().waitFor();
  const toRead = await words(page);
  await readToTheEnd(page);
  await answerQuestions(page, staff);
  await sign(page, recipient.name);
  const signed_s = (Date.now() - opened) / 1000, signersActs = acts - sendersActs, signersTime = spentWords(signed_s);
  await openFirstCopy(page);
  const copy_s = (Date.now() - opened) / 1000;

  const row = (what, seconds, wanted) => console.log(`| ${what} | ${seconds.toFixed(0)} s | ${wanted} |`);
  console.log("| by the keystroke-level model | time | wanted |\n|---|---|---|");
  row(`sender at a desk: first run, project, photograph, party, commitment sent (${sendersActs} acts)`, sent_s, "");
  row(`recipient on a phone: link, code, three questions, signature (${signersActs} acts)`, signed_s, "60 s");
  row("the same, and the copy open", copy_s, "");
  row("both, from nothing to an opened copy", sent_s + copy_s, "180 s");
  row(`reading every word of the agreement, besides (${toRead} words)`, (toRead / reading_words_a_minute) * 60, "");
  console.log(`\nsender: ${sendersTime}\nrecipient: ${signersTime}`);
  await onPhone.close();
  await atDesk.close();
} finally {
  await browser.close();
  await node.stop();
}
