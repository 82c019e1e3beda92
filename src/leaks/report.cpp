#include "leaks/report.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace probity::leaks {
namespace {

template <class Value>
struct Name {
  Value value;
  std::string_view name;
};

constexpr std::array<Name<Outcome>, 4> kOutcomes{{{Outcome::identified, "identified"},
                                                  {Outcome::lead, "lead"},
                                                  {Outcome::no_match, "no_match"},
                                                  {Outcome::does_not_align, "does_not_align"}}};
constexpr std::array<Name<Miss>, 6> kMisses{{{Miss::none, "none"},
                                             {Miss::too_small, "too_small"},
                                             {Miss::no_masters, "no_masters"},
                                             {Miss::no_alignment, "no_alignment"},
                                             {Miss::too_few_cells, "too_few_cells"},
                                             {Miss::unsure, "unsure"}}};

template <class Table, class Value>
std::string_view name_in(const Table& table, Value value) {
  const auto row = std::ranges::find(table, value, [](const auto& entry) { return entry.value; });
  return row == table.end() ? std::string_view() : row->name;
}

template <class Value, std::size_t N>
std::optional<Value> value_in(const std::array<Name<Value>, N>& table, std::string_view name) {
  const auto row = std::ranges::find(table, name, [](const auto& entry) { return entry.name; });
  if (row == table.end()) return std::nullopt;
  return row->value;
}

constexpr float kSteps = 127.0F;

}  // namespace

std::string_view outcome_name(Outcome outcome) { return name_in(kOutcomes, outcome); }
std::optional<Outcome> parse_outcome(std::string_view name) { return value_in(kOutcomes, name); }
std::string_view miss_name(Miss miss) { return name_in(kMisses, miss); }
std::optional<Miss> parse_miss(std::string_view name) { return value_in(kMisses, name); }

int exit_code(Outcome outcome) {
  switch (outcome) {
    case Outcome::identified:
      return 0;
    case Outcome::lead:
      return 10;
    case Outcome::no_match:
      return 11;
    case Outcome::does_not_align:
      return 12;
  }
  return 12;
}

bool is_sure(const Lay& lay) {
  if (lay.method == "features") return true;  // its own test of inliers has been passed
  constexpr double kLeastAgreement = 0.6;
  constexpr double kLeastSignificance = 15;  // accidents on smooth pictures reach about 7
  return lay.structure_agreement >= kLeastAgreement &&
         lay.structure_agreement * std::sqrt(std::max(0, lay.cells_seen)) >= kLeastSignificance;
}

std::size_t Report::accused_count() const {
  return static_cast<std::size_t>(std::ranges::count(findings, Role::accused, &FindingRecord::role));
}

const AssetRecord* Report::asset(const Id& id) const {
  const auto found = std::ranges::find(assets, id, &AssetRecord::id);
  return found == assets.end() ? nullptr : &*found;
}

std::vector<std::int8_t> to_steps(std::span<const float> soft) {
  std::vector<std::int8_t> steps(soft.size());
  std::ranges::transform(soft, steps.begin(),
                         [](float value) { return static_cast<std::int8_t>(std::lround(value * kSteps)); });
  return steps;
}

std::vector<float> from_steps(std::span<const std::int8_t> steps) {
  std::vector<float> soft(steps.size());
  std::ranges::transform(steps, soft.begin(),
                         [](std::int8_t step) { return std::clamp(static_cast<float>(step) / kSteps, -1.0F, 1.0F); });
  return soft;
}

std::vector<code::EvidenceChannel> evidence_channels(const Report& report, const FindingRecord& finding) {
  const auto seed_of = [](const FindingRecord& record, const Id& asset) -> std::optional<SecretKey> {
    const auto copy = std::ranges::find(record.copies, asset, &CopyEvidence::asset);
    if (copy == record.copies.end()) return std::nullopt;
    return SecretKey(copy->seed);
  };
  std::vector<code::EvidenceChannel> channels;
  for (const AssetRecord& asset : report.assets) {
    if (!asset.scored) continue;
    code::EvidenceChannel channel{asset.law, asset.bias_seed, from_steps(asset.soft), seed_of(finding, asset.id), {}};
    for (const FindingRecord& other : report.findings) {
      if (other.role != Role::accused || other.finding.pass >= finding.finding.pass) continue;
      if (auto seed = seed_of(other, asset.id)) channel.accused_before.push_back(*seed);
    }
    channels.push_back(std::move(channel));
  }
  return channels;
}

}  // namespace probity::leaks
