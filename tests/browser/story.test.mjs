// The story in the browser, each role in turn, against the real server: first run, project, photograph, parties,
// commitment, a signature on a phone, a countersignature, the copy; then the auditor, an API key, a session that is ended.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { check, choose, desk, noFindings, openBrowser, openWindow, phone, spentLooking_ms, story } from "./support/browser.mjs";
import { linkIn, staffApi, startNode } from "./support/node.mjs";
import { answerQuestions, comeIn, fillSignature, openFirstCopy, readToTheEnd, sign } from "./support/people.mjs";
import { picturePath } from "./support/pictures.mjs";

const admin = { name: "Ines Vogt", email: "ines@aurora.example", password: "five quiet rivers at dawn" };
const auditor = { name: "Paul Okoro", email: "paul@aurora.example", password: "another set of quiet words" };
const qian = { name: "钱思远", email: "qian@aurora.example", password: "五条安静的河流在黎明时分" };
const mei = { name: "Mei Lindqvist", email: "mei@motorweekly.example" };
const otto = { name: "Otto Brandt", email: "otto@motorweekly.example" };
const lin = { name: "林小雨", email: "lin@qiche.example" };

let node, browser, staff, adminWindow, project;

before(async () => {
  node = await startNode();
  browser = await openBrowser();
  staff = staffApi(node.url);
});
after(async () => {
  await browser?.close();
  await node?.stop();
});

const windowOf = (options) => openWindow(browser, { baseURL: node.url, ...options });

/** A window for one task; the page must have run without errors. */
async function inWindow(options, act) {
  const window = await windowOf(options);
  try {
    await act(window.page, window);
  } finally {
    await window.close();
  }
}

async function signInAt(page, person) {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(person.email);
  await page.locator("input[type=password]").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Projects" }).waitFor();
}

const step = story(it);

