// What goes wrong at people's desks: a browser closed in the middle of an upload, the power gone under a signature, a
// session ended elsewhere, links past their time.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { check, desk, noFindings, openBrowser, openWindow, phone } from "./support/browser.mjs";
import { linkIn, staffApi, startNode } from "./support/node.mjs";
import { answerQuestions, comeIn, fillSignature, readToTheEnd } from "./support/people.mjs";
import { largePicturePath } from "./support/pictures.mjs";

const owner = { name: "Ines Vogt", email: "ines@aurora.example", password: "five quiet rivers at dawn" };
const mei = { name: "Mei Lindqvist", email: "mei@motorweekly.example" };

let node, browser, staff, project, template, party;

before(async () => {
  node = await startNode();
  browser = await openBrowser();
  staff = staffApi(node.url);
  await staff.post("/setup", { token: node.setupLink().hash.slice(1), organisation: "Aurora Motors", locale: "en", zone: "Europe/Berlin", ...owner });
  await staff.signIn(owner.email, owner.password);
  project = await staff.post("/projects", { name: "Aurora E5 reveal" });
  template = (await staff.get("/templates?limit=100")).items.find(({ name }) => name === "Press pre-release");
  party = await staff.post("/parties", { kind: "person", name: mei.name, email: mei.email, locale: "en" });
});
after(async () => {
  await browser?.close();
  await node?.stop();
});

const windowOf = (options) => openWindow(browser, { baseURL: node.url, ...options });

async function signIn(page) {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(owner.email);
  await page.locator("input[type=password]").fill(owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Projects" }).waitFor();
}

async function sendCommitment() {
  const { items } = await staff.post(`/projects/${project.id}/commitments`, {
    template: template.id, parties: [party.id], assets: null, send: true,
    terms: { ...template.terms, liable: "person", embargo_at: new Date(Date.now() + 20 * 86_400_000).toISOString(), embargo_zone: "Europe/Berlin" },
  });
  return items[0].id;
}

describe("an upload", () => {
  it("goes on where it stopped when the browser was closed in its middle", async () => {
    const first = await windowOf({ viewport: desk });
    await signIn(first.page);
    await first.page.goto(`/projects/${project.id}/assets`);
    // The first chunk arrives; the second never leaves.
    let chunks = 0;
    const stopped = new Promise((resolve) => {
      void first.page.route("**/api/v1/uploads/*", (route) => {
        if (route.request().method() !== "PUT" || (chunks += 1) === 1) return route.continue();
        return resolve();
      });
    });
    await first.page.locator("input[type=file]").first().setInputFiles(largePicturePath());
    await stopped;
    await first.context.close();

    const [unfinished] = (await staff.get(`/projects/${project.id}/uploads`)).items;
    assert.ok(unfinished.offset > 0 && unfinished.offset < unfinished.size_bytes, `stopped at ${unfinished.offset}`);

    const second = await windowOf({ viewport: desk });
    await signIn(second.page);
    await second.page.goto(`/projects/${project.id}/assets`);
    await second.page.getByText(/Choose the same file again to go on at \d+ %/).waitFor();
    await check(second.page, "hardship/upload-interrupted-desk-en");
    let sent = 0;
    second.page.on("request", (request) => {
      if (request.method() === "PUT" && request.url().includes("/uploads/")) sent += 1;
    });
    await second.page.locator("input[type=file]").first().setInputFiles(largePicturePath());
    await second.page.getByText("Ready").first().waitFor({ timeout: 90_000 });
    assert.equal(sent, 1, "only what was missing was sent");
    assert.equal((await staff.get(`/projects/${project.id}/assets`)).total, 1);
    await second.close();
  });
});

describe("a signature", () => {
  it("that was acknowledged is there after the power failed", async () => {
    const id = await sendCommitment();
    const window = await windowOf({ viewport: phone });
    const { page } = window;
    await comeIn(page, staff, mei.email);
    await readToTheEnd(page);
    await answerQuestions(page, staff);
    await fillSignature(page, mei.name);
    await page.getByRole("button", { name: "Sign", exact: true }).click();
    await page.getByText("Signed and in force").waitFor();
    await node.killAndRestart();
    await page.reload();
    await page.getByText("Signed and in force").waitFor();
    const { commitment, evidence } = await staff.get(`/commitments/${id}`);
    assert.equal(commitment.state, "in_force");
    assert.equal(evidence.filter(({ kind }) => kind === "signed").length, 1);
    await window.close();
  });
});

describe("a link", () => {
  it("whose place a fresh one has taken says so", async () => {
    const old = linkIn(await staff.mailTo(mei.email, (mail) => /\/r#/.test(linkIn(mail) ?? "")));
    const [commitment] = (await staff.get(`/projects/${project.id}/commitments`)).items;
    const fresh = await staff.post(`/commitments/${commitment.id}/link`, { signatory: commitment.signatories[0].id });
    const window = await windowOf({ viewport: phone });
    await window.page.goto(old);
    await window.page.getByRole("heading", { name: "This link has expired" }).waitFor();
    await check(window.page, "hardship/link-expired-phone-en");
    // At the door: a code that is told, not mailed.
    await window.page.goto(fresh.link);
    await window.page.getByLabel("One-time code").fill(fresh.code);
    await window.page.getByText(`Hello ${mei.name}`).waitFor();
    await window.close();
  });

  it("that was never made is not known", async () => {
    const window = await windowOf({ viewport: phone, locale: "zh" });
    await window.page.goto("/r#no-such-token");
    await window.page.getByRole("heading", { name: "此链接无效" }).waitFor();
    await window.close();
  });
});

it("every page on the way was accessible and fitted its window", noFindings);
