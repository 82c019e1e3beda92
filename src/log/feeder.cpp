#include "log/feeder.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace probity::log {
namespace {

constexpr std::size_t kMostAtOnce = 1000;

}  // namespace

Result<std::uint64_t> Feeder::reconcile(std::uint64_t log_size) {
  TRY_ASSIGN(const auto last, ports_.queue.last_index());
  if (last && *last >= log_size)
    return fail(ErrorCode::corrupt,
                fmt::format("the database knows of entry {} of the log, which has {}", *last, log_size),
                "the log's folder is older than the database: restore the newer copy of it");
  std::uint64_t unclaimed = 0;
  for (std::uint64_t begin = last ? *last + 1 : 0; begin < log_size;) {
    const std::uint64_t end = std::min<std::uint64_t>(begin + kMostAtOnce, log_size);
    TRY_ASSIGN(const auto entries, ports_.entries(begin, end));
    std::map<Hash, std::uint64_t> places;
    std::vector<Hash> commitments;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      Hash commitment{};
      if (entries[i].size() != commitment.size()) continue;
      std::copy(entries[i].begin(), entries[i].end(), commitment.begin());
      places[commitment] = begin + i;
      commitments.push_back(commitment);
    }
    TRY_ASSIGN(const auto waiting, ports_.queue.waiting_with(commitments));
    std::vector<PlacedEntry> placed;
    for (const WaitingEntry& entry : waiting) placed.push_back({entry.id, places.at(entry.commitment)});
    TRY(ports_.queue.place(placed));
    unclaimed += entries.size() - placed.size();
    begin = end;
  }
  return unclaimed;
}

Result<std::size_t> Feeder::turn() {
  TRY_ASSIGN(const auto waiting, ports_.queue.waiting(kMostAtOnce));
  if (waiting.empty()) return std::size_t{0};
  std::vector<Bytes> entries;
  for (const WaitingEntry& entry : waiting) entries.emplace_back(entry.commitment.begin(), entry.commitment.end());
  TRY_ASSIGN(std::uint64_t place, ports_.append(std::move(entries)));
  std::vector<PlacedEntry> placed;
  for (const WaitingEntry& entry : waiting) placed.push_back({entry.id, place++});
  TRY(ports_.queue.place(placed));
  return waiting.size();
}

}  // namespace probity::log
