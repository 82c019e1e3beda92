#include "screening/batch.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "screening/company_json.h"

namespace probity::screening {
namespace {

using nlohmann::json;

constexpr std::string_view kStates[] = {"awaiting_file", "queued", "running", "done", "failed"};

tl::unexpected<Error> unreadable_batch() { return fail(ErrorCode::corrupt, "a file of partners is not readable"); }

json words_or_null(const std::optional<Words>& words) { return words ? words_json(*words) : json(nullptr); }
Words words_in(const json& in) { return {in.at("en").get<std::string>(), in.at("zh").get<std::string>()}; }

json head_record(const std::optional<alliance::SignedEnterpriseHead>& head) {
  if (!head) return nullptr;
  return {{"head", to_hex(head->head.encode())}, {"signature", to_hex(head->signature)}};
}
Result<std::optional<alliance::SignedEnterpriseHead>> head_in(const json& in) {
  if (in.is_null()) return std::optional<alliance::SignedEnterpriseHead>();
  alliance::SignedEnterpriseHead out;
  TRY_ASSIGN(const Bytes head, from_hex(in.at("head").get<std::string>()));
  TRY_ASSIGN(out.head, alliance::EnterpriseListHead::parse(head));
  TRY_ASSIGN(const Bytes signature, from_hex(in.at("signature").get<std::string>()));
  if (signature.size() != out.signature.size()) return unreadable_batch();
  std::ranges::copy(signature, out.signature.begin());
  return std::optional(out);
}

Result<PartnerBatch> read_batch(const json& in) {
  PartnerBatch batch;
  TRY_ASSIGN(batch.id, Id::parse(in.at("id").get<std::string>()));
  batch.number = in.at("number").get<std::string>();
  batch.file_name = in.at("file_name").get<std::string>();
  const auto purpose = parse_purpose(in.at("purpose").get<std::string>());
  const auto* state = std::ranges::find(kStates, in.at("state").get<std::string>());
  if (!purpose || state == std::end(kStates)) return unreadable_batch();
  batch.purpose = *purpose;
  batch.state = BatchState(state - std::begin(kStates));
  batch.requisition = in.at("requisition").get<std::string>();
  TRY_ASSIGN(batch.made_by, actor_of_record(in.at("made_by")));
  batch.made_ms = in.at("made_ms").get<TimeMs>();
  if (!in.at("job").is_null()) {
    TRY_ASSIGN(batch.job, Id::parse(in.at("job").get<std::string>()));
  }
  batch.rows = in.at("rows").get<std::uint64_t>();
  batch.done = in.at("done").get<std::uint64_t>();
  const auto counts = in.at("counts").get<std::vector<std::uint64_t>>();
  if (counts.size() != batch.counts.size()) return unreadable_batch();
  std::ranges::copy(counts, batch.counts.begin());
  TRY_ASSIGN(batch.head, head_in(in.at("list")));
  if (const json& problem = in.at("problem"); !problem.is_null())
    batch.problem = Error{ErrorCode(problem.at("code").get<int>()), problem.at("message").get<std::string>(),
                          problem.at("hint").get<std::string>()};
  if (!in.at("finished_ms").is_null()) batch.finished_ms = in.at("finished_ms").get<TimeMs>();
  for (const json& note : in.at("notes")) batch.notes.push_back(words_in(note));
  return batch;
}

Result<PartnerRow> read_row(const json& in) {
  PartnerRow row;
  row.index = in.at("index").get<std::uint64_t>();
  row.line = in.at("line").get<std::size_t>();
  row.name = in.at("name").get<std::string>();
  row.number = in.at("number").get<std::string>();
  if (in.contains("subject")) row.subject = subject_of_record(in.at("subject"));
  const auto level = parse_level(in.at("level").get<std::string>());
  if (!level) return unreadable_batch();
  row.level = *level;
  if (in.contains("problem")) row.problem = words_in(in.at("problem"));
  if (!in.contains("matches")) return row;
  for (const json& item : in.at("matches")) {
    PartnerMatch match;
    TRY_ASSIGN(match.listing, Id::parse(item.at("listing").get<std::string>()));
    const auto its_level = parse_level(item.at("level").get<std::string>());
    if (!its_level) return unreadable_batch();
    match.level = *its_level;
    match.by = item.at("by").get<std::string>();
    match.name = item.at("name").get<std::string>();
    match.former = item.at("former").get<bool>();
    match.score = item.at("score").get<double>();
    match.status = item.at("status").get<std::string>();
    match.conduct = item.at("conduct").get<std::string>();
    match.filer_name = item.at("filer_name").get<std::string>();
    row.matches.push_back(std::move(match));
  }
  return row;
}

}  // namespace

std::string_view state_name(BatchState state) { return kStates[static_cast<std::size_t>(state)]; }

std::string batch_record(const PartnerBatch& batch) {
  json notes = json::array();
  for (const Words& note : batch.notes) notes.push_back(words_json(note));
  json problem;
  if (batch.problem)
    problem = {{"code", static_cast<int>(batch.problem->code)},
               {"message", batch.problem->message},
               {"hint", batch.problem->hint}};
  return json{{"id", batch.id.text()},
              {"number", batch.number},
              {"file_name", batch.file_name},
              {"purpose", purpose_name(batch.purpose)},
              {"requisition", batch.requisition},
              {"made_by", actor_record(batch.made_by)},
              {"made_ms", batch.made_ms},
              {"state", state_name(batch.state)},
              {"job", batch.job ? json(batch.job->text()) : json(nullptr)},
              {"rows", batch.rows},
              {"done", batch.done},
              {"counts", std::vector<std::uint64_t>(batch.counts.begin(), batch.counts.end())},
              {"list", head_record(batch.head)},
              {"problem", std::move(problem)},
              {"finished_ms", batch.finished_ms ? json(*batch.finished_ms) : json(nullptr)},
              {"notes", std::move(notes)}}
      .dump();
}

Result<PartnerBatch> parse_batch_record(std::string_view text) {
  try {
    return read_batch(json::parse(text));
  } catch (const json::exception&) {
    return unreadable_batch();
  }
}

// Short where there is nothing to say: most of a hundred thousand rows match nothing.
std::string row_record(const PartnerRow& row) {
  json out{{"index", row.index},
           {"line", row.line},
           {"name", row.name},
           {"number", row.number},
           {"level", level_name(row.level)}};
  if (row.subject != CompanySubject{}) out["subject"] = subject_record(row.subject);
  if (row.problem) out["problem"] = words_or_null(row.problem);
  for (const PartnerMatch& match : row.matches)
    out["matches"].push_back({{"listing", match.listing.text()},
                              {"level", level_name(match.level)},
                              {"by", match.by},
                              {"name", match.name},
                              {"former", match.former},
                              {"score", match.score},
                              {"status", match.status},
                              {"conduct", match.conduct},
                              {"filer_name", match.filer_name}});
  return out.dump();
}

Result<PartnerRow> parse_row_record(std::string_view text) {
  try {
    return read_row(json::parse(text));
  } catch (const json::exception&) {
    return unreadable_batch();
  }
}

}  // namespace probity::screening
