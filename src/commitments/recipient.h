// The recipient's verbs: come in by link and code, read, answer, sign or decline, invite a colleague, report a slip.
#pragma once

#include "commitments/drafting.h"

namespace probity::commitments {

// Who stands behind a recipient's request: the session's person, and what evidence says of how they came.
struct Visitor {
  Id party;
  std::string name;
  Id session, link, code;
  std::string address, agent;
};

struct LinkState {
  std::string organisation, masked_email;
  Locale locale = Locale::en;
  bool code_sent = false;
  std::optional<int> retry_after_s;
};

struct OpenedSession {
  std::string token, csrf;  // the token for the cookie; it is nowhere else
  Visitor visitor;
};

enum class Step { read, answer, sign, wait, done, closed };
std::string_view step_name(Step step);
// The one next step of that signatory. Pure.
Step step_of(const Commitment& commitment, const Signatory& signatory, TimeMs now_ms);

// A commitment as one of its signatories sees it.
struct RecipientView {
  Commitment commitment;
  Signatory self;
  RenderedText text;
  Step step = Step::read;
  std::string project_name, sender;
  TimeMs now_ms = 0;
  std::optional<EmbargoInstant> embargo;  // the one that comes next, of the terms or the project
};

struct RecipientRow {
  Commitment commitment;
  Signatory self;
  Step step = Step::read;
  std::string project_name;
  std::optional<EmbargoInstant> embargo;
};

struct RecipientHome {
  std::string name, organisation;  // the latter may be empty
  House house;
  Locale locale = Locale::en;
  TimeMs now_ms = 0;
  std::vector<RecipientRow> pending, finished;
  std::vector<EmbargoInstant> embargoes;  // by time
  std::vector<Slip> slips;
};

struct Answer {
  std::string question, choice;
};
struct AnswerResult {
  std::string question;
  bool right = false;
  std::string why;  // after a wrong answer
};
struct AnswersResult {
  bool passed = false;
  std::vector<AnswerResult> results;
};

struct SignRequest {
  std::string name;  // exactly as typed
  std::vector<std::string> ticks;
  std::string text_hash;  // hex
  bool consent = false;
  std::string job_title;  // of a company signatory
};

struct SlipReport {
  Id commitment;
  std::string what, where;
  TimeMs happened_ms = 0;
  std::optional<TimeMs> taken_down_ms;
};

struct SlipUpdate {
  std::optional<TimeMs> taken_down_ms;
  std::string note;
};

constexpr std::uint64_t kMostColleagues = 20;  // invited from one commitment

// Thread-safe: everything is in the store. Another person's commitment or report is not_found, whoever asks.
class RecipientService {
 public:
  explicit RecipientService(const Ports& ports) : desk_(ports) {}

  // Mails a one-time code unless one is on its way or was told at the door. Errors: not_found; gone; too_many_requests
  // when `resend` comes too soon or too often.
  Result<LinkState> open_link(const std::string& token, bool resend);
  // Errors: not_found; gone (the link, or no code that could still be used); unauthenticated (a wrong code).
  Result<OpenedSession> open_session(const std::string& token, const std::string& typed_code,
                                     const std::string& address, const std::string& agent);
  // Errors: unauthenticated.
  Result<Visitor> session(const std::string& token, const std::string& address, const std::string& agent);
  Result<void> close_session(const Visitor& visitor);

  Result<RecipientHome> home(const Visitor& visitor);
  // The first look is evidence: "opened".
  Result<RecipientView> look(const Visitor& visitor, const Id& commitment);
  // Errors of these: not_found; conflict (not the step it is at); gone (the last day has passed).
  Result<RecipientView> mark_read(const Visitor& visitor, const Id& commitment);
  Result<AnswersResult> answer(const Visitor& visitor, const Id& commitment, const std::vector<Answer>& answers);
  // The same request again answers the same and signs once. Errors besides: invalid_argument (name, ticks, consent).
  Result<RecipientView> sign(const Visitor& visitor, const Id& commitment, const SignRequest& request);
  Result<RecipientView> decline(const Visitor& visitor, const Id& commitment, const std::string& reason);

  // The invited colleague's name. Errors: not_found; forbidden (the terms do not allow it); conflict (invited already);
  // invalid_argument; too_many_requests.
  Result<std::string> invite_colleague(const Visitor& visitor, const Id& commitment, const NewColleague& colleague);

  Result<Slip> report_slip(const Visitor& visitor, const SlipReport& report);
  Result<Slip> update_slip(const Visitor& visitor, const Id& slip, const SlipUpdate& update);

  // RFC 5545, with alarms 24 hours and 1 hour before.
  Result<std::string> calendar(const Visitor& visitor);

 private:
  // A commitment that was sent and the visitor's part in it. Errors: not_found.
  Result<Commitment> own(const Visitor& visitor, const Id& commitment) const;
  Result<RecipientView> view(Commitment commitment, const Visitor& visitor) const;
  Result<std::string> send_code(const Link& link, const Signatory& signatory, std::vector<Code>& recent);

  Desk desk_;
};

// Errors of those who may not act now: conflict, gone. Pure.
Result<void> check_turn(const Commitment& commitment, const Signatory& self, TimeMs now_ms);
Witness witness_of(const Visitor& visitor, const Signatory& self);

}  // namespace probity::commitments
