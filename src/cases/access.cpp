#include "cases/access.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "commitments/letters.h"

namespace probity::cases {
namespace {

using commitments::Code;
using commitments::House;
using commitments::kCodesAnHour;
using commitments::kCodeTries;
using commitments::kHourMs;
using commitments::kMinuteMs;
using commitments::kResendPause;

constexpr std::size_t kMostToken = 200, kMostAddress = 100, kMostAgent = 400;

tl::unexpected<Error> no_such_link() {
  return fail(ErrorCode::not_found, "this link leads nowhere", "ask whoever sent it for a fresh one");
}

// At most so many bytes, cut between characters.
std::string clipped(const std::string& text, std::size_t most_bytes) {
  if (text.size() <= most_bytes) return text;
  std::size_t end = most_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

AccessVisitor visitor_of(const AccessLink& link, const Id& session, const std::string& address,
                         const std::string& agent) {
  return {link.kind,   link.subject, link.case_id, link.case_number, link.name,
          link.locale, session,      link.id,      address,          agent};
}

}  // namespace

std::string_view subject_kind_name(SubjectKind kind) { return kind == SubjectKind::accused ? "accused" : "rectifier"; }

std::optional<SubjectKind> parse_subject_kind(std::string_view name) {
  if (name == "accused") return SubjectKind::accused;
  if (name == "rectifier") return SubjectKind::rectifier;
  return std::nullopt;
}

Result<std::string> AccessService::make_link(const AccessSubject& subject) {
  std::string url;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    const TimeMs now_ms = ports_.clock.now_ms();
    TRY_ASSIGN(auto older, ports_.store.links_of(subject.subject));
    for (AccessLink& link : older)
      if (!link.ended_ms) {
        link.ended_ms = now_ms;
        TRY(ports_.store.update(link));
      }
    const std::string token = commitments::new_token(ports_.random);
    AccessLink link;
    link.id = Id::random(ports_.random);
    link.token = commitments::token_hash(token);
    link.kind = subject.kind;
    link.subject = subject.subject;
    link.case_id = subject.case_id;
    link.case_number = subject.case_number;
    link.name = subject.name;
    link.email = subject.email;
    link.locale = subject.locale;
    link.created_ms = now_ms;
    link.expires_ms = now_ms + commitments::kLinkLife;
    TRY(ports_.store.insert(link));
    TRY_ASSIGN(const House house, ports_.house.house());
    url = fmt::format("{}/answer#{}", house.public_url, token);
    return {};
  }));
  return url;
}

Result<AccessLink> AccessService::working_link(const std::string& token) {
  if (token.empty() || token.size() > kMostToken) return no_such_link();
  TRY_ASSIGN(auto link, ports_.store.link_by_token(commitments::token_hash(token)));
  if (!link) return no_such_link();
  if (!link->works(ports_.clock.now_ms()))
    return fail(ErrorCode::gone, "this link no longer works",
                "use the newest one you were sent, or ask for a fresh one");
  return std::move(*link);
}

// Of the last hour. What a turned-back clock put into the future does not count.
Result<std::vector<Code>> AccessService::recent_codes(const Id& link) {
  const TimeMs now_ms = ports_.clock.now_ms();
  TRY_ASSIGN(auto codes, ports_.store.codes_since(link, now_ms - kHourMs));
  std::erase_if(codes, [&](const Code& code) { return code.created_ms > now_ms + kMinuteMs; });
  return codes;
}

Result<void> AccessService::send_code(const AccessLink& link, const House& house, std::vector<Code>& recent) {
  const TimeMs now_ms = ports_.clock.now_ms();
  // One code at a time, so that guessing gets five tries and not five a code.
  for (Code& earlier : recent)
    if (!earlier.used_ms) {
      earlier.used_ms = now_ms;
      TRY(ports_.store.update(earlier));
    }
  const std::string digits = commitments::new_code(ports_.random);
  Code code;
  code.id = Id::random(ports_.random);
  code.link = link.id;
  ports_.random.fill(code.salt);
  code.hash = commitments::code_hash(code.salt, digits);
  code.created_ms = now_ms;
  TRY(ports_.store.insert(code));
  TRY(ports_.outbox.enqueue(commitments::code_letter({link.email, link.name, link.locale}, house, digits)));
  return {};
}

