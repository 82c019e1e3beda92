// The commitments' templates, frozen texts and evidence in SQL.
#include "commitments/json.h"
#include "store/commitments_rows.h"
#include "store/commitments_store.h"
#include "store/query.h"
#include "store/soci.h"

namespace probity::store {
namespace {

using commitments::EvidenceEntry;
using commitments::Template;
using soci::into;
using soci::use;

constexpr const char* kSelectTemplate =
    "SELECT t.id, t.version, t.name, t.locale, t.body, t.terms, t.built_in, t.archived, t.created_ms, "
    "(SELECT COUNT(*) FROM commitments c WHERE c.template_id = t.id) FROM commitment_templates t ";

struct TemplateRow {
  std::string id, name, locale, body, terms;
  std::int64_t version = 0, built_in = 0, archived = 0, created = 0, used = 0;

  auto columns() {
    return std::make_tuple(into(id), into(version), into(name), into(locale), into(body), into(terms), into(built_in),
                           into(archived), into(created), into(used));
  }
  Template value() const {
    Template found;
    found.id = read_id(id);
    found.version = static_cast<int>(version);
    found.name = name;
    found.locale = read_some(commitments::parse_locale(locale), "a template has an unknown language");
    found.text = read_some(commitments::parse_template_text(body), "the text of a template is not readable");
    found.terms = read_some(commitments::parse_terms(terms), "the terms of a template are not readable");
    found.built_in = built_in != 0;
    found.archived = archived != 0;
    found.created_ms = created;
    found.used = static_cast<std::uint64_t>(used);
    return found;
  }
};

struct TextRow {
  std::string body;
  auto columns() { return std::make_tuple(into(body)); }
  std::string value() const { return body; }
};

constexpr const char* kSelectEvidence =
    "SELECT commitment_id, sequence, time_ms, kind, actor_kind, actor_id, actor_name, address, agent, data, "
    "previous_hash, hash FROM commitment_evidence WHERE commitment_id = :id ORDER BY sequence ";

struct EvidenceRow {
  std::string commitment, kind, actor_kind, actor_id, actor_name, address, agent, data, previous, hash;
  std::int64_t sequence = 0, time = 0;

  auto columns() {
    return std::make_tuple(into(commitment), into(sequence), into(time), into(kind), into(actor_kind), into(actor_id),
                           into(actor_name), into(address), into(agent), into(data), into(previous), into(hash));
  }
  EvidenceEntry value() const {
    EvidenceEntry entry;
    entry.commitment = read_id(commitment);
    entry.sequence = static_cast<std::uint64_t>(sequence);
    entry.time_ms = time;
    entry.kind = kind;
    entry.witness.actor.kind =
        read_some(events::parse_actor_kind(actor_kind), "an evidence entry has an unknown actor");
    entry.witness.actor.id = optional_id(actor_id);
    entry.witness.actor.name = actor_name;
    entry.witness.address = address;
    entry.witness.agent = agent;
    entry.data_json = data;
    entry.previous = read_hash(previous);
    entry.hash = read_hash(hash);
    return entry;
  }
};

}  // namespace

Result<void> CommitmentsStore::insert(const Template& version) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = version.id.text(), locale(locale_name(version.locale));
    const std::string body = template_text_text(version.text), terms = terms_text(version.terms);
    const std::int64_t number = version.version, built_in = version.built_in ? 1 : 0;
    const std::int64_t archived = version.archived ? 1 : 0;
    session << "UPDATE commitment_templates SET newest = 0 WHERE id = :id", use(id);
    session << "INSERT INTO commitment_templates (id, version, newest, name, locale, body, terms, built_in, archived, "
               "created_ms) VALUES (:id, :version, 1, :name, :locale, :body, :terms, :built, :archived, :created)",
        use(id), use(number), use(version.name), use(locale), use(body), use(terms), use(built_in), use(archived),
        use(version.created_ms);
    return {};
  });
}

Result<void> CommitmentsStore::archive_template(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string text = id.text();
    session << "UPDATE commitment_templates SET archived = 1 WHERE id = :id", use(text);
    return {};
  });
}

