#include "log/journal.h"

#include <fmt/format.h>

#include <algorithm>

#include "tlog/tiles.h"

namespace probity::log {
namespace {

// docs/formats.md, "Transparency log", describes these bytes.
constexpr std::string_view kFolder = "journal";
constexpr std::string_view kSegmentMagic = "PRBYLOG1";
constexpr std::string_view kBatchMagic = "BTCH";
constexpr std::size_t kHeaderBytes = 8 + 8 + 32 + 32;
constexpr std::size_t kBatchHeaderBytes = 4 + 4 + 8 + 8 + 32;

struct SegmentHeader {
  std::uint64_t first = 0;
  Hash id{};
};

struct Batch {
  std::uint32_t count = 0;
  std::uint64_t first = 0;
  BytesView payload;
  std::size_t size_bytes = 0;  // with its header
};

Bytes batch_fields(std::uint32_t count, std::uint64_t first, std::uint64_t payload_bytes) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.integer(count);
  writer.integer(first);
  writer.integer(payload_bytes);
  return bytes;
}

std::optional<SegmentHeader> parse_header(BytesView file) {
  ByteReader reader(file);
  const BytesView magic = reader.bytes(kSegmentMagic.size());
  SegmentHeader header;
  header.first = reader.integer<std::uint64_t>();
  const BytesView id = reader.bytes(header.id.size()), sum = reader.bytes(sizeof(Hash));
  if (!reader.ok() || as_text(magic) != kSegmentMagic) return std::nullopt;
  const Hash expected = sha256(file.first(kHeaderBytes - sizeof(Hash)));
  if (!std::equal(sum.begin(), sum.end(), expected.begin())) return std::nullopt;
  std::copy(id.begin(), id.end(), header.id.begin());
  return header;
}

// The batch at the beginning of `bytes`, when it is whole and of this segment.
std::optional<Batch> parse_batch(BytesView bytes, const Hash& id) {
  ByteReader reader(bytes);
  if (as_text(reader.bytes(kBatchMagic.size())) != kBatchMagic) return std::nullopt;
  Batch batch;
  batch.count = reader.integer<std::uint32_t>();
  batch.first = reader.integer<std::uint64_t>();
  const auto payload_bytes = reader.integer<std::uint64_t>();
  const BytesView sum = reader.bytes(sizeof(Hash));
  batch.payload = reader.bytes(payload_bytes);
  if (!reader.ok()) return std::nullopt;
  const Hash expected = sha256({id, batch_fields(batch.count, batch.first, payload_bytes), batch.payload});
  if (!std::equal(sum.begin(), sum.end(), expected.begin())) return std::nullopt;
  batch.size_bytes = reader.position();
  return batch;
}

// A batch is only written after the one before it was flushed: one that is whole proves all before it acknowledged.
bool has_whole_batch(BytesView bytes, const Hash& id) {
  for (std::string_view rest = as_text(bytes); !rest.empty();) {
    const std::size_t at = rest.find(kBatchMagic);
    if (at == std::string_view::npos) return false;
    if (parse_batch(as_bytes(rest.substr(at)), id)) return true;
    rest.remove_prefix(at + 1);
  }
  return false;
}

tl::unexpected<Error> damaged(const std::string& path) {
  return fail(ErrorCode::corrupt, fmt::format("the log's {} is damaged in the midst of acknowledged entries", path),
              "restore the log's folder from a copy that is not older than keys/log.checkpoint");
}

Result<JournalSegment> read_segment(LogFiles& files, const std::string& path) {
  TRY_ASSIGN(const Bytes file, files.read(path));
  const auto header = parse_header(file);
  if (!header) {
    // The header is flushed before the first batch: a file that is no longer than it was cut off while it was made.
    if (file.size() <= kHeaderBytes) return JournalSegment{path, 0, {}};
    return damaged(path);
  }
  JournalSegment segment{path, header->first, {}};
  for (BytesView rest = BytesView(file).subspan(kHeaderBytes); !rest.empty();) {
    const auto batch = parse_batch(rest, header->id);
    if (!batch) {
      if (has_whole_batch(rest.subspan(1), header->id)) return damaged(path);
      break;
    }
    if (batch->first != segment.first + segment.entries.size()) return damaged(path);
    TRY_ASSIGN(const auto entries, tlog::parse_bundle(batch->payload, batch->count));
    for (const BytesView entry : entries) segment.entries.emplace_back(entry.begin(), entry.end());
    rest = rest.subspan(batch->size_bytes);
  }
  return segment;
}

}  // namespace

Result<std::unique_ptr<Journal>> Journal::create(LogFiles& files, std::uint64_t first, Random& random) {
  // A name of its own each time: what an earlier segment of the same beginning holds stays until it is in tiles.
  Hash id;
  random.fill(id);
  std::string path = fmt::format("{}/{:020}-{:02x}{:02x}{:02x}{:02x}", kFolder, first, id[0], id[1], id[2], id[3]);
  Bytes header(as_bytes(kSegmentMagic).begin(), as_bytes(kSegmentMagic).end());
  ByteWriter writer(header);
  writer.integer(first);
  writer.bytes(id);
  writer.bytes(sha256(header));
  TRY_ASSIGN(auto file, files.create(path));
  TRY(file->append(header));
  TRY(file->flush());
  return std::unique_ptr<Journal>(new Journal(std::move(file), std::move(path), first, id));
}

Result<void> Journal::append(std::span<const Bytes> entries) {
  if (entries.empty()) return {};
  Bytes payload;
  for (const Bytes& entry : entries) tlog::append_to_bundle(payload, entry);
  const Bytes fields = batch_fields(static_cast<std::uint32_t>(entries.size()), next_, payload.size());
  Bytes batch(as_bytes(kBatchMagic).begin(), as_bytes(kBatchMagic).end());
  batch.reserve(kBatchHeaderBytes + payload.size());
  ByteWriter writer(batch);
  writer.bytes(fields);
  writer.bytes(sha256({id_, fields, payload}));
  writer.bytes(payload);
  TRY(file_->append(batch));
  TRY(file_->flush());
  next_ += entries.size();
  size_bytes_ += batch.size();
  return {};
}

Result<std::vector<JournalSegment>> read_journal(LogFiles& files) {
  TRY_ASSIGN(const auto names, files.list(std::string(kFolder)));
  std::vector<JournalSegment> segments;
  for (const std::string& name : names) {
    TRY_ASSIGN(auto segment, read_segment(files, fmt::format("{}/{}", kFolder, name)));
    segments.push_back(std::move(segment));
  }
  std::stable_sort(segments.begin(), segments.end(),
                   [](const JournalSegment& a, const JournalSegment& b) { return a.first < b.first; });
  return segments;
}

}  // namespace probity::log
