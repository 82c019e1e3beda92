#include "store/parties_store.h"

#include "parties/text.h"
#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using parties::Party;
using parties::PartyRow;
using soci::into;
using soci::use;
using Values = std::vector<Conditions::Value>;

constexpr const char* kColumns =
    "p.id, p.kind, p.name, p.parent_id, p.tier, p.job_title, p.email, p.phone, p.locale, p.may_bind, p.notes, "
    "p.created_ms";
constexpr const char* kExtras =
    ", o.name, (SELECT MAX(given_ms) FROM trainings t WHERE t.party_id = p.id) AS trained, "
    "(SELECT COUNT(*) FROM commitments c WHERE c.party_id = p.id AND c.state = 'in_force') + "
    "(SELECT COUNT(*) FROM commitments c WHERE c.organisation_id = p.id AND c.state = 'in_force') AS in_force";
constexpr const char* kFrom = " FROM parties p LEFT JOIN parties o ON o.id = p.parent_id";
// The children that a party's page shows; the rest is for the list, which has pages.
constexpr const char* kMostChildren = " LIMIT 500";

struct PartyColumns {
  std::string id, kind, name, job_title, email, phone, locale, notes;
  Nullable<std::string> parent;
  std::int64_t tier = 0, may_bind = 0, created = 0;

  auto columns() {
    return std::make_tuple(into(id), into(kind), into(name), parent.column(), into(tier), into(job_title), into(email),
                           into(phone), into(locale), into(may_bind), into(notes), into(created));
  }
  Party value() const {
    Party party;
    party.id = read_id(id);
    party.details.kind = read_some(parties::parse_party_kind(kind), "a party has an unknown kind");
    party.details.name = name;
    party.details.parent = read_optional_id(parent);
    party.details.job_title = job_title;
    party.details.email = email;
    party.details.phone = phone;
    party.details.locale = locale;
    party.details.may_bind = may_bind != 0;
    party.details.notes = notes;
    party.tier = static_cast<int>(tier);
    party.created_ms = created;
    return party;
  }
};

struct RowColumns {
  PartyColumns party;
  Nullable<std::string> parent_name;
  Nullable<std::int64_t> trained;
  std::int64_t in_force = 0;

  auto columns() {
    return std::tuple_cat(party.columns(), std::make_tuple(parent_name.column(), trained.column(), into(in_force)));
  }
  PartyRow value() const {
    return {party.value(), parent_name.get(), trained.get(), static_cast<std::uint64_t>(in_force)};
  }
};

struct KnownColumns {
  std::string key, id;
  std::int64_t tier = 0;
  auto columns() { return std::make_tuple(into(key), into(id), into(tier)); }
  parties::KnownParty value() const { return {key, read_id(id), static_cast<int>(tier)}; }
};

struct IdColumn {
  std::string id;
  auto columns() { return std::make_tuple(into(id)); }
  Id value() const { return read_id(id); }
};

struct TrainingColumns {
  std::string id, party, title, note, by;
  std::int64_t given = 0, recorded = 0;
  auto columns() {
    return std::make_tuple(into(id), into(party), into(title), into(given), into(note), into(by), into(recorded));
  }
  parties::Training value() const { return {read_id(id), read_id(party), title, given, note, by, recorded}; }
};

// What a party's row holds, ready to be bound.
struct Bound {
  std::string id, kind, name, job_title, email, phone, locale, notes, key, sort_name, search;
  Nullable<std::string> parent;
  std::int64_t tier = 0, may_bind = 0, created = 0;

  void set(const Party& party) {
    const parties::PartyDetails& details = party.details;
    id = party.id.text();
    kind = parties::party_kind_name(details.kind);
    name = details.name;
    job_title = details.job_title;
    email = details.email;
    phone = details.phone;
    locale = details.locale;
    notes = details.notes;
    key = details.lookup_key();
    sort_name = parties::fold_for_lookup(name);
    search = parties::fold_for_lookup(name + '\n' + email + '\n' + job_title + '\n' + phone);
    parent = nullable_id(details.parent);
    tier = party.tier;
    may_bind = details.may_bind ? 1 : 0;
    created = party.created_ms;
  }
};

