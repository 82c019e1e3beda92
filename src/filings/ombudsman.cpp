#include "filings/ombudsman.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "alliance/json.h"
#include "alliance/subject.h"
#include "base/encoding.h"
#include "filings/prepare.h"
#include "filings/record.h"
#include "parties/text.h"

namespace probity::filings {
namespace {

using alliance::Appeal;
using alliance::Listing;
using alliance::ListingState;
using alliance::ListingStep;
using alliance::Paper;
using nlohmann::json;

constexpr std::size_t kMostReasons = 8000;
const std::string kBase = "/alliance/v1/";

std::string path_of(const Id& listing) { return kBase + "listings/" + listing.text(); }

Result<Person> deciding_person(const events::Actor& actor) {
  if (actor.kind != events::Actor::Kind::account || !actor.id)
    return fail(ErrorCode::forbidden, "decisions are made by people with accounts", "name yourself: --as");
  return Person{*actor.id, actor.name};
}

Result<std::string> reasons_of(const std::string& text) {
  TRY_ASSIGN(std::string reasons, parties::tidy_text("reasons", text, kMostReasons));
  if (reasons.empty()) return fail(ErrorCode::invalid_argument, "a decision needs its reasons");
  if (names::holds_resident_id(reasons))
    return fail(ErrorCode::invalid_argument, "no identifier stands in reasons", "say who it is in other words");
  return reasons;
}

Result<json> items_of(const Result<std::string>& answer) {
  TRY(answer);
  json in = json::parse(*answer, nullptr, false);
  if (!in.is_object() || !in.contains("items") || !in["items"].is_array())
    return fail(ErrorCode::corrupt, "the hub's answer is not readable");
  return std::move(in["items"]);
}

std::string word(const json& in, const char* name) {
  return in.is_object() && in.contains(name) && in[name].is_string() ? in[name].get<std::string>() : std::string();
}

bool stands_in_tests(const alliance::FilingTests& tests, const Hash& commitment) {
  for (const auto* list : {&tests.reasonable_grounds, &tests.clear_evidence, &tests.ended_because_of_it})
    if (std::ranges::find(*list, commitment) != list->end()) return true;
  return false;
}

std::optional<MatterPaper> read_paper(const json& in, const Listing& listing) {
  const auto id = Id::parse(word(in, "id"));
  const auto kind = alliance::parse_paper_kind(word(in, "kind"));
  const auto commitment = from_hex(word(in, "commitment"));
  MatterPaper paper;
  if (!id || !kind || !commitment || commitment->size() != paper.commitment.size()) return std::nullopt;
  paper.id = *id;
  paper.kind = *kind;
  paper.from = word(in, "from");
  std::ranges::copy(*commitment, paper.commitment.begin());
  paper.in_tests = stands_in_tests(listing.tests, paper.commitment);
  return paper;
}

// Names in the summary, by commitment.
std::map<std::string, std::string> titles_of(const std::string& summary) {
  std::map<std::string, std::string> titles;
  const json in = json::parse(summary, nullptr, false);
  if (!in.is_object() || !in.contains("documents") || !in["documents"].is_array()) return titles;
  for (const json& one : in["documents"]) titles[word(one, "commitment")] = word(one, "name");
  return titles;
}

}  // namespace

Matter matter_of(const Listing& listing) {
  Matter matter{listing, "", std::nullopt};
  if (alliance::is_final(listing.state)) return matter;
  if (listing.appeal_is_open()) {
    matter.waits_for = listing.appeal->stage == Appeal::Stage::at_ombudsman ? "appeal" : "filer";
    matter.due_ms = listing.appeal->due_ms;
  } else if (listing.act_by_ms) {
    matter.waits_for = "acquittal";
    matter.due_ms = listing.act_by_ms;
  } else if (listing.state == ListingState::awaiting_notice && listing.notice_sent_ms) {
    matter.waits_for = "notice";
  } else if (listing.state == ListingState::draft) {
    matter.waits_for = "consent";
  }
  return matter;
}

// By what is the ombudsman's own, then by the day; what has no day comes last.
void sort_matters(std::vector<Matter>& matters) {
  const auto rank = [](const Matter& matter) {
    constexpr std::string_view kOrder[] = {"appeal", "acquittal", "filer", "notice", "consent", ""};
    return std::ranges::find(kOrder, matter.waits_for) - std::begin(kOrder);
  };
  std::ranges::stable_sort(matters, [&](const Matter& a, const Matter& b) {
    if (rank(a) != rank(b)) return rank(a) < rank(b);
    if (a.due_ms && b.due_ms) return *a.due_ms < *b.due_ms;
    return a.due_ms.has_value() && !b.due_ms;
  });
}

Result<Listing> OmbudsmanDesk::look(const Id& listing, const Id& account) {
  TRY_ASSIGN(const std::string answer, ports_.membership.call("GET", path_of(listing), "", account));
  return parse_shown_listing(answer);
}

Result<std::vector<Matter>> OmbudsmanDesk::desk(const events::Actor& actor) {
  TRY_ASSIGN(const Person person, deciding_person(actor));
  TRY_ASSIGN(const json items, items_of(ports_.membership.call("GET", kBase + "ombudsman/desk", "", person.account)));
  std::vector<Matter> matters;
  for (json item : items) {
    item.erase("ladder");
    TRY_ASSIGN(const Listing listing, parse_shown_listing(item.dump()));
    matters.push_back(matter_of(listing));
  }
  sort_matters(matters);
  return matters;
}

Result<OpenedDocument> OmbudsmanDesk::paper(const Id&, const Id& paper, const events::Actor& actor) {
  TRY_ASSIGN(const Person person, deciding_person(actor));
  TRY_ASSIGN(const std::string sealed,
             ports_.membership.call("GET", kBase + "papers/" + paper.text(), "", person.account));
  TRY_ASSIGN(Paper opened, alliance::open_paper(as_bytes(sealed), ports_.identity));
  return OpenedDocument{std::move(opened.title), std::move(opened.media_type), std::move(opened.bytes)};
}

Result<MatterView> OmbudsmanDesk::matter(const Id& listing, const events::Actor& actor) {
  TRY_ASSIGN(const Person person, deciding_person(actor));
  TRY_ASSIGN(const Listing shown, look(listing, person.account));
  MatterView view{matter_of(shown), "", {}, {}};
  TRY_ASSIGN(const json items,
             items_of(ports_.membership.call("GET", kBase + "papers/of/" + listing.text(), "", person.account)));
  for (const json& item : items)
    if (auto paper = read_paper(item, shown)) view.papers.push_back(std::move(*paper));
  // The newest summary that stands among the tests is what the listing rests on.
  for (const MatterPaper& one : view.papers) {
    if (one.kind != Paper::Kind::summary || !one.in_tests) continue;
    TRY_ASSIGN(const OpenedDocument opened, paper(listing, one.id, actor));
    view.summary = std::string(as_text(opened.bytes));
  }
  const auto titles = titles_of(view.summary);
  for (MatterPaper& one : view.papers)
    if (const auto found = titles.find(to_hex(one.commitment)); found != titles.end()) one.title = found->second;
  TRY_ASSIGN(view.decisions, ports_.store.decisions_of(listing));
  return view;
}

Result<void> OmbudsmanDesk::tell(const char* kind, const events::Actor& actor, const Id& listing) {
  events::Event event;
  event.time_ms = ports_.clock.now_ms();
  event.kind = kind;
  event.actor = actor;
  event.data_json = json{{"listing_id", listing.text()}}.dump();
  return ports_.events.append(event).map([](std::uint64_t) {});
}

// What the hub did is written down by its step: also when its answer was lost, and then once.
Result<Matter> OmbudsmanDesk::do_and_record(const Id& listing, const Told& told, Decision decision) {
  TRY_ASSIGN(const auto before, look(listing, decision.by.account));
  const auto answer = ports_.membership.call("POST", told.path, told.body, decision.by.account);
  auto after = answer ? parse_shown_listing(*answer) : look(listing, decision.by.account);
  TRY(after);
  TRY_ASSIGN(const auto known, ports_.store.decisions_of(listing));
  const ListingStep* step = nullptr;
  for (const ListingStep& one : after->steps) {
    const bool is_known = std::ranges::any_of(known, [&](const Decision& kept) { return kept.time_ms == one.time_ms; });
    if (one.kind == told.step && one.by.account == decision.by.account && !is_known) step = &one;
  }
  if (step == nullptr) {
    if (!answer) return tl::unexpected<Error>(answer.error());
    return matter_of(*after);
  }
  decision.id = Id::random(ports_.random);
  decision.listing = listing;
  decision.time_ms = step->time_ms;
  decision.conduct = after->conduct;
  decision.filer = after->filer;
  if (before.appeal && decision.verb == "answer") {
    decision.waited_ms = step->time_ms - before.appeal->opened_ms;
    decision.late = step->time_ms > before.appeal->due_ms;
  }
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(ports_.store.insert(decision));
    return tell("ombudsman.decided", {events::Actor::Kind::account, decision.by.account, decision.by.name}, listing);
  }));
  (void)tick().has_value();  // at once if it can be; the clockwork tries again
  return matter_of(*after);
}

