#include "bulletins/received.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "bulletins/json.h"

namespace probity::bulletins {
namespace {

using nlohmann::json;

constexpr std::size_t kMostAtOnce = 500, kMostKept = 2'000;
constexpr const char* kBoardPath = "/alliance/v1/bulletins";
// What a list shows of a bulletin that is published.
constexpr const char* kRowFields[] = {"id",     "number", "state",        "kind",       "title",      "tlp",
                                      "author", "is_own", "published_at", "changed_at", "expires_at", "version",
                                      "seen",   "denied", "replies",      "joint_case"};

json row_within(const json& bulletin) {
  json row = json::object();
  for (const char* field : kRowFields)
    if (bulletin.contains(field)) row[field] = bulletin[field];
  return row;
}

std::string text_in(const json& from, const char* field) {
  return from.is_object() && from.contains(field) && from[field].is_string() ? from[field].get<std::string>()
                                                                             : std::string();
}

// Nothing for what is not to be kept: withdrawn, RED, or not readable.
std::optional<Received> to_keep(const json& bulletin, TimeMs now_ms) {
  const auto id = Id::parse(text_in(bulletin, "id"));
  const auto published_ms = time_of_text(text_in(bulletin, "published_at"));
  const auto expires_ms = time_of_text(text_in(bulletin, "expires_at"));
  const auto tlp = parse_tlp(text_in(bulletin, "tlp"));
  if (!id || text_in(bulletin, "state") != "published" || !published_ms || !expires_ms || !tlp || *tlp == Tlp::red)
    return std::nullopt;
  if (*expires_ms <= now_ms || !bulletin.contains("text")) return std::nullopt;
  json kept = bulletin;
  kept.erase("read");  // of one account
  return Received{*id, *published_ms, *expires_ms, now_ms, kept.dump()};
}

std::vector<Hash> pictures_in(const json& bulletin) {
  std::vector<Hash> hashes;
  const json pictures = bulletin.value("pictures", json::array());
  for (const json& one : pictures) {
    const auto bytes = from_hex(text_in(one, "id"));
    Hash hash{};
    if (!bytes || bytes->size() != hash.size()) continue;
    std::ranges::copy(*bytes, hash.begin());
    hashes.push_back(hash);
  }
  return hashes;
}

bool has(const json& bulletin, const char* field, const std::string& folded_word) {
  if (!bulletin.contains(field)) return false;
  if (bulletin[field].is_string())
    return folded(bulletin[field].get<std::string>()).find(folded_word) != std::string::npos;
  return std::ranges::any_of(bulletin[field], [&](const json& one) {
    return one.is_string() && folded(one.get<std::string>()).find(folded_word) != std::string::npos;
  });
}

bool fits(const json& bulletin, const ReceivedBulletins::Page& page) {
  if (!page.kind.empty() && text_in(bulletin, "kind") != page.kind) return false;
  if (!page.tlp.empty() && text_in(bulletin, "tlp") != page.tlp) return false;
  if (page.own && !bulletin.value("is_own", false)) return false;
  if (!page.brand.empty()) {
    const std::string brand = folded(page.brand);
    const json brands = bulletin.value("brands", json::array());
    if (std::ranges::none_of(
            brands, [&](const json& one) { return one.is_string() && folded(one.get<std::string>()) == brand; }))
      return false;
  }
  std::string word;
  for (const char c : page.search + " ") {
    if (c != ' ') {
      word += c;
      continue;
    }
    const std::string wanted = folded(word);
    word.clear();
    if (wanted.empty()) continue;
    const bool found = std::ranges::any_of(
        std::initializer_list<const char*>{"number", "title", "text", "brands", "products", "mentions"},
        [&](const char* field) { return has(bulletin, field, wanted); });
    if (!found) return false;
  }
  return true;
}

}  // namespace

Result<void> ReceivedBulletins::drop_whole(const Received& received) {
  const json bulletin = json::parse(received.bulletin, nullptr, false);
  TRY(ports_.store.remove(received.id));
  std::vector<Hash> gone = pictures_in(bulletin);
  if (gone.empty()) return {};
  TRY_ASSIGN(const auto others, ports_.store.all());
  for (const Received& other : others)
    for (const Hash& hash : pictures_in(json::parse(other.bulletin, nullptr, false))) std::erase(gone, hash);
  for (const Hash& hash : gone) {
    const auto removed = ports_.pictures.remove(hash);
    if (!removed && removed.error().code != ErrorCode::not_found) return removed;
  }
  return {};
}

Result<void> ReceivedBulletins::drop(const Id& id) {
  {
    const std::lock_guard lock(mutex_);
    over_.insert(id);
  }
  return forget(id);
}

Result<void> ReceivedBulletins::forget(const Id& id) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto found, ports_.store.received(id));
    if (!found) return {};
    return drop_whole(*found);
  });
}

Result<void> ReceivedBulletins::drop_ended() {
  TRY_ASSIGN(const auto all, ports_.store.all());
  for (const Received& one : all)
    if (one.expires_ms <= ports_.clock.now_ms()) TRY(forget(one.id));
  return {};
}

Result<void> ReceivedBulletins::take(const std::string& answer) {
  const json bulletin = json::parse(answer, nullptr, false);
  const auto id = Id::parse(text_in(bulletin, "id"));
  if (!id) return {};
  if (text_in(bulletin, "state") == "withdrawn") return drop(*id);
  const auto received = to_keep(bulletin, ports_.clock.now_ms());
  if (!received) return forget(*id);
  return ports_.transactions.write([&]() -> Result<void> {
    const std::lock_guard lock(mutex_);
    if (over_.contains(*id)) return {};
    return ports_.store.put(*received);
  });
}

