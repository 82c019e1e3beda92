// The texts of a key ceremony. Written with sorted members and no spaces, so that equal plans have equal hashes.
#include <nlohmann/json.hpp>

#include "alliance/key_ceremony.h"
#include "base/encoding.h"

namespace probity::alliance {
namespace {

using nlohmann::json;
using Kind = CeremonyMessage::Kind;

constexpr const char* kKinds[] = {"dealing", "complaint", "opening", "agreement"};

template <std::size_t size>
Result<std::array<std::uint8_t, size>> fixed(const json& hex) {
  TRY_ASSIGN(const Bytes bytes, from_hex(hex.get<std::string>()));
  std::array<std::uint8_t, size> out;
  if (bytes.size() != size) return fail(ErrorCode::corrupt, "a field of the wrong length");
  std::ranges::copy(bytes, out.begin());
  return out;
}

json to_json(const HolderCard& card) {
  return {{"name", card.name}, {"url", card.url}, {"identity", to_hex(card.identity)}};
}

Result<HolderCard> card_from(const json& item) {
  HolderCard card{item.at("name").get<std::string>(), item.at("url").get<std::string>(), {}};
  if (card.name.empty() || card.name.size() > 200 || card.url.size() > 500)
    return fail(ErrorCode::corrupt, "a key-holder's card without a name");
  TRY_ASSIGN(const auto identity, fixed<32>(item.at("identity")));
  TRY_ASSIGN(card.identity, oprf::parse_identity(identity));
  return card;
}

Result<CeremonyPlan> plan_from(const json& item) {
  CeremonyPlan plan;
  plan.terms.epoch = item.at("epoch").get<oprf::Epoch>();
  plan.terms.slow_hash = {item.at("memory_kib").get<std::uint32_t>(), item.at("passes").get<std::uint32_t>()};
  TRY_ASSIGN(plan.terms.salt, fixed<oprf::kSaltBytes>(item.at("salt")));
  TRY_ASSIGN(plan.nonce, fixed<16>(item.at("nonce")));
  plan.threshold = item.at("threshold").get<std::uint8_t>();
  for (const json& holder : item.at("holders")) {
    TRY_ASSIGN(HolderCard card, card_from(holder));
    plan.holders.push_back(std::move(card));
  }
  if (plan.holders.size() > oprf::kMostHolders) return fail(ErrorCode::corrupt, "too many key-holders");
  if (item.contains("dealer")) {
    TRY_ASSIGN(plan.dealer, fixed<32>(item.at("dealer")));
  }
  if (item.contains("before")) {
    TRY_ASSIGN(const Bytes before, from_hex(item.at("before").get<std::string>()));
    TRY_ASSIGN(plan.before, oprf::KeySet::parse(before));
  }
  return plan;
}

Result<CeremonyMessage> message_from(const json& item) {
  CeremonyMessage message;
  const std::string kind = item.at("kind").get<std::string>();
  const auto* const found = std::ranges::find(kKinds, kind);
  if (found == std::end(kKinds)) return fail(ErrorCode::corrupt, "an unknown kind of message");
  message.kind = Kind(found - std::begin(kKinds));
  message.from = item.at("from").get<oprf::HolderIndex>();
  message.about = item.at("about").get<oprf::HolderIndex>();
  TRY_ASSIGN(message.body, from_base64(item.at("body").get<std::string>()));
  TRY_ASSIGN(message.signature, fixed<oprf::kSignatureBytes>(item.at("signature")));
  return message;
}

template <class Value>
Result<Value> parse_with(std::string_view text, Result<Value> (*from)(const json&), const char* complaint) {
  try {
    return from(json::parse(text));
  } catch (const json::exception&) {
    return fail(ErrorCode::corrupt, complaint);
  }
}

}  // namespace

std::string HolderCard::json() const { return to_json(*this).dump(); }

Result<HolderCard> HolderCard::parse(std::string_view text) {
  return parse_with<HolderCard>(text, card_from, "this is no key-holder's card");
}

std::string CeremonyPlan::json() const {
  nlohmann::json plan{{"epoch", terms.epoch},
                      {"memory_kib", terms.slow_hash.memory_kib},
                      {"passes", terms.slow_hash.passes},
                      {"salt", to_hex(terms.salt)},
                      {"nonce", to_hex(nonce)},
                      {"threshold", threshold},
                      {"holders", nlohmann::json::array()}};
  for (const HolderCard& holder : holders) plan["holders"].push_back(to_json(holder));
  if (dealer) plan["dealer"] = to_hex(*dealer);
  if (before) plan["before"] = to_hex(before->encode());
  return plan.dump();
}

Result<CeremonyPlan> CeremonyPlan::parse(std::string_view text) {
  return parse_with<CeremonyPlan>(text, plan_from, "this is no plan of a key ceremony");
}

std::string CeremonyMessage::name() const {
  std::string name = std::string(kKinds[static_cast<std::size_t>(kind)]) + "-" + std::to_string(from);
  if (kind == Kind::complaint || kind == Kind::opening) name += "-" + std::to_string(about);
  return name;
}

std::string CeremonyMessage::json() const {
  return nlohmann::json{{"kind", kKinds[static_cast<std::size_t>(kind)]},
                        {"from", from},
                        {"about", about},
                        {"body", to_base64(body)},
                        {"signature", to_hex(signature)}}
      .dump();
}

Result<CeremonyMessage> CeremonyMessage::parse(std::string_view text) {
  return parse_with<CeremonyMessage>(text, message_from, "this is no message of a key ceremony");
}

}  // namespace probity::alliance
