// The records of a workspace and the verbs over them, wired in the order of the story: what the server and the command
// line both stand on.
#pragma once

#include <memory>
#include <string>

#include "accounts/service.h"
#include "app/accused_desk.h"
#include "app/case_desk.h"
#include "app/commitment_ports.h"
#include "app/config.h"
#include "app/log_place.h"
#include "app/node_seal.h"
#include "app/shoot_desk.h"
#include "app/statement_desk.h"
#include "app/watermarked_copies.h"
#include "app/workspace.h"
#include "commitments/documents.h"
#include "commitments/notices.h"
#include "commitments/recipient.h"
#include "commitments/service.h"
#include "commitments/templates.h"
#include "copies/deliveries.h"
#include "copies/uploads.h"
#include "evidence/service.h"
#include "jobs/service.h"
#include "leaks/leak_files.h"
#include "leaks/leak_service.h"
#include "leaks/leak_traces.h"
#include "leaks/unmasking.h"
#include "log/reader.h"
#include "outbox/outbox.h"
#include "outbox/webhooks.h"
#include "parties/service.h"
#include "projects/service.h"
#include "store/accounts_store.h"
#include "store/delivery_store.h"
#include "store/events_store.h"
#include "store/evidence_store.h"
#include "store/file_blob_store.h"
#include "store/jobs_store.h"
#include "store/leaks_store.h"
#include "store/log_book_store.h"
#include "store/log_files.h"
#include "store/outbox_store.h"
#include "store/parties_store.h"
#include "store/projects_store.h"

namespace probity::app {

// Thread-safe; not movable: the parts refer to each other. Borrows the workspace.
class Records {
 public:
  // `default_public_url`: until the settings name one. Errors: storage; those of the configuration's mail and seal.
  static Result<std::unique_ptr<Records>> open(Workspace& workspace, const Config& config,
                                               const std::string& default_public_url);
  Records(const Records&) = delete;
  Records& operator=(const Records&) = delete;

  Workspace& workspace;

 private:
  struct Opened {
    std::unique_ptr<outbox::MailTransport> mail;
    std::unique_ptr<store::FolderUploadFiles> upload_files;
    std::unique_ptr<WatermarkedCopies> watermarks;
    std::unique_ptr<store::FolderLogFiles> log_files;
    std::unique_ptr<store::FileBlobStore> frames;
    std::unique_ptr<Timestamps> timestamps;
  };
  Records(Workspace& workspace, const Config& config, const std::string& default_public_url, Opened opened);

  Opened opened_;
  store::SqlJobStore job_store_;
  store::OutboxStore outbox_store_;
  store::SqlAccountStore account_store_;
  store::SqlPartyStore party_store_;
  store::SqlProjectStore project_store_;
  store::DeliveryStore delivery_store_;
  store::UploadStore upload_store_;
  store::EvidenceStore evidence_store_;
  store::LeakStore leak_store_;
  std::unique_ptr<outbox::HttpTransport> http_transport_;
  accounts::Argon2Hasher hasher_;

 public:
  store::SqlEventLog events;
  LogPlace log_place;
  log::LogReader log_reader;
  store::SqlLogBook log_book;
  jobs::JobService jobs;
  outbox::Outbox outbox;
  outbox::Webhooks webhooks;
  accounts::AccountService accounts;
  parties::PartyService parties;
  projects::ProjectService projects;

 private:
  PartyDirectory directory_;
  ProjectFactsBook project_book_;
  SettingsHouse house_;
  BlobStoreBox blob_box_;
  commitments::Ports commitment_ports_;

 public:
  commitments::TemplateService templates;
  commitments::CommitmentService commitments;
  commitments::RecipientService recipients;
  NodeSeal seal;
  commitments::DocumentService documents;
  commitments::NoticeService notices;
  copies::Deliveries deliveries;
  copies::Uploads uploads;
  evidence::EvidenceService evidence;
  ShootDesk shoots;

 private:
  CasesOfLeaks cases_of_leaks_;
  leaks::LeakPorts leak_ports_;

 public:
  leaks::LeakService leaks;
  leaks::LeakFiles leak_files;
  leaks::LeakTraces leak_traces;
  leaks::Unmasking unmasking;
  CaseDesk cases;
  AccusedDesk accused;
  StatementDesk statements;

  // Whether the person has a commitment in force there, over whatever scope.
  Result<bool> in_force(const Id& project, const Id& party);
  jobs::Store& job_store() { return job_store_; }
  outbox::Store& outbox_store() { return outbox_store_; }
  copies::UploadFiles& upload_files() { return *opened_.upload_files; }
};

}  // namespace probity::app
