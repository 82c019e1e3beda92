// The verbs over memory: what may come after sending and signing, and who else has a part in it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/commitments_fixture.h"

namespace probity::commitments {
namespace {

using test::CommitmentBench;

class Life : public testing::Test {
 protected:
  test::MemoryCommitmentBench memory;
  CommitmentBench& bench = memory.bench;

  std::vector<std::string> kinds_of(const Id& id) {
    std::vector<std::string> kinds;
    const auto entries = memory.store.evidence(id).value();
    for (const auto& entry : entries) kinds.push_back(entry.kind);
    return kinds;
  }
  nlohmann::json evidence_data(const Id& id, const std::string& kind) {
    const auto entries = memory.store.evidence(id).value();
    for (const auto& entry : entries)
      if (entry.kind == kind) return nlohmann::json::parse(entry.data_json);
    return {};
  }
  State state_of(const Id& id) { return memory.store.find(id).value()->state; }
};

TEST_F(Life, sub_suppliers_come_after_their_contract_parent) {
  const Id tier_one = bench.add_organisation("Tier One");
  const Id tier_two = bench.add_organisation("Tier Two", tier_one);
  const Id tess = bench.add_person("Tess", "tess@one.example", tier_one);
  const Id sid = bench.add_person("Sid", "sid@two.example", tier_two);
  Terms terms = CommitmentBench::terms();
  terms.sub_suppliers_sign = true;
  const auto both =
      bench.service
          .create({bench.project, bench.press, {sid, tess}, terms, std::nullopt, std::nullopt, true}, bench.staff())
          .value();
  EXPECT_EQ(both[0].commitment.state, State::draft);
  EXPECT_EQ(both[0].waiting_for, "Tier One");
  EXPECT_EQ(both[1].commitment.state, State::sent);
  EXPECT_EQ(bench.service.send_draft(both[0].commitment.id, bench.staff()).error().code, ErrorCode::conflict);

  bench.sign(bench.enter("tess@one.example"), both[1].commitment.id, "Tess");
  EXPECT_EQ(bench.service.send_draft(both[0].commitment.id, bench.staff()).value().commitment.state, State::sent);
  // The parent's goes: what is signed below waits, and comes into force with the parent's next one.
  ASSERT_TRUE(bench.service.revoke(both[1].commitment.id, "changed", bench.staff()));
  bench.sign(bench.enter("sid@two.example"), both[0].commitment.id, "Sid");
  EXPECT_EQ(state_of(both[0].commitment.id), State::signed_by);
  EXPECT_FALSE(memory.store.in_force_for(sid, Id{}, bench.project).value());
  bench.in_force(tess, "tess@one.example", terms);
  EXPECT_EQ(state_of(both[0].commitment.id), State::in_force);
  EXPECT_TRUE(memory.store.in_force_for(sid, Id{}, bench.project).value());
}

TEST_F(Life, a_change_is_a_new_version_with_a_new_signature) {
  const Commitment first = bench.in_force(bench.mira, "mira@weekly.example", CommitmentBench::terms());
  Terms changed = CommitmentBench::terms();
  changed.amount = "80000";
  const Commitment second =
      bench.service.replace(first.id, {std::nullopt, changed, true, false}, bench.staff()).value().commitment;
  EXPECT_EQ(second.number, first.number);
  EXPECT_EQ(second.version, 2);
  EXPECT_EQ(second.replaces, first.id);
  EXPECT_NE(second.text_hash, first.text_hash);
  EXPECT_EQ(memory.store.in_force_for(bench.mira, Id{}, bench.project).value()->commitment, first.id);
  EXPECT_EQ(bench.service.replace(first.id, {std::nullopt, changed, false, false}, bench.staff()).error().code,
            ErrorCode::conflict);  // there is a version 2 already
  bench.sign(bench.enter("mira@weekly.example"), second.id, "Mira");
  EXPECT_EQ(state_of(first.id), State::replaced);
  EXPECT_EQ(memory.store.in_force_for(bench.mira, Id{}, bench.project).value()->commitment, second.id);

  changed.amount = "90000";  // asked otherwise: the old one ends when the new one is sent
  const Commitment third =
      bench.service.replace(second.id, {std::nullopt, changed, true, true}, bench.staff()).value().commitment;
  EXPECT_EQ(state_of(second.id), State::replaced);
  EXPECT_FALSE(memory.store.in_force_for(bench.mira, Id{}, bench.project).value());
  changed.amount = "1";  // still unsigned: replaced at once, so that nobody signs it
  ASSERT_TRUE(bench.service.replace(third.id, {std::nullopt, changed, true, false}, bench.staff()));
  EXPECT_EQ(state_of(third.id), State::replaced);
}

TEST_F(Life, the_text_is_frozen_at_sending) {
  const Commitment sent = bench.send(bench.mira, CommitmentBench::terms());
  const Visitor mira = bench.enter("mira@weekly.example");
  const RenderedText before = bench.portal.look(mira, sent.id).value().text;
  bench.house.facts.organisation = "Renamed";
  bench.projects.projects[0].name = "Another name";
  EXPECT_EQ(bench.portal.look(mira, sent.id).value().text, before);
  memory.store.texts()[sent.id] += " ";
  EXPECT_EQ(bench.portal.look(mira, sent.id).error().code, ErrorCode::corrupt);
}

TEST_F(Life, two_over_the_same_things_are_refused) {
  bench.send(bench.mira, CommitmentBench::terms());
  EXPECT_EQ(bench.try_send(bench.mira, CommitmentBench::terms()).error().code, ErrorCode::conflict);
  // Over different assets both may stand.
  const Id photo = Id::random(bench.ids), film = Id::random(bench.ids);
  bench.projects.assets = {{bench.project, photo}, {bench.project, film}};
  NewCommitments request{
      bench.project, bench.press, {bench.jon, bench.jon}, CommitmentBench::terms(), std::vector<Id>{photo},
      std::nullopt,  true};
  EXPECT_EQ(bench.service.create(request, bench.staff()).value().size(), 1U);
  request.assets = std::vector<Id>{film};
  EXPECT_TRUE(bench.service.create(request, bench.staff()));
  request.assets = std::vector<Id>{film, photo};
  EXPECT_EQ(bench.service.create(request, bench.staff()).error().code, ErrorCode::conflict);
  request.assets = std::vector<Id>{Id{}};
  EXPECT_EQ(bench.service.create(request, bench.staff()).error().code, ErrorCode::invalid_argument);
}

TEST_F(Life, coverage_ends_with_revoking_and_breach_and_keeps_to_its_scope) {
  const Id photo = Id::random(bench.ids), film = Id::random(bench.ids);
  bench.projects.assets = {{bench.project, photo}, {bench.project, film}};
  const Commitment sent = bench.service
                              .create({bench.project,
                                       bench.press,
                                       {bench.mira},
                                       CommitmentBench::terms(),
                                       std::vector<Id>{photo},
                                       std::nullopt,
                                       true},
                                      bench.staff())
                              .value()
                              .front()
                              .commitment;
  bench.sign(bench.enter("mira@weekly.example"), sent.id, "Mira");
  EXPECT_TRUE(memory.store.in_force_for(bench.mira, photo, bench.project).value());
  EXPECT_FALSE(memory.store.in_force_for(bench.mira, film, bench.project).value());
  EXPECT_FALSE(memory.store.in_force_for(bench.mira, photo, Id{}).value());
  ASSERT_TRUE(bench.service.breach(sent.id, "posted it", bench.staff()));
  EXPECT_FALSE(memory.store.in_force_for(bench.mira, photo, bench.project).value());
  EXPECT_EQ(bench.service.revoke(sent.id, "x", bench.staff()).error().code, ErrorCode::conflict);

  const Commitment other = bench.in_force(bench.jon, "jon@weekly.example", CommitmentBench::terms());
  EXPECT_TRUE(memory.store.in_force_for(bench.jon, film, bench.project).value());
  ASSERT_TRUE(bench.service.revoke(other.id, "over", bench.staff()));
  EXPECT_FALSE(memory.store.in_force_for(bench.jon, film, bench.project).value());
  EXPECT_EQ(bench.mails_of("commitment.revoked"), 1U);
}

TEST_F(Life, the_last_day_passes_and_can_be_moved) {
  Terms terms = CommitmentBench::terms();
  terms.sign_by_ms = bench.clock.now_ms() + kDayMs;
  const Commitment sent = bench.send(bench.mira, terms);
  const Visitor mira = bench.enter("mira@weekly.example");
  const SignRequest request = CommitmentBench::request_of(bench.prepare(mira, sent.id), "Mira");
  bench.clock.advance(kDayMs);
  EXPECT_EQ(bench.portal.sign(mira, sent.id, request).error().code, ErrorCode::gone);  // before any tick
  EXPECT_EQ(bench.notices.tick().value().expired, 1U);
  EXPECT_EQ(bench.notices.tick().value().expired, 0U);
  EXPECT_EQ(state_of(sent.id), State::expired);
  EXPECT_EQ(bench.service.extend(sent.id, bench.clock.now_ms(), bench.staff()).error().code,
            ErrorCode::invalid_argument);
  const auto extended = bench.service.extend(sent.id, bench.clock.now_ms() + kDayMs, bench.staff()).value();
  EXPECT_EQ(extended.commitment.state, State::opened);
  EXPECT_EQ(bench.mails_of("commitment.extended"), 1U);
  EXPECT_EQ(bench.portal.sign(mira, sent.id, request).value().commitment.state, State::in_force);
  EXPECT_EQ(bench.service.extend(sent.id, std::nullopt, bench.staff()).error().code, ErrorCode::conflict);
}

TEST_F(Life, reminders_are_not_a_nuisance) {
  const Commitment sent = bench.send(bench.mira, CommitmentBench::terms());
  EXPECT_TRUE(bench.service.remind(sent.id, bench.staff()));
  EXPECT_EQ(bench.service.remind(sent.id, bench.staff()).error().code, ErrorCode::too_many_requests);
  bench.clock.advance(kHourMs);
  EXPECT_TRUE(bench.service.remind(sent.id, bench.staff()));
  EXPECT_EQ(bench.mails_of("commitment.reminded"), 2U);
}

TEST_F(Life, embargo_notices_go_out_once_whatever_the_clock_does) {
  const Commitment held = bench.in_force(bench.mira, "mira@weekly.example", CommitmentBench::terms());
  const TimeMs lifts = *held.terms.embargo_ms;
  // The project names the same instant: still one notice.
  bench.projects.projects[0].embargoes = {{Id{{5}}, bench.project, "Reveal", lifts, "Asia/Shanghai"}};
  const auto tick_at = [&](TimeMs time_ms) {
    bench.clock.advance(time_ms - bench.clock.now_ms());
    return bench.notices.tick().value().notices;
  };
  EXPECT_EQ(tick_at(lifts - kDayMs - 1), 0U);
  EXPECT_EQ(tick_at(lifts - kDayMs), 1U);
  EXPECT_EQ(tick_at(lifts - kDayMs + kMinuteMs), 0U);
  EXPECT_EQ(tick_at(lifts - 3 * kDayMs), 0U);  // back
  EXPECT_EQ(tick_at(lifts - kDayMs), 0U);      // and forth again
  EXPECT_EQ(tick_at(lifts - kMinuteMs), 1U);   // over the hour: told now
  EXPECT_EQ(tick_at(lifts + 2 * kDayMs), 1U);  // slept through the instant: still news
  EXPECT_EQ(tick_at(lifts - kHourMs), 0U);
  EXPECT_EQ(tick_at(lifts), 0U);
  EXPECT_EQ(bench.mails_of("embargo.notice"), 2U);
  EXPECT_EQ(bench.mails_of("embargo.lifted"), 1U);
  EXPECT_EQ(bench.events_of("embargo.lifted"), 1U);
  EXPECT_EQ(bench.events_of("embargo.notice"), 2U);
}

TEST_F(Life, old_sessions_and_codes_are_forgotten) {
  bench.in_force(bench.mira, "mira@weekly.example", CommitmentBench::terms());
  const OpenedSession opened = bench.sign_in("mira@weekly.example");
  ASSERT_TRUE(bench.notices.tick());
  EXPECT_TRUE(memory.store.session_by_token(token_hash(opened.token)).value());
  bench.clock.advance(91 * kDayMs);
  ASSERT_TRUE(bench.notices.tick());
  EXPECT_FALSE(memory.store.session_by_token(token_hash(opened.token)).value());
}

TEST_F(Life, a_jump_over_everything_tells_only_what_is_true) {
  bench.in_force(bench.mira, "mira@weekly.example", CommitmentBench::terms());
  bench.clock.advance(11 * kDayMs);
  EXPECT_EQ(bench.notices.tick().value().notices, 1U);
  EXPECT_EQ(bench.mails_of("embargo.notice"), 0U);
  EXPECT_EQ(bench.mails_of("embargo.lifted"), 1U);
}

TEST_F(Life, colleagues_are_invited_to_sign_for_themselves) {
  Terms terms = CommitmentBench::terms(Liable::both);
  terms.may_invite_colleagues = true;
  const Commitment sent = bench.send(bench.mira, terms);
  const Visitor mira = bench.enter("mira@weekly.example");
  const NewColleague kim{Id{}, "Kim Lee", "kim@weekly.example", "Layout", Locale::en};
  EXPECT_EQ(bench.portal.invite_colleague(mira, sent.id, kim).error().code, ErrorCode::forbidden);  // not in force yet
  bench.sign(mira, sent.id, "Mira");
  bench.sign(bench.enter("jon@weekly.example"), sent.id, "Jon");
  EXPECT_EQ(bench.portal.invite_colleague(mira, sent.id, kim).value(), "Kim Lee");
  EXPECT_EQ(bench.portal.invite_colleague(mira, sent.id, kim).error().code, ErrorCode::conflict);
  const Visitor at_kim = bench.enter("kim@weekly.example");
  const auto home = bench.portal.home(at_kim).value();
  ASSERT_EQ(home.pending.size(), 1U);
  EXPECT_EQ(home.pending[0].commitment.invited_by, sent.id);
  EXPECT_EQ(home.pending[0].commitment.terms, terms);
  EXPECT_EQ(home.organisation, "Motor Weekly");
  EXPECT_FALSE(memory.store.in_force_for(at_kim.party, Id{}, bench.project).value());
  EXPECT_EQ(bench.events_of("colleague.invited"), 1U);
  Visitor jon;
  jon.party = bench.jon;
  EXPECT_EQ(bench.portal.invite_colleague(jon, sent.id, kim).error().code, ErrorCode::forbidden);
}

TEST_F(Life, an_own_mistake_is_reported_and_counts) {
  const Commitment held = bench.in_force(bench.mira, "mira@weekly.example", CommitmentBench::terms());
  const Visitor mira = bench.enter("mira@weekly.example");
  const TimeMs now = bench.clock.now_ms();
  SlipReport report{held.id, "Posted a photo", "Group chat", now - kHourMs, std::nullopt};
  const Slip slip = bench.portal.report_slip(mira, report).value();
  EXPECT_EQ(bench.outbox.messages.back().to, "cora@aurora.example");
  EXPECT_EQ(bench.portal.update_slip(mira, slip.id, {now, "deleted"}).value().taken_down_ms, now);
  EXPECT_EQ(bench.portal.update_slip(mira, slip.id, {now - kDayMs, ""}).error().code, ErrorCode::invalid_argument);
  Visitor jon;
  jon.party = bench.jon;
  EXPECT_EQ(bench.portal.update_slip(jon, slip.id, {now, ""}).error().code, ErrorCode::not_found);
  report.happened_ms = now + kDayMs;
  EXPECT_EQ(bench.portal.report_slip(mira, report).error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(bench.service.acknowledge_slip(slip.id, bench.staff()).value().acknowledged_ms);
  EXPECT_EQ(bench.service.slips(bench.project, {}).value().items.size(), 1U);
  EXPECT_TRUE(bench.service.check_evidence(held.id));
  EXPECT_EQ(kinds_of(held.id).back(), "slip_acknowledged");
}

TEST_F(Life, paper_is_recorded_with_its_scan) {
  const Bytes scan{'p', 'd', 'f'};
  PaperCommitment paper{bench.project, bench.mira, bench.clock.now_ms() - kDayMs, std::nullopt, "scan.pdf", scan};
  const Commitment held = bench.service.record_paper(paper, bench.staff()).value().commitment;
  EXPECT_EQ(held.state, State::in_force);
  EXPECT_TRUE(held.on_paper);
  EXPECT_EQ(bench.blobs.get(*held.scan_blob).value(), scan);
  EXPECT_EQ(evidence_data(held.id, "paper_recorded")["scan_sha256"], to_hex(sha256(scan)));
  EXPECT_TRUE(memory.store.in_force_for(bench.mira, Id{}, bench.project).value());
  EXPECT_EQ(bench.jobs_of("issue_copies"), 1U);
  EXPECT_EQ(bench.service.record_paper(paper, bench.staff()).error().code, ErrorCode::conflict);
  paper.party = bench.jon;
  paper.signed_ms = bench.clock.now_ms() + 2 * kDayMs;
  EXPECT_EQ(bench.service.record_paper(paper, bench.staff()).error().code, ErrorCode::invalid_argument);
  paper.scan.clear();
  EXPECT_EQ(bench.service.record_paper(paper, bench.staff()).error().code, ErrorCode::invalid_argument);
}

TEST_F(Life, templates_have_versions) {
  TemplateDraft draft{" My  words ", Locale::en, built_in_templates().front().text, CommitmentBench::terms()};
  const events::Actor actor = bench.staff().actor;
  const Template first = bench.templates.create(draft, actor).value();
  EXPECT_EQ(first.name, "My words");
  draft.text.title = "Changed {{nobody}}";
  const Template second = bench.templates.save(first.id, draft, actor).value();
  EXPECT_EQ(second.version, 2);
  EXPECT_EQ(bench.templates.find(first.id, 1).value().text, first.text);
  EXPECT_EQ(bench.templates.find(first.id, std::nullopt).value().version, 2);
  EXPECT_EQ(bench.templates.save(bench.press, draft, actor).error().code, ErrorCode::forbidden);
  EXPECT_EQ(bench.templates.archive(bench.press, actor).error().code, ErrorCode::forbidden);
  EXPECT_EQ(bench.templates.preview({draft.text, draft.terms, Locale::en, {}, {}}).value().unknown_placeholders,
            std::vector<std::string>{"nobody"});
  bench.press = first.id;  // an unknown placeholder cannot be sent
  EXPECT_EQ(bench.try_send(bench.mira, CommitmentBench::terms()).error().code, ErrorCode::invalid_argument);
  ASSERT_TRUE(bench.templates.archive(first.id, actor));
  EXPECT_EQ(bench.try_send(bench.jon, CommitmentBench::terms()).error().code, ErrorCode::not_found);
  const std::size_t count = bench.templates.list({}).value().items.size();
  ASSERT_TRUE(bench.templates.ensure_built_in());
  EXPECT_EQ(bench.templates.list({}).value().items.size(), count);
}

TEST_F(Life, the_document_is_sealed_once_and_sent_to_all) {
  int sealed = 0;
  DocumentService documents(bench.ports, {[](const pdf::Document& document, TimeMs) -> Result<Bytes> {
                                            const std::string text = "PDF " + document.title;
                                            return Bytes(text.begin(), text.end());
                                          },
                                          [&](BytesView pdf, const std::string&, TimeMs) -> Result<Bytes> {
                                            ++sealed;
                                            Bytes bytes(pdf.begin(), pdf.end());
                                            bytes.push_back('!');
                                            return bytes;
                                          }});
  const Commitment sent = bench.send(bench.mira, CommitmentBench::terms(Liable::both));
  EXPECT_EQ(documents.seal(sent.id).error().code, ErrorCode::conflict);
  EXPECT_EQ(documents.document(sent.id).value().back(), 'e');  // as it stands, unsealed
  bench.sign(bench.enter("mira@weekly.example"), sent.id, "Mira");
  bench.sign(bench.enter("jon@weekly.example"), sent.id, "Jon");
  ASSERT_TRUE(documents.seal(sent.id));
  ASSERT_TRUE(documents.seal(sent.id));
  EXPECT_EQ(sealed, 1);
  EXPECT_EQ(bench.mails_of("commitment.in_force"), 2U);
  EXPECT_EQ(bench.outbox.messages.back().attachments.at(0).name, "C-2026-0001-v1.pdf");
  EXPECT_EQ(documents.document_for(bench.mira, sent.id).value().back(), '!');
  EXPECT_EQ(documents.document_for(Id{}, sent.id).error().code, ErrorCode::not_found);
  EXPECT_TRUE(bench.service.check_evidence(sent.id));
}

TEST_F(Life, the_document_tells_the_agreement_and_its_evidence) {
  const Commitment held = bench.in_force(bench.mira, "mira@weekly.example", CommitmentBench::terms());
  const auto detail = bench.service.detail(held.id).value();
  const pdf::Document document = compose(held, detail.text, detail.evidence, "Europe/Berlin");
  std::size_t rows = 0, boxes = 0;
  std::string typed;
  for (const auto& block : document.blocks) {
    if (const auto* table = std::get_if<pdf::Table>(&block)) {
      rows = table->rows.size();
      for (const auto& row : table->rows) EXPECT_EQ(row.size(), table->columns.size());
    }
    if (std::holds_alternative<pdf::Checkbox>(block)) ++boxes;
    if (const auto* signatures = std::get_if<pdf::Signatures>(&block)) typed = signatures->parties.at(0).typed_name;
    EXPECT_FALSE(std::holds_alternative<pdf::Callout>(block));  // in force, so nothing warns
  }
  EXPECT_EQ(rows, detail.evidence.size());
  EXPECT_EQ(boxes, detail.text.ticks.size());
  EXPECT_EQ(typed, "As Typed");
}

TEST_F(Life, the_home_shows_what_matters) {
  bench.projects.projects[0].embargoes = {
      {Id{{5}}, bench.project, "Reveal", bench.clock.now_ms() + 20 * kDayMs, "Asia/Shanghai"}};
  const Commitment held = bench.in_force(bench.mira, "mira@weekly.example", CommitmentBench::terms());
  const auto home = bench.portal.home(bench.enter("mira@weekly.example")).value();
  EXPECT_EQ(home.name, "Mira Holloway");
  ASSERT_EQ(home.finished.size(), 1U);
  EXPECT_EQ(home.finished[0].step, Step::done);
  EXPECT_EQ(home.finished[0].embargo->at_ms, *held.terms.embargo_ms);
  EXPECT_EQ(home.embargoes.size(), 2U);
  const std::string calendar = bench.portal.calendar(bench.enter("mira@weekly.example")).value();
  EXPECT_NE(calendar.find("Embargo lifts: Aurora One (Reveal)"), std::string::npos);
}

}  // namespace
}  // namespace probity::commitments
