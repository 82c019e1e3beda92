// Cases, their lists and ledgers as JSON: the shapes of docs/api/openapi.yaml.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "cases/rectifications.h"
#include "cases/service.h"

namespace probity::cases {

// `now_ms` tells what is overdue and what may be published. `custody_steps`: of the whole matter, unknown when absent.
nlohmann::json case_to_json(const CaseView& view, TimeMs now_ms);
nlohmann::json row_to_json(const CaseRow& row, TimeMs now_ms);
nlohmann::json deadline_to_json(const Deadline& deadline, TimeMs now_ms);
nlohmann::json dashboard_to_json(const Dashboard& dashboard, TimeMs now_ms);
nlohmann::json board_to_json(const std::vector<BoardColumn>& columns, TimeMs now_ms);
nlohmann::json ledger_to_json(const CaseView& view, TimeMs now_ms);
nlohmann::json money_to_json(const Money& money);

nlohmann::json rectification_row_to_json(const Rectification& of, TimeMs now_ms);
nlohmann::json rectification_to_json(const RectificationView& view, TimeMs now_ms);

}  // namespace probity::cases
