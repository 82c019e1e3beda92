#include "filings/person_answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "alliance/ladder.h"
#include "alliance/subject.h"
#include "base/encoding.h"
#include "filings/json.h"
#include "filings/prepare.h"
#include "filings/record.h"
#include "parties/text.h"

namespace probity::filings {
namespace {

using nlohmann::json;

Error no_such_answer() {
  return {ErrorCode::not_found, "the link or the code is wrong, or was used", "ask the ombudsman for a new one"};
}

// The key that link and code make: as long as the link is secret, nobody tries codes against the bytes.
oprf::Identity key_of(const std::string& token, const std::string& code) {
  const Hash seed = hkdf(as_bytes(token + "\n" + code), as_bytes("probity answer to a person v1"));
  return oprf::Identity::from_seed(SecretKey(seed));
}

// Spaces at the end of JSON mean nothing.
Result<Bytes> padded(const std::string& text) {
  if (text.size() > kAnswerBytes) return fail(ErrorCode::too_large, "the answer is too long for one page");
  Bytes bytes(text.begin(), text.end());
  bytes.resize(kAnswerBytes, ' ');
  return bytes;
}

std::string random_code(Random& random) {
  std::array<std::uint8_t, 8> bytes;
  random.fill(bytes);
  return fmt::format("{:08}", ByteReader(bytes).integer<std::uint64_t>() % 100'000'000);
}

std::string random_token(Random& random) {
  std::array<std::uint8_t, 16> bytes;
  random.fill(bytes);
  return to_hex(bytes);
}

std::optional<alliance::LabelContent> opened(const json& item, oprf::Epoch epoch, const oprf::ListKeys& keys) {
  const auto sealed = from_hex(item.value("label", ""));
  if (!sealed) return std::nullopt;
  const auto plain = oprf::open_label(epoch, keys, *sealed);
  if (!plain) return std::nullopt;
  const auto label = alliance::parse_label(*plain);
  return label ? std::optional(*label) : std::nullopt;
}

json label_json(const alliance::LabelContent& label) {
  const auto& entry = alliance::conduct_entry(label.conduct);
  return {{"reference", label.reference},
          {"filer", label.filer},
          {"contact", label.contact},
          {"conduct", entry.name},
          {"conduct_en", entry.title_en},
          {"conduct_zh", entry.title_zh},
          {"severity", alliance::severity_name(entry.severity)},
          {"decided_at", to_rfc3339(label.decided_ms)}};
}

}  // namespace

Result<json> PersonAnswers::entry_of(const json& item, const alliance::LabelContent& label) {
  json shown = item;
  shown.erase("ladder");
  shown.erase("label");
  TRY_ASSIGN(const alliance::Listing listing, parse_shown_listing(shown.dump()));
  json entry = label_json(label);
  json life = life_to_json(listing);
  for (json& step : life["steps"]) step.erase("account");
  life.erase("id");
  entry["life"] = std::move(life);
  entry["may_object"] = alliance::may_appeal(listing);
  entry["decisions"] = json::array();
  TRY_ASSIGN(const auto decisions, ports_.store.decisions_of(listing.id));
  for (const Decision& one : decisions)
    if (one.verb != "post")
      entry["decisions"].push_back({{"verb", one.verb},
                                    {"outcome", one.outcome},
                                    {"reasons", one.reasons.substr(0, 2000)},
                                    {"at", to_rfc3339(one.time_ms)}});
  return entry;
}

Result<json> PersonAnswers::gather(const PersonQuestion& question, const Id& account) {
  TRY_ASSIGN(alliance::Subject subject, alliance::subject_of(question.identifier));
  const PlainSubject plain(std::move(subject));
  // The same two questions whatever the answer is; so the key-holders see the same.
  TRY_ASSIGN(const alliance::LookUpAnswer asked, ports_.membership.ask(plain.subject, account));
  TRY_ASSIGN(const oprf::ListKeys keys, ports_.membership.list_keys_of(plain.subject, account));
  const auto facts = ports_.membership.facts();
  const oprf::TagSetHead& head = asked.receipt.tag_set;
  const std::string body =
      json{{"epoch", facts.epoch}, {"bits", head.bits}, {"prefix", oprf::prefix_of(keys.tag, head.bits)}}.dump();
  TRY_ASSIGN(const std::string answer, ports_.membership.call("POST", "/alliance/v1/ombudsman/place", body, account));
  const json place = json::parse(answer, nullptr, false);
  if (!place.is_object() || !place.contains("items") || !place.contains("lookers"))
    return fail(ErrorCode::corrupt, "the hub's answer is not readable");
  json out{{"asked_at", to_rfc3339(ports_.clock.now_ms())},
           {"answered_by", facts.name},
           {"epoch", facts.epoch},
           {"recorded", json::array()},
           // All that anybody can know: a member that fetched this part of the list may have meant somebody else.
           {"looked_at_this_part", place["lookers"]}};
  for (const json& item : place["items"]) {
    const auto label = opened(item, facts.epoch, keys);
    if (!label) continue;
    TRY_ASSIGN(json entry, entry_of(item, *label));
    out["recorded"].push_back(std::move(entry));
  }
  // Found under the key of the year before, whose places were not asked for.
  for (const alliance::FoundLabel& found : asked.labels) {
    if (found.epoch == facts.epoch) continue;
    json entry = label_json(found.content);
    entry["life"] = nullptr;
    entry["may_object"] = true;
    entry["decisions"] = json::array();
    out["recorded"].push_back(std::move(entry));
  }
  return out;
}

Result<GivenAnswer> PersonAnswers::ask(const PersonQuestion& question, const events::Actor& actor) {
  if (actor.kind != events::Actor::Kind::account || !actor.id)
    return fail(ErrorCode::forbidden, "whoever checked the papers has an account", "name yourself: --as");
  TRY_ASSIGN(const std::string papers, parties::tidy_line("papers_seen", question.papers_seen, 100));
  if (papers.empty() || names::holds_resident_id(papers))
    return fail(ErrorCode::invalid_argument, "say which papers were seen", "\"passport\"; never its number");
  TRY_ASSIGN(json found, gather(question, *actor.id));
  found["papers_seen"] = papers;
  GivenAnswer given;
  given.id = Id::random(ports_.random);
  given.token = random_token(ports_.random);
  given.code = random_code(ports_.random);
  given.answer = found.dump(-1, ' ', false, json::error_handler_t::replace);
  TRY_ASSIGN(const Bytes plain, padded(given.answer));
  KeptAnswer kept;
  kept.id = given.id;
  kept.token_hash = sha256(as_bytes(given.token));
  TRY_ASSIGN(kept.sealed, oprf::seal_to(key_of(given.token, given.code).open(), plain));
  kept.made_ms = ports_.clock.now_ms();
  kept.expires_ms = given.expires_ms = kept.made_ms + kAnswerKeptMs;
  kept.made_by = actor.name;
  kept.papers_seen = papers;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(ports_.store.insert(kept));
    events::Event event;
    event.time_ms = kept.made_ms;
    event.kind = "ombudsman.answered";
    event.actor = actor;
    return ports_.events.append(event).map([](std::uint64_t) {});
  }));
  return given;
}

Result<std::string> PersonAnswers::open(const std::string& token, const std::string& code) {
  std::optional<std::string> text;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(auto kept, ports_.store.answer(sha256(as_bytes(token))));
    const TimeMs now_ms = ports_.clock.now_ms();
    if (!kept || kept->sealed.empty() || now_ms > kept->expires_ms) return {};
    const auto plain = key_of(token, code).unseal(kept->sealed);
    if (plain) {
      text = std::string(as_text(*plain));
      kept->opened_ms = now_ms;
      kept->sealed.clear();
    } else if (++kept->wrong_codes >= kMostWrongCodes) {
      kept->sealed.clear();
    }
    return ports_.store.update(*kept);
  }));
  if (!text) return tl::unexpected<Error>(no_such_answer());
  return std::move(*text);
}

Result<Listed<KeptAnswer>> PersonAnswers::list(std::uint32_t offset, std::uint32_t limit) {
  return ports_.store.answers(offset, limit);
}

Result<void> PersonAnswers::tick() {
  return ports_.transactions.write([&] { return ports_.store.forget_answers(ports_.clock.now_ms()); });
}

}  // namespace probity::filings
