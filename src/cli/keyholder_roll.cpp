// probity keyholder roll: takes the members from the roll that the hub signs, never an older one.
#include <nlohmann/json.hpp>

#include "alliance/hub_link.h"
#include "alliance/signed_roll.h"
#include "base/encoding.h"
#include "cli/keyholder.h"
#include "store/alliance_keyholder.h"
#include "store/file.h"

namespace probity::cli {
namespace {

constexpr std::size_t kMostRollBytes = 64 << 20;

Result<std::string> read_roll(const std::string& from) {
  if (!from.starts_with("http://") && !from.starts_with("https://")) {
    TRY_ASSIGN(const Bytes bytes, store::read_file(from, kMostRollBytes));
    return std::string(as_text(bytes));
  }
  const std::string url = from.ends_with("/roll") ? from : from + "/alliance/v1/roll";
  alliance::HttpReply reply = alliance::curl_http_sender()->send("GET", url, {}, "");
  if (reply.status != 200) return fail(ErrorCode::unavailable, "the hub does not answer", "try again in a moment");
  return std::move(reply.body);
}

// What was taken before; nothing the first time.
Result<std::optional<alliance::SignedRoll>> held_roll(const std::string& path) {
  const auto bytes = store::read_file(path, kMostRollBytes);
  if (!bytes && bytes.error().code == ErrorCode::not_found) return std::optional<alliance::SignedRoll>();
  TRY(bytes);
  TRY_ASSIGN(auto roll, alliance::SignedRoll::parse(as_text(*bytes)));
  return std::optional(std::move(roll));
}

}  // namespace

Result<void> run_keyholder_roll(Terminal& terminal, const KeyHolderRollOptions& options) {
  TRY_ASSIGN(const auto folder, store::KeyHolderFolder::open(options.data));
  const std::string path = options.data + "/hub-roll.json";
  TRY_ASSIGN(const std::string text, read_roll(options.from));
  TRY_ASSIGN(const auto roll, alliance::SignedRoll::parse(text));
  TRY_ASSIGN(const auto held, held_roll(path));
  if (held) TRY(alliance::check_succession(*held, roll));
  if (!held && options.hub.empty())
    return fail(ErrorCode::invalid_argument, "the first roll needs the hub's public identity",
                "--hub HEX, as `probity hub init` told it");
  if (!options.hub.empty() && options.hub != to_hex(roll.hub))
    return fail(ErrorCode::forbidden, "this roll is another hub's");
  TRY(folder.save_roll(roll.content.members));
  TRY(store::write_file(path, as_bytes(text), {store::Existing::replace}));
  terminal.document({{"version", roll.content.version}, {"members", roll.content.members.size()}});
  terminal.line(terminal.words()("Version {} of the roll: {} members", "名册第 {} 版：{} 个成员", roll.content.version,
                                 roll.content.members.size()));
  return {};
}

}  // namespace probity::cli
