#include "shoots/own_footage.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "shoots/camera_note.h"
#include "shoots/prepare.h"

namespace probity::shoots {

// The frames of some shoots, ready to be compared.
struct FootageService::Searched {
  std::vector<SearchedShoot> shoots;
  std::map<Id, Frame> frames;  // all of them, deleted ones too: their hashes are kept
  trace::Footage footage;
  std::string time_zone = "UTC";  // of the first, for a leak whose camera does not say
};

namespace {

constexpr std::uint32_t kPage = 500;
constexpr std::int64_t kStepsAPicture = 100;

tl::unexpected<Error> no_such_shoot() { return fail(ErrorCode::not_found, "there is no such shoot"); }

// Frames' features and pixels, from their blobs.
class BlobSource final : public trace::FootageSource {
 public:
  BlobSource(const std::map<Id, Frame>& frames, const Ports& ports, FrameService& service)
      : frames_(frames), ports_(ports), service_(service) {}

  Result<trace::Features> features(const Id& id) override {
    const Frame& frame = frames_.at(id);
    if (!frame.features_blob) return fail(ErrorCode::gone, "the frame's features are gone");
    TRY_ASSIGN(const Bytes bytes, ports_.pictures.get(*frame.features_blob));
    return trace::parse_features(bytes);
  }

  Result<trace::Shot> shot(const Id& id) override {
    TRY_ASSIGN(const Bytes file, service_.picture(frames_.at(id)));
    TRY_ASSIGN(const cv::Mat1b luma, decode_luma(file, ports_.decode));
    TRY_ASSIGN(auto its_features, features(id));
    return trace::Shot{luma, std::move(its_features)};
  }

 private:
  const std::map<Id, Frame>& frames_;
  const Ports& ports_;
  FrameService& service_;
};

FootageMatch match_of(trace::ShotRelation relation) {
  switch (relation) {
    case trace::ShotRelation::same_shot:
      return FootageMatch::same_shot;
    case trace::ShotRelation::same_burst:
      return FootageMatch::same_burst;
    default:
      return FootageMatch::same_standpoint;
  }
}

bool stronger(const FootageLead& a, const FootageLead& b) { return a.score > b.score; }

// One lead an attendee, by their strongest frame over all pictures of the leak.
std::vector<FootageLead> best_of_each(std::vector<FootageLead> leads) {
  std::ranges::stable_sort(leads, stronger);
  std::vector<FootageLead> best;
  for (const FootageLead& lead : leads) {
    const auto known = std::ranges::find(best, lead.party, &FootageLead::party);
    if (known == best.end()) {
      best.push_back(lead);
    } else {
      known->frames = std::max(known->frames, lead.frames);
    }
  }
  return best;
}

bool is_exposure(const FootageLead& lead) { return lead.match >= FootageMatch::same_shot; }

}  // namespace

Result<std::vector<Id>> FootageService::shoots_of(const LeakFacts& leak, const std::vector<Id>& wanted) {
  if (!leak.project)
    return fail(ErrorCode::conflict, "the leak belongs to no project", "say which project it is about first");
  if (!wanted.empty()) {
    for (const Id& id : wanted) {
      TRY_ASSIGN(const auto shoot, ports_.store.shoot(id));
      if (!shoot) return no_such_shoot();
      if (shoot->project != *leak.project)
        return fail(ErrorCode::invalid_argument, fmt::format("{} is a shoot of another project", shoot->title));
    }
    return wanted;
  }
  ShootFilter filter;
  filter.project = leak.project;
  filter.page.limit = kPage;
  TRY_ASSIGN(const auto shoots, ports_.store.shoots(filter));
  std::vector<Id> all;
  for (const Shoot& shoot : shoots.items) all.push_back(shoot.id);
  return all;
}

Result<Id> FootageService::begin(const Id& leak_id, const std::vector<Id>& shoots, const events::Actor& actor) {
  TRY_ASSIGN(const auto leak, ports_.leaks.leak(leak_id));
  if (!leak) return fail(ErrorCode::not_found, "there is no such leak");
  TRY(shoots_of(*leak, shoots));
  Id job;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto latest, ports_.store.latest_footage_search(leak_id));
    if (latest && latest->state == FootageState::running) {
      TRY_ASSIGN(const bool lives, ports_.job_lives(latest->job));
      job = latest->job;
      if (lives) return {};
      TRY(give_up(latest->id));
    }
    FootageSearch search;
    search.id = Id::random(ports_.random);
    search.leak = leak_id;
    search.wanted = shoots;
    search.by = actor.name;
    search.begun_ms = ports_.clock.now_ms();
    jobs::JobRequest request;
    request.kind = kMatchFootageJob;
    request.title = fmt::format("Compare {} with frames handed in", leak->number);
    request.title_zh = fmt::format("将 {} 与提交的照片比对", leak->number);
    request.project = leak->project;
    request.subject = search.id;
    request.most_attempts = 2;
    TRY_ASSIGN(search.job, ports_.jobs.enqueue(request));
    job = search.job;
    return ports_.store.insert(search);
  }));
  return job;
}

