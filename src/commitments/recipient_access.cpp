// Coming in: links, one-time codes, sessions.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "commitments/recipient.h"

namespace probity::commitments {
namespace {

tl::unexpected<Error> no_such_link() {
  return fail(ErrorCode::not_found, "this link leads nowhere", "ask whoever sent it for a fresh one");
}

Result<Link> working_link(const Desk& desk, const std::string& token) {
  if (token.empty() || token.size() > 200) return no_such_link();
  TRY_ASSIGN(auto link, desk.store().link_by_token(token_hash(token)));
  if (!link) return no_such_link();
  if (!link->works(desk.now()))
    return fail(ErrorCode::gone, "this link no longer works",
                "use the newest one you were sent, or ask for a fresh one");
  return std::move(*link);
}

// Codes of the last hour. What a turned-back clock put into the future does not count.
Result<std::vector<Code>> recent_codes(const Desk& desk, const Id& link) {
  const TimeMs now_ms = desk.now();
  TRY_ASSIGN(auto codes, desk.store().codes_since(link, now_ms - kHourMs));
  std::erase_if(codes, [&](const Code& code) { return code.created_ms > now_ms + kMinuteMs; });
  return codes;
}

struct MailedCodes {
  int count = 0;
  std::optional<Code> last;
};

MailedCodes mailed(const std::vector<Code>& codes) {
  MailedCodes found;
  for (const Code& code : codes)
    if (!code.told) {
      ++found.count;
      found.last = code;
    }
  return found;
}

}  // namespace

Result<std::string> RecipientService::send_code(const Link& link, const Signatory& signatory,
                                                std::vector<Code>& recent) {
  // One mailed code at a time, so that guessing gets five tries and not five a code.
  for (Code& earlier : recent)
    if (!earlier.told && !earlier.used_ms) {
      earlier.used_ms = desk_.now();
      TRY(desk_.store().update(earlier));
    }
  const std::string digits = new_code(desk_.ports().random);
  Code code;
  code.id = desk_.new_id();
  code.link = link.id;
  desk_.ports().random.fill(code.salt);
  code.hash = code_hash(code.salt, digits);
  code.created_ms = desk_.now();
  TRY(desk_.store().insert(code));
  TRY_ASSIGN(const House house, desk_.ports().house.house());
  TRY(desk_.mail(code_letter(reader_of(signatory), house, digits)));
  return digits;
}

Result<LinkState> RecipientService::open_link(const std::string& token, bool resend) {
  return desk_.write([&]() -> Result<LinkState> {
    TRY_ASSIGN(const Link link, working_link(desk_, token));
    TRY_ASSIGN(const Commitment commitment, desk_.existing(link.commitment));
    const Signatory* signatory = commitment.signatory_of(link.party);
    if (signatory == nullptr) return no_such_link();
    TRY_ASSIGN(const House house, desk_.ports().house.house());
    LinkState state{house.organisation, masked_email(signatory->email), signatory->locale, false, std::nullopt};

    TRY_ASSIGN(std::vector<Code> recent, recent_codes(desk_, link.id));
    const TimeMs now_ms = desk_.now();
    const bool was_told =
        std::any_of(recent.begin(), recent.end(), [&](const Code& code) { return code.told && code.works(now_ms); });
    if (signatory->email.empty() || (was_told && !resend)) return state;
    const MailedCodes sent = mailed(recent);
    // Whoever used the last code may have another at once: they lost their session, they do not guess.
    const TimeMs since_ms = sent.last && !sent.last->used_ms ? now_ms - sent.last->created_ms : kHourMs;
    if (since_ms < kResendPause) state.retry_after_s = static_cast<int>((kResendPause - since_ms) / 1000 + 1);
    if (sent.last && sent.last->works(now_ms) && !resend) {
      state.code_sent = true;
      return state;
    }
    if (state.retry_after_s)
      return fail(ErrorCode::too_many_requests, "a code was sent a moment ago",
                  fmt::format("wait {} seconds before asking for another", *state.retry_after_s));
    if (sent.count >= kCodesAnHour)
      return fail(ErrorCode::too_many_requests, "too many codes were asked for", "try again in an hour");
    TRY(send_code(link, *signatory, recent));
    state.code_sent = true;
    state.retry_after_s = static_cast<int>(kResendPause / 1000);
    return state;
  });
}

Result<OpenedSession> RecipientService::open_session(const std::string& token, const std::string& typed_code,
                                                     const std::string& address, const std::string& agent) {
  // A wrong try must stay counted, so the transaction succeeds and the refusal is made of its outcome.
  std::optional<Error> refusal;
  OpenedSession opened;
  TRY(desk_.ports().transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Link link, working_link(desk_, token));
    TRY_ASSIGN(std::vector<Code> codes, recent_codes(desk_, link.id));
    const TimeMs now_ms = desk_.now();
    std::erase_if(codes, [&](const Code& code) { return !code.works(now_ms); });
    if (codes.empty()) return fail(ErrorCode::gone, "this code is no longer valid", "ask for a new one");

    const std::string typed = tidy_code(typed_code).value_or("");
    const Code* used = nullptr;
    for (const Code& code : codes)
      if (same_text(to_hex(code.hash), to_hex(code_hash(code.salt, typed)))) used = &code;
    int tries_left = 0;
    for (Code& code : codes) {
      if (used != nullptr) {
        code.used_ms = now_ms;  // also the one that was not typed: a code opens one session
      } else {
        ++code.tries;
        tries_left = std::max(tries_left, kCodeTries - code.tries);
      }
      TRY(desk_.store().update(code));
    }
    if (used == nullptr) {
      refusal = Error{ErrorCode::unauthenticated, "that code is not right",
                      tries_left > 0 ? fmt::format("{} tries are left", tries_left) : "ask for a new code"};
      return {};
    }
    Session session;
    opened.token = new_token(desk_.ports().random);
    opened.csrf = csrf_token(opened.token);
    session.id = desk_.new_id();
    session.token = token_hash(opened.token);
    session.party = link.party;
    session.link = link.id;
    session.code = used->id;
    session.created_ms = now_ms;
    session.address = clipped(address, 100);
    session.agent = clipped(agent, 400);
    TRY(desk_.store().insert(session));
    opened.visitor = {link.party, "", session.id, link.id, used->id, session.address, session.agent};
    TRY_ASSIGN(const Commitment commitment, desk_.existing(link.commitment));
    const Signatory* self = commitment.signatory_of(link.party);
    if (self == nullptr) return no_such_link();
    opened.visitor.name = self->name;
    return desk_.record(commitment, "identified", witness_of(opened.visitor, *self),
                        {{"link", link.id.text()},
                         {"code", used->id.text()},
                         {"code_hash", to_hex(used->hash)},
                         {"code_came_by", used->told ? "told" : "mail"},
                         {"email", used->told ? "" : self->email},
                         {"session", session.id.text()}});
  }));
  if (refusal) return tl::unexpected<Error>(*refusal);
  return opened;
}

Result<Visitor> RecipientService::session(const std::string& token, const std::string& address,
                                          const std::string& agent) {
  const auto refuse = [] { return fail(ErrorCode::unauthenticated, "your session has ended", "open your link again"); };
  if (token.empty() || token.size() > 200) return refuse();
  TRY_ASSIGN(const auto session, desk_.store().session_by_token(token_hash(token)));
  if (!session || !session->works(desk_.now())) return refuse();
  TRY_ASSIGN(const auto person, desk_.ports().directory.person(session->party));
  if (!person) return refuse();
  return Visitor{session->party, person->name,          session->id,        session->link,
                 session->code,  clipped(address, 100), clipped(agent, 400)};
}

Result<void> RecipientService::close_session(const Visitor& visitor) {
  return desk_.store().end_session(visitor.session, desk_.now());
}

}  // namespace probity::commitments
