// A bulletin: what one member of the alliance tells others of a fraud, of counterfeits or of the abuse of a brand,
// under a label that says how far it may go, and until a day.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"

namespace probity::bulletins {

// The same in both languages of the product.
struct Said {
  std::string_view en, zh;
};

enum class Kind { fraud_pattern, counterfeit_alert, brand_alert, notice };
std::string_view kind_name(Kind kind);
std::optional<Kind> parse_kind(std::string_view name);

// Traffic Light Protocol 2.0 (FIRST, 2022), the strictest first.
enum class Tlp { red, amber_strict, amber, green, clear };
inline constexpr std::array kTlps{Tlp::red, Tlp::amber_strict, Tlp::amber, Tlp::green, Tlp::clear};
std::string_view tlp_name(Tlp tlp);  // "AMBER+STRICT"
std::optional<Tlp> parse_tlp(std::string_view name);
Said what_tlp_allows(Tlp tlp);

struct Link {
  enum class Kind { seller, marketplace, source };
  Kind kind = Kind::seller;
  std::string url;  // http or https
  bool operator==(const Link&) const = default;
};
std::string_view link_kind_name(Link::Kind kind);
std::optional<Link::Kind> parse_link_kind(std::string_view name);

// Whom a bulletin accuses. A person never gets further than the draft: see text_check.h.
struct Accused {
  enum class Kind { enterprise, person };
  Kind kind = Kind::enterprise;
  std::string name;
  std::string credit_code;  // may be empty
  bool operator==(const Accused&) const = default;
};
std::string_view accused_kind_name(Accused::Kind kind);
std::optional<Accused::Kind> parse_accused_kind(std::string_view name);

// A JPEG that this program has made, kept under its hash.
struct Picture {
  Hash hash{};
  int width_px = 0, height_px = 0;
  std::uint64_t size_bytes = 0;
  bool operator==(const Picture&) const = default;
};

struct Content {
  std::string title;
  std::string text;  // plain paragraphs
  std::vector<Link> links;
  std::vector<std::string> products, brands;
  std::vector<Accused> accused;
  std::vector<std::string> mentions;  // organisations that are named and not accused
  std::vector<Picture> pictures;
  bool operator==(const Content&) const = default;
};

struct Audience {
  bool everybody = false;     // every member of the alliance
  std::string name;           // of the group, for people
  std::set<Id> members;       // unless everybody; the author reads it anyway
  std::optional<Id> group{};  // of a draft: the desk's group, whose members are put in when it is sent
  bool operator==(const Audience&) const = default;
};

// What is to be published.
struct Proposal {
  Kind kind = Kind::notice;
  Tlp tlp = Tlp::amber;
  Audience audience;
  TimeMs expires_ms = 0;
  bool without_attribution = false;  // readers are not told who wrote it; the hub knows
  Content content;
  bool operator==(const Proposal&) const = default;
};

enum class State { published, expired, withdrawn };
std::string_view state_name(State state);
std::optional<State> parse_state(std::string_view name);

// Why it was taken back: one word, because nothing else of a withdrawn bulletin is shown.
enum class Withdrawal { mistaken, resolved, replaced, unlawful };
std::string_view withdrawal_name(Withdrawal reason);
std::optional<Withdrawal> parse_withdrawal(std::string_view name);

struct Version {
  Content content;
  Id account;  // of the author's staff
  TimeMs time_ms = 0;
  std::string reason;  // of a correction
  bool operator==(const Version&) const = default;
};

struct Bulletin {
  Id id;
  std::string number;  // "B-2026-0001": in the order in which the hub took them
  Kind kind = Kind::notice;
  Tlp tlp = Tlp::amber;
  Audience audience;
  Id author;  // the member; zeros: the hub's operator
  bool without_attribution = false;
  TimeMs published_ms = 0;
  TimeMs expires_ms = 0;
  State state = State::published;
  std::vector<Version> versions;  // the last one counts; none once it has ended
  std::optional<TimeMs> ended_ms;
  std::optional<Withdrawal> withdrawn_as;

  bool operator==(const Bulletin&) const = default;
  // Of one that has not ended.
  const Content& content() const { return versions.back().content; }
  std::size_t version() const { return versions.size(); }
  TimeMs changed_ms() const { return versions.empty() ? published_ms : versions.back().time_ms; }
};

// Who asks: a member's account, or the operator of the hub (no member).
struct Reader {
  Id member;
  Id account;
  bool is_operator = false;
  bool operator==(const Reader&) const = default;
};

// What a member's people did with one.
struct Receipt {
  Id bulletin, member, account;
  std::size_t version = 0;
  TimeMs time_ms = 0;
  bool operator==(const Receipt&) const = default;
};
struct Sighting {
  enum class Verdict { seen, not_true };
  Id id, bulletin, member, account;
  Verdict verdict = Verdict::seen;
  std::uint32_t count = 1;
  std::string note;
  TimeMs time_ms = 0;
  bool operator==(const Sighting&) const = default;
};
std::string_view verdict_name(Sighting::Verdict verdict);  // "seen", "false"
std::optional<Sighting::Verdict> parse_verdict(std::string_view name);
struct Reply {
  Id id, bulletin, member, account;
  std::optional<Id> to;  // a reply that answers nothing itself
  std::string text;
  TimeMs time_ms = 0;
  bool operator==(const Reply&) const = default;
};

}  // namespace probity::bulletins
