// Requests made from docs/api/openapi.yaml: right ones, ones at the edges and hostile ones, against the built program.
// What must hold: no 5xx; every error is a problem; every answer has the members the description gives it; what the
// description forbids is refused; every path and method of it is answered. PROBITY_SEED and PROBITY_SECONDS vary it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { Node } from './node.mjs';
import { Random } from './random.mjs';
import { Schemas } from './schema.mjs';

const kRoot = new URL('../../', import.meta.url);
const kSeed = Number(process.env.PROBITY_SEED ?? 20261122);
const kSeconds = Number(process.env.PROBITY_SECONDS ?? 45);
const kBase = '/api/v1';
const kMedia = { json: 'application/json', problem: 'application/problem+json' };
const yaml = createRequire(new URL('web/package.json', kRoot))('js-yaml');
const document = yaml.load(readFileSync(new URL('docs/api/openapi.yaml', kRoot), 'utf8'));
const schemas = new Schemas(document);
const random = new Random(kSeed);

// Their right requests end the session everything else needs, or lock its owner out; broken ones are sent all the same.
const kOnlyBroken = new Set(['postSetup', 'signIn', 'signOut', 'stepUp', 'endSession', 'endAccountSessions', 'updateAccount', 'resetAccount',
  'changePassword', 'confirmTotp', 'removeTotp', 'lookAtInvitation', 'acceptInvitation', 'openRecipientSession', 'endRecipientSession']);
// Pages of those who answer in a case: nobody has a session of theirs here, so that every right request is refused.
const kAnswering = /^\/(answer|accused)\//;
// A wrong guess at these slows everybody down on purpose.
const kGuessed = new Set(['signIn', 'stepUp', 'changePassword']);

// Calls between nodes are signed, and tested where they are made.
const ofPages = Object.entries(document.paths).filter(([, item]) => !item.servers);
const operations = ofPages.flatMap(([path, item]) =>
  ['get', 'post', 'put', 'patch', 'delete']
    .filter((method) => item[method])
    .map((method) => ({ path, method: method.toUpperCase(), ...item[method], parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map((parameter) => schemas.resolve(parameter)) })),
);

let node, staff, recipient;
const ids = { any: [] };
const findings = new Map();
const counts = { sent: 0, right: 0, refused: 0 };

function remember(noun, id) {
  if (typeof id !== 'string' || !/^[0-9a-z]{26}$/.test(id)) return;
  for (const list of [(ids[noun] ??= []), ids.any]) {
    if (!list.includes(id)) list.push(id);
    if (list.length > 60) list.shift();
  }
}

// Ids in an answer, by the noun of the path that gave them: /projects/{project}/assets lists assets.
function harvest(operation, json) {
  const noun = operation.path.split('/').filter((part) => part && !part.startsWith('{')).at(-1);
  const singular = noun.replace(/ies$/, 'y').replace(/s$/, '');
  const one = (value) => {
    remember(singular, value?.id);
    remember('copy', value?.copy);
    remember('job', value?.job);
    remember('key', singular === 'api-key' ? value?.id : undefined);
    remember('mail', singular === 'outbox' ? value?.id : undefined);
    for (const signatory of value?.signatories ?? []) remember('signatory', signatory.id);
  };
  one(json);
  for (const member of Object.values(json ?? {})) one(member);
  if (Array.isArray(json?.items)) json.items.forEach(one);
}

function complain(operation, what, request, answer) {
  const key = `${operation.method} ${operation.path}: ${what}`;
  if (findings.has(key)) return;
  const sent = Buffer.isBuffer(request.body) ? `${request.body.length} bytes ${request.body.subarray(0, 80)}` : JSON.stringify(request.body)?.slice(0, 700);
  findings.set(key, `${request.target}\n    sent ${sent}\n    got ${answer?.status} ${answer?.text?.slice(0, 400)}`);
}

function known(name, schema) {
  if (name === 'second_factor_duty') return 'nobody';
  const singular = { embargo: undefined, parties: 'party', assets: 'asset', people: 'account', company_signatory: 'party', parent: 'party' }[name] ?? name;
  if (ids[singular]?.length > 0 && name !== 'id' && random.chance(0.9)) return random.pick(ids[singular]);
  if (name === 'expires_at' || name === 'sign_by' || name === 'until') return new Date(Date.now() + 86_400_000 * (1 + random.below(80))).toISOString();
  if (name.endsWith('zone')) return random.pick(['Europe/Berlin', 'Asia/Shanghai', 'UTC', 'Mars/Olympus']);
  if (schema.type === 'object' && schema.properties?.channels && random.chance(0.3)) return ids.terms;
  return undefined;
}

const kHostileParts = ['..', '%2e%2e%2fetc%2fpasswd', '%00', "'%20OR%201=1--", 'a'.repeat(64), '%F0%28%8C%28', '-1', '0', '%E4%BD%95'];
const kHostileNumbers = ['-1', '999999999999999999999', 'x', '1.5', '', '0', '2147483648', '%00'];

