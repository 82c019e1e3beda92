#include "bulletins/bulletin.h"

#include <algorithm>

namespace probity::bulletins {
namespace {

template <class Value, std::size_t size>
using Names = std::array<std::pair<Value, std::string_view>, size>;

template <class Value, std::size_t size>
std::string_view name_in(const Names<Value, size>& names, Value value) {
  return std::ranges::find(names, value, &std::pair<Value, std::string_view>::first)->second;
}
template <class Value, std::size_t size>
std::optional<Value> value_in(const Names<Value, size>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name, &std::pair<Value, std::string_view>::second);
  return found == names.end() ? std::nullopt : std::optional(found->first);
}

constexpr Names<Kind, 4> kKinds{{{Kind::fraud_pattern, "fraud_pattern"},
                                 {Kind::counterfeit_alert, "counterfeit_alert"},
                                 {Kind::brand_alert, "brand_alert"},
                                 {Kind::notice, "notice"}}};
constexpr Names<Tlp, 5> kTlpNames{{{Tlp::red, "RED"},
                                   {Tlp::amber_strict, "AMBER+STRICT"},
                                   {Tlp::amber, "AMBER"},
                                   {Tlp::green, "GREEN"},
                                   {Tlp::clear, "CLEAR"}}};
constexpr Names<Link::Kind, 3> kLinkKinds{
    {{Link::Kind::seller, "seller"}, {Link::Kind::marketplace, "marketplace"}, {Link::Kind::source, "source"}}};
constexpr Names<Accused::Kind, 2> kAccusedKinds{
    {{Accused::Kind::enterprise, "enterprise"}, {Accused::Kind::person, "person"}}};
constexpr Names<State, 3> kStates{
    {{State::published, "published"}, {State::expired, "expired"}, {State::withdrawn, "withdrawn"}}};
constexpr Names<Withdrawal, 4> kWithdrawals{{{Withdrawal::mistaken, "mistaken"},
                                             {Withdrawal::resolved, "resolved"},
                                             {Withdrawal::replaced, "replaced"},
                                             {Withdrawal::unlawful, "unlawful"}}};
constexpr Names<Sighting::Verdict, 2> kVerdicts{
    {{Sighting::Verdict::seen, "seen"}, {Sighting::Verdict::not_true, "false"}}};

}  // namespace

std::string_view kind_name(Kind kind) { return name_in(kKinds, kind); }
std::optional<Kind> parse_kind(std::string_view name) { return value_in(kKinds, name); }
std::string_view tlp_name(Tlp tlp) { return name_in(kTlpNames, tlp); }
std::optional<Tlp> parse_tlp(std::string_view name) { return value_in(kTlpNames, name); }
std::string_view link_kind_name(Link::Kind kind) { return name_in(kLinkKinds, kind); }
std::optional<Link::Kind> parse_link_kind(std::string_view name) { return value_in(kLinkKinds, name); }
std::string_view accused_kind_name(Accused::Kind kind) { return name_in(kAccusedKinds, kind); }
std::optional<Accused::Kind> parse_accused_kind(std::string_view name) { return value_in(kAccusedKinds, name); }
std::string_view state_name(State state) { return name_in(kStates, state); }
std::optional<State> parse_state(std::string_view name) { return value_in(kStates, name); }
std::string_view withdrawal_name(Withdrawal reason) { return name_in(kWithdrawals, reason); }
std::optional<Withdrawal> parse_withdrawal(std::string_view name) { return value_in(kWithdrawals, name); }
std::string_view verdict_name(Sighting::Verdict verdict) { return name_in(kVerdicts, verdict); }
std::optional<Sighting::Verdict> parse_verdict(std::string_view name) { return value_in(kVerdicts, name); }

Said what_tlp_allows(Tlp tlp) {
  switch (tlp) {
    case Tlp::red:
      return {
          "Only the people of the named members who read it here. Nobody passes it on, not within the company "
          "either; no export holds it.",
          "仅限被点名成员中在此阅读的人员。不得转告他人，包括本公司同事；任何导出均不包含。"};
    case Tlp::amber_strict:
      return {"Within your own organisation, to those who need to know. Not to clients or suppliers.",
              "仅限本组织内部需要知晓的人员。不得告知客户或供应商。"};
    case Tlp::amber:
      return {"Within your own organisation and to those clients who need it to protect themselves.",
              "可在本组织内部传达，也可告知需要据此自我保护的客户。"};
    case Tlp::green:
      return {"Within the community: members, peers and partners. Not in public channels.",
              "可在行业圈内传达：成员、同业和合作伙伴。不得通过公开渠道发布。"};
    case Tlp::clear:
      return {"No limit: it may be published.", "不限传播，可以公开。"};
  }
  return {};
}

}  // namespace probity::bulletins
