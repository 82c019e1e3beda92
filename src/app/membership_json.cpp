#include "app/membership_json.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "base/error_words.h"

namespace probity::app {

std::string membership_json(LiveMembership& membership) {
  const alliance::MembershipFacts facts = membership.facts();
  const MembershipStatus status = membership.status();
  nlohmann::json tag_set, trouble, log, log_trouble;
  if (status.logged)
    log = {{"version", status.logged->head.version},
           {"index", status.logged->entry.index},
           {"tree_size", status.logged->entry.tree_size},
           {"origin", status.logged->entry.origin}};
  if (status.log_trouble)
    log_trouble = {{"code", catalogue_entry(status.log_trouble->code).name},
                   {"message", status.log_trouble->message},
                   {"message_zh", in_chinese(status.log_trouble->message)}};
  if (status.tag_set)
    tag_set = {{"version", status.tag_set->version},
               {"bits", status.tag_set->bits},
               {"count", status.tag_set->count},
               {"root", to_hex(status.tag_set->root)}};
  if (status.trouble)
    trouble = {{"code", catalogue_entry(status.trouble->code).name},
               {"message", status.trouble->message},
               {"message_zh", in_chinese(status.trouble->message)}};
  return nlohmann::json{{"member", true},
                        {"id", facts.member.text()},
                        {"name", facts.name},
                        {"hub_url", facts.hub.url},
                        {"hub", to_hex(facts.hub.identity)},
                        {"epoch", facts.epoch},
                        {"tag_set", std::move(tag_set)},
                        {"heard_at", status.heard_ms ? nlohmann::json(to_rfc3339(*status.heard_ms)) : nlohmann::json()},
                        {"trouble", std::move(trouble)},
                        {"logged", std::move(log)},
                        {"log_trouble", std::move(log_trouble)}}
      .dump();
}

}  // namespace probity::app
