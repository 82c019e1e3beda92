// A node of one's own: `probity serve` on a free port with a fresh folder, and its API for what a test sets up beside
// the pages.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const program = process.env.PROBITY_PROGRAM ?? new URL("../../../build/release/probity", import.meta.url).pathname;

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function ready(url, child, said) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`probity serve ended with ${child.exitCode ?? child.signalCode}:\n${said()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await pause(50);
  }
  throw new Error(`probity serve was not ready in 10 s:\n${said()}`);
}

/** `folder`, `port`, `run` and `env` are for nodes that were made before; otherwise everything is new. */
export async function startNode({ folder: made, port: known, run = program, env = {} } = {}) {
  const folder = made ?? (await mkdtemp(join(tmpdir(), "probity-browser-")));
  // While the pages are being worked on: from the disk instead of out of the program.
  const pages = process.env.PROBITY_FROM_DISK ? ["--pages", process.env.PROBITY_FROM_DISK] : [];
  const port = known ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  let child, output;
  async function start() {
    output = "";
    const workspace = made ?? join(folder, "node");
    child = spawn(run, ["serve", "--data", workspace, "--listen", `127.0.0.1:${port}`, ...pages], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
    child.stdout.on("data", (bytes) => { output += bytes; });
    child.stderr.on("data", (bytes) => { output += bytes; });
    await ready(url, child, () => output).catch((error) => {
      child.kill("SIGKILL");
      throw error;
    });
  }
  async function end(signal) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await gone;
    clearTimeout(late);
  }
  await start();
  return {
    url,
    output: () => output,
    /** The one link of the first run. */
    setupLink() {
      const found = output.match(/https?:\/\/\S+\/setup#[\w-]+/);
      if (found === null) throw new Error(`no first-run link in:\n${output}`);
      // The link carries the public address; the test listens elsewhere than the default.
      return new URL(found[0]);
    },
    /** Power loss, then on again with the same folder and port. */
    async killAndRestart() {
      await end("SIGKILL");
      await start();
    },
    async stop() {
      await end("SIGTERM");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The one cookie that an answer sets, if it sets one. Debian 12's Node.js has no `getSetCookie`. */
export const sessionCookie = (response) => response.headers.get("set-cookie")?.split(";")[0];

/** The API as an account sees it, from outside the browser. */
export function staffApi(url) {
  let cookie = "", csrf = "";
  async function send(method, path, body, headers = {}) {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(cookie ? { cookie } : {}),
        ...(csrf && method !== "GET" ? { "x-csrf-token": csrf } : {}),
        ...(body !== undefined && !(body instanceof Uint8Array) ? { "content-type": "application/json" } : {}),
        ...(body instanceof Uint8Array ? { "content-type": "application/octet-stream" } : {}),
        origin: url,
        ...headers,
      },
      body: body === undefined ? undefined : body instanceof Uint8Array ? body : JSON.stringify(body),
    });
    cookie = sessionCookie(response) ?? cookie;
    const text = await response.text();
    let answer = text;
    try {
      answer = text === "" ? null : JSON.parse(text);
    } catch {
      // Not JSON: a picture or a page.
    }
    return { status: response.status, body: answer };
  }
  async function must(method, path, body) {
    const { status, body: answer } = await send(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(answer)}`);
    if (answer?.csrf_token) csrf = answer.csrf_token;
    return answer;
  }
  return {
    send,
    get: (path) => must("GET", path),
    post: (path, body = undefined) => must("POST", path, body),
    put: (path, body) => must("PUT", path, body),
    patch: (path, body) => must("PATCH", path, body),
    delete: (path) => must("DELETE", path),
    async signIn(email, password) {
      return must("POST", "/sign-in", { email, password });
    },
    /** Uploads a master as the page does, and waits until it is prepared. */
    async upload(project, fileName, bytes) {
      let upload = await must("POST", `/projects/${project}/uploads`, { file_name: fileName, size_bytes: bytes.length });
      while (upload.state === "receiving") {
        const chunk = bytes.subarray(upload.offset, upload.offset + upload.chunk_bytes);
        upload = await must("PUT", `/uploads/${upload.id}?offset=${upload.offset}`, new Uint8Array(chunk));
      }
      return this.waitForJob(upload.job);
    },
    async waitForJob(job, seconds = 60) {
      for (let tries = 0; tries < seconds * 5; tries += 1) {
        const now = await must("GET", `/jobs/${job}`);
        if (now.state === "done") return now;
        if (now.state === "failed" || now.state === "cancelled") throw new Error(`job ${now.kind} ${now.state}: ${now.error}`);
        await pause(200);
      }
      throw new Error(`job ${job} was not done in ${seconds} s`);
    },
    /** The newest mail to an address (whose text fits), waiting for it to be written. */
    async mailTo(address, fits = () => true, seconds = 20) {
      for (let tries = 0; tries < seconds * 5; tries += 1) {
        const { items } = await must("GET", `/outbox?search=${encodeURIComponent(address)}&sort=-created_at&limit=20`);
        for (const mail of items.filter(({ to }) => to.includes(address))) {
          const detail = await must("GET", `/outbox/${mail.id}`);
          if (fits(detail)) return detail;
        }
        await pause(200);
      }
      throw new Error(`no such mail to ${address} in ${seconds} s`);
    },
  };
}

export const linkIn = (mail) => mail.link ?? mail.text.match(/https?:\/\/\S+#[\w-]+/)?.[0];
export const codeIn = (mail) => mail.text.match(/(?<!\d)\d{6}(?!\d)/)?.[0];
