// What holds stand-ins to the API's description finds what is missing, wrong or made up.
import assert from "node:assert/strict";
import { it } from "node:test";
import { wrongAnswer } from "./support/shapes.mjs";

const log = {
  origin: "a.example/log", key: "", size: 4, waiting: 0, unpublished: 0, published: null, quorum: "none", witnesses: [], trouble: "",
  stamps: { wanted: true, size: 4, time: "2026-11-22T10:00:00.000Z", trouble: "" },
};

it("finds what an answer lacks, gets wrong or makes up", () => {
  assert.deepEqual(wrongAnswer("GET", "/log", log), []);
  const { stamps, ...rest } = log;
  assert.match(wrongAnswer("GET", "/log", rest).join(), /GET \/log: answer: stamps is missing/);
  assert.match(wrongAnswer("GET", "/log", { ...log, stamps: { ...stamps, time: "yesterday" } }).join(), /stamps\.time: yesterday is no UTC time/);
  assert.match(wrongAnswer("GET", "/log", { ...log, size: "4" }).join(), /size: "4" is not integer/);
  assert.match(wrongAnswer("GET", "/log", { ...log, mood: "good" }).join(), /mood is not in the description/);
});

it("knows which call is meant", () => {
  assert.deepEqual(wrongAnswer("GET", "/cases/board", { columns: [] }), [], "not a case of that name");
  assert.deepEqual(wrongAnswer("GET", "/nowhere", {}), ["GET /nowhere: is not in the description"]);
  assert.match(wrongAnswer("DELETE", "/log", {}).join(), /not in the description/);
});
