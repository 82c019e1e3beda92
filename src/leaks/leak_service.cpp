#include "leaks/leak_service.h"

#include <ctime>
#include <nlohmann/json.hpp>

#include "parties/text.h"

namespace probity::leaks {
namespace {

using nlohmann::json;
using parties::tidy_line;
using parties::tidy_text;

constexpr std::size_t kMostLine = 200, kMostAddress = 1000, kMostNote = 4000;

int utc_year(TimeMs time_ms) {
  const std::time_t seconds = static_cast<std::time_t>(time_ms / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return parts.tm_year + 1900;
}

Result<std::string> tidy_title(const std::string& title) {
  TRY_ASSIGN(std::string tidy, tidy_line("title", title, kMostLine));
  if (tidy.empty()) return fail(ErrorCode::invalid_argument, "the title is empty", "say in a few words what leaked");
  return tidy;
}

}  // namespace

template <class Work>
Result<LeakRow> LeakService::change(const Id& id, Work work) {
  LeakRow row;
  TRY(desk_.ports().transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Leak leak, desk_.leak(id));
    TRY(work(leak));
    TRY_ASSIGN(row, find(id));
    return {};
  }));
  return row;
}

Result<LeakRow> LeakService::report(const NewLeak& wanted, const events::Actor& actor) {
  const LeakPorts& ports = desk_.ports();
  Leak leak;
  TRY_ASSIGN(leak.title, tidy_title(wanted.title));
  TRY_ASSIGN(leak.note, tidy_text("note", wanted.note, kMostNote));
  leak.project = wanted.project;
  leak.reporter = actor;
  LeakRow row;
  TRY(ports.transactions.write([&]() -> Result<void> {
    if (wanted.project) TRY(ports.projects.find(*wanted.project));
    leak.id = Id::random(ports.random);
    leak.reported_ms = ports.clock.now_ms();
    const int year = utc_year(leak.reported_ms);
    TRY_ASSIGN(const std::uint32_t ordinal, ports.store.next_ordinal(year));
    leak.number = leak_number(year, ordinal);
    TRY(ports.store.insert(leak));
    TRY(ports.evidence.open(leak.id, leak.number, actor));
    TRY(desk_.tell(leak, {"leak.reported", "reported", leak.note, {}, json{{"title", leak.title}}.dump()}, actor));
    if (wanted.sighting) TRY(add_sighting(leak.id, *wanted.sighting, actor));
    TRY_ASSIGN(row, find(leak.id));
    return {};
  }));
  return row;
}

Result<LeakRow> LeakService::update(const Id& id, const LeakChange& wanted, const events::Actor& actor) {
  return change(id, [&](Leak& leak) -> Result<void> {
    TRY(next(leak.state, Move::add_evidence));
    json data = json::object();
    if (wanted.title) {
      TRY_ASSIGN(leak.title, tidy_title(*wanted.title));
      data["title"] = leak.title;
    }
    if (wanted.note) {
      TRY_ASSIGN(leak.note, tidy_text("note", *wanted.note, kMostNote));
      data["note"] = leak.note;
    }
    if (wanted.project) {
      if (*wanted.project) TRY(desk_.ports().projects.find(**wanted.project));
      leak.project = *wanted.project;
      data["project"] = leak.project ? leak.project->text() : "";
    }
    TRY(desk_.save(leak));
    return desk_.tell(leak, {"", "changed", {}, {}, data.dump()}, actor);
  });
}

Result<Publication> LeakService::add_publication(const Id& id, const NewPublication& given,
                                                 const events::Actor& actor) {
  const LeakPorts& ports = desk_.ports();
  Publication publication;
  TRY_ASSIGN(publication.where, tidy_line("where", given.where, kMostLine));
  if (publication.where.empty())
    return fail(ErrorCode::invalid_argument, "say where it was published", "name the outlet or site");
  TRY_ASSIGN(publication.address, tidy_line("address", given.address, kMostAddress));
  TRY_ASSIGN(publication.note, tidy_text("note", given.note, kMostNote));
  TRY(check_past("the time of publication", given.published_ms, ports.clock.now_ms()));
  TRY(ports.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Leak leak, desk_.leak(id));
    TRY(next(leak.state, Move::add_evidence));
    publication.id = Id::random(ports.random);
    publication.leak = id;
    publication.published_ms = given.published_ms;
    publication.recorded_ms = ports.clock.now_ms();
    publication.recorded_by = actor.name;
    TRY(ports.store.insert(publication));
    const json data = {{"publication", publication.id.text()},
                       {"where", publication.where},
                       {"address", publication.address},
                       {"published", to_rfc3339(publication.published_ms)}};
    return desk_.tell(leak, {"", "publication_recorded", publication.note, {}, data.dump()}, actor);
  }));
  return publication;
}

