// The commitments' store and neighbours in memory: twins for tests, with the same errors.
#pragma once

#include <algorithm>
#include <map>
#include <set>

#include "commitments/ports.h"
#include "commitments/store.h"
#include "support/memory_ports.h"

namespace probity::test {

using namespace commitments;

class MemoryCommitments final : public commitments::Store {
 public:
  Result<std::optional<Coverage>> in_force_for(const Id& party, const Id& asset, const Id& project) override {
    std::optional<Coverage> best;
    for (const auto& [id, c] : commitments_) {
      const bool in_scope = !c.assets || std::find(c.assets->begin(), c.assets->end(), asset) != c.assets->end();
      if (c.party != party || c.project != project || c.state != State::in_force || !in_scope) continue;
      if (!best || *c.in_force_ms > best->in_force_ms) best = Coverage{c.id, c.number, c.version, *c.in_force_ms};
    }
    return best;
  }

  Result<void> insert(const Template& version) override {
    if (!templates_.emplace(std::pair{version.id, version.version}, version).second) return taken();
    return {};
  }
  Result<void> archive_template(const Id& id) override {
    for (auto& [key, version] : templates_)
      if (key.first == id) version.archived = true;
    return {};
  }
  Result<std::optional<Template>> find_template(const Id& id, std::optional<int> wanted) override {
    std::optional<Template> found;
    for (const auto& [key, version] : templates_)
      if (key.first == id && (!wanted || key.second == *wanted)) found = version;
    if (found)
      found->used = static_cast<std::uint64_t>(std::count_if(
          commitments_.begin(), commitments_.end(), [&](const auto& pair) { return pair.second.template_id == id; }));
    return found;
  }
  Result<Listed<Template>> list_templates(const ListQuery&) override {
    std::map<Id, Template> newest;
    for (const auto& [key, version] : templates_)
      if (!version.archived) newest[key.first] = version;
    Listed<Template> listed;
    for (const auto& [id, version] : newest) listed.items.push_back(version);
    listed.total = listed.items.size();
    return listed;
  }

  Result<std::uint32_t> next_ordinal(int year) override { return ++ordinals_[year]; }
  Result<void> insert(const Commitment& commitment) override {
    for (const auto& [id, other] : commitments_)
      if (id == commitment.id || (other.number == commitment.number && other.version == commitment.version))
        return taken();
    commitments_[commitment.id] = commitment;
    return {};
  }
  Result<void> update(const Commitment& commitment) override {
    commitments_[commitment.id] = commitment;
    return {};
  }
  Result<std::optional<Commitment>> find(const Id& id) override {
    const auto found = commitments_.find(id);
    return found == commitments_.end() ? std::nullopt : std::optional(found->second);
  }
  Result<Listed<Commitment>> list(const CommitmentFilter& filter) override {
    Listed<Commitment> listed;
    listed.items = select([&](const Commitment& c) {
      return (!filter.project || c.project == *filter.project) && (!filter.state || c.state == *filter.state) &&
             (!filter.party || c.party == *filter.party || c.organisation == filter.party);
    });
    listed.total = listed.items.size();
    return listed;
  }
  Result<std::vector<Commitment>> of_signatory(const Id& party) override {
    return select([&](const Commitment& c) { return c.sent_ms && c.signatory_of(party) != nullptr; });
  }
  Result<std::vector<Commitment>> live_of(const Id& project, const Id& party) override {
    return select([&](const Commitment& c) { return c.project == project && c.party == party && is_live(c.state); });
  }
  Result<bool> organisation_in_force(const Id& project, const Id& organisation) override {
    return !select([&](const Commitment& c) {
              return c.project == project && c.organisation == organisation && c.state == State::in_force;
            }).empty();
  }
  Result<std::vector<Id>> waiting_under(const Id& project, const Id& parent) override {
    return ids_of(select([&](const Commitment& c) {
      return c.project == project && c.contract_parent == parent && c.state == State::signed_by;
    }));
  }
  Result<std::vector<Id>> overdue(TimeMs now_ms, std::size_t) override {
    return ids_of(
        select([&](const Commitment& c) { return is_pending(c.state) && c.sign_by_ms && *c.sign_by_ms <= now_ms; }));
  }
  Result<std::uint64_t> invited_from(const Id& commitment) override {
    return select([&](const Commitment& c) { return c.invited_by == commitment; }).size();
  }
  Result<ProjectCommitmentCounts> counts(const Id& project) override {
    const auto count = [&](auto test) {
      return static_cast<std::uint64_t>(
          select([&](const Commitment& c) { return c.project == project && test(c.state); }).size());
    };
    return ProjectCommitmentCounts{count([](State s) { return s != State::replaced; }),
                                   count([](State s) { return s == State::in_force; }), count(is_pending),
                                   count([](State s) { return s == State::declined; }), slips_.size()};
  }
  Result<std::vector<Promise>> promises_of(const Id& project) override {
    return promises([&](const Commitment& c) { return c.project == project; });
  }
  Result<std::vector<Promise>> promises_between(TimeMs from_ms, TimeMs to_ms) override {
    return promises([&](const Commitment& c) {
      return c.terms.embargo_ms && *c.terms.embargo_ms >= from_ms && *c.terms.embargo_ms <= to_ms;
    });
  }