Result<FootageService::Searched> FootageService::gather(const std::vector<Id>& shoots) {
  Searched searched;
  for (const Id& shoot : shoots) {
    SearchedShoot one{shoot, 0, 0};
    if (searched.shoots.empty()) {
      TRY_ASSIGN(const auto record, ports_.store.shoot(shoot));
      if (record) searched.time_zone = record->time_zone;
    }
    FrameFilter filter;
    filter.shoot = shoot;
    filter.page.limit = kPage;
    for (filter.page.offset = 0;; filter.page.offset += kPage) {
      TRY_ASSIGN(const auto page, ports_.store.frames(filter));
      for (const Frame& frame : page.items) {
        ++one.frames;
        searched.frames[frame.id] = frame;
        if (!frame.can_be_shown() || !frame.features_blob) continue;
        TRY_ASSIGN(const Bytes bytes, ports_.pictures.get(*frame.features_blob));
        TRY_ASSIGN(const auto features, trace::parse_features(bytes));
        searched.footage.add(frame.id, frame.party, features);
        ++one.compared;
      }
      if (page.items.size() < kPage) break;
    }
    searched.shoots.push_back(one);
  }
  return searched;
}

Result<void> FootageService::compare_picture(Searched& searched, BytesView picture, int index,
                                             const FootageProgress& progress, std::vector<FootageLead>& leads) {
  const Hash hash = sha256(picture);
  for (const auto& [id, frame] : searched.frames) {
    if (frame.file != hash) continue;
    FootageLead lead;
    lead.match = FootageMatch::same_file;
    lead.score = 1;
    lead.picture = index;
    lead.shoot = frame.shoot;
    lead.party = frame.party;
    lead.frame = id;
    leads.push_back(lead);
  }
  // Seldom there: chat apps take it out.
  const CameraNote note = read_camera_note(picture, searched.time_zone);
  TRY_ASSIGN(const cv::Mat1b luma, decode_luma(picture, ports_.decode));
  BlobSource source(searched.frames, ports_, frames_);
  TRY_ASSIGN(const auto matches,
             searched.footage.search(trace::make_leak_shot(luma), source, [&](std::size_t done, std::size_t total) {
               return progress(static_cast<std::int64_t>(done), static_cast<std::int64_t>(total));
             }));
  for (const trace::AttendeeLead& found : trace::by_attendee(matches)) {
    FootageLead lead;
    lead.match = match_of(found.best.comparison.relation);
    lead.score = found.best.comparison.score;
    lead.picture = index;
    lead.shoot = searched.frames.at(found.best.frame).shoot;
    lead.party = found.best.attendee;
    lead.frame = found.best.frame;
    lead.frames = found.frames;
    lead.measures = found.best.comparison.measures;
    const auto& taken_ms = searched.frames.at(found.best.frame).taken_ms;
    if (note.taken_ms && taken_ms) lead.time_difference_ms = *note.taken_ms - *taken_ms;
    leads.push_back(lead);
  }
  return {};
}

Result<void> FootageService::run(const Id& id, const FootageProgress& progress) {
  TRY_ASSIGN(auto search, ports_.store.footage_search(id));
  if (!search) return fail(ErrorCode::not_found, "there is no such comparison");
  if (search->state != FootageState::running) return {};
  TRY_ASSIGN(const auto leak, ports_.leaks.leak(search->leak));
  if (!leak) return fail(ErrorCode::not_found, "there is no such leak");
  TRY_ASSIGN(const std::vector<Id> shoots, shoots_of(*leak, search->wanted));
  TRY_ASSIGN(Searched searched, gather(shoots));
  std::vector<FootageLead> leads;
  const auto total = kStepsAPicture * static_cast<std::int64_t>(leak->pictures.size());
  for (std::size_t i = 0; i < leak->pictures.size(); ++i) {
    TRY_ASSIGN(const Bytes picture, ports_.leaks.picture(leak->pictures[i]));
    const auto compared = compare_picture(
        searched, picture, static_cast<int>(i),
        [&](std::int64_t done, std::int64_t of) {
          return progress(
              kStepsAPicture * static_cast<std::int64_t>(i) + kStepsAPicture * done / std::max<std::int64_t>(1, of),
              total);
        },
        leads);
    // One file that is no picture does not keep the others from being compared.
    const bool unreadable = !compared && (compared.error().code == ErrorCode::not_a_picture ||
                                          compared.error().code == ErrorCode::too_large);
    if (!compared && !unreadable) return compared;
    search->pictures += compared ? 1 : 0;
  }
  search->leads = best_of_each(std::move(leads));
  const auto sharing = static_cast<std::uint64_t>(std::ranges::count_if(search->leads, is_exposure));
  for (FootageLead& lead : search->leads)
    if (is_exposure(lead)) lead.attendees = std::max<std::uint64_t>(1, sharing);
  search->shoots = searched.shoots;
  search->state = FootageState::done;
  search->finished_ms = ports_.clock.now_ms();
  return ports_.transactions.write([&]() -> Result<void> {
    TRY(ports_.store.update(*search));
    const nlohmann::json content{{"by", search->by},
                                 {"finished_at", to_rfc3339(*search->finished_ms)},
                                 {"leads", search->leads.size()},
                                 {"leak", search->leak.text()},
                                 {"search", search->id.text()}};
    TRY(ports_.log_book.record({"own_footage_compared", search->leak, content.dump()}));
    events::Event event;
    event.time_ms = *search->finished_ms;
    event.kind = "shoot.footage_compared";
    event.actor.name = search->by;
    event.project = leak->project;
    event.data_json =
        nlohmann::json{{"label", leak->number}, {"count", search->leads.size()}, {"leak", leak->id.text()}}.dump();
    TRY(ports_.events.append(event));
    return {};
  });
}

