// The recipient's pages against a stand-in for the server: every state they can be in, at both widths and in both
// languages, and what must hold whatever the server does (a token never stays in the address bar; a signature is sent
// once; nothing entered is lost). The journeys in story.test.mjs use the real server.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { check, desk, noFindings, openBrowser, openWindow, phone, settled } from "./support/browser.mjs";
import { picturePath } from "./support/pictures.mjs";
import { copyOf, startStandIn, storyAt } from "./support/stand_in.mjs";

const commitment = `/r/commitments/${"a".repeat(26)}`;
let browser, pages, picture;

before(async () => {
  browser = await openBrowser();
  pages = await startStandIn(process.env.PROBITY_PAGES);
  picture = await readFile(picturePath());
});
after(async () => {
  await browser?.close();
  await pages?.close();
});

/** Opens `path` in a window of its own, with the story behind it; `then` acts; the page must have run without errors. */
async function visit(story, path, options, then) {
  const window = await openWindow(browser, { baseURL: pages.url, viewport: phone, ...options });
  try {
    story.picture = picture;
    pages.tell(story);
    await window.page.goto(path);
    await then(window.page, window);
  } finally {
    await window.close();
  }
}

const done = { step: "done", state: "in_force" };
const manyCopies = [copyOf("c", "front-three-quarter"), copyOf("d", "cockpit", { width_px: 3024, height_px: 4032, watermark: true }), copyOf("f", "wheel", { state: "preparing" }), copyOf("g", "badge", { state: "revoked" }), copyOf("h", "logo", { state: "ended" }), copyOf("j", "grille", { state: "preparing", not_before: new Date(Date.now() + 86_400_000).toISOString(), embargo_at: new Date(Date.now() + 9 * 86_400_000).toISOString(), embargo_zone: "Asia/Shanghai" })];
const inMinutes = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString();

describe("every state looks right and is accessible", () => {
  const states = {
    link: [{ signedIn: false }, "/r#token"],
    "link-expired": [{ signedIn: false, link: "expired" }, "/r#token"],
    "link-unknown": [{ signedIn: false, link: "unknown" }, "/r#token"],
    "session-ended": [{ signedIn: false }, "/r"],
    "home-pending": [{}, "/r"],
    "home-waiting": [{ step: "wait", state: "signed" }, "/r"],
    "home-last-hour": [{ ...done, embargoAt: inMinutes(40) }, "/r"],
    "home-lifted": [{ ...done, embargoAt: inMinutes(-40) }, "/r"],
    read: [{}, commitment],
    answer: [{ step: "answer" }, commitment],
    sign: [{ step: "sign" }, commitment],
    "sign-company": [{ step: "sign", role: "company" }, commitment],
    waiting: [{ step: "wait", state: "signed" }, commitment],
    "in-force": [done, commitment],
    declined: [{ step: "closed", state: "declined" }, commitment],
    revoked: [{ step: "closed", state: "revoked" }, commitment],
    copies: [{ ...done, copies: manyCopies }, "/r/copies"],
    "copies-none": [{ ...done, copies: [] }, "/r/copies"],
    view: [done, `/r/copies/${"c".repeat(26)}`],
    invite: [done, "/r/invite"],
    slip: [done, "/r/slip"],
  };
  // Light on a phone in English, dark on a desk in Chinese: each of the choices is seen with each page.
  for (const [locale, dark, viewport, width] of [["en", false, phone, "phone"], ["zh", true, desk, "desk"]]) {
    describe(`on a ${width}, in ${locale}`, () => {
      let window;
      before(async () => {
        window = await openWindow(browser, { baseURL: pages.url, locale, viewport, dark });
      });
      after(() => window.close());
      for (const [name, [change, path]] of Object.entries(states)) {
        it(name, async () => {
          const { page } = window;
          pages.tell(storyAt({ locale, picture, ...change }));
          await page.goto("about:blank"); // a change of the fragment alone would load nothing
          await page.goto(path, { waitUntil: "commit" });
          await page.getByRole("heading", { level: 1 }).or(page.getByRole("dialog")).first().waitFor();
          await page.getByRole("status", { name: /Loading|正在加载/ }).first().waitFor({ state: "detached" });
          await check(page, `portal/${name}-${width}-${locale}`, { fullPage: name !== "view" });
          await page.evaluate(() => sessionStorage.clear());
        });
      }
    });
  }
});

