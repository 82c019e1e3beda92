#include "screening/receipt.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "alliance/hub.h"
#include "base/encoding.h"

namespace probity::screening {
namespace {

using nlohmann::json;

constexpr std::string_view kFormat = "probity screening receipt v1";
constexpr std::size_t kMostBytes = 1 << 20;
constexpr TimeMs kMostSkewMs = 10 * 60 * 1000;

json list_json(const alliance::LookUpReceipt& receipt) {
  json holders = json::array();
  for (const alliance::HolderReceipt& holder : receipt.holders) {
    const auto& card = receipt.list->directory.holders[holder.index - 1U];
    holders.push_back({{"index", holder.index},
                       {"name", card.name},
                       {"identity", to_hex(card.identity)},
                       {"time_ms", holder.time_ms},
                       {"answer", to_hex(holder.answer)}});
  }
  const oprf::TagSetHead& head = receipt.tag_set;
  return {{"request", receipt.request.text()},
          {"epoch", head.epoch},
          {"key_set", to_hex(receipt.list->directory.keys.encode())},
          {"key_set_id", to_hex(receipt.key_set_id)},
          {"tag_set",
           {{"version", head.version},
            {"bits", head.bits},
            {"count", head.count},
            {"root", to_hex(head.root)},
            {"head", to_hex(head.encode())},
            {"signature", to_hex(receipt.tag_set_signature)}}},
          {"holders", std::move(holders)}};
}

Bytes bytes_in(const json& text) {
  auto bytes = from_hex(text.get<std::string>());
  if (!bytes) throw std::runtime_error("no hex");
  return std::move(*bytes);
}

Hash hash_in(const json& text) {
  const Bytes bytes = bytes_in(text);
  Hash hash;
  if (bytes.size() != hash.size()) throw std::runtime_error("no hash");
  std::ranges::copy(bytes, hash.begin());
  return hash;
}

tl::unexpected<Error> forged(const std::string& what) {
  return fail(ErrorCode::forbidden, "this receipt does not hold: " + what, "ask the member for the file it downloaded");
}

// Whether the directory that the checker trusts for this key set has these holders.
Result<bool> known_holders(const json& holders, const Hash& key_set_id, const ReceiptTrust& trust) {
  for (const alliance::KeyDirectory& directory : trust.directories) {
    if (directory.keys.id() != key_set_id) continue;
    for (const json& item : holders) {
      const auto index = item.at("index").get<std::size_t>();
      if (index == 0 || index > directory.holders.size() ||
          to_hex(directory.holders[index - 1].identity) != item.at("identity").get<std::string>())
        return forged("a key-holder is another one than the directory says");
    }
    return true;
  }
  return false;
}

Result<void> check_holder(const json& item, const Id& request, const oprf::KeySet& keys, const ReceiptFacts& facts) {
  TRY_ASSIGN(const oprf::PublicIdentity identity, oprf::parse_identity(bytes_in(item.at("identity"))));
  const auto answer = oprf::parse_receipt(bytes_in(item.at("answer")), facts.member, identity);
  if (!answer) return forged("a key-holder's signature is not theirs");
  const bool fits = answer->request == request && answer->epoch == keys.epoch &&
                    answer->generation == keys.generation &&
                    answer->partial.index == item.at("index").get<std::size_t>() &&
                    answer->time_ms == item.at("time_ms").get<TimeMs>();
  if (!fits) return forged("a key-holder's answer is to another question");
  if (std::abs(answer->time_ms - facts.asked_ms) > kMostSkewMs) return forged("the times lie too far apart");
  return {};
}

Result<CheckedReceipt::List> check_list(const json& item, const ReceiptFacts& facts, const ReceiptTrust& trust) {
  CheckedReceipt::List list;
  TRY_ASSIGN(const oprf::KeySet keys, oprf::KeySet::parse(bytes_in(item.at("key_set"))));
  list.key_set_id = keys.id();
  if (list.key_set_id != hash_in(item.at("key_set_id"))) return forged("the key set has another id");
  TRY_ASSIGN(const Id request, Id::parse(item.at("request").get<std::string>()));
  const json& tag_set = item.at("tag_set");
  TRY_ASSIGN(list.head, oprf::TagSetHead::parse(bytes_in(tag_set.at("head"))));
  const bool fits = list.head.epoch == keys.epoch && item.at("epoch") == list.head.epoch &&
                    tag_set.at("version") == list.head.version && tag_set.at("bits") == list.head.bits &&
                    tag_set.at("count") == list.head.count && hash_in(tag_set.at("root")) == list.head.root;
  if (!fits) return forged("the tag set is described otherwise than it is signed");
  if (!oprf::verify_signature(facts.hub, alliance::kTagSetDomain, list.head.encode(),
                              bytes_in(tag_set.at("signature"))))
    return forged("the tag set is not signed by that hub");
  std::set<std::size_t> indexes;
  for (const json& holder : item.at("holders")) {
    TRY(check_holder(holder, request, keys, facts));
    indexes.insert(holder.at("index").get<std::size_t>());
    list.holders.push_back(holder.at("name").get<std::string>());
  }
  if (indexes.size() < keys.threshold || indexes.size() != list.holders.size())
    return forged("fewer key-holders have signed than are needed");
  TRY_ASSIGN(list.holders_are_known, known_holders(item.at("holders"), list.key_set_id, trust));
  return list;
}

}  // namespace

std::string make_receipt(const ReceiptFacts& facts, const alliance::LookUpAnswer& answer) {
  json lists = json::array();
  lists.push_back(list_json(answer.receipt));
  for (const alliance::LookUpReceipt& receipt : answer.earlier) lists.push_back(list_json(receipt));
  // The newest first, whatever order they were asked in: nothing in the file tells the answer.
  std::sort(lists.begin(), lists.end(),
            [](const json& a, const json& b) { return a["epoch"].get<int>() > b["epoch"].get<int>(); });
  return json{{"format", kFormat},          {"member", facts.member.text()},
              {"hub", to_hex(facts.hub)},   {"asked", to_rfc3339(facts.asked_ms)},
              {"asked_ms", facts.asked_ms}, {"consent_commitment", to_hex(facts.consent_commitment)},
              {"lists", std::move(lists)}}
             .dump(2) +
         "\n";
}

Result<CheckedReceipt> check_receipt(std::string_view text, const ReceiptTrust& trust) {
  if (text.size() > kMostBytes) return fail(ErrorCode::too_large, "this is too large for a receipt");
  try {
    const json in = json::parse(text);
    if (in.at("format") != kFormat) return fail(ErrorCode::corrupt, "this is no screening receipt");
    CheckedReceipt checked;
    TRY_ASSIGN(checked.facts.member, Id::parse(in.at("member").get<std::string>()));
    TRY_ASSIGN(checked.facts.hub, oprf::parse_identity(bytes_in(in.at("hub"))));
    checked.facts.asked_ms = in.at("asked_ms").get<TimeMs>();
    checked.facts.consent_commitment = hash_in(in.at("consent_commitment"));
    if (in.at("asked") != to_rfc3339(checked.facts.asked_ms)) return forged("it has two times");
    if (trust.hub && *trust.hub != checked.facts.hub) return forged("it is of another hub than the one you trust");
    checked.hub_is_known = trust.hub.has_value();
    for (const json& item : in.at("lists")) {
      TRY_ASSIGN(CheckedReceipt::List list, check_list(item, checked.facts, trust));
      checked.lists.push_back(std::move(list));
    }
    if (checked.lists.empty()) return forged("it names no list");
    return checked;
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "this is no screening receipt, or it is damaged");
  }
}

}  // namespace probity::screening
