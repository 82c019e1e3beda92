// "What is recorded about me?": the ombudsman has seen somebody's papers, asks the list as any member does, and hands
// over a link and a code that open the answer once.
//
// The answer has one size whether something is recorded or not, opening it is one and the same work, and this node
// keeps it only sealed to a key that link and code make together: neither its operator nor a thief of its database
// reads it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "filings/ombudsman_ports.h"

namespace probity::filings {

constexpr TimeMs kAnswerKeptMs = 14 * alliance::kDayMs;
constexpr std::size_t kAnswerBytes = 48 << 10;  // of every answer
constexpr int kMostWrongCodes = 5;

struct PersonQuestion {
  names::Identifier identifier;
  std::string papers_seen;  // "passport, seen on the day"; no number
};

struct GivenAnswer {
  Id id;
  std::string token, code;  // shown once
  TimeMs expires_ms = 0;
  std::string answer;  // JSON, for the ombudsman who sits opposite
};

// Thread-safe. Borrows its ports.
class PersonAnswers {
 public:
  explicit PersonAnswers(const OmbudsmanPorts& ports) : ports_(ports) {}

  // Errors: forbidden on a node that is not the ombudsman's; those of Membership::ask.
  Result<GivenAnswer> ask(const PersonQuestion& question, const events::Actor& actor);
  // One answer to a wrong link, a wrong code, one that was opened and one that is over: not_found.
  Result<std::string> open(const std::string& token, const std::string& code);
  Result<Listed<KeptAnswer>> list(std::uint32_t offset, std::uint32_t limit);
  // Answers that nobody opened in time.
  Result<void> tick();

 private:
  Result<nlohmann::json> gather(const PersonQuestion& question, const Id& account);
  Result<nlohmann::json> entry_of(const nlohmann::json& item, const alliance::LabelContent& label);

  const OmbudsmanPorts ports_;
};

}  // namespace probity::filings
