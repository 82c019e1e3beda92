#include "names/company_index.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <shared_mutex>

namespace probity::names {

struct CompanyIndex::Parts {
  struct Name {
    std::string written;
    CompanyName parsed;
  };
  mutable std::shared_mutex mutex;
  std::map<std::string, std::vector<Name>, std::less<>> companies;
};

CompanyIndex::CompanyIndex() : parts_(std::make_unique<Parts>()) {}
CompanyIndex::~CompanyIndex() = default;
CompanyIndex::CompanyIndex(CompanyIndex&&) noexcept = default;
CompanyIndex& CompanyIndex::operator=(CompanyIndex&&) noexcept = default;

void CompanyIndex::add(std::string_view id, const std::vector<std::string>& names) {
  std::vector<Parts::Name> parsed;
  for (const auto& name : names) parsed.push_back({name, parse_company_name(name)});
  const std::unique_lock lock(parts_->mutex);
  parts_->companies[std::string(id)] = std::move(parsed);
}

bool CompanyIndex::remove(std::string_view id) {
  const std::unique_lock lock(parts_->mutex);
  const auto found = parts_->companies.find(id);
  if (found == parts_->companies.end()) return false;
  parts_->companies.erase(found);
  return true;
}

std::vector<CompanyMatch> CompanyIndex::find(std::string_view name, const FindOptions& options) const {
  const auto query = parse_company_name(name);
  const auto least = std::max(options.at_least, Likeness::possible);
  std::vector<CompanyMatch> out;
  const std::shared_lock lock(parts_->mutex);
  for (const auto& [id, names] : parts_->companies) {
    CompanyMatch best;
    for (const auto& listed : names) {
      auto comparison = compare(query, listed.parsed);
      if (comparison.likeness < least) continue;
      if (best.id.empty() || comparison.log_odds > best.comparison.log_odds)
        best = {id, listed.written, std::move(comparison)};
    }
    if (!best.id.empty()) out.push_back(std::move(best));
  }
  std::ranges::stable_sort(out, std::ranges::greater{}, [](const auto& match) { return match.comparison.log_odds; });
  if (out.size() > options.limit) out.resize(options.limit);
  return out;
}

std::size_t CompanyIndex::companies() const {
  const std::shared_lock lock(parts_->mutex);
  return parts_->companies.size();
}

std::size_t CompanyIndex::memory_bytes() const { return 0; }

}  // namespace probity::names
