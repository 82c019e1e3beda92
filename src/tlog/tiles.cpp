#include "tlog/tiles.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"

namespace probity::tlog {
namespace {

constexpr unsigned kMostLevel = 63;

tl::unexpected<Error> no_tile(std::string_view path) {
  return fail(ErrorCode::invalid_argument, fmt::format("{} is not the address of a tile", path));
}

// A decimal number without leading zeros.
std::optional<std::uint64_t> parse_number(std::string_view text, std::uint64_t most) {
  if (text.empty() || text.size() > 19 || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value <= most ? std::optional(value) : std::nullopt;
}

std::string index_path(std::uint64_t index) {
  std::string path = fmt::format("{:03}", index % 1000);
  for (index /= 1000; index > 0; index /= 1000) path = fmt::format("x{:03}/{}", index % 1000, path);
  return path;
}

unsigned width_at(unsigned level, std::uint64_t index, std::uint64_t size) {
  const std::uint64_t hashes = hashes_at(level, size);
  return static_cast<unsigned>(std::min<std::uint64_t>(hashes - std::min(hashes, index * kTileWidth), kTileWidth));
}

}  // namespace

std::string tile_path(const Tile& tile) {
  const std::string level = tile.kind == Tile::Kind::entries ? "entries" : std::to_string(tile.level);
  const std::string partial = tile.width == kTileWidth ? "" : fmt::format(".p/{}", tile.width);
  return fmt::format("tile/{}/{}{}", level, index_path(tile.index), partial);
}

Result<Tile> parse_tile_path(std::string_view path) {
  std::string_view rest = path;
  if (path.size() > 200 || !rest.starts_with("tile/")) return no_tile(path);
  rest.remove_prefix(5);
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos) return no_tile(path);
  const std::string_view level = rest.substr(0, slash);
  rest.remove_prefix(slash + 1);
  Tile tile;
  if (level == "entries") {
    tile.kind = Tile::Kind::entries;
  } else {
    const auto number = parse_number(level, kMostLevel);
    if (!number) return no_tile(path);
    tile.level = static_cast<unsigned>(*number);
  }
  if (const std::size_t partial = rest.find(".p/"); partial != std::string_view::npos) {
    const auto width = parse_number(rest.substr(partial + 3), kTileWidth - 1);
    if (!width || *width == 0) return no_tile(path);
    tile.width = static_cast<unsigned>(*width);
    rest = rest.substr(0, partial);
  }
  std::string digits;
  for (const char c : rest)
    if (c >= '0' && c <= '9') digits += c;
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  const auto index = digits.empty() ? std::optional<std::uint64_t>(0) : parse_number(digits, ~std::uint64_t{0} >> 8);
  if (!index) return no_tile(path);
  tile.index = *index;
  // One address a tile: whatever else was written differently does not give it back.
  if (tile_path(tile) != path) return no_tile(path);
  return tile;
}

std::uint64_t hashes_at(unsigned level, std::uint64_t size) {
  return level * kTileHeight >= 64 ? 0 : size >> (level * kTileHeight);
}

Tile tile_holding(unsigned level, std::uint64_t at, std::uint64_t size) {
  const std::uint64_t index = at / kTileWidth;
  return {Tile::Kind::hashes, level, index, width_at(level, index, size)};
}

std::vector<Tile> new_tiles(std::uint64_t old_size, std::uint64_t size) {
  std::vector<Tile> tiles;
  for (unsigned level = 0; hashes_at(level, size) > 0; ++level) {
    const std::uint64_t before = hashes_at(level, old_size), after = hashes_at(level, size);
    for (std::uint64_t index = before / kTileWidth; index * kTileWidth < after; ++index) {
      const unsigned width = width_at(level, index, size);
      if (width == width_at(level, index, old_size)) continue;
      if (level == 0) tiles.push_back({Tile::Kind::entries, 0, index, width});
      tiles.push_back({Tile::Kind::hashes, level, index, width});
    }
  }
  return tiles;
}

bool has_tile(const Tile& tile, std::uint64_t size) {
  return tile.width > 0 && tile.index <= (~std::uint64_t{0} >> 9) &&
         width_at(tile.level, tile.index, size) >= tile.width;
}

void append_to_bundle(Bytes& bundle, BytesView entry) {
  PROBITY_CHECK(entry.size() <= kMostEntryBytes);
  bundle.push_back(static_cast<std::uint8_t>(entry.size() >> 8));
  bundle.push_back(static_cast<std::uint8_t>(entry.size()));
  bundle.insert(bundle.end(), entry.begin(), entry.end());
}

Result<std::vector<BytesView>> parse_bundle(BytesView bundle, unsigned count) {
  std::vector<BytesView> entries;
  entries.reserve(std::min<std::size_t>(count, bundle.size() / 2));
  while (!bundle.empty()) {
    if (bundle.size() < 2) return fail(ErrorCode::corrupt, "an entry bundle ends within a length");
    const std::size_t size = std::size_t{bundle[0]} << 8 | bundle[1];
    if (bundle.size() - 2 < size) return fail(ErrorCode::corrupt, "an entry bundle ends within an entry");
    entries.push_back(bundle.subspan(2, size));
    bundle = bundle.subspan(2 + size);
    if (entries.size() > count) break;
  }
  if (entries.size() != count) return fail(ErrorCode::corrupt, "an entry bundle has another number of entries");
  return entries;
}

Result<std::vector<Hash>> parse_tile(BytesView bytes, unsigned width) {
  if (bytes.size() != width * sizeof(Hash)) return fail(ErrorCode::corrupt, "a tile has another size");
  std::vector<Hash> hashes(width);
  for (unsigned i = 0; i < width; ++i)
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * sizeof(Hash)), sizeof(Hash), hashes[i].begin());
  return hashes;
}

Result<Hash> TileSource::root_of(const Subtree& subtree) {
  const unsigned level = subtree.level / kTileHeight, rise = subtree.level % kTileHeight;
  const std::uint64_t begin = subtree.index << rise;
  const std::size_t count = std::size_t{1} << rise;
  if (begin + count > hashes_at(level, size_)) return fail(ErrorCode::invalid_argument, "a subtree is not in the tree");
  const Tile tile = tile_holding(level, begin, size_);
  auto found = tiles_.find(tile);
  if (found == tiles_.end()) {
    TRY_ASSIGN(const Bytes bytes, read_(tile));
    TRY_ASSIGN(auto hashes, parse_tile(bytes, tile.width));
    found = tiles_.emplace(tile, std::move(hashes)).first;
  }
  const auto first = found->second.begin() + static_cast<std::ptrdiff_t>(begin % kTileWidth);
  std::vector<Hash> row(first, first + static_cast<std::ptrdiff_t>(count));
  for (; row.size() > 1; row.resize(row.size() / 2))
    for (std::size_t i = 0; i < row.size() / 2; ++i) row[i] = node_hash(row[2 * i], row[2 * i + 1]);
  return row.front();
}

}  // namespace probity::tlog
