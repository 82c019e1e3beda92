#include "alliance/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::alliance {
namespace {

using nlohmann::json;

constexpr std::size_t kMostEvidence = 100;  // hashes a test

json hashes_json(const std::vector<Hash>& hashes) {
  json list = json::array();
  for (const Hash& hash : hashes) list.push_back(to_hex(hash));
  return list;
}

json party_json(const Party& party) {
  return {{"role", role_name(party.role)}, {"member", party.member.text()}, {"account", party.account.text()}};
}

template <class Value>
json optional_json(const std::optional<Value>& value) {
  return value ? json(*value) : json(nullptr);
}

json core_json(const Listing& listing) {
  json out{{"id", listing.id.text()},
           {"filer", listing.filer.text()},
           {"author", listing.author.text()},
           {"approver", listing.approver ? json(listing.approver->text()) : json(nullptr)},
           {"conduct", conduct_entry(listing.conduct).name},
           {"severity", severity_name(conduct_entry(listing.conduct).severity)},
           {"tests",
            {{"reasonable_grounds", hashes_json(listing.tests.reasonable_grounds)},
             {"clear_evidence", hashes_json(listing.tests.clear_evidence)},
             {"ended_because_of_it", hashes_json(listing.tests.ended_because_of_it)}}},
           {"standard_of_proof", standard_name(listing.standard)},
           {"intentional_for_gain", listing.intentional_for_gain},
           {"subject_is_adult", listing.subject_is_adult},
           {"follows", listing.follows ? json(listing.follows->text()) : json(nullptr)},
           {"enterprise", listing.enterprise ? enterprise_to_json(*listing.enterprise) : json(nullptr)},
           {"epoch", listing.epoch},
           {"state", state_name(listing.state)},
           {"suspended", listing.suspended},
           {"notice_sent_ms", optional_json(listing.notice_sent_ms)},
           {"activated_ms", optional_json(listing.activated_ms)},
           {"expires_ms", listing.expires_ms},
           {"attest_due_ms", listing.attest_due_ms},
           {"act_by_ms", optional_json(listing.act_by_ms)},
           {"notice", nullptr},
           {"appeal", nullptr},
           {"steps", json::array()}};
  if (listing.notice)
    out["notice"] = {{"way", listing.notice->way == NoticeProof::Way::post ? "post" : "link_opened"},
                     {"proof", to_hex(listing.notice->proof)},
                     {"recorded_ms", listing.notice->recorded_ms}};
  if (listing.appeal)
    out["appeal"] = {{"stage", stage_name(listing.appeal->stage)},
                     {"outcome", outcome_name(listing.appeal->outcome)},
                     {"opened_ms", listing.appeal->opened_ms},
                     {"due_ms", listing.appeal->due_ms}};
  for (const ListingStep& step : listing.steps)
    out["steps"].push_back({{"kind", step_name(step.kind)}, {"by", party_json(step.by)}, {"time_ms", step.time_ms}});
  return out;
}

// Reads fields; the first that does not fit makes all fail.
class Reader {
 public:
  explicit Reader(const json& in) : in_(in) {}
  bool ok = true;

  Id id(const json& text) {
    const auto parsed = Id::parse(text.get<std::string>());
    if (!parsed) ok = false;
    return parsed.value_or(Id{});
  }
  template <std::size_t size>
  std::array<std::uint8_t, size> bytes(const json& text) {
    std::array<std::uint8_t, size> out{};
    const auto parsed = from_hex(text.get<std::string>());
    if (parsed && parsed->size() == size)
      std::ranges::copy(*parsed, out.begin());
    else
      ok = false;
    return out;
  }
  std::vector<Hash> hashes(const json& list) {
    std::vector<Hash> out;
    for (const json& item : list) out.push_back(bytes<32>(item));
    return out;
  }
  // The value of a small enumeration by its name.
  template <class Value>
  Value named(const json& text, std::string_view (*name)(Value), int count) {
    const std::string wanted = text.get<std::string>();
    for (int i = 0; i < count; ++i)
      if (name(Value(i)) == wanted) return Value(i);
    ok = false;
    return Value{};
  }
  std::optional<TimeMs> time(const char* field) {
    return in_.at(field).is_null() ? std::nullopt : std::optional(in_.at(field).get<TimeMs>());
  }
  std::optional<Id> optional_id(const char* field) {
    return in_.at(field).is_null() ? std::nullopt : std::optional(id(in_.at(field)));
  }
  Party party(const json& item) {
    return {named(item.at("role"), role_name, 4), id(item.at("member")), id(item.at("account"))};
  }

