// The verbs over memory: from a draft to one in force, and everything that may come between.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/commitments_fixture.h"

namespace probity::commitments {
namespace {

using test::CommitmentBench;

class Story : public testing::Test {
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

TEST_F(Story, from_invitation_to_in_force) {
  const Commitment sent = bench.send(bench.mira, CommitmentBench::terms());
  EXPECT_EQ(sent.number, "C-2026-0001");
  EXPECT_EQ(sent.state, State::sent);
  EXPECT_EQ(bench.outbox.messages.back().to, "mira@weekly.example");
  EXPECT_TRUE(bench.outbox.messages.back().link.starts_with("https://probity.example/r#"));
  EXPECT_EQ(memory.store.in_force_for(bench.mira, Id{}, bench.project).value(), std::nullopt);

  const Visitor mira = bench.enter("mira@weekly.example");
  const RecipientView seen = bench.portal.look(mira, sent.id).value();
  EXPECT_EQ(seen.step, Step::read);
  EXPECT_EQ(seen.commitment.state, State::opened);
  const RecipientView signed_view = bench.sign(mira, sent.id, "Mira  Hollowáy");
  EXPECT_EQ(signed_view.step, Step::done);
  EXPECT_EQ(signed_view.commitment.state, State::in_force);
  EXPECT_EQ(signed_view.self.signed_name, "Mira  Hollowáy");  // exactly as typed

  const auto coverage = memory.store.in_force_for(bench.mira, Id{}, bench.project).value();
  ASSERT_TRUE(coverage);
  EXPECT_EQ(coverage->number, sent.number);
  EXPECT_EQ(memory.store.in_force_for(bench.jon, Id{}, bench.project).value(), std::nullopt);
  EXPECT_EQ(bench.jobs_of("seal_commitment"), 1U);
  EXPECT_EQ(bench.jobs_of("issue_copies"), 1U);
  EXPECT_EQ(kinds_of(sent.id), (std::vector<std::string>{"drafted", "sent", "identified", "opened", "read", "answered",
                                                         "signed", "in_force"}));
  EXPECT_TRUE(bench.service.check_evidence(sent.id));
  const auto facts = evidence_data(sent.id, "signed");
  EXPECT_EQ(facts["consent_text"], seen.text.consent_text);
  EXPECT_EQ(facts["text_hash"], to_hex(*sent.text_hash));
  EXPECT_EQ(facts["ticks"].size(), seen.text.ticks.size());
  EXPECT_EQ(facts["code"], mira.code.text());
  for (const char* kind : {"commitment.sent", "commitment.opened", "commitment.read", "commitment.answered",
                           "commitment.signed", "commitment.in_force"})
    EXPECT_EQ(bench.events_of(kind), 1U) << kind;
}

TEST_F(Story, the_organisation_signs_second) {
  const Commitment sent = bench.send(bench.mira, CommitmentBench::terms(Liable::both));
  ASSERT_EQ(sent.signatories.size(), 2U);
  EXPECT_EQ(sent.signatories[1].party, bench.jon);
  EXPECT_EQ(bench.token_for("jon@weekly.example"), "");
  const Visitor mira = bench.enter("mira@weekly.example");
  EXPECT_EQ(bench.sign(mira, sent.id, "Mira").step, Step::wait);
  EXPECT_EQ(state_of(sent.id), State::signed_by);
  EXPECT_EQ(memory.store.in_force_for(bench.mira, Id{}, bench.project).value(), std::nullopt);

  const Visitor jon = bench.enter("jon@weekly.example");
  SignRequest request = CommitmentBench::request_of(bench.prepare(jon, sent.id), "Jon Bell");
  request.job_title.clear();
  EXPECT_EQ(bench.portal.sign(jon, sent.id, request).error().code, ErrorCode::invalid_argument);
  request.job_title = "Managing editor";
  EXPECT_EQ(bench.portal.sign(jon, sent.id, request).value().commitment.state, State::in_force);
  EXPECT_TRUE(memory.store.in_force_for(bench.mira, Id{}, bench.project).value());
  EXPECT_FALSE(memory.store.in_force_for(bench.jon, Id{}, bench.project).value());
}

TEST_F(Story, the_company_cannot_sign_out_of_turn) {
  const Commitment sent = bench.send(bench.mira, CommitmentBench::terms(Liable::organisation));
  Visitor jon;
  jon.party = bench.jon;
  EXPECT_EQ(bench.portal.look(jon, sent.id).value().step, Step::wait);
  EXPECT_EQ(bench.portal.mark_read(jon, sent.id).error().code, ErrorCode::conflict);
}

TEST_F(Story, an_organisation_needs_somebody_else_to_sign) {
  const Id solo = bench.add_organisation("Solo");
  const Id boss = bench.add_person("Bo Boss", "bo@solo.example", solo, true);
  EXPECT_EQ(bench.try_send(boss, CommitmentBench::terms(Liable::both)).error().code, ErrorCode::invalid_argument);
  const Id free = bench.add_person("Fay Free", "fay@free.example", std::nullopt);
  EXPECT_EQ(bench.try_send(free, CommitmentBench::terms(Liable::both)).error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(bench.try_send(free, CommitmentBench::terms()));
  // Somebody of another organisation, somebody without authority, an organisation in place of a person.
  NewCommitments request{bench.project, bench.press, {bench.mira}, CommitmentBench::terms(Liable::both),
                         std::nullopt,  boss,        true};
  EXPECT_EQ(bench.service.create(request, bench.staff()).error().code, ErrorCode::invalid_argument);
  request.company_signatory = bench.mira;
  EXPECT_FALSE(bench.service.create(request, bench.staff()));
  EXPECT_EQ(bench.try_send(bench.weekly, CommitmentBench::terms()).error().code, ErrorCode::not_found);
}

TEST_F(Story, each_step_in_its_order) {
  const Commitment sent = bench.send(bench.mira, CommitmentBench::terms());
  const Visitor mira = bench.enter("mira@weekly.example");
  const RecipientView view = bench.portal.look(mira, sent.id).value();
  const SignRequest request = CommitmentBench::request_of(view, "Mira");
  EXPECT_EQ(bench.portal.sign(mira, sent.id, request).error().code, ErrorCode::conflict);
  EXPECT_EQ(bench.portal.answer(mira, sent.id, CommitmentBench::answers_of(view.text, true)).error().code,
            ErrorCode::conflict);
  EXPECT_EQ(bench.portal.mark_read(mira, sent.id).value().step, Step::answer);
  EXPECT_EQ(bench.portal.mark_read(mira, sent.id).value().step, Step::answer);  // twice is once
  EXPECT_EQ(bench.portal.sign(mira, sent.id, request).error().code, ErrorCode::conflict);
  const auto kinds = kinds_of(sent.id);
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "read"), 1);
}

TEST_F(Story, wrong_answers_explain_and_are_kept) {
  const Commitment sent = bench.send(bench.mira, CommitmentBench::terms());
  const Visitor mira = bench.enter("mira@weekly.example");
  const RecipientView view = bench.portal.look(mira, sent.id).value();
  bench.portal.mark_read(mira, sent.id).value();
  auto wrong = bench.portal.answer(mira, sent.id, CommitmentBench::answers_of(view.text, false)).value();
  EXPECT_FALSE(wrong.passed);
  for (const AnswerResult& one : wrong.results) EXPECT_FALSE(one.why.empty());
  // Question by question; a wrong one takes back the right one before it.
  const auto right = CommitmentBench::answers_of(view.text, true);
  const auto not_right = CommitmentBench::answers_of(view.text, false);
  EXPECT_FALSE(bench.portal.answer(mira, sent.id, {right[0], right[1]}).value().passed);
  EXPECT_FALSE(bench.portal.answer(mira, sent.id, {not_right[0]}).value().passed);
  EXPECT_FALSE(bench.portal.answer(mira, sent.id, {right[2]}).value().passed);
  EXPECT_TRUE(bench.portal.answer(mira, sent.id, {right[0]}).value().passed);
  EXPECT_TRUE(bench.portal.answer(mira, sent.id, {not_right[0]}).value().passed);  // what was understood stays so
  const auto kinds = kinds_of(sent.id);
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "answered"), 5);
  EXPECT_EQ(bench.portal.answer(mira, sent.id, {{"nonsense", "x"}}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(bench.portal.answer(mira, sent.id, {{right[0].question, "x"}}).error().code, ErrorCode::invalid_argument);
}

TEST_F(Story, signing_asks_for_everything) {
  const Commitment sent = bench.send(bench.mira, CommitmentBench::terms());
  const Visitor mira = bench.enter("mira@weekly.example");
  const SignRequest good = CommitmentBench::request_of(bench.prepare(mira, sent.id), "Mira");
  const auto refused = [&](auto change) {
    SignRequest request = good;
    change(request);
    const auto outcome = bench.portal.sign(mira, sent.id, request);
    return outcome ? std::string("signed") : std::string(catalogue_entry(outcome.error().code).name);
  };
  EXPECT_EQ(refused([](SignRequest& request) { request.consent = false; }), "invalid_argument");
  EXPECT_EQ(refused([](SignRequest& request) { request.ticks.pop_back(); }), "invalid_argument");
  EXPECT_EQ(refused([](SignRequest& request) { request.ticks.clear(); }), "invalid_argument");
  EXPECT_EQ(refused([](SignRequest& request) { request.ticks.push_back("more"); }), "invalid_argument");
  EXPECT_EQ(refused([](SignRequest& request) { request.ticks[1] = request.ticks[0]; }), "invalid_argument");
  EXPECT_EQ(refused([](SignRequest& request) { request.name = "  "; }), "invalid_argument");
  EXPECT_EQ(refused([](SignRequest& request) { request.name = "Mira\u202Eelbon"; }), "invalid_argument");
  EXPECT_EQ(refused([](SignRequest& request) { request.name = "\xC3"; }), "invalid_argument");
  EXPECT_EQ(refused([](SignRequest& request) { request.text_hash[0] = request.text_hash[0] == 'a' ? 'b' : 'a'; }),
            "conflict");
  EXPECT_EQ(refused([](SignRequest& request) { request.text_hash.clear(); }), "conflict");
  EXPECT_EQ(state_of(sent.id), State::opened);
  EXPECT_EQ(refused([](SignRequest&) {}), "signed");
}

TEST_F(Story, signing_twice_signs_once) {
  const Commitment sent = bench.send(bench.mira, CommitmentBench::terms());
  const Visitor mira = bench.enter("mira@weekly.example");
  const SignRequest request = CommitmentBench::request_of(bench.prepare(mira, sent.id), "Mira");
  const RecipientView once = bench.portal.sign(mira, sent.id, request).value();
  bench.clock.advance(5000);
  const RecipientView twice = bench.portal.sign(mira, sent.id, request).value();
  EXPECT_EQ(once.commitment, twice.commitment);
  const auto kinds = kinds_of(sent.id);
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "signed"), 1);
  EXPECT_EQ(bench.jobs_of("issue_copies"), 1U);
  SignRequest other = request;
  other.name = "Somebody Else";
  EXPECT_EQ(bench.portal.sign(mira, sent.id, other).error().code, ErrorCode::conflict);
  EXPECT_EQ(bench.portal.decline(mira, sent.id, "no").error().code, ErrorCode::conflict);
}

