#include "trace/own_footage.h"

#include <algorithm>
#include <map>

namespace probity::trace {
namespace {

bool is_missing(const Error& error) { return error.code == ErrorCode::not_found || error.code == ErrorCode::gone; }

bool stronger(const FootageMatch& a, const FootageMatch& b) {
  if (a.comparison.score != b.comparison.score) return a.comparison.score > b.comparison.score;
  return a.comparison.measures.inliers > b.comparison.measures.inliers;
}

// A candidate whose features share a plane with the leak's.
struct Aligned {
  Id frame;
  MatchResult match;
};

}  // namespace

void Footage::add(const Id& frame, const Id& attendee, const Features& features) {
  index_.add(sketch_master(frame, features, Pdq{}));
  attendees_.emplace_back(frame, attendee);
  ready_ = false;
}

const Id& Footage::attendee_of(const Id& frame) const {
  return std::ranges::lower_bound(attendees_, frame, {}, &std::pair<Id, Id>::first)->second;
}

// The frames that share most features with the leak, and the best few of everybody: a burst of one attendee must not
// push all others off the list.
std::vector<Id> Footage::candidates(const LeakShot& leak, const FootageOptions& options) {
  if (!ready_) {
    index_.prepare();
    std::ranges::sort(attendees_);
    ready_ = true;
  }
  std::vector<Id> chosen;
  std::map<Id, std::size_t> of_attendee;
  for (const Candidate& candidate : index_.query(leak.shot.features, Pdq{}, size())) {
    if (candidate.votes == 0) continue;
    std::size_t& count = of_attendee[attendee_of(candidate.id)];
    const bool of_their_best = count < options.best_of_attendee && candidate.votes >= options.least_votes;
    if (chosen.size() < options.best_overall || of_their_best) chosen.push_back(candidate.id);
    ++count;
  }
  return chosen;
}

Result<std::vector<FootageMatch>> Footage::search(const LeakShot& leak, FootageSource& source, const Progress& progress,
                                                  const FootageOptions& options) {
  std::vector<FootageMatch> matches;
  if (attendees_.empty() || leak.shot.features.count() == 0) return matches;
  const std::vector<Id> chosen = candidates(leak, options);
  std::vector<Aligned> aligned;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (progress) TRY(progress(i, 2 * chosen.size()));
    const auto features = source.features(chosen[i]);
    if (!features && is_missing(features.error())) continue;
    if (!features) return tl::unexpected(features.error());
    MatchResult match = match_shot_features(leak, *features);
    if (match.leak_to_reference) aligned.push_back({chosen[i], std::move(match)});
  }
  std::ranges::stable_sort(aligned, std::greater(), [](const Aligned& one) { return one.match.inliers; });
  if (aligned.size() > options.most_by_pixels) aligned.resize(options.most_by_pixels);
  for (std::size_t i = 0; i < aligned.size(); ++i) {
    if (progress) TRY(progress(chosen.size() + i * chosen.size() / aligned.size(), 2 * chosen.size()));
    const auto shot = source.shot(aligned[i].frame);
    if (!shot && is_missing(shot.error())) continue;
    if (!shot) return tl::unexpected(shot.error());
    const ShotComparison comparison = compare_shots(leak, *shot, aligned[i].match);
    if (comparison.relation == ShotRelation::none) continue;
    matches.push_back({aligned[i].frame, attendee_of(aligned[i].frame), comparison});
  }
  std::ranges::stable_sort(matches, stronger);
  return matches;
}

std::vector<AttendeeLead> by_attendee(const std::vector<FootageMatch>& matches) {
  std::vector<AttendeeLead> leads;
  for (const FootageMatch& match : matches) {
    const auto known =
        std::ranges::find(leads, match.attendee, [](const AttendeeLead& lead) { return lead.best.attendee; });
    if (known != leads.end()) {
      ++known->frames;
    } else {
      leads.push_back({match, 1});
    }
  }
  return leads;
}

}  // namespace probity::trace