describe("a link", () => {
  it("leaves the address bar at once and is forgotten once exchanged", async () => {
    const story = storyAt({ signedIn: false });
    await visit(story, "/r#secret-token", {}, async (page) => {
      const code = page.getByLabel("One-time code");
      await code.waitFor();
      assert.equal(new URL(page.url()).hash, "");
      assert.equal(await code.getAttribute("autocomplete"), "one-time-code");
      assert.equal(await code.getAttribute("inputmode"), "numeric");
      await page.reload();
      await code.fill("111 111");
      await page.getByText("That code is not right").waitFor();
      await code.fill("246 810"); // the last digit sends it
      await page.waitForURL(`**${commitment}`);
      assert.equal(await page.evaluate(() => Object.values(sessionStorage).join(" ").includes("secret-token")), false);
      assert.equal(await page.evaluate(() => JSON.stringify(history.state ?? {}).includes("secret-token")), false);
    });
  });

  it("fetches a fresh code when the one typed is too old", async () => {
    const story = storyAt({ signedIn: false, codeTooOld: true });
    await visit(story, "/r#token", {}, async (page) => {
      await page.getByLabel("One-time code").fill("246810");
      await page.getByText("That code was too old. A new one has been sent.").waitFor();
      await page.getByLabel("One-time code").fill("246810");
      await page.waitForURL(`**${commitment}`);
    });
  });

  it("offers a new code when the pause is over", async () => {
    const story = storyAt({ signedIn: false });
    await visit(story, "/r", {}, async (page) => {
      await page.clock.install();
      await page.goto("/r#token");
      await page.getByText(/A new code can be sent in \d+ seconds/).waitFor();
      await page.clock.runFor(31_000);
      await page.getByRole("button", { name: "Send a new code" }).click();
      await page.getByText("A new code is on its way.").waitFor();
      assert.equal(story.asked.filter((line) => line === "POST /link").length, 2);
    });
  });

  it("follows the sender's language until one is chosen here", async () => {
    await visit(storyAt({ signedIn: false, locale: "zh" }), "/r#token", { locale: "en" }, async (page) => {
      await page.getByLabel("一次性验证码").waitFor();
      await page.getByRole("button", { name: "Switch to English" }).click();
      await page.getByLabel("One-time code").fill("246810");
      await page.getByRole("button", { name: /Read on|I have read/ }).waitFor();
    });
  });
});

