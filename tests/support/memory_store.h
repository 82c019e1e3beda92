// The copies' store and blobs in memory: twins of src/store for tests, with the same errors.
#pragma once

#include <algorithm>
#include <map>

#include "copies/blob_store.h"
#include "copies/store.h"

namespace probity::test {

class MemoryStore final : public copies::Store, public copies::StoreWriter {
 public:
  Result<void> write(const std::function<Result<void>(copies::StoreWriter&)>& work) override {
    const Data before = data_;
    Result<void> outcome = work(*this);
    if (!outcome) data_ = before;
    return outcome;
  }
  Result<void> read(const std::function<Result<void>(copies::StoreReader&)>& work) override { return work(*this); }

  Result<std::vector<copies::Asset>> assets() override { return data_.assets; }
  Result<std::optional<copies::Asset>> asset(const Id& id) override {
    return find(data_.assets, [&](const auto& asset) { return asset.id == id; });
  }
  Result<std::optional<copies::Asset>> asset_by_original(const Hash& blob) override {
    return find(data_.assets, [&](const auto& asset) { return asset.original_blob == blob; });
  }
  Result<std::optional<parties::Recipient>> recipient(const Id& id) override {
    return find(data_.recipients, [&](const auto& recipient) { return recipient.id == id; });
  }
  Result<std::optional<parties::Recipient>> recipient_by_key(const std::string& key) override {
    return find(data_.recipients, [&](const auto& recipient) { return recipient.details.lookup_key() == key; });
  }
  Result<std::optional<copies::Copy>> copy(const Id& id) override {
    return find(data_.copies, [&](const auto& copy) { return copy.id == id; });
  }
  Result<std::optional<copies::Copy>> copy_for(const Id& asset, const Id& recipient) override {
    return find(data_.copies,
                [&](const auto& copy) { return copy.asset_id == asset && copy.recipient_id == recipient; });
  }
  Result<std::vector<copies::CopyWithRecipient>> copies(const std::optional<Id>& asset) override {
    return joined([&](const auto& copy) { return !asset || copy.asset_id == *asset; });
  }
  Result<std::vector<Id>> copy_ids(const Id& asset) override {
    std::vector<Id> ids;
    for (const auto& copy : data_.copies)
      if (copy.asset_id == asset) ids.push_back(copy.id);
    return ids;
  }
  Result<std::vector<copies::Making>> makings(const Id& copy) override {
    return all(data_.makings, [&](const auto& making) { return making.copy_id == copy; });
  }
  Result<copies::RegisterHead> head() override {
    if (data_.entries.empty()) return copies::RegisterHead{};
    return copies::RegisterHead{data_.entries.back().sequence, data_.entries.back().hash};
  }
  Result<std::vector<copies::RegisterEntry>> entries(std::uint64_t after, std::size_t limit) override {
    auto found = all(data_.entries, [&](const auto& entry) { return entry.sequence > after; });
    if (found.size() > limit) found.resize(limit);
    return found;
  }
  Result<std::vector<copies::CopyWithRecipient>> copies_between(std::uint64_t first, std::uint64_t last) override {
    return joined([&](const auto& copy) { return copy.register_sequence >= first && copy.register_sequence <= last; });
  }
  Result<std::vector<copies::Making>> makings_between(std::uint64_t first, std::uint64_t last) override {
    return all(data_.makings, [&](const auto& making) {
      return making.register_sequence >= first && making.register_sequence <= last;
    });
  }
  Result<Counts> counts() override {
    return Counts{data_.assets.size(), data_.recipients.size(), data_.copies.size(), data_.makings.size(),
                  data_.entries.size()};
  }

