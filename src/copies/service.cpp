#include "copies/service.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/encoding.h"
#include "code/codeword.h"
#include "copies/keys.h"
#include "copies/payload.h"
#include "parties/text.h"
#include "tally/tally.h"

namespace probity::copies {
namespace {

constexpr std::size_t kMaxTitleCharacters = 200;
constexpr std::size_t kShortestIdPrefix = 4;

std::string_view media_type_name(tally::MediaType media) {
  return media == tally::MediaType::png ? "image/png" : "image/jpeg";
}

bool is_id_prefix(std::string_view text, const Id& id) {
  if (text.size() < kShortestIdPrefix) return false;
  return id.text().starts_with(ascii_lower(text));
}

}  // namespace

SecretKey CopyService::asset_key(const Id& id, const Hash& salt) const { return copies::asset_key(master_, id, salt); }

Hash CopyService::random_hash() {
  Hash hash;
  ports_.random.fill(hash);
  return hash;
}

Result<RegisterEntry> CopyService::append(StoreWriter& writer, EntryKind kind, std::string payload) {
  TRY_ASSIGN(const RegisterHead head, writer.head());
  RegisterEntry entry = next_entry(head, ports_.clock.now_ms(), kind, std::move(payload));
  TRY(writer.insert(entry));
  return entry;
}

Result<void> CopyService::found_register(const Id& workspace) {
  return ports_.store.write([&](StoreWriter& writer) -> Result<void> {
    TRY_ASSIGN(const RegisterHead head, writer.head());
    if (head.sequence != 0) return fail(ErrorCode::already_exists, "the register has begun already");
    TRY(append(writer, EntryKind::workspace_created, workspace_payload(workspace, key_fingerprint(master_))));
    return {};
  });
}

AssetDraft CopyService::draft_asset() { return {Id::random(ports_.random), random_hash(), random_hash()}; }

Result<Asset> CopyService::add_asset(const AssetDraft& draft, const PreparedAsset& prepared) {
  Asset asset;
  asset.id = draft.id;
  TRY_ASSIGN(asset.title, parties::tidy_line("title", prepared.title, kMaxTitleCharacters));
  TRY_ASSIGN(asset.file_name, parties::tidy_line("file name", prepared.file_name, kMaxTitleCharacters));
  TRY_ASSIGN(const tally::Tally tally, tally::Tally::parse(prepared.tally));
  PROBITY_CHECK(static_cast<int>(tally.cell_count()) == prepared.plan.cell_count());
  asset.media_type = media_type_name(tally.media());
  asset.copy_size_bytes = tally.size();
  asset.tally_digest = tally.digest();
  asset.plan = prepared.plan;
  asset.law = draft.law;
  asset.bias_seed = draft.bias_seed;
  asset.key_salt = draft.key_salt;
  asset.stats_json = prepared.stats_json;
  asset.commitment_salt = random_hash();
  TRY_ASSIGN(asset.original_blob, ports_.blobs.put(prepared.original));
  TRY_ASSIGN(asset.tally_blob, ports_.blobs.put(prepared.tally));
  TRY_ASSIGN(asset.reference_blob, ports_.blobs.put(prepared.reference));

  const Result<void> written = ports_.store.write([&](StoreWriter& writer) -> Result<void> {
    TRY_ASSIGN(const auto same, writer.asset_by_original(asset.original_blob));
    if (same)
      return fail(ErrorCode::already_exists,
                  fmt::format("this picture is here already, as {} ({})", same->id.text(), same->title));
    asset.created_ms = ports_.clock.now_ms();
    TRY_ASSIGN(const RegisterEntry entry, append(writer, EntryKind::asset_added, asset_payload(asset)));
    asset.register_sequence = entry.sequence;
    return writer.insert(asset);
  });
  TRY(written);
  return asset;
}

Result<parties::Recipient> CopyService::find_or_add(StoreWriter& writer, const parties::RecipientDetails& details) {
  TRY_ASSIGN(const auto known, writer.recipient_by_key(details.lookup_key()));
  if (known) return *known;
  const parties::Recipient recipient{Id::random(ports_.random), details, ports_.clock.now_ms()};
  TRY(writer.insert(recipient));
  return recipient;
}

Result<IssuedCopy> CopyService::find_or_issue(StoreWriter& writer, const Asset& asset, const HkdfExpander& seeds,
                                              const parties::Recipient& recipient) {
  TRY_ASSIGN(const auto known, writer.copy_for(asset.id, recipient.id));
  if (known) return IssuedCopy{{*known, recipient}, false};
  Copy copy;
  copy.id = Id::random(ports_.random);
  copy.asset_id = asset.id;
  copy.recipient_id = recipient.id;
  copy.commitment_salt = random_hash();
  copy.seed_commitment = code::seed_commitment(code::copy_seed(seeds, copy.id), seed_salt(copy.commitment_salt));
  copy.recipient_commitment = recipient_commitment(recipient.details, recipient_salt(copy.commitment_salt));
  const std::string payload = copy_payload(copy);
  TRY_ASSIGN(const RegisterEntry entry, append(writer, EntryKind::copy_issued, payload));
  if (ports_.log_book != nullptr) TRY(ports_.log_book->record({"copy_issued", copy.id, payload}));
  copy.issued_ms = entry.time_ms;
  copy.register_sequence = entry.sequence;
  TRY(writer.insert(copy));
  return IssuedCopy{{copy, recipient}, true};
}

Result<std::vector<IssuedCopy>> CopyService::issue_copies(std::span<const Asset> assets,
                                                          std::span<const parties::RecipientDetails> recipients) {
  std::vector<IssuedCopy> issued;
  issued.reserve(assets.size() * recipients.size());
  const Result<void> written = ports_.store.write([&](StoreWriter& writer) -> Result<void> {
    std::vector<parties::Recipient> records;
    records.reserve(recipients.size());
    for (const auto& details : recipients) {
      TRY_ASSIGN(parties::Recipient record, find_or_add(writer, details));
      records.push_back(std::move(record));
    }
    for (const Asset& asset : assets) {
      const HkdfExpander seeds = seed_expander(key_of(asset));
      for (const auto& recipient : records) {
        TRY_ASSIGN(IssuedCopy copy, find_or_issue(writer, asset, seeds, recipient));
        issued.push_back(std::move(copy));
      }
    }
    return {};
  });
  TRY(written);
  return issued;
}

Result<std::vector<MakingPermit>> CopyService::register_makings(std::span<const Copy> copies, Purpose purpose,
                                                                std::string_view operator_name) {
  const Result<void> written = ports_.store.write([&](StoreWriter& writer) -> Result<void> {
    for (const Copy& copy : copies) {
      TRY(ports_.gate.allow(copy, purpose));
      Making making;
      making.copy_id = copy.id;
      making.purpose = purpose;
      making.operator_name = operator_name;
      making.operator_salt = random_hash();
      TRY_ASSIGN(const RegisterEntry entry, append(writer, EntryKind::copy_made, making_payload(making)));
      making.made_ms = entry.time_ms;
      making.register_sequence = entry.sequence;
      TRY(writer.insert(making));
    }
    return {};
  });
  TRY(written);
  std::vector<MakingPermit> permits;
  permits.reserve(copies.size());
  for (const Copy& copy : copies) permits.push_back(MakingPermit(copy));
  return permits;
}

Result<Asset> CopyService::find_asset(std::string_view text) {
  TRY_ASSIGN(const std::vector<Asset> assets, ports_.store.assets());
  const auto tidy = parties::tidy_line("asset", text, kMaxTitleCharacters);
  const std::string folded = tidy ? parties::fold_for_lookup(*tidy) : std::string();
  std::vector<const Asset*> found;
  for (const Asset& asset : assets) {
    if (asset.id.text() == text) return asset;
    if (is_id_prefix(text, asset.id) || parties::fold_for_lookup(asset.title) == folded ||
        parties::fold_for_lookup(asset.file_name) == folded)
      found.push_back(&asset);
  }
  if (found.empty())
    return fail(ErrorCode::not_found, fmt::format("no asset is called {}", tidy ? *tidy : "that"),
                "`probity asset list` shows them all");
  if (found.size() > 1)
    return fail(ErrorCode::invalid_argument,
                fmt::format("{} assets fit {}, among them {} and {}", found.size(), *tidy, found[0]->id.text(),
                            found[1]->id.text()),
                "name the one you mean by its id");
  return *found.front();
}

Result<CopyWithRecipient> CopyService::find_copy(const Asset& asset, const parties::RecipientDetails& details) {
  TRY_ASSIGN(const auto recipient, ports_.store.recipient_by_key(details.lookup_key()));
  if (recipient) {
    TRY_ASSIGN(const auto copy, ports_.store.copy_for(asset.id, recipient->id));
    if (copy) return CopyWithRecipient{*copy, *recipient};
  }
  return fail(ErrorCode::not_found, fmt::format("{} has no copy of {}", parties::display_name(details), asset.title),
              "`probity copy issue` gives them one");
}

Result<CopyWithRecipient> CopyService::find_copy(const Id& id) {
  TRY_ASSIGN(const auto copy, ports_.store.copy(id));
  if (!copy) return fail(ErrorCode::not_found, fmt::format("there is no copy {}", id.text()));
  TRY_ASSIGN(const auto recipient, ports_.store.recipient(copy->recipient_id));
  if (!recipient) return fail(ErrorCode::corrupt, fmt::format("the recipient of copy {} is missing", id.text()));
  return CopyWithRecipient{*copy, *recipient};
}

}  // namespace probity::copies
