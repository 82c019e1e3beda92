#include "app/bulletin_desk.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/bulletin_pictures.h"
#include "app/listed_companies.h"
#include "bulletins/pictures.h"
#include "http/routes/bulletins.h"
#include "store/bulletin_desk_store.h"
#include "store/bulletins_received.h"

namespace probity::app {
namespace {

constexpr std::chrono::seconds kTurn{2};
constexpr TimeMs kPauseMs = 10LL * 60 * 1000, kRefreshMs = 60'000;

class MembershipCaller final : public bulletins::HubCaller {
 public:
  explicit MembershipCaller(alliance::Membership& membership) : membership_(membership) {}
  Result<std::string> call(const std::string& method, const std::string& path, const std::string& body,
                           const Id& account) override {
    return membership_.call(method, path, body, account);
  }

 private:
  alliance::Membership& membership_;
};

// As far as this node knows. Before it has the list, or at the hub's own node, nothing is held against a draft here:
// the hub decides.
class KnownListings final : public bulletins::CompanyListings {
 public:
  explicit KnownListings(std::function<Result<alliance::HeldEnterprises>()> held)
      : is_blind_(!held), listed_(std::move(held)) {}
  Result<bool> is_listed(const std::string& name, const std::string& credit_code) override {
    if (is_blind_) return true;
    const auto listed = listed_.is_listed(name, credit_code);
    return listed || listed.error().code != ErrorCode::unavailable ? listed : true;
  }

 private:
  const bool is_blind_;
  ListedCompanies listed_;
};

Result<std::optional<bulletins::Addressee>> addressee(accounts::Directory& accounts, const Id& id) {
  TRY_ASSIGN(const auto account, accounts.find(id));
  if (!account || account->state != accounts::AccountState::active) return std::optional<bulletins::Addressee>();
  return std::optional(bulletins::Addressee{account->email, account->name, account->locale});
}

class RunningDesk final : public BulletinDesk {
 public:
  RunningDesk(const BulletinDeskPorts& ports, std::unique_ptr<bulletins::HubCaller> hub,
              std::unique_ptr<BulletinPictures> pictures, std::unique_ptr<BulletinPictures> received_pictures)
      : ports_(ports),
        hub_(std::move(hub)),
        pictures_(std::move(pictures)),
        received_pictures_(std::move(received_pictures)),
        listings_(ports.enterprises),
        store_(ports.database),
        received_store_(ports.database),
        received_({received_store_, ports.database, *hub_, *received_pictures_, ports.clock}),
        desk_({store_, ports.database, *hub_, listings_, *pictures_, bulletins::picture_cleaner(), ports.outbox,
               [&accounts = ports.accounts](const Id& id) { return addressee(accounts, id); }, ports.public_url,
               ports.clock, ports.random, ports.keep_received ? &received_ : nullptr}),
        thread_([this] { run(); }) {}
  ~RunningDesk() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }

  void add_routes(http::Router& router, http::routes::Guard& guard) override {
    http::routes::add_bulletin_routes(router, guard, {&desk_});
  }

 private:
  // By the node's clock, so that a day that is skipped in a rehearsal is a day here, too.
  void run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      const TimeMs now_ms = ports_.clock.now_ms();
      if (ports_.keep_received && std::abs(now_ms - refreshed_ms_) >= kRefreshMs) {
        refreshed_ms_ = now_ms;
        lock.unlock();
        refresh();
        lock.lock();
      }
      if (std::abs(now_ms - ticked_ms_) >= kPauseMs) {
        ticked_ms_ = now_ms;
        lock.unlock();
        const auto mails = desk_.tick();
        if (!mails && ports_.remark) ports_.remark("bulletins: " + mails.error().message);
        lock.lock();
      }
      wake_.wait_for(lock, kTurn, [&] { return stopping_; });
    }
  }

  // A hub that is silent, or asks for patience, is no trouble of this node.
  void refresh() {
    const auto done = received_.refresh();
    if (!done && done.error().code == ErrorCode::storage && ports_.remark)
      ports_.remark("bulletins: " + done.error().message);
  }

  const BulletinDeskPorts ports_;
  std::unique_ptr<bulletins::HubCaller> hub_;
  std::unique_ptr<BulletinPictures> pictures_, received_pictures_;
  KnownListings listings_;
  store::BulletinDeskStore store_;
  store::ReceivedBulletinStore received_store_;
  bulletins::ReceivedBulletins received_;
  bulletins::Desk desk_;
  TimeMs ticked_ms_ = 0, refreshed_ms_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all the others
};

class NoDesk final : public BulletinDesk {
 public:
  void add_routes(http::Router& router, http::routes::Guard& guard) override {
    http::routes::add_bulletin_routes(router, guard, {});
  }
};

}  // namespace

std::unique_ptr<bulletins::HubCaller> caller_of(alliance::Membership& membership) {
  return std::make_unique<MembershipCaller>(membership);
}

Result<std::unique_ptr<BulletinDesk>> BulletinDesk::open(const BulletinDeskPorts& ports,
                                                         std::unique_ptr<bulletins::HubCaller> hub) {
  if (!hub) return std::unique_ptr<BulletinDesk>(std::make_unique<NoDesk>());
  TRY_ASSIGN(auto pictures, BulletinPictures::open(ports.workspace_folder + "/alliance/draft-pictures"));
  TRY_ASSIGN(auto received, BulletinPictures::open(ports.workspace_folder + "/alliance/received-pictures"));
  return std::unique_ptr<BulletinDesk>(
      std::make_unique<RunningDesk>(ports, std::move(hub), std::move(pictures), std::move(received)));
}

}  // namespace probity::app
