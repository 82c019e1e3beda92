#include "alliance/enterprise_list.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "alliance/listing.h"
#include "base/encoding.h"
#include "tlog/merkle_proof.h"

namespace probity::alliance {
namespace {

using nlohmann::json;

constexpr std::size_t kHeadBytes = 4 + 4 + 32 + 8;

tl::unexpected<Error> damaged() { return fail(ErrorCode::corrupt, "the list of enterprises is damaged"); }

Hash root_of(const std::vector<ListedEnterprisePtr>& entries) {
  tlog::CompactRange range;
  for (const auto& entry : entries) range.append(entry->leaf);
  return range.root();
}

bool by_listing(const ListedEnterprisePtr& a, const ListedEnterprisePtr& b) {
  return a->entry.listing < b->entry.listing;
}

// The roots of a list's complete subtrees, made anew each time: a proof of a few thousand entries takes a millisecond.
class Leaves final : public tlog::SubtreeSource {
 public:
  explicit Leaves(const std::vector<ListedEnterprisePtr>& entries) : entries_(entries) {}
  Result<Hash> root_of(const tlog::Subtree& subtree) override {
    tlog::CompactRange range;
    const std::uint64_t first = subtree.index << subtree.level, count = std::uint64_t{1} << subtree.level;
    for (std::uint64_t i = first; i < first + count; ++i) range.append(entries_[i]->leaf);
    return range.root();
  }

