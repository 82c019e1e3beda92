#include "cli/listing.h"

#include <nlohmann/json.hpp>

namespace probity::cli {

void finish_list(Terminal& terminal, const ListOptions& options, const char* key, const nlohmann::json& items,
                 std::uint64_t total, const std::string& when_empty) {
  terminal.document({{key, items}, {"total", total}});
  if (total == 0) terminal.line(when_empty);
  if (!items.empty() && options.offset + items.size() < total)
    terminal.note(terminal.words()("{} of {}; --offset {} shows the next",
                                   "共 {1} 条，已列 {0} 条；用 --offset {2} 继续", items.size(), total,
                                   options.offset + items.size()));
}

}  // namespace probity::cli
