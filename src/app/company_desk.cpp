#include "app/company_desk.h"

#include "accounts/directory.h"
#include "http/routes/screening_companies.h"
#include "jobs/runner.h"
#include "outbox/message.h"
#include "screening/batch_screening.h"
#include "screening/company_hits.h"
#include "screening/watch.h"
#include "store/screening_batches.h"
#include "store/screening_companies.h"
#include "store/screening_persons.h"
#include "store/screening_watches.h"

namespace probity::app {
namespace {

class NoQueue final : public jobs::Queue {
 public:
  Result<Id> enqueue(const jobs::JobRequest&) override {
    return fail(ErrorCode::unsupported, "files are screened by a running node, or by `probity screen batch`");
  }
};

// That something changed, and where to look: no name leaves the node by mail.
class Mails final : public screening::WatchMails {
 public:
  explicit Mails(const CompanyDeskPorts& ports) : ports_(ports) {}
  Result<void> tell(const Id& account, std::size_t) override {
    if (ports_.mails == nullptr || ports_.accounts == nullptr) return {};
    TRY_ASSIGN(const auto found, ports_.accounts->find(account));
    if (!found || found->email.empty()) return {};
    outbox::Message message;
    message.to = found->email;
    message.to_name = found->name;
    message.kind = "watch.changed";
    message.subject = "A partner that you watch has changed 您关注的合作方有变化";
    message.text =
        "What the alliance's list says of a partner that you watch has changed. Sign in to see it.\n\n"
        "联盟名单中与您关注的合作方有关的记录发生了变化，请登录查看。\n";
    message.link = ports_.public_url + "/screening/watches";
    return ports_.mails->enqueue(message).map([](const Id&) {});
  }

 private:
  const CompanyDeskPorts ports_;
};

class OpenCompanyDesk final : public CompanyDesk {
 public:
  explicit OpenCompanyDesk(const CompanyDeskPorts& ports)
      : store_(ports.database),
        batch_store_(ports.database),
        watch_store_(ports.database),
        files_(ports.workspace_folder + "/screening"),
        mails_(ports),
        hit_store_(ports.database),
        hits_({hit_store_, ports.log_book, ports.events, ports.clock, ports.random}),
        companies_({store_, ports.database, ports.membership, ports.log_book, ports.events, ports.clock, ports.random,
                    &hits_}),
        watches_({watch_store_, companies_, ports.database, ports.events, ports.clock, ports.random, &mails_}),
        batches_({batch_store_, files_, companies_, ports.database, ports.jobs != nullptr ? *ports.jobs : no_queue_,
                  ports.log_book, ports.events, ports.clock, ports.random}) {}

  Result<void> start() {
    companies_.follow([this](const screening::ListStep& step) { return hits_.follow(step); });
    TRY(companies_.start());
    return watches_.start();
  }
  void add_routes(http::Router& router, http::routes::Guard& guard) override {
    http::routes::add_company_routes(router, guard, companies_);
    http::routes::add_batch_routes(router, guard, batches_);
    http::routes::add_watch_routes(router, guard, watches_, batches_);
  }
  Result<void> turn() override { return companies_.refresh(); }
  void register_jobs(jobs::Runner& runner) override {
    runner.register_kind(screening::kScreenPartnersJob, [this](jobs::JobContext& context) -> Result<void> {
      const auto batch = context.job().request.subject;
      if (!batch) return fail(ErrorCode::corrupt, "a job does not say which file it is about");
      return batches_.work(*batch, context);
    });
  }
  screening::CompanyScreening& companies() override { return companies_; }
  screening::BatchScreening& batches() override { return batches_; }
  screening::WatchService& watches() override { return watches_; }

 private:
  NoQueue no_queue_;
  store::ScreeningCompanyStore store_;
  store::ScreeningBatchStore batch_store_;
  store::ScreeningWatchStore watch_store_;
  store::BatchFolder files_;
  Mails mails_;
  store::SqlPersonStore hit_store_;
  screening::ListedCompanyHits hits_;
  screening::CompanyScreening companies_;
  screening::WatchService watches_;
  screening::BatchScreening batches_;
};

}  // namespace

Result<std::unique_ptr<CompanyDesk>> CompanyDesk::open(const CompanyDeskPorts& ports) {
  auto desk = std::make_unique<OpenCompanyDesk>(ports);
  TRY(desk->start());
  return std::unique_ptr<CompanyDesk>(std::move(desk));
}

}  // namespace probity::app
