#include "log/log_book.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::log {

std::string committed_text(const LogRecord& record) {
  return record.kind + '\n' + record.subject.text() + '\n' + record.content;
}

Hash commitment_of(const LogRecord& record, const Hash& salt) {
  return sha256({salt, as_bytes(committed_text(record))});
}

std::string opening_json(const Opening& opening) {
  nlohmann::json json = {{"entry", opening.id.text()},
                         {"kind", opening.record.kind},
                         {"subject", opening.record.subject.text()},
                         {"time", to_rfc3339(opening.time_ms)},
                         {"salt", to_hex(opening.salt)},
                         {"text", committed_text(opening.record)},
                         {"commitment", to_hex(opening.commitment)},
                         {"index", nullptr}};
  if (opening.index) json["index"] = *opening.index;
  return json.dump();
}

}  // namespace probity::log
