import assert from "node:assert/strict";
import test from "node:test";
import { base64Of } from "./base64";

test("bytes of any length come back", () => {
  for (const size of [0, 1, 2, 3, 0x7fff, 0x8000, 0x8001, 200_000]) {
    const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 131) & 255);
    assert.deepEqual(new Uint8Array(Buffer.from(base64Of(bytes), "base64")), bytes);
  }
});
