// Commitments with their signatories and scope. Templates, texts and evidence are in commitments_texts.cpp, links to
// slips in commitments_access.cpp.
#include "store/commitments_store.h"

#include <fmt/format.h>

#include "commitments/json.h"
#include "store/commitments_rows.h"
#include "store/query.h"
#include "store/soci.h"

namespace probity::store {
namespace {

using commitments::Commitment;
using commitments::Signatory;
using commitments::State;
using soci::into;
using soci::use;

constexpr const char* kColumns =
    "c.id, c.number, c.version, c.project_id, c.party_id, c.party_name, c.organisation_id, c.organisation_name, "
    "c.contract_parent_id, c.state, c.locale, c.title, c.template_id, c.template_version, c.terms, c.sign_by_ms, "
    "c.text_hash, c.all_assets, c.replaces_id, c.ends_replaced, c.invited_by_id, c.reason, c.on_paper, c.scan_blob, "
    "c.scan_name, c.document_blob, c.created_ms, c.sent_ms, c.in_force_ms, c.ended_ms";
constexpr const char* kLiveStates = "('draft', 'sent', 'opened', 'signed', 'in_force')";
constexpr const char* kPendingStates = "('sent', 'opened', 'signed')";

std::string select_where(const std::string& rest) {
  return fmt::format("SELECT {} FROM commitments c {}", kColumns, rest);
}

struct CommitmentRow {
  std::string id, number, project, party, party_name, organisation, organisation_name, parent, state, locale, title,
      template_id, terms, text_hash, replaces, invited_by, reason, scan_blob, scan_name, document;
  std::int64_t version = 0, template_version = 0, sign_by = 0, all_assets = 0, ends_replaced = 0, on_paper = 0,
               created = 0, sent = 0, in_force = 0, ended = 0;

  auto columns() {
    return std::make_tuple(into(id), into(number), into(version), into(project), into(party), into(party_name),
                           into(organisation), into(organisation_name), into(parent), into(state), into(locale),
                           into(title), into(template_id), into(template_version), into(terms), into(sign_by),
                           into(text_hash), into(all_assets), into(replaces), into(ends_replaced), into(invited_by),
                           into(reason), into(on_paper), into(scan_blob), into(scan_name), into(document),
                           into(created), into(sent), into(in_force), into(ended));
  }

  Commitment value() const {
    Commitment commitment;
    commitment.id = read_id(id);
    commitment.number = number;
    commitment.version = static_cast<int>(version);
    commitment.project = read_id(project);
    commitment.party = read_id(party);
    commitment.party_name = party_name;
    commitment.organisation = optional_id(organisation);
    commitment.organisation_name = organisation_name;
    commitment.contract_parent = optional_id(parent);
    commitment.state = read_some(commitments::parse_state(state), "a commitment has an unknown state");
    commitment.locale = read_some(commitments::parse_locale(locale), "a commitment has an unknown language");
    commitment.title = title;
    commitment.template_id = optional_id(template_id);
    commitment.template_version = static_cast<int>(template_version);
    commitment.terms = read_some(commitments::parse_terms(terms), "the terms of a commitment are not readable");
    commitment.sign_by_ms = optional_time(sign_by);
    commitment.text_hash = optional_hash(text_hash);
    if (all_assets == 0) commitment.assets.emplace();
    commitment.replaces = optional_id(replaces);
    commitment.ends_replaced = ends_replaced != 0;
    commitment.invited_by = optional_id(invited_by);
    commitment.reason = reason;
    commitment.on_paper = on_paper != 0;
    commitment.scan_blob = optional_hash(scan_blob);
    commitment.scan_name = scan_name;
    commitment.document_blob = optional_hash(document);
    commitment.created_ms = created;
    commitment.sent_ms = optional_time(sent);
    commitment.in_force_ms = optional_time(in_force);
    commitment.ended_ms = optional_time(ended);
    return commitment;
  }
};

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

std::string joined(const std::vector<std::string>& parts) { return fmt::format("{}", fmt::join(parts, ",")); }

struct SignatoryRow {
  std::string id, role, party, name, email, locale, state, right, signed_name, job_title;
  std::int64_t signed_at = 0;

