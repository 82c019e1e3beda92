#include "tally/tally.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <zlib.h>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>

namespace probity::tally {
namespace {

std::vector<std::uint8_t> random_bits(std::size_t count) {
  return *rc::gen::container<std::vector<std::uint8_t>>(count, rc::gen::inRange<std::uint8_t>(0, 2));
}

// A container of random pieces, flips and variants; bytes of pieces without a cell are the same in both.
Content random_content() {
  Content content;
  content.media = *rc::gen::element(MediaType::jpeg, MediaType::png);
  content.cell_count = *rc::gen::inRange<std::uint32_t>(1, 40);
  const auto piece_count = *rc::gen::inRange<std::size_t>(1, 60);
  for (std::size_t i = 0; i < piece_count; ++i) {
    const auto length = *rc::gen::weightedOneOf<std::uint32_t>(
        {{8, rc::gen::inRange<std::uint32_t>(1, 90)}, {1, rc::gen::inRange<std::uint32_t>(900, 3000)}});
    const bool has_cell = *rc::gen::inRange(0, 4) != 0;
    const std::uint32_t cell = has_cell ? *rc::gen::inRange<std::uint32_t>(0, content.cell_count) : kNoCell;
    const std::uint32_t start = i == 0 ? 0 : content.pieces.back().end;
    content.pieces.push_back({start + length, cell});
    for (std::uint32_t k = 0; k < length; ++k) {
      content.a.push_back(static_cast<std::uint8_t>(31 * (start + k) + 7));
      content.b.push_back(cell == kNoCell ? content.a.back() : static_cast<std::uint8_t>(17 * (start + k)));
    }
    if (cell != kNoCell) continue;
    for (auto flips = *rc::gen::inRange(0, 4); flips > 0; --flips)
      content.flips.push_back({start + *rc::gen::inRange<std::uint32_t>(0, length),
                               *rc::gen::inRange<std::uint32_t>(0, content.cell_count),
                               *rc::gen::inRange<std::uint8_t>(1, 255)});
  }
  std::ranges::stable_sort(content.flips, {}, &Flip::offset);
  if (content.a.size() >= 8 && *rc::gen::arbitrary<bool>()) {
    ZlibTail tail;
    tail.offset = *rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(content.a.size()) - 7);
    tail.base = {1, 65520};
    for (std::uint32_t cell = 0; cell < content.cell_count; ++cell)
      tail.cells.push_back({static_cast<std::uint16_t>(cell * 1777 % 65521), static_cast<std::uint16_t>(65520 - cell)});
    content.zlib_tail = tail;
  }
  return content;
}

// The copy byte by byte, as the format's description says.
Bytes plain_weave(const Content& content, std::span<const std::uint8_t> bits) {
  Bytes out;
  std::size_t piece = 0;
  for (std::size_t i = 0; i < content.a.size(); ++i) {
    if (content.pieces[piece].end <= i) ++piece;
    const std::uint32_t cell = content.pieces[piece].cell;
    std::uint8_t byte = cell != kNoCell && bits[cell] == 1 ? content.a[i] : content.b[i];
    for (const Flip& flip : content.flips)
      if (flip.offset == i && bits[flip.cell] == 1) byte ^= flip.flip;
    out.push_back(byte);
  }
  if (!content.zlib_tail) return out;
  std::uint32_t low = content.zlib_tail->base.low;
  std::uint32_t high = content.zlib_tail->base.high;
  for (std::uint32_t cell = 0; cell < content.cell_count; ++cell) {
    low = (low + bits[cell] * content.zlib_tail->cells[cell].low) % 65521;
    high = (high + bits[cell] * content.zlib_tail->cells[cell].high) % 65521;
  }
  Bytes chunk = {'I', 'D', 'A', 'T'};
  for (const std::uint32_t half : {high, low}) {
    chunk.push_back(static_cast<std::uint8_t>(half >> 8));
    chunk.push_back(static_cast<std::uint8_t>(half));
  }
  const auto crc = static_cast<std::uint32_t>(crc32(0, chunk.data(), 8));
  for (int shift = 24; shift >= 0; shift -= 8) chunk.push_back(static_cast<std::uint8_t>(crc >> shift));
  std::copy(chunk.begin() + 4, chunk.end(), out.begin() + content.zlib_tail->offset);
  return out;
}

Bytes joined(const Gathered& gathered) {
  Bytes out;
  for (const iovec& range : gathered.ranges) {
    const auto* start = static_cast<const std::uint8_t*>(range.iov_base);
    out.insert(out.end(), start, start + range.iov_len);
  }
  return out;
}

Content small_content() {
  Content content;
  content.cell_count = 3;
  content.a = Bytes(90, 0xAA);
  content.b = Bytes(90, 0xBB);
  content.pieces = {{10, kNoCell}, {30, 0}, {50, 1}, {80, 2}, {90, kNoCell}};
  for (std::size_t i : {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89}) content.b[i] = 0xAA;
  content.flips = {{3, 1, 0x0F}, {3, 2, 0xF0}};
  return content;
}

TEST(tally, every_range_of_a_copy_is_the_plain_weave) {
  rc::check([] {
    const Content content = random_content();
    const auto tally = Tally::parse_owned(*encode(content));
    RC_ASSERT(tally.has_value());
    const auto bits = random_bits(content.cell_count);
    const Bytes expected = plain_weave(content, bits);
    const auto offset = *rc::gen::inRange<std::size_t>(0, expected.size() + 1);
    const auto length = *rc::gen::inRange<std::size_t>(0, expected.size() - offset + 1);
    Bytes out(length + 1, 0xEE);
    RC_ASSERT(tally->weave(bits, offset, std::span(out).first(length)).has_value());
    RC_ASSERT(out.back() == 0xEE);
    RC_ASSERT(std::equal(out.begin(), out.end() - 1, expected.begin() + static_cast<std::ptrdiff_t>(offset)));
    const auto gathered = tally->gather(bits, offset, length);
    RC_ASSERT(gathered.has_value());
    out.pop_back();
    RC_ASSERT(joined(*gathered) == out);
  });
}

TEST(tally, reads_back_what_was_encoded) {
  rc::check([] {
    const Content content = random_content();
    const auto tally = Tally::parse_owned(*encode(content));
    RC_ASSERT(tally.has_value());
    RC_ASSERT(tally->media() == content.media);
    RC_ASSERT(tally->cell_count() == content.cell_count);
    RC_ASSERT(tally->size() == content.a.size());
    RC_ASSERT(std::ranges::equal(tally->pieces(), content.pieces));
    RC_ASSERT(tally->verify().has_value());
  });
}

TEST(tally, gather_merges_neighbours_of_one_variant) {
  Content content = small_content();
  content.flips.clear();
  const auto tally = Tally::parse_owned(*encode(content)).value();
  EXPECT_EQ(tally.gather(Bytes{0, 0, 0}, 0, 90)->ranges.size(), 1U);
  EXPECT_EQ(tally.gather(Bytes{1, 1, 0}, 10, 80)->ranges.size(), 2U);
}

TEST(tally, every_flipped_byte_is_refused_before_it_reaches_a_copy) {
  const Bytes good = *encode(small_content());
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const std::uint8_t flip : {0x01, 0x80, 0xFF}) {
      Bytes bad = good;
      bad[at] ^= flip;
      const auto tally = Tally::parse(bad);
      if (!tally) continue;
      EXPECT_FALSE(tally->verify().has_value()) << at;
      Bytes out(tally->size());
      const auto woven = Tally::parse(bad)->weave(Bytes{1, 0, 1}, 0, out);
      ASSERT_FALSE(woven.has_value()) << at;
      EXPECT_EQ(woven.error().code, ErrorCode::corrupt);
    }
  }
}

