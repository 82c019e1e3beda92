#include "app/filing_desk.h"

#include <algorithm>
#include <cstdlib>

#include "filings/service.h"
#include "http/routes/filings.h"
#include "http/routes/ombudsman.h"
#include "store/file_blob_store.h"
#include "store/filings_store.h"
#include "store/ombudsman_store.h"

namespace probity::app {
namespace {

constexpr TimeMs kTurnMs = 5'000;  // between two looks at the hub

struct NoCases final : filings::CaseBook {
  Result<std::optional<filings::CaseFacts>> find(const Id&) override { return std::optional<filings::CaseFacts>(); }
};

class WorkspaceBlobs final : public filings::Blobs {
 public:
  explicit WorkspaceBlobs(std::unique_ptr<store::FileBlobStore> blobs) : blobs_(std::move(blobs)) {}
  Result<Hash> put(BytesView bytes) override { return blobs_->put(bytes); }
  Result<Bytes> get(const Hash& hash) override { return blobs_->get(hash); }

 private:
  std::unique_ptr<store::FileBlobStore> blobs_;
};

class RunningFilingDesk final : public FilingDesk {
 public:
  RunningFilingDesk(const FilingDeskPorts& ports, std::unique_ptr<store::FileBlobStore> blobs)
      : ports_(ports),
        store_(ports.database),
        ombudsman_store_(ports.database),
        cases_(ports.cases ? ports.cases : std::make_shared<NoCases>()),
        blobs_(std::move(blobs)),
        filing_ports_{store_,           ports.database,  *cases_,      blobs_,       ports_.events,
                      ports.membership, ports_.identity, ports_.clock, ports_.random},
        ombudsman_ports_{ombudsman_store_, ports.database, ports_.events, ports.membership,
                         ports_.identity,  ports_.clock,   ports_.random},
        clerk_(filing_ports_),
        filings_(filing_ports_, clerk_),
        desk_(ombudsman_ports_),
        answers_(ombudsman_ports_) {}

  void add_routes(http::Router& router, http::routes::Guard& guard) override {
    http::routes::add_filing_routes(router, guard, filings_);
    http::routes::add_ombudsman_routes(router, guard, {desk_, answers_, ports_.clock, ports_.public_url});
  }
  Result<void> tick() override {
    const TimeMs now_ms = ports_.clock.now_ms();
    if (std::abs(now_ms - ticked_ms_) < kTurnMs) return {};
    ticked_ms_ = now_ms;
    TRY(answers_.tick());
    TRY(desk_.tick());
    return clerk_.tick();
  }
  filings::FilingService& filings() override { return filings_; }
  filings::OmbudsmanDesk& ombudsman() override { return desk_; }
  filings::PersonAnswers& answers() override { return answers_; }
  filings::Store& store() override { return store_; }

 private:
  const FilingDeskPorts ports_;
  store::FilingStore store_;
  store::SqlOmbudsmanStore ombudsman_store_;
  std::shared_ptr<filings::CaseBook> cases_;
  WorkspaceBlobs blobs_;
  filings::Ports filing_ports_;
  filings::OmbudsmanPorts ombudsman_ports_;
  filings::Clerk clerk_;
  filings::FilingService filings_;
  filings::OmbudsmanDesk desk_;
  filings::PersonAnswers answers_;
  TimeMs ticked_ms_ = 0;
};

}  // namespace

Result<std::unique_ptr<FilingDesk>> FilingDesk::open(const FilingDeskPorts& ports) {
  TRY_ASSIGN(auto blobs, store::FileBlobStore::open(ports.workspace_folder + "/blobs"));
  return std::unique_ptr<FilingDesk>(std::make_unique<RunningFilingDesk>(ports, std::move(blobs)));
}

}  // namespace probity::app
