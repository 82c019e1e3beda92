// The recipient's half of the API as a stand-in, shaped as docs/api/openapi.yaml says: states that a real server takes
// days or another person to reach (an embargo an hour away, a copy withdrawn, a company that has yet to sign).
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2" };

const hour_ms = 3_600_000;
const after = (hours) => new Date(Date.now() + hours * hour_ms).toISOString();
const id = (letter) => letter.repeat(26);

const words = {
  en: {
    name: "Mei Lindqvist",
    organisation: "Motor Weekly",
    sender: "Aurora Motors",
    project: "Aurora E5 reveal",
    title: "Pre-release commitment",
    consent: "I have read this commitment, I agree to it, and I agree that typing my name here is my signature.",
    table: [
      ["Covered", "Own media and channels; private feeds; direct messages; groups; friends and family; colleagues"],
      ["Not before", "21 March 2027, 18:00 (Europe/Berlin, 24-hour clock) = 17:00 UTC"],
      ["Agreed amount", "10,000.00 EUR"],
      ["Liable", "Mei Lindqvist and Motor Weekly, both"],
    ],
    sections: [
      ["scope", "What is covered", "Everything you see, hear or receive about the Aurora E5 before the instant above. This holds for every channel, not only those of your employer:\n\n- your own media and channels\n- private feeds, stories and direct messages\n- groups of any size, friends and family", true],
      ["until", "Until when", "You may publish from the instant above on, not a minute earlier. The instant is given in Berlin time, by the 24-hour clock, and in UTC. If your own clock disagrees, the instant in UTC decides.", true],
      ["amount", "If it is broken", "If you break this promise, you and your employer owe the agreed amount. A mistake that you report at once and take down counts in your favour.\n\nThe agreed amount does not replace further claims for loss that can be shown.", true],
      ["method", "How it is signed", "We agree that typing your name after entering a code sent to your mailbox is a reliable method of signing between us. The signed text is sealed and kept unchanged.", false],
    ],
    questions: [
      ["q1", "You send one photo to your sister in a private chat. Is that allowed?", ["Yes, it is private", "No, not before the instant"], "Friends and family are covered too, in any chat."],
      ["q2", "Until when does the promise hold?", ["Until 21 March 2027, 18:00 in Berlin", "Until the end of 21 March 2027 anywhere"], "It is one instant for the whole world: 18:00 in Berlin, 17:00 UTC."],
      ["q3", "You posted too early by mistake. What do you do first?", ["Wait and hope", "Take it down and press “I slipped”"], "Telling at once is recorded in your favour."],
    ],
  },
  zh: {
    name: "林美",
    organisation: "汽车周刊",
    sender: "曙光汽车",
    project: "曙光 E5 发布",
    title: "发布前保密承诺书",
    consent: "我已阅读并同意本承诺书，并同意在此输入姓名即为我的签名。",
    table: [
      ["涵盖范围", "自己的媒体和账号；私密动态；私信；群聊；亲友；同事"],
      ["不得早于", "2027年3月21日 18:00（Europe/Berlin，24 小时制）= 17:00 UTC"],
      ["约定金额", "10,000.00 EUR"],
      ["责任方", "林美与汽车周刊，双方共同承担"],
    ],
    sections: [
      ["scope", "涵盖范围", "在上述时刻之前，您看到、听到或收到的关于曙光 E5 的一切内容。适用于所有渠道，而不仅限于单位的渠道：\n\n- 您自己的媒体和账号\n- 私密动态、快拍和私信\n- 任何大小的群、亲友", true],
      ["until", "期限", "自上述时刻起方可发布，一分钟也不能提前。该时刻按柏林时间、24 小时制及 UTC 给出；如有出入，以 UTC 为准。", true],
      ["amount", "违反承诺", "如违反本承诺，您与您的单位须支付约定金额。立即主动报告并删除的失误，将作为有利情节考虑。", true],
      ["method", "签署方式", "双方同意：输入发送至您邮箱的验证码后输入姓名，是双方之间可靠的签署方式。签署文本加盖电子印章并保持不变。", false],
    ],
    questions: [
      ["q1", "您在私聊中给姐姐发了一张照片，可以吗？", ["可以，这是私下的", "不可以，不得早于该时刻"], "亲友同样在涵盖范围内，任何聊天都不行。"],
      ["q2", "承诺到什么时候为止？", ["到 2027年3月21日柏林时间 18:00", "到 2027年3月21日当地全天结束"], "全球同一时刻：柏林 18:00，即 17:00 UTC。"],
      ["q3", "您不小心提前发布了，首先怎么做？", ["等等看", "删除并点击“我失误了”"], "立即说明会作为有利情节记录。"],
    ],
  },
};
const rightChoice = { q1: "b", q2: "a", q3: "b" };