describe("a commitment", () => {
  it("is said to be read only at its end, and a reload loses nothing", async () => {
    const story = storyAt();
    await visit(story, commitment, {}, async (page) => {
      await page.getByRole("button", { name: /Read on/ }).waitFor();
      assert.equal(await page.getByRole("button", { name: "I have read it to the end" }).count(), 0);
      await page.keyboard.press("End");
      await page.getByRole("button", { name: "I have read it to the end" }).waitFor();
      await page.reload();
      await page.getByRole("button", { name: "I have read it to the end" }).click();
      await page.getByText("Question 1 of 3").waitFor();
      await page.getByRole("button", { name: "Yes, it is private" }).click();
      await page.getByText("Friends and family are covered too").waitFor();
      await page.getByRole("button", { name: "No, not before the instant" }).click();
      await page.getByText("Question 2 of 3").waitFor();
      await page.reload();
      await page.getByText("Question 2 of 3").waitFor();
    });
  });

  it("names what is missing and takes one there", async () => {
    const story = storyAt({ step: "sign" });
    await visit(story, commitment, {}, async (page) => {
      await page.getByLabel("What is covered").check();
      await page.getByLabel("Your full name").fill("Mei Lindqvist");
      await page.getByRole("button", { name: "Sign", exact: true }).click();
      await page.getByText("3 things are still open").waitFor();
      await page.locator("#tick-until:focus").waitFor();
      assert.equal(story.signRequests, 0);
      await page.reload();
      assert.equal(await page.getByLabel("Your full name").inputValue(), "Mei Lindqvist");
      assert.equal(await page.getByLabel("What is covered").isChecked(), true);
    });
  });

  it("is signed once however often the button is pressed", async () => {
    const story = storyAt({ step: "sign", signDelay_ms: 300 });
    await visit(story, commitment, {}, async (page) => {
      for (const clause of ["What is covered", "Until when", "If it is broken"]) await page.getByLabel(clause).check();
      await page.getByLabel("Your full name").fill("Mei Lindqvist");
      await page.getByLabel(/I have read this commitment/).check();
      // Two presses within one turn of the page, before it can disable anything.
      await page.getByRole("button", { name: "Sign", exact: true }).evaluate((button) => { button.click(); button.click(); });
      await page.getByText("Signed and in force").waitFor();
      assert.equal(story.signRequests, 1);
      assert.deepEqual(story.signed.ticks, ["scope", "until", "amount"]);
      assert.equal(story.signed.text_hash, "5f".repeat(32));
      await page.waitForFunction(() => !Object.keys(sessionStorage).some((key) => key.startsWith("probity.draft")));
    });
  });

  it("keeps what was entered when the connection breaks", async () => {
    const story = storyAt({ step: "sign" });
    story.offlineAt = `/commitments/${"a".repeat(26)}/sign`;
    await visit(story, commitment, {}, async (page) => {
      for (const clause of ["What is covered", "Until when", "If it is broken"]) await page.getByLabel(clause).check();
      await page.getByLabel("Your full name").fill("Mei Lindqvist");
      await page.getByLabel(/I have read this commitment/).check();
      await page.getByRole("button", { name: "Sign", exact: true }).click();
      await page.getByText("however often it is pressed, it signs once").waitFor();
      story.offlineAt = null;
      await page.getByRole("button", { name: "Sign", exact: true }).click();
      await page.getByText("Signed and in force").waitFor();
      assert.equal(story.signRequests, 1);
    });
  });

  it("can be done by keyboard alone", async () => {
    const story = storyAt();
    await visit(story, commitment, { viewport: desk }, async (page) => {
      const tabTo = async (name) => {
        for (let presses = 0; presses < 40; presses += 1) {
          await page.keyboard.press("Tab");
          const text = await page.evaluate(() => { const at = document.activeElement; return at?.labels?.[0]?.textContent ?? at?.textContent ?? ""; });
          if (name.test(text)) return;
        }
        assert.fail(`Tab never came to ${name}`);
      };
      await page.getByRole("button", { name: /Read on|I have read/ }).waitFor();
      await page.keyboard.press("End");
      await page.getByRole("button", { name: "I have read it to the end" }).waitFor();
      await tabTo(/I have read it to the end/);
      await page.keyboard.press("Enter");
      for (const right of [/No, not before/, /18:00 in Berlin/, /Take it down/]) {
        await page.getByRole("button", { name: right }).waitFor();
        await tabTo(right);
        await page.keyboard.press("Enter");
      }
      await page.getByLabel("What is covered").waitFor();
      for (const clause of [/What is covered/, /Until when/, /If it is broken/]) {
        await tabTo(clause);
        await page.keyboard.press("Space");
      }
      await tabTo(/Your full name/);
      await page.keyboard.type("Mei Lindqvist");
      await tabTo(/I have read this commitment/);
      await page.keyboard.press("Space");
      await tabTo(/^Sign$/);
      await page.keyboard.press("Enter");
      await page.getByText("Signed and in force").waitFor();
    });
  });

  it("is countersigned for a company, which is named, and comes into force by itself", async () => {
    const story = storyAt({ step: "sign", role: "company", alone: false });
    await visit(story, commitment, {}, async (page) => {
      await page.getByText("You sign for Motor Weekly and bind it").waitFor();
      for (const clause of ["What is covered", "Until when", "If it is broken"]) await page.getByLabel(clause).check();
      await page.getByLabel("Your full name").fill("Otto Brandt");
      await page.getByLabel(/I have read this commitment/).check();
      await page.getByRole("button", { name: "Sign for the company" }).click();
      await page.getByText("Say in what position you sign").waitFor();
      await page.getByLabel("Your job title").fill("Managing director");
      await page.getByRole("button", { name: "Sign for the company" }).click();
      await page.getByText("Everybody has signed").waitFor();
      assert.equal(story.signed.job_title, "Managing director");
      Object.assign(story, done);
      await page.getByText("Signed and in force").waitFor();
    });
  });

  it("is declined with a reason", async () => {
    const story = storyAt();
    await visit(story, commitment, { locale: "zh" }, async (page) => {
      await page.getByRole("button", { name: "我不想签署" }).or(page.getByRole("button", { name: "I do not want to sign" })).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox").fill("Not for us");
      await check(page, "portal/decline-phone-zh", { fullPage: false });
      await dialog.getByRole("button", { name: /确认拒绝|Decline/ }).click();
      await page.getByText(/您已拒绝签署|You declined/).waitFor();
      assert.equal(story.reason, "Not for us");
    });
  });
});

