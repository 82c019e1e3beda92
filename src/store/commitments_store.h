// The commitments' store in SQL.
#pragma once

#include "commitments/store.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe, as its database is, which it borrows.
class CommitmentsStore final : public commitments::Store {
 public:
  explicit CommitmentsStore(Database& database) : database_(database) {}

  Result<std::optional<commitments::Coverage>> in_force_for(const Id& party, const Id& asset,
                                                            const Id& project) override;

  Result<void> insert(const commitments::Template& version) override;
  Result<void> archive_template(const Id& id) override;
  Result<std::optional<commitments::Template>> find_template(const Id& id, std::optional<int> version) override;
  Result<Listed<commitments::Template>> list_templates(const ListQuery& query) override;

  Result<std::uint32_t> next_ordinal(int year) override;
  Result<void> insert(const commitments::Commitment& commitment) override;
  Result<void> update(const commitments::Commitment& commitment) override;
  Result<std::optional<commitments::Commitment>> find(const Id& id) override;
  Result<Listed<commitments::Commitment>> list(const commitments::CommitmentFilter& filter) override;
  Result<std::vector<commitments::Commitment>> of_signatory(const Id& party) override;
  Result<std::vector<commitments::Commitment>> live_of(const Id& project, const Id& party) override;
  Result<bool> organisation_in_force(const Id& project, const Id& organisation) override;
  Result<std::vector<Id>> waiting_under(const Id& project, const Id& contract_parent) override;
  Result<std::vector<Id>> overdue(TimeMs now_ms, std::size_t limit) override;
  Result<std::uint64_t> invited_from(const Id& commitment) override;
  Result<commitments::ProjectCommitmentCounts> counts(const Id& project) override;
  Result<std::vector<commitments::Promise>> promises_of(const Id& project) override;
  Result<std::vector<commitments::Promise>> promises_between(TimeMs from_ms, TimeMs to_ms) override;

  Result<void> insert_text(const Id& commitment, const std::string& canonical) override;
  Result<std::optional<std::string>> text(const Id& commitment) override;
  Result<void> insert(const commitments::EvidenceEntry& entry) override;
  Result<std::optional<commitments::EvidenceEntry>> last_evidence(const Id& commitment) override;
  Result<std::vector<commitments::EvidenceEntry>> evidence(const Id& commitment) override;

  Result<void> insert(const commitments::Link& link) override;
  Result<std::optional<commitments::Link>> link_by_token(const Hash& token) override;
  Result<void> end_links(const Id& signatory, TimeMs now_ms) override;
  Result<void> insert(const commitments::Code& code) override;
  Result<void> update(const commitments::Code& code) override;
  Result<std::vector<commitments::Code>> codes_since(const Id& link, TimeMs since_ms) override;
  Result<void> insert(const commitments::Session& session) override;
  Result<std::optional<commitments::Session>> session_by_token(const Hash& token) override;
  Result<void> end_session(const Id& id, TimeMs now_ms) override;

  Result<void> insert(const commitments::Slip& slip) override;
  Result<void> update(const commitments::Slip& slip) override;
  Result<std::optional<commitments::Slip>> find_slip(const Id& id) override;
  Result<Listed<commitments::Slip>> list_slips(const Id& project, const ListQuery& query) override;
  Result<std::vector<commitments::Slip>> slips_of(const Id& party) override;

  Result<bool> record_notice(const std::string& key, TimeMs now_ms) override;
  Result<bool> has_notice(const std::string& key) override;
  Result<void> forget_access(TimeMs before_ms) override;

 private:
  Database& database_;
};

}  // namespace probity::store
