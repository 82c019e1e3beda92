// The accused's own page and the public's, against the real server: reply on a phone, appeal, a statement that two people approve,
// and a visitor who checks it, holds a genuine and a doctored file against it, and sees it overturned.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { check, desk, noFindings, openBrowser, openWindow, phone, story } from "./support/browser.mjs";
import { codeIn, linkIn, staffApi, startNode } from "./support/node.mjs";
import { colleague, password, setUp } from "./support/shortcuts.mjs";

const ines = { name: "Ines Vogt", email: "ines@aurora.example" };
const noa = { name: "Noa Reyes", email: "noa@aurora.example", roles: ["investigator"] };
const reviewers = ["Qian Siyuan", "Paul Okoro", "Ada Lund"].map((name, i) => ({ name, email: `reviewer${i}@aurora.example`, roles: ["reviewer"] }));
const mei = { name: "Mei Lindqvist", email: "mei@freelance.example" };
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString();
const words = {
  en: { title: "Statement on an early publication", body: "A picture of an unreleased car stood on a forum a day early." },
  zh: { title: "关于提前发布的声明", body: "一张未发布车型的图片提前一天出现在论坛上。" },
};

let node, browser, staff, investigator, second, third, appeals, casePath, accused, statement, pdf;

before(async () => {
  node = await startNode();
  browser = await openBrowser();
  staff = staffApi(node.url);
  await setUp(node, staff, ines);
  const signedIn = async (person) => {
    await colleague(node, staff, person);
    const api = staffApi(node.url);
    await api.signIn(person.email, password);
    return api;
  };
  investigator = await signedIn(noa);
  [second, third, appeals] = await Promise.all(reviewers.map(signedIn));
});
after(async () => {
  await browser?.close();
  await node?.stop();
});

const step = story(it);

