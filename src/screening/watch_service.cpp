#include <algorithm>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "names/identifier.h"
#include "screening/watch.h"

namespace probity::screening {
namespace {

constexpr std::size_t kMostNote = 200;
constexpr std::size_t kMostCandidates = 10'000;  // watched companies that one listed name may mean
constexpr std::size_t kAddedAtOnce = 1'000;

std::vector<std::string> keys_of(const CompanySubject& subject) {
  std::vector<std::string> keys;
  if (!subject.credit_code.empty()) keys.push_back("c:" + subject.credit_code);
  if (!subject.organisation_code.empty()) keys.push_back("o:" + subject.organisation_code);
  if (!subject.lei.empty()) keys.push_back("l:" + subject.lei);
  if (!subject.registration.empty()) keys.push_back("r:" + subject.registration);
  return keys;
}

std::vector<std::string> keys_of(const alliance::Enterprise& enterprise) {
  CompanySubject subject;
  subject.credit_code = enterprise.credit_code;
  subject.lei = enterprise.lei;
  subject.registration = enterprise.registration;
  if (!enterprise.credit_code.empty())
    subject.organisation_code =
        names::organisation_code_of({names::IdentifierKind::credit_code, enterprise.credit_code, {}}).text;
  return keys_of(subject);
}

std::optional<WatchMatch> known_match(const Watch& watch, const Id& listing) {
  const auto found = std::ranges::find(watch.matches, listing, &WatchMatch::listing);
  return found == watch.matches.end() ? std::nullopt : std::optional(*found);
}

void put_match(Watch& watch, const Id& listing, const std::optional<WatchMatch>& match) {
  std::erase_if(watch.matches, [&](const WatchMatch& known) { return known.listing == listing; });
  if (match) watch.matches.push_back(*match);
  std::ranges::sort(watch.matches, {}, &WatchMatch::listing);
}

Result<std::string> tidy_note(const std::string& note) {
  return note.empty() ? Result<std::string>(note) : tidy_line_without_identifier("note", note, kMostNote);
}

std::string event_kind(WatchChange::What what) {
  return what == WatchChange::What::removed ? "watch.ended" : "watch." + std::string(what_name(what));
}

}  // namespace

// Who is watched, to be found by a listed company's names and numbers.
class WatchService::Subjects {
 public:
  void add(const Id& watch, const CompanySubject& subject) {
    const std::lock_guard lock(mutex_);
    if (!known_.insert(watch).second) return;
    if (!subject.name.empty()) by_name_.add(watch.text(), {subject.name});
    for (const std::string& key : keys_of(subject)) by_number_.emplace(key, watch);
  }
  void remove(const Id& watch, const CompanySubject& subject) {
    const std::lock_guard lock(mutex_);
    if (known_.erase(watch) == 0) return;
    by_name_.remove(watch.text());
    for (const std::string& key : keys_of(subject)) {
      const auto [first, last] = by_number_.equal_range(key);
      const auto found = std::find_if(first, last, [&](const auto& item) { return item.second == watch; });
      if (found != last) by_number_.erase(found);
    }
  }
  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return known_.size();
  }
  void find(const alliance::Enterprise& enterprise, std::set<Id>& into) const {
    {
      const std::lock_guard lock(mutex_);
      for (const std::string& key : keys_of(enterprise)) {
        const auto [first, last] = by_number_.equal_range(key);
        for (auto i = first; i != last; ++i) into.insert(i->second);
      }
    }
    for (const auto* names : {&enterprise.names, &enterprise.former_names})
      for (const std::string& name : *names)
        for (const auto& found : by_name_.find(name, {kMostCandidates, names::Likeness::possible}))
          if (const auto id = Id::parse(found.id)) into.insert(*id);
  }

 private:
  names::CompanyIndex by_name_;  // many read beside one writer
  mutable std::mutex mutex_;     // writers, known_ and by_number_
  std::set<Id> known_;
  std::unordered_multimap<std::string, Id> by_number_;
};

WatchService::WatchService(const WatchPorts& ports) : ports_(ports), subjects_(std::make_unique<Subjects>()) {
  ports_.companies.follow([this](const ListStep& step) { return follow(step); });
}
WatchService::~WatchService() = default;

Result<void> WatchService::start() {
  TRY_ASSIGN(const auto watched, ports_.store.watched_subjects());
  for (const auto& [id, subject] : watched) subjects_->add(id, subject);
  return {};
}

Result<std::vector<Id>> WatchService::watches_touched_by(const Id& listing,
                                                         const alliance::ListedEnterprise* entry) const {
  TRY_ASSIGN(const auto matching, ports_.store.watches_matching(listing));
  std::set<Id> touched(matching.begin(), matching.end());
  if (entry != nullptr) subjects_->find(entry->entry.enterprise, touched);
  return std::vector<Id>(touched.begin(), touched.end());
}