  Result<void> insert_text(const Id& commitment, const std::string& canonical) override {
    if (!texts_.emplace(commitment, canonical).second) return taken();
    return {};
  }
  Result<std::optional<std::string>> text(const Id& commitment) override {
    const auto found = texts_.find(commitment);
    return found == texts_.end() ? std::nullopt : std::optional(found->second);
  }
  Result<void> insert(const EvidenceEntry& entry) override {
    evidence_[entry.commitment].push_back(entry);
    return {};
  }
  Result<std::optional<EvidenceEntry>> last_evidence(const Id& commitment) override {
    const auto& entries = evidence_[commitment];
    return entries.empty() ? std::nullopt : std::optional(entries.back());
  }
  Result<std::vector<EvidenceEntry>> evidence(const Id& commitment) override { return evidence_[commitment]; }

  Result<void> insert(const Link& link) override {
    links_.push_back(link);
    return {};
  }
  Result<std::optional<Link>> link_by_token(const Hash& token) override {
    for (const Link& link : links_)
      if (link.token == token) return link;
    return std::nullopt;
  }
  Result<void> end_links(const Id& signatory, TimeMs now_ms) override {
    for (Link& link : links_)
      if (link.signatory == signatory && !link.ended_ms) link.ended_ms = now_ms;
    return {};
  }
  Result<void> insert(const Code& code) override {
    codes_.push_back(code);
    return {};
  }
  Result<void> update(const Code& code) override {
    for (Code& known : codes_)
      if (known.id == code.id) known = code;
    return {};
  }
  Result<std::vector<Code>> codes_since(const Id& link, TimeMs since_ms) override {
    std::vector<Code> found;
    for (const Code& code : codes_)
      if (code.link == link && code.created_ms >= since_ms) found.push_back(code);
    return found;
  }
  Result<void> insert(const Session& session) override {
    sessions_.push_back(session);
    return {};
  }
  Result<std::optional<Session>> session_by_token(const Hash& token) override {
    for (const Session& session : sessions_)
      if (session.token == token) return session;
    return std::nullopt;
  }
  Result<void> end_session(const Id& id, TimeMs now_ms) override {
    for (Session& session : sessions_)
      if (session.id == id) session.ended_ms = now_ms;
    return {};
  }

  Result<void> insert(const Slip& slip) override {
    slips_[slip.id] = slip;
    return {};
  }
  Result<void> update(const Slip& slip) override {
    slips_[slip.id] = slip;
    return {};
  }
  Result<std::optional<Slip>> find_slip(const Id& id) override {
    const auto found = slips_.find(id);
    return found == slips_.end() ? std::nullopt : std::optional(found->second);
  }
  Result<Listed<Slip>> list_slips(const Id& project, const ListQuery&) override {
    Listed<Slip> listed;
    for (const auto& [id, slip] : slips_)
      if (slip.project == project) listed.items.push_back(slip);
    listed.total = listed.items.size();
    return listed;
  }
  Result<std::vector<Slip>> slips_of(const Id& party) override {
    std::vector<Slip> found;
    for (const auto& [id, slip] : slips_)
      if (slip.party == party) found.push_back(slip);
    return found;
  }

  Result<bool> record_notice(const std::string& key, TimeMs) override { return notices_.insert(key).second; }
  Result<bool> has_notice(const std::string& key) override { return notices_.contains(key); }
  Result<void> forget_access(TimeMs before_ms) override {
    std::erase_if(sessions_, [&](const Session& session) { return session.created_ms < before_ms; });
    std::erase_if(codes_, [&](const Code& code) { return code.created_ms < before_ms; });
    return {};
  }

  // For tests that tamper.
  std::map<Id, std::vector<EvidenceEntry>>& all_evidence() { return evidence_; }
  std::map<Id, std::string>& texts() { return texts_; }