TEST_F(Story, other_peoples_things_do_not_exist) {
  const Id ann = bench.add_person("Ann Other", "ann@other.example", std::nullopt);
  const Commitment mine = bench.send(bench.mira, CommitmentBench::terms());
  bench.in_force(ann, "ann@other.example", CommitmentBench::terms());
  const Visitor other = bench.enter("ann@other.example");
  const auto code = [](const auto& result) { return result ? ErrorCode::internal : result.error().code; };
  EXPECT_EQ(code(bench.portal.look(other, mine.id)), ErrorCode::not_found);
  EXPECT_EQ(code(bench.portal.mark_read(other, mine.id)), ErrorCode::not_found);
  EXPECT_EQ(code(bench.portal.answer(other, mine.id, {})), ErrorCode::not_found);
  EXPECT_EQ(code(bench.portal.sign(other, mine.id, {})), ErrorCode::not_found);
  EXPECT_EQ(code(bench.portal.decline(other, mine.id, "x")), ErrorCode::not_found);
  EXPECT_EQ(code(bench.portal.invite_colleague(other, mine.id, {})), ErrorCode::not_found);
  EXPECT_EQ(code(bench.portal.report_slip(other, {mine.id, "x", "y", bench.clock.now_ms(), {}})), ErrorCode::not_found);
  EXPECT_EQ(code(bench.portal.look(other, Id{})), ErrorCode::not_found);
  EXPECT_EQ(bench.portal.home(other).value().pending.size(), 0U);
  EXPECT_EQ(bench.portal.home(other).value().finished.size(), 1U);
  // A draft is nobody's business either.
  const Commitment draft =
      bench.service
          .create(
              {bench.project, bench.press, {bench.jon}, CommitmentBench::terms(), std::nullopt, std::nullopt, false},
              bench.staff())
          .value()
          .front()
          .commitment;
  Visitor jon;
  jon.party = bench.jon;
  EXPECT_EQ(code(bench.portal.look(jon, draft.id)), ErrorCode::not_found);
}

