#include "filings/clerk.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "alliance/json.h"
#include "base/encoding.h"
#include "filings/prepare.h"
#include "filings/record.h"

namespace probity::filings {
namespace {

using alliance::Listing;
using alliance::ListingState;
using alliance::ListingStep;
using nlohmann::json;

constexpr const char* kListings = "/alliance/v1/listings";
constexpr TimeMs kFirstPauseMs = 2'000, kLongestPauseMs = 5LL * 60 * 1000;
constexpr std::size_t kLookedAtOnce = 20;
constexpr TimeMs kAppealReminderMs = 3 * alliance::kDayMs;

const events::Actor kAlliance{events::Actor::Kind::system, std::nullopt, "Alliance"};

// Whether the hub, or the way to it, may say something else in a moment; everything else is an answer.
bool may_pass(const Error& error) {
  switch (error.code) {
    case ErrorCode::unavailable:
    case ErrorCode::internal:
    case ErrorCode::storage:
    case ErrorCode::corrupt:
    case ErrorCode::too_many_requests:
      return true;
    default:
      return false;
  }
}

ListingStep::Kind step_of(Verb verb) {
  using Kind = ListingStep::Kind;
  switch (verb) {
    case Verb::submit:
      return Kind::submitted;
    case Verb::approve:
      return Kind::approved;
    case Verb::refuse:
      return Kind::refused;
    case Verb::notice:
      return Kind::notice_sent;
    case Verb::answer:
      return Kind::filer_answered;
    case Verb::suspend:
      return Kind::suspended;
    case Verb::resume:
      return Kind::resumed;
    case Verb::correct:
      return Kind::corrected;
    case Verb::attest:
      return Kind::attested;
    case Verb::withdraw:
      return Kind::withdrawn;
  }
  return Kind::submitted;
}

// Whether the hub has done it since it was begun.
bool is_done(const Pending& pending, const Listing& shown) {
  for (std::size_t i = pending.steps_seen; i < shown.steps.size(); ++i)
    if (shown.steps[i].kind == step_of(pending.verb) && shown.steps[i].by.account == pending.by.account) return true;
  return false;
}

bool begins_with(const std::vector<ListingStep>& steps, const std::vector<ListingStep>& before) {
  return steps.size() >= before.size() && std::equal(before.begin(), before.end(), steps.begin());
}

TimeMs pause_ms(std::uint32_t attempts) {
  return std::min(kLongestPauseMs, kFirstPauseMs << std::min<std::uint32_t>(attempts, 8));
}

std::string path_of(const Filing& filing) { return std::string(kListings) + "/" + filing.listing_id->text(); }

}  // namespace

Result<void> Clerk::tell(const Filing& filing, const std::string& kind, const events::Actor& actor,
                         const std::string& reason) {
  json data{{"number", filing.number}, {"filing_id", filing.id.text()}};
  if (!reason.empty()) data["reason"] = reason;
  events::Event event;
  event.time_ms = ports_.clock.now_ms();
  event.kind = kind;
  event.actor = actor;
  event.data_json = data.dump();
  return ports_.events.append(event).map([](std::uint64_t) {});
}

Result<void> Clerk::take_over(Filing& filing, const Listing& shown) {
  const std::vector<ListingStep> before = filing.listing ? filing.listing->steps : std::vector<ListingStep>();
  // The hub's list may be a moment older than one of its answers: what the clock brings is written down by its tick.
  if (shown.steps.size() < before.size() && begins_with(before, shown.steps)) return {};
  if (!begins_with(shown.steps, before)) {
    if (!filing.history_changed) TRY(tell(filing, "filing.history_changed", kAlliance));
    filing.history_changed = true;
    if (shown.steps.size() < before.size()) return {};
  }
  for (std::size_t i = before.size(); i < shown.steps.size(); ++i) {
    const ListingStep& step = shown.steps[i];
    if (step.kind == ListingStep::Kind::drafted) continue;
    const bool is_ours = filing.pending && step.by.account == filing.pending->by.account;
    const events::Actor actor =
        is_ours ? events::Actor{events::Actor::Kind::account, filing.pending->by.account, filing.pending->by.name}
                : kAlliance;
    TRY(tell(filing, "filing." + std::string(alliance::step_name(step.kind)), actor));
  }
  filing.listing_id = shown.id;
  filing.listing = shown;
  // What ended never comes back: nothing here needs the identifier any more.
  if (alliance::is_final(shown.state)) {
    filing.subject.sealed_identifier.clear();
    filing.subject.born_ms.reset();
    filing.prepared.reset();
  }
  return {};
}

// --- One attempt
// -------------------------------------------------------------------------------------------------------

Result<Listing> Clerk::say(const Filing& filing, const std::string& verb, const std::string& body) {
  TRY_ASSIGN(const std::string answer,
             ports_.membership.call("POST", path_of(filing) + "/" + verb, body, filing.pending->by.account));
  return parse_shown_listing(answer);
}

Result<Listing> Clerk::look(const Filing& filing) {
  TRY_ASSIGN(const std::string answer, ports_.membership.call("GET", path_of(filing), "", filing.pending->by.account));
  return parse_shown_listing(answer);
}

// A draft of ours whose answer was lost: no other holds the salted commitment to its summary.
Result<std::optional<Listing>> Clerk::find_lost(const Filing& filing) {
  TRY_ASSIGN(const std::string answer, ports_.membership.call("GET", kListings, "", filing.pending->by.account));
  const json in = json::parse(answer, nullptr, false);
  if (!in.is_object() || !in.contains("items") || !in["items"].is_array())
    return fail(ErrorCode::corrupt, "the hub's answer is not readable");
  const Document* summary = filing.document(filing.prepared->summary);
  for (const json& item : in["items"]) {
    TRY_ASSIGN(Listing listing, parse_shown_listing(item.dump()));
    const auto& grounds = listing.tests.reasonable_grounds;
    if (summary != nullptr && std::ranges::find(grounds, summary->commitment) != grounds.end())
      return std::optional(std::move(listing));
  }
  return std::optional<Listing>();
}

Result<Listing> Clerk::begin_listing(Filing& filing) {
  std::optional<Listing> shown;
  if (filing.pending->attempts > 1) {
    TRY_ASSIGN(shown, find_lost(filing));
  }
  if (!shown) {
    TRY_ASSIGN(const std::string answer,
               ports_.membership.call("POST", kListings, filing.prepared->draft, filing.pending->by.account));
    TRY_ASSIGN(shown, parse_shown_listing(answer));
  }
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(auto known, ports_.store.find(filing.id));
    if (!known) return fail(ErrorCode::not_found, "there is no such filing");
    TRY(take_over(*known, *shown));
    TRY(ports_.store.update(*known));
    filing = std::move(*known);
    return {};
  }));
  return *shown;
}