Result<LeakRow> LeakService::answer(const Id& id, const GivenAnswers& given, const events::Actor& actor) {
  return change(id, [&](Leak& leak) -> Result<void> {
    TRY_ASSIGN(leak.state, next(leak.state, Move::answer));
    Answers answers;
    answers.public_before = given.public_before;
    answers.covered = given.covered;
    TRY_ASSIGN(answers.public_before_note, tidy_text("note", given.public_before_note, kMostNote));
    TRY_ASSIGN(answers.covered_note, tidy_text("note", given.covered_note, kMostNote));
    answers.answered_ms = desk_.ports().clock.now_ms();
    answers.answered_by = actor.name;
    leak.answers = answers;
    TRY(desk_.save(leak));
    const json data = {{"public_before", answer_name(answers.public_before)},
                       {"public_before_note", answers.public_before_note},
                       {"covered", answer_name(answers.covered)},
                       {"covered_note", answers.covered_note}};
    return desk_.tell(leak, {"leak.answered", "questions_answered", {}, {}, data.dump()}, actor);
  });
}

Result<LeakRow> LeakService::close(const Id& id, CloseReason reason, const std::string& note,
                                   const events::Actor& actor) {
  return change(id, [&](Leak& leak) -> Result<void> {
    if (leak.state == State::unmask_requested)
      return fail(ErrorCode::conflict, "somebody asks for a name in this matter",
                  "withdraw the request, or let it be decided, before closing");
    TRY_ASSIGN(leak.state, next(leak.state, Move::close));
    leak.closed_as = reason;
    TRY_ASSIGN(leak.close_note, tidy_text("note", note, kMostNote));
    TRY(desk_.save(leak));
    return desk_.tell(
        leak, {"leak.closed", "closed", leak.close_note, {}, json{{"reason", close_reason_name(reason)}}.dump()},
        actor);
  });
}

Result<LeakRow> LeakService::reopen(const Id& id, const std::string& reason, const events::Actor& actor) {
  return change(id, [&](Leak& leak) -> Result<void> {
    if (leak.state != State::closed) return fail(ErrorCode::conflict, "this matter is open");
    TRY_ASSIGN(const auto requests, desk_.ports().store.unmask_requests(id));
    leak.state = reopened_state(leak, requests);
    leak.closed_as.reset();
    leak.close_note.clear();
    TRY(desk_.save(leak));
    return desk_.tell(leak, {"leak.reopened", "reopened", reason}, actor);
  });
}

Result<Leak> LeakService::move_to_case(const Id& id, const Id& case_id, const std::string& case_number,
                                       const events::Actor& actor) {
  Leak moved;
  TRY(desk_.ports().transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(moved, desk_.leak(id));
    if (moved.state == State::unmask_requested)
      return fail(ErrorCode::conflict, "somebody asks for a name in this matter", "let that be decided first");
    TRY_ASSIGN(moved.state, next(moved.state, Move::move_to_case));
    moved.case_id = case_id;
    TRY(desk_.save(moved));
    const json data = {{"case", case_id.text()}, {"number", case_number}};
    return desk_.tell(moved, {"leak.to_case", "to_case", {}, {}, data.dump()}, actor);
  }));
  return moved;
}

Result<LeakRow> LeakService::find(const Id& id) {
  TRY_ASSIGN(auto row, desk_.ports().store.row(id));
  if (!row) return fail(ErrorCode::not_found, "there is no such leak");
  return std::move(*row);
}

Result<LeakDetail> LeakService::detail(const Id& id) {
  const LeakPorts& ports = desk_.ports();
  LeakDetail detail;
  TRY(ports.transactions.read([&]() -> Result<void> {
    TRY_ASSIGN(detail.row, find(id));
    TRY_ASSIGN(detail.sightings, ports.store.sightings(id));
    TRY_ASSIGN(detail.publications, ports.store.publications(id));
    TRY_ASSIGN(detail.releases, ports.store.releases(id));
    TRY_ASSIGN(detail.unmask_requests, ports.store.unmask_requests(id));
    TRY_ASSIGN(detail.trace, ports.store.latest_trace(id));
    TRY_ASSIGN(const auto views, ports.evidence.steps_of(id, "viewed"));
    for (const evidence::Step& step : views) detail.views.push_back({step.deed.actor, step.time_ms});
    return {};
  }));
  return detail;
}

Result<std::vector<Said>> LeakService::helps(const LeakDetail& detail) {
  const LeakPorts& ports = desk_.ports();
  std::vector<Said> words;
  for (const ReleaseFound& found : detail.releases) words.push_back({found.en, found.zh});
  if (detail.releases.empty() && ports.releases != nullptr && detail.row.leak.files > 0)
    words.push_back({"None of our own releases shows this picture.", "本机构的发布中没有这张图片。"});
  const TimeMs seen_ms = detail.row.leak.first_seen_ms.value_or(detail.row.leak.reported_ms);
  for (const Publication& publication : detail.publications) {
    const bool earlier = publication.published_ms < seen_ms;
    words.push_back({publication.where + (earlier ? " had published it before." : " published it later."),
                     publication.where + (earlier ? "此前已公开。" : "是在此之后公开的。")});
  }
  if (!detail.row.leak.project) return words;
  commitments::CommitmentFilter filter;
  filter.project = detail.row.leak.project;
  filter.state = commitments::State::in_force;
  filter.query.limit = 500;
  TRY_ASSIGN(const auto in_force, ports.commitments.list(filter));
  for (Said& said : coverage_before_trace(in_force.items, standing(detail.sightings), ports.clock.now_ms()))
    words.push_back(std::move(said));
  return words;
}

}  // namespace probity::leaks