 private:
  const json& in_;
};

void read_life(Reader& reader, const json& in, Listing& listing) {
  if (const json& notice = in.at("notice"); !notice.is_null())
    listing.notice = NoticeProof{notice.at("way") == "post" ? NoticeProof::Way::post : NoticeProof::Way::link_opened,
                                 reader.bytes<32>(notice.at("proof")), notice.at("recorded_ms").get<TimeMs>()};
  if (const json& appeal = in.at("appeal"); !appeal.is_null())
    listing.appeal =
        Appeal{reader.named(appeal.at("stage"), stage_name, 3), reader.named(appeal.at("outcome"), outcome_name, 4),
               appeal.at("opened_ms").get<TimeMs>(), appeal.at("due_ms").get<TimeMs>()};
  for (const json& step : in.at("steps"))
    listing.steps.push_back(
        {reader.named(step.at("kind"), step_name, 20), reader.party(step.at("by")), step.at("time_ms").get<TimeMs>()});
}

Result<Listing> read_listing(const json& in) {
  Reader reader(in);
  Listing listing;
  listing.id = reader.id(in.at("id"));
  listing.filer = reader.id(in.at("filer"));
  listing.author = reader.id(in.at("author"));
  listing.approver = reader.optional_id("approver");
  TRY_ASSIGN(listing.conduct, parse_conduct(in.at("conduct").get<std::string>()));
  const json& tests = in.at("tests");
  listing.tests = {reader.hashes(tests.at("reasonable_grounds")), reader.hashes(tests.at("clear_evidence")),
                   reader.hashes(tests.at("ended_because_of_it"))};
  listing.standard = reader.named(in.at("standard_of_proof"), standard_name, 5);
  listing.intentional_for_gain = in.at("intentional_for_gain").get<bool>();
  listing.subject_is_adult = in.at("subject_is_adult").get<bool>();
  listing.follows = reader.optional_id("follows");
  // Records of before companies had names lack the member.
  if (in.contains("enterprise") && !in.at("enterprise").is_null())
    listing.enterprise = enterprise_of_record(in.at("enterprise"));
  listing.epoch = in.at("epoch").get<oprf::Epoch>();
  listing.tag = reader.bytes<oprf::kTagBytes>(in.at("tag"));
  listing.label = reader.bytes<oprf::kSealedLabelBytes>(in.at("label"));
  listing.state = reader.named(in.at("state"), state_name, 9);
  listing.suspended = in.at("suspended").get<bool>();
  listing.notice_sent_ms = reader.time("notice_sent_ms");
  listing.activated_ms = reader.time("activated_ms");
  listing.expires_ms = in.at("expires_ms").get<TimeMs>();
  listing.attest_due_ms = in.at("attest_due_ms").get<TimeMs>();
  listing.act_by_ms = reader.time("act_by_ms");
  read_life(reader, in, listing);
  if (!reader.ok) return fail(ErrorCode::corrupt, "a listing is not readable");
  return listing;
}

}  // namespace

std::string listing_record(const Listing& listing) {
  json out = core_json(listing);
  out["tag"] = to_hex(listing.tag);
  out["label"] = to_hex(listing.label);
  return out.dump();
}