Result<Listing> Clerk::attempt_submit(Filing& filing) {
  if (!filing.prepared) return fail(ErrorCode::conflict, "nothing was prepared", "submit it again");
  std::optional<Listing> shown;
  if (!filing.listing_id) {
    TRY_ASSIGN(shown, begin_listing(filing));
  } else {
    TRY_ASSIGN(shown, look(filing));
  }
  if (shown->state != ListingState::draft) return *shown;  // it was submitted before
  TRY_ASSIGN(const alliance::Draft draft, alliance::parse_draft(filing.prepared->draft));
  if (draft.tests != shown->tests || draft.epoch != shown->epoch) {
    TRY_ASSIGN(shown, say(filing, "rewrite", filing.prepared->draft));
  }
  TRY(send_papers(filing));
  auto submitted = say(filing, "submit", "");
  if (submitted) return submitted;
  const auto now = look(filing);
  return now && now->state != ListingState::draft ? now : submitted;
}

Result<Listing> Clerk::attempt(Filing& filing) {
  if (filing.pending->verb == Verb::submit) return attempt_submit(filing);
  if (!filing.listing_id) return fail(ErrorCode::conflict, "the hub does not know this filing yet");
  if (filing.pending->attempts > 1) {
    TRY_ASSIGN(const Listing shown, look(filing));
    if (is_done(*filing.pending, shown)) return shown;
  }
  TRY(send_papers(filing));
  auto done = say(filing, std::string(verb_name(filing.pending->verb)), filing.pending->body);
  if (done) return done;
  const auto now = look(filing);
  return now && is_done(*filing.pending, *now) ? now : done;
}

// --- Papers
// ------------------------------------------------------------------------------------------------------------

