// Witnesses: the requests of torchwood in their order, and a log whose checkpoints are cosigned, by good witnesses and
// by ones that lie, fail and forget.
#include "log/witness.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "base/encoding.h"
#include "log/publisher.h"
#include "log/reader.h"
#include "log/service.h"
#include "log/tree_files.h"
#include "support/faulty_log_files.h"
#include "support/memory_ports.h"
#include "tlog/log_proof.h"

namespace probity::log {
namespace {

class MemoryMemory final : public WitnessMemory {
 public:
  Result<tlog::TreeHead> advance(const std::string& origin, const Decide& decide) override {
    const std::lock_guard lock(mutex_);
    const auto found = heads.find(origin);
    TRY_ASSIGN(const tlog::TreeHead next, decide(found == heads.end() ? std::nullopt : std::optional(found->second)));
    if (fails) return fail(ErrorCode::storage, "no");
    heads[origin] = next;
    return next;
  }
  std::map<std::string, tlog::TreeHead> heads;
  bool fails = false;

 private:
  std::mutex mutex_;
};

tlog::SigningKey key_of(const std::string& name, tlog::SignatureType type, std::uint64_t seed) {
  test::SeededRandom random(seed);
  return tlog::SigningKey::generate(name, type, random);
}

TEST(Witnesses, answer_torchwoods_requests) {
  std::ifstream file("tests/vectors/tlog/torchwood-witness/add-checkpoint-cases.json");
  const auto cases = nlohmann::json::parse(file);
  tlog::VerifierKey log;
  log.name = cases["log_origin"];
  const Bytes key = from_hex(cases["log_key_hex"].get<std::string>()).value();
  std::copy(key.begin(), key.end(), log.public_key.begin());
  MemoryMemory memory;
  test::HandClock clock;
  Witness witness(key_of("example.com/witness", tlog::SignatureType::cosignature, 1), {log}, memory, clock);
  ASSERT_EQ(cases["cases"].size(), 9U);
  for (const auto& one : cases["cases"]) {
    const auto answer = witness.add_checkpoint(one["body"].get<std::string>());
    const auto expected = one["expect"][0].get<std::string>();
    // tlog-witness: an unknown log is 404, where torchwood says 403.
    const int status = expected.find("unknown log") != std::string::npos ? 404 : one["expect_status"].get<int>();
    EXPECT_EQ(answer.status, status) << answer.body;
    const std::size_t quote = expected.find('"');
    auto words = expected.substr(quote + 1, expected.rfind('"') - quote - 1);
    if (words == "3\\n" || words == "5\\n") words = words.substr(0, 1) + "\n";
    EXPECT_NE(answer.body.find(words), std::string::npos) << answer.body << " has not " << words;
    if (status == 409) {
      EXPECT_EQ(answer.media_type, "text/x.tlog.size");
    }
  }
}

TEST(Witnesses, refuse_what_is_no_request_and_what_they_cannot_keep) {
  const auto log = key_of("log.example", tlog::SignatureType::ed25519, 2);
  MemoryMemory memory;
  test::HandClock clock;
  Witness witness(key_of("w.example", tlog::SignatureType::cosignature, 3), {log.verifier()}, memory, clock);
  EXPECT_EQ(witness.add_checkpoint("hello").status, 400);
  const std::string text = tlog::Checkpoint{"log.example", {2, Hash{1}}, {}}.text();
  const std::string note = tlog::join_note(text, {log.sign(text)});
  EXPECT_EQ(witness.add_checkpoint(tlog::AddCheckpoint{3, {}, note}.text()).status, 400);
  EXPECT_EQ(witness.add_checkpoint(tlog::AddCheckpoint{0, {Hash{1}}, note}.text()).status, 422);
  memory.fails = true;
  EXPECT_EQ(witness.add_checkpoint(tlog::AddCheckpoint{0, {}, note}.text()).status, 500);
  EXPECT_TRUE(memory.heads.empty());
  memory.fails = false;
  EXPECT_EQ(witness.add_checkpoint(tlog::AddCheckpoint{0, {}, note}.text()).status, 200);
  EXPECT_EQ(witness.add_checkpoint(tlog::AddCheckpoint{2, {}, note}.text()).status, 200) << "the same again";
  const std::string other_text = tlog::Checkpoint{"log.example", {2, Hash{2}}, {}}.text();
  const std::string other = tlog::join_note(other_text, {log.sign(other_text)});
  EXPECT_EQ(witness.add_checkpoint(tlog::AddCheckpoint{2, {}, other}.text()).status, 409) << "a fork";
}

// Witnesses by address, each with a way to misbehave.
class Town final : public WitnessChannel {
 public:
  enum class Mood { good, down, lies, garbage, late };
  struct House {
    std::unique_ptr<MemoryMemory> memory = std::make_unique<MemoryMemory>();
    std::unique_ptr<Witness> witness;
    std::atomic<Mood> mood{Mood::good};
  };

