#include "app/node.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <condition_variable>
#include <filesystem>
#include <thread>

#include "accounts/qr.h"
#include "app/alliance_desk.h"
#include "app/bulletin_desk.h"
#include "app/member_desk.h"
#include "app/node_jobs.h"
#include "app/node_log.h"
#include "app/pages.h"
#include "app/records.h"
#include "app/routes.h"
#include "app/running_log.h"
#include "app/sample.h"
#include "events/live.h"
#include "http/access_log.h"
#include "http/health.h"
#include "http/metrics.h"
#include "http/routes/screening.h"
#include "http/routes/staff_guard.h"
#include "http/server.h"
#include "jobs/live.h"
#include "jobs/runner.h"
#include "outbox/live.h"
#include "pdf/typeset.h"

namespace probity::app {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kGrace{10'000};
constexpr std::chrono::milliseconds kEventPause{1'000};
constexpr TimeMs kNoticePauseMs = 20'000;
constexpr TimeMs kTidyPauseMs = 60LL * 60 * 1000;
constexpr TimeMs kIdleUploadMs = 7LL * 24 * 60 * 60 * 1000;
constexpr TimeMs kKeepJobsMs = 90LL * 24 * 60 * 60 * 1000;

bool is_loopback(const std::string& address) { return address.starts_with("127.") || address == "::1"; }

http::ServerOptions server_options(const Config& config) {
  http::ServerOptions options;
  options.address = config.listen.address;
  options.port = static_cast<std::uint16_t>(config.listen.port);
  options.certificate_file = config.listen.certificate_file;
  options.key_file = config.listen.key_file;
  options.workers = static_cast<std::size_t>(config.listen.workers);
  options.io_threads = static_cast<std::size_t>(config.listen.io_threads);
  options.trusted_proxies = config.listen.trusted_proxies;
  return options;
}

// Calls what time brings by itself, until it is stopped.
class Clockwork {
 public:
  Clockwork(Records& records, std::function<void(const std::string&)> remark)
      : records_(records), remark_(std::move(remark)), thread_([this] { run(); }) {}
  ~Clockwork() { stop(); }
  Clockwork(const Clockwork&) = delete;
  Clockwork& operator=(const Clockwork&) = delete;

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      lock.unlock();
      turn();
      lock.lock();
      wake_.wait_for(lock, kEventPause, [&] { return stopping_; });
    }
  }

  void turn() {
    const TimeMs now_ms = records_.workspace.clock().now_ms();
    say("webhooks", records_.webhooks.read_events());
    if (std::abs(now_ms - noticed_ms_) >= kNoticePauseMs) {
      noticed_ms_ = now_ms;
      say("notices", records_.notices.tick());
      say("cases", records_.cases.tick());
      say("statements", records_.statements.sealing.tick());
    }
    if (std::abs(now_ms - tidied_ms_) < kTidyPauseMs) return;
    tidied_ms_ = now_ms;
    say("uploads", records_.uploads.forget_idle(now_ms - kIdleUploadMs));
    say("jobs", records_.jobs.forget_finished(now_ms - kKeepJobsMs));
    say("sessions", records_.accounts.sessions.clean());
  }

  template <class Value>
  void say(const char* what, const Result<Value>& outcome) {
    if (!outcome && remark_) remark_(fmt::format("{}: {}", what, outcome.error().message));
  }

  Records& records_;
  std::function<void(const std::string&)> remark_;
  TimeMs noticed_ms_ = 0, tidied_ms_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

class RunningNode final : public Node {
 public:
  explicit RunningNode(std::unique_ptr<Workspace> workspace) : workspace_(std::move(workspace)) {}
  ~RunningNode() override { stop(); }