  auto columns() {
    return std::make_tuple(into(id), into(role), into(party), into(name), into(email), into(locale), into(state),
                           into(right), into(signed_name), into(job_title), into(signed_at));
  }
  Signatory value() const {
    Signatory signatory;
    signatory.id = read_id(id);
    signatory.role = read_some(commitments::parse_role(role), "a signatory has an unknown role");
    signatory.party = read_id(party);
    signatory.name = name;
    signatory.email = email;
    signatory.locale = read_some(commitments::parse_locale(locale), "a signatory has an unknown language");
    signatory.state = read_some(commitments::parse_signatory_state(state), "a signatory has an unknown state");
    signatory.right_answers = split(right);
    signatory.signed_name = signed_name;
    signatory.job_title = job_title;
    signatory.signed_ms = optional_time(signed_at);
    return signatory;
  }
};

struct OneId {
  std::string id;
  auto columns() { return std::make_tuple(into(id)); }
  Id value() const { return read_id(id); }
};

struct PromiseRow {
  std::string id, project, party, terms;
  std::int64_t in_force = 0;
  auto columns() { return std::make_tuple(into(id), into(project), into(party), into(terms), into(in_force)); }
  commitments::Promise value() const {
    const auto parsed = read_some(commitments::parse_terms(terms), "the terms of a commitment are not readable");
    return {read_id(id), read_id(project), read_id(party), parsed.embargo_ms, parsed.embargo_zone, in_force};
  }
};

struct CoverageRow {
  std::string id, number;
  std::int64_t version = 0, in_force = 0;
  auto columns() { return std::make_tuple(into(id), into(number), into(version), into(in_force)); }
  commitments::Coverage value() const { return {read_id(id), number, static_cast<int>(version), in_force}; }
};

void complete(soci::session& session, Commitment& commitment) {
  const std::string id = commitment.id.text();
  commitment.signatories = fetch_all<SignatoryRow>(
      session,
      "SELECT id, role, party_id, name, email, locale, state, right_answers, signed_name, job_title, signed_ms "
      "FROM commitment_signatories WHERE commitment_id = :id ORDER BY position",
      use(id));
  if (commitment.signatories.empty()) throw UnreadableRow("a commitment has no signatory");
  if (commitment.assets)
    commitment.assets = fetch_all<OneId>(
        session, "SELECT asset_id FROM commitment_assets WHERE commitment_id = :id ORDER BY position", use(id));
}

std::vector<Commitment> completed(soci::session& session, std::vector<Commitment> found) {
  for (Commitment& commitment : found) complete(session, commitment);
  return found;
}

std::int64_t count_of(soci::session& session, const std::string& query, const std::string& id) {
  std::int64_t count = 0;
  session << query, use(id), into(count);
  return count;
}

void insert_signatory(soci::session& session, const Id& commitment, std::size_t index, const Signatory& signatory) {
  const std::string id = signatory.id.text(), commitment_id = commitment.text(), party = signatory.party.text();
  const std::string role(role_name(signatory.role)), locale(locale_name(signatory.locale));
  const std::string state(signatory_state_name(signatory.state)), right = joined(signatory.right_answers);
  const auto position = static_cast<std::int64_t>(index);
  const std::int64_t signed_at = time_column(signatory.signed_ms);
  session << "INSERT INTO commitment_signatories (id, commitment_id, position, role, party_id, name, email, locale, "
             "state, right_answers, signed_name, job_title, signed_ms) VALUES (:id, :commitment, :position, :role, "
             ":party, :name, :email, :locale, :state, :right, :signed, :job, :at)",
      use(id), use(commitment_id), use(position), use(role), use(party), use(signatory.name), use(signatory.email),
      use(locale), use(state), use(right), use(signatory.signed_name), use(signatory.job_title), use(signed_at);
}

void update_signatory(soci::session& session, const Signatory& signatory) {
  const std::string id = signatory.id.text(), state(signatory_state_name(signatory.state));
  const std::string right = joined(signatory.right_answers);
  const std::int64_t signed_at = time_column(signatory.signed_ms);
  session << "UPDATE commitment_signatories SET state = :state, right_answers = :right, signed_name = :signed, "
             "job_title = :job, signed_ms = :at, email = :email WHERE id = :id",
      use(state), use(right), use(signatory.signed_name), use(signatory.job_title), use(signed_at),
      use(signatory.email), use(id);
}

std::string order_of(const ListQuery& query) {
  static constexpr std::pair<std::string_view, const char*> kSorts[] = {
      {"number", "c.number"},     {"party_name", "c.party_name"},   {"state", "c.state"},
      {"sent_at", "c.sent_ms"},   {"in_force_at", "c.in_force_ms"}, {"created_at", "c.created_ms"},
      {"sign_by", "c.sign_by_ms"}};
  for (const auto& [name, column] : kSorts)
    if (query.sort == name) return fmt::format("ORDER BY {0} {1}, c.id {1}", column, query.descending ? "DESC" : "ASC");
  return "ORDER BY c.created_ms DESC, c.number DESC, c.id DESC";
}

}  // namespace

Result<std::optional<commitments::Coverage>> CommitmentsStore::in_force_for(const Id& party, const Id& asset,
                                                                            const Id& project) {
  return database_.run([&](soci::session& session) -> Result<std::optional<commitments::Coverage>> {
    const std::string party_id = party.text(), asset_id = asset.text(), project_id = project.text();
    return first(fetch_all<CoverageRow>(
        session,
        "SELECT c.id, c.number, c.version, c.in_force_ms FROM commitments c WHERE c.party_id = :party "
        "AND c.project_id = :project AND c.state = 'in_force' AND (c.all_assets = 1 OR EXISTS (SELECT 1 FROM "
        "commitment_assets a WHERE a.commitment_id = c.id AND a.asset_id = :asset)) AND NOT EXISTS (SELECT 1 FROM "
        "access_holds h WHERE h.party_id = c.party_id OR h.party_id = c.organisation_id) ORDER BY c.in_force_ms DESC "
        "LIMIT 1",
        use(party_id), use(project_id), use(asset_id)));
  });
}

Result<std::uint32_t> CommitmentsStore::next_ordinal(int year) {
  return database_.run([&](soci::session& session) -> Result<std::uint32_t> {
    const std::int64_t which = year;
    std::int64_t last = 0;
    session << "INSERT INTO commitment_numbers (year, last) VALUES (:year, 1) "
               "ON CONFLICT (year) DO UPDATE SET last = commitment_numbers.last + 1 RETURNING last",
        use(which), into(last);
    return static_cast<std::uint32_t>(last);
  });
}

Result<void> CommitmentsStore::insert(const Commitment& commitment) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = commitment.id.text(), project = commitment.project.text(), party = commitment.party.text();
    const std::string organisation = id_column(commitment.organisation), parent = id_column(commitment.contract_parent);
    const std::string state(state_name(commitment.state)), locale(locale_name(commitment.locale));
    const std::string template_id = id_column(commitment.template_id), terms = terms_text(commitment.terms);
    const std::string text_hash = hash_column(commitment.text_hash), replaces = id_column(commitment.replaces);
    const std::string invited_by = id_column(commitment.invited_by), scan = hash_column(commitment.scan_blob);
    const std::string document = hash_column(commitment.document_blob);
    const std::int64_t version = commitment.version, template_version = commitment.template_version;
    const std::int64_t embargo = time_column(commitment.terms.embargo_ms), sign_by = time_column(commitment.sign_by_ms);
    const std::int64_t all_assets = commitment.assets ? 0 : 1, ends = commitment.ends_replaced ? 1 : 0;
    const std::int64_t paper = commitment.on_paper ? 1 : 0, sent = time_column(commitment.sent_ms);
    const std::int64_t in_force = time_column(commitment.in_force_ms), ended = time_column(commitment.ended_ms);
    session << "INSERT INTO commitments (id, number, version, project_id, party_id, party_name, organisation_id, "
               "organisation_name, contract_parent_id, state, locale, title, template_id, template_version, terms, "
               "embargo_ms, sign_by_ms, text_hash, all_assets, replaces_id, ends_replaced, invited_by_id, reason, "
               "on_paper, scan_blob, scan_name, document_blob, created_ms, sent_ms, in_force_ms, ended_ms) VALUES "
               "(:a, :b, :c, :d, :e, :f, :g, :h, :i, :j, :k, :l, :m, :n, :o, :p, :q, :r, :s, :t, :u, :v, :w, :x, :y, "
               ":z, :aa, :ab, :ac, :ad, :ae)",
        use(id), use(commitment.number), use(version), use(project), use(party), use(commitment.party_name),
        use(organisation), use(commitment.organisation_name), use(parent), use(state), use(locale),
        use(commitment.title), use(template_id), use(template_version), use(terms), use(embargo), use(sign_by),
        use(text_hash), use(all_assets), use(replaces), use(ends), use(invited_by), use(commitment.reason), use(paper),
        use(scan), use(commitment.scan_name), use(document), use(commitment.created_ms), use(sent), use(in_force),
        use(ended);
    for (std::size_t i = 0; i < commitment.signatories.size(); ++i)
      insert_signatory(session, commitment.id, i, commitment.signatories[i]);
    std::int64_t position = 0;
    for (const Id& asset : commitment.assets.value_or(std::vector<Id>{})) {
      const std::string asset_id = asset.text();
      ++position;
      session << "INSERT INTO commitment_assets (commitment_id, position, asset_id) VALUES (:c, :p, :a)", use(id),
          use(position), use(asset_id);
    }
    return {};
  });
}

