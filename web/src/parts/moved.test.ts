import assert from "node:assert/strict";
import test from "node:test";
import { moved } from "./moved";

test("keys move the divider as a slider's do", () => {
  assert.equal(moved("ArrowRight", 50), 52);
  assert.equal(moved("ArrowUp", 50), 52);
  assert.equal(moved("ArrowLeft", 50), 48);
  assert.equal(moved("ArrowDown", 50), 48);
  assert.equal(moved("PageUp", 50), 60);
  assert.equal(moved("PageDown", 50), 40);
  assert.equal(moved("Home", 50), 0);
  assert.equal(moved("End", 50), 100);
  assert.equal(moved("Tab", 50), null);
});

test("it stays within its ends", () => {
  assert.equal(moved("ArrowLeft", 1), 0);
  assert.equal(moved("PageUp", 97), 100);
});
