// Random logs, their proofs, and proofs with one thing changed, a JSON object a line: for verifiers of other people.
//
//   random_logs COUNT SEED
#include <fmt/format.h>

#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

#include "base/encoding.h"
#include "tlog/log_proof.h"
#include "tlog/tiles.h"

namespace probity::tlog {
namespace {

using Json = nlohmann::json;
using Engine = std::mt19937_64;

std::uint64_t below(Engine& random, std::uint64_t limit) {
  return std::uniform_int_distribution<std::uint64_t>(0, limit - 1)(random);
}

// Small ones and large ones alike.
std::uint64_t some_size(Engine& random) {
  const std::uint64_t most = std::uint64_t{2} << below(random, 11);
  return 1 + below(random, most);
}

SigningKey some_key(Engine& random, const std::string& name, SignatureType type) {
  SecretKey seed;
  for (auto& byte : seed.writable()) byte = static_cast<std::uint8_t>(below(random, 256));
  return SigningKey::from_seed(name, type, seed);
}

Json path_json(const HashPath& path) {
  Json json = Json::array();
  for (const Hash& hash : path) json.push_back(to_base64(hash));
  return json;
}

class RandomLog {
 public:
  RandomLog(Engine& random, std::uint64_t number)
      : random_(random),
        size_(some_size(random)),
        log_(some_key(random, fmt::format("log.example/{}", number), SignatureType::ed25519)),
        witness_(some_key(random, fmt::format("witness.example/{}", number), SignatureType::cosignature)) {
    for (std::uint64_t i = 0; i < size_; ++i) {
      Bytes entry(below(random_, 40));
      for (auto& byte : entry) byte = static_cast<std::uint8_t>(below(random_, 256));
      entries_.push_back(std::move(entry));
    }
    grow();
  }

  Json json() {
    Json all = {{"log", log_.verifier().text()}, {"witness", witness_.verifier().text()}, {"size", size_}};
    all["entries"] = Json::array();
    for (const Bytes& entry : entries_) all["entries"].push_back(to_base64(entry));
    for (const auto& [path, bytes] : tiles_) all["tiles"][path] = to_base64(bytes);
    const std::string text = Checkpoint{log_.verifier().name, head_, {}}.text();
    const std::string note = join_note(text, {log_.sign(text), witness_.sign(text, 1'800'000'000)});
    all["checkpoint"] = note;
    std::string bad = note;
    bad[below(random_, text.size())] ^= 1;
    all["changed_checkpoint"] = bad;
    add_inclusion(all, note);
    add_consistency(all);
    return all;
  }

 private:
  void grow() {
    std::vector<Bytes> rows;
    CompactRange range;
    roots_.push_back(empty_root());
    for (const Bytes& entry : entries_) {
      range.append(leaf_hash(entry), [&](const Subtree& subtree, const Hash& root) {
        if (subtree.level % kTileHeight != 0) return;
        if (rows.size() <= subtree.level / kTileHeight) rows.resize(subtree.level / kTileHeight + 1);
        Bytes& row = rows[subtree.level / kTileHeight];
        row.insert(row.end(), root.begin(), root.end());
      });
      roots_.push_back(range.root());
    }
    head_ = {size_, range.root()};
    for (const Tile& tile : new_tiles(0, size_)) {
      if (tile.kind == Tile::Kind::entries) continue;
      const auto begin = rows[tile.level].begin() + static_cast<std::ptrdiff_t>(tile.index * kTileWidth * sizeof(Hash));
      tiles_[tile_path(tile)] = Bytes(begin, begin + static_cast<std::ptrdiff_t>(tile.width * sizeof(Hash)));
    }
  }

  TileSource source() {
    return TileSource(size_, [this](const Tile& tile) -> Result<Bytes> { return tiles_.at(tile_path(tile)); });
  }

  void add_inclusion(Json& all, const std::string& note) {
    TileSource from = source();
    for (int i = 0; i < 3; ++i) {
      const std::uint64_t index = below(random_, size_);
      const HashPath path = inclusion_proof(from, index, size_).value();
      const Hash leaf = leaf_hash(entries_[index]);
      all["inclusion"].push_back({{"index", index}, {"leaf", to_base64(leaf)}, {"path", path_json(path)}});
      LogProof proof;
      proof.index = index;
      proof.path = path;
      proof.checkpoint = note;
      all["proofs"].push_back({{"text", proof.text()}, {"entry", to_base64(entries_[index])}});
      all["changed_inclusion"].push_back(change(index, leaf, path));
    }
  }

  // One thing is different; the indices stay within the tree, which Go asserts.
  Json change(std::uint64_t index, Hash leaf, HashPath path) {
    const std::uint64_t kind = below(random_, 4);
    if (kind == 0 && !path.empty()) {
      path[below(random_, path.size())][below(random_, 32)] ^= 1;
    } else if (kind == 1 && !path.empty()) {
      path.pop_back();
    } else if (kind == 2) {
      path.push_back(leaf);
    } else {
      leaf[below(random_, 32)] ^= 0x80;
    }
    return {{"index", index}, {"leaf", to_base64(leaf)}, {"path", path_json(path)}};
  }

  void add_consistency(Json& all) {
    TileSource from = source();
    for (int i = 0; i < 2; ++i) {
      const std::uint64_t old_size = 1 + below(random_, size_);
      HashPath path = consistency_proof(from, old_size, size_).value();
      Json one = {{"old_size", old_size}, {"old_root", to_base64(roots_[old_size])}, {"path", path_json(path)}};
      all["consistency"].push_back(one);
      if (!path.empty() && below(random_, 2) == 0) {
        path[below(random_, path.size())][below(random_, 32)] ^= 4;
        one["path"] = path_json(path);
      } else {
        Hash other = roots_[old_size];
        other[below(random_, 32)] ^= 4;
        one["old_root"] = to_base64(other);
      }
      all["changed_consistency"].push_back(one);
    }
  }

  Engine& random_;
  std::uint64_t size_;
  SigningKey log_, witness_;
  std::vector<Bytes> entries_;
  std::vector<Hash> roots_;  // of every size
  TreeHead head_;
  std::map<std::string, Bytes> tiles_;
};

}  // namespace
}  // namespace probity::tlog

int main(int argument_count, char** arguments) {
  probity::init_crypto();
  const std::uint64_t count = argument_count > 1 ? std::stoull(arguments[1]) : 10;
  std::mt19937_64 random(argument_count > 2 ? std::stoull(arguments[2]) : 1);
  for (std::uint64_t number = 0; number < count; ++number)
    std::cout << probity::tlog::RandomLog(random, number).json() << '\n';
}