Result<void> CommitmentsStore::update(const Commitment& commitment) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = commitment.id.text(), state(state_name(commitment.state));
    const std::string text_hash = hash_column(commitment.text_hash), document = hash_column(commitment.document_blob);
    const std::int64_t sign_by = time_column(commitment.sign_by_ms), sent = time_column(commitment.sent_ms);
    const std::int64_t in_force = time_column(commitment.in_force_ms), ended = time_column(commitment.ended_ms);
    session << "UPDATE commitments SET state = :state, title = :title, text_hash = :hash, sign_by_ms = :by, "
               "reason = :reason, document_blob = :document, sent_ms = :sent, in_force_ms = :force, ended_ms = :ended "
               "WHERE id = :id",
        use(state), use(commitment.title), use(text_hash), use(sign_by), use(commitment.reason), use(document),
        use(sent), use(in_force), use(ended), use(id);
    for (const Signatory& signatory : commitment.signatories) update_signatory(session, signatory);
    return {};
  });
}

Result<std::optional<Commitment>> CommitmentsStore::find(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Commitment>> {
    const std::string text = id.text();
    return first(completed(session, fetch_all<CommitmentRow>(session, select_where("WHERE c.id = :id"), use(text))));
  });
}

Result<Listed<Commitment>> CommitmentsStore::list(const commitments::CommitmentFilter& filter) {
  return database_.run([&](soci::session& session) -> Result<Listed<Commitment>> {
    const std::string project = id_column(filter.project), party = id_column(filter.party);
    const std::string state = filter.state ? std::string(state_name(*filter.state)) : std::string();
    const std::string search = like_pattern(filter.query.search);
    const auto most = static_cast<std::int64_t>(filter.query.limit),
               skip = static_cast<std::int64_t>(filter.query.offset);
    // A condition that is not asked for still takes its value, so that there is one form of binding.
    const std::string where = fmt::format(
        "WHERE {} AND {} AND {} AND (LOWER(c.number) LIKE LOWER(:s1) ESCAPE '!' OR LOWER(c.party_name) LIKE LOWER(:s2) "
        "ESCAPE '!' OR LOWER(c.organisation_name) LIKE LOWER(:s3) ESCAPE '!' OR LOWER(c.title) LIKE LOWER(:s4) ESCAPE "
        "'!')",
        filter.project ? "c.project_id = :project" : ":project = ''",
        filter.party ? ":party IN (c.party_id, c.organisation_id)" : ":party = ''",
        filter.state ? "c.state = :state" : ":state = ''");
    Listed<Commitment> listed;
    std::int64_t total = 0;
    session << "SELECT COUNT(*) FROM commitments c " + where, use(project), use(party), use(state), use(search),
        use(search), use(search), use(search), into(total);
    listed.total = static_cast<std::uint64_t>(total);
    listed.items = completed(
        session,
        fetch_all<CommitmentRow>(
            session, select_where(where + " " + order_of(filter.query) + " LIMIT :most OFFSET :skip"), use(project),
            use(party), use(state), use(search), use(search), use(search), use(search), use(most), use(skip)));
    return listed;
  });
}

