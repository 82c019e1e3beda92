// The accused's own page and the public's, against the real server: reply on a phone with a document that staff read, appeal, a
// statement that two people approve, a visitor who checks it, holds a genuine and a doctored file against it, and sees it
// overturned, and an auditor who finds the records in the log.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { check, desk, noFindings, openBrowser, openWindow, phone, story } from "./support/browser.mjs";
import { codeIn, linkIn, program, staffApi, startNode } from "./support/node.mjs";
import { signIn } from "./support/people.mjs";
import { colleague, password, setUp } from "./support/shortcuts.mjs";

const ines = { name: "Ines Vogt", email: "ines@aurora.example" };
const noa = { name: "Noa Reyes", email: "noa@aurora.example", roles: ["investigator"] };
const reviewers = ["Qian Siyuan", "Paul Okoro", "Ada Lund"].map((name, i) => ({ name, email: `reviewer${i}@aurora.example`, roles: ["reviewer"] }));
const ada = { name: "Ada Quist", email: "ada@audit.example", roles: ["auditor"] };
// Not text alone: every byte there is.
const attachment = Buffer.from([..."an hour ahead\r\n"].map((letter) => letter.charCodeAt(0)).concat(Array.from({ length: 256 }, (_, byte) => byte)));
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
  await colleague(node, staff, ada);
  [second, third, appeals] = await Promise.all(reviewers.map(signedIn));
});
after(async () => {
  await browser?.close();
  await node?.stop();
});

const step = story(it);

async function staffWindow(person, options) {
  const window = await openWindow(browser, { baseURL: node.url, viewport: desk, ...options });
  await signIn(window.page, person);
  if (options?.locale) await window.page.evaluate((locale) => localStorage.setItem("probity.locale", locale), options.locale);
  return window;
}

/** Takes what a link leads to: its name and its bytes. */
async function taken(page, link) {
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

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
    await page.locator("input[type=file]").setInputFiles({ name: "forum.txt", mimeType: "text/plain", buffer: attachment });
    await page.getByText("已附上 forum.txt").waitFor();
    await page.getByRole("button", { name: "提交答复" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "提交答复" }).click();
    await page.getByText("forum.txt").first().waitFor();
    await page.getByText("我的论坛时间早了一小时，抱歉。").waitFor();
    await check(page, "public/accused-replied-phone-zh");
    await window.close();
  });

  step("what they attached is read by staff, byte for byte", async () => {
    const window = await staffWindow(noa);
    const { page } = window;
    await page.goto(`${casePath}/decision`);
    const link = page.getByRole("link", { name: "forum.txt" });
    await link.waitFor();
    await check(page, "public/reply-document-desk-en");
    const { name, bytes } = await taken(page, link);
    assert.equal(name, "forum.txt");
    assert.ok(bytes.equals(attachment), `${bytes.length} bytes came, ${attachment.length} were sent`);
    const address = await link.getAttribute("href");
    const stranger = await fetch(`${node.url}${address}`);
    assert.equal(stranger.status, 401, "nobody else");
    await window.close();
    const reader = await staffWindow(reviewers[0], { viewport: phone, locale: "zh" });
    await reader.page.goto(`${casePath}/decision`);
    const again = reader.page.getByRole("link", { name: "forum.txt" });
    await again.waitFor();
    await check(reader.page, "public/reply-document-phone-zh");
    assert.ok((await taken(reader.page, again)).bytes.equals(attachment));
    await reader.close();
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
});