Result<Matter> OmbudsmanDesk::decide(const Id& listing, const Ruling& ruling, const events::Actor& actor) {
  TRY_ASSIGN(const Person person, deciding_person(actor));
  TRY_ASSIGN(const std::string reasons, reasons_of(ruling.reasons));
  json body{{"outcome", alliance::outcome_name(ruling.outcome)}};
  if (ruling.outcome == Appeal::Outcome::corrected) {
    alliance::Restatement place;
    if (ruling.enterprise) {
      TRY_ASSIGN(const auto enterprise, alliance::checked_enterprise(*ruling.enterprise));
      place = alliance::restatement_of(enterprise);
    } else {
      if (!ruling.identifier || !ruling.label)
        return fail(ErrorCode::invalid_argument, "a correction needs the person's identifier and what is right",
                    "the filer can correct it instead");
      TRY_ASSIGN(alliance::Subject subject, alliance::subject_of(*ruling.identifier));
      const PlainSubject plain(std::move(subject));
      TRY_ASSIGN(const oprf::ListKeys keys, ports_.membership.list_keys_of(plain.subject, person.account));
      TRY_ASSIGN(const Bytes label, alliance::encode_label(*ruling.label));
      place.epoch = ports_.membership.facts().epoch;
      place.tag = keys.tag;
      TRY_ASSIGN(place.label, oprf::seal_label(place.epoch, keys, label, ports_.random));
    }
    body["corrected"] = alliance::restatement_to_json(place);
  }
  Decision decision;
  decision.verb = "answer";
  decision.outcome = alliance::outcome_name(ruling.outcome);
  decision.reasons = reasons;
  decision.by = person;
  return do_and_record(listing, {path_of(listing) + "/answer", body.dump(), ListingStep::Kind::ombudsman_decided},
                       decision);
}

