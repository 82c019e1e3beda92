// What people do, step by step, in either language: the same steps at a desk and on a phone.
import assert from "node:assert/strict";
import { check } from "./browser.mjs";
import { codeIn, linkIn } from "./node.mjs";
import { password } from "./shortcuts.mjs";

const words = {
  en: {
    code: "One-time code", onward: /Read on/, read: "I have read it to the end", toSign: "On to signing", name: "Your full name", job: "Your job title",
    sign: /^(Sign|Sign for the company)$/, inForce: "Signed and in force", waiting: /Waiting for the others/, openCopies: /Open your (copy|\d+ copies)/, view: /^View /, notQuite: "Not quite",
  },
  zh: {
    code: "一次性验证码", onward: /继续阅读/, read: "我已读到最后", toSign: "前往签署", name: "您的姓名", job: "您的职务",
    sign: /^(签署|代表公司签署)$/, inForce: "已签署并生效", waiting: /等待其他方/, openCopies: /打开您的/, view: /^查看 /, notQuite: "不太对",
  },
};

/** An account of the staff, by e-mail and password, up to its first page. */
export async function signIn(page, { email }) {
  await page.goto("/sign-in");
  await page.getByRole("textbox").first().fill(email);
  await page.locator("input[type=password]").fill(password);
  await page.locator("button[type=submit]").click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  await page.getByRole("heading", { level: 1 }).first().waitFor();
}

/** Opens a list of choices and takes one. */
export async function pick(page, field, option) {
  await field.click();
  await page.getByRole("option", { name: option }).first().click();
}

/** Opens the newest link mailed to `email` and types the code that is mailed then. */
export async function comeIn(page, staff, email, { locale = "en", shot } = {}) {
  const letter = await staff.mailTo(email, (mail) => /\/r#/.test(linkIn(mail) ?? ""));
  const before = Date.now();
  await page.goto(linkIn(letter));
  const code = page.getByLabel(words[locale].code);
  await code.waitFor();
  assert.equal(new URL(page.url()).hash, "", "the token has left the address bar");
  if (shot) await check(page, `${shot}-1-link`);
  // The mail whose code is younger than the visit; clocks of the two are the same machine's.
  const mail = await staff.mailTo(email, (one) => codeIn(one) !== undefined && !/\/r#/.test(one.text) && Date.parse(one.mail.created_at) >= before - 2_000);
  await code.fill(codeIn(mail));
}

export async function readToTheEnd(page, { locale = "en", shot } = {}) {
  const w = words[locale];
  const read = page.getByRole("button", { name: w.read });
  const onward = page.getByRole("button", { name: w.onward });
  await read.or(onward).waitFor();
  if (shot) await check(page, `${shot}-2-read`, { fullPage: false });
  for (let taps = 0; taps < 40 && !(await read.isVisible()); taps += 1) {
    await onward.click();
    await page.waitForTimeout(30);
  }
  await read.click();
}

/** Answers each question; the first one wrongly to begin with, when `stumble` is set. */
export async function answerQuestions(page, staff, { locale = "en", shot, stumble = false } = {}) {
  const w = words[locale];
  await page.getByRole("group").getByRole("button").first().waitFor();
  const id = new URL(page.url()).pathname.split("/").pop();
  const [shown, { commitment }] = [
    await page.evaluate((of) => fetch(`/api/v1/recipient/commitments/${of}`).then((answer) => answer.json()), id),
    await staff.get(`/commitments/${id}`),
  ];
  const { items } = await staff.get("/templates?limit=100");
  const known = items.flatMap(({ text }) => text.questions);
  assert.equal(shown.questions.length, 3);
  assert.equal(JSON.stringify(shown).includes('"right"'), false, "the right answers are not told");
  for (const [at, question] of shown.questions.entries()) {
    const right = known.find((one) => one.id === question.id && one.choices.length === question.choices.length)?.right;
    const place = question.choices.findIndex((choice) => choice.id === right);
    assert.ok(place >= 0, `the right answer of ${question.id} in ${commitment.number} is known`);
    await page.getByRole("heading", { name: question.text }).waitFor();
    const choices = page.getByRole("group").getByRole("button");
    if (stumble && at === 0) {
      await choices.nth(place === 0 ? 1 : 0).click();
      await page.getByText(w.notQuite).waitFor();
    }
    if (shot && at === 0) await check(page, `${shot}-3-answer`, { fullPage: false });
    await choices.nth(place).click();
  }
  await page.getByLabel(w.name).waitFor();
}

export async function fillSignature(page, name, { locale = "en", job, shot } = {}) {
  const w = words[locale];
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await page.getByLabel(w.name).fill(name);
  if (job) await page.getByLabel(w.job).fill(job);
  if (shot) await check(page, `${shot}-4-sign`);
}

export async function sign(page, name, options = {}) {
  const { locale = "en", waits = false, shot } = options;
  const w = words[locale];
  await fillSignature(page, name, options);
  await page.getByRole("button", { name: w.sign }).click();
  await page.getByText(waits ? w.waiting : w.inForce).first().waitFor();
  if (shot) await check(page, `${shot}-5-signed`);
}

/** From the page of a commitment in force to the picture: at once where there is one copy, else past the list of them. */
export async function openFirstCopy(page, { locale = "en", shot } = {}) {
  const w = words[locale];
  await page.getByRole("link", { name: w.openCopies }).first().click();
  await page.waitForURL(/\/r\/copies/);
  if (/\/r\/copies$/.test(page.url())) {
    await page.getByRole("link", { name: w.view }).first().waitFor();
    if (shot) await check(page, `${shot}-6-copies`);
    await page.getByRole("link", { name: w.view }).first().click();
  }
  const picture = page.getByRole("dialog").getByRole("img");
  await picture.waitFor();
  const size = await picture.evaluate((image) => ({ width: image.naturalWidth, height: image.naturalHeight }));
  assert.ok(size.width > 100 && size.height > 100, "the picture is there");
  if (shot) await check(page, `${shot}-7-copy`, { fullPage: false });
  return size;
}
