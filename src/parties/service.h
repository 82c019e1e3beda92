// The verbs of parties: make, change, find and remove them; record trainings; import many from a file.
#pragma once

#include "base/random.h"
#include "base/transactions.h"
#include "events/event.h"
#include "parties/store.h"

namespace probity::parties {

struct NewParty {
  PartyDetails details;
  // When `details.parent` is empty and this is not: the organisation of that name, made when there is none.
  std::string parent_name;
};

// What stays empty is not changed. The kind of a party never changes.
struct PartyChange {
  std::optional<std::string> name, job_title, email, phone, locale, notes;
  std::optional<bool> may_bind{};
  std::optional<std::optional<Id>> parent{};  // an empty inner value: no parent any more
};

struct PartyDetail {
  PartyRow party;
  std::vector<PartyRow> ancestors;  // nearest first
  std::vector<PartyRow> children;
};

struct TrainingDetails {
  std::string title;
  TimeMs given_ms = 0;
  std::string note;
};

struct RowProblem {
  std::size_t row = 0;  // of the file, counted from 1; the header is a row too
  std::string message;
};

// What a file holds, and what importing it would do or did. Nothing is imported while there are problems.
struct ImportReport {
  std::vector<std::string> columns;  // that are read, as the file calls them
  std::vector<std::string> ignored_columns;
  std::vector<NewParty> first_rows;  // 50 at most
  std::uint64_t new_count = 0;       // parties that were or would be made, organisations named in passing included
  std::uint64_t known_count = 0;     // rows whose party exists, or stands in the file twice; they stay as they are
  std::vector<RowProblem> problems;  // 200 at most
  bool imported = false;
};

struct Ports {
  Store& store;
  Transactions& transactions;
  events::EventLog& events;
  Clock& clock;
  Random& random;
};

// Thread-safe. Borrows its ports for its lifetime. Verbs that change something are one transaction, with an event, and
// join the caller's.
class PartyService {
 public:
  explicit PartyService(const Ports& ports) : ports_(ports) {}

  // Errors: invalid_argument; already_exists; not_found for an unknown parent.
  Result<PartyRow> create(const NewParty& party, const events::Actor& actor);
  // The party of that kind, name and organisation; made when there is none. What else is known of it stays.
  Result<PartyRow> find_or_create(const NewParty& party, const events::Actor& actor);
  // Errors: not_found; invalid_argument, also when a party would come to stand above itself; already_exists.
  Result<PartyRow> update(const Id& id, const PartyChange& change, const events::Actor& actor);
  // Errors: not_found; conflict when something refers to it.
  Result<void> remove(const Id& id, const events::Actor& actor);

  // Errors: not_found.
  Result<PartyRow> find(const Id& id);
  Result<PartyDetail> detail(const Id& id);
  // Errors: invalid_argument for an unknown sort field.
  Result<Listed<PartyRow>> list(const PartyFilter& filter);
  // Name, organisation and address as they stand on a copy. Errors: not_found.
  Result<RecipientDetails> details_of(const Id& id);
  Result<std::vector<Party>> who_may_bind(const Id& organisation);

  // Errors: not_found; invalid_argument, also for a time more than a day ahead.
  Result<Training> record_training(const Id& party, const TrainingDetails& details, const events::Actor& actor);
  // Newest first. Errors: not_found.
  Result<std::vector<Training>> trainings(const Id& party);

  // A CSV or XLSX file, told apart by its bytes. Errors: invalid_argument, too_large or unsupported when the file as a
  // whole cannot be read; trouble with rows goes into the report.
  Result<ImportReport> import(BytesView file, bool dry_run, const events::Actor& actor);

 private:
  Result<std::optional<Party>> parent_of(const PartyDetails& details);
  Result<void> settle_parent(NewParty& party, const events::Actor& actor);
  Result<Party> add(PartyDetails details, const events::Actor& actor);
  Result<void> append(const char* kind, const Party& party, const events::Actor& actor);
  Result<void> settle_tiers(const Party& top);
  Result<void> check_no_cycle(const Id& id, const std::optional<Id>& parent);
  Ports ports_;
};

}  // namespace probity::parties
