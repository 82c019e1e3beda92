#include "alliance/log_check.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::alliance {
namespace {

constexpr const char* kTell = "keep the signed heads: they prove it; tell the ombudsman and the log's witnesses";

struct LoggedHead {
  oprf::TagSetHead head;
  std::optional<oprf::TagSetHead> before;
};

Result<oprf::TagSetHead> head_in(const nlohmann::json& content, const char* name) {
  TRY_ASSIGN(const Bytes bytes, from_hex(content.at(name).get<std::string>()));
  return oprf::TagSetHead::parse(bytes);
}

Result<LoggedHead> parse_content(std::string_view text) {
  try {
    const auto content = nlohmann::json::parse(text);
    LoggedHead logged;
    TRY_ASSIGN(logged.head, head_in(content, "tag_set_head"));
    if (content.contains("before")) {
      TRY_ASSIGN(logged.before, head_in(content, "before"));
    }
    return logged;
  } catch (const nlohmann::json::exception&) {
    return fail(ErrorCode::corrupt, "an entry of the log that is no tag set's head");
  }
}

Result<void> check_follows(const LoggedHead& logged, const log::EntryCheck& entry, const CheckedTagSet& before) {
  const oprf::TagSetHead& earlier = before.head;
  if (earlier.epoch != logged.head.epoch) return {};
  TRY(check_same_list(earlier, logged.head));
  if (earlier.version == logged.head.version) return {};
  const bool goes_back = logged.head.version < earlier.version || entry.index <= before.entry.index ||
                         entry.tree_size < before.entry.tree_size || entry.origin != before.entry.origin;
  if (goes_back) return fail(ErrorCode::forbidden, "the hub's list goes back to before what it showed", kTell);
  const bool is_next = logged.head.version == earlier.version + 1;
  if (is_next && logged.before != earlier)
    return fail(ErrorCode::forbidden, "the hub's list does not follow the one it showed before", kTell);
  return {};
}

}  // namespace

std::string tag_set_log_content(const oprf::TagSetHead& head, const std::optional<oprf::TagSetHead>& before) {
  nlohmann::json content{{"tag_set_head", to_hex(head.encode())}};
  if (before) content["before"] = to_hex(before->encode());
  return content.dump();
}

Result<TagSetProof> TagSetProof::parse(std::string_view text) {
  const auto document = nlohmann::json::parse(text, nullptr, false);
  if (!document.is_object() || !document.contains("opening") || !document.contains("proof") ||
      !document["proof"].is_string())
    return fail(ErrorCode::corrupt, "this is no proof of a tag set");
  TagSetProof out;
  TRY_ASSIGN(out.opening, log::parse_opening(document["opening"].dump()));
  out.proof = document["proof"].get<std::string>();
  return out;
}

Result<CheckedTagSet> check_tag_set_in_log(const oprf::TagSetHead& held, const TagSetProof& shown,
                                           std::string_view policy, const std::optional<CheckedTagSet>& before) {
  if (shown.opening.record.kind != kTagSetLogKind)
    return fail(ErrorCode::forbidden, "the hub shows another entry of the log than a tag set's", kTell);
  // The opening is only worth what its commitment is.
  if (log::commitment_of(shown.opening.record, shown.opening.salt) != shown.opening.commitment)
    return fail(ErrorCode::corrupt, "this opening does not open its commitment");
  TRY_ASSIGN(const LoggedHead logged, parse_content(shown.opening.record.content));
  if (!(logged.head == held))
    return fail(ErrorCode::forbidden, "the hub shows another list than it has put into the log", kTell);
  TRY_ASSIGN(const log::EntryCheck entry, log::check_entry(shown.opening.commitment, shown.proof, policy));
  if (entry.belief == log::Belief::unknown)
    return fail(ErrorCode::forbidden, "this list is in no log that is trusted here: " + entry.reason, kTell);
  if (entry.belief != log::Belief::cosigned && policy.find("\nquorum none") == std::string_view::npos)
    return fail(ErrorCode::unavailable, "no quorum of witnesses has seen this list yet: " + entry.reason,
                "ask again in a moment; if it stays so, tell the ombudsman");
  if (before) TRY(check_follows(logged, entry, *before));
  return CheckedTagSet{held, entry};
}

Result<void> check_public_page(const oprf::TagSetHead& held, std::string_view page) {
  const auto document = nlohmann::json::parse(page, nullptr, false);
  if (!document.is_object()) return {};
  try {
    for (const auto& epoch : document.value("items", nlohmann::json::array())) {
      if (epoch.at("epoch") != held.epoch) continue;
      for (const auto& shown : epoch.at("tag_sets"))
        if (shown.at("version") == held.version && shown.at("root") != to_hex(held.root))
          return fail(ErrorCode::forbidden, "the hub shows strangers another list than this member", kTell);
    }
  } catch (const nlohmann::json::exception&) {
  }
  return {};
}

Result<void> check_same_list(const oprf::TagSetHead& ours, const oprf::TagSetHead& theirs) {
  if (ours.epoch == theirs.epoch && ours.version == theirs.version && !(ours == theirs))
    return fail(ErrorCode::forbidden, "the hub shows two lists under one version", kTell);
  return {};
}

}  // namespace probity::alliance
