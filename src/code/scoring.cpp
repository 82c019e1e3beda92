#include "code/scoring.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

#include "base/check.h"
#include "base/random.h"
#include "code/codeword.h"
#include "code/scoring_kernel.h"

namespace probity::code {
namespace {

constexpr std::size_t kChunkCopies = 512;
constexpr std::size_t kMostCells = std::size_t{1} << 23;  // so that the largest score, 255 a cell, fits 32 bits
// The cipher makes eight blocks in about the time of two: a shorter gap is cheaper generated than skipped.
constexpr std::size_t kGapBlocks = 6;
// And two or three blocks take as long as four.
constexpr std::uint32_t kBatchBlocks = 4;

bool block_votes(const Bank& bank, std::size_t block) {
  const std::size_t begin = block * kBlockBytes;
  return std::ranges::any_of(bank.decoders, [&](const Decoder& decoder) {
    const std::size_t end = std::min(begin + kBlockBytes, decoder.weight.size());
    return std::any_of(decoder.weight.begin() + static_cast<std::ptrdiff_t>(begin),
                       decoder.weight.begin() + static_cast<std::ptrdiff_t>(end),
                       [](std::uint8_t w) { return w != 0; });
  });
}

std::vector<PackedBank::Run> voting_runs(const Bank& bank) {
  std::vector<PackedBank::Run> runs;
  const std::size_t block_count = (bank.thresholds.size() + kBlockBytes - 1) / kBlockBytes;
  for (std::size_t block = 0; block < block_count; ++block) {
    if (!block_votes(bank, block)) continue;
    if (!runs.empty() && block - (runs.back().first_block + runs.back().block_count) < kGapBlocks) {
      runs.back().block_count = static_cast<std::uint32_t>(block - runs.back().first_block + 1);
    } else {
      runs.push_back({static_cast<std::uint32_t>(block), 1});
    }
  }
  for (PackedBank::Run& run : runs) {  // the gap is longer than what is added here, so runs stay apart
    if (run.block_count % kBatchBlocks > 1) run.block_count += kBatchBlocks - run.block_count % kBatchBlocks;
  }
  return runs;
}

void append_run(const PackedBank::Run& run, std::span<const std::uint8_t> from, std::vector<std::uint8_t>& to) {
  const std::size_t begin = run.first_block * kBlockBytes;
  const std::size_t length = run.block_count * kBlockBytes;
  const std::size_t present = std::min(length, from.size() - begin);
  const std::span<const std::uint8_t> part = from.subspan(begin, present);
  to.insert(to.end(), part.begin(), part.end());
  to.resize(to.size() + length - present);
}

void fill_stream(const PackedBank& bank, const SecretKey& seed, std::span<std::uint8_t> stream) {
  static constexpr std::array<std::uint8_t, crypto_stream_chacha20_ietf_NONCEBYTES> kNonce{};
  std::uint8_t* out = stream.data();
  std::ranges::fill(stream, std::uint8_t{0});  // the cipher adds its stream to what stands there
  for (const PackedBank::Run& run : bank.runs) {
    const std::size_t length = run.block_count * kBlockBytes;
    crypto_stream_chacha20_ietf_xor_ic(out, out, length, kNonce.data(), run.first_block, seed.view().data());
    out += length;
  }
}

// Shared by the threads of one call: each takes the next chunk of candidates until none are left.
struct Job {
  std::span<const ScoringChannel> channels;
  std::vector<PackedBank> banks;
  std::vector<std::vector<std::int32_t>> scores;
  std::size_t candidate_count = 0;
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> done{0};
};

void score_candidate(Job& job, std::size_t candidate, std::span<std::uint8_t> stream, std::span<std::int32_t> sums) {
  std::ranges::fill(sums, 0);
  for (std::size_t c = 0; c < job.channels.size(); ++c) {
    const ScoringChannel& channel = job.channels[c];
    if (channel.copies[candidate] == kNoCopy) continue;
    const SecretKey seed = copy_seed(*channel.asset_key, channel.copies[candidate]);
    fill_stream(job.banks[c], seed, stream.first(job.banks[c].byte_count()));
    add_agreement(job.banks[c], stream.data(), sums);
  }
  for (std::size_t d = 0; d < sums.size(); ++d) job.scores[d][candidate] = sums[d];
}

void work(Job& job, const Progress* progress) {
  std::size_t longest = 0;
  for (const PackedBank& bank : job.banks) longest = std::max(longest, bank.byte_count());
  std::vector<std::uint8_t> stream(longest);
  std::vector<std::int32_t> sums(job.scores.size());
  while (true) {
    const std::size_t begin = job.next.fetch_add(kChunkCopies);
    if (begin >= job.candidate_count) return;
    const std::size_t end = std::min(begin + kChunkCopies, job.candidate_count);
    for (std::size_t candidate = begin; candidate < end; ++candidate) score_candidate(job, candidate, stream, sums);
    const std::size_t done = job.done.fetch_add(end - begin) + end - begin;
    if (progress != nullptr && *progress) (*progress)(done, job.candidate_count);
  }
}

}  // namespace

PackedBank pack(const Bank& bank) {
  PackedBank packed;
  packed.runs = voting_runs(bank);
  std::vector<std::uint8_t> flip(bank.leaning.size());
  std::ranges::transform(bank.leaning, flip.begin(), [](std::uint8_t bit) { return bit != 0 ? 0x00 : 0xFF; });
  packed.weights.resize(bank.decoders.size());
  for (const PackedBank::Run& run : packed.runs) {
    append_run(run, bank.thresholds, packed.thresholds);
    append_run(run, flip, packed.flip);
    for (std::size_t d = 0; d < bank.decoders.size(); ++d) {
      append_run(run, bank.decoders[d].weight, packed.weights[d]);
    }
  }
  return packed;
}

std::vector<std::vector<std::int32_t>> score_copies(std::span<const ScoringChannel> channels,
                                                    const ScoringOptions& options) {
  init_crypto();
  Job job;
  job.channels = channels;
  if (channels.empty()) return {};
  job.candidate_count = channels.front().copies.size();
  std::size_t cells = 0;
  for (const ScoringChannel& channel : channels) {
    cells += channel.bank->thresholds.size();
    PROBITY_CHECK(cells < kMostCells);
    PROBITY_CHECK(channel.copies.size() == job.candidate_count);
    PROBITY_CHECK(channel.bank->decoders.size() == channels.front().bank->decoders.size());
    job.banks.push_back(pack(*channel.bank));
  }
  job.scores.assign(channels.front().bank->decoders.size(), std::vector<std::int32_t>(job.candidate_count));
  const std::size_t chunks = (job.candidate_count + kChunkCopies - 1) / kChunkCopies;
  const unsigned wanted = options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::thread> helpers;
  for (std::size_t t = 1; t < std::min<std::size_t>(wanted, chunks); ++t)
    helpers.emplace_back(work, std::ref(job), nullptr);
  work(job, &options.progress);
  for (std::thread& helper : helpers) helper.join();
  return std::move(job.scores);
}

std::int32_t score_codeword(const Bank& bank, std::size_t decoder, std::span<const std::uint8_t> bits) {
  std::int32_t score = 0;
  for (std::size_t i = 0; i < bits.size(); ++i) {
    if (bits[i] == bank.leaning[i]) score += bank.decoders[decoder].weight[i];
  }
  return score;
}

}  // namespace probity::code
