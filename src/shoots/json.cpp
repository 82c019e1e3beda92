#include "shoots/json.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "base/json_shapes.h"

namespace probity::shoots {
namespace {

using nlohmann::json;

json positive(int value) { return value > 0 ? json(value) : json(); }

json slots_to_json(const std::vector<Slot>& slots) {
  json items = json::array();
  for (const Slot& slot : slots)
    items.push_back({{"id", slot.id.text()},
                     {"label", slot.label},
                     {"from", to_rfc3339(slot.from_ms)},
                     {"to", to_rfc3339(slot.to_ms)}});
  return items;
}

json zones_to_json(const std::vector<Zone>& zones) {
  json items = json::array();
  for (const Zone& zone : zones) items.push_back({{"id", zone.id.text()}, {"label", zone.label}});
  return items;
}

json attendee_to_json(const AttendeeRow& row) {
  return {{"party", row.attendee.party.text()},
          {"party_name", row.party_name},
          {"organisation_name", row.organisation_name},
          {"commitment", row.attendee.commitment.text()},
          {"commitment_number", row.commitment_number},
          {"commitment_state", commitments::state_name(row.commitment_state)},
          {"in_force", row.in_force()},
          {"slot", id_json(row.attendee.slot)},
          {"zone", id_json(row.attendee.zone)},
          {"frames", row.counts.frames},
          {"waiting", row.counts.waiting},
          {"added_at", to_rfc3339(row.attendee.added_ms)}};
}

json clearance_to_json(const Clearance& clearance) {
  return {{"decision", decision_name(clearance.decision)},
          {"reason", clearance.reason},
          {"by", clearance.by},
          {"at", to_rfc3339(clearance.time_ms)}};
}

json match_to_json(const ReleaseMatch& match) {
  return {{"release", to_json(match.release)},
          {"match", release_match_name(match.kind)},
          {"since", to_rfc3339(match.release.released_ms)},
          {"en", match.en},
          {"zh", match.zh},
          {"inliers", match.inliers},
          {"coverage", match.coverage}};
}

json measures_to_json(const FootageLead& lead) {
  const trace::ShotMeasures& m = lead.measures;
  const bool measured = lead.match != FootageMatch::same_file;
  return {{"inliers", m.inliers},
          {"coverage", measured ? m.overlap : 1.0},
          {"detail", measured ? json(m.grain) : json()},
          {"parallax_permille", measured ? json(std::max(m.parallax, m.camera_parallax)) : json()},
          {"time_difference_s",
           lead.time_difference_ms ? json(static_cast<double>(*lead.time_difference_ms) / 1000) : json()}};
}

json lead_to_json(const LeadRow& row, std::size_t rank) {
  json reasons = json::array();
  for (const FootageReason& reason : row.reasons)
    reasons.push_back({{"code", reason.code}, {"en", reason.en}, {"zh", reason.zh}});
  return {{"rank", rank},
          {"match", footage_match_name(row.lead.match)},
          {"score", row.lead.score},
          {"picture", row.lead.picture},
          {"shoot", row.lead.shoot.text()},
          {"shoot_title", row.shoot_title},
          {"party", row.lead.party.text()},
          {"party_name", row.party_name},
          {"organisation_name", row.organisation_name},
          {"commitment", row.commitment.text()},
          {"commitment_number", row.commitment_number},
          {"in_force", row.in_force},
          {"slot", row.slot},
          {"zone", row.zone},
          {"frame", row.lead.frame.text()},
          {"frame_state", frame_state_name(row.frame_state)},
          {"frames_matching", row.lead.frames},
          {"reasons", std::move(reasons)},
          {"measures", measures_to_json(row.lead)}};
}

tl::unexpected<Error> unreadable() { return fail(ErrorCode::corrupt, "a comparison in the store is not readable"); }

}  // namespace

json to_json(const ShootRow& row) {
  json attendees = json::array();
  for (const AttendeeRow& attendee : row.attendees) attendees.push_back(attendee_to_json(attendee));
  const Shoot& shoot = row.shoot;
  return {{"id", shoot.id.text()},
          {"project", shoot.project.text()},
          {"project_name", row.project_name},
          {"title", shoot.title},
          {"place", shoot.place},
          {"time_zone", shoot.time_zone},
          {"state", shoot_state_name(shoot.state)},
          {"slots", slots_to_json(shoot.slots)},
          {"zones", zones_to_json(shoot.zones)},
          {"attendees", std::move(attendees)},
          {"counts",
           {{"attendees", row.attendees.size()},
            {"frames", row.counts.frames},
            {"waiting", row.counts.waiting},
            {"cleared", row.counts.cleared},
            {"not_to_be_used", row.counts.not_to_be_used},
            {"deleted", row.counts.deleted}}},
          {"created_at", to_rfc3339(shoot.created_ms)},
          {"closed_at", time_json(shoot.closed_ms)}};
}

json to_json(const FrameRow& row) {
  const Frame& frame = row.frame;
  json clearances = json::array();
  for (const Clearance& clearance : row.clearances) clearances.push_back(clearance_to_json(clearance));
  return {{"id", frame.id.text()},
          {"shoot", frame.shoot.text()},
          {"party", frame.party.text()},
          {"party_name", row.party_name},
          {"file_name", frame.file_name},
          {"media_type", frame.media_type},
          {"size_bytes", frame.size_bytes},
          {"sha256", to_hex(frame.file)},
          {"width_px", positive(frame.width_px)},
          {"height_px", positive(frame.height_px)},
          {"taken_at", time_json(frame.taken_ms)},
          {"camera", frame.camera},
          {"state", frame_state_name(frame.state)},
          {"preparation", preparation_name(frame.preparation)},
          {"slot", id_json(row.slot)},
          {"zone", id_json(row.zone)},
          {"handed_in_at", to_rfc3339(frame.handed_in_ms)},
          {"decided_at", time_json(frame.decided_ms)},
          {"confirmed_at", time_json(frame.confirmed_ms)},
          {"destroyed_at", time_json(frame.destroyed_ms)},
          {"same_file", row.same_file},
          {"clearances", std::move(clearances)}};
}

json to_json(const Release& release) {
  return {{"id", release.id.text()},
          {"project", id_json(release.project)},
          {"title", release.title},
          {"where", release.where},
          {"released_at", to_rfc3339(release.released_ms)},
          {"registered_at", to_rfc3339(release.registered_ms)},
          {"registered_by", release.registered_by},
          {"file_name", release.file_name},
          {"media_type", release.media_type},
          {"size_bytes", release.size_bytes},
          {"sha256", to_hex(release.file)},
          {"width_px", release.width_px},
          {"height_px", release.height_px},
          {"state", release_state_name(release.state)},
          {"withdrawn_reason", release.withdrawn_reason}};
}

json to_json(const ReleaseAnswer& answer) {
  json matches = json::array();
  for (const ReleaseMatch& match : answer.matches) matches.push_back(match_to_json(match));
  return {{"official", answer.official()},
          {"since", time_json(answer.since_ms)},
          {"en", answer.en},
          {"zh", answer.zh},
          {"matches", std::move(matches)}};
}

json to_json(const FootageReport& report) {
  json shoots = json::array(), leads = json::array();
  for (const SearchedShootRow& row : report.shoots)
    shoots.push_back({{"id", row.searched.shoot.text()},
                      {"title", row.title},
                      {"frames", row.searched.frames},
                      {"compared", row.searched.compared},
                      {"left_out", row.searched.frames - row.searched.compared}});
  for (const LeadRow& row : report.leads) leads.push_back(lead_to_json(row, leads.size() + 1));
  const FootageSearch& search = report.search;
  const TwoLanguages note = footage_note(search.state, !report.leads.empty());
  json earlier;
  if (report.earlier) {
    const TwoLanguages its_note = footage_note(report.earlier->state, !report.leads.empty());
    earlier = {{"by", report.earlier->by},
               {"begun_at", to_rfc3339(report.earlier->begun_ms)},
               {"note", {{"en", its_note.en}, {"zh", its_note.zh}}}};
  }
  return {{"id", search.id.text()},
          {"leak", search.leak.text()},
          {"job", search.job.text()},
          {"state", footage_state_name(search.state)},
          {"by", search.by},
          {"begun_at", to_rfc3339(search.begun_ms)},
          {"finished_at", time_json(search.finished_ms)},
          {"pictures", search.pictures},
          {"shoots", std::move(shoots)},
          {"leads", std::move(leads)},
          {"earlier", std::move(earlier)},
          {"note", {{"en", note.en}, {"zh", note.zh}}}};
}

json attended_to_json(const AttendedShoot& attended) {
  const Shoot& shoot = attended.shoot;
  return {{"id", shoot.id.text()},
          {"title", shoot.title},
          {"place", shoot.place},
          {"time_zone", shoot.time_zone},
          {"project_name", attended.project_name},
          {"state", shoot_state_name(shoot.state)},
          {"slots", slots_to_json(shoot.slots)},
          {"zones", zones_to_json(shoot.zones)},
          {"slot", id_json(attended.attendee.slot)},
          {"zone", id_json(attended.attendee.zone)},
          {"frames", attended.counts.frames},
          {"waiting", attended.counts.waiting},
          {"takes_frames", shoot.state == ShootState::open},
          {"most_frame_bytes", kMostFrameBytes}};
}

json own_frame_to_json(const FrameRow& row) {
  const Frame& frame = row.frame;
  return {{"id", frame.id.text()},
          {"file_name", frame.file_name},
          {"size_bytes", frame.size_bytes},
          {"width_px", positive(frame.width_px)},
          {"height_px", positive(frame.height_px)},
          {"taken_at", time_json(frame.taken_ms)},
          {"handed_in_at", to_rfc3339(frame.handed_in_ms)},
          {"state", frame_state_name(frame.state)},
          {"preparation", preparation_name(frame.preparation)},
          {"decided_at", time_json(frame.decided_ms)},
          {"reason", row.clearances.empty() ? std::string() : row.clearances.back().reason},
          {"confirmed_at", time_json(frame.confirmed_ms)}};
}

std::string leads_text(const std::vector<FootageLead>& leads) {
  json items = json::array();
  for (const FootageLead& lead : leads) {
    const trace::ShotMeasures& m = lead.measures;
    items.push_back({{"match", footage_match_name(lead.match)},
                     {"score", lead.score},
                     {"picture", lead.picture},
                     {"shoot", lead.shoot.text()},
                     {"party", lead.party.text()},
                     {"frame", lead.frame.text()},
                     {"frames", lead.frames},
                     {"attendees", lead.attendees},
                     {"time_difference_ms", lead.time_difference_ms ? json(*lead.time_difference_ms) : json()},
                     {"inliers", m.inliers},
                     {"evidence", m.evidence},
                     {"overlap", m.overlap},
                     {"resemblance", m.resemblance},
                     {"agreement", m.agreement},
                     {"parallax", m.parallax},
                     {"grain", m.grain},
                     {"camera_inliers", m.camera_inliers},
                     {"camera_share", m.camera_share},
                     {"camera_parallax", m.camera_parallax},
                     {"mirrored", m.mirrored}});
  }
  return items.dump();
}

Result<std::vector<FootageLead>> parse_leads(const std::string& text) {
  std::vector<FootageLead> leads;
  try {
    for (const json& item : json::parse(text)) {
      FootageLead lead;
      const auto match = parse_footage_match(item.at("match").get<std::string>());
      if (!match) return unreadable();
      lead.match = *match;
      lead.score = item.at("score");
      lead.picture = item.at("picture");
      TRY_ASSIGN(lead.shoot, Id::parse(item.at("shoot").get<std::string>()));
      TRY_ASSIGN(lead.party, Id::parse(item.at("party").get<std::string>()));
      TRY_ASSIGN(lead.frame, Id::parse(item.at("frame").get<std::string>()));
      lead.frames = item.at("frames");
      lead.attendees = item.at("attendees");
      if (!item.at("time_difference_ms").is_null())
        lead.time_difference_ms = item.at("time_difference_ms").get<std::int64_t>();
      trace::ShotMeasures& m = lead.measures;
      m.inliers = item.at("inliers");
      m.evidence = item.at("evidence");
      m.overlap = item.at("overlap");
      m.resemblance = item.at("resemblance");
      m.agreement = item.at("agreement");
      m.parallax = item.at("parallax");
      m.grain = item.at("grain");
      m.camera_inliers = item.at("camera_inliers");
      m.camera_share = item.at("camera_share");
      m.camera_parallax = item.at("camera_parallax");
      m.mirrored = item.at("mirrored");
      leads.push_back(lead);
    }
  } catch (const json::exception&) {
    return unreadable();
  }
  return leads;
}

std::string searched_text(const std::vector<SearchedShoot>& shoots) {
  json items = json::array();
  for (const SearchedShoot& one : shoots)
    items.push_back({{"shoot", one.shoot.text()}, {"frames", one.frames}, {"compared", one.compared}});
  return items.dump();
}

Result<std::vector<SearchedShoot>> parse_searched(const std::string& text) {
  std::vector<SearchedShoot> shoots;
  try {
    for (const json& item : json::parse(text)) {
      SearchedShoot one;
      TRY_ASSIGN(one.shoot, Id::parse(item.at("shoot").get<std::string>()));
      one.frames = item.at("frames");
      one.compared = item.at("compared");
      shoots.push_back(one);
    }
  } catch (const json::exception&) {
    return unreadable();
  }
  return shoots;
}

}  // namespace probity::shoots
