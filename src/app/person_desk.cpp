#include "app/person_desk.h"

#include "http/routes/screening.h"
#include "store/screening_persons.h"

namespace probity::app {
namespace {

constexpr TimeMs kReportEveryMs = 5'000;

class Desk final : public PersonDesk {
 public:
  explicit Desk(const PersonDeskPorts& ports)
      : clock_(ports.clock),
        store_(ports.database),
        ports_{store_,       ports.database, ports.membership, ports.log_book,
               ports.events, ports.clock,    ports.random,     ports.secret},
        people_(ports_),
        hits_(ports_) {}

  screening::PersonScreening& people() override { return people_; }
  screening::HitService& hits() override { return hits_; }
  void add_routes(http::Router& router, http::routes::Guard& guard) override {
    const http::routes::ScreeningRoutes services{people_, hits_, clock_};
    http::routes::add_screening_routes(router, guard, services);
    http::routes::add_hit_routes(router, guard, services);
  }
  Result<void> take_notice(const alliance::ChangeNotice& notice) override {
    return hits_.take_notice(notice).map([](std::size_t) {});
  }
  Result<void> turn() override {
    const TimeMs now_ms = clock_.now_ms();
    if (std::abs(now_ms - reported_ms_) < kReportEveryMs) return {};
    reported_ms_ = now_ms;
    return people_.report_consents();
  }

 private:
  Clock& clock_;
  store::SqlPersonStore store_;
  const screening::Ports ports_;
  screening::PersonScreening people_;
  screening::HitService hits_;
  TimeMs reported_ms_ = 0;
};

}  // namespace

std::unique_ptr<PersonDesk> PersonDesk::make(const PersonDeskPorts& ports) { return std::make_unique<Desk>(ports); }

}  // namespace probity::app
