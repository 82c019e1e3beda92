// Leaks and what was found out about them as JSON: the shapes of docs/api/openapi.yaml.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>

#include "leaks/leak_files.h"
#include "leaks/leak_traces.h"
#include "leaks/next_steps.h"

namespace probity::leaks {

nlohmann::json id_or_null(const std::optional<Id>& id);
nlohmann::json to_json(const LeakRow& row);
// What it says of where it was seen: what a correction may change.
nlohmann::json said_of(const Sighting& sighting);
nlohmann::json to_json(const Sighting& sighting);
nlohmann::json to_json(const Publication& publication);
nlohmann::json to_json(const FileWithState& file);
// `helps`: what the records say to the two first questions.
nlohmann::json to_json(const LeakDetail& detail, const NextSteps& steps, std::span<const Said> helps);
// While a finding is masked nothing is shown that tells its copy from others: no number, no seed, no times at which it
// was issued or made (the timeline of a project shows who opened which copy when); a letter stands for it.
nlohmann::json to_json(const TraceResult& result);

}  // namespace probity::leaks
