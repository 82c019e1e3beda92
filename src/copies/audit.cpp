#include "copies/audit.h"

#include <fmt/format.h>

#include <map>

#include "code/codeword.h"
#include "copies/keys.h"
#include "copies/payload.h"

namespace probity::copies {
namespace {

constexpr std::size_t kPageSize = 10'000;

// Walks one snapshot. Records are fetched page by page beside their entries, so that a million copies need no memory.
class Auditor {
 public:
  Auditor(CopyService& service, StoreReader& reader, const std::optional<RegisterHead>& known_head)
      : service_(service), reader_(reader), known_head_(known_head) {}

  Result<Audit> run() {
    TRY(load_assets());
    while (true) {
      TRY_ASSIGN(const auto page, reader_.entries(audit_.head.sequence, kPageSize));
      if (page.empty()) break;
      TRY(load_records(page.front().sequence, page.back().sequence));
      for (const RegisterEntry& entry : page) check(entry);
    }
    TRY(compare_counts());
    if (known_head_ && known_head_->sequence > audit_.head.sequence)
      report(0, fmt::format("the register ends at entry {} but the known head is entry {}: entries were taken out",
                            audit_.head.sequence, known_head_->sequence));
    TRY(check_blobs());
    return std::move(audit_);
  }

 private:
  void report(std::uint64_t sequence, std::string message) {
    if (audit_.problems.size() < kMaxAuditProblems) audit_.problems.push_back({sequence, std::move(message)});
  }

  Result<void> load_assets() {
    TRY_ASSIGN(std::vector<Asset> assets, reader_.assets());
    for (Asset& asset : assets) {
      seeds_.emplace(asset.id, seed_expander(service_.key_of(asset)));
      assets_.emplace(asset.register_sequence, std::move(asset));
    }
    return {};
  }

  Result<void> load_records(std::uint64_t first, std::uint64_t last) {
    copies_.clear();
    makings_.clear();
    TRY_ASSIGN(std::vector<CopyWithRecipient> copies, reader_.copies_between(first, last));
    for (auto& copy : copies) copies_.emplace(copy.copy.register_sequence, std::move(copy));
    TRY_ASSIGN(std::vector<Making> makings, reader_.makings_between(first, last));
    for (auto& making : makings) makings_.emplace(making.register_sequence, std::move(making));
    return {};
  }

  void check(const RegisterEntry& entry) {
    if (const auto fault = chain_fault(audit_.head, entry)) report(entry.sequence, *fault);
    audit_.head = {entry.sequence, entry.hash};
    if (known_head_ && known_head_->sequence == entry.sequence && known_head_->hash != entry.hash)
      report(entry.sequence, fmt::format("entry {} is not the one of the known head", entry.sequence));
    check_record(entry);
  }

  void check_record(const RegisterEntry& entry) {
    const auto compare = [&](const auto& records, auto payload_of, std::string_view what) {
      const auto found = records.find(entry.sequence);
      if (found == records.end()) {
        report(entry.sequence, fmt::format("the {} that entry {} announces is missing", what, entry.sequence));
        return;
      }
      ++matched_;
      if (payload_of(found->second) != entry.payload)
        report(entry.sequence, fmt::format("the {} of entry {} was changed", what, entry.sequence));
    };
    switch (entry.kind) {
      case EntryKind::workspace_created:
        return;
      case EntryKind::asset_added:
        return compare(assets_, asset_payload, "asset");
      case EntryKind::copy_issued:
        compare(
            copies_, [](const CopyWithRecipient& issued) { return copy_payload(issued.copy); }, "copy");
        return check_commitments(entry.sequence);
      case EntryKind::copy_made:
        return compare(makings_, making_payload, "making");
    }
  }

  void check_commitments(std::uint64_t sequence) {
    const auto found = copies_.find(sequence);
    if (found == copies_.end()) return;
    const Copy& copy = found->second.copy;
    if (recipient_commitment(found->second.recipient.details, recipient_salt(copy.commitment_salt)) !=
        copy.recipient_commitment)
      report(sequence, fmt::format("the recipient of copy {} is not the one it was issued to", copy.id.text()));
    const auto seeds = seeds_.find(copy.asset_id);
    if (seeds == seeds_.end()) return;
    if (!code::opens(copy.seed_commitment, code::copy_seed(seeds->second, copy.id), seed_salt(copy.commitment_salt)))
      report(sequence, fmt::format("the seed of copy {} is not the one that was registered", copy.id.text()));
  }

  Result<void> compare_counts() {
    TRY_ASSIGN(audit_.counts, reader_.counts());
    const std::uint64_t records = audit_.counts.assets + audit_.counts.copies + audit_.counts.makings;
    if (records > matched_)
      report(0, fmt::format("{} records are in the store that no entry of the register announces", records - matched_));
    if (audit_.counts.entries == 0) report(0, "the register is empty: even its first entry is missing");
    return {};
  }

  Result<void> check_blobs() {
    for (const auto& [sequence, asset] : assets_) {
      for (const Hash& blob : {asset.original_blob, asset.tally_blob, asset.reference_blob}) {
        const auto bytes = service_.blobs().get(blob);
        if (!bytes) report(sequence, fmt::format("asset {}: {}", asset.id.text(), bytes.error().message));
      }
    }
    return {};
  }

  CopyService& service_;
  StoreReader& reader_;
  const std::optional<RegisterHead>& known_head_;
  std::map<std::uint64_t, Asset> assets_;
  std::map<Id, HkdfExpander> seeds_;
  std::map<std::uint64_t, CopyWithRecipient> copies_;
  std::map<std::uint64_t, Making> makings_;
  std::uint64_t matched_ = 0;
  Audit audit_;
};

}  // namespace

Result<Audit> audit_register(CopyService& service, const std::optional<RegisterHead>& known_head) {
  Audit audit;
  const Result<void> finished = service.store().read([&](StoreReader& reader) -> Result<void> {
    TRY_ASSIGN(audit, Auditor(service, reader, known_head).run());
    return {};
  });
  TRY(finished);
  return audit;
}

}  // namespace probity::copies
