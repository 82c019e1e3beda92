#include "log/status.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "base/error_words.h"
#include "tlog/checkpoint.h"

namespace probity::log {
namespace {

void add_trouble(nlohmann::json& json, const std::string& trouble) {
  json["trouble"] = trouble;
  json["trouble_zh"] = in_chinese(trouble);
}

nlohmann::json stamps_json(const StampState& stamps) {
  nlohmann::json json = {{"wanted", stamps.wanted}, {"size", nullptr}, {"time", nullptr}};
  add_trouble(json, stamps.trouble);
  if (stamps.size != 0) {
    json["size"] = stamps.size;
    json["time"] = to_rfc3339(stamps.time_ms);
  }
  return json;
}

}  // namespace

std::string status_json(const LogStatus& status) {
  nlohmann::json witnesses = nlohmann::json::array();
  for (const WitnessState& witness : status.witnesses) {
    nlohmann::json one = {
        {"name", witness.name}, {"url", witness.url}, {"cosigned_size", nullptr}, {"cosigned_at", nullptr}};
    add_trouble(one, witness.trouble);
    if (witness.cosigned_ms != 0) {
      one["cosigned_size"] = witness.cosigned_size;
      one["cosigned_at"] = to_rfc3339(witness.cosigned_ms);
    }
    witnesses.push_back(std::move(one));
  }
  nlohmann::json json = {{"origin", status.origin},
                         {"key", status.key},
                         {"size", status.size},
                         {"waiting", status.waiting},
                         {"unpublished", status.size - std::min(status.size, status.published_size)},
                         {"published", nullptr},
                         {"quorum", status.quorum},
                         {"witnesses", std::move(witnesses)},
                         {"stamps", stamps_json(status.stamps)}};
  add_trouble(json, status.trouble);
  const auto note = tlog::Note::parse(status.checkpoint);
  const auto checkpoint = note ? tlog::Checkpoint::parse(note->text) : tl::unexpected(note.error());
  if (checkpoint)
    json["published"] = {
        {"size", checkpoint->head.size}, {"root", to_hex(checkpoint->head.root)}, {"checkpoint", status.checkpoint}};
  return json.dump();
}

}  // namespace probity::log
