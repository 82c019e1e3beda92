// The database of a workspace: connections by thread, transactions that nest by joining, and the schema.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/transactions.h"
#include "store/backend.h"
#include "store/guard.h"

namespace probity::store {

// Thread-safe. Connections are lent to threads for a transaction or a single statement and kept for the next.
class Database final : public Transactions {
 public:
  // Connects and brings the schema up to date.
  // Errors: unsupported when a newer Probity made it; storage; corrupt; conflict.
  static Result<std::unique_ptr<Database>> open(std::unique_ptr<Backend> backend);
  static Result<std::unique_ptr<Database>> open_sqlite(const std::string& path);
  ~Database() override;

  Result<void> write(const std::function<Result<void>()>& work) override;
  Result<void> read(const std::function<Result<void>()>& work) override;

  // Runs `work(soci::session&)`, which returns a Result, on the connection of this thread's transaction, or on any when
  // there is none. What SOCI throws becomes an Error without the values that were bound.
  template <class Work>
  auto run(Work&& work) {
    const Lease lease(*this);
    return guarded(*backend_, [&] { return work(lease.session()); });
  }

 private:
  class Lease {
   public:
    explicit Lease(Database& database);
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();
    // Throws what the backend understands when no connection can be made; for use under guarded().
    soci::session& session() const;

   private:
    Database& database_;
    mutable std::unique_ptr<soci::session> borrowed_;
  };

  explicit Database(std::unique_ptr<Backend> backend);
  Result<void> migrate();
  Result<void> transaction(const char* begin, const std::function<Result<void>()>& work);
  std::unique_ptr<soci::session> borrow();
  void give_back(std::unique_ptr<soci::session> session);

  std::unique_ptr<Backend> backend_;
  std::mutex idle_mutex_;
  std::vector<std::unique_ptr<soci::session>> idle_;
  // Writers of this process queue here instead of polling the database's lock.
  std::mutex write_mutex_;
};

}  // namespace probity::store
