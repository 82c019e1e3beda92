import assert from "node:assert/strict";
import test from "node:test";
import { barsOf, heightOf, type Plot, powerOfTen, rangeOf, ticks } from "./plot";

const plot: Plot = { decoder: "linear", first_bin: -8, bins_per_unit: 2, counts: [1, 0, 4, 9], highest_other: 3.9, identified_line: 8.3, lead_line: 5.4 };

test("bars lie where the histogram has them", () => {
  assert.deepEqual(barsOf(plot)[0], { from: -4, to: -3.5, copies: 1 });
  assert.deepEqual(barsOf(plot)[3], { from: -2.5, to: -2, copies: 9 });
});

test("lines and named copies are in sight", () => {
  const [low, high] = rangeOf(plot, [41.2]);
  assert.ok(low < -4 && high > 41.2);
  assert.ok(rangeOf(plot, [])[1] > 8.3);
});

test("a single copy is still seen beside a million, and nothing is none", () => {
  assert.ok(heightOf(1, 1_000_000) >= 0.1);
  assert.equal(heightOf(0, 10), 0);
  assert.equal(heightOf(10, 10), 1);
});

test("ticks are round", () => {
  assert.deepEqual(ticks(-5, 20, 5), [-5, 0, 5, 10, 15, 20]);
  assert.ok(ticks(-4.3, 61, 8).every((tick) => tick % 10 === 0));
});

test("a bound is never quoted smaller than it is", () => {
  assert.equal(powerOfTen(-12), "10⁻¹²");
  assert.equal(powerOfTen(-11.5), "3.2 × 10⁻¹²");
  assert.equal(powerOfTen(-9.001), "10⁻⁹");
  for (let at = -30; at < 0; at += 0.0173) {
    const exponent = Math.floor(at);
    assert.ok(Math.ceil(10 ** (at - exponent) * 10) / 10 >= 10 ** (at - exponent) - 1e-12);
  }
});
