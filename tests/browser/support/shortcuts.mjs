// What a story needs before it begins, done over the API: the first account, colleagues, a signature, a copy.
import assert from "node:assert/strict";
import { codeIn, linkIn, sessionCookie } from "./node.mjs";

export const password = "five quiet rivers at dawn";

/** The first account, which keeps the house and runs projects; `staff` is signed in with it. */
export async function setUp(node, staff, { name, email, locale = "en" }) {
  await staff.post("/setup", { token: node.setupLink().hash.slice(1), organisation: "Aurora Motors", name, email, password, locale, zone: "Europe/Berlin" });
  await staff.signIn(email, password);
}

export async function colleague(node, staff, { name, email, roles, locale = "en" }) {
  const { link } = await staff.post("/accounts", { name, email, roles, locale });
  const answer = await fetch(`${node.url}/api/v1/invitations/accept`, {
    method: "POST", headers: { "content-type": "application/json", origin: node.url }, body: JSON.stringify({ token: new URL(link).hash.slice(1), password }),
  });
  assert.ok(answer.ok, `the invitation of ${email} was accepted: ${answer.status}`);
}

/** A recipient without a browser: whoever signs here reads, answers rightly and types their name. */
export function recipientOf(node) {
  let cookie = "", csrf = "";
  const send = async (method, path, body) => {
    const raw = body instanceof Uint8Array;
    const response = await fetch(`${node.url}/api/v1${path}`, {
      method,
      headers: { origin: node.url, ...(cookie ? { cookie } : {}), ...(csrf && method !== "GET" ? { "x-csrf-token": csrf } : {}), ...(body === undefined ? {} : { "content-type": raw ? "application/octet-stream" : "application/json" }) },
      body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
    });
    cookie = sessionCookie(response) ?? cookie;
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return response;
  };
  const json = async (method, path, body) => {
    const answer = await (await send(method, path, body)).json();
    if (answer?.csrf_token) csrf = answer.csrf_token;
    return answer;
  };
  return {
    send,
    json,
    async comeIn(staff, email) {
      const token = new URL(linkIn(await staff.mailTo(email, (mail) => /\/r#/.test(linkIn(mail) ?? "")))).hash.slice(1);
      const before = Date.now();
      await json("POST", "/recipient/link", { token });
      const mail = await staff.mailTo(email, (one) => codeIn(one) !== undefined && !/\/r#/.test(one.text) && Date.parse(one.mail.created_at) >= before - 2_000);
      await json("POST", "/recipient/session", { token, code: codeIn(mail) });
    },
    async sign(staff, id, name) {
      const path = `/recipient/commitments/${id}`;
      const { questions } = await json("POST", `${path}/read`);
      const { items } = await staff.get("/templates?limit=100");
      const known = items.flatMap(({ text }) => text.questions);
      const answers = questions.map((question) => ({ question: question.id, choice: known.find((one) => one.id === question.id && one.choices.length === question.choices.length)?.right }));
      await json("POST", `${path}/answers`, { answers });
      const shown = await json("GET", path);
      return json("POST", `${path}/sign`, { name, ticks: shown.ticks.map(({ id: tick }) => tick), text_hash: shown.text_hash, consent: true });
    },
    /** The bytes of the first copy, once it is there. */
    async copy() {
      for (let tries = 0; tries < 300; tries += 1) {
        const { items } = await json("GET", "/recipient/copies");
        const ready = items.find(({ state }) => state === "available");
        if (ready) return Buffer.from(await (await send("GET", `/recipient/copies/${ready.id}/file`)).arrayBuffer());
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      throw new Error("no copy became available");
    },
  };
}

/** What a chat app makes of a picture: smaller, and compressed anew. */
export async function throughAChat(page, bytes, { width = 1600, quality = 0.7 } = {}) {
  const encoded = await page.evaluate(
    async ([base64, wide, strength]) => {
      const raw = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([raw], { type: "image/jpeg" }));
      const canvas = document.createElement("canvas");
      canvas.width = wide;
      canvas.height = Math.round((wide * picture.height) / picture.width);
      const pen = canvas.getContext("2d");
      pen.imageSmoothingQuality = "high";
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL("image/jpeg", strength).split(",")[1];
    },
    [Buffer.from(bytes).toString("base64"), width, quality],
  );
  return Buffer.from(encoded, "base64");
}