TEST(tally, every_truncation_and_extension_is_refused) {
  Bytes bytes = *encode(small_content());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(Tally::parse(BytesView(bytes).first(size)).has_value()) << size;
  bytes.push_back(0);
  EXPECT_FALSE(Tally::parse(bytes).has_value());
}

TEST(tally, hostile_heads_with_right_checksums_are_refused) {
  rc::check([] {
    const Content content = random_content();
    Bytes bytes = *encode(content);
    const std::size_t head = bytes.size() - 2 * content.a.size();
    const auto at = *rc::gen::inRange<std::size_t>(0, head);
    bytes[at] = *rc::gen::arbitrary<std::uint8_t>();
    const Hash digest = sha256({BytesView(bytes).first(48), BytesView(bytes).subspan(80, head - 80)});
    std::ranges::copy(digest, bytes.begin() + 48);
    const auto tally = Tally::parse(bytes);
    if (!tally) return;
    Bytes out(tally->size());
    const auto bits = random_bits(tally->cell_count());
    (void)tally->weave(bits, 0, out);
    (void)tally->gather(bits, 0, out.size());
  });
}

TEST(tally, contents_that_break_the_rules_are_not_encoded) {
  const auto refused = [](auto change) {
    Content content = small_content();
    change(content);
    const auto head = encode_head(content);
    return !head && head.error().code == ErrorCode::invalid_argument;
  };
  EXPECT_TRUE(refused([](Content& c) { c.b.pop_back(); }));
  EXPECT_TRUE(refused([](Content& c) { c.pieces[1].cell = 3; }));
  EXPECT_TRUE(refused([](Content& c) { c.pieces[2].end = c.pieces[1].end; }));
  EXPECT_TRUE(refused([](Content& c) { c.pieces.pop_back(); }));
  EXPECT_TRUE(refused([](Content& c) { c.flips[0].offset = 20; }));
  EXPECT_TRUE(refused([](Content& c) { c.flips[0].offset = 90; }));
  EXPECT_TRUE(refused([](Content& c) { c.flips[0].cell = 3; }));
  EXPECT_TRUE(refused([](Content& c) { c.pieces.clear(); }));
  EXPECT_TRUE(refused([](Content& c) { c.zlib_tail = ZlibTail{83, {}, {{}, {}, {}}}; }));
  EXPECT_TRUE(refused([](Content& c) { c.zlib_tail = ZlibTail{82, {65521, 0}, {{}, {}, {}}}; }));
}

