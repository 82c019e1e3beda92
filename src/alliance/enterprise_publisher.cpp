#include "alliance/enterprise_publisher.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::alliance {
namespace {

constexpr std::size_t kKeptVersions = 64;

Error not_yet() { return {ErrorCode::unavailable, "the list of enterprises is not ready", "try again in a moment"}; }

}  // namespace

EnterprisePublisher::EnterprisePublisher(const EnterprisePublisherPorts& ports, oprf::Identity identity)
    : ports_(ports), identity_(std::move(identity)) {}

Result<void> EnterprisePublisher::publish() {
  const std::lock_guard turn(publishing_);
  HeldEnterprises next;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto entries, ports_.store.findable_enterprises());
    std::vector<ListedEnterprisePtr> items;
    for (const EnterpriseEntry& entry : entries) {
      TRY_ASSIGN(auto item, listed_enterprise(entry_line(entry)));
      items.push_back(std::move(item));
    }
    next.list = std::make_shared<const EnterpriseList>(std::move(items));
    TRY_ASSIGN(const auto last, ports_.store.last_enterprise_head());
    if (last && last->head.root == next.list->root()) {
      next.head = *last;
      return {};
    }
    EnterpriseListHead& head = next.head.head;
    head.version = last ? last->head.version + 1 : 1;
    head.count = static_cast<std::uint32_t>(next.list->entries().size());
    head.root = next.list->root();
    head.time_ms = ports_.clock.now_ms();
    next.head.signature = identity_.sign(kEnterpriseListDomain, head.encode());
    const std::string content = nlohmann::json{{"enterprise_list_head", to_hex(head.encode())}}.dump();
    TRY(ports_.log.record({"alliance_enterprise_list", {}, content}));
    return ports_.store.insert(next.head);
  }));
  const std::lock_guard lock(mutex_);
  if (current_ && current_->head == next.head) return {};
  if (current_) before_.push_back(std::move(*current_));
  if (before_.size() > kKeptVersions) before_.pop_front();
  current_ = std::move(next);
  return {};
}

Result<HeldEnterprises> EnterprisePublisher::current() const {
  const std::lock_guard lock(mutex_);
  if (!current_) return tl::unexpected<Error>(not_yet());
  return *current_;
}

Result<std::optional<EnterpriseListChange>> EnterprisePublisher::changes_since(EnterpriseListVersion version) const {
  HeldEnterprises now, then;
  {
    const std::lock_guard lock(mutex_);
    if (!current_) return tl::unexpected<Error>(not_yet());
    now = *current_;
    if (version == now.head.head.version) return std::optional<EnterpriseListChange>();
    const auto found = std::ranges::find(before_, version, [](const auto& held) { return held.head.head.version; });
    if (found == before_.end())
      return fail(ErrorCode::gone, "the changes since that version are not kept", "fetch the whole list");
    then = *found;
  }
  EnterpriseListChange change = then.list->change_to(*now.list);
  change.from = version;
  change.to = now.head;
  return change;
}

}  // namespace probity::alliance