  Result<void> start(const Config& config, const NodeOptions& options) {
    TRY_ASSIGN(records_, Records::open(*workspace_, config, public_url_of(config, config.listen.port)));
    TRY_ASSIGN(http::Handler pages, page_handler(options.pages_folder));
    runner_ = std::make_unique<jobs::Runner>(records_->jobs, runner_options(config, options));
    register_jobs(*runner_, *records_);
    feed_ = std::make_unique<events::LiveFeed>(std::vector{events::activity_source(records_->events),
                                                           jobs::job_source(records_->job_store()),
                                                           outbox::mail_source(records_->outbox_store())});
    job_listener_ = records_->jobs.listeners().add([this] { feed_->wake(); });
    log_ = std::make_unique<RunningLog>(RunningLogPorts{records_->log_place, records_->log_book, workspace_->clock(),
                                                        workspace_->random(), public_url_of(config, config.listen.port),
                                                        workspace_->id(), records_->seal.stamper(), options.remark});
    add_node_routes(router_, *records_, *feed_, metrics_, std::move(pages), [this] { return log_->status(); });
    TRY_ASSIGN(alliance_, AllianceDesk::open({workspace_->folder(), workspace_->database(), records_->log_book,
                                              config.mail, public_url_of(config, config.listen.port),
                                              workspace_->clock(), workspace_->random(), options.remark}));
    TRY_ASSIGN(member_,
               MemberDesk::open({workspace_->folder(), workspace_->database(), records_->log_book, records_->events,
                                 workspace_->derived_key(kMemberSecret), workspace_->clock(), workspace_->random(),
                                 options.remark, &records_->jobs, runner_.get(), &records_->outbox,
                                 &records_->accounts.directory, public_url_of(config, config.listen.port)}));
    member_guard_ = std::make_unique<http::routes::StaffGuard>(records_->accounts);
    if (alliance_) alliance_->add_routes(router_, *member_guard_);
    if (member_) member_->add_routes(router_, *member_guard_);
    TRY(open_bulletins(config, options));
    if (!member_)
      http::routes::add_membership_route(router_, *member_guard_, [] { return std::string(R"({"member":false})"); });
    access_log_ = open_access_log(config.access_log, options.remark);
    http::ServerOptions server = server_options(config);
    if (access_log_) server.access_log = [this](const http::AccessEntry& entry) { access_log_->record(entry); };
    TRY_ASSIGN(server_, http::Server::start(router_, std::move(server)));
    http::add_server_metrics(metrics_, [this] { return server_->stats(); });
    url_ = public_url_of(config, server_->port());
    if (options.sample) TRY(make_sample_accounts(*records_));
    if (options.sample) TRY(queue_sample(*records_));
    runner_->start();
    clockwork_ = std::make_unique<Clockwork>(*records_, options.remark);
    // The first document would wait for the list of fonts otherwise.
    font_check_ = std::thread([remark = options.remark] {
      const auto fonts = pdf::check_fonts();
      if (!fonts && remark) remark(fonts.error().message);
    });
    return {};
  }

  std::string url() const override { return url_; }
  std::string setup_link() const override {
    const auto path = records_->accounts.directory.setup_path();
    return path && !path->empty() ? url_ + *path : std::string();
  }

  void stop() override {
    if (font_check_.joinable()) font_check_.join();
    if (clockwork_) clockwork_->stop();
    if (server_) server_->stop(kGrace);
    if (runner_) runner_->stop();
    log_.reset();
    job_listener_.reset();
    if (feed_) feed_->stop();
  }

 private:
  // A member's node asks its hub; the hub's own asks itself.
  Result<void> open_bulletins(const Config& config, const NodeOptions& options) {
    std::unique_ptr<bulletins::HubCaller> board;
    if (member_)
      board = caller_of(member_->membership());
    else if (alliance_)
      board = alliance_->board_caller();
    std::function<Result<alliance::HeldEnterprises>()> listed;
    if (member_) listed = [this] { return member_->enterprises(); };
    TRY_ASSIGN(bulletins_, BulletinDesk::open(
                               {workspace_->folder(), public_url_of(config, config.listen.port), workspace_->database(),
                                records_->accounts.directory, records_->outbox, workspace_->clock(),
                                workspace_->random(), options.remark, member_ != nullptr, std::move(listed)},
                               std::move(board)));
    bulletins_->add_routes(router_, *member_guard_);
    return {};
  }
  static jobs::RunnerOptions runner_options(const Config& config, const NodeOptions& options) {
    jobs::RunnerOptions runner;
    runner.workers = config.job_workers;
    runner.on_error = [remark = options.remark](const Error& error) {
      if (remark) remark("jobs: " + error.message);
    };
    return runner;
  }

  std::unique_ptr<Workspace> workspace_;
  std::unique_ptr<Records> records_;
  std::unique_ptr<RunningLog> log_;
  std::unique_ptr<events::LiveFeed> feed_;
  std::shared_ptr<void> job_listener_;
  std::unique_ptr<jobs::Runner> runner_;
  std::unique_ptr<AllianceDesk> alliance_;
  std::unique_ptr<http::routes::StaffGuard> member_guard_;
  std::unique_ptr<MemberDesk> member_;
  std::unique_ptr<BulletinDesk> bulletins_;  // speaks through one of them
  http::Metrics metrics_;
  http::Router router_;
  std::unique_ptr<http::AccessLog> access_log_;
  std::unique_ptr<http::Server> server_;
  std::unique_ptr<Clockwork> clockwork_;
  std::thread font_check_;
  std::string url_;
};

}  // namespace

Result<std::unique_ptr<Node>> Node::open(const Config& config, const NodeOptions& options) {
  if (options.sample && !is_loopback(config.listen.address))
    return fail(ErrorCode::invalid_argument, "the sample's passwords are known to everybody",
                "serve it on 127.0.0.1 only");
  std::error_code error;
  if (!fs::exists(fs::path(options.folder) / "workspace.json", error)) TRY(Workspace::init(options.folder));
  TRY_ASSIGN(auto workspace, Workspace::open(options.folder));
  auto node = std::make_unique<RunningNode>(std::move(workspace));
  TRY(node->start(config, options));
  return std::unique_ptr<Node>(std::move(node));
}

}  // namespace probity::app
