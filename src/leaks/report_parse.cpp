// Reading a report that may be hostile: every field by its type, and the first that does not fit is named.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "code/bank.h"
#include "leaks/report_json.h"

namespace probity::leaks {
namespace {

using Json = nlohmann::json;

// Thrown within this file only and caught in parse_report: a field of the wrong kind.
struct Misfit {
  std::string what;
};

constexpr std::size_t kLargestList = 1'000'000;

const Json& field(const Json& object, const char* name) {
  if (!object.is_object() || !object.contains(name)) throw Misfit{fmt::format("the field “{}” is missing", name)};
  return object.at(name);
}

[[noreturn]] void misfit(const char* name) { throw Misfit{fmt::format("the field “{}” is not as it should be", name)}; }

std::string text(const Json& object, const char* name) {
  const Json& value = field(object, name);
  if (!value.is_string()) misfit(name);
  return value.get<std::string>();
}

double number(const Json& object, const char* name) {
  const Json& value = field(object, name);
  if (!value.is_number()) misfit(name);
  return value.get<double>();
}

template <class Integer>
Integer integer(const Json& object, const char* name) {
  const Json& value = field(object, name);
  if (!value.is_number_integer()) misfit(name);
  if constexpr (std::is_unsigned_v<Integer>) {
    if (!value.is_number_unsigned() && value.get<std::int64_t>() < 0) misfit(name);
    return static_cast<Integer>(value.get<std::uint64_t>());
  } else {
    const auto wide = value.get<std::int64_t>();
    if (wide < std::numeric_limits<Integer>::min() || wide > std::numeric_limits<Integer>::max()) misfit(name);
    return static_cast<Integer>(wide);
  }
}

bool boolean(const Json& object, const char* name) {
  const Json& value = field(object, name);
  if (!value.is_boolean()) misfit(name);
  return value.get<bool>();
}

const Json& list(const Json& object, const char* name) {
  const Json& value = field(object, name);
  if (!value.is_array() || value.size() > kLargestList) misfit(name);
  return value;
}

Hash hash(const Json& object, const char* name) {
  const auto bytes = from_hex(text(object, name));
  Hash result{};
  if (!bytes || bytes->size() != result.size()) misfit(name);
  std::ranges::copy(*bytes, result.begin());
  return result;
}

Id id(const Json& object, const char* name) {
  const auto parsed = Id::parse(text(object, name));
  if (!parsed) misfit(name);
  return *parsed;
}

template <class Value>
Value known(const std::optional<Value>& value, const char* name) {
  if (!value) misfit(name);
  return *value;
}

cv::Size size(const Json& object) {
  const Json& value = field(object, "size");
  return {integer<int>(value, "width_px"), integer<int>(value, "height_px")};
}

copies::RegisterEntry entry(const Json& object) {
  const Json& value = field(object, "register_entry");
  copies::RegisterEntry result;
  result.sequence = integer<std::uint64_t>(value, "sequence");
  result.time_ms = integer<std::int64_t>(value, "time_ms");
  result.kind = known(copies::parse_entry_kind(text(value, "kind")), "kind");
  result.payload = text(value, "payload");
  result.previous = hash(value, "previous");
  result.hash = hash(value, "hash");
  return result;
}

Lay lay(const Json& value) {
  Lay result;
  result.method = text(value, "method");
  result.inliers = integer<int>(value, "inliers");
  result.structure_agreement = number(value, "structure_agreement");
  result.share_shown = number(value, "share_shown");
  result.share_foreign = number(value, "share_foreign");
  result.scale = number(value, "scale");
  result.rotation_degrees = number(value, "rotation_degrees");
  result.mirrored = boolean(value, "mirrored");
  result.stretch = number(value, "stretch");
  result.perspective = number(value, "perspective");
  result.bend_px = number(value, "bend_px");
  result.cells_seen = integer<int>(value, "cells_seen");
  result.mark_gain = number(value, "mark_gain");
  for (const Json& point : list(value, "outline_px")) {
    if (!point.is_array() || point.size() != 2 || !point[0].is_number() || !point[1].is_number()) misfit("outline_px");
    result.outline.emplace_back(point[0].get<double>(), point[1].get<double>());
  }
  return result;
}

LeakFileRecord file(const Json& value) {
  LeakFileRecord result;
  result.name = text(value, "name");
  result.sha256 = hash(value, "sha256");
  result.size_px = size(value);
  result.miss = known(parse_miss(text(value, "miss")), "miss");
  if (!field(value, "asset").is_null()) {
    result.asset = id(value, "asset");
    result.lay = lay(field(value, "lay"));
  }
  result.masters_tried = integer<std::uint64_t>(value, "masters_tried");
  result.masters_passed = integer<std::uint64_t>(value, "masters_passed");
  return result;
}

AssetRecord asset(const Json& value) {
  AssetRecord result;
  result.id = id(value, "asset");
  result.title = text(value, "title");
  result.file_name = text(value, "file_name");
  result.original_sha256 = hash(value, "original_sha256");
  result.size_px = size(value);
  result.law = known(code::law_from_number(integer<std::uint8_t>(value, "law")), "law");
  result.bias_seed = hash(value, "bias_seed");
  const auto soft = from_base64(text(value, "soft"));
  if (!soft || soft->size() > kLargestList) misfit("soft");
  for (const std::uint8_t byte : *soft) result.soft.push_back(static_cast<std::int8_t>(byte));
  result.copies = integer<std::uint64_t>(value, "copies");
  result.scored = boolean(value, "scored");
  result.entry = entry(value);
  return result;
}

MakingEvidence making(const Json& value, const Id& copy) {
  MakingEvidence result;
  result.entry = entry(value);
  result.making.register_sequence = result.entry.sequence;
  result.making.copy_id = copy;
  result.making.purpose = known(copies::parse_purpose(text(value, "purpose")), "purpose");
  result.making.operator_name = text(value, "operator");
  result.making.operator_salt = hash(value, "operator_salt");
  result.making.made_ms = integer<std::int64_t>(value, "made_ms");
  return result;
}

CopyEvidence copy(const Json& value) {
  CopyEvidence result;
  result.asset = id(value, "asset");
  result.copy = id(value, "copy");
  result.recipient = id(value, "recipient");
  result.seed = hash(value, "seed");
  result.seed_salt = hash(value, "seed_salt");
  result.seed_commitment = hash(value, "seed_commitment");
  result.recipient_commitment = hash(value, "recipient_commitment");
  if (value.contains("recipient_salt")) result.recipient_salt = hash(value, "recipient_salt");
  result.issued_ms = integer<std::int64_t>(value, "issued_ms");
  result.entry = entry(value);
  for (const Json& item : list(value, "makings")) result.makings.push_back(making(item, result.copy));
  return result;
}

// Findings view decoder names of static storage; a bank of no cells knows them all.
std::string_view decoder_name(const Json& value) {
  const std::string name = text(value, "decoder");
  const code::Bank bank = code::decoder_bank({}, {});
  for (const code::Decoder& decoder : bank.decoders)
    if (decoder.name == name) return decoder.name;
  misfit("decoder");
}

FindingRecord finding(const Json& value) {
  FindingRecord result;
  const std::string role = text(value, "role");
  if (role != "accused" && role != "lead") misfit("role");
  result.role = role == "accused" ? Role::accused : Role::lead;
  result.finding.pass = integer<std::uint64_t>(value, "pass");
  result.finding.decoder = decoder_name(value);
  result.finding.cells = integer<std::uint64_t>(value, "cells");
  result.finding.agreeing_cells = integer<std::uint64_t>(value, "agreeing_cells");
  result.finding.score = integer<std::int64_t>(value, "score");
  result.finding.maximum = integer<std::int64_t>(value, "maximum");
  result.finding.standard_score = number(value, "standard_score");
  result.finding.log10_single = number(value, "log10_single");
  result.finding.log10_total = number(value, "log10_total");
  result.finding.log10_lugannani_rice = number(value, "log10_lugannani_rice");
  const Json& recipient = field(value, "recipient");
  if (recipient.contains("name"))
    result.recipient = {text(recipient, "name"), text(recipient, "outlet"), text(recipient, "email")};
  for (const Json& item : list(value, "copies")) result.copies.push_back(copy(item));
  return result;
}

code::Trials trials(const Json& value) {
  return {integer<std::uint64_t>(value, "candidates"), integer<std::uint64_t>(value, "alignments"),
          integer<std::uint64_t>(value, "masters"), integer<std::uint64_t>(value, "decoders"),
          integer<std::uint64_t>(value, "passes")};
}

ScorePlot plot(const Json& value) {
  ScorePlot result;
  result.decoder = decoder_name(value);
  result.first_bin = integer<int>(value, "first_bin");
  for (const Json& count : list(value, "counts")) {
    if (!count.is_number_unsigned()) misfit("counts");
    result.counts.push_back(count.get<std::uint64_t>());
  }
  result.highest_other = number(value, "highest_other");
  result.identified_line = number(value, "identified_line");
  result.lead_line = number(value, "lead_line");
  return result;
}

StoredReport read(const Json& json) {
  if (!json.is_object() || text(json, "format") != "probity trace report") throw Misfit{"this is not a trace report"};
  if (integer<int>(json, "version") != 1) throw Misfit{"this report is of a version that is not known here"};
  StoredReport stored;
  Report& report = stored.report;
  report.software = text(json, "software");
  report.created_ms = integer<std::int64_t>(json, "created_ms");
  report.outcome = known(parse_outcome(text(json, "verdict")), "verdict");
  for (const Json& item : list(json, "files")) report.files.push_back(file(item));
  for (const Json& item : list(json, "assets")) report.assets.push_back(asset(item));
  report.trials = trials(field(json, "trials"));
  for (const Json& item : list(json, "findings")) report.findings.push_back(finding(item));
  if (!field(json, "plot").is_null()) report.plot = plot(field(json, "plot"));
  stored.digest = hash(json, "digest");
  const Json& folder = field(json, "folder");
  if (!folder.is_object()) misfit("folder");
  for (const auto& [name, value] : folder.items()) {
    static_cast<void>(value);
    stored.folder[name] = hash(folder, name.c_str());
  }
  return stored;
}

}  // namespace

Result<StoredReport> parse_report(const Json& json) {
  try {
    return read(json);
  } catch (const Misfit& problem) {
    return fail(ErrorCode::corrupt, problem.what,
                "report.json must be exactly as `probity leak trace --report` wrote it");
  }
}

}  // namespace probity::leaks