Result<void> WatchService::follow(const ListStep& step) {
  // Others write too: a command beside the running node.
  TRY_ASSIGN(const auto stored, ports_.store.watches({std::nullopt, std::nullopt, {"", "", false, 0, 1}}));
  if (stored.total != subjects_->size()) TRY(start());
  std::map<Id, alliance::ListedEnterprisePtr> changed;  // nothing: removed
  for (const Id& id : step.change.removed) changed.emplace(id, nullptr);
  for (const auto& listed : step.change.put) changed.emplace(listed->entry.listing, listed);
  std::map<Id, std::size_t> to_tell;
  for (const auto& [listing, listed] : changed) {
    TRY_ASSIGN(const auto touched, watches_touched_by(listing, listed.get()));
    for (const Id& id : touched) {
      TRY_ASSIGN(auto watch, ports_.store.watch(id));
      if (!watch) continue;
      const auto before = known_match(*watch, listing);
      const auto after = listed ? watch_match(watch->subject, listed) : std::nullopt;
      const auto what = change_between(before, after);
      if (!what) continue;
      const WatchMatch& shown = after ? *after : *before;
      const TimeMs now_ms = ports_.clock.now_ms();
      put_match(*watch, listing, after);
      watch->changed_ms = now_ms;
      watch->seen = false;
      TRY(ports_.store.update(*watch));
      TRY(ports_.store.insert(WatchChange{Id::random(ports_.random), id, *what, now_ms, step.after.head.head.version,
                                          after ? after->level : CompanyLevel::not_listed, listing,
                                          after ? after->status : "ended", shown.name}));
      TRY(ports_.events.append(company_event(event_kind(*what).c_str(), {}, "", id, now_ms)));
      if (watch->added_by.kind == events::Actor::Kind::account && watch->added_by.id) ++to_tell[*watch->added_by.id];
    }
  }
  if (ports_.mails != nullptr)
    for (const auto& [account, count] : to_tell) TRY(ports_.mails->tell(account, count));
  return {};
}

Result<Watch> WatchService::made(const CompanySubject& subject, const std::string& note,
                                 const events::Actor& actor) const {
  Watch watch;
  watch.id = Id::random(ports_.random);
  watch.subject = subject;
  watch.note = note;
  watch.added_by = actor;
  watch.added_ms = ports_.clock.now_ms();
  TRY_ASSIGN(const auto matched, ports_.companies.book().match(subject, {50, false}));
  for (const CompanyMatch& match : matched.answer.matches) {
    const auto& entry = match.listed->entry;
    watch.matches.push_back({entry.listing, match.level, entry.status, match.name, entry.corrected_ms});
  }
  std::ranges::sort(watch.matches, {}, &WatchMatch::listing);
  return watch;
}

Result<WatchService::Added> WatchService::add(const NewWatch& wanted, const events::Actor& actor) {
  TRY_ASSIGN(const CompanySubject subject, read_subject(wanted.company));
  TRY_ASSIGN(const std::string note, tidy_note(wanted.note));
  Added added;
  // No step of the list between looking and writing down: it would be missed.
  const auto still = ports_.companies.hold_still();
  TRY_ASSIGN(added.watch, made(subject, note, actor));
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(added.is_new, ports_.store.insert(added.watch));
    if (!added.is_new) {
      TRY_ASSIGN(const auto known, ports_.store.watch_about(subject_key(subject)));
      if (known) added.watch = *known;
      return {};
    }
    return ports_.events.append(company_event("watch.added", actor, "", added.watch.id, added.watch.added_ms))
        .map([](std::uint64_t) {});
  }));
  if (added.is_new) subjects_->add(added.watch.id, subject);
  return added;
}

Result<WatchService::AddedMany> WatchService::add_many(const std::vector<CompanySubject>& subjects,
                                                       const std::string& note, const events::Actor& actor) {
  TRY_ASSIGN(const std::string tidy, tidy_note(note));
  AddedMany counts;
  for (std::size_t first = 0; first < subjects.size(); first += kAddedAtOnce) {
    const auto still = ports_.companies.hold_still();
    std::vector<Watch> fresh;
    TRY(ports_.transactions.write([&]() -> Result<void> {
      fresh.clear();
      const std::size_t last = std::min(first + kAddedAtOnce, subjects.size());
      for (std::size_t i = first; i < last; ++i) {
        TRY_ASSIGN(Watch watch, made(subjects[i], tidy, actor));
        TRY_ASSIGN(const bool is_new, ports_.store.insert(watch));
        if (is_new) fresh.push_back(std::move(watch));
      }
      return {};
    }));
    for (const Watch& watch : fresh) subjects_->add(watch.id, watch.subject);
    counts.added += fresh.size();
    counts.known += std::min(kAddedAtOnce, subjects.size() - first) - fresh.size();
  }
  events::Event event = company_event("watch.batch_added", actor, "", {}, ports_.clock.now_ms());
  event.data_json = nlohmann::json{{"count", counts.added}}.dump();
  TRY(ports_.transactions.write([&] { return ports_.events.append(event).map([](std::uint64_t) {}); }));
  return counts;
}

Result<Watch> WatchService::find(const Id& id) {
  TRY_ASSIGN(auto watch, ports_.store.watch(id));
  if (!watch) return fail(ErrorCode::not_found, "there is no such watched partner");
  return std::move(*watch);
}

Result<void> WatchService::remove(const Id& id, const events::Actor& actor) {
  CompanySubject subject;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Watch watch, find(id));
    subject = watch.subject;
    TRY(ports_.events.append(company_event("watch.removed", actor, "", id, ports_.clock.now_ms())));
    return ports_.store.remove_watch(id);
  }));
  subjects_->remove(id, subject);
  return {};
}

Result<Watch> WatchService::mark_seen(const Id& id) {
  std::optional<Watch> seen;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(seen, find(id));
    seen->seen = true;
    return ports_.store.update(*seen);
  }));
  return std::move(*seen);
}

}  // namespace probity::screening