  Result<void> insert(const parties::Recipient& recipient) override {
    const std::string key = recipient.details.lookup_key();
    for (const auto& other : data_.recipients)
      if (other.id == recipient.id || other.details.lookup_key() == key) return taken();
    data_.recipients.push_back(recipient);
    return {};
  }
  Result<void> insert(const copies::Asset& asset) override {
    TRY(require_entry(asset.register_sequence));
    for (const auto& other : data_.assets)
      if (other.id == asset.id || other.original_blob == asset.original_blob) return taken();
    data_.assets.push_back(asset);
    return {};
  }
  Result<void> insert(const copies::Copy& copy) override {
    TRY(require_entry(copy.register_sequence));
    for (const auto& other : data_.copies)
      if (other.id == copy.id || (other.asset_id == copy.asset_id && other.recipient_id == copy.recipient_id))
        return taken();
    data_.copies.push_back(copy);
    return {};
  }
  Result<void> insert(const copies::Making& making) override {
    TRY(require_entry(making.register_sequence));
    data_.makings.push_back(making);
    return {};
  }
  Result<void> insert(const copies::RegisterEntry& entry) override {
    for (const auto& other : data_.entries)
      if (other.sequence == entry.sequence) return taken();
    data_.entries.push_back(entry);
    return {};
  }

  // For tests that tamper; what a person with access to the database file could do.
  struct Data {
    std::vector<parties::Recipient> recipients;
    std::vector<copies::Asset> assets;
    std::vector<copies::Copy> copies;
    std::vector<copies::Making> makings;
    std::vector<copies::RegisterEntry> entries;
  };
  Data& data() { return data_; }

 private:
  static Result<void> taken() { return fail(ErrorCode::already_exists, "taken"); }

  Result<void> require_entry(std::uint64_t sequence) const {
    for (const auto& entry : data_.entries)
      if (entry.sequence == sequence) return {};
    return fail(ErrorCode::not_found, "no such entry");
  }

  template <class Record, class Test>
  static std::optional<Record> find(const std::vector<Record>& records, Test test) {
    const auto found = std::find_if(records.begin(), records.end(), test);
    return found == records.end() ? std::nullopt : std::optional<Record>(*found);
  }
  template <class Record, class Test>
  static std::vector<Record> all(const std::vector<Record>& records, Test test) {
    std::vector<Record> found;
    std::copy_if(records.begin(), records.end(), std::back_inserter(found), test);
    return found;
  }
  template <class Test>
  std::vector<copies::CopyWithRecipient> joined(Test test) const {
    std::vector<copies::CopyWithRecipient> found;
    for (const auto& copy : all(data_.copies, test))
      found.push_back(
          {copy, *find(data_.recipients, [&](const auto& recipient) { return recipient.id == copy.recipient_id; })});
    return found;
  }

  Data data_;
};

class MemoryBlobStore final : public copies::BlobStore {
 public:
  Result<Hash> put(BytesView bytes) override {
    const Hash hash = sha256(bytes);
    blobs_[hash] = Bytes(bytes.begin(), bytes.end());
    return hash;
  }
  Result<Bytes> get(const Hash& hash) override {
    const auto found = blobs_.find(hash);
    if (found == blobs_.end()) return fail(ErrorCode::not_found, "no such blob");
    if (sha256(found->second) != hash) return fail(ErrorCode::corrupt, "the blob is damaged");
    return found->second;
  }
  Result<tally::Tally> open_tally(const Hash& hash) override {
    TRY_ASSIGN(Bytes bytes, get(hash));
    return tally::Tally::parse_owned(std::move(bytes));
  }
  Result<std::vector<Hash>> list() override {
    std::vector<Hash> hashes;
    for (const auto& [hash, bytes] : blobs_) hashes.push_back(hash);
    return hashes;
  }
  Result<void> remove(const Hash& hash) override {
    blobs_.erase(hash);
    return {};
  }

  Result<bool> remove_untouched(const Hash& hash, TimeMs) override {
    return remove(hash).map([] { return true; });
  }

  std::map<Hash, Bytes>& blobs() { return blobs_; }

 private:
  std::map<Hash, Bytes> blobs_;
};

}  // namespace probity::test
