// Questions about companies: matched in this node against the list that the hub signed, answered with a receipt.
#pragma once

#include <functional>
#include <mutex>

#include "alliance/membership.h"
#include "base/random.h"
#include "base/transactions.h"
#include "events/event.h"
#include "log/log_book.h"
#include "screening/company_book.h"
#include "screening/company_query.h"

namespace probity::screening {

// Thread-safe; joins the caller's transaction. Errors: storage, corrupt; invalid_argument for an unknown sort.
class CompanyStore {
 public:
  virtual ~CompanyStore() = default;
  // 1, 2, 3 … for each kind of number ("C", "B") and year.
  virtual Result<std::uint32_t> next_company_ordinal(std::string_view kind, int year) = 0;
  virtual Result<void> insert(const CompanyQuery& query) = 0;
  virtual Result<std::optional<CompanyQuery>> company_query(const Id& id) = 0;
  virtual Result<Listed<CompanyQuery>> company_queries(const CompanyQueryFilter& filter) = 0;  // newest first

  // The list as this node last held it, so that it is there after a restart, and an earlier one is known as such.
  virtual Result<std::optional<alliance::HeldEnterprises>> saved_list() = 0;
  virtual Result<void> save_list(const alliance::EnterpriseListChange& change) = 0;
};

struct NewCompanyQuestion {
  CompanyInput company;
  Purpose purpose = Purpose::supplier_onboarding;
  std::string requisition;
};

// What a confirmed or likely match begins. Joins the caller's transaction; returns the hit's id.
class CompanyHits {
 public:
  virtual ~CompanyHits() = default;
  virtual Result<Id> open(const CompanyQuery& query, const CompanyMatch& match) = 0;
};

// From one version of the list to the next; `before` is empty at first.
struct ListStep {
  const alliance::EnterpriseList& before;
  const alliance::HeldEnterprises& after;
  const alliance::EnterpriseListChange& change;
};
// Called in the transaction that saves the step.
using ListFollower = std::function<Result<void>(const ListStep&)>;

struct CompanyPorts {
  CompanyStore& store;
  Transactions& transactions;
  alliance::Membership& membership;
  log::LogBook& log;
  events::EventLog& events;
  Clock& clock;
  Random& random;
  CompanyHits* hits = nullptr;
};

// Thread-safe. Borrows its ports.
class CompanyScreening {
 public:
  explicit CompanyScreening(const CompanyPorts& ports) : ports_(ports) {}

  // Before start(). Followers hear of each step once, whatever crashes.
  void follow(ListFollower follower) { followers_.push_back(std::move(follower)); }
  // Takes up the list that was saved.
  Result<void> start();
  // One turn of keeping up with the hub; by one thread, every second. Errors: those of fetch_enterprises.
  Result<void> refresh();

  // Errors: invalid_argument; unavailable before the list is there.
  Result<CompanyQuery> ask(const NewCompanyQuestion& question, const events::Actor& actor);
  // Errors: not_found.
  Result<CompanyQuery> find(const Id& id);
  Result<Listed<CompanyQuery>> list(const CompanyQueryFilter& filter) { return ports_.store.company_queries(filter); }

  // What the node holds; names and numbers that contain the text. Errors: unavailable.
  struct EnterprisePage {
    alliance::SignedEnterpriseHead head;
    std::vector<alliance::ListedEnterprisePtr> items;
    std::uint64_t total = 0;
  };
  Result<EnterprisePage> enterprises(const ListQuery& page) const;

  const CompanyBook& book() const { return book_; }
  // No step of the list is taken while this is held: for what is matched now and followed from now on. Taken before a
  // transaction, never inside one.
  [[nodiscard]] std::unique_lock<std::mutex> hold_still() { return std::unique_lock(stepping_); }
  // "C-2027-000001". Joins the caller's transaction.
  Result<std::string> next_number(std::string_view kind, int width);

 private:
  const CompanyPorts ports_;
  std::vector<ListFollower> followers_;
  std::mutex stepping_;
  CompanyBook book_;
};

// A number and nothing else is what an event tells.
events::Event company_event(const char* kind, const events::Actor& actor, const std::string& number, const Id& id,
                            TimeMs now_ms);

}  // namespace probity::screening
