import assert from "node:assert/strict";
import test from "node:test";
import { initials } from "./initials";

test("initials", () => {
  assert.equal(initials("Maya Brandt"), "MB");
  assert.equal(initials("Ana de la Ortiz"), "AO");
  assert.equal(initials("王晓明"), "明");
  assert.equal(initials("probity"), "P");
  assert.equal(initials("  "), "");
});