 private:
  static tl::unexpected<Error> taken() { return fail(ErrorCode::already_exists, "taken"); }
  template <class Test>
  std::vector<Commitment> select(Test test) const {
    std::vector<Commitment> found;
    for (const auto& [id, commitment] : commitments_)
      if (test(commitment)) found.push_back(commitment);
    std::sort(found.begin(), found.end(), [](const Commitment& a, const Commitment& b) {
      return std::tuple(b.created_ms, b.number, b.version) < std::tuple(a.created_ms, a.number, a.version);
    });
    return found;
  }
  static std::vector<Id> ids_of(const std::vector<Commitment>& commitments) {
    std::vector<Id> ids;
    for (const Commitment& commitment : commitments) ids.push_back(commitment.id);
    return ids;
  }
  template <class Test>
  std::vector<Promise> promises(Test test) const {
    std::vector<Promise> found;
    for (const Commitment& c : select([&](const Commitment& one) { return one.state == State::in_force && test(one); }))
      found.push_back({c.id, c.project, c.party, c.terms.embargo_ms, c.terms.embargo_zone, *c.in_force_ms});
    return found;
  }

  std::map<std::pair<Id, int>, Template> templates_;
  std::map<int, std::uint32_t> ordinals_;
  std::map<Id, Commitment> commitments_;
  std::map<Id, std::string> texts_;
  std::map<Id, std::vector<EvidenceEntry>> evidence_;
  std::vector<Link> links_;
  std::vector<Code> codes_;
  std::vector<Session> sessions_;
  std::map<Id, Slip> slips_;
  std::set<std::string> notices_;
};

// People and organisations set by hand.
class HandDirectory final : public commitments::Directory {
 public:
  Result<std::optional<Person>> person(const Id& id) override {
    for (const Person& person : people)
      if (person.id == id) return person;
    return std::nullopt;
  }
  Result<std::optional<Organisation>> organisation(const Id& id) override {
    for (const Organisation& organisation : organisations)
      if (organisation.id == id) return organisation;
    return std::nullopt;
  }
  Result<std::vector<Person>> who_may_bind(const Id& organisation) override {
    std::vector<Person> found;
    for (const Person& person : people)
      if (person.organisation == organisation && person.may_bind) found.push_back(person);
    return found;
  }
  Result<Person> find_or_add(const NewColleague& colleague) override {
    for (const Person& person : people)
      if (person.organisation == colleague.organisation && person.email == colleague.email) return person;
    people.push_back({Id::random(random), colleague.name, colleague.email, colleague.job_title, colleague.locale,
                      colleague.organisation, false});
    return people.back();
  }

  std::vector<Person> people;
  std::vector<Organisation> organisations;
  SeededRandom random{77};
};

class HandProjects final : public commitments::ProjectBook {
 public:
  Result<std::optional<ProjectFacts>> project(const Id& id) override {
    for (const ProjectFacts& facts : projects)
      if (facts.id == id) return facts;
    return std::nullopt;
  }
  Result<bool> has_asset(const Id& project, const Id& asset) override { return assets.contains({project, asset}); }
  Result<std::vector<EmbargoInstant>> embargoes_between(TimeMs from_ms, TimeMs to_ms) override {
    std::vector<EmbargoInstant> found;
    for (const ProjectFacts& facts : projects)
      for (EmbargoInstant embargo : facts.embargoes)
        if (facts.open && embargo.at_ms >= from_ms && embargo.at_ms <= to_ms) {
          embargo.project = facts.id;
          found.push_back(embargo);
        }
    return found;
  }

  std::vector<ProjectFacts> projects;
  std::set<std::pair<Id, Id>> assets;
};

class HandHouse final : public commitments::HouseBook {
 public:
  Result<House> house() override { return facts; }
  House facts{"Aurora Motors", "https://probity.example", "press@aurora.example", Locale::en, "Europe/Berlin"};
};

class MemoryBox final : public commitments::BlobBox {
 public:
  Result<Hash> put(BytesView bytes) override {
    const Hash hash = sha256(bytes);
    blobs[hash] = Bytes(bytes.begin(), bytes.end());
    return hash;
  }
  Result<Bytes> get(const Hash& hash) override {
    const auto found = blobs.find(hash);
    if (found == blobs.end()) return fail(ErrorCode::not_found, "no such blob");
    return found->second;
  }
  std::map<Hash, Bytes> blobs;
};

}  // namespace probity::test
