// Writes the C++ source that holds the built pages: `node embed.mjs <dist> <out>` makes <out>/pages.cpp and <out>/gzip/….
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { constants, gzipSync } from "node:zlib";

const mediaTypes = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};
// Compressed already, or changed in each response.
const sentPlain = new Set([".png", ".woff2", ".html"]);

const [dist, out] = process.argv.slice(2).map((folder) => resolve(folder));
const gzipFolder = join(out, "gzip");
rmSync(gzipFolder, { recursive: true, force: true });

function filesIn(folder, prefix = "") {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name), `${prefix}/${entry.name}`) : [`${prefix}/${entry.name}`],
  );
}

function compressed(path, bytes) {
  if (sentPlain.has(extname(path))) return null;
  const packed = gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION });
  if (packed.length > bytes.length * 0.9) return null;
  const file = join(gzipFolder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, packed);
  return file;
}

const quoted = (text) => JSON.stringify(text);
const symbols = [];
const rows = [];

/** A file's bytes as a symbol in the read-only data; its span's expression. */
function included(file) {
  if (file === null) return "{}";
  const name = `probity_page_${symbols.length}`;
  symbols.push({ name, file });
  return `held(${name}, ${name}_end)`;
}

const byPath = (a, b) => (a < b ? -1 : a > b ? 1 : 0);  // by bytes, as std::string_view compares; names are ASCII
for (const path of filesIn(dist).sort(byPath)) {
  const type = mediaTypes[extname(path)];
  if (type === undefined) throw new Error(`no media type for ${path}`);
  const file = join(dist, path);
  const bytes = readFileSync(file);
  const etag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 32)}"`;
  const immutable = path.startsWith("/static/");
  rows.push(
    `    {${quoted(path)}, ${quoted(type)}, ${quoted(etag)}, ${included(file)}, ${included(compressed(path, bytes))}, ${immutable}},`,
  );
}

const assembly = symbols.map(
  ({ name, file }) =>
    `asm(".pushsection .rodata\\n.balign 16\\n.global ${name}\\n${name}:\\n.incbin \\"${file}\\"\\n` +
    `.global ${name}_end\\n${name}_end:\\n.popsection\\n");`,
);
const declarations = symbols.map(({ name }) => `extern const std::uint8_t ${name}[];\nextern const std::uint8_t ${name}_end[];`);

writeFileSync(
  join(out, "pages.cpp"),
  `// Made by web/tools/embed.mjs.
#include "web/pages.h"

extern "C" {
${declarations.join("\n")}
}

${assembly.join("\n")}

namespace probity::web {
namespace {

std::span<const std::uint8_t> held(const std::uint8_t* first, const std::uint8_t* last) { return {first, last}; }

}  // namespace

std::span<const PageFile> page_files() {
  static const PageFile files[] = {
${rows.join("\n")}
  };
  return files;
}

}  // namespace probity::web
`,
);
