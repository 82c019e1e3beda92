#include "evidence/service.h"

#include <nlohmann/json.hpp>

#include "parties/text.h"

namespace probity::evidence {
namespace {

constexpr std::size_t kMostNameCharacters = 200;
constexpr std::size_t kMostWhyCharacters = 4000;

tl::unexpected<Error> no_such_matter() { return fail(ErrorCode::not_found, "there is no such matter"); }
tl::unexpected<Error> no_such_item() { return fail(ErrorCode::not_found, "there is no such piece of evidence"); }

}  // namespace

Result<void> EvidenceService::open(const Id& matter, const std::string& number, const events::Actor& actor) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto known, ports_.store.matter(matter));
    if (known) return fail(ErrorCode::already_exists, "this matter has its custody record already");
    const TimeMs now_ms = ports_.clock.now_ms();
    TRY(ports_.store.insert(Matter{matter, number, now_ms}));
    Deed deed;
    deed.action = "opened";
    deed.actor = actor;
    deed.data_json = nlohmann::json{{"number", number}, {"opened_ms", now_ms}}.dump();
    return append(matter, std::move(deed), now_ms).map([](const Step&) {});
  });
}

Result<Matter> EvidenceService::matter(const Id& id) {
  TRY_ASSIGN(auto found, ports_.store.matter(id));
  if (!found) return no_such_matter();
  return std::move(*found);
}

Result<KeptBytes> EvidenceService::keep(BytesView bytes) {
  KeptBytes kept;
  TRY_ASSIGN(kept.sha256, ports_.blobs.put(bytes));
  kept.size_bytes = bytes.size();
  kept.media_type = media_type_of(bytes);
  return kept;
}

Result<AddedItem> EvidenceService::add(const NewItem& wanted, BytesView bytes, const Deed& deed) {
  TRY_ASSIGN(const KeptBytes kept, keep(bytes));
  return add(wanted, kept, deed);
}

Result<AddedItem> EvidenceService::add(const NewItem& wanted, const KeptBytes& bytes, Deed deed) {
  AddedItem added;
  Item& item = added.item;
  TRY_ASSIGN(item.name, parties::tidy_line("file name", wanted.name, kMostNameCharacters));
  if (item.name.empty()) item.name = "file";
  item.matter = wanted.matter;
  item.kind = wanted.kind;
  item.parent = wanted.parent;
  item.media_type = wanted.media_type.empty() ? bytes.media_type : wanted.media_type;
  item.size_bytes = bytes.size_bytes;
  item.sha256 = bytes.sha256;
  item.added_by = deed.actor.name;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(matter(wanted.matter));
    if (wanted.parent) TRY(this->item(wanted.matter, *wanted.parent));
    TRY_ASSIGN(const auto same, ports_.store.item_with(wanted.matter, bytes.sha256));
    const TimeMs now_ms = ports_.clock.now_ms();
    if (same) {
      deed.action = "received_again";
      deed.item = same->id;
      deed.data_json = nlohmann::json{{"name", item.name}}.dump();
      added = {*same, false};
      return append(wanted.matter, deed, now_ms).map([](const Step&) {});
    }
    item.id = Id::random(ports_.random);
    item.added_ms = now_ms;
    const bool ours = item.kind == Kind::derived || item.kind == Kind::report;
    deed.action = ours ? kDerived : kReceived;
    deed.item = item.id;
    deed.data_json = item_facts(item);
    TRY(ports_.store.insert(item));
    return append(wanted.matter, deed, now_ms).map([](const Step&) {});
  }));
  return added;
}

Result<Step> EvidenceService::note(const Id& matter, Deed deed) {
  Step step;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(this->matter(matter));
    TRY_ASSIGN(step, append(matter, std::move(deed), ports_.clock.now_ms()));
    return {};
  }));
  return step;
}

Result<Step> EvidenceService::append(const Id& matter, Deed deed, TimeMs now_ms) {
  TRY_ASSIGN(deed.why, parties::tidy_text("reason", deed.why, kMostWhyCharacters));
  Step step;
  step.matter = matter;
  step.time_ms = now_ms;
  step.deed = std::move(deed);
  TRY_ASSIGN(const auto last, ports_.store.last_step(matter));
  step = chained(std::move(step), last);
  TRY(ports_.store.insert(step));
  TRY(ports_.log.record({"custody_step", matter, log_content(step)}));
  return step;
}

Result<Item> EvidenceService::item(const Id& matter, const Id& id) {
  TRY_ASSIGN(auto found, ports_.store.item(id));
  if (!found || found->matter != matter) return no_such_item();
  return std::move(*found);
}

Result<Listed<Step>> EvidenceService::steps(const Id& matter, std::uint64_t offset, std::size_t limit) {
  Listed<Step> listed;
  TRY_ASSIGN(listed.total, ports_.store.step_count(matter));
  TRY_ASSIGN(listed.items, ports_.store.steps(matter, offset, limit));
  return listed;
}

}  // namespace probity::evidence
