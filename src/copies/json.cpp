#include "copies/json.h"

#include <array>
#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::copies {
namespace {

struct PlanField {
  const char* name;
  int& (*value)(mark::CellPlan&);
};

// One row a field, for both directions.
constexpr std::array<PlanField, 9> kPlanFields{{
    {"width_px", [](mark::CellPlan& plan) -> int& { return plan.width_px; }},
    {"height_px", [](mark::CellPlan& plan) -> int& { return plan.height_px; }},
    {"unit_width_px", [](mark::CellPlan& plan) -> int& { return plan.unit.width_px; }},
    {"unit_height_px", [](mark::CellPlan& plan) -> int& { return plan.unit.height_px; }},
    {"units_per_segment", [](mark::CellPlan& plan) -> int& { return plan.units_per_segment; }},
    {"cell_width_px", [](mark::CellPlan& plan) -> int& { return plan.cell_width_px; }},
    {"cell_height_px", [](mark::CellPlan& plan) -> int& { return plan.cell_height_px; }},
    {"columns", [](mark::CellPlan& plan) -> int& { return plan.columns; }},
    {"rows", [](mark::CellPlan& plan) -> int& { return plan.rows; }},
}};

}  // namespace

nlohmann::json plan_to_json(const mark::CellPlan& plan) {
  mark::CellPlan source = plan;
  nlohmann::json json;
  for (const auto& field : kPlanFields) json[field.name] = field.value(source);
  return json;
}

Result<mark::CellPlan> plan_from_json(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return fail(ErrorCode::corrupt, "a cell plan in the store is not readable");
  mark::CellPlan plan;
  for (const auto& field : kPlanFields) {
    const auto found = json.find(field.name);
    constexpr std::int64_t kLargest = 1 << 20;
    if (found == json.end() || !found->is_number_integer() || found->get<std::int64_t>() < 0 ||
        found->get<std::int64_t>() > kLargest)
      return fail(ErrorCode::corrupt, "a cell plan in the store is not readable");
    field.value(plan) = found->get<int>();
  }
  return plan;
}

nlohmann::json asset_to_json(const Asset& asset) {
  return {{"asset", asset.id.text()},
          {"title", asset.title},
          {"file_name", asset.file_name},
          {"media_type", asset.media_type},
          {"width_px", asset.plan.width_px},
          {"height_px", asset.plan.height_px},
          {"cells", asset.plan.cell_count()},
          {"plan", plan_to_json(asset.plan)},
          {"law", std::string(code::law_name(asset.law))},
          {"copy_size_bytes", asset.copy_size_bytes},
          {"original_sha256", to_hex(asset.original_blob)},
          {"stats", nlohmann::json::parse(asset.stats_json, nullptr, false)},
          {"added", to_rfc3339(asset.created_ms)},
          {"register_sequence", asset.register_sequence}};
}

nlohmann::json copy_to_json(const CopyWithRecipient& issued) {
  return {{"copy", issued.copy.id.text()},
          {"asset", issued.copy.asset_id.text()},
          {"recipient",
           {{"id", issued.recipient.id.text()},
            {"name", issued.recipient.details.name},
            {"outlet", issued.recipient.details.outlet},
            {"email", issued.recipient.details.email}}},
          {"issued", to_rfc3339(issued.copy.issued_ms)},
          {"seed_commitment", to_hex(issued.copy.seed_commitment)},
          {"register_sequence", issued.copy.register_sequence}};
}

nlohmann::json making_to_json(const Making& making) {
  return {{"purpose", std::string(purpose_name(making.purpose))},
          {"operator", making.operator_name},
          {"made", to_rfc3339(making.made_ms)},
          {"register_sequence", making.register_sequence}};
}

}  // namespace probity::copies
