#include "app/records.h"

#include <filesystem>

#include "pdf/typeset.h"

namespace probity::app {
namespace {

std::string inside(const Workspace& workspace, const char* name) {
  return (std::filesystem::path(workspace.folder()) / name).string();
}

commitments::DocumentTools tools_over(NodeSeal& seal) {
  return {
      [](const pdf::Document& document, TimeMs created_ms) {
        pdf::TypesetOptions options;
        options.created_ms = created_ms;
        return pdf::typeset(document, options);
      },
      [&seal](BytesView pdf, const std::string& reason, TimeMs time_ms) { return seal.seal(pdf, reason, time_ms); }};
}

}  // namespace

Result<std::unique_ptr<Records>> Records::open(Workspace& workspace, const Config& config,
                                               const std::string& default_public_url) {
  Opened opened;
  if (config.mail) {
    TRY_ASSIGN(opened.mail, outbox::smtp_transport(*config.mail));
  }
  TRY_ASSIGN(opened.upload_files, store::FolderUploadFiles::open(inside(workspace, "uploads")));
  TRY_ASSIGN(opened.frames, store::FileBlobStore::open(inside(workspace, "frames")));
  TRY_ASSIGN(opened.log_files,
             store::FolderLogFiles::open(inside(workspace, "log"), store::FolderLogFiles::Use::reading));
  TRY_ASSIGN(opened.watermarks, WatermarkedCopies::open_folder(inside(workspace, "watermarked")));
  TRY_ASSIGN(opened.timestamps, open_timestamps(config.timestamps, workspace.clock(), workspace.random()));
  std::unique_ptr<Records> records(new Records(workspace, config, default_public_url, std::move(opened)));
  TRY(records->templates.ensure_built_in());
  return records;
}

Records::Records(Workspace& in, const Config& config, const std::string& default_public_url, Opened opened)
    : workspace(in),
      opened_(std::move(opened)),
      job_store_(in.database()),
      outbox_store_(in.database()),
      account_store_(in.database()),
      party_store_(in.database()),
      project_store_(in.database()),
      delivery_store_(in.database()),
      upload_store_(in.database()),
      evidence_store_(in.database()),
      leak_store_(in.database()),
      http_transport_(outbox::curl_http_transport()),
      events(in.database()),
      log_place(in.folder(), config.log),
      log_reader(*opened_.log_files),
      log_book(in.database(), in.clock(), in.random(), &log_reader),
      jobs({job_store_, in.database(), in.clock(), in.random()}),
      outbox({outbox_store_, in.database(), jobs, in.clock(), in.random(), opened_.mail.get(),
              [&in](const Hash& blob) { return in.blobs().get(blob); }}),
      webhooks({outbox_store_, in.database(), events, jobs, in.clock(), in.random(), *http_transport_}),
      accounts({account_store_, in.database(), in.clock(), in.random(), outbox, hasher_,
                in.derived_key("second factor seeds"), default_public_url}),
      parties({party_store_, in.database(), events, in.clock(), in.random()}),
      projects({project_store_, in.database(), events, in.clock(), in.random()}),
      directory_(parties, party_store_),
      project_book_(projects, project_store_),
      house_(accounts.settings),
      blob_box_(in.blobs()),
      commitment_ports_{in.commitments(), in.database(), directory_, project_book_, house_,      events,
                        outbox,           jobs,          blob_box_,  in.clock(),    in.random(), &log_book},
      templates(commitment_ports_),
      commitments(commitment_ports_),
      recipients(commitment_ports_),
      seal(in.folder(), config.seal, *opened_.timestamps, accounts.settings, in.clock()),
      documents(commitment_ports_, tools_over(seal)),
      notices(commitment_ports_),
      deliveries({in.copies(), delivery_store_, projects, parties, in.commitments(), in.database(), events, in.clock(),
                  *opened_.watermarks}),
      uploads({upload_store_, *opened_.upload_files, projects, jobs, in.database(), in.clock(), in.random()}),
      evidence({evidence_store_, in.blobs(), in.database(), log_book, in.clock(), in.random()}),
      shoots({in.database(), projects, in.commitments(), events, log_book, jobs, *opened_.frames, leak_store_,
              evidence_store_, in.blobs(), in.clock(), in.random()}),
      cases_of_leaks_(cases),
      leak_ports_{leak_store_, evidence,         in.database(),   events,          jobs,
                  projects,    in.commitments(), in.copies(),     delivery_store_, &shoots.releases,
                  in.clock(),  in.random(),      &cases_of_leaks_},
      leaks(leak_ports_),
      leak_files(leak_ports_),
      leak_traces(leak_ports_),
      unmasking(leak_ports_),
      cases({in.database(), leaks, leak_traces, unmasking, shoots.footage, accounts, evidence, parties, commitments,
             deliveries, house_, blob_box_, events, outbox, log_book, in.clock(), in.random()}),
      accused(in.database(), cases.cases, leak_store_, leak_traces, evidence),
      statements({in.database(), accounts.settings, party_store_, seal, events, outbox, jobs, log_book, in.blobs(),
                  log_place, in.clock(), in.random()}) {}

Result<bool> Records::in_force(const Id& project, const Id& party) {
  commitments::CommitmentFilter filter;
  filter.project = project;
  filter.party = party;
  filter.state = commitments::State::in_force;
  filter.query.limit = 1;
  return commitments.list(filter).map([](const auto& listed) { return listed.total > 0; });
}

}  // namespace probity::app