Result<void> FootageService::give_up(const Id& id) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(auto search, ports_.store.footage_search(id));
    if (!search || search->state != FootageState::running) return {};
    search->state = FootageState::failed;
    search->finished_ms = ports_.clock.now_ms();
    return ports_.store.update(*search);
  });
}

Result<FootageReport> FootageService::compare(BytesView picture, const std::vector<Id>& shoots,
                                              const FootageProgress& progress) {
  FootageSearch search;
  search.begun_ms = ports_.clock.now_ms();
  TRY_ASSIGN(Searched searched, gather(shoots));
  std::vector<FootageLead> leads;
  TRY(compare_picture(searched, picture, 0, progress, leads));
  search.pictures = 1;
  search.leads = best_of_each(std::move(leads));
  search.shoots = searched.shoots;
  search.state = FootageState::done;
  search.finished_ms = ports_.clock.now_ms();
  return report_of(std::move(search));
}

Result<LeadRow> FootageService::row_of(const FootageLead& lead) {
  LeadRow row{lead, {}, {}, {}, {}, {}, {}, {}, true, FrameState::handed_in, {}};
  TRY_ASSIGN(const auto shoot, ports_.store.shoot(lead.shoot));
  TRY_ASSIGN(const auto attendee, ports_.store.attendee(lead.shoot, lead.party));
  TRY_ASSIGN(const auto frame, frames_.find(lead.frame));
  if (!shoot || !attendee) return fail(ErrorCode::corrupt, "a lead belongs to no shoot");
  TRY_ASSIGN(const auto commitment, commitment_of(ports_, *attendee));
  row.shoot_title = shoot->title;
  row.party_name = commitment.party_name;
  row.organisation_name = commitment.organisation_name;
  row.commitment = commitment.id;
  row.commitment_number = commitment.number;
  row.in_force = commitment.state == commitments::State::in_force;
  row.frame_state = frame.frame.state;
  if (frame.slot)
    if (const Slot* slot = shoot->slot(*frame.slot)) row.slot = slot->label;
  if (frame.zone)
    if (const Zone* zone = shoot->zone(*frame.zone)) row.zone = zone->label;
  row.reasons = reasons_for(
      lead, {frame.frame.handed_in_ms, frame.frame.state == FrameState::deleted, row.in_force, row.commitment_number});
  return row;
}

Result<FootageReport> FootageService::report_of(FootageSearch search) {
  FootageReport report;
  if (search.state != FootageState::done) {
    TRY_ASSIGN(report.earlier, ports_.store.latest_done_footage_search(search.leak));
  }
  const FootageSearch& shown = report.earlier ? *report.earlier : search;
  for (const SearchedShoot& searched : shown.shoots) {
    TRY_ASSIGN(const auto shoot, ports_.store.shoot(searched.shoot));
    report.shoots.push_back({searched, shoot ? shoot->title : std::string()});
  }
  for (const FootageLead& lead : shown.leads) {
    TRY_ASSIGN(auto row, row_of(lead));
    report.leads.push_back(std::move(row));
  }
  report.search = std::move(search);
  return report;
}

Result<FootageReport> FootageService::latest(const Id& leak) {
  TRY_ASSIGN(auto search, ports_.store.latest_footage_search(leak));
  if (!search) return fail(ErrorCode::not_found, "this leak was not compared with frames yet");
  if (search->state == FootageState::running) {
    TRY_ASSIGN(const bool lives, ports_.job_lives(search->job));
    // Its job may have come to its end between the two questions.
    if (!lives) {
      TRY_ASSIGN(search, ports_.store.footage_search(search->id));
      if (search && search->state == FootageState::running) search->state = FootageState::failed;
    }
  }
  if (!search) return fail(ErrorCode::not_found, "this leak was not compared with frames yet");
  return report_of(std::move(*search));
}

Result<FootageReport> FootageService::stop(const Id& leak) {
  TRY_ASSIGN(const FootageReport report, latest(leak));
  if (report.search.state != FootageState::running)
    return fail(ErrorCode::conflict, "no comparison with frames is under way");
  const auto stopped = ports_.cancel_job(report.search.job);
  // Whoever ended first: what is there then is shown.
  if (!stopped && stopped.error().code != ErrorCode::conflict) return tl::unexpected<Error>(stopped.error());
  return latest(leak);
}

}  // namespace probity::shoots