TEST(tally, wrong_bits_and_ranges_are_errors) {
  const auto tally = Tally::parse_owned(*encode(small_content())).value();
  Bytes out(10);
  EXPECT_FALSE(tally.weave(Bytes{1, 0}, 0, out).has_value());
  EXPECT_FALSE(tally.weave(Bytes{1, 0, 1}, 81, out).has_value());
  EXPECT_FALSE(tally.gather(Bytes{1, 0, 1}, ~std::uint64_t{0}, 2).has_value());
}

TEST(tally, a_file_appears_whole_and_is_mapped_back) {
  const auto folder = std::filesystem::temp_directory_path() / ("tally_test_" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  const std::string path = folder / "asset.tally";
  ASSERT_TRUE(write_file(path, small_content()).has_value());
  const auto tally = Tally::open(path);
  ASSERT_TRUE(tally.has_value());
  Bytes out(90);
  ASSERT_TRUE(tally->weave(Bytes{1, 0, 1}, 0, out).has_value());
  EXPECT_EQ(out, plain_weave(small_content(), Bytes{1, 0, 1}));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
  EXPECT_EQ(Tally::open(folder / "missing").error().code, ErrorCode::not_found);
  EXPECT_EQ(write_file(folder / "no" / "such" / "folder", small_content()).error().code, ErrorCode::storage);
  std::filesystem::remove_all(folder);
}

TEST(tally, a_full_disk_is_an_error_and_leaves_nothing_behind) {
  const auto folder = std::filesystem::temp_directory_path() / ("tally_full_" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  signal(SIGXFSZ, SIG_IGN);
  const rlimit small{64, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const auto written = write_file(folder / "asset.tally", small_content());
  setrlimit(RLIMIT_FSIZE, &before);
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().code, ErrorCode::storage);
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace probity::tally
