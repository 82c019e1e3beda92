// How somebody is let in to answer: the accused of a case or the contact of a supplier, by a link and a mailed code.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/transactions.h"
#include "commitments/access.h"
#include "commitments/ports.h"

namespace probity::cases {

using commitments::Locale;

// Whose page a link opens. `subject` is the case's party for an accused, the rectification for a rectifier.
enum class SubjectKind { accused, rectifier };
std::string_view subject_kind_name(SubjectKind kind);
std::optional<SubjectKind> parse_subject_kind(std::string_view name);

struct AccessLink {
  Id id;
  Hash token{};  // commitments::token_hash()
  SubjectKind kind = SubjectKind::accused;
  Id subject, case_id;
  std::string case_number;
  std::string name, email;  // who is written to; without an address nobody gets in
  Locale locale = Locale::en;
  TimeMs created_ms = 0, expires_ms = 0;
  std::optional<TimeMs> ended_ms;   // a fresh one took its place
  std::optional<TimeMs> opened_ms;  // by somebody who had the code: notice has been taken
  bool works(TimeMs now_ms) const { return !ended_ms && now_ms < expires_ms; }
};

struct AccessSession {
  Id id;
  Hash token{};
  Id link;
  TimeMs created_ms = 0;
  std::string address, agent;
  std::optional<TimeMs> ended_ms;
  bool works(TimeMs now_ms) const {
    return !ended_ms && now_ms < created_ms + commitments::kSessionLife && now_ms >= created_ms - commitments::kHourMs;
  }
};

// Port: joins the caller's transaction. Errors: storage, corrupt.
class AccessStore {
 public:
  virtual ~AccessStore() = default;
  virtual Result<void> insert(const AccessLink& link) = 0;
  virtual Result<void> update(const AccessLink& link) = 0;  // ended and opened
  virtual Result<std::optional<AccessLink>> link(const Id& id) = 0;
  virtual Result<std::optional<AccessLink>> link_by_token(const Hash& token) = 0;
  virtual Result<std::vector<AccessLink>> links_of(const Id& subject) = 0;  // newest first
  virtual Result<void> insert(const commitments::Code& code) = 0;
  virtual Result<void> update(const commitments::Code& code) = 0;
  virtual Result<std::vector<commitments::Code>> codes_since(const Id& link, TimeMs since_ms) = 0;  // oldest first
  virtual Result<void> insert(const AccessSession& session) = 0;
  virtual Result<std::optional<AccessSession>> session_by_token(const Hash& token) = 0;
  virtual Result<void> end_session(const Id& session, TimeMs now_ms) = 0;
};

struct AccessPorts {
  AccessStore& store;
  Transactions& transactions;
  commitments::HouseBook& house;
  outbox::Sender& outbox;
  Clock& clock;
  Random& random;
};

// For whom a link is made.
struct AccessSubject {
  SubjectKind kind = SubjectKind::accused;
  Id subject, case_id;
  std::string case_number;
  std::string name, email;
  Locale locale = Locale::en;
};

// What a link leads to, before anybody has proved to be the one it was sent to.
struct AccessState {
  SubjectKind kind = SubjectKind::accused;
  std::string organisation, masked_email;
  Locale locale = Locale::en;
  bool code_sent = false;
  std::optional<int> retry_after_s;
};

// Who stands behind a request on such a page.
struct AccessVisitor {
  SubjectKind kind = SubjectKind::accused;
  Id subject, case_id;
  std::string case_number, name;
  Locale locale = Locale::en;
  Id session, link;
  std::string address, agent;
  events::Actor actor() const { return {events::Actor::Kind::recipient, std::nullopt, name}; }
};

struct OpenedAccess {
  std::string token, csrf;  // the token for the cookie; it is nowhere else
  AccessVisitor visitor;
};

// Thread-safe: everything is in the store. The rules of links, codes and sessions are those of recipients
// (commitments/access.h).
class AccessService {
 public:
  explicit AccessService(const AccessPorts& ports) : ports_(ports) {}

  // A fresh link; the subject's older ones end. Returns the URL, whose token is nowhere else. Joins the transaction.
  Result<std::string> make_link(const AccessSubject& subject);
  // Mails a one-time code unless one is on its way. Errors: not_found; gone; too_many_requests when `resend` comes too
  // soon or too often; unavailable when nobody can be written to.
  Result<AccessState> open_link(const std::string& token, bool resend);
  // Errors: not_found; gone (the link, or no code that could still be used); unauthenticated (a wrong code).
  Result<OpenedAccess> open_session(const std::string& token, const std::string& typed_code, const std::string& address,
                                    const std::string& agent);
  // Errors: unauthenticated.
  Result<AccessVisitor> session(const std::string& token, const std::string& address, const std::string& agent);
  Result<void> close_session(const AccessVisitor& visitor);
  // When the newest link of a subject was made and first opened, for the proof that notice was given.
  Result<std::optional<AccessLink>> newest_link(const Id& subject);

 private:
  Result<AccessLink> working_link(const std::string& token);
  Result<std::vector<commitments::Code>> recent_codes(const Id& link);
  Result<void> send_code(const AccessLink& link, const commitments::House& house,
                         std::vector<commitments::Code>& recent);
  AccessPorts ports_;
};

}  // namespace probity::cases