Result<void> ReceivedBulletins::take_picture(const Id& id, const Hash& hash, BytesView jpeg) {
  TRY_ASSIGN(const auto found, readable(id));
  if (!found) return {};
  const auto hashes = pictures_in(json::parse(found->bulletin, nullptr, false));
  if (std::ranges::find(hashes, hash) == hashes.end() || sha256(jpeg) != hash) return {};
  return ports_.pictures.put(jpeg).map([](const Hash&) {});
}

// Asked in nobody's name: whether an account has read one is not touched.
Result<void> ReceivedBulletins::refresh() {
  TRY(drop_ended());
  TRY_ASSIGN(const auto kept, ports_.store.all());
  std::map<Id, json> known;
  for (const Received& one : kept) known.emplace(one.id, row_within(json::parse(one.bulletin, nullptr, false)));
  const TimeMs asked_ms = ports_.clock.now_ms();
  std::set<Id> there;
  for (std::size_t offset = 0; offset < kMostKept; offset += kMostAtOnce) {
    const json body{{"state", "published"}, {"offset", offset}, {"limit", kMostAtOnce}};
    TRY_ASSIGN(const std::string answer, ports_.hub.call("POST", std::string(kBoardPath) + "/list", body.dump(), Id{}));
    const json listed = json::parse(answer, nullptr, false);
    if (!listed.is_object() || !listed.contains("items") || !listed["items"].is_array())
      return fail(ErrorCode::unavailable, "the hub's answer is not readable");
    for (const json& row : listed["items"]) {
      const auto id = Id::parse(text_in(row, "id"));
      if (!id || text_in(row, "tlp") == tlp_name(Tlp::red)) continue;
      there.insert(*id);
      if (const auto before = known.find(*id); before != known.end() && before->second == row_within(row)) continue;
      const auto bulletin = ports_.hub.call("GET", std::string(kBoardPath) + "/" + id->text(), {}, Id{});
      if (bulletin)
        TRY(take(*bulletin));
      else if (bulletin.error().code == ErrorCode::not_found || bulletin.error().code == ErrorCode::gone)
        TRY(drop(*id));
      else
        return tl::unexpected<Error>(bulletin.error());
    }
    if (listed["items"].size() < kMostAtOnce) break;
  }
  for (const auto& [id, row] : known)
    if (!there.contains(id)) TRY(forget(id));
  return ports_.transactions.write([&] { return ports_.store.set_as_of(asked_ms); });
}

Result<std::vector<Received>> ReceivedBulletins::readable() {
  TRY_ASSIGN(auto all, ports_.store.all());
  const TimeMs now_ms = ports_.clock.now_ms();
  std::erase_if(all, [&](const Received& one) { return one.expires_ms <= now_ms; });
  return all;
}

Result<std::optional<Received>> ReceivedBulletins::readable(const Id& id) {
  TRY_ASSIGN(auto found, ports_.store.received(id));
  if (found && found->expires_ms <= ports_.clock.now_ms()) found.reset();
  return found;
}

Result<std::string> ReceivedBulletins::list(const Page& page) {
  TRY_ASSIGN(const auto all, readable());
  TRY_ASSIGN(const auto as_of, ports_.store.as_of());
  TimeMs latest_ms = as_of.value_or(0);
  std::vector<json> rows;
  for (const Received& one : all) {
    latest_ms = std::max(latest_ms, one.received_ms);
    const json bulletin = json::parse(one.bulletin, nullptr, false);
    if (bulletin.is_object() && fits(bulletin, page)) rows.push_back(row_within(bulletin));
  }
  if (latest_ms == 0) return fail(ErrorCode::not_found, "nothing was received yet");
  if (!page.sort.empty()) {
    if (page.sort != "number" && page.sort != "title" && page.sort != "published_at" && page.sort != "expires_at")
      return fail(ErrorCode::invalid_argument, "bulletins are not sorted by " + page.sort);
    std::ranges::stable_sort(rows, {}, [&](const json& row) { return text_in(row, page.sort.c_str()); });
    if (page.descending) std::ranges::reverse(rows);
  }
  json items = json::array();
  for (std::size_t i = page.offset; i < rows.size() && items.size() < page.limit; ++i)
    items.push_back(std::move(rows[i]));
  return json{{"items", std::move(items)}, {"total", rows.size()}, {"as_of", to_rfc3339(latest_ms)}}.dump();
}

Result<std::string> ReceivedBulletins::bulletin(const Id& id) {
  TRY_ASSIGN(const auto found, readable(id));
  if (!found) return fail(ErrorCode::not_found, "this node has not received that bulletin");
  TRY_ASSIGN(const auto as_of, ports_.store.as_of());
  json bulletin = json::parse(found->bulletin, nullptr, false);
  if (!bulletin.is_object()) return fail(ErrorCode::corrupt, "a bulletin that was received is not readable");
  bulletin["as_of"] = to_rfc3339(std::max(found->received_ms, as_of.value_or(0)));
  return bulletin.dump();
}

Result<Bytes> ReceivedBulletins::picture(const Id& id, const Hash& hash) {
  TRY_ASSIGN(const auto found, readable(id));
  const auto hashes = found ? pictures_in(json::parse(found->bulletin, nullptr, false)) : std::vector<Hash>();
  if (std::ranges::find(hashes, hash) == hashes.end())
    return fail(ErrorCode::not_found, "this node has not received that picture");
  return ports_.pictures.get(hash);
}

}  // namespace probity::bulletins
