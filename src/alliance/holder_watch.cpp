#include "alliance/holder_watch.h"

#include <nlohmann/json.hpp>

#include "alliance/keyholder.h"
#include "base/encoding.h"

namespace probity::alliance {
namespace {

Result<PossessionProof> read_possession(const nlohmann::json& key) {
  PossessionProof possession;
  TRY_ASSIGN(const Bytes answer, from_hex(key.at("possession").at("answer").get<std::string>()));
  TRY_ASSIGN(possession.answer, oprf::Element::parse(answer));
  TRY_ASSIGN(const Bytes proof, from_hex(key.at("possession").at("proof").get<std::string>()));
  TRY_ASSIGN(possession.proof, oprf::Proof::parse(proof));
  return possession;
}

}  // namespace

Result<void> check_holder_page(const KeyDirectory& directory, oprf::HolderIndex index, std::string_view text) {
  try {
    const auto page = nlohmann::json::parse(text);
    if (page.at("identity").get<std::string>() != to_hex(directory.holders.at(index - 1U).identity))
      return fail(ErrorCode::forbidden, "somebody else answers at its address");
    for (const auto& key : page.at("keys")) {
      if (key.at("key_set_id").get<std::string>() != to_hex(directory.keys.id())) continue;
      TRY_ASSIGN(const PossessionProof possession, read_possession(key));
      return check_possession(directory.keys, index, possession);
    }
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "its page is not readable");
  }
  return fail(ErrorCode::gone, "it does not hold the key set in use");
}

void HolderWatch::look(const std::vector<KeyDirectory>& directories) {
  std::map<std::pair<oprf::Epoch, oprf::HolderIndex>, HolderHealth> seen;
  for (const KeyDirectory& directory : directories) {
    for (std::size_t i = 0; i < directory.holders.size(); ++i) {
      const auto index = static_cast<oprf::HolderIndex>(i + 1);
      const HttpReply reply = sender_.send("GET", directory.holders[i].url + "/public", {}, "");
      HolderHealth found = health(directory.keys.epoch, index);
      const bool answered = reply.status == 200;
      const auto checked = answered ? check_holder_page(directory, index, reply.body)
                                    : fail(ErrorCode::unavailable, "it does not answer");
      if (answered) found.last_contact_ms = clock_.now_ms();
      found.well = checked.has_value();
      found.trouble = checked ? std::string() : checked.error().message;
      seen[{directory.keys.epoch, index}] = std::move(found);
    }
  }
  const std::lock_guard lock(mutex_);
  health_ = std::move(seen);
}

HolderHealth HolderWatch::health(oprf::Epoch epoch, oprf::HolderIndex index) const {
  const std::lock_guard lock(mutex_);
  const auto found = health_.find({epoch, index});
  return found == health_.end() ? HolderHealth{} : found->second;
}

std::size_t HolderWatch::unwell() const {
  const std::lock_guard lock(mutex_);
  std::size_t count = 0;
  for (const auto& [holder, health] : health_) count += health.well == false;
  return count;
}

}  // namespace probity::alliance
