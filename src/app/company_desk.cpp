#include "app/company_desk.h"

#include "http/routes/screening_companies.h"
#include "screening/company_screening.h"
#include "store/screening_companies.h"

namespace probity::app {
namespace {

class OpenCompanyDesk final : public CompanyDesk {
 public:
  explicit OpenCompanyDesk(const CompanyDeskPorts& ports)
      : store_(ports.database),
        companies_(
            {store_, ports.database, ports.membership, ports.log_book, ports.events, ports.clock, ports.random}) {}

  Result<void> start() { return companies_.start(); }
  void add_routes(http::Router& router, http::routes::Guard& guard) override {
    http::routes::add_company_routes(router, guard, companies_);
  }
  Result<void> turn() override { return companies_.refresh(); }

 private:
  store::ScreeningCompanyStore store_;
  screening::CompanyScreening companies_;
};

}  // namespace

Result<std::unique_ptr<CompanyDesk>> CompanyDesk::open(const CompanyDeskPorts& ports) {
  auto desk = std::make_unique<OpenCompanyDesk>(ports);
  TRY(desk->start());
  return std::unique_ptr<CompanyDesk>(std::move(desk));
}

}  // namespace probity::app
