import assert from "node:assert/strict";
import test from "node:test";
import { gapBetween, inOrder } from "./moments";

const moment = (id: string, happened_at: string | null, discovered_at: string) => ({ id, what: id, automatic: false, happened_at, discovered_at, by: "" });

test("the gap between an event and its discovery, in its largest unit", () => {
  assert.equal(gapBetween("2027-03-01T00:00:00Z", "2027-03-04T05:00:00Z"), "3 days");
  assert.equal(gapBetween("2027-03-01T00:00:00Z", "2027-03-01T05:30:00Z"), "5 hours");
  assert.equal(gapBetween("2027-03-01T00:00:00Z", "2027-03-01T00:07:00Z"), "7 minutes");
  assert.equal(gapBetween("2027-03-01T00:00:00Z", "2027-03-01T00:02:00Z"), null);
  assert.equal(gapBetween(null, "2027-03-01T00:02:00Z"), null);
  assert.equal(gapBetween("2027-03-02T00:00:00Z", "2027-03-01T00:00:00Z"), null);
});

test("by event, what has no event time stands where it was learned of", () => {
  const all = [moment("late", "2027-03-01T00:00:00Z", "2027-03-09T00:00:00Z"), moment("note", null, "2027-03-05T00:00:00Z"), moment("first", "2027-02-01T00:00:00Z", "2027-03-08T00:00:00Z")];
  assert.deepEqual(inOrder(all, "happened").map(({ id }) => id), ["first", "late", "note"]);
  assert.deepEqual(inOrder(all, "discovered").map(({ id }) => id), ["note", "first", "late"]);
});
