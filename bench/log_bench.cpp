// The transparency log measured: durable appends, their delay, the way to a cosigned checkpoint, proofs, replay.
//
//   log_bench appends FOLDER SECONDS            closed loop, 512 submitters
//   log_bench delay FOLDER SECONDS RATE         open loop, 512 submitters
//   log_bench cosigned FOLDER KEY=URL …         an entry's way under a checkpoint that all the witnesses cosigned
//   log_bench proofs FOLDER                     in a log of 10,000,000 entries
//   log_bench key                               of the log that it makes
//   log_bench replay FOLDER                     250,000 entries read and hashed anew, against hashing alone
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include "base/encoding.h"
#include "log/publisher.h"
#include "log/service.h"
#include "log/tree_files.h"
#include "store/log_files.h"
#include "tlog/log_proof.h"

namespace {

using namespace probity;
namespace fs = std::filesystem;
using std::chrono::steady_clock;

constexpr int kSubmitters = 512;

double seconds_since(steady_clock::time_point start) {
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

Bytes entry_of(std::uint64_t number) {
  const Hash hash = sha256(as_bytes(std::to_string(number)));
  return {hash.begin(), hash.end()};
}

// The value below which `share` of them lie.
double quantile(std::vector<double>& values, double share) {
  if (values.empty()) return 0;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

// A log in an empty folder, as a node runs it.
struct Bench {
  explicit Bench(const std::string& folder, tlog::Policy policy = {}) {
    fs::remove_all(folder);
    fs::create_directories(folder);
    files = store::FolderLogFiles::open(folder + "/log", store::FolderLogFiles::Use::writing).value();
    guard = std::make_unique<store::FileCheckpointGuard>(folder + "/guard");
    auto writer = log::LogWriter::open(*files, *guard, key, random).value();
    log::PublisherOptions publishing;
    policy.logs = {{key.verifier(), ""}};
    publishing.policy = std::move(policy);
    publisher = std::make_unique<log::Publisher>(*files, *channel, clock, std::move(publishing));
    log::ServiceOptions options;
    options.on_signed = [this](const tlog::TreeHead& head, const std::string& note) { publisher->offer(head, note); };
    service = std::make_unique<log::LogService>(std::move(writer), std::move(options));
  }
  ~Bench() { service.reset(); }

  static tlog::SigningKey bench_key() {
    return tlog::SigningKey::from_seed("bench.example/log", tlog::SignatureType::ed25519,
                                       SecretKey(sha256(as_bytes("log_bench"))));
  }

  SystemRandom random;
  SystemClock clock;
  tlog::SigningKey key = bench_key();
  std::unique_ptr<store::FolderLogFiles> files;
  std::unique_ptr<store::FileCheckpointGuard> guard;
  std::unique_ptr<log::WitnessChannel> channel = log::curl_witness_channel();
  std::unique_ptr<log::Publisher> publisher;
  std::unique_ptr<log::LogService> service;
};

// `rate` 0: each submitter goes on when it was answered.
void run_submitters(const std::string& folder, double seconds, double rate) {
  Bench bench(folder);
  std::atomic<std::uint64_t> done{0};
  std::vector<std::vector<double>> delays(kSubmitters);
  const auto start = steady_clock::now();
  std::vector<std::thread> threads;
  for (int t = 0; t < kSubmitters; ++t)
    threads.emplace_back([&, t] {
      const double pause = rate > 0 ? kSubmitters / rate : 0;
      double due = rate > 0 ? pause * t / kSubmitters : 0;
      for (std::uint64_t i = 0; seconds_since(start) < seconds; ++i) {
        if (rate > 0)
          std::this_thread::sleep_until(
              start + std::chrono::duration_cast<steady_clock::duration>(std::chrono::duration<double>(due)));
        // Counted from when it was due: a log that stalls delays those behind it, too.
        const double from = rate > 0 ? due : seconds_since(start);
        if (!bench.service->append({entry_of(static_cast<std::uint64_t>(t) << 32 | i)})) return;
        delays[static_cast<std::size_t>(t)].push_back(seconds_since(start) - from);
        ++done;
        due += pause;
      }
    });
  for (auto& thread : threads) thread.join();
  const double took = seconds_since(start);
  std::vector<double> all;
  for (const auto& some : delays) all.insert(all.end(), some.begin(), some.end());
  fmt::print(
      "{:.0f} durable appends/s ({} in {:.1f} s, {} submitters); p50 {:.1f} ms, p99 {:.1f} ms, longest {:.1f} ms\n",
      static_cast<double>(done) / took, done.load(), took, kSubmitters, quantile(all, 0.5) * 1e3,
      quantile(all, 0.99) * 1e3, quantile(all, 1) * 1e3);
}

void run_cosigned(const std::string& folder, const std::vector<std::string>& witnesses) {
  tlog::Policy policy;
  tlog::PolicyGroup all{"all", witnesses.size(), {}};
  for (const std::string& text : witnesses) {
    const std::size_t split = text.find("=http");
    const std::string name = "w" + std::to_string(all.members.size());
    policy.witnesses.push_back({name, tlog::VerifierKey::parse(text.substr(0, split)).value(), text.substr(split + 1)});
    all.members.push_back(name);
  }
  policy.groups.push_back(all);
  policy.quorum = "all";
  Bench bench(folder, policy);
  std::vector<double> delays;
  for (std::uint64_t i = 0; i < 20; ++i) {
    const auto start = steady_clock::now();
    const auto place = bench.service->append({entry_of(i)}).value();
    while (bench.publisher->published_size() <= place && seconds_since(start) < 30)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    delays.push_back(seconds_since(start));
  }
  fmt::print("from an entry to its checkpoint cosigned by {} witnesses: median {:.2f} s, longest {:.2f} s\n",
             witnesses.size(), quantile(delays, 0.5), quantile(delays, 1));
}

// A log of equal entries: all full tiles of a level are one file, and every proof is a true one.
void run_proofs(const std::string& folder) {
  constexpr std::uint64_t kSize = 10'000'000;
  fs::remove_all(folder);
  fs::create_directories(folder);
  const Bytes entry = entry_of(1);
  std::vector<Bytes> rows;
  Hash hash = tlog::leaf_hash(entry);
  for (unsigned level = 0; tlog::hashes_at(level, kSize) > 0; ++level) {
    Bytes row;
    tlog::CompactRange range;
    for (unsigned i = 0; i < tlog::kTileWidth; ++i) {
      row.insert(row.end(), hash.begin(), hash.end());
      range.append(hash);
    }
    const auto written = store::FolderLogFiles::open(folder, store::FolderLogFiles::Use::writing)
                             .value()
                             ->write(std::to_string(level), row);
    if (!written) return;
    hash = range.root();
  }
  const auto files = store::FolderLogFiles::open(folder, store::FolderLogFiles::Use::reading).value();
  const auto read = [&](const tlog::Tile& tile) -> Result<Bytes> {
    TRY_ASSIGN(Bytes bytes, files->read(std::to_string(tile.level)));
    bytes.resize(tile.width * sizeof(Hash));
    return bytes;
  };
  tlog::TileSource source(kSize, read);
  const tlog::TreeHead head{kSize, tlog::root_at(source, kSize).value()};
  const auto key = Bench::bench_key();
  const std::string text = tlog::Checkpoint{key.verifier().name, head, {}}.text();
  std::vector<std::string> lines{key.sign(text)};
  for (const char* name : {"witness-one.example", "witness-two.example", "witness-three.example"})
    lines.push_back(
        tlog::SigningKey::from_seed(name, tlog::SignatureType::cosignature, SecretKey(sha256(as_bytes(name))))
            .sign(text, 1'800'000'000));
  const std::string note = tlog::join_note(text, lines);
  std::vector<double> times;
  std::size_t most_bytes = 0;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    const std::uint64_t index = i * 4'999'963 % kSize;
    const auto start = steady_clock::now();
    tlog::TileSource fresh(kSize, read);
    tlog::LogProof proof;
    proof.index = index;
    proof.path = tlog::inclusion_proof(fresh, index, kSize).value();
    proof.checkpoint = note;
    const bool holds = tlog::verify_inclusion(proof.path, index, tlog::leaf_hash(entry), head).has_value();
    const std::string file = proof.text();
    times.push_back(seconds_since(start));
    if (!holds) fmt::print("a proof does not hold\n");
    most_bytes = std::max(most_bytes, file.size());
  }
  fmt::print(
      "proofs in a log of {} entries, with 3 cosignatures: at most {} bytes; made and checked in {:.2f} ms "
      "(median), {:.2f} ms (p99)\n",
      kSize, most_bytes, quantile(times, 0.5) * 1e3, quantile(times, 0.99) * 1e3);
}

void run_replay(const std::string& folder) {
  constexpr std::uint64_t kSize = 250'000;
  tlog::TreeHead head;
  {
    fs::remove_all(folder);
    fs::create_directories(folder);
    SystemRandom random;
    const auto key = Bench::bench_key();
    auto files = store::FolderLogFiles::open(folder + "/log", store::FolderLogFiles::Use::writing).value();
    store::FileCheckpointGuard guard(folder + "/guard");
    auto writer = log::LogWriter::open(*files, guard, key, random).value();
    for (std::uint64_t at = 0; at < kSize; at += 50'000) {
      std::vector<Bytes> entries;
      for (std::uint64_t i = 0; i < 50'000; ++i) entries.push_back(entry_of(at + i));
      if (!writer->append(entries) || !writer->sign()) return;
    }
    head = writer->signed_head();
  }
  std::vector<Bytes> entries;
  for (std::uint64_t i = 0; i < kSize; ++i) entries.push_back(entry_of(i));
  const auto bare_start = steady_clock::now();
  tlog::CompactRange range;
  for (const Bytes& entry : entries) range.append(tlog::leaf_hash(entry));
  const double bare = seconds_since(bare_start);
  const auto files = store::FolderLogFiles::open(folder + "/log", store::FolderLogFiles::Use::reading).value();
  const auto replay_start = steady_clock::now();
  const auto wrong = log::check_tree(*files, head).value();
  const double replay = seconds_since(replay_start);
  fmt::print("replay of {} entries from files: {:.2f} s; hashing alone {:.2f} s: {:.2f} of its speed{}\n", kSize,
             replay, bare, bare / replay, wrong.empty() && range.root() == head.root ? "" : "; THE TREE IS WRONG");
}

}  // namespace

int main(int argument_count, char** arguments) {
  init_crypto();
  const std::vector<std::string> words(arguments + 1, arguments + argument_count);
  const std::string what = words.empty() ? "" : words[0];
  if (what == "appends" && words.size() == 3)
    run_submitters(words[1], std::stod(words[2]), 0);
  else if (what == "delay" && words.size() == 4)
    run_submitters(words[1], std::stod(words[2]), std::stod(words[3]));
  else if (what == "cosigned" && words.size() > 2)
    run_cosigned(words[1], {words.begin() + 2, words.end()});
  else if (what == "proofs" && words.size() == 2)
    run_proofs(words[1]);
  else if (what == "replay" && words.size() == 2)
    run_replay(words[1]);
  else if (what == "key")
    fmt::print("{}\n", Bench::bench_key().verifier().text());
  else
    return 2;
  return 0;
}
