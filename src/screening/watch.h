// Partners that are watched: whoever watches is told when one becomes listed, and when that is corrected, disputed or
// ends.
//
// A change of the list is compared with the watched companies, not the watched with the whole list: the changed entry's
// numbers and names find the few watched ones that it may be. A change and the words about it are in one transaction
// with the list itself: nothing is told twice or not at all. People are not watched: asking about them again needs
// their identifier, which is not kept (query.h); who had a hit is told of changes by the hub.
#pragma once

#include <memory>

#include "screening/company_screening.h"

namespace probity::screening {

struct WatchMatch {
  Id listing;
  CompanyLevel level = CompanyLevel::possible;
  std::string status;  // "active", "disputed"
  std::string name;    // as listed
  std::optional<TimeMs> corrected_ms;
  bool operator==(const WatchMatch&) const = default;
};

struct Watch {
  Id id;
  CompanySubject subject;
  std::string note;
  events::Actor added_by;
  TimeMs added_ms = 0;
  std::vector<WatchMatch> matches;  // possible and above
  std::optional<TimeMs> changed_ms;
  bool seen = true;  // by somebody, since it changed
  CompanyLevel level() const;
};

struct WatchChange {
  enum class What { listed, closer, corrected, disputed, dispute_over, removed };
  Id id, watch;
  What what = What::listed;
  TimeMs time_ms = 0;
  alliance::EnterpriseListVersion list_version = 0;
  CompanyLevel level = CompanyLevel::not_listed;  // of this listing, now
  Id listing;
  std::string status, name;
};
std::string_view what_name(WatchChange::What what);
std::optional<WatchChange::What> parse_what(std::string_view name);
Words sentence_of(const WatchChange& change);

// What one entry's change means for one watched company, by what was known and what is now; nothing when nothing.
std::optional<WatchChange::What> change_between(const std::optional<WatchMatch>& before,
                                                const std::optional<WatchMatch>& after);
// What `listed` says of a watched company: possible and above.
std::optional<WatchMatch> watch_match(const CompanySubject& subject, const alliance::ListedEnterprisePtr& listed);

std::string watch_record(const Watch& watch);
Result<Watch> parse_watch_record(std::string_view text);
std::string watch_change_record(const WatchChange& change);
Result<WatchChange> parse_watch_change_record(std::string_view text);
// One company is watched once: by its first number, or by its name when it has none.
Hash subject_key(const CompanySubject& subject);

struct WatchFilter {
  std::optional<CompanyLevel> level;
  std::optional<bool> changed;  // and not seen
  ListQuery page;               // sort: name, added_at, changed_at; search: name, note, numbers
};

// Thread-safe; joins the caller's transaction. Errors: storage, corrupt; invalid_argument for an unknown sort.
class WatchStore {
 public:
  virtual ~WatchStore() = default;
  // False when that company is watched already.
  virtual Result<bool> insert(const Watch& watch) = 0;
  virtual Result<void> update(const Watch& watch) = 0;
  virtual Result<std::optional<Watch>> watch(const Id& id) = 0;
  virtual Result<std::optional<Watch>> watch_about(const Hash& subject_key) = 0;
  virtual Result<Listed<Watch>> watches(const WatchFilter& filter) = 0;
  virtual Result<void> remove_watch(const Id& id) = 0;
  virtual Result<std::vector<std::pair<Id, CompanySubject>>> watched_subjects() = 0;
  virtual Result<std::vector<Id>> watches_matching(const Id& listing) = 0;
  virtual Result<void> insert(const WatchChange& change) = 0;
  virtual Result<std::vector<WatchChange>> changes_of(const Id& watch, std::size_t limit) = 0;  // newest first
};

// Tells somebody of the staff that something changed, and nothing of what. Joins the caller's transaction.
class WatchMails {
 public:
  virtual ~WatchMails() = default;
  virtual Result<void> tell(const Id& account, std::size_t changes) = 0;
};

struct WatchPorts {
  WatchStore& store;
  CompanyScreening& companies;
  Transactions& transactions;
  events::EventLog& events;
  Clock& clock;
  Random& random;
  WatchMails* mails = nullptr;
};

struct NewWatch {
  CompanyInput company;
  std::string note;
};

// Thread-safe. Borrows its ports.
class WatchService {
 public:
  // Follows the companies' list from now on; before CompanyScreening::start().
  explicit WatchService(const WatchPorts& ports);
  ~WatchService();
  // Takes up what is watched. Errors: storage, corrupt.
  Result<void> start();

  struct Added {
    Watch watch;
    bool is_new = true;
  };
  // Errors: invalid_argument; unavailable while this node holds no list.
  Result<Added> add(const NewWatch& watch, const events::Actor& actor);
  struct AddedMany {
    std::uint64_t added = 0, known = 0;
  };
  // Many at once, as they come out of a file. Errors: those of add.
  Result<AddedMany> add_many(const std::vector<CompanySubject>& subjects, const std::string& note,
                             const events::Actor& actor);
  Result<void> remove(const Id& id, const events::Actor& actor);  // Errors: not_found.
  Result<Watch> find(const Id& id);                               // Errors: not_found.
  Result<Listed<Watch>> list(const WatchFilter& filter) { return ports_.store.watches(filter); }
  Result<std::vector<WatchChange>> changes_of(const Id& id) { return ports_.store.changes_of(id, 50); }
  Result<Watch> mark_seen(const Id& id);  // Errors: not_found.

 private:
  class Subjects;
  Result<void> follow(const ListStep& step);
  Result<std::vector<Id>> watches_touched_by(const Id& listing, const alliance::ListedEnterprise* entry) const;
  Result<Watch> made(const CompanySubject& subject, const std::string& note, const events::Actor& actor) const;

  const WatchPorts ports_;
  const std::unique_ptr<Subjects> subjects_;
};

}  // namespace probity::screening