function commitmentOf(story) {
  const w = words[story.locale];
  const company = story.role === "company";
  const text = {
    title: w.title,
    sections: w.sections.map(([sectionId, heading, body, must_tick]) => ({ id: sectionId, heading, text: body, must_tick })),
    terms_table: w.table.map(([label, value]) => ({ label, value })),
    unknown_placeholders: [],
  };
  return {
    id: id("a"),
    number: "C-2027-0042",
    title: w.title,
    project_name: w.project,
    sender: w.sender,
    party_name: company ? "Mei Lindqvist" : w.name,
    organisation_name: w.organisation,
    role: story.role,
    state: story.state,
    step: story.step,
    text,
    text_hash: "5f".repeat(32),
    terms: { channels: ["own_media", "private_feeds", "direct_messages", "groups", "friends_family", "colleagues"], embargo_at: story.embargoAt, embargo_zone: "Europe/Berlin", amount: "10000.00", currency: "EUR", liable: "both", sub_suppliers_sign: true, may_invite_colleagues: true },
    consent_text: w.consent,
    questions: w.questions.map(([questionId, question, choices]) => ({ id: questionId, text: question, choices: choices.map((choice, at) => ({ id: "ab"[at], text: choice })) })),
    ticks: text.sections.filter((section) => section.must_tick).map((section) => ({ id: section.id, text: section.heading })),
    signatories: [
      { role: "recipient", name: w.name, signed: story.step === "wait" || story.step === "done" || company },
      { role: "company", name: "Otto Brandt", signed: story.state === "in_force" || (company && story.step === "wait") },
    ],
    server_time: new Date().toISOString(),
    embargo_at: story.embargoAt,
    embargo_zone: "Europe/Berlin",
    may_invite_colleagues: true,
  };
}

function rowOf(story) {
  const { number, title, project_name, role, state, step, embargo_at, embargo_zone, may_invite_colleagues } = commitmentOf(story);
  return { id: id("a"), number, title, project_name, role, state, step, embargo_at, embargo_zone, may_invite_colleagues, signed_at: step === "done" || step === "wait" ? after(-1) : null };
}

function homeOf(story) {
  const w = words[story.locale];
  const pending = ["read", "answer", "sign"].includes(story.step) ? [rowOf(story)] : [];
  const signed = pending.length === 0 ? [rowOf(story)] : [];
  return {
    name: w.name,
    organisation: w.organisation,
    sender: w.sender,
    sender_contact: "press@aurora.example",
    locale: story.locale,
    csrf_token: "csrf",
    server_time: new Date().toISOString(),
    pending,
    signed,
    copies: story.state === "in_force" ? story.copies.length : 0,
    embargoes: story.embargoAt ? [{ id: id("e"), label: w.project, at: story.embargoAt, zone: "Europe/Berlin", lifted: Date.parse(story.embargoAt) < Date.now() }] : [],
    slips: story.slips,
  };
}

export function copyOf(letter, title, change = {}) {
  return { id: id(letter), title, project_name: "Aurora E5 reveal", commitment: id("a"), media_type: "image/jpeg", size_bytes: 3_412_884, width_px: 4032, height_px: 3024, watermark: false, state: "available", until: null, embargo_at: null, file_name: `${title}.jpg`, ...change };
}

const json = (body, status = 200) => ({ status, type: "application/json", body: JSON.stringify(body) });
const problem = (status, code, title, title_zh, detail) => ({ ...json({ type: "about:blank", title, title_zh, status, code, detail }, status), type: "application/problem+json" });

/** A story so far; `change` puts it elsewhere. */
export function storyAt(change = {}) {
  return {
    locale: "en", role: "recipient", state: "sent", step: "read", embargoAt: after(30 * 24 + 5.4), slips: [], copies: [copyOf("c", "front-three-quarter"), copyOf("d", "cockpit", { watermark: true, width_px: 3024, height_px: 4032 })],
    link: "good", codeTooOld: false, signedIn: true, signRequests: 0, signDelay_ms: 0, offlineAt: null, picture: null, asked: [], ...change,
  };
}

const passed = (story) => (story.role === "company" ? story.state === "signed" : true);

