#include "leaks/archive.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <zip.h>

#include "base/check.h"

namespace probity::leaks {
namespace {

struct Entry {
  std::string name, content;
};

// The bytes of an archive of these entries.
Bytes zip_of(const std::vector<Entry>& entries, const char* password = nullptr) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* sink = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_t* archive = zip_open_from_source(sink, ZIP_TRUNCATE, &error);
  PROBITY_CHECK(archive != nullptr);
  zip_source_keep(sink);
  for (const Entry& entry : entries) {
    if (entry.name.ends_with("/")) {
      zip_dir_add(archive, entry.name.c_str(), 0);
      continue;
    }
    zip_source_t* source = zip_source_buffer(archive, entry.content.data(), entry.content.size(), 0);
    const zip_int64_t index = zip_file_add(archive, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    PROBITY_CHECK(index >= 0);
    if (password != nullptr)
      zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, password);
  }
  PROBITY_CHECK(zip_close(archive) == 0);
  zip_source_open(sink);
  zip_stat_t facts;
  zip_source_stat(sink, &facts);
  Bytes bytes(facts.size);
  zip_source_read(sink, bytes.data(), bytes.size());
  zip_source_close(sink);
  zip_source_free(sink);
  return bytes;
}

Result<std::vector<Entry>> unpacked(BytesView bytes, const ArchiveLimits& limits = {}) {
  std::vector<Entry> found;
  TRY(unpack_archive(
      bytes,
      [&](const ArchiveEntry& entry, BytesView content) -> Result<void> {
        found.push_back({entry.name, std::string(as_text(content))});
        return {};
      },
      limits));
  return found;
}

TEST(Archive, takes_the_files_and_leaves_what_desktops_add) {
  const Bytes bytes = zip_of({{"photos/", ""},
                              {"photos/one.jpg", "first"},
                              {"photos/..\\two.jpg", "second"},
                              {"../../three.jpg", "third"},
                              {"__MACOSX/._one.jpg", "resource fork"},
                              {".DS_Store", "x"},
                              {"Thumbs.db", "x"},
                              {"何敏.jpg", "fourth"}});
  const auto found = unpacked(bytes);
  ASSERT_TRUE(found) << found.error().message;
  ASSERT_EQ(found->size(), 4U);
  EXPECT_EQ(found->at(0).name, "one.jpg");
  EXPECT_EQ(found->at(0).content, "first");
  EXPECT_EQ(found->at(1).name, "two.jpg");
  EXPECT_EQ(found->at(2).name, "three.jpg");
  EXPECT_EQ(found->at(3).name, "何敏.jpg");
}

TEST(Archive, refuses_more_than_the_limits) {
  std::vector<Entry> many;
  for (int i = 0; i < 11; ++i) many.push_back({std::to_string(i) + ".jpg", "x"});
  EXPECT_EQ(unpacked(zip_of(many), {10, 1000, 10'000}).error().code, ErrorCode::too_large);
  const std::string zeros(1 << 20, '\0');  // a bomb: a megabyte in a kilobyte
  const Bytes bomb = zip_of({{"a.jpg", zeros}});
  EXPECT_LT(bomb.size(), 2000U);
  EXPECT_EQ(unpacked(bomb, {10, 100'000, 1 << 22}).error().code, ErrorCode::too_large);
  const Bytes several = zip_of({{"a.jpg", zeros}, {"b.jpg", zeros + "b"}, {"c.jpg", zeros + "c"}});
  EXPECT_EQ(unpacked(several, {10, 2 << 20, 2 << 20}).error().code, ErrorCode::too_large);
  EXPECT_TRUE(unpacked(several, {10, 2 << 20, 4 << 20}));
}

// What an archive says of its sizes proves nothing: here it says that a megabyte is ten bytes.
TEST(Archive, stops_at_the_limit_whatever_the_archive_says) {
  Bytes lying = zip_of({{"a.jpg", std::string(1 << 20, '\0')}});
  const Bytes size{0x00, 0x00, 0x10, 0x00}, smaller{0x0a, 0x00, 0x00, 0x00};
  std::size_t patched = 0;
  for (auto at = std::search(lying.begin(), lying.end(), size.begin(), size.end()); at != lying.end();
       at = std::search(at, lying.end(), size.begin(), size.end())) {
    std::copy(smaller.begin(), smaller.end(), at);
    ++patched;
  }
  ASSERT_GE(patched, 1U);
  const auto found = unpacked(lying, {10, 100'000, 100'000});
  ASSERT_FALSE(found);
  EXPECT_TRUE(found.error().code == ErrorCode::too_large || found.error().code == ErrorCode::corrupt);
}

TEST(Archive, says_what_is_encrypted_or_empty_or_none) {
  EXPECT_EQ(unpacked(zip_of({{"a.jpg", "secret"}}, "password")).error().code, ErrorCode::unsupported);
  EXPECT_EQ(unpacked(zip_of({{"folder/", ""}})).error().code, ErrorCode::corrupt);
  EXPECT_EQ(unpacked(as_bytes("PK\x03\x04 not really")).error().code, ErrorCode::corrupt);
  EXPECT_EQ(unpacked({}).error().code, ErrorCode::corrupt);
}

TEST(Archive, an_error_of_whoever_takes_ends_it) {
  int taken = 0;
  const auto stopped = unpack_archive(zip_of({{"a", "1"}, {"b", "2"}}), [&](const ArchiveEntry&, BytesView) {
    ++taken;
    return Result<void>(fail(ErrorCode::cancelled, "stop"));
  });
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
  EXPECT_EQ(taken, 1);
}

RC_GTEST_PROP(Archive, hostile_bytes_end_in_an_error_or_in_files, (const std::vector<std::uint8_t>& flips)) {
  Bytes bytes = zip_of({{"a.jpg", std::string(3000, 'a')}, {"b.jpg", std::string(500, 'b')}});
  for (std::size_t i = 0; i + 1 < flips.size(); i += 2) bytes[(flips[i] * 7 + i * 131) % bytes.size()] ^= flips[i + 1];
  std::uint64_t total = 0;
  const auto outcome = unpack_archive(bytes,
                                      [&](const ArchiveEntry&, BytesView content) -> Result<void> {
                                        total += content.size();
                                        return {};
                                      },
                                      {10, 4000, 8000});
  RC_ASSERT(total <= 8000U);
  RC_ASSERT(outcome.has_value() || !outcome.error().message.empty());
}

}  // namespace
}  // namespace probity::leaks
