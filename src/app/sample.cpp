#include "app/sample.h"

#include <array>
#include <filesystem>

#include "app/add_asset.h"
#include "app/node_jobs.h"

namespace probity::app {
namespace {

namespace fs = std::filesystem;

const events::Actor kActor{events::Actor::Kind::system, std::nullopt, "Probity"};
constexpr const char* kProjectName = "Harbour Nine: press preview (sample)";
constexpr TimeMs kDayMs = 24LL * 60 * 60 * 1000;

// Debian's wallpaper packages; whichever of them the machine has.
struct Photograph {
  const char* path;
  const char* title;
};
constexpr std::array<Photograph, 6> kPhotographs{
    {{"/usr/share/backgrounds/mate/nature/Dune.jpg", "Dune grass"},
     {"/usr/share/backgrounds/picosdeeuropa_by_Aitzol_Berasategi.jpg", "Mountain road"},
     {"/usr/share/backgrounds/sunset_by_Aitzol_Berasategi.jpg", "Evening light"},
     {"/usr/share/backgrounds/mate/nature/Wood.jpg", "Forest"},
     {"/usr/share/backgrounds/mate/nature/Storm.jpg", "Storm"},
     {"/usr/share/backgrounds/Infinite-Sea_by_Aury88.jpg", "Open sea"}}};
constexpr std::size_t kMostPhotographs = 3;

struct SampleParty {
  parties::PartyKind kind;
  const char* name;
  const char* parent;
  const char* email;
  const char* job_title;
  const char* locale;
  bool may_bind;
};

// Fictional; the addresses are under example, which RFC 2606 keeps free.
constexpr SampleParty kParties[] = {
    {parties::PartyKind::outlet, "Motor Weekly", "", "", "", "en", false},
    {parties::PartyKind::outlet, "远山周刊", "", "", "", "zh", false},
    {parties::PartyKind::supplier, "Brightwork Studios", "", "", "", "en", false},
    {parties::PartyKind::supplier, "Lantern Rigging", "Brightwork Studios", "", "", "en", false},
    {parties::PartyKind::person, "Mira Holloway", "Motor Weekly", "mira@motorweekly.example", "Staff writer", "en",
     false},
    {parties::PartyKind::person, "Jo Lindqvist", "Motor Weekly", "jo@motorweekly.example", "Managing editor", "en",
     true},
    {parties::PartyKind::person, "何敏", "远山周刊", "hemin@yuanshan.example", "记者", "zh", false},
    {parties::PartyKind::person, "Tomas Ferreira", "Brightwork Studios", "tomas@brightwork.example", "Producer", "en",
     true},
    {parties::PartyKind::person, "Ines Okafor", "Lantern Rigging", "ines@lantern.example", "Rigger", "en", false},
};

Result<void> add_parties(Records& records) {
  for (const SampleParty& sample : kParties) {
    parties::NewParty party;
    party.details.kind = sample.kind;
    party.details.name = sample.name;
    party.details.email = sample.email;
    party.details.job_title = sample.job_title;
    party.details.locale = sample.locale;
    party.details.may_bind = sample.may_bind;
    party.parent_name = sample.parent;
    TRY(records.parties.find_or_create(party, kActor));
  }
  return {};
}

Result<Id> project_of(Records& records) {
  projects::ProjectFilter filter;
  filter.page.search = kProjectName;
  TRY_ASSIGN(const auto known, records.projects.list(filter));
  for (const auto& row : known.items)
    if (row.project.sample) return row.project.id;
  projects::NewProject project;
  project.name = kProjectName;
  project.description =
      "A fictional pre-release to try everything on: three photographs, two outlets, a supplier and its sub-supplier.";
  project.sample = true;
  // A week ahead, on the full hour.
  const TimeMs at_ms = (records.workspace.clock().now_ms() / 3'600'000 + 1) * 3'600'000 + 7 * kDayMs;
  project.embargoes.push_back({std::nullopt, "Reveal", at_ms, "Europe/Berlin"});
  TRY_ASSIGN(const auto row, records.projects.create(project, kActor));
  return row.project.id;
}

Result<void> add_photograph(Records& records, const Id& project, const Photograph& photograph,
                            jobs::JobContext& context) {
  AddOptions options;
  options.title = photograph.title;
  options.lock.stop_requested = [&] { return context.cancelled(); };
  TRY_ASSIGN(const AddedAsset added, add_asset(records.workspace, photograph.path, options));
  TRY_ASSIGN(const auto place, records.projects.project_of(added.asset.id));
  if (place) return {};
  TRY_ASSIGN(const auto row, records.projects.find(project));
  projects::AssetOptions offer;
  if (!row.project.embargoes.empty()) offer.embargo = row.project.embargoes.front().id;
  return records.projects.attach_asset(added.asset.id, project, offer, added.asset.title, kActor)
      .map([](const projects::ProjectAsset&) {});
}

}  // namespace

std::span<const SampleAccount> sample_accounts() {
  static constexpr SampleAccount kAccounts[] = {
      {"Ada Quill", "ada@harbour.example", accounts::Role::custodian},
      {"Noor Castellan", "noor@harbour.example", accounts::Role::administrator},
      {"Ben Ashdown", "ben@harbour.example", accounts::Role::investigator},
      {"Cleo Marsh", "cleo@harbour.example", accounts::Role::reviewer},
      {"Emil Tarn", "emil@harbour.example", accounts::Role::auditor},
  };
  return kAccounts;
}

Result<void> make_sample_accounts(Records& records) {
  TRY_ASSIGN(const bool empty, records.accounts.directory.needs_setup());
  if (!empty) return {};
  return records.workspace.database().write([&]() -> Result<void> {
    accounts::SettingsUpdate settings;
    settings.organisation = "Harbour Nine Motors";
    settings.zone = "Europe/Berlin";
    settings.contact_email = "press@harbour.example";
    TRY(records.accounts.settings.put(settings));
    for (const SampleAccount& sample : sample_accounts()) {
      accounts::NewAccount account;
      account.name = sample.name;
      account.email = sample.email;
      account.roles = {sample.role};
      TRY(records.accounts.directory.add(account, kSamplePassword, kActor));
    }
    return {};
  });
}

Result<Id> queue_sample(Records& records) {
  jobs::JobRequest wanted;
  wanted.kind = kLoadSampleJob;
  wanted.title = "Load the sample project";
  wanted.title_zh = "载入示例项目";
  wanted.once_key = "sample";
  return records.jobs.enqueue(wanted);
}

Result<void> load_sample(Records& records, jobs::JobContext& context) {
  std::vector<Photograph> photographs;
  for (const Photograph& photograph : kPhotographs)
    if (photographs.size() < kMostPhotographs && fs::exists(photograph.path)) photographs.push_back(photograph);
  const auto total = static_cast<std::int64_t>(photographs.size()) + 1;
  context.progress(0, total, "parties");
  TRY(add_parties(records));
  TRY_ASSIGN(const Id project, project_of(records));
  for (std::size_t i = 0; i < photographs.size(); ++i) {
    TRY(context.check());
    context.progress(static_cast<std::int64_t>(i) + 1, total, "photographs");
    TRY(add_photograph(records, project, photographs[i], context));
  }
  context.progress(total, total);
  return {};
}

}  // namespace probity::app