Result<std::string> order_of(const ListQuery& page) {
  static constexpr std::pair<const char*, const char*> kOrders[] = {
      {"", "p.sort_name"},
      {"name", "p.sort_name"},
      {"kind", "p.kind"},
      {"tier", "p.tier"},
      {"email", "p.email"},
      {"created_at", "p.created_ms"},
      {"parent_name", "COALESCE(o.sort_name, '')"},
      {"trained_at", "COALESCE((SELECT MAX(given_ms) FROM trainings t WHERE t.party_id = p.id), 0)"},
      {"commitments_in_force", "in_force"},
  };
  for (const auto& [field, column] : kOrders)
    if (page.sort == field)
      return std::string(" ORDER BY ") + column + (page.descending ? " DESC" : "") + ", p.sort_name, p.id";
  return fail(ErrorCode::invalid_argument, "parties cannot be sorted by that", "sort by name, kind, tier or email");
}

Conditions conditions_of(const parties::PartyFilter& filter) {
  Conditions where;
  if (filter.kind) where.add("p.kind = :kind", {std::string(parties::party_kind_name(*filter.kind))});
  if (filter.organisations_only) where.add("p.kind <> 'person'");
  if (filter.parent) where.add("p.parent_id = :parent", {filter.parent->text()});
  if (!filter.page.search.empty()) {
    const std::string like = like_pattern(parties::fold_for_lookup(filter.page.search));
    where.add("(p.search_text LIKE :search ESCAPE '!' OR o.sort_name LIKE :search_parent ESCAPE '!')", {like, like});
  }
  return where;
}

}  // namespace

Result<void> SqlPartyStore::insert(std::span<const Party> parties) {
  return database_.run([&](soci::session& session) -> Result<void> {
    Bound row;
    soci::statement statement =
        (session.prepare << "INSERT INTO parties (id, kind, name, parent_id, tier, job_title, email, phone, locale, "
                            "may_bind, notes, lookup_key, sort_name, search_text, created_ms) VALUES (:id, :kind, "
                            ":name, :parent, :tier, :job, :email, :phone, :locale, :bind, :notes, :key, :sort, "
                            ":search, :created)",
         use(row.id), use(row.kind), use(row.name), use(row.parent.value, row.parent.state), use(row.tier),
         use(row.job_title), use(row.email), use(row.phone), use(row.locale), use(row.may_bind), use(row.notes),
         use(row.key), use(row.sort_name), use(row.search), use(row.created));
    for (const Party& party : parties) {
      row.set(party);
      statement.execute(true);
    }
    return {};
  });
}

Result<void> SqlPartyStore::update(const Party& party) {
  return database_.run([&](soci::session& session) -> Result<void> {
    Bound row;
    row.set(party);
    session << "UPDATE parties SET name = :name, parent_id = :parent, tier = :tier, job_title = :job, email = :email, "
               "phone = :phone, locale = :locale, may_bind = :bind, notes = :notes, lookup_key = :key, sort_name = "
               ":sort, search_text = :search WHERE id = :id",
        use(row.name), use(row.parent.value, row.parent.state), use(row.tier), use(row.job_title), use(row.email),
        use(row.phone), use(row.locale), use(row.may_bind), use(row.notes), use(row.key), use(row.sort_name),
        use(row.search), use(row.id);
    return {};
  });
}

Result<void> SqlPartyStore::remove(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string text = id.text();
    session << "DELETE FROM parties WHERE id = :id", use(text);
    return {};
  });
}

Result<std::optional<Party>> SqlPartyStore::party(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Party>> {
    return first(fetch_bound<PartyColumns>(
        session, std::string("SELECT ") + kColumns + " FROM parties p WHERE p.id = :id", {id.text()}));
  });
}

Result<std::optional<PartyRow>> SqlPartyStore::row(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<PartyRow>> {
    return first(fetch_bound<RowColumns>(
        session, std::string("SELECT ") + kColumns + kExtras + kFrom + " WHERE p.id = :id", {id.text()}));
  });
}

Result<std::optional<Party>> SqlPartyStore::by_key(const std::string& lookup_key) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Party>> {
    return first(fetch_bound<PartyColumns>(
        session, std::string("SELECT ") + kColumns + " FROM parties p WHERE p.lookup_key = :key", {lookup_key}));
  });
}

