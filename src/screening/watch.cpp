#include "screening/watch.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "names/han.h"
#include "screening/company_json.h"

namespace probity::screening {
namespace {

using nlohmann::json;
using What = WatchChange::What;

struct WhatWords {
  What what;
  std::string_view name, en, zh;
};
constexpr WhatWords kWhats[] = {
    {What::listed, "listed", "It may now be on the list.", "可能已列入名单。"},
    {What::closer, "closer", "It fits a listed company better than before.", "与名单企业的匹配度提高。"},
    {What::corrected, "corrected", "What the list says was corrected.", "名单中的记录已更正。"},
    {What::disputed, "disputed", "The listing is disputed; a decision is awaited.", "列名存在争议，等待裁决。"},
    {What::dispute_over, "dispute_over", "The listing is no longer disputed.", "列名争议已结束。"},
    {What::removed, "removed", "It is on the list no longer.", "已不在名单上。"},
};

tl::unexpected<Error> unreadable_watch() { return fail(ErrorCode::corrupt, "a watched partner is not readable"); }

json match_record(const WatchMatch& match) {
  return {{"listing", match.listing.text()},
          {"level", level_name(match.level)},
          {"status", match.status},
          {"name", match.name},
          {"corrected_ms", match.corrected_ms ? json(*match.corrected_ms) : json(nullptr)}};
}

Result<WatchMatch> match_in(const json& in) {
  WatchMatch match;
  TRY_ASSIGN(match.listing, Id::parse(in.at("listing").get<std::string>()));
  const auto level = parse_level(in.at("level").get<std::string>());
  if (!level) return unreadable_watch();
  match.level = *level;
  match.status = in.at("status").get<std::string>();
  match.name = in.at("name").get<std::string>();
  if (!in.at("corrected_ms").is_null()) match.corrected_ms = in.at("corrected_ms").get<TimeMs>();
  return match;
}

}  // namespace

CompanyLevel Watch::level() const {
  CompanyLevel best = CompanyLevel::not_listed;
  for (const WatchMatch& match : matches) best = std::max(best, match.level);
  return best;
}

std::string_view what_name(What what) { return std::ranges::find(kWhats, what, &WhatWords::what)->name; }

std::optional<What> parse_what(std::string_view name) {
  const auto* found = std::ranges::find(kWhats, name, &WhatWords::name);
  return found == std::end(kWhats) ? std::nullopt : std::optional(found->what);
}

Words sentence_of(const WatchChange& change) {
  const auto* found = std::ranges::find(kWhats, change.what, &WhatWords::what);
  return {std::string(found->en), std::string(found->zh)};
}

std::optional<What> change_between(const std::optional<WatchMatch>& before, const std::optional<WatchMatch>& after) {
  if (!before && !after) return std::nullopt;
  if (!before) return What::listed;
  if (!after) return What::removed;
  if (before->status != after->status) return after->status == "disputed" ? What::disputed : What::dispute_over;
  if (before->corrected_ms != after->corrected_ms) return What::corrected;
  if (after->level > before->level) return What::closer;
  return *before == *after ? std::nullopt : std::optional(What::corrected);
}

std::optional<WatchMatch> watch_match(const CompanySubject& subject, const alliance::ListedEnterprisePtr& listed) {
  const auto match = match_one(subject, listed);
  if (!match || match->level < CompanyLevel::possible) return std::nullopt;
  return WatchMatch{listed->entry.listing, match->level, listed->entry.status, match->name, listed->entry.corrected_ms};
}

Hash subject_key(const CompanySubject& subject) {
  const std::string key = !subject.organisation_code.empty() ? "organisation_code:" + subject.organisation_code
                          : !subject.lei.empty()             ? "lei:" + subject.lei
                          : !subject.registration.empty()    ? "registration:" + subject.registration
                                                             : "name:" + names::to_utf8(names::fold(subject.name));
  return sha256(as_bytes(key));
}

std::string watch_record(const Watch& watch) {
  json matches = json::array();
  for (const WatchMatch& match : watch.matches) matches.push_back(match_record(match));
  return json{{"id", watch.id.text()},
              {"subject", subject_record(watch.subject)},
              {"note", watch.note},
              {"added_by", actor_record(watch.added_by)},
              {"added_ms", watch.added_ms},
              {"matches", std::move(matches)},
              {"changed_ms", watch.changed_ms ? json(*watch.changed_ms) : json(nullptr)},
              {"seen", watch.seen}}
      .dump();
}

Result<Watch> parse_watch_record(std::string_view text) {
  try {
    const json in = json::parse(text);
    Watch watch;
    TRY_ASSIGN(watch.id, Id::parse(in.at("id").get<std::string>()));
    watch.subject = subject_of_record(in.at("subject"));
    watch.note = in.at("note").get<std::string>();
    TRY_ASSIGN(watch.added_by, actor_of_record(in.at("added_by")));
    watch.added_ms = in.at("added_ms").get<TimeMs>();
    for (const json& item : in.at("matches")) {
      TRY_ASSIGN(WatchMatch match, match_in(item));
      watch.matches.push_back(std::move(match));
    }
    if (!in.at("changed_ms").is_null()) watch.changed_ms = in.at("changed_ms").get<TimeMs>();
    watch.seen = in.at("seen").get<bool>();
    return watch;
  } catch (const json::exception&) {
    return unreadable_watch();
  }
}

std::string watch_change_record(const WatchChange& change) {
  return json{{"id", change.id.text()},
              {"watch", change.watch.text()},
              {"what", what_name(change.what)},
              {"time_ms", change.time_ms},
              {"list_version", change.list_version},
              {"level", level_name(change.level)},
              {"listing", change.listing.text()},
              {"status", change.status},
              {"name", change.name}}
      .dump();
}

Result<WatchChange> parse_watch_change_record(std::string_view text) {
  try {
    const json in = json::parse(text);
    WatchChange change;
    TRY_ASSIGN(change.id, Id::parse(in.at("id").get<std::string>()));
    TRY_ASSIGN(change.watch, Id::parse(in.at("watch").get<std::string>()));
    TRY_ASSIGN(change.listing, Id::parse(in.at("listing").get<std::string>()));
    const auto what = parse_what(in.at("what").get<std::string>());
    const auto level = parse_level(in.at("level").get<std::string>());
    if (!what || !level) return unreadable_watch();
    change.what = *what;
    change.level = *level;
    change.time_ms = in.at("time_ms").get<TimeMs>();
    change.list_version = in.at("list_version").get<alliance::EnterpriseListVersion>();
    change.status = in.at("status").get<std::string>();
    change.name = in.at("name").get<std::string>();
    return change;
  } catch (const json::exception&) {
    return unreadable_watch();
  }
}

}  // namespace probity::screening