// The first key that the hub names is kept for good: a hub that later names another would read along.
Result<oprf::PublicIdentity> Clerk::ombudsman_identity() {
  TRY_ASSIGN(const std::string answer, ports_.membership.call("GET", "/alliance/v1/ombudsman", "", {}));
  const json in = json::parse(answer, nullptr, false);
  if (!in.is_object() || !in.contains("identity") || !in["identity"].is_string())
    return fail(ErrorCode::corrupt, "the hub's answer is not readable");
  TRY_ASSIGN(const Bytes bytes, from_hex(in["identity"].get<std::string>()));
  TRY_ASSIGN(const oprf::PublicIdentity named, oprf::parse_identity(bytes));
  TRY_ASSIGN(const auto kept, ports_.store.ombudsman());
  if (!kept) {
    TRY(ports_.transactions.write([&] { return ports_.store.keep_ombudsman(named); }));
    return named;
  }
  if (*kept != named)
    return fail(ErrorCode::forbidden, "the hub names another ombudsman's key than before",
                "compare its fingerprint with the ombudsman by telephone, then `probity filing ombudsman --trust`");
  return named;
}

Result<void> Clerk::send_papers(const Filing& filing) {
  if (filing.pending->papers.empty()) return {};
  TRY_ASSIGN(const oprf::PublicIdentity ombudsman, ombudsman_identity());
  const Id& account = filing.pending->by.account;
  TRY_ASSIGN(const std::string known,
             ports_.membership.call("GET", "/alliance/v1/papers/of/" + filing.listing_id->text(), "", account));
  for (const Id& id : filing.pending->papers) {
    const Document* document = filing.document(id);
    if (document == nullptr || known.find(to_hex(document->commitment)) != std::string::npos) continue;
    TRY_ASSIGN(alliance::Paper paper, open_document(ports_, document->blob));
    paper.test = test_name(document->test);
    TRY_ASSIGN(const Bytes sealed, alliance::seal_paper(paper, ombudsman));
    const std::string body = json{
        {"listing", filing.listing_id->text()},
        {"kind", alliance::paper_kind_name(document->kind)},
        {"commitment", to_hex(document->commitment)},
        {"sealed",
         to_base64(sealed)}}.dump();
    TRY(ports_.membership.call("POST", "/alliance/v1/papers", body, account));
  }
  return {};
}

// --- What becomes of it
// ------------------------------------------------------------------------------------------------

Result<Filing> Clerk::settle(const Id& id, const Result<Listing>& outcome) {
  std::optional<Filing> filing;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(filing, ports_.store.find(id));
    if (!filing || !filing->pending) return {};
    if (outcome) {
      TRY(take_over(*filing, *outcome));
      filing->pending.reset();
    } else if (!may_pass(outcome.error())) {
      filing->pending.reset();
    } else {
      filing->pending->trouble = outcome.error().message;
      filing->pending->next_ms = ports_.clock.now_ms() + pause_ms(filing->pending->attempts);
    }
    filing->updated_ms = ports_.clock.now_ms();
    return ports_.store.update(*filing);
  }));
  if (!filing) return fail(ErrorCode::not_found, "there is no such filing");
  if (!outcome && !filing->pending) return tl::unexpected<Error>(outcome.error());
  return std::move(*filing);
}

Result<Filing> Clerk::run(const Id& id) {
  {
    const std::lock_guard lock(mutex_);
    if (!running_.insert(id).second) return fail(ErrorCode::conflict, "this filing is on its way to the hub");
  }
  const auto work = [&]() -> Result<Filing> {
    std::optional<Filing> filing;
    TRY(ports_.transactions.write([&]() -> Result<void> {
      TRY_ASSIGN(filing, ports_.store.find(id));
      if (!filing) return fail(ErrorCode::not_found, "there is no such filing");
      if (!filing->pending) return {};
      ++filing->pending->attempts;
      return ports_.store.update(*filing);
    }));
    if (!filing->pending) return std::move(*filing);
    const auto outcome = attempt(*filing);
    return settle(id, outcome);
  };
  auto done = work();
  const std::lock_guard lock(mutex_);
  running_.erase(id);
  return done;
}

// --- What time brings
// --------------------------------------------------------------------------------------------------

Result<void> Clerk::remind(Filing& filing) {
  const auto due = due_day(filing);
  if (!due) return {};
  const TimeMs ahead = due->what == "attest"   ? alliance::kAttestWindowMs
                       : due->what == "answer" ? kAppealReminderMs
                                               : TimeMs{0};
  const std::string mark = due->what + " " + std::to_string(due->due_ms);
  const bool is_told = std::ranges::find(filing.told, mark) != filing.told.end();
  if (ahead == 0 || is_told || ports_.clock.now_ms() < due->due_ms - ahead) return {};
  filing.told.push_back(mark);
  return tell(filing, "filing." + due->what + "_due", kAlliance);
}