Result<Listing> parse_listing_record(std::string_view text) {
  try {
    return read_listing(json::parse(text));
  } catch (const json::exception&) {
    return fail(ErrorCode::corrupt, "a listing is not readable");
  }
}

json listing_to_json(const Listing& listing) {
  json out = core_json(listing);
  out["status"] = shown_status(listing);
  return out;
}

std::string draft_json(const Draft& draft) {
  json out = restatement_to_json({draft.epoch, draft.tag, draft.label, draft.enterprise});
  out["conduct"] = conduct_entry(draft.conduct).name;
  out["tests"] = {{"reasonable_grounds", hashes_json(draft.tests.reasonable_grounds)},
                  {"clear_evidence", hashes_json(draft.tests.clear_evidence)},
                  {"ended_because_of_it", hashes_json(draft.tests.ended_because_of_it)}};
  out["standard_of_proof"] = standard_name(draft.standard);
  out["intentional_for_gain"] = draft.intentional_for_gain;
  out["subject_is_adult"] = draft.subject_is_adult;
  return out.dump();
}

Result<Draft> parse_draft(std::string_view text) {
  try {
    const json in = json::parse(text);
    Draft draft;
    TRY_ASSIGN(draft.conduct, parse_conduct(in.at("conduct").get<std::string>()));
    Reader reader(in);
    const json& tests = in.at("tests");
    draft.tests = {reader.hashes(tests.at("reasonable_grounds")), reader.hashes(tests.at("clear_evidence")),
                   reader.hashes(tests.at("ended_because_of_it"))};
    draft.standard = reader.named(in.at("standard_of_proof"), standard_name, 5);
    draft.intentional_for_gain = in.at("intentional_for_gain").get<bool>();
    draft.subject_is_adult = in.at("subject_is_adult").get<bool>();
    TRY_ASSIGN(const Restatement words, parse_restatement(in));
    draft.epoch = words.epoch;
    draft.tag = words.tag;
    draft.label = words.label;
    draft.enterprise = words.enterprise;
    for (const auto* hashes :
         {&draft.tests.reasonable_grounds, &draft.tests.clear_evidence, &draft.tests.ended_because_of_it})
      if (hashes->size() > kMostEvidence) reader.ok = false;
    if (!reader.ok) return fail(ErrorCode::invalid_argument, "a field of the filing does not fit");
    return draft;
  } catch (const json::exception&) {
    return fail(ErrorCode::invalid_argument, "the filing is not readable, or lacks a field");
  }
}

json restatement_to_json(const Restatement& words) {
  if (words.enterprise) return {{"enterprise", enterprise_to_json(*words.enterprise)}};
  return {{"epoch", words.epoch}, {"tag", to_hex(words.tag)}, {"label", to_hex(words.label)}};
}

Result<Restatement> parse_restatement(const json& in) {
  try {
    if (in.contains("enterprise") && !in.at("enterprise").is_null()) {
      TRY_ASSIGN(const Enterprise enterprise, parse_enterprise(in.at("enterprise")));
      return restatement_of(enterprise);
    }
    Reader reader(in);
    const Restatement words{in.at("epoch").get<oprf::Epoch>(), reader.bytes<oprf::kTagBytes>(in.at("tag")),
                            reader.bytes<oprf::kSealedLabelBytes>(in.at("label"))};
    if (!reader.ok || words.epoch == kOpenEpoch)
      return fail(ErrorCode::invalid_argument, "epoch, tag or label does not fit");
    return words;
  } catch (const json::exception&) {
    return fail(ErrorCode::invalid_argument, "epoch, tag and label are needed, or an enterprise");
  }
}

std::string step_content(const Listing& listing, const ListingStep& step) {
  return json{{"listing", listing.id.text()},
              {"step", step_name(step.kind)},
              {"by", role_name(step.by.role)},
              {"filer", listing.filer.text()},
              {"conduct", conduct_entry(listing.conduct).name},
              {"time_ms", step.time_ms}}
      .dump();
}

}  // namespace probity::alliance