 private:
  const std::vector<ListedEnterprisePtr>& entries_;
};

// The next line, without its end; nothing at the end of the text.
std::optional<std::string_view> next_line(std::string_view& text) {
  if (text.empty()) return std::nullopt;
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

json head_json(const SignedEnterpriseHead& head) {
  return {{"head", to_hex(head.head.encode())}, {"signature", to_hex(head.signature)}};
}

Result<SignedEnterpriseHead> read_head(const json& in) {
  SignedEnterpriseHead out;
  TRY_ASSIGN(const Bytes head, from_hex(in.at("head").get<std::string>()));
  TRY_ASSIGN(out.head, EnterpriseListHead::parse(head));
  TRY_ASSIGN(const Bytes signature, from_hex(in.at("signature").get<std::string>()));
  if (signature.size() != out.signature.size()) return damaged();
  std::ranges::copy(signature, out.signature.begin());
  return out;
}

}  // namespace

EnterpriseEntry enterprise_entry(const Listing& listing, const std::string& filer_name) {
  EnterpriseEntry entry;
  entry.listing = listing.id;
  if (listing.enterprise) entry.enterprise = *listing.enterprise;
  const ConductEntry& conduct = conduct_entry(listing.conduct);
  entry.conduct = conduct.name;
  entry.severity = severity_name(conduct.severity);
  entry.filer = listing.filer;
  entry.filer_name = filer_name;
  entry.since_ms = listing.activated_ms.value_or(0);
  entry.until_ms = listing.expires_ms;
  entry.status = shown_status(listing);
  for (const ListingStep& step : listing.steps)
    if (step.kind == ListingStep::Kind::corrected) entry.corrected_ms = step.time_ms;
  return entry;
}

std::string entry_line(const EnterpriseEntry& entry) {
  json out = enterprise_to_json(entry.enterprise);
  out["listing"] = entry.listing.text();
  out["conduct"] = entry.conduct;
  out["severity"] = entry.severity;
  out["filer"] = entry.filer.text();
  out["filer_name"] = entry.filer_name;
  out["since_ms"] = entry.since_ms;
  out["until_ms"] = entry.until_ms;
  out["status"] = entry.status;
  out["corrected_ms"] = entry.corrected_ms ? json(*entry.corrected_ms) : json(nullptr);
  return out.dump();
}

// Members that a later hub may add are kept in the line, and so in the root, and passed over here.
Result<EnterpriseEntry> parse_entry_line(std::string_view line) {
  try {
    const json in = json::parse(line);
    EnterpriseEntry entry;
    TRY_ASSIGN(entry.listing, Id::parse(in.at("listing").get<std::string>()));
    TRY_ASSIGN(entry.filer, Id::parse(in.at("filer").get<std::string>()));
    entry.enterprise = enterprise_of_record(in);
    entry.conduct = in.at("conduct").get<std::string>();
    entry.severity = in.at("severity").get<std::string>();
    entry.filer_name = in.at("filer_name").get<std::string>();
    entry.since_ms = in.at("since_ms").get<TimeMs>();
    entry.until_ms = in.at("until_ms").get<TimeMs>();
    entry.status = in.at("status").get<std::string>();
    if (!in.at("corrected_ms").is_null()) entry.corrected_ms = in.at("corrected_ms").get<TimeMs>();
    return entry;
  } catch (const json::exception&) {
    return damaged();
  }
}

Bytes EnterpriseListHead::encode() const {
  Bytes out;
  ByteWriter writer(out);
  writer.integer(version);
  writer.integer(count);
  writer.bytes(root);
  writer.integer(static_cast<std::uint64_t>(time_ms));
  return out;
}

Result<EnterpriseListHead> EnterpriseListHead::parse(BytesView bytes) {
  if (bytes.size() != kHeadBytes) return damaged();
  ByteReader reader(bytes);
  EnterpriseListHead head;
  head.version = reader.integer<std::uint32_t>();
  head.count = reader.integer<std::uint32_t>();
  std::ranges::copy(reader.bytes(head.root.size()), head.root.begin());
  head.time_ms = static_cast<TimeMs>(reader.integer<std::uint64_t>());
  return head;
}

Result<void> verify(const SignedEnterpriseHead& head, const oprf::PublicIdentity& hub) {
  return oprf::verify_signature(hub, kEnterpriseListDomain, head.head.encode(), head.signature);
}

Result<ListedEnterprisePtr> listed_enterprise(std::string line) {
  TRY_ASSIGN(EnterpriseEntry entry, parse_entry_line(line));
  const Hash leaf = tlog::leaf_hash(as_bytes(line));
  return std::make_shared<const ListedEnterprise>(ListedEnterprise{std::move(entry), std::move(line), leaf});
}

EnterpriseList::EnterpriseList(std::vector<ListedEnterprisePtr> entries) : entries_(std::move(entries)) {
  std::ranges::sort(entries_, by_listing);
  root_ = root_of(entries_);
}

ListedEnterprisePtr EnterpriseList::find(const Id& listing) const {
  const auto found =
      std::ranges::lower_bound(entries_, listing, {}, [](const auto& item) { return item->entry.listing; });
  return found != entries_.end() && (*found)->entry.listing == listing ? *found : nullptr;
}

std::optional<EnterpriseList::Place> EnterpriseList::prove(const Id& listing) const {
  const auto found =
      std::ranges::lower_bound(entries_, listing, {}, [](const auto& item) { return item->entry.listing; });
  if (found == entries_.end() || (*found)->entry.listing != listing) return std::nullopt;
  Place place;
  place.index = static_cast<std::uint64_t>(found - entries_.begin());
  Leaves leaves(entries_);
  auto path = tlog::inclusion_proof(leaves, place.index, entries_.size());
  if (!path) return std::nullopt;
  place.path = std::move(*path);
  return place;
}

EnterpriseListChange EnterpriseList::change_to(const EnterpriseList& later) const {
  EnterpriseListChange change;
  auto old = entries_.begin();
  for (const auto& item : later.entries_) {
    for (; old != entries_.end() && by_listing(*old, item); ++old) change.removed.push_back((*old)->entry.listing);
    const bool was_there = old != entries_.end() && (*old)->entry.listing == item->entry.listing;
    if (!was_there || (*old)->leaf != item->leaf) change.put.push_back(item);
    if (was_there) ++old;
  }
  for (; old != entries_.end(); ++old) change.removed.push_back((*old)->entry.listing);
  return change;
}

Result<EnterpriseList> EnterpriseList::apply(const EnterpriseListChange& change) const {
  std::vector<ListedEnterprisePtr> next = entries_;
  const auto place_of = [&](const Id& listing) {
    return std::ranges::lower_bound(next, listing, {}, [](const auto& item) { return item->entry.listing; });
  };
  for (const Id& id : change.removed) {
    const auto place = place_of(id);
    if (place == next.end() || (*place)->entry.listing != id) return damaged();
    next.erase(place);
  }
  for (const auto& item : change.put) {
    const auto place = place_of(item->entry.listing);
    if (place != next.end() && (*place)->entry.listing == item->entry.listing)
      *place = item;
    else
      next.insert(place, item);
  }
  EnterpriseList list(std::move(next));
  if (list.root() != change.to.head.root || list.entries().size() != change.to.head.count) return damaged();
  return list;
}

std::string EnterpriseList::encode(const SignedEnterpriseHead& head) const {
  std::string out = head_json(head).dump() + "\n";
  for (const auto& item : entries_) out += item->line + "\n";
  return out;
}

std::string EnterpriseListChange::encode() const {
  json first = head_json(to);
  first["from"] = from;
  std::string out = first.dump() + "\n";
  for (const auto& item : put) out += "+" + item->line + "\n";
  for (const Id& id : removed) out += "-" + id.text() + "\n";
  return out;
}

Result<EnterpriseListChange> EnterpriseListChange::parse(std::string_view text) {
  EnterpriseListChange change;
  try {
    const json first = json::parse(next_line(text).value_or(""));
    change.from = first.at("from").get<EnterpriseListVersion>();
    TRY_ASSIGN(change.to, read_head(first));
  } catch (const json::exception&) {
    return damaged();
  }
  while (const auto line = next_line(text)) {
    if (line->starts_with('+')) {
      TRY_ASSIGN(auto item, listed_enterprise(std::string(line->substr(1))));
      change.put.push_back(std::move(item));
    } else if (line->starts_with('-')) {
      TRY_ASSIGN(const Id id, Id::parse(line->substr(1)));
      change.removed.push_back(id);
    } else {
      return damaged();
    }
  }
  return change;
}

Result<HeldEnterprises> parse_enterprise_list(std::string_view text) {
  HeldEnterprises held;
  try {
    TRY_ASSIGN(held.head, read_head(json::parse(next_line(text).value_or(""))));
  } catch (const json::exception&) {
    return damaged();
  }
  std::vector<ListedEnterprisePtr> entries;
  while (const auto line = next_line(text)) {
    TRY_ASSIGN(auto item, listed_enterprise(std::string(*line)));
    entries.push_back(std::move(item));
  }
  held.list = std::make_shared<const EnterpriseList>(std::move(entries));
  const auto& sorted = held.list->entries();
  const bool has_doubles = std::ranges::adjacent_find(sorted, [](const auto& a, const auto& b) {
                             return a->entry.listing == b->entry.listing;
                           }) != sorted.end();
  if (has_doubles || held.list->root() != held.head.head.root || sorted.size() != held.head.head.count)
    return damaged();
  return held;
}

}  // namespace probity::alliance