Result<AccessState> AccessService::open_link(const std::string& token, bool resend) {
  AccessState state;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const AccessLink link, working_link(token));
    if (link.email.empty())
      return fail(ErrorCode::unavailable, "nobody can be sent a code for this link", "ask for one by telephone");
    TRY_ASSIGN(const House house, ports_.house.house());
    state = {link.kind, house.organisation, commitments::masked_email(link.email), link.locale, true, std::nullopt};
    TRY_ASSIGN(std::vector<Code> recent, recent_codes(link.id));
    const TimeMs now_ms = ports_.clock.now_ms();
    // Whoever used the last code may have another at once: they lost their session, they do not guess.
    const bool is_waiting = !recent.empty() && !recent.back().used_ms;
    const TimeMs since_ms = is_waiting ? now_ms - recent.back().created_ms : kHourMs;
    if (since_ms < kResendPause) state.retry_after_s = static_cast<int>((kResendPause - since_ms) / 1000 + 1);
    if (is_waiting && recent.back().works(now_ms) && !resend) return {};
    if (state.retry_after_s)
      return fail(ErrorCode::too_many_requests, "a code was sent a moment ago",
                  fmt::format("wait {} seconds before asking for another", *state.retry_after_s));
    if (recent.size() >= kCodesAnHour)
      return fail(ErrorCode::too_many_requests, "too many codes were asked for", "try again in an hour");
    TRY(send_code(link, house, recent));
    state.retry_after_s = static_cast<int>(kResendPause / 1000);
    return {};
  }));
  return state;
}

Result<OpenedAccess> AccessService::open_session(const std::string& token, const std::string& typed_code,
                                                 const std::string& address, const std::string& agent) {
  // A wrong try must stay counted, so the transaction succeeds and the refusal is made of its outcome.
  std::optional<Error> refusal;
  OpenedAccess opened;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(AccessLink link, working_link(token));
    TRY_ASSIGN(std::vector<Code> codes, recent_codes(link.id));
    const TimeMs now_ms = ports_.clock.now_ms();
    std::erase_if(codes, [&](const Code& code) { return !code.works(now_ms); });
    if (codes.empty()) return fail(ErrorCode::gone, "this code is no longer valid", "ask for a new one");
    Code& code = codes.back();
    const std::string typed = commitments::tidy_code(typed_code).value_or("");
    const bool is_right = commitments::same_text(to_hex(code.hash), to_hex(commitments::code_hash(code.salt, typed)));
    if (is_right)
      code.used_ms = now_ms;
    else
      ++code.tries;
    TRY(ports_.store.update(code));
    if (!is_right) {
      const int tries_left = kCodeTries - code.tries;
      refusal = Error{ErrorCode::unauthenticated, "that code is not right",
                      tries_left > 0 ? fmt::format("{} tries are left", tries_left) : "ask for a new code"};
      return {};
    }
    if (!link.opened_ms) {
      link.opened_ms = now_ms;
      TRY(ports_.store.update(link));
    }
    opened.token = commitments::new_token(ports_.random);
    opened.csrf = commitments::csrf_token(opened.token);
    AccessSession session;
    session.id = Id::random(ports_.random);
    session.token = commitments::token_hash(opened.token);
    session.link = link.id;
    session.created_ms = now_ms;
    session.address = clipped(address, kMostAddress);
    session.agent = clipped(agent, kMostAgent);
    TRY(ports_.store.insert(session));
    opened.visitor = visitor_of(link, session.id, session.address, session.agent);
    return {};
  }));
  if (refusal) return tl::unexpected<Error>(*refusal);
  return opened;
}

Result<AccessVisitor> AccessService::session(const std::string& token, const std::string& address,
                                             const std::string& agent) {
  const auto refuse = [] { return fail(ErrorCode::unauthenticated, "your session has ended", "open your link again"); };
  if (token.empty() || token.size() > kMostToken) return refuse();
  TRY_ASSIGN(const auto session, ports_.store.session_by_token(commitments::token_hash(token)));
  if (!session || !session->works(ports_.clock.now_ms())) return refuse();
  TRY_ASSIGN(const auto link, ports_.store.link(session->link));
  // A link that was replaced shuts its sessions too: it may have reached the wrong person.
  if (!link || !link->works(ports_.clock.now_ms())) return refuse();
  return visitor_of(*link, session->id, clipped(address, kMostAddress), clipped(agent, kMostAgent));
}

Result<void> AccessService::close_session(const AccessVisitor& visitor) {
  return ports_.store.end_session(visitor.session, ports_.clock.now_ms());
}

Result<std::optional<AccessLink>> AccessService::newest_link(const Id& subject) {
  TRY_ASSIGN(auto links, ports_.store.links_of(subject));
  if (links.empty()) return std::optional<AccessLink>();
  return std::optional(std::move(links.front()));
}

}  // namespace probity::cases
