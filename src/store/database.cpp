#include "store/database.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "store/migrations.h"
#include "store/soci.h"

namespace probity::store {
namespace {

constexpr std::size_t kMostIdleConnections = 32;

// The connection that this thread's open transaction runs on, by database.
thread_local std::unordered_map<const Database*, soci::session*> open_transactions;

soci::session* open_transaction(const Database* database) {
  const auto found = open_transactions.find(database);
  return found == open_transactions.end() ? nullptr : found->second;
}

void roll_back(soci::session& session) {
  try {
    session << "ROLLBACK";
  } catch (const std::exception&) {
    // A full disk has rolled back already; the error that brought us here is the one to tell.
  }
}

}  // namespace

Database::Lease::Lease(Database& database) : database_(database) {}

soci::session& Database::Lease::session() const {
  if (soci::session* open = open_transaction(&database_)) return *open;
  if (!borrowed_) borrowed_ = database_.borrow();
  return *borrowed_;
}

Database::Lease::~Lease() {
  if (borrowed_) database_.give_back(std::move(borrowed_));
}

Database::Database(std::unique_ptr<Backend> backend) : backend_(std::move(backend)) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open_sqlite(const std::string& path) {
  TRY_ASSIGN(auto backend, sqlite_backend(path));
  return open(std::move(backend));
}

Result<std::unique_ptr<Database>> Database::open(std::unique_ptr<Backend> backend) {
  std::unique_ptr<Database> database(new Database(std::move(backend)));
  TRY(database->migrate());
  return database;
}

std::unique_ptr<soci::session> Database::borrow() {
  {
    const std::lock_guard lock(idle_mutex_);
    if (!idle_.empty()) {
      auto session = std::move(idle_.back());
      idle_.pop_back();
      return session;
    }
  }
  return backend_->connect();
}

void Database::give_back(std::unique_ptr<soci::session> session) {
  const std::lock_guard lock(idle_mutex_);
  if (idle_.size() < kMostIdleConnections) idle_.push_back(std::move(session));
}

Result<void> Database::write(const std::function<Result<void>()>& work) {
  if (open_transaction(this) != nullptr) return work();
  const std::lock_guard lock(write_mutex_);
  return transaction(backend_->begin_write(), work);
}

Result<void> Database::read(const std::function<Result<void>()>& work) {
  if (open_transaction(this) != nullptr) return work();
  return transaction("BEGIN", work);
}

Result<void> Database::transaction(const char* begin, const std::function<Result<void>()>& work) {
  std::unique_ptr<soci::session> session;
  const auto run_statement = [&](const char* statement) {
    return guarded(*backend_, [&]() -> Result<void> {
      if (!session) session = borrow();
      *session << statement;
      return {};
    });
  };
  TRY(run_statement(begin));
  open_transactions[this] = session.get();
  Result<void> outcome;
  try {
    outcome = work();
  } catch (...) {  // the wall stands further out; the transaction must not outlive the work
    open_transactions.erase(this);
    roll_back(*session);
    throw;
  }
  open_transactions.erase(this);
  if (outcome) outcome = run_statement("COMMIT");
  if (!outcome) roll_back(*session);
  give_back(std::move(session));
  return outcome;
}

Result<void> Database::migrate() {
  const std::vector<Migration> known = migrations();
  const auto applied_now = [&] {
    return run([](soci::session& session) -> Result<std::vector<std::string>> {
      std::vector<std::string> names;
      soci::rowset<std::string> rows = (session.prepare << "SELECT name FROM schema_migrations");
      for (const std::string& name : rows) names.push_back(name);
      return names;
    });
  };
  const auto create_table = [&] {
    return run([](soci::session& session) -> Result<void> {
      session << "CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY)";
      return {};
    });
  };
  const auto is_known = [&](const std::string& name) {
    return std::any_of(known.begin(), known.end(), [&](const Migration& migration) { return migration.name == name; });
  };
  // Reading first: whoever opens a workspace that is up to date needs no turn to write.
  if (!applied_now()) TRY(write([&] { return create_table(); }));
  TRY_ASSIGN(const auto before, applied_now());
  for (const std::string& name : before)
    if (!is_known(name))
      return fail(ErrorCode::unsupported,
                  fmt::format("this workspace was written by a newer Probity (its schema has {})", name),
                  "use the newer program");
  if (before.size() == known.size()) return {};
  return write([&]() -> Result<void> {
    TRY_ASSIGN(const auto applied, applied_now());  // another process may have been first
    for (const Migration& migration : known) {
      const std::string name(migration.name);
      if (std::find(applied.begin(), applied.end(), name) != applied.end()) continue;
      TRY(run([&](soci::session& session) -> Result<void> {
        for (const std::string_view statement : migration.statements) session << std::string(statement);
        session << "INSERT INTO schema_migrations (name) VALUES (:name)", soci::use(name);
        return {};
      }));
    }
    return {};
  });
}

}  // namespace probity::store
