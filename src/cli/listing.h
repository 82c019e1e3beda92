// The end of every listing command: the JSON document, what is said when there is nothing, and that there is more.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "cli/grammar.h"

namespace probity::cli {

// `key` names the list in the document: "projects".
void finish_list(Terminal& terminal, const ListOptions& options, const char* key, const nlohmann::json& items,
                 std::uint64_t total, const std::string& when_empty);

}  // namespace probity::cli
