import assert from "node:assert/strict";
import test from "node:test";
import { dateTime, instantOf, relative, remaining, wallOf } from "./times";

test("a wall clock in a zone is an instant, and back", () => {
  assert.equal(instantOf("2027-03-12 09:00:00", "Europe/Berlin"), "2027-03-12T08:00:00.000Z");
  assert.equal(instantOf("2027-07-12 09:00", "Europe/Berlin"), "2027-07-12T07:00:00.000Z");
  assert.equal(instantOf("2027-03-12 09:00", "Asia/Shanghai"), "2027-03-12T01:00:00.000Z");
  assert.equal(instantOf("2027-03-12 09:00", "UTC"), "2027-03-12T09:00:00.000Z");
  assert.equal(instantOf("2027-03-12 09:00", "Asia/Kolkata"), "2027-03-12T03:30:00.000Z");
  assert.equal(wallOf("2027-03-12T08:00:00Z", "Europe/Berlin"), "2027-03-12 09:00:00");
  assert.equal(instantOf("soon", "UTC"), null);
});

test("every hour of a year survives the way there and back", () => {
  for (const zone of ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe"]) {
    for (let hour = 0; hour < 366 * 24; hour += 7) {
      const instant = new Date(Date.UTC(2027, 0, 1, hour)).toISOString();
      const wall = wallOf(instant, zone);
      // In the hour that the clocks show twice, one of its two instants comes back.
      const apart = Math.abs(new Date(instantOf(wall, zone) ?? 0).getTime() - new Date(instant).getTime());
      assert.ok(apart === 0 || (apart <= 3_600_000 && wallOf(instantOf(wall, zone) ?? "", zone) === wall), `${zone} ${instant}`);
    }
  }
});

test("clocks at which the zone changes: a skipped hour moves forward", () => {
  // Berlin skips 02:00 to 03:00 on 28 March 2027.
  const instant = instantOf("2027-03-28 02:30", "Europe/Berlin");
  assert.ok(instant === "2027-03-28T01:30:00.000Z" || instant === "2027-03-28T00:30:00.000Z", String(instant));
  assert.equal(instantOf("2027-03-28 03:00", "Europe/Berlin"), "2027-03-28T01:00:00.000Z");
  assert.equal(instantOf("2027-03-28 01:59", "Europe/Berlin"), "2027-03-28T00:59:00.000Z");
});

test("times are shown with 24 hours in their zone", () => {
  assert.equal(dateTime("2027-03-12T22:05:00Z", "UTC"), "12 Mar 2027, 22:05");
  assert.equal(dateTime("2027-03-12T23:30:00Z", "Europe/Berlin"), "13 Mar 2027, 00:30");
  assert.equal(dateTime("2027-03-12T22:05:00Z", "Nowhere/Else"), "12 Mar 2027, 22:05");
  assert.equal(dateTime("never"), "");
});

test("what remains until an instant", () => {
  const now = Date.UTC(2027, 2, 1);
  assert.deepEqual(remaining("2027-03-03T01:02:03Z", now), { days: 2, hours: 1, minutes: 2, seconds: 3 });
  assert.equal(remaining("2027-03-01T00:00:00Z", now), null);
  assert.equal(remaining("2027-02-01T00:00:00Z", now), null);
});

test("how long ago, in words", () => {
  const now = Date.UTC(2027, 2, 1);
  assert.equal(relative("2027-02-28T21:00:00Z", now), "3 hours ago");
  assert.equal(relative("2027-03-03T00:00:00Z", now), "in 2 days");
  assert.equal(relative("2027-03-01T00:00:20Z", now), null);
});
