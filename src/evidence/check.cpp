#include "evidence/check.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "evidence/service.h"

namespace probity::evidence {
namespace {

constexpr std::size_t kStepsAtOnce = 500;

// One pass over a matter: steps first, since they say what the items must be.
class Pass {
 public:
  explicit Pass(const Matter& matter) : matter_(matter) {}

  void take(const Step& step) {
    ++check.steps;
    if (step.matter != matter_.id) at(step, "belongs to another matter", "属于另一事项");
    if (step.sequence != check.steps) at(step, "is missing, or out of order", "缺失或次序不符");
    if (step.previous != previous_) at(step, "does not follow the one before it", "与前一步不相接");
    if (step_hash(step) != step.hash) at(step, "was altered", "已被改动");
    previous_ = step.hash;
    if (step.sequence == 1) check_opening(step);
    if (step.deed.item) mentioned_.emplace(*step.deed.item, step.sequence);
    if (step.deed.item && brings_item(step.deed.action)) {
      const bool first = facts_.emplace(*step.deed.item, step.deed.data_json).second;
      if (!first) at(step, "brings evidence that was there already", "重复记录了已有证据");
    }
    hashes_[step.sequence] = to_hex(step.hash);
  }

  void take(const Item& item) {
    ++check.items;
    const auto facts = facts_.find(item.id);
    if (facts == facts_.end())
      at(item, "no step says how it came", "没有任何步骤说明其来源");
    else if (facts->second != item_facts(item))
      at(item, "its record is not what was written down when it came", "记录与收入时所记不符");
    mentioned_.erase(item.id);
    facts_.erase(item.id);
  }

  void take_bytes(const Item& item, const Result<Bytes>& bytes) {
    if (!bytes && bytes.error().code == ErrorCode::not_found)
      at(item, "its bytes are missing", "文件缺失");
    else if (!bytes)
      at(item, "its bytes were changed or cannot be read", "文件已被改动或无法读取");
    else if (bytes->size() != item.size_bytes)
      at(item, "it is of another size", "文件大小不符");
  }

  // Everything that was taken: what is left over points to evidence that is gone.
  void finish_items() {
    for (const auto& [item, sequence] : mentioned_)
      add({sequence, item, fmt::format("step {} is about evidence {} that is gone", sequence, item.text()),
           fmt::format("第 {} 步所述证据 {} 已不存在", sequence, item.text())});
  }

  void take(const log::Opening& opening) {
    if (opening.record.content.empty()) {  // destroyed: the entry stands, and opens nothing any more
      ++erased_;
      return;
    }
    const auto json = nlohmann::json::parse(opening.record.content, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object() || !json.contains("sequence") || !json["sequence"].is_number_unsigned()) {
      add({std::nullopt, std::nullopt, "an entry of the log about this matter cannot be read", "日志中有一条无法读取"});
      return;
    }
    const auto sequence = json["sequence"].get<std::uint64_t>();
    const auto step = hashes_.find(sequence);
    if (step == hashes_.end() || step->second != json.value("hash", ""))
      add({sequence, std::nullopt, fmt::format("step {} is not the one that went into the log", sequence),
           fmt::format("第 {} 步与记入日志的不符", sequence)});
    logged_.insert_or_assign(sequence, true);
  }

  void finish_log() {
    // Entries whose openings were destroyed stand for a step each: neither may be missing.
    if (erased_ > 0 && hashes_.size() == logged_.size() + erased_) return;
    if (hashes_.size() < logged_.size() + erased_)
      add({std::nullopt, std::nullopt, "the log has more entries about this matter than there are steps",
           "日志中关于本事项的记录多于步骤数"});
    for (const auto& [sequence, hash] : hashes_)
      if (!logged_.contains(sequence))
        add({sequence, std::nullopt, fmt::format("step {} never went into the log", sequence),
             fmt::format("第 {} 步从未记入日志", sequence)});
  }

  Check check;

 private:
  void check_opening(const Step& step) {
    const std::string expected = nlohmann::json{{"number", matter_.number}, {"opened_ms", matter_.opened_ms}}.dump();
    if (step.deed.action != "opened" || step.deed.data_json != expected)
      at(step, "is not the opening of this matter", "不是本事项的立案记录");
  }

  void at(const Step& step, const char* en, const char* zh) {
    add({step.sequence, std::nullopt, fmt::format("step {} {}", step.sequence, en),
         fmt::format("第 {} 步{}", step.sequence, zh)});
  }
  void at(const Item& item, const char* en, const char* zh) {
    add({std::nullopt, item.id, fmt::format("{}: {}", item.name, en), fmt::format("{}：{}", item.name, zh)});
  }
  void add(Fault fault) {
    if (check.faults.size() < kMostFaults) check.faults.push_back(std::move(fault));
  }

  const Matter& matter_;
  Hash previous_{};
  std::map<Id, std::string> facts_;
  std::map<Id, std::uint64_t> mentioned_;  // by the first step about it
  std::map<std::uint64_t, std::string> hashes_;
  std::map<std::uint64_t, bool> logged_;
  std::size_t erased_ = 0;
};

}  // namespace

Result<Check> EvidenceService::check(const Id& id) {
  TRY_ASSIGN(const Matter matter, this->matter(id));
  Pass pass(matter);
  std::vector<Item> items;
  TRY(ports_.transactions.read([&]() -> Result<void> {
    for (std::uint64_t after = 0;;) {
      TRY_ASSIGN(const auto steps, ports_.store.steps(id, after, kStepsAtOnce));
      for (const Step& step : steps) pass.take(step);
      if (steps.size() < kStepsAtOnce) break;
      after = steps.back().sequence;
    }
    TRY_ASSIGN(items, ports_.store.items(id));
    for (const Item& item : items) pass.take(item);
    pass.finish_items();
    TRY_ASSIGN(const auto openings, ports_.log.openings_of(id));
    for (const auto& opening : openings)
      if (opening.record.kind == "custody_step") pass.take(opening);
    pass.finish_log();
    return {};
  }));
  // Outside the snapshot: reading hundreds of megabytes takes a while, and they never change.
  for (const Item& item : items) pass.take_bytes(item, read(item));
  return std::move(pass.check);
}

}  // namespace probity::evidence