describe("an auditor", () => {
  const panel = (page, name = "In the log") => page.getByRole("region", { name });
  const says = "In the log, under a signed checkpoint";
  let folder;
  before(async () => { folder = await mkdtemp(join(tmpdir(), "probity-log-")); });
  after(() => rm(folder, { recursive: true }));

  /** What `probity verify` says of an entry that was taken along. */
  async function verified(proof, opening) {
    const path = (name) => join(folder, name);
    await writeFile(path("entry.tlog-proof"), proof);
    await writeFile(path("opening.json"), opening);
    await writeFile(path("policy"), await (await fetch(`${node.url}/log/policy`)).text());
    const { status, stdout, stderr } = spawnSync(program, ["verify", path("entry.tlog-proof"), "--opening", path("opening.json"), "--policy", path("policy")], { encoding: "utf8" });
    return { status, said: stdout + stderr };
  }

  step("finds a statement in the log, checks it in the browser and with the program", async () => {
    const window = await staffWindow(ada);
    const { page } = window;
    await page.goto(`/publishing/${statement.id}`);
    await panel(page).getByText("Statement sealed").waitFor();
    await panel(page).getByRole("button", { name: /^Check here/ }).click();
    await panel(page).getByText(says).waitFor();
    await check(page, "public/log-statement-desk-en");
    const proof = await taken(page, panel(page).getByRole("link", { name: /^Proof of entry/ }));
    const opening = await taken(page, panel(page).getByRole("link", { name: /^Opening of entry/ }));
    assert.match(proof.name, /^entry-\d+\.tlog-proof$/);
    const { status, said } = await verified(proof.bytes, opening.bytes);
    assert.ok([0, 13].includes(status), said);
    const other = JSON.parse(opening.bytes);
    assert.equal((await verified(proof.bytes, JSON.stringify({ ...other, text: `${other.text} ` }))).status, 23, "another text is not what was entered");
    await window.close();
  });

  step("checks every entry of a case on a phone in Chinese, by keyboard", async () => {
    const window = await staffWindow(ada, { viewport: phone, locale: "zh", dark: true });
    const { page } = window;
    await page.goto(`${casePath}/timeline`);
    const here = panel(page, "在日志中");
    await here.getByRole("button", { name: /^核对全部/ }).focus();
    await page.keyboard.press("Enter");
    await here.getByRole("status").getByText(/^已核对 \d+ 条，其中 \d+ 条成立/).waitFor();
    assert.equal(await here.getByRole("button", { name: /^显示更多/ }).count(), 0, "checking all shows all");
    for (const kind of ["列为被指方", "收到答复", "作出决定", "申诉裁决"]) await here.getByText(kind, { exact: true }).waitFor();
    const entries = await here.getByRole("listitem").count();
    assert.ok(entries >= 6, `${entries} entries`);
    assert.equal(await here.getByText("已在日志中，").count(), entries, "each of them holds");
    await here.getByRole("status").getByText(`已核对 ${entries} 条，其中 ${entries} 条成立。`).waitFor();
    await check(page, "public/log-case-phone-zh");
    await window.close();
  });

  step("is told when a proof leads elsewhere, or what is shown was changed", async () => {
    const window = await staffWindow(ada);
    const { page } = window;
    await page.route("**/log/entries?*", async (route) => {
      const answer = await route.fetch();
      const { items, total } = await answer.json();
      await route.fulfill({ json: { items: items.map((one) => ({ ...one, text: one.text.replace("{", "{ ") })), total } });
    });
    await page.goto(`${casePath}/timeline`);
    await panel(page).getByRole("button", { name: /^Check here/ }).first().click();
    await panel(page).getByText("The opening does not open the entry.").waitFor();
    await check(page, "public/log-changed-desk-en");
    await page.unroute("**/log/entries?*");
    await page.route("**/proof", async (route) => {
      const text = await (await route.fetch()).text();
      const lines = text.split("\n");
      lines[2] = lines[2].replace(/^./, (letter) => (letter === "A" ? "B" : "A"));
      await route.fulfill({ body: lines.join("\n"), contentType: "text/plain" });
    });
    await page.reload();
    await panel(page).getByRole("button", { name: /^Check here/ }).first().click();
    await panel(page).getByText("The proof leads elsewhere.").waitFor();
    await window.close();
  });

  step("whoever may read the case sees its entries; an administrator reads neither", async () => {
    const window = await staffWindow(noa);
    await window.page.goto(`${casePath}/timeline`);
    await panel(window.page).getByRole("listitem").first().waitFor();
    await window.close();
    const entries = `/log/entries?subject=${casePath.split("/").pop()}`;
    const answer = await staff.send("GET", entries);
    assert.equal(answer.status, 403, JSON.stringify(answer.body));
  });

  step("every page on the way was accessible and fitted its window", () => noFindings());
});