Result<std::vector<Commitment>> CommitmentsStore::of_signatory(const Id& party) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Commitment>> {
    const std::string text = party.text();
    return completed(
        session,
        fetch_all<CommitmentRow>(
            session,
            select_where("JOIN commitment_signatories s ON s.commitment_id = c.id WHERE s.party_id = :party AND "
                         "c.sent_ms <> 0 ORDER BY c.created_ms DESC, c.version DESC, c.id"),
            use(text)));
  });
}

Result<std::vector<Commitment>> CommitmentsStore::live_of(const Id& project, const Id& party) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Commitment>> {
    const std::string project_id = project.text(), party_id = party.text();
    return completed(session,
                     fetch_all<CommitmentRow>(session,
                                              select_where(fmt::format("WHERE c.party_id = :party AND c.project_id = "
                                                                       ":project AND c.state IN {} ORDER BY c.id",
                                                                       kLiveStates)),
                                              use(party_id), use(project_id)));
  });
}

Result<bool> CommitmentsStore::organisation_in_force(const Id& project, const Id& organisation) {
  return database_.run([&](soci::session& session) -> Result<bool> {
    const std::string project_id = project.text(), organisation_id = organisation.text();
    return !fetch_all<OneId>(session,
                             "SELECT id FROM commitments WHERE organisation_id = :organisation AND project_id = "
                             ":project AND state = 'in_force' LIMIT 1",
                             use(organisation_id), use(project_id))
                .empty();
  });
}

