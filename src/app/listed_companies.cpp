#include "app/listed_companies.h"

#include "bulletins/rules.h"

namespace probity::app {
namespace {

// The dot of "Ltd." makes no other company.
std::string name_key(const std::string& name) {
  std::string key = bulletins::folded(name);
  while (key.ends_with('.')) key.pop_back();
  return key;
}

}  // namespace

Result<std::shared_ptr<const ListedCompanies::Index>> ListedCompanies::index() {
  TRY_ASSIGN(const alliance::HeldEnterprises held, current_());
  const std::lock_guard lock(mutex_);
  if (index_ && index_->list == held.list) return index_;
  auto next = std::make_shared<Index>();
  next->list = held.list;
  for (const auto& listed : held.list->entries()) {
    // One that is disputed carries no new accusation.
    if (listed->entry.status != "active") continue;
    const alliance::Enterprise& enterprise = listed->entry.enterprise;
    for (const auto* names : {&enterprise.names, &enterprise.former_names})
      for (const std::string& name : *names) {
        next->names.insert(name_key(name));
        if (!enterprise.credit_code.empty()) next->names_by_code[enterprise.credit_code].insert(name_key(name));
      }
  }
  index_ = std::move(next);
  return index_;
}

Result<bool> ListedCompanies::is_listed(const std::string& name, const std::string& credit_code) {
  TRY_ASSIGN(const auto found, index());
  if (credit_code.empty()) return found->names.contains(name_key(name));
  const auto names = found->names_by_code.find(credit_code);
  if (names == found->names_by_code.end()) return false;
  // A listed company's number vouches for no other name.
  return name.empty() || names->second.contains(name_key(name));
}

}  // namespace probity::app
