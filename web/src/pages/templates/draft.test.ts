import assert from "node:assert/strict";
import test from "node:test";
import { draftFits, emptyDraft, freshId, moved } from "./draft";

function complete() {
  const draft = emptyDraft("en");
  draft.name = "Press";
  draft.text.title = "Confidentiality";
  draft.text.sections = [{ id: "clause-1", heading: "", text: "Nothing before {{embargo}}.", must_tick: true }];
  draft.text.questions = [{ id: "q1", text: "When?", choices: [{ id: "a1", text: "Before" }, { id: "a2", text: "After" }], right: "a2" }];
  return draft;
}

test("a draft is complete only with every text, and the right answer named", () => {
  assert.ok(draftFits(complete()));
  assert.ok(!draftFits(emptyDraft("en")));
  const nameless = complete();
  nameless.name = " ";
  assert.ok(!draftFits(nameless));
  const silent = complete();
  silent.text.sections = [];
  assert.ok(!draftFits(silent));
  const undecided = complete();
  undecided.text.questions = [{ ...undecided.text.questions[0]!, right: "a9" }];
  assert.ok(!draftFits(undecided));
  const open = complete();
  open.terms.channels = [];
  assert.ok(!draftFits(open));
});

test("ids are free, order moves and keeps everything", () => {
  assert.equal(freshId("q", []), "q1");
  assert.equal(freshId("q", [{ id: "q2" }]), "q3");
  assert.equal(freshId("q", [{ id: "q1" }, { id: "q3" }]), "q4");
  assert.deepEqual(moved(["a", "b", "c"], 0, 1), ["b", "a", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], 2, 0), ["c", "a", "b"]);
  assert.deepEqual(moved(["a", "b"], 0, -1), ["a", "b"]);
  assert.deepEqual(moved(["a", "b"], 1, 2), ["a", "b"]);
});
