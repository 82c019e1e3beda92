#include "app/workspace.h"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "copies/keys.h"
#include "copies/payload.h"
#include "store/file.h"

namespace probity::app {
namespace {

namespace fs = std::filesystem;

constexpr int kFormatVersion = 1;
constexpr const char* kDescription = "workspace.json";
constexpr const char* kKeyFile = "keys/master.key";
constexpr const char* kDatabase = "probity.db";
constexpr const char* kBlobs = "blobs";
constexpr const char* kLock = "lock";

struct Description {
  Id id;
  std::string key_fingerprint;
};

std::string inside(const std::string& folder, const char* name) { return (fs::path(folder) / name).string(); }

tl::unexpected<Error> corrupt_description(const std::string& folder) {
  return fail(ErrorCode::corrupt, fmt::format("{} is not readable", inside(folder, kDescription)),
              "restore it from a backup");
}

Result<Description> read_description(const std::string& folder) {
  const auto bytes = store::read_file(inside(folder, kDescription), 1 << 20);
  if (!bytes)
    return fail(ErrorCode::not_found, fmt::format("{} is not a workspace", folder),
                "`probity init DIR` makes one; --workspace DIR names one");
  const auto json = nlohmann::json::parse(as_text(*bytes), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("format") || !json["format"].is_number_integer())
    return corrupt_description(folder);
  if (json["format"].get<int>() > kFormatVersion)
    return fail(ErrorCode::unsupported, fmt::format("{} was made by a newer Probity", folder), "use the newer program");
  const auto text_of = [&](const char* field) {
    const auto found = json.find(field);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const auto id = Id::parse(text_of("workspace"));
  if (!id || text_of("key_fingerprint").empty()) return corrupt_description(folder);
  return Description{*id, text_of("key_fingerprint")};
}

Result<SecretKey> read_key(const std::string& folder) {
  SecretKey key;
  auto bytes = store::read_file(inside(folder, kKeyFile), key.view().size());
  if (!bytes || bytes->size() != key.view().size())
    return fail(ErrorCode::not_found, fmt::format("the key {} is missing or not 32 bytes", inside(folder, kKeyFile)),
                "restore it from a backup: without it no copy can be made or traced");
  std::copy(bytes->begin(), bytes->end(), key.writable().begin());
  std::fill(bytes->begin(), bytes->end(), std::uint8_t{0});
  return key;
}

// The register's first entry names the workspace and the key that all later ones were made under.
Result<void> check_belongs(copies::Store& store, const Description& description) {
  TRY_ASSIGN(const auto entries, store.entries(0, 1));
  if (entries.empty() ||
      entries.front().payload != copies::workspace_payload(description.id, description.key_fingerprint))
    return fail(ErrorCode::wrong_workspace, "the database was made in another workspace, or its first entry is gone",
                "restore probity.db from a backup of this workspace");
  return {};
}

// A workspace that is being founded has no copies to make.
class ShutGate final : public copies::MakingGate {
 public:
  Result<void> allow(const copies::Copy&, copies::Purpose) override {
    return fail(ErrorCode::internal, "a workspace without records made a copy");
  }
};

Result<void> found(const std::string& folder) {
  SystemRandom random;
  SystemClock clock;
  SecretKey master;
  random.fill(master.writable());
  const Id id = Id::random(random);
  TRY(store::make_folder(inside(folder, "keys")));
  ::chmod(inside(folder, "keys").c_str(), 0700);
  TRY(store::write_file(inside(folder, kKeyFile), master.view(), {.mode = 0600}));
  TRY_ASSIGN(const auto store, store::SqlStore::open_sqlite(inside(folder, kDatabase)));
  TRY_ASSIGN(const auto blobs, store::FileBlobStore::open(inside(folder, kBlobs)));
  ShutGate gate;
  copies::CopyService service({*store, *blobs, clock, random, gate}, master);
  TRY(service.found_register(id));
  const nlohmann::json description = {{"format", kFormatVersion},
                                      {"workspace", id.text()},
                                      {"key_fingerprint", copies::key_fingerprint(master)},
                                      {"created", to_rfc3339(clock.now_ms())}};
  return store::write_file(inside(folder, kDescription), as_bytes(description.dump(2) + "\n"));
}

}  // namespace

Result<void> Workspace::init(const std::string& folder) {
  std::error_code error;
  if (fs::exists(inside(folder, kDescription), error))
    return fail(ErrorCode::already_exists, fmt::format("{} is a workspace already", folder));
  if (fs::exists(folder, error) && !(fs::is_directory(folder, error) && fs::is_empty(folder, error)))
    return fail(ErrorCode::already_exists, fmt::format("{} is not an empty folder", folder),
                "choose a new folder, or empty it if an earlier `probity init` was interrupted there");
  TRY(store::make_folder(folder));
  ::chmod(folder.c_str(), 0700);
  return found(folder);
}

Result<std::string> Workspace::find(const std::optional<std::string>& given) {
  if (given) return *given;
  const char* variable = std::getenv("PROBITY_WORKSPACE");
  if (variable != nullptr && *variable != '\0') return std::string(variable);
  std::error_code error;
  for (fs::path folder = fs::current_path(error); !error; folder = folder.parent_path()) {
    if (fs::exists(folder / kDescription, error)) return folder.string();
    if (folder == folder.root_path()) break;
  }
  return fail(ErrorCode::not_found, "this is not in a workspace",
              "go into one, name it with --workspace DIR or PROBITY_WORKSPACE, or make one with `probity init DIR`");
}

Result<std::unique_ptr<Workspace>> Workspace::open(const std::string& folder) {
  TRY_ASSIGN(const Description description, read_description(folder));
  TRY_ASSIGN(const SecretKey master, read_key(folder));
  if (copies::key_fingerprint(master) != description.key_fingerprint)
    return fail(ErrorCode::wrong_workspace, fmt::format("the key in {} belongs to another workspace", folder),
                "restore keys/master.key from a backup of this workspace");
  if (!fs::exists(inside(folder, kDatabase)))
    return fail(ErrorCode::not_found, fmt::format("the database {} is missing", inside(folder, kDatabase)),
                "restore it from a backup");
  TRY_ASSIGN(auto database, store::Database::open_sqlite(inside(folder, kDatabase)));
  store::SqlStore store(*database);
  TRY(check_belongs(store, description));
  TRY_ASSIGN(auto blobs, store::FileBlobStore::open(inside(folder, kBlobs)));
  return std::unique_ptr<Workspace>(
      new Workspace(folder, description.id, master, std::move(database), std::move(blobs)));
}

Workspace::Workspace(std::string folder, const Id& id, const SecretKey& master,
                     std::unique_ptr<store::Database> database, std::unique_ptr<store::FileBlobStore> blobs)
    : folder_(std::move(folder)),
      id_(id),
      master_(master),
      database_(std::move(database)),
      store_(*database_),
      blobs_(std::move(blobs)),
      commitments_(*database_),
      deliveries_(*database_),
      log_entries_(*database_, clock_, random_),
      gate_(deliveries_, commitments_, clock_),
      copies_({store_, *blobs_, clock_, random_, gate_, &log_entries_}, master) {}

SecretKey Workspace::derived_key(std::string_view purpose) const {
  return SecretKey(hkdf(master_.view(), as_bytes(purpose)));
}

Result<WorkspaceLock> Workspace::lock_for_writing(const WorkspaceLock::Options& options) {
  TRY_ASSIGN(WorkspaceLock lock, WorkspaceLock::acquire(inside(folder_, kLock), options));
  blobs_->remove_stale_temporaries();
  return lock;
}

std::string operator_name() {
  const passwd* account = ::getpwuid(::geteuid());
  return account != nullptr ? account->pw_name : fmt::format("uid {}", ::geteuid());
}

}  // namespace probity::app
