#include "screening/company_book.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "names/identifier.h"

namespace probity::screening {
namespace {

using alliance::Enterprise;
using alliance::ListedEnterprise;
using alliance::ListedEnterprisePtr;

struct Number {
  std::string_view kind;
  std::string text;
  std::string key() const { return std::string(kind) + ":" + text; }
};

std::string organisation_code_in(const std::string& credit_code) {
  if (credit_code.empty()) return {};
  return names::organisation_code_of({names::IdentifierKind::credit_code, credit_code, {}}).text;
}

std::vector<Number> present(std::vector<Number> numbers) {
  std::erase_if(numbers, [](const Number& number) { return number.text.empty(); });
  return numbers;
}
// The strongest first: an organisation code is a part of the credit code.
std::vector<Number> numbers_of(const Enterprise& enterprise) {
  return present({{"credit_code", enterprise.credit_code},
                  {"lei", enterprise.lei},
                  {"registration", enterprise.registration},
                  {"organisation_code", organisation_code_in(enterprise.credit_code)}});
}
std::vector<Number> numbers_of(const CompanySubject& subject) {
  return present({{"credit_code", subject.credit_code},
                  {"lei", subject.lei},
                  {"registration", subject.registration},
                  {"organisation_code", subject.organisation_code}});
}

std::vector<std::string> all_names(const Enterprise& enterprise) {
  std::vector<std::string> all = enterprise.names;
  all.insert(all.end(), enterprise.former_names.begin(), enterprise.former_names.end());
  return all;
}

bool is_former(const Enterprise& enterprise, const std::string& name) {
  return std::ranges::find(enterprise.names, name) == enterprise.names.end();
}

// The numbers of one kind that both have and that differ.
std::vector<CompanyEvidence> contradictions(const CompanySubject& subject, const Enterprise& enterprise) {
  std::vector<CompanyEvidence> found;
  const std::string listed_organisation = organisation_code_in(enterprise.credit_code);
  if (!subject.organisation_code.empty() && !listed_organisation.empty() &&
      subject.organisation_code != listed_organisation)
    found.push_back({subject.credit_code.empty() ? "organisation_code" : "credit_code", "differs", 0});
  if (!subject.lei.empty() && !enterprise.lei.empty() && subject.lei != enterprise.lei)
    found.push_back({"lei", "differs", 0});
  const bool same_register = !subject.registration.empty() && !enterprise.registration.empty() &&
                             subject.registration.substr(0, 3) == enterprise.registration.substr(0, 3);
  if (same_register && subject.registration != enterprise.registration) found.push_back({"registration", "differs", 0});
  return found;
}

void add_evidence(CompanyMatch& match, const names::CompanyComparison& comparison) {
  for (const names::Evidence& evidence : comparison.evidence)
    match.evidence.push_back(
        {std::string(names::feature_name(evidence.feature)), std::string(evidence.finding), evidence.log_odds});
}

struct BestName {
  std::string name;
  names::CompanyComparison comparison;
};
std::optional<BestName> best_name(const std::string& name, const Enterprise& enterprise) {
  if (name.empty()) return std::nullopt;
  const names::CompanyName asked = names::parse_company_name(name);
  std::optional<BestName> best;
  for (const std::string& listed : all_names(enterprise)) {
    auto comparison = names::compare(asked, names::parse_company_name(listed));
    if (!best || comparison.log_odds > best->comparison.log_odds) best = {listed, std::move(comparison)};
  }
  return best;
}

// By the strongest number that both have; the name is compared too, so that a mistyped number shows.
std::optional<CompanyMatch> match_by_number(const CompanySubject& subject, const ListedEnterprisePtr& listed) {
  const Enterprise& enterprise = listed->entry.enterprise;
  const auto theirs = numbers_of(enterprise);
  for (const Number& number : numbers_of(subject)) {
    const bool has_it = std::ranges::any_of(theirs, [&](const Number& other) { return other.key() == number.key(); });
    if (!has_it) continue;
    CompanyMatch match;
    // Two credit codes around one organisation code: registered anew elsewhere, or one is mistyped.
    const bool is_part_only = number.kind == "organisation_code" && !subject.credit_code.empty();
    match.level = is_part_only ? CompanyLevel::likely : CompanyLevel::confirmed;
    match.by = number.kind;
    match.score = is_part_only ? 0.9 : 1;
    match.listed = listed;
    match.name = enterprise.names.empty() ? std::string() : enterprise.names.front();
    match.evidence.push_back({std::string(number.kind), "same", 0});
    if (const auto best = best_name(subject.name, enterprise)) {
      match.name = best->name;
      match.former = is_former(enterprise, best->name);
      add_evidence(match, best->comparison);
    }
    return match;
  }
  return std::nullopt;
}

CompanyMatch match_by_name(const CompanySubject& subject, const ListedEnterprisePtr& listed, const std::string& name,
                           const names::CompanyComparison& comparison) {
  CompanyMatch match;
  match.by = "name";
  match.listed = listed;
  match.name = name;
  match.former = is_former(listed->entry.enterprise, name);
  match.score = comparison.score;
  match.level = comparison.likeness == names::Likeness::likely ? CompanyLevel::likely : CompanyLevel::possible;
  match.evidence = contradictions(subject, listed->entry.enterprise);
  if (!match.evidence.empty()) match.level = CompanyLevel::another_company;
  add_evidence(match, comparison);
  return match;
}

bool is_better(const CompanyMatch& a, const CompanyMatch& b) {
  if (a.level != b.level) return a.level > b.level;
  if (a.score != b.score) return a.score > b.score;
  return a.listed->entry.listing < b.listed->entry.listing;
}

}  // namespace

std::optional<CompanyMatch> match_one(const CompanySubject& subject, const ListedEnterprisePtr& listed) {
  if (auto match = match_by_number(subject, listed)) return match;
  const auto best = best_name(subject.name, listed->entry.enterprise);
  if (!best || best->comparison.likeness == names::Likeness::different) return std::nullopt;
  return match_by_name(subject, listed, best->name, best->comparison);
}

void CompanyBook::add(const ListedEnterprise& listed) {
  by_name_.add(listed.entry.listing.text(), all_names(listed.entry.enterprise));
  for (const Number& number : numbers_of(listed.entry.enterprise))
    by_number_.emplace(number.key(), listed.entry.listing);
}

void CompanyBook::remove(const ListedEnterprise& listed) {
  by_name_.remove(listed.entry.listing.text());
  for (const Number& number : numbers_of(listed.entry.enterprise)) {
    const auto [first, last] = by_number_.equal_range(number.key());
    const auto found = std::find_if(first, last, [&](const auto& item) { return item.second == listed.entry.listing; });
    if (found != last) by_number_.erase(found);
  }
}

void CompanyBook::replace(const alliance::HeldEnterprises& next) {
  const std::unique_lock lock(mutex_);
  const alliance::EnterpriseList empty;
  const alliance::EnterpriseList& before = held_ ? *held_->list : empty;
  const alliance::EnterpriseListChange change = before.change_to(*next.list);
  for (const Id& id : change.removed) remove(*before.find(id));
  for (const auto& listed : change.put) {
    if (const auto old = before.find(listed->entry.listing)) remove(*old);
    add(*listed);
  }
  held_ = next;
}

std::optional<alliance::HeldEnterprises> CompanyBook::held() const {
  const std::shared_lock lock(mutex_);
  return held_;
}

Result<CompanyBook::Matched> CompanyBook::match(const CompanySubject& subject, const MatchOptions& options) const {
  const std::shared_lock lock(mutex_);
  if (!held_)
    return fail(ErrorCode::unavailable, "this node does not hold the list of companies yet",
                "it is fetched from the hub; try again in a moment");
  std::map<Id, CompanyMatch> matches;
  for (const Number& number : numbers_of(subject)) {
    const auto [first, last] = by_number_.equal_range(number.key());
    for (auto i = first; i != last; ++i) {
      if (matches.contains(i->second)) continue;
      if (auto match = match_by_number(subject, held_->list->find(i->second)))
        matches.emplace(i->second, std::move(*match));
    }
  }
  if (!subject.name.empty()) {
    for (const auto& found : by_name_.find(subject.name, {options.most_by_name, names::Likeness::possible})) {
      const auto id = Id::parse(found.id);
      if (!id || matches.contains(*id)) continue;
      if (found.comparison.likeness == names::Likeness::different) continue;
      matches.emplace(*id, match_by_name(subject, held_->list->find(*id), found.name, found.comparison));
    }
  }
  Matched result;
  result.head = held_->head;
  result.list = held_->list;
  for (auto& [id, match] : matches)
    if (options.other_companies || match.level != CompanyLevel::another_company)
      result.answer.matches.push_back(std::move(match));
  std::ranges::sort(result.answer.matches, is_better);
  if (!result.answer.matches.empty()) result.answer.outcome = result.answer.matches.front().level;
  return result;
}

}  // namespace probity::screening
