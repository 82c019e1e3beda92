#include "app/hub_board.h"

#include <algorithm>
#include <atomic>

#include "app/bulletin_pictures.h"
#include "app/listed_companies.h"
#include "bulletins/board.h"
#include "bulletins/pictures.h"
#include "bulletins/rules.h"
#include "http/routes/hub_bulletins.h"
#include "http/routes/signed_calls.h"
#include "store/bulletin_desk_store.h"
#include "store/bulletins_store.h"

namespace probity::app {
namespace {

constexpr TimeMs kPauseMs = 5'000;

class HubMembers final : public bulletins::Members {
 public:
  explicit HubMembers(alliance::HubStore& hub) : hub_(hub) {}
  Result<std::vector<bulletins::MemberName>> members() override {
    TRY_ASSIGN(const auto entries, hub_.members());
    std::vector<bulletins::MemberName> names;
    for (const alliance::RollEntry& entry : entries) names.push_back({entry.member, entry.name, entry.suspended});
    return names;
  }

 private:
  alliance::HubStore& hub_;
};

Id id_of(const oprf::PublicIdentity& identity) {
  const Hash hash = sha256(identity);
  Id id;
  std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

class RunningBoard final : public HubBoard {
 public:
  RunningBoard(const HubBoardPorts& ports, std::unique_ptr<BulletinPictures> pictures)
      : ports_(ports),
        pictures_(std::move(pictures)),
        store_(ports.database),
        training_store_(ports.database),
        members_(ports.hub),
        listings_([&publisher = ports.enterprises] { return publisher.current(); }),
        board_({store_, ports.database, ports.log_book, members_, listings_, *pictures_, bulletins::picture_cleaner(),
                ports.clock, ports.random}),
        trainings_({training_store_, ports.database, members_, ports.clock, ports.random}) {}

  void add_routes(http::Router& router) override {
    http::routes::add_hub_bulletin_routes(router, services(), [this](http::routes::BoardHandler handler) {
      return http::routes::signed_only(
          ports_.gate, [handler = std::move(handler)](const http::Request& request, const alliance::Party& party) {
            return handler(request, bulletins::Reader{party.member, party.account, false});
          });
    });
  }
  std::unique_ptr<bulletins::HubCaller> own_caller() override { return http::routes::own_board_caller(services()); }

  Result<void> tick() override {
    const TimeMs now_ms = ports_.clock.now_ms();
    if (std::abs(now_ms - ticked_ms_.load()) < kPauseMs) return {};
    ticked_ms_ = now_ms;
    return board_.tick().map([](std::size_t) {});
  }

 private:
  http::routes::BoardServices services() { return {board_, trainings_, ports_.name, id_of(ports_.identity)}; }

  const HubBoardPorts ports_;
  std::unique_ptr<BulletinPictures> pictures_;
  store::BulletinStore store_;
  store::SqlTrainingStore training_store_;
  HubMembers members_;
  ListedCompanies listings_;
  bulletins::Board board_;
  bulletins::Trainings trainings_;
  std::atomic<TimeMs> ticked_ms_ = 0;
};

}  // namespace

Result<std::unique_ptr<HubBoard>> HubBoard::open(const HubBoardPorts& ports) {
  TRY_ASSIGN(auto pictures, BulletinPictures::open(ports.folder + "/board-pictures"));
  return std::unique_ptr<HubBoard>(std::make_unique<RunningBoard>(ports, std::move(pictures)));
}

}  // namespace probity::app
