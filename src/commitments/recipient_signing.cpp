// Reading, answering, signing, declining.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "commitments/recipient.h"

namespace probity::commitments {
namespace {

const Question* question_of(const RenderedText& text, const std::string& id) {
  const auto found =
      std::find_if(text.questions.begin(), text.questions.end(), [&](const Question& one) { return one.id == id; });
  return found == text.questions.end() ? nullptr : &*found;
}

bool all_right(const RenderedText& text, const Signatory& self) {
  return std::all_of(text.questions.begin(), text.questions.end(), [&](const Question& question) {
    return std::find(self.right_answers.begin(), self.right_answers.end(), question.id) != self.right_answers.end();
  });
}

Result<void> check_ticks(const RenderedText& text, std::vector<std::string> ticks) {
  std::vector<std::string> required;
  for (const Tick& tick : text.ticks) required.push_back(tick.id);
  std::sort(required.begin(), required.end());
  std::sort(ticks.begin(), ticks.end());
  ticks.erase(std::unique(ticks.begin(), ticks.end()), ticks.end());
  if (ticks != required)
    return fail(ErrorCode::invalid_argument, "ticks: each clause must be ticked, and no other",
                "tick every clause by itself");
  return {};
}

Result<void> check_request(const Commitment& commitment, const Signatory& self, const RenderedText& text,
                           const SignRequest& request) {
  if (self.state != SignatoryState::answered)
    return fail(ErrorCode::conflict, "the text is to be read and the questions answered first");
  if (request.text_hash != to_hex(*commitment.text_hash))
    return fail(ErrorCode::conflict, "this is not the text that you were shown", "load the page again");
  if (!request.consent)
    return fail(ErrorCode::invalid_argument, "consent: signing needs your consent to sign electronically");
  TRY(check_ticks(text, request.ticks));
  TRY(filled_line("name", request.name, 200));
  if (self.role == SignatoryRole::company) TRY(filled_line("job_title", request.job_title, 200));
  return {};
}

nlohmann::json signature_facts(const Visitor& visitor, const Signatory& self, const RenderedText& text,
                               const SignRequest& request) {
  nlohmann::json ticks = nlohmann::json::array();
  for (const Tick& tick : text.ticks) ticks.push_back({{"id", tick.id}, {"text", tick.text}});
  return {{"text_hash", request.text_hash},    {"consent_text", text.consent_text}, {"name", request.name},
          {"job_title", request.job_title},    {"role", role_name(self.role)},      {"ticks", ticks},
          {"session", visitor.session.text()}, {"link", visitor.link.text()},       {"code", visitor.code.text()}};
}

// The recipient has signed: now the organisation is asked.
Result<void> call_company(const Desk& desk, Commitment& commitment) {
  for (Signatory& signatory : commitment.signatories) {
    if (signatory.state != SignatoryState::waiting) continue;
    signatory.state = SignatoryState::sent;
    TRY(desk.store().update(commitment));
    TRY(write_to_waiting(desk, commitment, [&](const Signatory& reader, const Matter& matter) {
      return invitation_letter(reader_of(reader), matter, reader.role, commitment.sign_by_ms,
                               commitment.terms.embargo_zone);
    }));
  }
  return {};
}

}  // namespace

Result<RecipientView> RecipientService::mark_read(const Visitor& visitor, const Id& id) {
  return desk_.write([&]() -> Result<RecipientView> {
    TRY_ASSIGN(Commitment commitment, own(visitor, id));
    Signatory& self = *commitment.signatory_of(visitor.party);
    const bool is_done = self.state >= SignatoryState::read && self.state <= SignatoryState::has_signed;
    if (is_done) return view(std::move(commitment), visitor);
    TRY(check_turn(commitment, self, desk_.now()));
    TRY_ASSIGN(commitment.state, next(commitment.state, Move::open));
    self.state = SignatoryState::read;
    TRY(desk_.store().update(commitment));
    const Witness witness = witness_of(visitor, self);
    TRY(desk_.record(commitment, "read", witness,
                     {{"text_hash", to_hex(*commitment.text_hash)}, {"session", visitor.session.text()}}));
    TRY(desk_.tell(commitment, "commitment.read", witness.actor, {}));
    return view(std::move(commitment), visitor);
  });
}

Result<AnswersResult> RecipientService::answer(const Visitor& visitor, const Id& id,
                                               const std::vector<Answer>& answers) {
  return desk_.write([&]() -> Result<AnswersResult> {
    TRY_ASSIGN(Commitment commitment, own(visitor, id));
    Signatory& self = *commitment.signatory_of(visitor.party);
    TRY_ASSIGN(const RenderedText text, desk_.text_of(commitment));
    const bool had_passed = self.state == SignatoryState::answered || self.state == SignatoryState::has_signed;
    if (!had_passed) {
      TRY(check_turn(commitment, self, desk_.now()));
      if (self.state != SignatoryState::read) return fail(ErrorCode::conflict, "the text is to be read first");
    }
    AnswersResult outcome;
    nlohmann::json facts = nlohmann::json::array();
    for (const Answer& given : answers) {
      const Question* question = question_of(text, given.question);
      const auto choice = question == nullptr ? std::vector<Choice>::const_iterator{}
                                              : std::find_if(question->choices.begin(), question->choices.end(),
                                                             [&](const Choice& one) { return one.id == given.choice; });
      if (question == nullptr || choice == question->choices.end())
        return fail(ErrorCode::invalid_argument, "answers: there is no such question or choice");
      const bool right = question->right == given.choice;
      outcome.results.push_back({question->id, right, right ? "" : question->why});
      std::erase(self.right_answers, question->id);
      if (right) self.right_answers.push_back(question->id);
      facts.push_back({{"question", question->id},
                       {"asked", question->text},
                       {"choice", choice->id},
                       {"answer", choice->text},
                       {"right", right}});
    }
    outcome.passed = had_passed || all_right(text, self);
    if (had_passed || answers.empty()) return outcome;  // what was understood once stays so; nothing is written
    if (outcome.passed) self.state = SignatoryState::answered;
    TRY(desk_.store().update(commitment));
    const Witness witness = witness_of(visitor, self);
    TRY(desk_.record(commitment, "answered", witness, {{"answers", facts}, {"passed", outcome.passed}}));
    if (outcome.passed) TRY(desk_.tell(commitment, "commitment.answered", witness.actor, {}));
    return outcome;
  });
}

Result<RecipientView> RecipientService::sign(const Visitor& visitor, const Id& id, const SignRequest& request) {
  return desk_.write([&]() -> Result<RecipientView> {
    TRY_ASSIGN(Commitment commitment, own(visitor, id));
    Signatory& self = *commitment.signatory_of(visitor.party);
    if (self.state == SignatoryState::has_signed) {
      const bool is_same = self.signed_name == request.name && request.text_hash == to_hex(*commitment.text_hash);
      if (is_same) return view(std::move(commitment), visitor);
      return fail(ErrorCode::conflict, fmt::format("you have signed this already, as {}", self.signed_name));
    }
    TRY(check_turn(commitment, self, desk_.now()));
    TRY_ASSIGN(const RenderedText text, desk_.text_of(commitment));
    TRY(check_request(commitment, self, text, request));
    self.state = SignatoryState::has_signed;
    self.signed_name = request.name;
    if (self.role == SignatoryRole::company) self.job_title = request.job_title;
    self.signed_ms = desk_.now();
    TRY_ASSIGN(commitment.state, next(commitment.state, Move::sign));
    TRY(desk_.store().update(commitment));
    const Witness witness = witness_of(visitor, self);
    TRY(desk_.record(commitment, "signed", witness, signature_facts(visitor, self, text, request)));
    TRY(desk_.tell(commitment, "commitment.signed", witness.actor, {{"name", request.name}}));
    TRY(call_company(desk_, commitment));
    TRY(settle(desk_, commitment, witness));
    return view(std::move(commitment), visitor);
  });
}

Result<RecipientView> RecipientService::decline(const Visitor& visitor, const Id& id, const std::string& reason) {
  return desk_.write([&]() -> Result<RecipientView> {
    TRY_ASSIGN(Commitment commitment, own(visitor, id));
    Signatory& self = *commitment.signatory_of(visitor.party);
    if (commitment.state == State::declined && self.state == SignatoryState::declined)
      return view(std::move(commitment), visitor);
    TRY(check_turn(commitment, self, desk_.now()));
    TRY_ASSIGN(commitment.state, next(commitment.state, Move::decline));
    self.state = SignatoryState::declined;
    commitment.reason = reason;
    commitment.ended_ms = desk_.now();
    TRY(desk_.store().update(commitment));
    const Witness witness = witness_of(visitor, self);
    TRY(desk_.record(commitment, "declined", witness, {{"reason", reason}, {"session", visitor.session.text()}}));
    TRY(desk_.tell(commitment, "commitment.declined", witness.actor, {{"reason", reason}}));
    TRY_ASSIGN(const ProjectFacts facts, desk_.project(commitment.project));
    TRY_ASSIGN(Matter matter, desk_.matter(commitment));
    matter.person = self.name;
    for (const Contact& contact : facts.people)
      TRY(desk_.mail(declined_letter({contact.email, contact.name, contact.locale}, matter, reason)));
    return view(std::move(commitment), visitor);
  });
}

}  // namespace probity::commitments
