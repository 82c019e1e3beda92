// Whether a company stands on the list, for bulletins: at the hub by the list it publishes, in a member's node by the
// one it holds.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <unordered_map>

#include "alliance/enterprise_list.h"
#include "bulletins/text_check.h"

namespace probity::app {

// Thread-safe. Names are folded once for each version of the list.
class ListedCompanies final : public bulletins::CompanyListings {
 public:
  // The list at this moment.
  using Current = std::function<Result<alliance::HeldEnterprises>()>;
  explicit ListedCompanies(Current current) : current_(std::move(current)) {}

  // Errors: those of the list.
  Result<bool> is_listed(const std::string& name, const std::string& credit_code) override;

 private:
  struct Index {
    std::shared_ptr<const alliance::EnterpriseList> list;
    std::set<std::string> names;
    std::unordered_map<std::string, std::set<std::string>> names_by_code;
  };
  Result<std::shared_ptr<const Index>> index();

  const Current current_;
  std::mutex mutex_;
  std::shared_ptr<const Index> index_;
};

}  // namespace probity::app
