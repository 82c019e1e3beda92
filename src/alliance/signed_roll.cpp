#include "alliance/signed_roll.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::alliance {
namespace {

using nlohmann::json;

}  // namespace

// nlohmann's objects are ordered by key and dump() without an indent has no spaces: the text is canonical.
SignedRoll sign_roll(RollContent content, const oprf::Identity& hub, TimeMs now_ms) {
  SignedRoll roll{hub.open(), std::move(content), now_ms, {}, {}};
  roll.signed_text =
      json{{"hub", to_hex(roll.hub)},         {"version", roll.content.version},
           {"shown_ms", roll.shown_ms},       {"time", to_rfc3339(roll.content.time_ms)},
           {"time_ms", roll.content.time_ms}, {"members", json::parse(roll.content.members.json()).at("members")}}
          .dump();
  roll.signature = hub.sign(kRollDomain, as_bytes(roll.signed_text));
  return roll;
}

Hash roll_digest(const RollContent& content) {
  const std::string text = json{
      {"members", json::parse(content.members.json()).at("members")},
      {"time_ms", content.time_ms},
      {"version",
       content.version}}.dump();
  return sha256(as_bytes(text));
}

std::string SignedRoll::json() const {
  return nlohmann::json{{"roll", nlohmann::json::parse(signed_text)}, {"signature", to_hex(signature)}}.dump();
}

Result<SignedRoll> SignedRoll::parse(std::string_view text) {
  SignedRoll out;
  try {
    const auto document = nlohmann::json::parse(text);
    const auto& roll = document.at("roll");
    out.signed_text = roll.dump();
    TRY_ASSIGN(const Bytes hub, from_hex(roll.at("hub").get<std::string>()));
    TRY_ASSIGN(out.hub, oprf::parse_identity(hub));
    TRY_ASSIGN(const Bytes signature, from_hex(document.at("signature").get<std::string>()));
    TRY(oprf::verify_signature(out.hub, kRollDomain, as_bytes(out.signed_text), signature));
    out.signature.fill(0);
    std::copy_n(signature.begin(), std::min(signature.size(), out.signature.size()), out.signature.begin());
    out.shown_ms = roll.value("shown_ms", TimeMs{0});
    out.content.version = roll.at("version").get<std::uint64_t>();
    out.content.time_ms = roll.at("time_ms").get<TimeMs>();
    TRY_ASSIGN(out.content.members, MemberRoll::parse(out.signed_text));
  } catch (const nlohmann::json::exception&) {
    return fail(ErrorCode::corrupt, "the signed roll of members is not readable");
  }
  return out;
}

Result<void> check_succession(const SignedRoll& held, const SignedRoll& next) {
  if (next.hub != held.hub)
    return fail(ErrorCode::forbidden, "this roll is another hub's", "take a new hub into service by hand");
  if (next.content.version < held.content.version)
    return fail(ErrorCode::forbidden, "this roll is older than the one held", "fetch it again from the hub");
  if (next.content.version == held.content.version && roll_digest(next.content) != roll_digest(held.content))
    return fail(ErrorCode::forbidden, "the hub shows another roll than before under the same version",
                "keep both: their signatures prove it; tell the ombudsman");
  return {};
}

}  // namespace probity::alliance