TEST_F(Story, one_session_sees_all_of_ones_own) {
  const Commitment first = bench.send(bench.mira, CommitmentBench::terms());
  const Id second_project = bench.add_project("Aurora Two");
  const Id first_project = std::exchange(bench.project, second_project);
  const Commitment second = bench.send(bench.mira, CommitmentBench::terms());
  bench.project = first_project;
  const Visitor mira = bench.enter("mira@weekly.example");
  EXPECT_EQ(bench.portal.home(mira).value().pending.size(), 2U);
  EXPECT_TRUE(bench.portal.look(mira, first.id));
  EXPECT_TRUE(bench.portal.look(mira, second.id));
}

TEST_F(Story, codes_are_used_once_and_in_time) {
  bench.send(bench.mira, CommitmentBench::terms());
  const std::string email = "mira@weekly.example", token = bench.token_for(email);
  EXPECT_TRUE(bench.portal.open_link(token, false).value().code_sent);
  const std::string code = bench.code_for(email);
  const auto enter = [&](const std::string& typed) { return bench.portal.open_session(token, typed, "", ""); };
  const auto opened = enter(code);
  ASSERT_TRUE(opened);
  EXPECT_EQ(enter(code).error().code, ErrorCode::gone);  // replayed
  EXPECT_TRUE(bench.portal.session(opened->token, "", ""));
  EXPECT_EQ(bench.portal.session("x" + opened->token, "", "").error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(bench.portal.session("", "", "").error().code, ErrorCode::unauthenticated);

  bench.clock.advance(2 * kMinuteMs);
  ASSERT_TRUE(bench.portal.open_link(token, true));
  bench.clock.advance(kCodeLife);
  EXPECT_EQ(enter(bench.code_for(email)).error().code, ErrorCode::gone);  // too late

  ASSERT_TRUE(bench.portal.open_link(token, true));
  const std::string right = bench.code_for(email), wrong = right == "000000" ? "000001" : "000000";
  for (int i = 0; i < kCodeTries; ++i) EXPECT_EQ(enter(wrong).error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(enter(right).error().code, ErrorCode::gone);  // too many tries
  EXPECT_EQ(enter("garbage\n").error().code, ErrorCode::gone);
  EXPECT_EQ(bench.portal.open_session("unknown", right, "", "").error().code, ErrorCode::not_found);
}

TEST_F(Story, codes_are_not_sent_as_often_as_asked) {
  bench.send(bench.mira, CommitmentBench::terms());
  const std::string token = bench.token_for("mira@weekly.example");
  ASSERT_TRUE(bench.portal.open_link(token, false));
  EXPECT_TRUE(bench.portal.open_link(token, false).value().code_sent);  // a reloaded page sends no second one
  EXPECT_EQ(bench.mails_of("code"), 1U);
  EXPECT_EQ(bench.portal.open_link(token, true).error().code, ErrorCode::too_many_requests);
  for (int i = 1; i < kCodesAnHour; ++i) {
    bench.clock.advance(kResendPause);
    EXPECT_TRUE(bench.portal.open_link(token, true));
  }
  bench.clock.advance(kResendPause);
  EXPECT_EQ(bench.portal.open_link(token, true).error().code, ErrorCode::too_many_requests);
  bench.clock.advance(kHourMs);
  EXPECT_TRUE(bench.portal.open_link(token, true));
  bench.clock.advance(-kDayMs);  // a clock set back locks nobody out
  EXPECT_TRUE(bench.portal.open_link(token, true));
  EXPECT_TRUE(bench.portal.open_session(token, bench.code_for("mira@weekly.example"), "", ""));
}

TEST_F(Story, links_end) {
  const Commitment sent = bench.send(bench.mira, CommitmentBench::terms());
  const std::string token = bench.token_for("mira@weekly.example");
  const auto qr = [](const std::string& text) -> Result<std::string> { return "<svg>" + text + "</svg>"; };
  const DoorLink door = bench.service.make_door_link(sent.id, sent.signatories[0].id, qr, bench.staff()).value();
  EXPECT_EQ(bench.portal.open_link(token, false).error().code, ErrorCode::gone);  // the older one stopped working
  const std::string fresh = door.link.substr(door.link.find('#') + 1);
  EXPECT_EQ(door.qr_svg, "<svg>" + door.link + "</svg>");
  const std::size_t mails = bench.outbox.messages.size();
  EXPECT_FALSE(bench.portal.open_link(fresh, false).value().code_sent);  // the code was told, so none is mailed
  EXPECT_EQ(bench.outbox.messages.size(), mails);
  const auto opened = bench.portal.open_session(fresh, door.code, "", "");
  ASSERT_TRUE(opened);
  EXPECT_EQ(evidence_data(sent.id, "identified")["code_came_by"], "told");
  bench.clock.advance(kSessionLife);
  EXPECT_EQ(bench.portal.session(opened->token, "", "").error().code, ErrorCode::unauthenticated);
  bench.clock.advance(kLinkLife);
  EXPECT_EQ(bench.portal.open_link(fresh, false).error().code, ErrorCode::gone);
  EXPECT_EQ(bench.service.make_door_link(sent.id, Id{}, qr, bench.staff()).error().code, ErrorCode::not_found);
}

TEST_F(Story, leaving_ends_the_session) {
  bench.send(bench.mira, CommitmentBench::terms());
  const OpenedSession opened = bench.sign_in("mira@weekly.example");
  ASSERT_TRUE(bench.portal.close_session(bench.portal.session(opened.token, "", "").value()));
  EXPECT_FALSE(bench.portal.session(opened.token, "", ""));
}

TEST_F(Story, declining_says_why) {
  const Commitment sent = bench.send(bench.mira, CommitmentBench::terms());
  const Visitor mira = bench.enter("mira@weekly.example");
  EXPECT_EQ(bench.portal.decline(mira, sent.id, "Too short notice").value().commitment.state, State::declined);
  EXPECT_EQ(bench.portal.decline(mira, sent.id, "again").value().commitment.reason, "Too short notice");
  EXPECT_EQ(bench.mails_of("commitment.declined"), 1U);
  EXPECT_EQ(bench.portal.mark_read(mira, sent.id).error().code, ErrorCode::conflict);
  EXPECT_EQ(bench.portal.look(mira, sent.id).value().step, Step::closed);
}

}  // namespace
}  // namespace probity::commitments