/** Opens the newest answering link of a mailbox, as its owner does. */
async function comeIn(page, email) {
  const link = linkIn(await staff.mailTo(email, (mail) => /\/answer#/.test(linkIn(mail) ?? "")));
  const since = Date.now();
  await page.goto(`/answer${new URL(link).hash}`);
  await page.locator("input[name=code]").waitFor();
  const mail = await staff.mailTo(email, (one) => codeIn(one) !== undefined && !/\/answer#/.test(one.text) && Date.parse(one.mail.created_at) >= since - 2_000);
  return codeIn(mail);
}

async function approveAndPublish(path) {
  const submitted = await investigator.post(`${path}/submit`);
  for (const reviewer of [second, third]) await reviewer.post(`${path}/approve`, { content_hash: submitted.content_hash });
  await investigator.post(`${path}/publish`);
  for (let tries = 0; tries < 200; tries += 1) {
    const { statement: now } = await investigator.get(path);
    if (now.state === "published") return now;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("the statement was not published");
}

describe("the accused", () => {
  step("is told of a case", async () => {
    const party = await staff.post("/parties", { kind: "person", name: mei.name, email: mei.email, locale: "zh" });
    const opened = await investigator.post("/cases", { title: "Coast road on a forum", kind: "early_publication" });
    casePath = `/cases/${opened.id}`;
    const named = await investigator.post(`${casePath}/parties`, { party: party.id, role: "recipient", accused: true, basis: "admission" });
    accused = named.parties[0].id;
    await investigator.post(`${casePath}/claim`, { text: "The picture stood on a forum a day early.", reply_until: inDays(5) });
  });

  step("comes in by link and code on a phone, reads the claim and replies", async () => {
    const window = await openWindow(browser, { baseURL: node.url, viewport: phone, locale: "zh", dark: true });
    const { page } = window;
    const code = await comeIn(page, mei.email);
    await check(page, "public/accused-link-phone-zh");
    await page.locator("input[name=code]").fill("000000");
    await page.getByRole("button", { name: "打开" }).click();
    await page.getByText("验证码不正确或已过期。").waitFor();
    await page.locator("input[name=code]").fill(code);
    await page.getByRole("button", { name: "打开" }).click();
    await page.getByText("The picture stood on a forum a day early.").waitFor();
    await check(page, "public/accused-claim-phone-zh");
    await page.getByLabel("您的陈述").fill("我的论坛时间早了一小时，抱歉。");
    await page.locator("input[type=file]").setInputFiles({ name: "forum.txt", mimeType: "text/plain", buffer: Buffer.from("an hour ahead") });
    await page.getByText("已附上 forum.txt").waitFor();
    await page.getByRole("button", { name: "提交答复" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "提交答复" }).click();
    await page.getByText("forum.txt").first().waitFor();
    await page.getByText("我的论坛时间早了一小时，抱歉。").waitFor();
    await check(page, "public/accused-replied-phone-zh");
    await window.close();
  });

  step("appeals against the decision at a desk", async () => {
    const { proposals } = await second.post(`${casePath}/proposals`, {
      finding: "breach", reasons: "It stood there a day early.", consequences: [{ kind: "warning", case_party: accused }],
    });
    await third.post(`${casePath}/proposals/${proposals[0].id}/agree`, { reason: "I saw the same." });
    const window = await openWindow(browser, { baseURL: node.url, viewport: desk, locale: "en" });
    const { page } = window;
    await page.addInitScript(() => localStorage.setItem("probity.locale", "en"));
    const code = await comeIn(page, mei.email);
    await page.locator("input[name=code]").fill(code);
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByRole("heading", { name: "The decision" }).waitFor();
    await check(page, "public/accused-decision-desk-en");
    await page.getByLabel("Why the decision is wrong").fill("The forum's clock was wrong.");
    await page.getByRole("button", { name: "File the appeal" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "File the appeal" }).click();
    await page.getByText("Filed, not yet decided").waitFor();
    await check(page, "public/accused-appealed-desk-en");
    await page.getByRole("button", { name: "Leave" }).click();
    await page.getByRole("heading", { name: /You have left/ }).waitFor();
    await page.goto("/answer");
    await page.getByRole("heading", { name: /Open the link in your mail/ }).waitFor();
    await window.close();
  });
});

describe("the public", () => {
  step("finds nothing before anything is published", async () => {
    const window = await openWindow(browser, { baseURL: node.url, viewport: phone, locale: "en" });
    await window.page.goto("/statements");
    await window.page.getByText("Nothing has been published yet").waitFor();
    await check(window.page, "public/statements-empty-phone-en");
    await window.close();
  });

  step("reads a statement and checks it in the browser", async () => {
    const found = await investigator.get(casePath);
    await appeals.post(`${casePath}/appeals/${found.appeals[0].id}/decide`, { outcome: "upheld", reasons: "A day is not an hour." });
    const drafted = await investigator.post("/statements", { case: found.id, kind: "early_publication" });
    const path = `/statements/${drafted.statement.id}`;
    await investigator.patch(path, { texts: words });
    statement = await approveAndPublish(path);
    for (const [name, options, verdict] of [
      ["desk-en", { viewport: desk, locale: "en" }, "Genuine and unaltered"],
      ["phone-zh", { viewport: phone, locale: "zh", dark: true }, "真实且未被改动"],
    ]) {
      const window = await openWindow(browser, { baseURL: node.url, ...options });
      await window.page.goto(`/statements/${statement.id}`);
      await window.page.getByText(verdict).waitFor();
      assert.equal(await window.page.getByText(mei.name).count(), 0, "nobody is named");
      await check(window.page, `public/statement-${name}`);
      await window.page.goto("/statements");
      await window.page.getByRole("link", { name: options.locale === "zh" ? words.zh.title : words.en.title }).waitFor();
      await check(window.page, `public/statements-${name}`);
      await window.close();
    }
  });

  step("holds a genuine and a doctored file against the list", async () => {
    pdf = Buffer.from(await (await fetch(`${node.url}/api/v1/public/statements/${statement.id}/statement.pdf`)).arrayBuffer());
    const window = await openWindow(browser, { baseURL: node.url, viewport: desk, locale: "en" });
    const { page } = window;
    await page.goto("/statements");
    const hold = async (name, buffer, said) => {
      await page.locator("input[type=file]").setInputFiles({ name, mimeType: "application/pdf", buffer });
      await page.getByRole("status").filter({ hasText: said }).waitFor();
    };
    await hold("genuine.pdf", pdf, /Yes: this is a statement of Aurora Motors/);
    await check(page, "public/held-genuine-desk-en");
    const doctored = Buffer.from(pdf);
    doctored[200] ^= 1;
    await hold("doctored.pdf", doctored, /No: this is not a statement of Aurora Motors/);
    await check(page, "public/held-doctored-desk-en");
    await hold("appended.pdf", Buffer.concat([pdf, Buffer.from("\n% more")]), /No: this is not a statement of Aurora Motors/);
    await window.close();
  });

  step("is told when the server hands out another document than was sealed", async () => {
    const window = await openWindow(browser, { baseURL: node.url, viewport: desk, locale: "en" });
    const { page } = window;
    const doctored = Buffer.from(pdf);
    doctored[doctored.length >> 1] ^= 1;
    await page.route("**/statement.pdf", (route) => route.fulfill({ body: doctored, contentType: "application/pdf" }));
    await page.goto(`/statements/${statement.id}`);
    await page.getByText("Do not rely on this document").waitFor();
    await check(page, "public/statement-doctored-desk-en");
    await window.close();
  });

  step("sees what overturned it with equal prominence", async () => {
    const { stages } = await investigator.post(`${casePath}/stages`, { kind: "arbitration", body: "Sample Arbitration House" });
    await appeals.patch(`${casePath}/stages/${stages[0].id}`, { outcome: "overturned", text: "The clock was wrong after all." });
    const drafted = await investigator.post(`/statements/${statement.id}/follow-up`, { relation: "overturned", texts: { en: { ...words.en, title: "The finding is overturned" }, zh: { ...words.zh, title: "结论被推翻" } } });
    await approveAndPublish(`/statements/${drafted.statement.id}`);
    const window = await openWindow(browser, { baseURL: node.url, viewport: phone, locale: "en" });
    const { page } = window;
    await page.goto(`/statements/${statement.id}`);
    await page.getByText("This was overturned later").waitFor();
    await check(page, "public/statement-overturned-phone-en");
    await page.getByRole("link", { name: "The finding is overturned" }).first().click();
    await page.getByRole("heading", { level: 1, name: "The finding is overturned" }).waitFor();
    await page.goto(`/statements/${"0".repeat(26)}`);
    await page.getByText("There is no such statement").waitFor();
    await window.close();
  });

  step("every page on the way was accessible and fitted its window", () => noFindings());
});