Result<Listed<PartyRow>> SqlPartyStore::list(const parties::PartyFilter& filter) {
  TRY_ASSIGN(const std::string order, order_of(filter.page));
  return database_.run([&](soci::session& session) -> Result<Listed<PartyRow>> {
    const Conditions where = conditions_of(filter);
    Listed<PartyRow> listed;
    listed.total =
        fetch_bound<CountRow>(session, std::string("SELECT COUNT(*)") + kFrom + where.text(), where.values()).front();
    Values values = where.values();
    values.emplace_back(std::int64_t{filter.page.limit});
    values.emplace_back(std::int64_t{filter.page.offset});
    listed.items = fetch_bound<RowColumns>(
        session,
        std::string("SELECT ") + kColumns + kExtras + kFrom + where.text() + order + " LIMIT :limit OFFSET :offset",
        values);
    return listed;
  });
}

Result<std::vector<PartyRow>> SqlPartyStore::children(const Id& parent) {
  return database_.run([&](soci::session& session) -> Result<std::vector<PartyRow>> {
    return fetch_bound<RowColumns>(
        session,
        std::string("SELECT ") + kColumns + kExtras + kFrom +
            " WHERE p.parent_id = :parent ORDER BY CASE WHEN p.kind = 'person' THEN 1 ELSE 0 "
            "END, p.sort_name, p.id" +
            kMostChildren,
        {parent.text()});
  });
}

Result<std::vector<parties::KnownParty>> SqlPartyStore::all() {
  return database_.run([&](soci::session& session) -> Result<std::vector<parties::KnownParty>> {
    return fetch_bound<KnownColumns>(session, "SELECT lookup_key, id, tier FROM parties", {});
  });
}

Result<std::vector<Id>> SqlPartyStore::set_child_tiers(const Id& parent, int person_tier, int organisation_tier) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Id>> {
    const std::string text = parent.text();
    session << "UPDATE parties SET tier = :tier WHERE parent_id = :parent AND kind = 'person'", use(person_tier),
        use(text);
    return fetch_bound<IdColumn>(
        session, "UPDATE parties SET tier = :tier WHERE parent_id = :parent AND kind <> 'person' RETURNING id",
        {std::int64_t{organisation_tier}, text});
  });
}

Result<std::vector<Party>> SqlPartyStore::who_may_bind(const Id& organisation) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Party>> {
    return fetch_bound<PartyColumns>(session,
                                     std::string("SELECT ") + kColumns +
                                         " FROM parties p WHERE p.parent_id = :organisation AND p.may_bind = 1 AND "
                                         "p.kind = 'person' ORDER BY p.sort_name, p.id",
                                     {organisation.text()});
  });
}

Result<std::vector<std::string>> SqlPartyStore::referrers(const Id& id) {
  static constexpr std::pair<const char*, const char*> kReferrers[] = {
      {"people or organisations under it", "parties WHERE parent_id = :id"},
      {"trainings", "trainings WHERE party_id = :id"},
      {"commitments", "commitments WHERE party_id = :id"},
      {"commitments", "commitments WHERE organisation_id = :id"},
      {"commitments", "commitments WHERE contract_parent_id = :id"},
      {"commitments", "commitment_signatories WHERE party_id = :id"},
      {"copies", "recipients WHERE party_id = :id"},
      {"copies", "deliveries WHERE party_id = :id"},
      {"reports of mistakes", "slips WHERE party_id = :id"},
  };
  return database_.run([&](soci::session& session) -> Result<std::vector<std::string>> {
    std::vector<std::string> found;
    for (const auto& [words, where] : kReferrers) {
      if (!found.empty() && found.back() == words) continue;
      const auto any = fetch_bound<CountRow>(session, std::string("SELECT 1 FROM ") + where + " LIMIT 1", {id.text()});
      if (!any.empty()) found.emplace_back(words);
    }
    return found;
  });
}

Result<void> SqlPartyStore::insert(const parties::Training& training) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = training.id.text(), party = training.party.text();
    session << "INSERT INTO trainings (id, party_id, title, given_ms, note, recorded_by, recorded_ms) VALUES (:id, "
               ":party, :title, :given, :note, :by, :recorded)",
        use(id), use(party), use(training.title), use(training.given_ms), use(training.note), use(training.recorded_by),
        use(training.recorded_ms);
    return {};
  });
}

Result<std::vector<parties::Training>> SqlPartyStore::trainings(const Id& party) {
  return database_.run([&](soci::session& session) -> Result<std::vector<parties::Training>> {
    return fetch_bound<TrainingColumns>(session,
                                        "SELECT id, party_id, title, given_ms, note, recorded_by, recorded_ms FROM "
                                        "trainings WHERE party_id = :party ORDER BY given_ms DESC, id",
                                        {party.text()});
  });
}

}  // namespace probity::store
