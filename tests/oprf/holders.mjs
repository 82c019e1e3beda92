// Five key-holders as processes of their own, with a key of three of five that they make together, and one member.
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = process.env.PROBITY_PROGRAM;

export function probity(...words) {
  const said = execFileSync(program, ["keyholder", ...words, "--json"], { encoding: "utf8" });
  return said ? JSON.parse(said) : null;
}

async function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// Everybody takes turns until all are done.
export function holdCeremony(folders, ceremony) {
  for (let round = 0; round < 4; round += 1) {
    const done = folders.map((folder) => probity("join", "--data", folder, ceremony).done);
    if (done.every(Boolean)) return JSON.parse(readFileSync(join(ceremony, "directory.json"), "utf8"));
  }
  throw new Error("the ceremony does not end");
}

export class Holders {
  static async start({ count = 5, threshold = 3, limits = [] } = {}) {
    const self = new Holders();
    self.root = mkdtempSync(join(tmpdir(), "probity-oprf-"));
    self.folders = [];
    self.ports = [];
    for (let i = 1; i <= count; i += 1) {
      const folder = join(self.root, `holder-${i}`);
      const port = await freePort();
      probity("init", folder, "--name", `Holder ${i}`, "--url", `http://127.0.0.1:${port}`);
      self.folders.push(folder);
      self.ports.push(port);
    }
    self.ceremony = join(self.root, "ceremony");
    const cards = self.folders.map((folder) => join(folder, "card.json"));
    probity("plan", "--epoch", "2027", "--threshold", `${threshold}`, "--memory-kib", "64", "--passes", "1",
      "--out", self.ceremony, ...cards);
    self.directory = holdCeremony(self.folders, self.ceremony);
    self.seedFile = join(self.root, "member.key");
    self.member = probity("member", self.seedFile);
    for (const folder of self.folders)
      probity("admit", "--data", folder, "--member", self.member.member, "--name", "Harbour Motors",
        "--identity", self.member.identity, ...limits);
    self.processes = await Promise.all(self.folders.map((_, i) => self.serve(i)));
    return self;
  }

  serve(i) {
    const process = spawn(program, ["keyholder", "serve", "--data", this.folders[i], "--listen",
      `127.0.0.1:${this.ports[i]}`], { stdio: ["ignore", "pipe", "inherit"] });
    return new Promise((resolve) => process.stdout.once("data", () => resolve(process)));
  }

  url(i) { return `http://127.0.0.1:${this.ports[i]}`; }

  async stop() {
    for (const process of this.processes) {
      const ended = new Promise((resolve) => process.once("exit", resolve));
      process.kill("SIGTERM");
      await ended;
    }
    rmSync(this.root, { recursive: true, force: true });
  }
}