describe("the embargo", () => {
  it("counts down by the server's clock, whatever this device's clock says", async () => {
    const story = storyAt({ ...done, embargoAt: inMinutes(150) });
    await visit(story, "/r", {}, async (page) => {
      await page.clock.install({ time: Date.now() + 5 * 3_600_000 });
      await page.goto("/r");
      const left = await page.getByRole("timer").getAttribute("aria-label");
      assert.match(left, /0 days, 2 hours and (30|29) minutes left/);
    });
  });
});

describe("copies", () => {
  it("are fetched only when opened, and close with Escape", async () => {
    const story = storyAt(done);
    await visit(story, "/r/copies", {}, async (page) => {
      await page.getByText("Made for Mei Lindqvist alone").waitFor();
      await settled(page);
      assert.equal(story.asked.filter((line) => line.includes("/view")).length, 0);
      await page.getByRole("link", { name: "View front-three-quarter" }).click();
      await page.getByRole("img", { name: "front-three-quarter" }).waitFor();
      assert.equal(story.asked.filter((line) => line.includes("/view")).length, 1);
      await page.getByRole("button", { name: "Show in full size" }).click();
      await page.getByRole("button", { name: "Fit to the screen" }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      const waiting = page.waitForEvent("download");
      await page.getByRole("link", { name: "Download cockpit" }).click();
      assert.equal((await waiting).suggestedFilename(), "cockpit.jpg");
    });
  });
});

describe("a slip", () => {
  it("is reported in a few taps and can be said to be taken down later", async () => {
    const story = storyAt(done);
    await visit(story, "/r", {}, async (page) => {
      await page.getByRole("link", { name: "I slipped" }).click();
      await page.getByText("It went to a group").click();
      await page.getByLabel("Where?").fill("Car fans");
      await page.getByRole("button", { name: "Report it" }).click();
      await page.getByText("Thank you for telling").waitFor();
      await check(page, "portal/slip-reported-phone-en");
      await page.getByRole("button", { name: "It is taken down now" }).click();
      await page.getByText(/Taken down \d/).waitFor();
      assert.equal(story.slips[0].what, "It went to a group");
      assert.ok(Date.parse(story.slips[0].taken_down_at) > 0);
    });
  });
});

describe("a colleague", () => {
  it("is invited to sign", async () => {
    const story = storyAt(done);
    await visit(story, "/r", {}, async (page) => {
      await page.getByRole("link", { name: "Invite a colleague" }).click();
      await page.getByRole("button", { name: "Send the invitation" }).click();
      await page.getByText("Give their name").waitFor();
      await page.getByLabel("Their name").fill("Ana Reyes");
      await page.getByLabel("Their mail address").fill("ana@motorweekly.example");
      await page.getByRole("button", { name: "Send the invitation" }).click();
      await page.getByText("Ana Reyes is invited").waitFor();
    });
  });
});

describe("a session", () => {
  it("that has ended says how to come back", async () => {
    const story = storyAt({ step: "sign" });
    await visit(story, commitment, {}, async (page) => {
      for (const clause of ["What is covered", "Until when", "If it is broken"]) await page.getByLabel(clause).check();
      await page.getByLabel("Your full name").fill("Mei Lindqvist");
      await page.getByLabel(/I have read this commitment/).check();
      story.signedIn = false;
      await page.getByRole("button", { name: "Sign", exact: true }).click();
      await page.getByRole("heading", { name: "Open the link in your mail" }).waitFor();
    });
  });

  it("is closed by leaving", async () => {
    const story = storyAt();
    await visit(story, "/r", {}, async (page) => {
      await page.getByRole("button", { name: "Menu" }).click();
      await check(page, "portal/menu-phone-en", { fullPage: false });
      await page.getByRole("menuitem", { name: "Leave" }).click();
      await page.getByRole("heading", { name: "You have left" }).waitFor();
      assert.ok(story.asked.includes("DELETE /session"));
    });
  });
});

it("every page on the way was accessible and fitted its window", noFindings);
