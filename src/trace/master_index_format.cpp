#include <fmt/format.h>

#include "base/hash.h"
#include "trace/master_index.h"
#include "trace/master_index_parts.h"

// The file format of the master index: magic "PIDX", version, count; for each master its id, PDQ hash and quality, the
// number of features and 22 bytes a feature; at the end the SHA-256 of all before. Tables are not kept: making them
// again from the signatures takes less time than reading them would.
namespace probity::trace {
namespace {

constexpr std::uint32_t kMagic = 0x58444950;  // "PIDX"
constexpr std::uint16_t kVersion = 1;
constexpr std::uint32_t kMaxMasters = 1'000'000;
constexpr std::size_t kMasterSize = 16 + 32 + 1 + 2;
constexpr std::size_t kFeatureSize = 22;

tl::unexpected<Error> corrupt(const std::string& what) {
  return fail(ErrorCode::corrupt, "the index of masters is damaged: " + what, "make it again from the masters");
}

void write(ByteWriter& writer, const MasterSketch& sketch) {
  writer.bytes(sketch.id.view());
  for (const std::uint64_t word : sketch.pdq.words) writer.integer(word);
  writer.integer(sketch.pdq_quality);
  writer.integer(static_cast<std::uint16_t>(sketch.features.size()));
  for (const IndexedFeature& feature : sketch.features) {
    writer.integer(feature.signature.low);
    writer.integer(feature.signature.high);
    writer.integer(feature.x);
    writer.integer(feature.y);
    writer.integer(feature.size);
    writer.integer(feature.angle);
  }
}

Result<MasterSketch> read(ByteReader& reader) {
  MasterSketch sketch;
  const BytesView id = reader.bytes(sketch.id.bytes.size());
  if (!reader.ok()) return corrupt("it ends early");
  std::copy(id.begin(), id.end(), sketch.id.bytes.begin());
  for (std::uint64_t& word : sketch.pdq.words) word = reader.integer<std::uint64_t>();
  sketch.pdq_quality = reader.integer<std::uint8_t>();
  const auto count = reader.integer<std::uint16_t>();
  if (!reader.ok() || count > kMaxIndexedFeatures || reader.remaining() < count * kFeatureSize)
    return corrupt("a master's features are not all there");
  sketch.features.resize(count);
  for (IndexedFeature& feature : sketch.features) {
    feature.signature.low = reader.integer<std::uint64_t>();
    feature.signature.high = reader.integer<std::uint64_t>();
    feature.x = reader.integer<std::uint16_t>();
    feature.y = reader.integer<std::uint16_t>();
    feature.size = reader.integer<std::uint8_t>();
    feature.angle = reader.integer<std::uint8_t>();
  }
  return sketch;
}

}  // namespace

Bytes serialise(const MasterIndex& index) {
  Bytes out;
  out.reserve(42 + index.size() * (kMasterSize + kMaxIndexedFeatures * kFeatureSize));
  ByteWriter writer(out);
  writer.integer(kMagic);
  writer.integer(kVersion);
  writer.integer(static_cast<std::uint32_t>(index.size()));
  for (const IndexedMaster& master : index.parts_->masters)
    if (master.alive) write(writer, master.sketch);
  const Hash hash = sha256(out);
  writer.bytes(hash);
  return out;
}

Result<MasterIndex> parse_master_index(BytesView bytes) {
  constexpr std::size_t kHashSize = std::tuple_size_v<Hash>;
  if (bytes.size() < kHashSize) return corrupt("it is too short");
  const BytesView body = bytes.first(bytes.size() - kHashSize);
  const Hash hash = sha256(body);
  if (!std::equal(hash.begin(), hash.end(), bytes.last(kHashSize).begin())) return corrupt("its checksum is wrong");
  ByteReader reader(body);
  if (reader.integer<std::uint32_t>() != kMagic) return corrupt("it does not begin with the mark PIDX");
  if (const auto version = reader.integer<std::uint16_t>(); version != kVersion)
    return corrupt(fmt::format("version {} is not known", version));
  const auto count = reader.integer<std::uint32_t>();
  if (!reader.ok() || count > kMaxMasters || reader.remaining() < count * kMasterSize)
    return corrupt("its length is wrong");
  MasterIndex index;
  for (std::uint32_t i = 0; i < count; ++i) {
    TRY_ASSIGN(MasterSketch sketch, read(reader));
    if (index.contains(sketch.id)) return corrupt("a master is in it twice");
    index.add(std::move(sketch));
  }
  if (reader.remaining() != 0) return corrupt("something follows its end");
  index.prepare();
  return index;
}

}  // namespace probity::trace
