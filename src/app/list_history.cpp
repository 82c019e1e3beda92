#include "app/list_history.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "store/file.h"

namespace probity::app {
namespace {

using nlohmann::json;

constexpr std::size_t kMostFileBytes = 1 << 16;
constexpr const char* kConflict = "conflict-";

Result<oprf::TagSetHead> head_in(const json& text) {
  TRY_ASSIGN(const Bytes bytes, from_hex(text.get<std::string>()));
  return oprf::TagSetHead::parse(bytes);
}

json checked_json(const std::optional<alliance::CheckedTagSet>& checked) {
  if (!checked) return {};
  return {{"head", to_hex(checked->head.encode())},
          {"index", checked->entry.index},
          {"tree_size", checked->entry.tree_size},
          {"origin", checked->entry.origin}};
}

tl::unexpected<Error> damaged() {
  return fail(ErrorCode::corrupt, "alliance/lists is damaged", "restore it from a backup");
}

}  // namespace

std::string ListHistory::file_of(oprf::Epoch epoch) const {
  return folder_ + "/lists/" + std::to_string(epoch) + ".json";
}

Result<std::optional<ListHistory::Remembered>> ListHistory::read(oprf::Epoch epoch) const {
  const auto text = store::read_file(file_of(epoch), kMostFileBytes);
  if (!text && text.error().code == ErrorCode::not_found) return std::optional<Remembered>();
  TRY(text);
  try {
    const json in = json::parse(as_text(*text));
    Remembered out;
    TRY_ASSIGN(out.head, head_in(in.at("head")));
    TRY_ASSIGN(const Bytes signature, from_hex(in.at("signature").get<std::string>()));
    if (signature.size() != out.signature.size()) return damaged();
    std::ranges::copy(signature, out.signature.begin());
    if (const json& checked = in.at("checked"); !checked.is_null()) {
      alliance::CheckedTagSet found;
      TRY_ASSIGN(found.head, head_in(checked.at("head")));
      found.entry.index = checked.at("index").get<std::uint64_t>();
      found.entry.tree_size = checked.at("tree_size").get<std::uint64_t>();
      found.entry.origin = checked.at("origin").get<std::string>();
      out.checked = std::move(found);
    }
    return std::optional(std::move(out));
  } catch (const json::exception&) {
    return damaged();
  }
}

Result<void> ListHistory::write(const Remembered& remembered) const {
  TRY(store::make_folder(folder_ + "/lists"));
  const std::string text = json{{"head", to_hex(remembered.head.encode())},
                                {"signature", to_hex(remembered.signature)},
                                {"checked", checked_json(remembered.checked)}}
                               .dump(2);
  return store::write_file(file_of(remembered.head.epoch), as_bytes(text), {store::Existing::replace});
}

Result<void> ListHistory::keep_proof(const Remembered& before, const alliance::HeldTagSet& list) const {
  const oprf::TagSetHead& head = list.set.head();
  const std::string text = json{
      {"before", to_hex(before.head.encode())},
      {"before_signature", to_hex(before.signature)},
      {"shown", to_hex(head.encode())},
      {"shown_signature",
       to_hex(list.signature)}}.dump(2);
  const std::string path =
      folder_ + "/lists/" + kConflict + std::to_string(head.epoch) + "-" + std::to_string(head.version) + ".json";
  const auto kept = store::write_file(path, as_bytes(text), {store::Existing::keep});
  if (!kept && kept.error().code != ErrorCode::already_exists) return kept;
  return {};
}

Result<void> ListHistory::accept(const alliance::HeldTagSet& list) {
  const std::lock_guard lock(mutex_);
  const oprf::TagSetHead& head = list.set.head();
  TRY_ASSIGN(auto before, read(head.epoch));
  if (before && before->head == head) return {};
  if (before && head.version <= before->head.version) {
    // To go back alone proves nothing: a hub that was restored does so too.
    if (head.version == before->head.version) TRY(keep_proof(*before, list));
    return fail(ErrorCode::forbidden, "the hub shows another list than before, or goes back to an earlier one",
                "tell the ombudsman and the log's witnesses; what proves it is kept in alliance/lists");
  }
  return write({head, list.signature, before ? before->checked : std::nullopt});
}

std::optional<Error> ListHistory::conflict() const {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder_ + "/lists", error))
    if (entry.path().filename().string().starts_with(kConflict))
      return Error{
          ErrorCode::forbidden,
          "the hub has shown two lists under one version: nobody is asked about until it is settled",
          "alliance/lists/" + entry.path().filename().string() +
              " proves it; give it to the ombudsman and the log's witnesses, and move it away when it is settled"};
  return std::nullopt;
}

std::optional<std::string> ListHistory::policy() const {
  const auto text = store::read_file(folder_ + "/log-policy", kMostFileBytes);
  return text ? std::optional(std::string(as_text(*text))) : std::nullopt;
}

Result<std::optional<alliance::CheckedTagSet>> ListHistory::checked(oprf::Epoch epoch) const {
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(const auto remembered, read(epoch));
  return remembered ? remembered->checked : std::nullopt;
}

Result<void> ListHistory::remember_checked(const alliance::CheckedTagSet& checked) {
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(auto remembered, read(checked.head.epoch));
  if (!remembered) return fail(ErrorCode::conflict, "this list was never accepted");
  remembered->checked = checked;
  return write(*remembered);
}

}  // namespace probity::app
