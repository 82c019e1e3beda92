#include "app/bulletin_desk.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/bulletin_pictures.h"
#include "bulletins/pictures.h"
#include "http/routes/bulletins.h"
#include "store/bulletin_desk_store.h"

namespace probity::app {
namespace {

constexpr std::chrono::seconds kTurn{2};
constexpr TimeMs kPauseMs = 10LL * 60 * 1000;

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

// The hub knows the list, and decides: a draft that accuses is not held back by what this node may not have heard of.
class HubDecides final : public bulletins::CompanyListings {
 public:
  Result<bool> is_listed(const std::string&, const std::string&) override { return true; }
};

Result<std::optional<bulletins::Addressee>> addressee(accounts::Directory& accounts, const Id& id) {
  TRY_ASSIGN(const auto account, accounts.find(id));
  if (!account || account->state != accounts::AccountState::active) return std::optional<bulletins::Addressee>();
  return std::optional(bulletins::Addressee{account->email, account->name, account->locale});
}

class RunningDesk final : public BulletinDesk {
 public:
  RunningDesk(const BulletinDeskPorts& ports, std::unique_ptr<bulletins::HubCaller> hub,
              std::unique_ptr<BulletinPictures> pictures)
      : ports_(ports),
        hub_(std::move(hub)),
        pictures_(std::move(pictures)),
        store_(ports.database),
        desk_({store_, ports.database, *hub_, listings_, *pictures_, bulletins::picture_cleaner(), ports.outbox,
               [&accounts = ports.accounts](const Id& id) { return addressee(accounts, id); }, ports.public_url,
               ports.clock, ports.random}),
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

  const BulletinDeskPorts ports_;
  std::unique_ptr<bulletins::HubCaller> hub_;
  std::unique_ptr<BulletinPictures> pictures_;
  HubDecides listings_;
  store::BulletinDeskStore store_;
  bulletins::Desk desk_;
  TimeMs ticked_ms_ = 0;
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
  return std::unique_ptr<BulletinDesk>(std::make_unique<RunningDesk>(ports, std::move(hub), std::move(pictures)));
}

}  // namespace probity::app