Result<std::optional<Template>> CommitmentsStore::find_template(const Id& id, std::optional<int> version) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Template>> {
    const std::string text = id.text(), select(kSelectTemplate);
    if (!version)
      return first(fetch_all<TemplateRow>(session, select + "WHERE t.id = :id AND t.newest = 1", use(text)));
    const std::int64_t number = *version;
    return first(
        fetch_all<TemplateRow>(session, select + "WHERE t.id = :id AND t.version = :version", use(text), use(number)));
  });
}

Result<Listed<Template>> CommitmentsStore::list_templates(const ListQuery& query) {
  return database_.run([&](soci::session& session) -> Result<Listed<Template>> {
    const std::string search = like_pattern(query.search);
    const std::string where = "WHERE t.newest = 1 AND t.archived = 0 AND LOWER(t.name) LIKE LOWER(:search) ESCAPE '!' ";
    const std::string direction = query.descending ? "DESC" : "ASC";
    const std::string order = query.sort == "name"         ? "ORDER BY t.name " + direction + ", t.id"
                              : query.sort == "created_at" ? "ORDER BY t.created_ms " + direction + ", t.id"
                                                           : "ORDER BY t.built_in, t.created_ms DESC, t.name, t.id";
    const auto most = static_cast<std::int64_t>(query.limit), skip = static_cast<std::int64_t>(query.offset);
    std::int64_t total = 0;
    session << "SELECT COUNT(*) FROM commitment_templates t " + where, use(search), into(total);
    return Listed<Template>{
        fetch_all<TemplateRow>(session, kSelectTemplate + where + order + " LIMIT :most OFFSET :skip", use(search),
                               use(most), use(skip)),
        static_cast<std::uint64_t>(total)};
  });
}

Result<void> CommitmentsStore::insert_text(const Id& commitment, const std::string& canonical) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = commitment.text();
    session << "INSERT INTO commitment_texts (commitment_id, body) VALUES (:id, :body)", use(id), use(canonical);
    return {};
  });
}

Result<std::optional<std::string>> CommitmentsStore::text(const Id& commitment) {
  return database_.run([&](soci::session& session) -> Result<std::optional<std::string>> {
    const std::string id = commitment.text();
    return first(fetch_all<TextRow>(session, "SELECT body FROM commitment_texts WHERE commitment_id = :id", use(id)));
  });
}

Result<void> CommitmentsStore::insert(const EvidenceEntry& entry) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string commitment = entry.commitment.text(), actor_id = id_column(entry.witness.actor.id);
    const std::string actor_kind(events::actor_kind_name(entry.witness.actor.kind));
    const std::string previous = to_hex(entry.previous), hash = to_hex(entry.hash);
    const auto sequence = static_cast<std::int64_t>(entry.sequence);
    session << "INSERT INTO commitment_evidence (commitment_id, sequence, time_ms, kind, actor_kind, actor_id, "
               "actor_name, address, agent, data, previous_hash, hash) VALUES (:commitment, :sequence, :time, :kind, "
               ":actor_kind, :actor_id, :actor_name, :address, :agent, :data, :previous, :hash)",
        use(commitment), use(sequence), use(entry.time_ms), use(entry.kind), use(actor_kind), use(actor_id),
        use(entry.witness.actor.name), use(entry.witness.address), use(entry.witness.agent), use(entry.data_json),
        use(previous), use(hash);
    return {};
  });
}

Result<std::optional<EvidenceEntry>> CommitmentsStore::last_evidence(const Id& commitment) {
  return database_.run([&](soci::session& session) -> Result<std::optional<EvidenceEntry>> {
    const std::string id = commitment.text();
    return first(fetch_all<EvidenceRow>(session, std::string(kSelectEvidence) + "DESC LIMIT 1", use(id)));
  });
}

Result<std::vector<EvidenceEntry>> CommitmentsStore::evidence(const Id& commitment) {
  return database_.run([&](soci::session& session) -> Result<std::vector<EvidenceEntry>> {
    const std::string id = commitment.text();
    return fetch_all<EvidenceRow>(session, kSelectEvidence, use(id));
  });
}

}  // namespace probity::store