function changeStory(story, path, body) {
  if (path.endsWith("/read")) story.step = "answer";
  if (path.endsWith("/decline")) Object.assign(story, { state: "declined", step: "closed", reason: body.reason });
  if (path.endsWith("/sign")) {
    story.signRequests += 1;
    story.signed = body;
    Object.assign(story, passed(story) && story.alone !== false ? { state: "in_force", step: "done" } : { state: "signed", step: "wait" });
  }
  return commitmentOf(story);
}

function answersOf(story, { answers }) {
  const results = answers.map(({ question, choice }) => {
    const right = rightChoice[question] === choice;
    return { question, right, ...(right ? {} : { why: words[story.locale].questions.find(([of]) => of === question)[3] }) };
  });
  const all = results.length === 3 && results.every(({ right }) => right);
  if (all) story.step = "sign";
  return { passed: all, results };
}

function linkAnswer(story) {
  if (story.link === "expired") return problem(410, "gone", "This link has expired", "链接已过期", "It was valid until yesterday.");
  if (story.link === "unknown") return problem(404, "not_found", "Not found", "未找到", "No such link.");
  if (story.link === "busy") return problem(429, "too_many", "Too many tries", "尝试次数过多", "Wait a minute and try again.");
  return json({ organisation: words[story.locale].sender, masked_email: "m…@motorweekly.example", locale: story.locale, code_sent: true, retry_after_s: 30 });
}

function openSession(story, { code }) {
  if (story.codeTooOld) {
    story.codeTooOld = false;
    return problem(410, "gone", "No longer valid", "已失效", "this code is no longer valid");
  }
  if (code !== "246810") return problem(401, "unauthenticated", "Sign in first", "请先登录", "that code is not right");
  story.signedIn = true;
  return json(homeOf(story), 201);
}

function slipAnswer(story, path, body) {
  if (path !== "/slips") return json(Object.assign(story.slips[0], body));
  const slip = { id: id("s"), party: id("p"), party_name: words[story.locale].name, reported_at: new Date().toISOString(), acknowledged_at: null, ...body };
  story.slips = [slip];
  return json(slip, 201);
}

/** The answer to one request, from the story that is on, which it may change. */
async function answer(story, method, path, body) {
  story.asked.push(`${method} ${path}`);
  if (story.offlineAt === path) return null;
  if (path === "/link") return linkAnswer(story);
  if (path === "/session" && method === "POST") return openSession(story, body);
  if (!story.signedIn) return problem(401, "unauthenticated", "Sign in first", "请先登录", "your session has ended");
  if (path === "/session") return { status: 204 };
  if (path === "/home") return json(homeOf(story));
  if (path === "/copies") return json({ items: story.state === "in_force" ? story.copies : [], total: story.copies.length });
  if (/^\/copies\/\w+\/(view|file)$/.test(path)) return { status: 200, type: "image/jpeg", body: story.picture };
  if (path === "/colleagues") return json({ name: body.name, sent: true }, 201);
  if (path.startsWith("/slips")) return slipAnswer(story, path, body);
  if (path.endsWith("/answers")) return json(answersOf(story, body));
  if (path.endsWith("/sign")) await new Promise((resolve) => setTimeout(resolve, story.signDelay_ms));
  return json(method === "POST" ? changeStory(story, path, body) : commitmentOf(story));
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return parts.length > 0 ? JSON.parse(Buffer.concat(parts).toString()) : {};
}

async function page(folder, path) {
  const file = extname(path) ? join(folder, path) : join(folder, "index.html");
  try {
    return { status: 200, type: types[extname(file)] ?? "application/octet-stream", body: await readFile(file), keep: path.startsWith("/static/") };
  } catch {
    return { status: 404 };
  }
}

/** Serves the built pages from a folder, and the recipient's half of the API out of the story that was told last. */
export async function startStandIn(folder) {
  if (!folder) throw new Error("PROBITY_PAGES names the folder of the built pages");
  let story = storyAt();
  const api = "/api/v1/recipient";
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://x").pathname);
    const body = await bodyOf(request);
    const given = path.startsWith(api) ? await answer(story, request.method, path.slice(api.length), body) : await page(folder, path);
    if (given === null) return request.socket.destroy();
    const headers = { "cache-control": given.keep ? "max-age=600, immutable" : "no-store", ...(given.type ? { "content-type": given.type } : {}) };
    return response.writeHead(given.status, headers).end(given.body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    tell(next) {
      story = next;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
