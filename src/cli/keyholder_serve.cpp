// probity keyholder serve: the process that answers members, with its own log, keys and counts.
#include "cli/keyholder.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "alliance/keyholder.h"
#include "app/config.h"
#include "app/node_log.h"
#include "base/random.h"
#include "http/health.h"
#include "http/metrics.h"
#include "http/routes/keyholder.h"
#include "http/server.h"
#include "store/alliance_keyholder.h"

namespace probity::cli {
namespace {

constexpr std::chrono::milliseconds kGrace{5'000};
constexpr std::chrono::milliseconds kPause{100};
constexpr auto kLook = std::chrono::seconds(1);        // at changed files
constexpr auto kSaveCounts = std::chrono::seconds(5);  // what a crash may forget of the day's counts

// No core file: it would hold the share.
void forbid_core_files() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
}

Result<void> load(const store::KeyHolderFolder& folder, alliance::KeyHolder& holder) {
  TRY_ASSIGN(auto keys, folder.keys());
  for (alliance::HeldKey& key : keys) TRY(holder.hold(std::move(key)));
  TRY_ASSIGN(auto roll, folder.roll());
  holder.set_roll(std::move(roll));
  return {};
}

Result<http::ServerOptions> server_options(const KeyHolderServeOptions& options) {
  app::Config config;
  TRY(app::set_listen(config, options.listen));
  http::ServerOptions server;
  server.address = config.listen.address;
  server.port = static_cast<std::uint16_t>(config.listen.port);
  server.certificate_file = options.certificate_file;
  server.key_file = options.key_file;
  server.workers = options.workers != 0 ? options.workers : std::max(1U, std::thread::hardware_concurrency());
  server.io_threads = 1;
  server.most_header_bytes = 4 << 10;
  return server;
}

// Until somebody asks to stop: takes up what others write into the folder, and keeps the day's counts.
void attend(Terminal& terminal, const store::KeyHolderFolder& folder, alliance::KeyHolder& holder) {
  using std::chrono::steady_clock;
  std::string state = folder.state();
  auto looked = steady_clock::now();
  auto saved = looked;
  const auto save = [&] {
    const auto written = folder.save_quota_day(holder.quotas().day());
    if (!written) terminal.note("probity: " + written.error().message);
  };
  while (!interrupted()) {
    std::this_thread::sleep_for(kPause);
    const auto now = steady_clock::now();
    if (now - saved >= kSaveCounts) {
      save();
      saved = now;
    }
    if (now - looked < kLook) continue;
    looked = now;
    const std::string current = folder.state();
    if (current == state) continue;
    const auto loaded = load(folder, holder);
    if (loaded) state = current;
    if (!loaded) terminal.note("probity: " + loaded.error().message);
  }
  save();
}

}  // namespace

Result<void> run_keyholder_serve(Terminal& terminal, const KeyHolderServeOptions& options) {
  forbid_core_files();
  init_crypto();
  TRY_ASSIGN(const auto folder, store::KeyHolderFolder::open(options.data));
  SystemClock clock;
  SystemRandom random;
  alliance::KeyHolder holder(folder.identity(), clock, random);
  TRY(load(folder, holder));
  TRY_ASSIGN(const auto day, folder.quota_day());
  holder.quotas().restore(day);

  http::Metrics metrics;
  http::Router router;
  router.use(http::measure_requests(metrics));
  std::unique_ptr<RollWatch> roll_watch;
  if (!options.hub_url.empty()) {
    TRY_ASSIGN(roll_watch, RollWatch::start(terminal, options));
  }
  http::routes::add_keyholder_routes(router, holder, folder.card().name,
                                     [&] { return roll_watch ? roll_watch->status_json() : std::string(); });
  http::routes::add_keyholder_metrics(metrics, holder);
  http::add_process_metrics(metrics);
  http::HealthOptions health;
  health.checks.push_back({"keys", [&]() -> Result<void> {
                             if (holder.keys().empty()) return fail(ErrorCode::unavailable, "there is no key in use");
                             return {};
                           }});
  http::add_health_routes(router, metrics, std::move(health));

  const auto log = app::open_access_log(options.access_log.value_or(options.data + "/access.log"),
                                        [&](const std::string& text) { terminal.note("probity: " + text); });
  TRY_ASSIGN(http::ServerOptions server_settings, server_options(options));
  if (log) server_settings.access_log = [&](const http::AccessEntry& entry) { log->record(entry); };
  const std::string address = server_settings.address;
  TRY_ASSIGN(const auto server, http::Server::start(router, std::move(server_settings)));
  http::add_server_metrics(metrics, [&] { return server->stats(); });
  const std::string url =
      fmt::format("http{}://{}:{}", options.certificate_file.empty() ? "" : "s", address, server->port());
  terminal.line(
      terminal.words()("Key-holder “{}” answers on {}", "密钥持有方“{}”正在服务：{}", folder.card().name, url));
  terminal.document({{"url", url}, {"keys", holder.keys().size()}, {"members", holder.member_count()}});
  attend(terminal, folder, holder);
  server->stop(kGrace);
  return {};
}

}  // namespace probity::cli