  Town(const tlog::VerifierKey& log, int count) {
    for (int i = 0; i < count; ++i) {
      const std::string name = "w" + std::to_string(i);
      auto house = std::make_unique<House>();
      auto key = key_of(name + ".example", tlog::SignatureType::cosignature, 20 + static_cast<std::uint64_t>(i));
      policy.witnesses.push_back({name, key.verifier(), "http://" + name});
      house->witness = std::make_unique<Witness>(std::move(key), std::vector{log}, *house->memory, clock);
      houses["http://" + name + "/add-checkpoint"] = std::move(house);
    }
    policy.logs.push_back({log, ""});
  }
  Result<HttpAnswer> post(const std::string& url, const std::string& body) override {
    House& house = *houses.at(url);
    if (house.mood == Mood::down) return fail(ErrorCode::unavailable, "down");
    if (house.mood == Mood::garbage) return HttpAnswer{200, "\xE2\x80\x94 w0.example AAAAAAAA\n"};
    if (house.mood == Mood::late) std::this_thread::sleep_for(std::chrono::milliseconds(300));
    if (house.mood == Mood::lies) return HttpAnswer{409, "7\n"};
    const WitnessAnswer answer = house.witness->add_checkpoint(body);
    return HttpAnswer{answer.status, answer.body};
  }

