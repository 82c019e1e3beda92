import assert from "node:assert/strict";
import test from "node:test";
import { amountText, minorOf, money, parts } from "./money";

test("an amount typed is whole smallest units, and back", () => {
  assert.equal(minorOf("50000.00", "EUR"), 5_000_000);
  assert.equal(minorOf("50000", "EUR"), 5_000_000);
  assert.equal(minorOf("0.5", "CNY"), 50);
  assert.equal(minorOf("1200", "JPY"), 1200);
  assert.equal(minorOf("1200.5", "JPY"), null);
  assert.equal(minorOf("1.234", "EUR"), null);
  assert.equal(minorOf("1,000", "EUR"), null);
  assert.equal(minorOf("-3", "EUR"), null);
  assert.equal(minorOf("", "EUR"), null);
  for (const minor of [0, 5, 99, 100, 123_456_789]) {
    for (const currency of ["EUR", "JPY"]) assert.equal(minorOf(amountText(minor, currency), currency), minor);
  }
  assert.equal(amountText(-1250, "EUR"), "-12.50");
});

test("amounts are read with their currency", () => {
  assert.match(money({ minor: 5_000_000, currency: "CNY" }), /CNY.*50,000\.00/);
});

test("instalments add up to the cent", () => {
  for (const [minor, count] of [[100, 3], [5_000_000, 12], [7, 7], [1, 2]] as const) {
    const all = parts(minor, count);
    assert.equal(all.length, count);
    assert.equal(all.reduce((sum, one) => sum + one, 0), minor);
    assert.ok(Math.max(...all) - Math.min(...all) <= 1);
  }
});
