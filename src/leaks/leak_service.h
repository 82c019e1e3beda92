// The verbs of leaks as matters: report one, say where it was seen, answer the first questions, close it, list them.
#pragma once

#include "leaks/coverage.h"
#include "leaks/desk.h"

namespace probity::leaks {

struct NewSighting {
  std::string address, platform, account;
  std::string channel = "other";
  TimeMs seen_ms = 0;
  std::string captured_by, captured_how, note;
  std::optional<Id> item{};
  std::optional<TimeMs> taken_down_ms{};
};

// What stays empty is not changed.
struct SightingEdit {
  std::optional<std::string> address{}, platform{}, account{}, channel{}, captured_by{}, captured_how{}, note{};
  std::optional<TimeMs> seen_ms{};
  std::optional<std::optional<Id>> item{};
  std::optional<std::optional<TimeMs>> taken_down_ms{};  // nothing: it is still there
  std::string reason{};
};

struct NewPublication {
  std::string where, address, note;
  TimeMs published_ms = 0;
};

struct NewLeak {
  std::string title, note;
  std::optional<Id> project{};
  std::optional<NewSighting> sighting{};
};

// What stays empty is not changed.
struct LeakChange {
  std::optional<std::string> title, note;
  std::optional<std::optional<Id>> project{};
};

struct GivenAnswers {
  Answer public_before = Answer::unknown;
  std::string public_before_note;
  Answer covered = Answer::unknown;
  std::string covered_note;
};

// Who looked at the result, and when.
struct View {
  events::Actor who;
  TimeMs at_ms = 0;
};

struct LeakDetail {
  LeakRow row;
  std::vector<Sighting> sightings;  // withdrawn ones too
  std::vector<Publication> publications;
  std::vector<ReleaseFound> releases;
  std::vector<UnmaskRequest> unmask_requests;  // newest first
  std::vector<View> views;                     // newest first
  std::optional<Trace> trace;                  // the latest
};

// Thread-safe. Borrows its ports. Verbs that change something are one transaction with an event and a step of custody.
class LeakService {
 public:
  explicit LeakService(const LeakPorts& ports) : desk_(ports) {}

  // Errors: invalid_argument; not_found for an unknown project.
  Result<LeakRow> report(const NewLeak& leak, const events::Actor& actor);
  // Errors: not_found; conflict when it is closed; invalid_argument.
  Result<LeakRow> update(const Id& id, const LeakChange& change, const events::Actor& actor);
  Result<Sighting> add_sighting(const Id& id, const NewSighting& sighting, const events::Actor& actor);
  // A correction (all but a first note and the time of taking down) has a reason; what was said before stays with the
  // sighting. Errors: also conflict when it was withdrawn.
  Result<Sighting> update_sighting(const Id& id, const Id& sighting, const SightingEdit& edit,
                                   const events::Actor& actor);
  // It stays on record and counts no more, until it is restored. Errors: also conflict when that is so already.
  Result<Sighting> withdraw_sighting(const Id& id, const Id& sighting, const std::string& reason,
                                     const events::Actor& actor);
  Result<Sighting> restore_sighting(const Id& id, const Id& sighting, const std::string& reason,
                                    const events::Actor& actor);
  Result<Publication> add_publication(const Id& id, const NewPublication& publication, const events::Actor& actor);
  Result<LeakRow> answer(const Id& id, const GivenAnswers& answers, const events::Actor& actor);
  Result<LeakRow> close(const Id& id, CloseReason reason, const std::string& note, const events::Actor& actor);
  Result<LeakRow> reopen(const Id& id, const std::string& reason, const events::Actor& actor);
  // Joins the transaction that opens the case, or that adds the leak to it.
  Result<Leak> move_to_case(const Id& id, const Id& case_id, const std::string& case_number,
                            const events::Actor& actor);

  Result<LeakRow> find(const Id& id);
  Result<LeakDetail> detail(const Id& id);
  // What the records say to the two first questions.
  Result<std::vector<Said>> helps(const LeakDetail& detail);
  // Errors: invalid_argument for an unknown sort field.
  Result<Listed<LeakRow>> list(const LeakFilter& filter) { return desk_.ports().store.list(filter); }

 private:
  template <class Work>
  Result<Sighting> change_sighting(const Id& id, const Id& sighting, const events::Actor& actor, Work work);
  template <class Work>
  Result<LeakRow> change(const Id& id, Work work);

  Desk desk_;
};

}  // namespace probity::leaks