describe("an administrator and custodian at a desk", () => {
  step("sets up the node with the link it printed", async () => {
    adminWindow = await windowOf({ viewport: desk });
    const { page } = adminWindow;
    const link = node.setupLink();
    // A password that many use is refused with what to do instead, and nothing is set up.
    await inWindow({ viewport: phone, locale: "zh" }, async (chinese) => {
      await chinese.goto(link.pathname + link.hash);
      for (const [label, text] of [["组织", "Aurora Motors"], ["您的姓名", admin.name], ["邮箱", admin.email], ["新密码", "skateboarding"]]) {
        await chinese.getByLabel(label).fill(text);
      }
      await chinese.getByRole("button", { name: "创建账户" }).click();
      await chinese.getByText("该密码属于最常用的密码").waitFor();
      await chinese.getByText("请选用三四个互不相关的词").waitFor();
      await check(chinese, "staff/setup-refused-phone-zh");
    });
    await page.goto(link.pathname + link.hash);
    await page.getByLabel("Organisation").fill("Aurora Motors");
    await page.getByLabel("Your name").fill(admin.name);
    await page.getByLabel("E-mail").fill(admin.email);
    const password = page.getByLabel("New password");
    await password.fill(admin.password);
    await check(page, "staff/setup-desk-en");
    // It is typed once, and can be looked at, with the keyboard too.
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Show the password");
    await page.keyboard.press("Enter");
    assert.equal(await password.getAttribute("type"), "text");
    assert.equal(await password.inputValue(), admin.password);
    await page.keyboard.press("Space");
    assert.equal(await password.getAttribute("type"), "password");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("heading", { level: 1, name: "Projects" }).waitFor();
    assert.equal(new URL(page.url()).hash, "", "the token has left the address bar");
    await check(page, "staff/projects-empty-desk-en");
    await staff.signIn(admin.email, admin.password);
  });

  step("makes a project with an embargo", async () => {
    const { page } = adminWindow;
    await page.getByRole("button", { name: "New project" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Name", exact: true }).fill("Aurora E5 reveal");
    await dialog.getByRole("button", { name: "Add an embargo" }).click();
    await dialog.getByLabel("What becomes public").fill("Design reveal");
    await dialog.getByLabel(/^Embargo ends/).first().click();
    await page.getByRole("button", { name: /next month/i }).or(page.locator("[data-direction=next]")).first().click();
    await page.getByRole("button", { name: /^15 / }).first().click();
    await check(page, "staff/project-form-desk-en", { fullPage: false });
    // The clock has 24 hours.
    const picker = page.locator("[data-dates-dropdown]");
    await picker.locator("input").first().fill("18");
    await picker.locator("input").nth(1).fill("30");
    await picker.getByRole("button").last().click();
    await dialog.getByRole("button", { name: "New project" }).click();
    await page.getByRole("heading", { level: 1, name: "Aurora E5 reveal" }).waitFor();
    project = new URL(page.url()).pathname.split("/")[2];
  });

  step("uploads a photograph, which is prepared", async () => {
    const { page } = adminWindow;
    // A new project asks for it on its first page.
    await check(page, "staff/project-new-desk-en");
    await page.locator("input[type=file]").first().setInputFiles(picturePath(1));
    await page.getByText("Ready").first().waitFor({ timeout: 60_000 });
    await page.getByText("Done", { exact: true }).waitFor();
    await check(page, "staff/project-next-desk-en");
    await page.getByRole("tab", { name: /Assets/ }).click();
    await page.getByRole("row").nth(1).waitFor();
    await check(page, "staff/assets-desk-en");
  });

  step("adds an outlet with a journalist and someone who may bind it", async () => {
    const { page } = adminWindow;
    const parties = page.getByRole("navigation").getByRole("link", { name: "Parties" });
    for (const [person, mayBind] of [[mei, false], [otto, true]]) {
      await parties.click();
      await page.getByRole("button", { name: "Add a party" }).first().click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "Name", exact: true }).fill(person.name);
      const organisation = dialog.getByLabel("Organisation of this person");
      if (mayBind) {
        await organisation.fill("Motor Weekly");
        await page.getByRole("option", { name: "Motor Weekly" }).click();
        await choose(dialog.getByLabel("May sign for the organisation"));
      } else {
        await dialog.getByLabel("Name of a new organisation").fill("Motor Weekly");
      }
      await dialog.getByLabel("E-mail").fill(person.email);
      await dialog.getByRole("button", { name: "Add" }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByRole("heading", { level: 1, name: person.name }).waitFor();
      await check(page, mayBind ? "staff/party-signatory-desk-en" : "staff/party-desk-en");
    }
    await parties.click();
    await page.getByRole("row").nth(2).waitFor();
    await check(page, "staff/parties-desk-en");
    await staff.post("/parties", { kind: "person", name: lin.name, email: lin.email, locale: "zh", parent_name: "汽车周刊" });
  });
});

describe("recipients", () => {
  let phoneWindow, id;

  step("are sent a commitment, after a last look at what they will read", async () => {
    const { page } = adminWindow;
    await page.goto(`/projects/${project}/commitments`);
    await page.getByRole("link", { name: "Send commitments" }).first().click();
    await check(page, "staff/send-1-template-desk-en");
    await page.getByRole("button", { name: /Press pre-release/ }).click();
    await page.getByRole("checkbox", { name: new RegExp(mei.name) }).check();
    await check(page, "staff/send-2-parties-desk-en");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByLabel("Amount").fill("10000.00");
    await check(page, "staff/send-3-terms-desk-en");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("EUR 10,000").first().waitFor();
    await check(page, "staff/send-4-review-desk-en");
    await page.getByRole("button", { name: "Send to 1 party" }).click();
    await page.getByRole("tab", { name: /Commitments/ }).waitFor();
    await page.getByText(mei.name).first().waitFor();
    await check(page, "staff/commitments-desk-en");
    const { items } = await staff.get(`/projects/${project}/commitments`);
    assert.equal(items.length, 1);
    assert.deepEqual(items[0].signatories.map(({ role }) => role), ["recipient", "company"]);
    id = items[0].id;

    const { items: people } = await staff.get("/parties?limit=100");
    const { items: templates } = await staff.get("/templates?limit=100");
    const chinese = templates.find(({ name }) => name === "媒体提前体验");
    await staff.post(`/projects/${project}/commitments`, {
      template: chinese.id, parties: [people.find(({ name }) => name === lin.name).id], assets: null, send: true,
      terms: { ...chinese.terms, liable: "person", embargo_at: items[0].terms.embargo_at, embargo_zone: "Asia/Shanghai", amount: "50000.00", currency: "CNY" },
    });
  });

  step("of no organisation are liable alone, and the form says so before it is sent", async () => {
    const { page } = adminWindow;
    const name = "Vera Lindgren";
    await page.goto(`/projects/${project}/commitments`);
    await page.getByRole("link", { name: "Send commitments" }).first().click();
    await page.getByRole("button", { name: /Press pre-release/ }).click();
    // Whoever is not there yet is added on the spot, and is chosen.
    await page.getByRole("button", { name: "Add a party" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Name", exact: true }).fill(name);
    await dialog.getByLabel("E-mail").fill("vera@freelance.example");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("checkbox", { name: new RegExp(name) }).and(page.locator(":checked")).waitFor();
    await page.getByText("1 chosen").waitFor();
    await check(page, "staff/send-2-added-desk-en");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("radio", { name: "The person", exact: true }).and(page.locator(":checked")).waitFor();
    await choose(page.getByRole("radio", { name: "Person and organisation" }));
    await page.getByText(`No organisation could be liable for ${name}`).waitFor();
    // From the top: the bar of buttons stays in sight and would lie over the choices below.
    await page.evaluate(() => window.scrollTo(0, 0));
    await check(page, "staff/send-3-liable-desk-en");
    await page.getByRole("button", { name: "Next", disabled: true }).waitFor();
    await choose(page.getByRole("radio", { name: "The person", exact: true }));
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("button", { name: "Send to 1 party" }).waitFor();
  });

  step("read, answer and sign on a phone within a minute", async () => {
    phoneWindow = await windowOf({ viewport: phone });
    const { page } = phoneWindow;
    const began = Date.now() - spentLooking_ms();
    const shot = "recipient/phone-en";
    await comeIn(page, staff, mei.email, { shot });
    await readToTheEnd(page, { shot });
    await answerQuestions(page, staff, { shot, stumble: true });
    await sign(page, mei.name, { waits: true, shot });
    const took_ms = Date.now() - spentLooking_ms() - began;
    assert.ok(took_ms < 60_000, `took ${took_ms} ms`);
    assert.equal((await staff.get(`/commitments/${id}`)).commitment.state, "signed");
  });

  step("may not open anything before the company has signed", async () => {
    const copies = await phoneWindow.page.evaluate(() => fetch("/api/v1/recipient/copies").then((answer) => answer.json()));
    for (const copy of copies.items) {
      const status = await phoneWindow.page.evaluate((of) => fetch(`/api/v1/recipient/copies/${of}/view`).then((answer) => answer.status), copy.id);
      assert.equal(status, 403);
    }
  });

  step("are joined by the company's signatory", async () => {
    await inWindow({ viewport: desk, dark: true }, async (page) => {
      await comeIn(page, staff, otto.email);
      await page.getByText("You sign for Motor Weekly and bind it").waitFor();
      await readToTheEnd(page);
      await answerQuestions(page, staff);
      await sign(page, otto.name, { job: "Managing director", shot: "recipient/company-desk-en" });
    });
    assert.equal((await staff.get(`/commitments/${id}`)).commitment.state, "in_force");
  });

  step("open the copy that is theirs, on the phone", async () => {
    const { page } = phoneWindow;
    await page.getByText("Signed and in force").waitFor();
    await openFirstCopy(page, { shot: "recipient/phone-en" });
    await page.getByRole("button", { name: "Close" }).click();
    const waiting = page.waitForEvent("download");
    await page.getByRole("link", { name: /^Download / }).first().click();
    const bytes = await readFile(await (await waiting).path());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xff, 0xd8, 0xff], "a JPEG");
    const { items } = await staff.get(`/projects/${project}/deliveries?search=${encodeURIComponent(mei.name)}`);
    assert.ok(items[0].views >= 1 && items[0].downloads >= 1, JSON.stringify(items[0]));
  });

  step("find the sealed agreement, the calendar and what they may do", async () => {
    const { page } = phoneWindow;
    await page.goto(`/r/commitments/${id}`);
    await page.getByRole("heading", { name: "What you may and may not do" }).waitFor();
    await check(page, "recipient/phone-en-8-agreement");
    for (const [path, begins] of [[`commitments/${id}/document`, "%PDF"], ["embargo.ics", "BEGIN:VCALENDAR"]]) {
      const text = await page.evaluate((of) => fetch(`/api/v1/recipient/${of}`).then((answer) => answer.text()), path);
      assert.ok(text.startsWith(begins), `${path} begins with ${text.slice(0, 20)}`);
    }
  });

  step("report a slip, and the custodian hears of it", async () => {
    const { page } = phoneWindow;
    await page.goto("/r");
    await check(page, "recipient/phone-en-9-home");
    await page.getByRole("link", { name: "I slipped" }).click();
    await page.getByText("I posted it").click();
    await page.getByLabel("Where?").fill("Car fans, a group of twelve");
    await page.getByRole("button", { name: "Report it" }).click();
    await page.getByText("Thank you for telling").waitFor();
    await page.getByRole("button", { name: "It is taken down now" }).click();
    await page.getByText(/Taken down \d/).waitFor();
    const { items } = await staff.get(`/projects/${project}/slips`);
    assert.equal(items.length, 1);
    assert.ok(items[0].taken_down_at);
    await staff.mailTo(admin.email, (mail) => mail.text.includes("Car fans"));
    await phoneWindow.close();
  });

  step("sign once in Chinese at a desk, however often the button is pressed", async () => {
    await inWindow({ viewport: desk, locale: "zh", zone: "Asia/Shanghai" }, async (page) => {
      const options = { locale: "zh", shot: "recipient/desk-zh" };
      await comeIn(page, staff, lin.email, options);
      await readToTheEnd(page, options);
      await answerQuestions(page, staff, options);
      await fillSignature(page, lin.name, options);
      await page.getByRole("button", { name: "签署", exact: true }).evaluate((button) => { button.click(); button.click(); });
      await page.getByText("已签署并生效").waitFor();
      await check(page, "recipient/desk-zh-5-signed");
      const signed = new URL(page.url()).pathname.split("/").pop();
      const { evidence } = await staff.get(`/commitments/${signed}`);
      assert.equal(evidence.filter(({ kind }) => kind === "signed").length, 1);
      // Pressed again by a lost answer: the same request once more signs nothing new and is no error.
      await openFirstCopy(page, options);
    });
  });
});

/** Dangerous acts ask for the password once more; within a few minutes they do not ask again. */
async function proveItIsMe(page, person) {
  const dialog = page.getByRole("dialog", { name: "Is it you?" });
  await dialog.getByLabel("Password").fill(person.password);
  await check(page, "staff/step-up-desk-en", { fullPage: false });
  await dialog.getByRole("button", { name: "Continue" }).click();
}

describe("an auditor", () => {
  let link;

  step("is invited by the administrator", async () => {
    const { page } = adminWindow;
    await page.getByRole("navigation").getByRole("link", { name: "Accounts" }).click();
    await page.getByRole("button", { name: "Invite" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Name", exact: true }).fill(auditor.name);
    await dialog.getByLabel("E-mail").fill(auditor.email);
    await dialog.getByRole("checkbox", { name: "Custodian" }).uncheck(); // offered first
    await dialog.getByRole("checkbox", { name: "Auditor" }).check();
    await check(page, "staff/invite-desk-en", { fullPage: false });
    await dialog.getByRole("button", { name: "Invite" }).click();
    const shown = page.getByRole("textbox", { name: "Invitation link" });
    await shown.waitFor();
    link = await shown.inputValue();
    assert.match(link, /\/welcome#/);
    await page.keyboard.press("Escape");
  });

  step("accepts, sees the log, and can change nothing", async () => {
    await inWindow({ viewport: desk }, async (page) => {
      await page.goto(link);
      await page.getByLabel("New password").fill(auditor.password);
      await check(page, "staff/welcome-desk-en");
      await page.getByRole("button", { name: "Set password and sign in" }).click();
      await page.getByRole("heading", { level: 1, name: "Projects" }).waitFor();
      await page.getByRole("navigation").getByRole("link", { name: "Security log" }).click();
      await page.getByRole("row").nth(1).waitFor();
      await check(page, "staff/audit-desk-en");
      const outcome = await page.evaluate(async () => {
        const { csrf_token } = await fetch("/api/v1/session").then((answer) => answer.json());
        const change = (path, body) => fetch(`/api/v1${path}`, { method: "POST", headers: { "content-type": "application/json", "x-csrf-token": csrf_token }, body: JSON.stringify(body) }).then(({ status }) => status);
        return Promise.all([change("/projects", { name: "Mine" }), change("/parties", { kind: "person", name: "Nobody" }), change("/api-keys", { name: "k", scopes: ["projects:read"], expires_at: "2030-01-01T00:00:00.000Z" })]);
      });
      assert.deepEqual(outcome, [403, 403, 403]);
    });
  });
});

describe("keys and sessions", () => {
  step("an API key reads what its scope allows, and nothing once revoked", async () => {
    const { page } = adminWindow;
    await page.getByRole("navigation").getByRole("link", { name: "API keys" }).click();
    await page.getByRole("button", { name: "New key" }).first().click();
    const dialog = page.getByRole("dialog", { name: "New key" });
    await dialog.getByRole("textbox", { name: "Name", exact: true }).fill("Newsroom import");
    await dialog.getByRole("checkbox", { name: "projects:read" }).check();
    await dialog.getByRole("button", { name: "New key" }).click();
    const secretField = page.getByRole("textbox", { name: "Secret of the key" });
    const question = page.getByRole("dialog", { name: "Is it you?" });
    await question.or(secretField).first().waitFor();
    if (await question.isVisible()) await proveItIsMe(page, admin);
    await secretField.waitFor();
    await check(page, "staff/api-key-secret-desk-en", { fullPage: false });
    const secret = await secretField.inputValue();
    const ask = (path, method = "GET", body = undefined) =>
      fetch(`${node.url}/api/v1${path}`, { method, headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" }, body: body && JSON.stringify(body) }).then(({ status }) => status);
    assert.equal(await ask("/projects"), 200);
    assert.equal(await ask("/parties"), 403);
    assert.equal(await ask("/projects", "POST", { name: "By key" }), 403);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Revoke: Newsroom import" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText("Revoked", { exact: true }).first().waitFor();
    assert.equal(await ask("/projects"), 401);
  });

  step("every page is at home on a phone, in Chinese and in the dark", async () => {
    const { link } = await staff.post("/accounts", { email: qian.email, name: qian.name, roles: ["custodian", "administrator"], locale: "zh" });
    await staffApi(node.url).post("/invitations/accept", { token: new URL(link).hash.slice(1), password: qian.password });
    await inWindow({ viewport: phone, locale: "zh", dark: true, zone: "Asia/Shanghai" }, async (page) => {
      await page.goto("/sign-in");
      await page.locator("input[type=email]").fill(qian.email);
      await page.locator("input[type=password]").fill(qian.password);
      await check(page, "staff/sign-in-phone-zh");
      await page.getByRole("button", { name: "登录" }).click();
      await page.getByRole("heading", { level: 1 }).filter({ hasText: "项目" }).waitFor();
      const { items } = await staff.get(`/projects/${project}/commitments`);
      const places = {
        projects: "/projects", overview: `/projects/${project}`, assets: `/projects/${project}/assets`, "project-parties": `/projects/${project}/parties`,
        commitments: `/projects/${project}/commitments`, commitment: `/commitments/${items.find(({ state }) => state === "in_force").id}`, deliveries: `/projects/${project}/deliveries`,
        slips: `/projects/${project}/slips`, activity: `/projects/${project}/activity`, parties: "/parties", party: `/parties/${items[0].party}`, templates: "/templates",
        outbox: "/outbox", jobs: "/jobs", accounts: "/accounts", webhooks: "/webhooks", settings: "/settings", account: "/account",
      };
      for (const [name, path] of Object.entries(places)) {
        await page.goto(path);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await page.locator("[role=status][aria-label='加载中'], .mantine-Skeleton-root").first().waitFor({ state: "detached" });
        await check(page, `staff/${name}-phone-zh`);
      }
    });
  });

  step("a session that is ended elsewhere asks to sign in again", async () => {
    const other = await windowOf({ viewport: desk });
    await signInAt(other.page, admin);
    const { page } = adminWindow;
    await page.goto("/account");
    await page.getByLabel("Current password").fill(admin.password);
    await page.getByLabel("New password").fill("aurora motors 2026");
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByText("that password is too easy to guess").waitFor();
    await page.getByText("take three or four words that do not belong together").waitFor();
    await check(page, "staff/account-desk-en");
    const buttons = page.getByRole("button", { name: "Sign out there" });
    await buttons.first().waitFor();
    // All others are ended, one by one: the test's own from outside the browser too.
    for (let left = await buttons.count(); left > 0; left -= 1) {
      await buttons.first().click();
      await page.waitForFunction((most) => [...document.querySelectorAll("button")].filter((one) => one.textContent === "Sign out there").length < most, left);
    }
    await other.page.reload();
    await other.page.getByRole("button", { name: "Sign in" }).waitFor();
    await other.close();
    await adminWindow.close();
  });
});

it("every page on the way was accessible and fitted its window", noFindings);
