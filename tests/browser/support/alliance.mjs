// An alliance on one machine: a hub, three key-holders with a key of two of three, two members and the ombudsman, each a
// process of its own. They are `probity-rehearsal`, whose clock is moved on by writing days into a file.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { freePort, program, staffApi, startNode } from "./node.mjs";
import { password } from "./shortcuts.mjs";

const rehearsal = process.env.PROBITY_REHEARSAL ?? join(dirname(program), "probity-rehearsal");
const day_ms = 86_400_000;
const epoch = 2027;

/** A resident ID number whose check digit fits; the person in the story is made up. */
export function residentId(serial, born = "19900307") {
  const digits = `110101${born}${String(serial).padStart(3, "0")}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * weights[at], 0);
  return digits + "10X98765432"[sum % 11];
}

export class Alliance {
  /** `hash`: cost of the slow hash. A weak one is for tests: seven processes share one small machine. */
  static async start({ hash = { memoryKib: 8, passes: 1 } } = {}) {
    const self = new Alliance();
    self.hash = hash;
    self.root = mkdtempSync(join(tmpdir(), "probity-alliance-"));
    self.clock = join(self.root, "days");
    self.env = { PROBITY_REHEARSAL_DAYS: self.clock };
    self.moveTo(0);
    self.holders = [];
    self.nodes = [];
    try {
      await self.#found();
    } catch (error) {
      await self.stop();
      throw error;
    }
    return self;
  }

  /** Every process of it is that many days ahead of the machine. */
  moveTo(days) {
    this.days = days;
    writeFileSync(this.clock, String(days));
  }
  /** The time there. */
  now() {
    return new Date(Date.now() + this.days * day_ms);
  }

  run(...words) {
    const said = execFileSync(rehearsal, [...words, "--json"], { encoding: "utf8", env: { ...process.env, ...this.env } });
    return said.trim() === "" ? null : JSON.parse(said);
  }

  async #found() {
    const folders = await this.#makeHolders();
    const ports = { hub: await freePort(), aurora: await freePort(), borealis: await freePort(), ombudsman: await freePort() };
    const folderOf = (name) => join(this.root, name);
    for (const name of Object.keys(ports)) this.run("init", folderOf(name));
    const { hub } = this.run("hub", "init", "-w", folderOf("hub"));
    this.run("hub", "keys", "-w", folderOf("hub"), join(this.ceremony, "directory.json"));
    const names = { aurora: "Aurora Motors", borealis: "Borealis Phones", ombudsman: "Ombudsman of the Alliance" };
    this.members = {};
    for (const [key, name] of Object.entries(names)) {
      const made = this.run("member", "init", "-w", folderOf(key), "--name", name, "--hub-url", `http://127.0.0.1:${ports.hub}`, "--hub", hub);
      this.members[key] = made;
      this.run("hub", "admit", "-w", folderOf("hub"), "--member", made.member, "--name", name, "--identity", made.identity, ...(key === "ombudsman" ? ["--ombudsman"] : []));
      for (const folder of folders) this.run("keyholder", "admit", "--data", folder, "--member", made.member, "--name", name, "--identity", made.identity);
    }
    for (const [key, port] of Object.entries(ports)) {
      const node = await startNode({ folder: folderOf(key), port, run: rehearsal, env: this.env });
      this.nodes.push(node);
      this[key] = node;
    }
    this.letters = join(folderOf("hub"), "alliance", "letters");
  }

  async #makeHolders() {
    const folders = [];
    const ports = [];
    for (const name of ["Harbour Trust", "Meridian Tools", "Lantern Works"]) {
      const folder = join(this.root, `holder-${folders.length + 1}`);
      ports.push(await freePort());
      this.run("keyholder", "init", folder, "--name", name, "--url", `http://127.0.0.1:${ports.at(-1)}`);
      folders.push(folder);
    }
    this.ceremony = join(this.root, "ceremony");
    this.run("keyholder", "plan", "--epoch", String(epoch), "--threshold", "2", "--memory-kib", String(this.hash.memoryKib), "--passes", String(this.hash.passes), "--out", this.ceremony, ...folders.map((folder) => join(folder, "card.json")));
    for (let round = 0; round < 4; round += 1) {
      if (folders.map((folder) => this.run("keyholder", "join", "--data", folder, this.ceremony).done).every(Boolean)) break;
    }
    for (const [at, folder] of folders.entries()) await this.#serveHolder(folder, ports[at]);
    return folders;
  }

  #serveHolder(folder, port) {
    const child = spawn(rehearsal, ["keyholder", "serve", "--data", folder, "--listen", `127.0.0.1:${port}`], { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...this.env } });
    this.holders.push(child);
    return new Promise((resolve, reject) => {
      child.stdout.once("data", resolve);
      child.once("exit", (code) => reject(new Error(`a key-holder ended with ${code}`)));
    });
  }

  /** Accounts of a node: the first keeps the house, the others have the roles they are given. */
  async people(key, organisation, people) {
    const node = this[key];
    const staff = staffApi(node.url);
    const keeper = `keeper@${key}.example`;
    await staff.post("/setup", { token: node.setupLink().hash.slice(1), organisation, name: "House Keeper", email: keeper, password, locale: "en", zone: "Europe/Berlin" });
    await staff.signIn(keeper, password);
    for (const { name, email, roles, locale = "en" } of people) {
      const { link } = await staff.post("/accounts", { name, email, roles, locale });
      const answer = await fetch(`${node.url}/api/v1/invitations/accept`, {
        method: "POST", headers: { "content-type": "application/json", origin: node.url }, body: JSON.stringify({ token: new URL(link).hash.slice(1), password }),
      });
      if (!answer.ok) throw new Error(`the invitation of ${email} answered ${answer.status}: ${await answer.text()}`);
    }
    return staff;
  }

  /** An account as the API knows it, for what a story does beside the pages. */
  async as(key, email) {
    const api = staffApi(this[key].url);
    await api.signIn(email, password);
    return api;
  }

  /** The newest letter that the hub's courier laid down: its link and its code. */
  letter() {
    const files = readdirSync(this.letters).map((name) => join(this.letters, name)).sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs);
    const text = readFileSync(files.at(-1), "utf8");
    return { link: text.match(/https?:\/\/\S+\/notice\/\w+/)?.[0], code: text.match(/(?:码|[Cc]ode)[:：]\s*(\d{6,12})/)?.[1], text };
  }

  async stop() {
    for (const node of this.nodes) await node.stop().catch(() => undefined);
    for (const child of this.holders) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.removeAllListeners("exit");
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await gone;
    }
    rmSync(this.root, { recursive: true, force: true });
  }
}
