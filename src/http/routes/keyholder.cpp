#include "http/routes/keyholder.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::http::routes {
namespace {

constexpr std::uint64_t kMostRequestBytes = 4096;  // 100 elements and what is around them

nlohmann::json key_json(const alliance::HeldKeyFacts& facts) {
  return {{"epoch", facts.keys.epoch},
          {"generation", facts.keys.generation},
          {"index", facts.index},
          {"threshold", facts.keys.threshold},
          {"holders", facts.keys.holder_count()},
          {"key", to_hex(facts.keys.key.view())},
          {"share", to_hex(facts.keys.shares[facts.index - 1U].view())},
          {"memory_kib", facts.keys.slow_hash.memory_kib},
          {"passes", facts.keys.slow_hash.passes},
          {"salt", to_hex(facts.keys.salt)},
          {"key_set", to_hex(facts.keys.encode())},
          {"key_set_id", to_hex(facts.keys.id())},
          {"until", to_rfc3339(facts.until_ms)},
          {"possession",
           {{"answer", to_hex(facts.possession.answer.view())}, {"proof", to_hex(facts.possession.proof.bytes())}}}};
}

}  // namespace

void add_keyholder_routes(Router& router, alliance::KeyHolder& holder, std::string name,
                          std::function<std::string()> roll_status) {
  router.add(Method::post, "/evaluate",
             [&holder](const Request& request) {
               const auto answer = holder.evaluate(as_bytes(request.body));
               if (!answer) return problem(answer.error(), request.id);
               Response response;
               response.set("Content-Type", "application/octet-stream").set("Cache-Control", "no-store");
               response.body = std::string(as_text(*answer));
               return response;
             },
             {kMostRequestBytes});
  router.add(Method::get, "/public",
             [&holder, name = std::move(name), roll_status = std::move(roll_status)](const Request&) {
               nlohmann::json keys = nlohmann::json::array();
               for (const auto& facts : holder.keys()) keys.push_back(key_json(facts));
               const std::string roll = roll_status ? roll_status() : std::string();
               return Response::json(
                   200, nlohmann::json{{"name", name},
                                       {"suite", oprf::kSuiteName},
                                       {"identity", to_hex(holder.identity())},
                                       {"most_questions", oprf::kMostQuestions},
                                       {"keys", std::move(keys)},
                                       {"roll", roll.empty() ? nlohmann::json() : nlohmann::json::parse(roll)}}
                            .dump());
             });
}

void add_keyholder_metrics(Metrics& metrics, const alliance::KeyHolder& holder) {
  const auto read = [&](const char* metric, const char* help, const char* type, auto value) {
    metrics.read_from(metric, help, type, [&holder, value] { return static_cast<double>(value(holder)); });
  };
  using alliance::KeyHolder;
  read("probity_keyholder_evaluations_total", "Blinded elements evaluated", "counter",
       [](const KeyHolder& from) { return from.counts().evaluations; });
  read("probity_keyholder_requests_total", "Requests for evaluation", "counter",
       [](const KeyHolder& from) { return from.counts().requests; });
  read("probity_keyholder_refused_total", "Requests refused", "counter",
       [](const KeyHolder& from) { return from.counts().refused; });
  read("probity_keyholder_members", "Members on the roll", "gauge",
       [](const KeyHolder& from) { return from.member_count(); });
}

}  // namespace probity::http::routes