Result<void> Clerk::mirror(const std::vector<Listing>& shown) {
  TRY_ASSIGN(const auto live, ports_.store.live());
  for (const Filing& known : live) {
    if (!known.listing_id) continue;
    const auto found = std::ranges::find(shown, *known.listing_id, &Listing::id);
    TRY(ports_.transactions.write([&]() -> Result<void> {
      TRY_ASSIGN(auto filing, ports_.store.find(known.id));
      if (!filing) return {};
      const Filing before = *filing;
      if (found != shown.end() && filing->listing != *found && !filing->pending) TRY(take_over(*filing, *found));
      TRY(remind(*filing));
      if (*filing == before) return {};
      filing->updated_ms = ports_.clock.now_ms();
      return ports_.store.update(*filing);
    }));
  }
  return {};
}

Result<void> Clerk::fetch_arrivals() {
  TRY_ASSIGN(const std::string answer, ports_.membership.call("GET", "/alliance/v1/papers", "", {}));
  const json in = json::parse(answer, nullptr, false);
  if (!in.is_object() || !in.contains("items") || !in["items"].is_array())
    return fail(ErrorCode::corrupt, "the hub's answer is not readable");
  for (const json& item : in["items"]) {
    const auto paper_id = Id::parse(item.value("id", "")), listing = Id::parse(item.value("listing", ""));
    if (!paper_id || !listing) continue;
    // Also of one that has ended: the reasons come after the end.
    TRY_ASSIGN(const auto known, ports_.store.find_listing(*listing));
    if (!known || std::ranges::find(known->arrivals, *paper_id, &Arrival::paper) != known->arrivals.end()) continue;
    TRY_ASSIGN(const std::string sealed,
               ports_.membership.call("GET", "/alliance/v1/papers/" + paper_id->text(), "", {}));
    const auto paper = alliance::open_paper(as_bytes(sealed), ports_.identity);
    if (!paper) continue;  // not readable: it will not become so
    TRY_ASSIGN(const Hash blob, ports_.blobs.put(as_bytes(sealed)));
    TRY(ports_.transactions.write([&]() -> Result<void> {
      TRY_ASSIGN(auto filing, ports_.store.find(known->id));
      if (!filing) return {};
      filing->arrivals.push_back({*paper_id, paper->kind, item.value("from", "") == "ombudsman", paper->title,
                                  paper->media_type, paper->bytes.size(), blob, ports_.clock.now_ms()});
      TRY(tell(*filing, "filing.paper_arrived", kAlliance));
      return ports_.store.update(*filing);
    }));
  }
  return {};
}

Result<void> Clerk::tick() {
  std::optional<Error> first;
  const auto note = [&](const auto& outcome) {
    if (!outcome && !first) first = outcome.error();
  };
  TRY_ASSIGN(const auto live, ports_.store.live());
  const TimeMs now_ms = ports_.clock.now_ms();
  for (const Filing& filing : live)
    if (filing.pending && filing.pending->next_ms <= now_ms) note(run(filing.id));
  const bool any_listed = std::ranges::any_of(live, [](const Filing& filing) { return filing.listing_id.has_value(); });
  if (any_listed) {
    const auto answer = ports_.membership.call("GET", kListings, "", {});
    note(answer);
    std::vector<Listing> shown;
    const json in = json::parse(answer.value_or(""), nullptr, false);
    if (in.is_object() && in.contains("items"))
      for (const json& item : in["items"])
        if (auto listing = parse_shown_listing(item.dump())) shown.push_back(std::move(*listing));
    // The list shows the newest; older ones are asked for one by one, a few at a time.
    std::size_t looked = 0;
    for (const Filing& filing : live) {
      const bool is_shown =
          !filing.listing_id || std::ranges::find(shown, *filing.listing_id, &Listing::id) != shown.end();
      if (!answer || is_shown || looked >= kLookedAtOnce) continue;
      ++looked;
      const auto one = ports_.membership.call("GET", path_of(filing), "", {});
      if (auto listing = one ? parse_shown_listing(*one) : tl::unexpected<Error>(one.error()))
        shown.push_back(std::move(*listing));
    }
    note(mirror(shown));
  }
  note(fetch_arrivals());
  if (first) return tl::unexpected<Error>(*first);
  return {};
}

}  // namespace probity::filings
