// Whether an answer has the shape that docs/api/openapi.yaml promises: stand-ins are held to it, so that they cannot drift.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Schemas } from "../../api/schema.mjs";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const description = require("js-yaml").load(readFileSync(new URL("../../../docs/api/openapi.yaml", import.meta.url), "utf8"));
const schemas = new Schemas(description);

const places = Object.entries(description.paths).map(([path, methods]) => ({
  path,
  pattern: new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/\{[^}]+\}/g, "[^/]+")}$`),
  // Of two that fit, the one with fewer parameters is meant: /cases/board, not /cases/{case}.
  blanks: (path.match(/\{/g) ?? []).length,
  methods,
}));

/** What is wrong with answering a call so; the path as in the description, without /api/v1. */
export function wrongAnswer(method, path, value) {
  const verb = method.toLowerCase();
  const [place] = places.filter(({ pattern, methods }) => pattern.test(path) && verb in methods).sort((a, b) => a.blanks - b.blanks);
  if (!place) return [`${method} ${path}: is not in the description`];
  const { responses } = place.methods[verb];
  const good = schemas.resolve(responses[Object.keys(responses).find((status) => status.startsWith("2"))]);
  const schema = good.content?.["application/json"]?.schema;
  if (schema === undefined) return value === null || value === undefined ? [] : [`${method} ${place.path}: answers nothing`];
  // As it goes over the wire: what is undefined is not there.
  return schemas.problems(schema, JSON.parse(JSON.stringify(value)), "answer").map((wrong) => `${method} ${place.path}: ${wrong}`);
}