Result<std::vector<Id>> CommitmentsStore::waiting_under(const Id& project, const Id& contract_parent) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Id>> {
    const std::string project_id = project.text(), parent = contract_parent.text();
    return fetch_all<OneId>(session,
                            "SELECT id FROM commitments WHERE contract_parent_id = :parent AND project_id = :project "
                            "AND state = 'signed' ORDER BY created_ms, id",
                            use(parent), use(project_id));
  });
}

Result<std::vector<Id>> CommitmentsStore::overdue(TimeMs now_ms, std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Id>> {
    const auto most = static_cast<std::int64_t>(limit);
    return fetch_all<OneId>(session,
                            fmt::format("SELECT id FROM commitments WHERE state IN {} AND sign_by_ms > 0 AND "
                                        "sign_by_ms <= :now ORDER BY sign_by_ms, id LIMIT :most",
                                        kPendingStates),
                            use(now_ms), use(most));
  });
}

Result<std::uint64_t> CommitmentsStore::invited_from(const Id& commitment) {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    return static_cast<std::uint64_t>(
        count_of(session, "SELECT COUNT(*) FROM commitments WHERE invited_by_id = :id", commitment.text()));
  });
}

Result<commitments::ProjectCommitmentCounts> CommitmentsStore::counts(const Id& project) {
  return database_.run([&](soci::session& session) -> Result<commitments::ProjectCommitmentCounts> {
    const auto count = [&](const std::string& rest) {
      return static_cast<std::uint64_t>(count_of(session, "SELECT COUNT(*) FROM " + rest, project.text()));
    };
    const std::string of_project = "commitments WHERE project_id = :id AND state ";
    return commitments::ProjectCommitmentCounts{count(of_project + "<> 'replaced'"), count(of_project + "= 'in_force'"),
                                                count(of_project + "IN " + kPendingStates),
                                                count(of_project + "= 'declined'"),
                                                count("slips WHERE project_id = :id")};
  });
}

Result<std::vector<commitments::Promise>> CommitmentsStore::promises_of(const Id& project) {
  return database_.run([&](soci::session& session) -> Result<std::vector<commitments::Promise>> {
    const std::string id = project.text();
    return fetch_all<PromiseRow>(session,
                                 "SELECT id, project_id, party_id, terms, in_force_ms FROM commitments WHERE "
                                 "project_id = :id AND state = 'in_force' ORDER BY created_ms, id",
                                 use(id));
  });
}

Result<std::vector<commitments::Promise>> CommitmentsStore::promises_between(TimeMs from_ms, TimeMs to_ms) {
  return database_.run([&](soci::session& session) -> Result<std::vector<commitments::Promise>> {
    return fetch_all<PromiseRow>(session,
                                 "SELECT id, project_id, party_id, terms, in_force_ms FROM commitments WHERE state = "
                                 "'in_force' AND embargo_ms > 0 AND embargo_ms BETWEEN :from AND :to ORDER BY "
                                 "created_ms, id",
                                 use(from_ms), use(to_ms));
  });
}

}  // namespace probity::store