function target(operation, hostile) {
  const part = (name) => {
    if (hostile && random.chance(0.5)) return random.pick(kHostileParts);
    const own = ids[name];
    if (own?.length > 0 && random.chance(0.85)) return random.pick(own);
    if (ids.any.length > 0 && random.chance(0.5)) return random.pick(ids.any);
    return random.text(26, '0123456789abcdefghjkmnpqrstvwxyz');
  };
  const path = kBase + operation.path.replace(/\{(\w+)\}/g, (_, name) => part(name));
  const query = operation.parameters
    .filter((parameter) => parameter.in === 'query' && random.chance(0.4))
    .map(({ name, schema }) => {
      const value = hostile ? random.pick([...kHostileNumbers, 'x'.repeat(5000), '%27%22%3C']) : encodeURIComponent(schemas.value(schema, random, known, name));
      return `${name}=${value}`;
    });
  return query.length > 0 ? `${path}?${query.join('&')}` : path;
}

function hostileBody(right) {
  const text = JSON.stringify(right ?? {});
  return random.pick([
    () => Buffer.from('[' .repeat(100_000)),
    () => Buffer.from('{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000)),
    () => Buffer.from(text.slice(0, -1)),
    () => Buffer.from(''),
    () => Buffer.from('null'),
    () => Buffer.from('"text"'),
    () => Buffer.from('{"name": 1e999}'),
    () => Buffer.from('{"name": "\\ud800"}'),
    () => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    () => Buffer.from(text.replaceAll(/"[^"]*"/g, (found) => (random.chance(0.2) ? '"\\u0000"' : found))),
    () => Buffer.from(text.replace('{', '{"name":"a","name":"b",')),
    () => Buffer.alloc(3_000_000, 0x20),
    () => random.pick([[], [right], 0, true, { ...right, ['x'.repeat(1000)]: 1 }]),
  ])();
}

function check(operation, request, answer, mustFail) {
  const { status, headers, json } = answer;
  counts.sent += 1;
  if (status >= 500) return complain(operation, `answers ${status}`, request, answer);
  if (status >= 400) {
    counts.refused += 1;
    if (headers['content-type'] !== kMedia.problem) return complain(operation, 'an error that is no problem document', request, answer);
    const wrong = schemas.problems({ $ref: '#/components/schemas/Problem' }, json, 'problem');
    if (wrong.length > 0) complain(operation, wrong[0], request, answer);
    if (json.status !== status) complain(operation, 'a problem with another status', request, answer);
    return undefined;
  }
  if (mustFail) return complain(operation, `takes ${mustFail}`, request, answer);
  counts.right += 1;
  const described = operation.responses[String(status)];
  if (!described) return complain(operation, `answers ${status}, which is not described`, request, answer);
  const schema = described.content?.[kMedia.json]?.schema;
  if (!schema) return undefined;
  if (json === undefined) return complain(operation, 'an answer that is not JSON', request, answer);
  for (const wrong of schemas.problems(schema, json).slice(0, 3)) complain(operation, wrong.replace(/\[\d+\]/g, '[]'), request, answer);
  harvest(operation, json);
  return undefined;
}

async function send(operation, kind) {
  const schema = operation.requestBody?.content?.[kMedia.json]?.schema;
  const onlyBroken = kOnlyBroken.has(operation.operationId) || operation.path === '/recipient/session';
  const request = { target: target(operation, kind === 'hostile'), headers: {} };
  let mustFail = onlyBroken ? 'what it should not' : undefined;
  if (schema) {
    const right = schemas.value(schema, random, known);
    request.body = right;
    if (kind === 'broken' || onlyBroken) {
      const broken = schemas.broken(schema, right, random);
      if (!broken) return;
      request.body = broken.value;
      mustFail = broken.what;
    }
    if (kind === 'hostile' && random.chance(0.8)) {
      request.body = hostileBody(right);
      mustFail = undefined;
    }
  } else if (operation.requestBody) {
    request.body = Buffer.from(random.text(random.below(2000)));
    request.headers['Content-Type'] = 'application/octet-stream';
  } else if (onlyBroken && operation.method !== 'POST' && !operation.path.includes('{')) {
    return;
  } else if (onlyBroken) {
    if (!operation.path.includes('{')) return;
    request.target = request.target.replace(/[0-9a-z]{26}/g, '0'.repeat(26));
  }
  if (kind === 'hostile' && random.chance(0.15)) request.headers['Content-Type'] = random.pick(['text/plain', 'multipart/form-data', '', 'application/json; charset=gb2312']);
  const session = operation.path.startsWith('/recipient') ? recipient : staff;
  try {
    const answer = await node.request(operation.method, request.target, { body: request.body, headers: request.headers, session });
    check(operation, request, answer, mustFail);
    if (answer.status === 401 && operation.security?.length > 0 && !kGuessed.has(operation.operationId) && !kAnswering.test(operation.path)) complain(operation, 'the session is gone', request, answer);
  } catch (error) {
    complain(operation, `no answer: ${error.message}`, request);
  }
}

async function staffJson(method, path, body) {
  const answer = await node.request(method, kBase + path, { body, session: staff });
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.text}`);
  harvest({ path }, answer.json);
  return answer.json;
}

// One project with a person who has opened the link of a commitment.
async function tellAStory() {
  // Whoever sets a node up keeps the house; this one works on everything.
  const { account } = await staffJson('GET', '/session');
  await staffJson('PATCH', `/accounts/${account.id}`, { roles: ['administrator', 'custodian', 'investigator', 'reviewer', 'operator', 'screener', 'ombudsman'] });
  // The hub is this node as well, and answers itself only once it listens: the lists come a moment later.
  for (let tries = 0; (await node.request('GET', `${kBase}/screening/enterprises`, { session: staff })).status !== 200; tries += 1) {
    assert.ok(tries < 300, 'the node does not get its lists');
    await new Promise((next) => setTimeout(next, 100));
  }
  const project = await staffJson('POST', '/projects', { name: 'Harbour Nine' });
  const outlet = await staffJson('POST', '/parties', { kind: 'outlet', name: 'Motor Weekly' });
  const person = await staffJson('POST', '/parties', { kind: 'person', name: 'Mira Holloway', parent: outlet.id, email: 'mira@motorweekly.example' });
  const opened = await staffJson('POST', '/cases', { title: 'Coast road on a forum', project: project.id });
  await staffJson('POST', `/cases/${opened.id}/parties`, { party: person.id, role: 'recipient', accused: true, basis: 'inquiry' });
  await staffJson('POST', `/cases/${opened.id}/rectifications`, { supplier: outlet.id, problem: 'A picture came too early' });
  remember('case', opened.id);
  const templates = await staffJson('GET', '/templates');
  const template = templates.items.find((item) => item.locale === 'en');
  ids.terms = { ...template.terms, liable: 'person' };
  await staffJson('POST', `/projects/${project.id}/commitments`, { template: template.id, parties: [person.id], terms: ids.terms, assets: null, company_signatory: null, send: true });
  const mails = async () => (await staffJson('GET', '/outbox')).items;
  const { link } = await staffJson('GET', `/outbox/${(await mails())[0].id}`);
  const token = link.split('#')[1];
  const sent = await node.request('POST', `${kBase}/recipient/link`, { body: { token } });
  assert.equal(sent.status, 200, sent.text);
  const mail = (await mails()).find((row) => row.kind.includes('code'));
  const { text } = await staffJson('GET', `/outbox/${mail.id}`);
  recipient = await node.openLink(token, text.match(/\b\d{3} ?\d{3}\b/)[0]);
}

before(async () => {
  node = await Node.start(process.env.PROBITY_PROGRAM);
  staff = await node.setUp();
  await tellAStory();
});
after(() => node?.stop());

test('every path and method of the description is answered', async () => {
  const silent = [];
  for (const operation of operations) {
    const path = kBase + operation.path.replace(/\{\w+\}/g, '0'.repeat(26));
    const answer = await node.request(operation.method, path, {});
    const nowhere = answer.status === 405 || (answer.status === 404 && !operation.path.includes('{'));
    const open = operation.security?.length === 0 || operation.path === '/recipient/link' || operation.path === '/recipient/session';
    if (nowhere || (!open && answer.status !== 401)) silent.push(`${operation.method} ${operation.path}: ${answer.status} ${answer.json?.detail}`);
  }
  assert.deepEqual(silent, []);
});

test('what does not exist answers 404', async () => {
  const wrong = [];
  for (const operation of operations.filter(({ method, path }) => method === 'GET' && path.includes('{') && !kAnswering.test(path) && !path.includes('{sha256}'))) {
    const session = operation.path.startsWith('/recipient') ? recipient : staff;
    const answer = await node.request('GET', kBase + operation.path.replace(/\{\w+\}/g, '0'.repeat(26)), { session });
    if (answer.status !== 404 || answer.json?.code !== 'not_found') wrong.push(`${operation.path}: ${answer.status} ${answer.text.slice(0, 100)}`);
  }
  assert.deepEqual(wrong, []);
});

test(`requests made from the description, seed ${kSeed}`, async () => {
  const end = Date.now() + kSeconds * 1000;
  while (Date.now() < end && !node.ended)
    for (const operation of operations) {
      if (Date.now() > end) break;
      if (kGuessed.has(operation.operationId) && random.chance(0.9)) continue;
      await send(operation, random.pick(['right', 'right', 'broken', 'hostile']));
    }
  console.log(`${counts.sent} requests: ${counts.right} taken, ${counts.refused} refused`);
  assert.equal(node.ended, undefined, 'the node ended');
  assert.ok((await node.request('GET', '/readyz')).status === 200, 'not ready afterwards');
  assert.equal([...findings].map(([key, detail]) => `${key}\n    ${detail}`).join('\n'), '');
});