Result<Matter> OmbudsmanDesk::record_post(const Id& listing, const std::string& text, const events::Actor& actor) {
  TRY_ASSIGN(const Person person, deciding_person(actor));
  TRY_ASSIGN(const std::string reference, parties::tidy_line("reference", text, 200));
  if (reference.empty()) return fail(ErrorCode::invalid_argument, "the receipt's reference is needed");
  Decision decision;
  decision.verb = "post";
  decision.reasons = reference;
  decision.by = person;
  decision.told = true;
  // A salted hash: the hub is to hold a proof, not the number of somebody's letter.
  const std::string sent = to_hex(alliance::paper_commitment(alliance::draw_salt(ports_.random), as_bytes(reference)));
  return do_and_record(
      listing, {path_of(listing) + "/post", json{{"to", sent}}.dump(), ListingStep::Kind::notice_delivered}, decision);
}

Result<Matter> OmbudsmanDesk::act(const Id& listing, const std::string& verb, const std::string& text,
                                  const events::Actor& actor) {
  static const std::map<std::string, ListingStep::Kind> kSteps{{"consent", ListingStep::Kind::consented},
                                                               {"acquittal", ListingStep::Kind::acquittal_recorded},
                                                               {"overturn", ListingStep::Kind::overturned},
                                                               {"suspend", ListingStep::Kind::suspended},
                                                               {"resume", ListingStep::Kind::resumed}};
  const auto step = kSteps.find(verb);
  if (step == kSteps.end()) return fail(ErrorCode::invalid_argument, "there is no such verb");
  TRY_ASSIGN(const Person person, deciding_person(actor));
  TRY_ASSIGN(const std::string reasons, reasons_of(text));
  Decision decision;
  decision.verb = verb;
  decision.reasons = reasons;
  decision.by = person;
  return do_and_record(listing, {path_of(listing) + "/" + verb, "", step->second}, decision);
}