  test::HandClock clock;
  tlog::Policy policy;
  std::map<std::string, std::unique_ptr<House>> houses;
};

class Cosigned : public testing::Test {
 protected:
  Cosigned() {
    tlog::PolicyGroup group{"two", 2, {"w0", "w1", "w2"}};
    town.policy.groups.push_back(group);
    town.policy.quorum = "two";
  }
  void start() {
    publisher.reset();
    service.reset();
    auto writer = LogWriter::open(files, guard, key, random).value();
    PublisherOptions publishing;
    publishing.policy = town.policy;
    publishing.retry_ms = 20;
    publishing.on_fork = [this](const std::string& why) {
      const std::lock_guard lock(mutex);
      fork = why;
    };
    publisher = std::make_unique<Publisher>(files, town, town.clock, publishing);
    ServiceOptions options;
    options.checkpoint_pause_ms = 5;
    options.on_signed = [this](const tlog::TreeHead& head, const std::string& note) { publisher->offer(head, note); };
    service = std::make_unique<LogService>(std::move(writer), options);
  }
  void TearDown() override {
    service.reset();  // the writer speaks to the publisher until it is gone
    publisher.reset();
  }
  static bool soon(const std::function<bool()>& condition) {
    for (int i = 0; i < 1000; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
  }
  static Bytes entry(int number) {
    const Hash hash = sha256(as_bytes(std::to_string(number)));
    return {hash.begin(), hash.end()};
  }
  bool published(std::uint64_t size) {
    return soon([&] { return publisher->published_size() >= size; });
  }
  Town::House& house(int number) { return *town.houses.at("http://w" + std::to_string(number) + "/add-checkpoint"); }

  tlog::SigningKey key = key_of("log.example", tlog::SignatureType::ed25519, 1);
  test::FaultyDisk disk;
  test::FaultyLogFiles files{disk};
  test::FaultyGuard guard{disk};
  test::SeededRandom random;
  Town town{key.verifier(), 3};
  std::mutex mutex;
  std::string fork;
  std::unique_ptr<Publisher> publisher;
  std::unique_ptr<LogService> service;
};

TEST_F(Cosigned, checkpoints_carry_proofs_that_the_policy_accepts) {
  start();
  for (int i = 0; i < 700; ++i) ASSERT_EQ(service->append({entry(i)}).value(), static_cast<std::uint64_t>(i));
  ASSERT_TRUE(published(700));
  LogReader reader(files);
  for (const int i : {0, 255, 256, 699}) {
    Hash commitment;
    const Bytes bytes = entry(i);
    std::copy(bytes.begin(), bytes.end(), commitment.begin());
    const auto text = reader.prove(static_cast<std::uint64_t>(i), commitment).value().value();
    const auto accepted = tlog::verify_log_proof(tlog::LogProof::parse(text).value(), bytes, town.policy);
    ASSERT_TRUE(accepted) << accepted.error().message;
    EXPECT_GE(accepted->seen.size(), 2U);
    EXPECT_EQ(accepted->time_s, town.clock.now_ms() / 1000);
  }
  EXPECT_EQ(reader.prove(5, Hash{1}).error().code, ErrorCode::corrupt);
  EXPECT_FALSE(reader.prove(700, Hash{1}).value());
}

TEST_F(Cosigned, a_witness_that_is_down_or_talks_nonsense_holds_nothing_up) {
  house(0).mood = Town::Mood::down;
  start();
  ASSERT_TRUE(service->append({entry(1)}));
  EXPECT_TRUE(published(1));
  house(0).mood = Town::Mood::garbage;
  ASSERT_TRUE(service->append({entry(2)}));
  EXPECT_TRUE(published(2));
  EXPECT_FALSE(publisher->witnesses()[0].trouble.empty());
  house(0).mood = Town::Mood::late;
  const auto before = std::chrono::steady_clock::now();
  ASSERT_TRUE(service->append({entry(3)}));
  EXPECT_TRUE(published(3));
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::milliseconds(2000));
}

// Two witnesses of very different speed, and a checkpoint every few milliseconds: they must meet under one size.
TEST_F(Cosigned, a_log_that_never_rests_is_published_all_the_same) {
  house(0).mood = Town::Mood::late;
  house(1).mood = Town::Mood::down;
  start();
  std::set<std::uint64_t> sizes;
  int number = 0;
  EXPECT_TRUE(soon([&] {
    EXPECT_TRUE(service->append({entry(++number)}));
    sizes.insert(publisher->published_size());
    return sizes.size() >= 4;
  }));
}

TEST_F(Cosigned, without_a_quorum_nothing_new_is_published) {
  start();
  ASSERT_TRUE(service->append({entry(1)}));
  ASSERT_TRUE(published(1));
  house(0).mood = Town::Mood::down;
  house(1).mood = Town::Mood::down;
  ASSERT_TRUE(service->append({entry(2)}));
  ASSERT_TRUE(soon([&] { return publisher->witnesses()[2].cosigned_size == 2; }));
  EXPECT_EQ(publisher->published_size(), 1U);
  house(1).mood = Town::Mood::good;
  EXPECT_TRUE(published(2)) << "it is asked again until it answers";
}

TEST_F(Cosigned, a_whole_workspace_restored_from_a_backup_is_found_out_by_its_witnesses) {
  start();
  ASSERT_TRUE(service->append({entry(1)}));
  ASSERT_TRUE(published(1));
  const auto backup = disk.copy();  // the guard too
  ASSERT_TRUE(service->append({entry(2)}));
  ASSERT_TRUE(published(2));
  TearDown();
  disk.put_back(backup);
  start();
  EXPECT_TRUE(soon([&] {
    const std::lock_guard lock(mutex);
    return !fork.empty();
  }));
}

TEST_F(Cosigned, without_witnesses_the_logs_own_signature_is_enough) {
  town.policy.witnesses.clear();
  town.policy.groups.clear();
  town.policy.quorum = "none";
  start();
  ASSERT_TRUE(service->append({entry(1)}));
  EXPECT_TRUE(published(1));
  LogReader reader(files);
  const auto note = reader.checkpoint().value().value().note;
  EXPECT_TRUE(tlog::accept_checkpoint(note, town.policy));
}

TEST_F(Cosigned, many_submitters_get_a_place_each) {
  start();
  std::vector<std::thread> threads;
  std::mutex seen_mutex;
  std::map<std::uint64_t, Bytes> seen;
  for (int t = 0; t < 16; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        const auto place = service->append({entry(t * 1000 + i)});
        ASSERT_TRUE(place);
        const std::lock_guard lock(seen_mutex);
        ASSERT_TRUE(seen.emplace(*place, entry(t * 1000 + i)).second);
      }
    });
  for (auto& thread : threads) thread.join();
  ASSERT_TRUE(published(800));
  const auto entries = read_entries(files, 0, 800, 800).value();
  for (const auto& [place, bytes] : seen) EXPECT_EQ(entries[place], bytes);
}

TEST_F(Cosigned, a_log_that_was_halted_takes_and_signs_nothing_more) {
  start();
  ASSERT_TRUE(service->append({entry(1)}));
  service->halt("somebody has seen more");
  EXPECT_EQ(service->append({entry(2)}).error().code, ErrorCode::unavailable);
  EXPECT_FALSE(service->trouble().empty());
}

}  // namespace
}  // namespace probity::log
