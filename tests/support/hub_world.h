// For tests: a hub on a database of its own with two members, key-holders' keys, a log and a courier in memory.
#pragma once

#include <algorithm>
#include <filesystem>
#include <memory>

#include "alliance/hub.h"
#include "alliance/keyholder_fixture.h"
#include "base/encoding.h"
#include "store/alliance_members.h"
#include "store/alliance_store.h"
#include "store/alliance_watch.h"
#include "support/memory_log_book.h"

namespace probity::test {

namespace fs = std::filesystem;
using alliance::Party;

struct MemoryCourier final : alliance::NoticeCourier {
  Result<void> deliver(const std::string& address, const std::string& link, const std::string& new_code) override {
    addresses.push_back(address);
    token = link.substr(link.rfind('/') + 1);
    code = new_code;
    return {};
  }
  std::vector<std::string> addresses;
  std::string token, code;
};

struct HubWorld {
  HubWorld() {
    std::string pattern = (fs::temp_directory_path() / "probity-hub-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = store::Database::open_sqlite(folder + "/hub.db").value();
    store = std::make_unique<store::AllianceStore>(*database);
    identity = oprf::Identity::make(random);
    restart();
    (void)hub->admit({filer, "Harbour Motors", oprf::Identity::make(random).open(), false, {}}).has_value();
    (void)hub->admit({reader, "Lantern Films", oprf::Identity::make(random).open(), false, {}}).has_value();
  }
  ~HubWorld() {
    hub.reset();
    store.reset();
    database.reset();
    fs::remove_all(folder);
  }
  void restart() {
    hub = std::make_unique<alliance::Hub>(alliance::HubPorts{*store, *database, log, courier, keyholders.clock, random},
                                          identity, alliance::HubOptions{"https://hub.example/notice/", {}});
    alliance::KeyDirectory directory{keyholders.keys, {}};
    for (const auto& address : keyholders.addresses)
      directory.holders.push_back({"Holder", address.url, address.identity});
    (void)hub->use_keys(directory).has_value();
  }

  Party by(std::uint8_t account) const {
    Party party{Party::Role::filer, filer, {}};
    party.account.bytes.fill(account);
    return party;
  }
  Party ombudsman() const { return {Party::Role::ombudsman, {}, Id{{9}}}; }
  oprf::ListKeys keys_of(std::uint8_t number) const {
    oprf::Output output;
    output.writable()[0] = number;
    return oprf::list_keys(output);
  }
  alliance::Draft draft_about(std::uint8_t number) {
    const oprf::ListKeys keys = keys_of(number);
    alliance::Draft draft;
    draft.tests = {{sha256(as_bytes("a"))}, {sha256(as_bytes("b"))}, {sha256(as_bytes("c"))}};
    draft.standard = alliance::StandardOfProof::judgment;
    draft.subject_is_adult = true;
    draft.epoch = 2027;
    draft.tag = keys.tag;
    draft.label = oprf::seal_label(2027, keys, as_bytes("bribery, until 2032"), random).value();
    return draft;
  }
  alliance::Listing notified(std::uint8_t number) {
    const auto listing = hub->draft(by(1), draft_about(number)).value();
    (void)hub->submit(listing.id, by(1)).value();
    (void)hub->approve(listing.id, by(2)).value();
    (void)hub->send_notice(listing.id, by(1), "mira@example.org").value();
    return hub->open_notice(courier.token, courier.code).value();
  }
  alliance::Listing active(std::uint8_t number) {
    const auto listing = notified(number);
    keyholders.clock.now += alliance::kNoticeWaitMs;
    (void)hub->tick().value();
    return hub->listing(listing.id).value();
  }
  std::vector<oprf::SealedLabel> fetch(std::uint8_t number) {
    const auto set = hub->tag_set(2027).value();
    const int bits = set.set->head().bits;
    return hub->fetch_bucket(reader, Id::random(random), 2027, bits, oprf::prefix_of(keys_of(number).tag, bits))
        .value();
  }

  std::string folder;
  SeededRandom random{41};
  alliance::testing::KeyHolders keyholders;
  Id filer = Id::random(random), reader = Id::random(random);
  MemoryLogBook log;
  MemoryCourier courier;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<store::AllianceStore> store;
  oprf::Identity identity = oprf::Identity::make(random);
  std::unique_ptr<alliance::Hub> hub;
};

}  // namespace probity::test