Result<Listed<Decision>> OmbudsmanDesk::decisions(std::uint32_t offset, std::uint32_t limit) {
  return ports_.store.decisions(offset, limit);
}

Result<OmbudsmanStatistics> OmbudsmanDesk::statistics() {
  TRY_ASSIGN(const auto all, ports_.store.decisions(0, 1'000'000));
  OmbudsmanStatistics found;
  std::map<std::string, OmbudsmanStatistics::Row> rows;
  std::vector<TimeMs> waits;
  for (const Decision& one : all.items) {
    found.overturned += one.verb == "overturn" ? 1 : 0;
    found.acquittals += one.verb == "acquittal" ? 1 : 0;
    if (one.verb != "answer") continue;
    ++found.appeals;
    found.upheld += one.outcome == "upheld" ? 1 : 0;
    found.corrected += one.outcome == "corrected" ? 1 : 0;
    found.taken_back += one.outcome == "taken_back" ? 1 : 0;
    found.late += one.late ? 1 : 0;
    waits.push_back(one.waited_ms);
    auto& row = rows[std::string(alliance::conduct_entry(one.conduct).name)];
    ++row.appeals;
    row.against_filer += one.outcome == "upheld" ? 0 : 1;
  }
  if (!waits.empty()) {
    const auto middle = waits.begin() + static_cast<std::ptrdiff_t>(waits.size() / 2);
    std::ranges::nth_element(waits, middle);
    found.median_wait_ms = *middle;
  }
  for (auto& [conduct, row] : rows) {
    row.conduct = conduct;
    found.by_conduct.push_back(row);
  }
  return found;
}

// The filer's key comes from the hub's roll: see the README for what that means.
Result<void> OmbudsmanDesk::tick() {
  TRY_ASSIGN(const auto untold, ports_.store.untold());
  for (const Decision& decision : untold) {
    TRY_ASSIGN(
        const std::string answer,
        ports_.membership.call("GET", kBase + "ombudsman/filers/" + decision.listing.text(), "", decision.by.account));
    TRY_ASSIGN(const Bytes bytes, from_hex(word(json::parse(answer, nullptr, false), "identity")));
    TRY_ASSIGN(const oprf::PublicIdentity filer, oprf::parse_identity(bytes));
    Paper paper{Paper::Kind::decision, "Decision of the ombudsman", "text/plain; charset=utf-8", "", {}, {}};
    // The same each time it is tried, so that the hub has it once.
    std::copy_n(decision.id.bytes.begin(), paper.salt.size(), paper.salt.begin());
    paper.bytes.assign(decision.reasons.begin(), decision.reasons.end());
    TRY_ASSIGN(const Bytes sealed, alliance::seal_paper(paper, filer));
    const std::string body = json{
        {"listing", decision.listing.text()},
        {"kind", alliance::paper_kind_name(paper.kind)},
        {"commitment", to_hex(alliance::paper_commitment(paper))},
        {"sealed",
         to_base64(sealed)}}.dump();
    TRY(ports_.membership.call("POST", kBase + "papers", body, decision.by.account));
    TRY(ports_.transactions.write([&] { return ports_.store.set_told(decision.id); }));
  }
  return {};
}

}  // namespace probity::filings
