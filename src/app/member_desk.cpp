#include "app/member_desk.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/company_desk.h"
#include "app/filing_desk.h"
#include "app/live_membership.h"
#include "app/member_folder.h"
#include "app/membership_json.h"
#include "app/person_desk.h"
#include "http/routes/screening.h"
#include "screening/company_screening.h"

namespace probity::app {
namespace {

constexpr std::chrono::milliseconds kTurn{1'000};  // an activation is seen within two seconds, the hub's turn included

class RunningMemberDesk final : public MemberDesk {
 public:
  RunningMemberDesk(const MemberDeskPorts& ports, MemberFacts facts, oprf::Identity identity)
      : ports_(ports),
        membership_(std::move(facts), std::move(identity), ports.node_secret, ports.clock, ports.random,
                    MemberFolder(ports.workspace_folder).path()),
        people_(PersonDesk::make({ports_.database, membership_, ports_.log_book, ports_.events, ports_.node_secret,
                                  ports_.clock, ports_.random})),
        companies_(companies_of(ports_, membership_)),
        filings_(filings_of(ports_, membership_)),
        thread_([this] { run(); }) {}
  ~RunningMemberDesk() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }

  alliance::Membership& membership() override { return membership_; }
  Result<alliance::HeldEnterprises> enterprises() override {
    auto held = companies_ ? companies_->companies().book().held() : std::nullopt;
    if (!held) return fail(ErrorCode::unavailable, "this node has no list of companies yet");
    return std::move(*held);
  }
  void add_routes(http::Router& router, http::routes::Guard& guard) override {
    http::routes::add_membership_route(router, guard, [this] { return membership_json(membership_); });
    people_->add_routes(router, guard);
    if (companies_) companies_->add_routes(router, guard);
    if (filings_) filings_->add_routes(router, guard);
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      lock.unlock();
      turn();
      lock.lock();
      wake_.wait_for(lock, kTurn, [&] { return stopping_; });
    }
  }
  void turn() {
    say(membership_.refresh());
    say(membership_.check_log(), said_of_log_);
    say(hear_of_changes(), said_of_changes_);
    say(people_->turn(), said_of_people_);
    if (companies_) say(companies_->turn(), said_of_companies_);
    if (filings_) say(filings_->tick(), said_of_filings_);
  }
  // Whatever changed where this node had looked reaches every hit that was found there; then the hub may forget it.
  Result<void> hear_of_changes() {
    TRY_ASSIGN(const auto notices, membership_.notices());
    for (const alliance::ChangeNotice& notice : notices) {
      TRY(people_->take_notice(notice));
      TRY(membership_.take_notice(notice.id));
    }
    return {};
  }
  // Without them the rest works all the same.
  static std::unique_ptr<CompanyDesk> companies_of(const MemberDeskPorts& ports, alliance::Membership& membership) {
    auto opened =
        CompanyDesk::open({ports.workspace_folder, ports.database, membership, ports.log_book, ports.events,
                           ports.clock, ports.random, ports.jobs, ports.mails, ports.accounts, ports.public_url});
    if (opened && ports.runner != nullptr) (*opened)->register_jobs(*ports.runner);
    if (!opened && ports.remark) ports.remark("companies: " + opened.error().message);
    return opened ? std::move(*opened) : nullptr;
  }

  static std::unique_ptr<FilingDesk> filings_of(const MemberDeskPorts& ports, alliance::Membership& membership) {
    auto identity = MemberFolder(ports.workspace_folder).identity();
    auto opened =
        identity
            ? FilingDesk::open({ports.workspace_folder, ports.database, ports.events, membership, std::move(*identity),
                                "", ports.clock, ports.random, cases_for_filings(ports.database)})
            : tl::unexpected<Error>(identity.error());
    if (!opened && ports.remark) ports.remark("filings: " + opened.error().message);
    return opened ? std::move(*opened) : nullptr;
  }

  // Each trouble once, until it is over.
  void say(const Result<void>& outcome) { say(outcome, said_); }
  void say(const Result<void>& outcome, std::string& said) {
    const std::string text = outcome ? std::string() : outcome.error().message;
    if (!text.empty() && text != said && ports_.remark) ports_.remark("alliance: " + text);
    said = text;
  }

  const MemberDeskPorts ports_;
  LiveMembership membership_;
  std::unique_ptr<PersonDesk> people_;
  std::unique_ptr<CompanyDesk> companies_;
  std::unique_ptr<FilingDesk> filings_;
  std::string said_, said_of_log_, said_of_changes_, said_of_people_, said_of_companies_, said_of_filings_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all the others
};

}  // namespace

Result<std::unique_ptr<MemberDesk>> MemberDesk::open(const MemberDeskPorts& ports) {
  const MemberFolder folder(ports.workspace_folder);
  if (!folder.exists()) return std::unique_ptr<MemberDesk>();
  TRY_ASSIGN(MemberFacts facts, folder.facts());
  TRY_ASSIGN(oprf::Identity identity, folder.identity());
  return std::unique_ptr<MemberDesk>(std::make_unique<RunningMemberDesk>(ports, std::move(facts), std::move(identity)));
}

}  // namespace probity::app
