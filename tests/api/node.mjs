// A node of its own for a test: started on a free port with an empty workspace, its first account signed in.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

function freePort() {
  return new Promise((found) => {
    const server = http.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

const kPassword = 'a long enough passphrase';
const kAgent = new http.Agent({ keepAlive: true, maxSockets: 8 });

export class Node {
  static async start(program) {
    const node = new Node();
    node.folder = mkdtempSync(path.join(tmpdir(), 'probity-api-'));
    // It is an alliance's hub too, so that the operator's pages answer.
    const data = path.join(node.folder, 'data');
    execFileSync(program, ['init', data]);
    const said = (...words) => JSON.parse(execFileSync(program, [...words, '-w', data, '--json'], { encoding: 'utf8' }));
    const { hub } = said('hub', 'init');
    // And a member of itself, whose people are the ombudsman's: every page of an alliance answers in one place.
    const port = await freePort();
    const self = said('member', 'init', '--name', 'Everything House', '--hub-url', `http://127.0.0.1:${port}`, '--hub', hub);
    said('hub', 'admit', '--member', self.member, '--name', self.name, '--identity', self.identity, '--ombudsman');
    node.process = spawn(program, ['serve', '--data', data, '--listen', `127.0.0.1:${port}`, '--access-log', 'off']);
    node.process.stderr.on('data', (text) => process.stderr.write(text));
    const link = await new Promise((found, failed) => {
      let said = '';
      node.process.stdout.on('data', (text) => {
        said += text;
        const match = said.match(/(http:\/\/[^/\s]+)\/setup#(\S+)\s/);
        if (match) found(match);
      });
      node.process.on('exit', (code) => failed(new Error(`the node ended with ${code}: ${said}`)));
    });
    node.process.removeAllListeners('exit');
    node.process.on('exit', (code, signal) => (node.ended = { code, signal }));
    node.port = Number(new URL(link[1]).port);
    node.token = link[2];
    return node;
  }

  async stop() {
    this.process.kill('SIGTERM');
    if (!this.ended) await new Promise((done) => this.process.on('exit', done));
    kAgent.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }

  // `target` goes out as it is. Answers {status, headers, text, json}.
  request(method, target, { body, headers = {}, session } = {}) {
    const given = { ...headers };
    if (session) Object.assign(given, { Cookie: session.cookie, 'X-CSRF-Token': session.csrf });
    const bytes = body === undefined ? undefined : Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    if (bytes) given['Content-Length'] = bytes.length;
    if (bytes && !('Content-Type' in given)) given['Content-Type'] = 'application/json';
    return new Promise((done, failed) => {
      const call = http.request({ port: this.port, host: '127.0.0.1', method, path: target, headers: given, agent: kAgent, timeout: 60_000 });
      call.on('timeout', () => call.destroy(new Error(`${method} ${target}: no answer in a minute`)));
      call.on('error', failed);
      call.on('response', (answer) => {
        if (answer.headers['content-type']?.startsWith('text/event-stream')) {
          call.destroy();
          done({ status: answer.statusCode, headers: answer.headers, text: '' });
          return;
        }
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('error', failed);
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString();
          let json;
          if (answer.headers['content-type']?.includes('json')) json = JSON.parse(text);
          done({ status: answer.statusCode, headers: answer.headers, text, json });
        });
      });
      call.end(bytes);
    });
  }

  async #session(method, target, body) {
    const answer = await this.request(method, target, { body });
    if (answer.status >= 300) throw new Error(`${target}: ${answer.status} ${answer.text}`);
    return { cookie: answer.headers['set-cookie'][0].split(';')[0], csrf: answer.json.csrf_token };
  }

  setUp() {
    return this.#session('POST', '/api/v1/setup', {
      token: this.token, organisation: 'Sample Motors', name: 'Avery Stone', email: 'avery@sample.example', password: kPassword,
    });
  }

  openLink(token, code) {
    return this.#session('POST', '/api/v1/recipient/session', { token, code });
  }
}
