#include "seal/archive.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/outside_tool.h"

namespace probity::seal {
namespace {

Bytes to_bytes(std::string_view text) { return {as_bytes(text).begin(), as_bytes(text).end()}; }

const std::vector<ArchiveFile> kFiles{{"mimetype", to_bytes("x/y"), true},
                                      {"report.html", to_bytes(std::string(5'000, 'r')), false},
                                      {"leak/001.jpg", to_bytes("\xFF\xD8 a leak"), false},
                                      {"empty", {}, false}};

std::string verdict(BytesView archive, const ArchiveLimits& limits = {}) {
  const auto files = read_archive(archive, limits);
  return files ? "read" : std::string(catalogue_entry(files.error().code).name) + ": " + files.error().message;
}

// An archive made by somebody else, in a folder that holds what `prepare` writes there.
std::string verdict_of_tool(const std::string& prepare, const std::string& pack) {
  const test::TemporaryFolder folder;
  const auto made = test::run_tool("cd '" + folder.path("").string() + "' && " + prepare + " && " + pack);
  EXPECT_EQ(made.status, 0) << made.output;
  std::ifstream file(folder.path("a.zip"), std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_FALSE(bytes.empty());
  return verdict(as_bytes(bytes));
}

TEST(Archive, ThereAndBack) {
  const auto archive = write_archive(kFiles);
  ASSERT_TRUE(archive) << archive.error().message;
  EXPECT_LT(archive->size(), 2'000U);
  EXPECT_EQ(*write_archive(kFiles), *archive);
  EXPECT_EQ(as_text(BytesView(*archive).subspan(30, 11)), "mimetypex/y");
  const auto files = read_archive(*archive);
  ASSERT_TRUE(files) << files.error().message;
  ASSERT_EQ(files->size(), kFiles.size());
  for (std::size_t i = 0; i < kFiles.size(); ++i) {
    EXPECT_EQ((*files)[i].name, kFiles[i].name);
    EXPECT_EQ((*files)[i].bytes, kFiles[i].bytes);
  }
}

TEST(Archive, OthersRead) {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("a.zip", *write_archive(kFiles));
  const auto tested = test::run_tool("unzip -t " + file);
  EXPECT_EQ(tested.status, 0) << tested.output;
  EXPECT_EQ(test::run_tool("unzip -p " + file + " leak/001.jpg").output, "\xFF\xD8 a leak");
}

RC_GTEST_PROP(Archive, AnyFilesComeBack, (const std::map<std::uint16_t, Bytes>& contents)) {
  std::vector<ArchiveFile> files;
  RC_PRE(!contents.empty());
  for (const auto& [number, bytes] : contents) files.push_back({"f/" + std::to_string(number), bytes, number % 2 == 0});
  const auto archive = write_archive(files);
  RC_ASSERT(archive.has_value());
  const auto read = read_archive(*archive);
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->size() == files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    RC_ASSERT((*read)[i].name == files[i].name);
    RC_ASSERT((*read)[i].bytes == files[i].bytes);
  }
}

TEST(Archive, NamesThatMeanMoreThanOneThingAreRefused) {
  for (const char* good : {"a", "leak/001.jpg", "META-INF/x.p7s", "a/b/c.d-e_f", "0"})
    EXPECT_TRUE(check_archive_name(good)) << good;
  for (const std::string& bad :
       {std::string(), std::string("/a"), std::string("a/"), std::string("a//b"), std::string("../a"),
        std::string("a/../b"), std::string("./a"), std::string(".hidden"), std::string("-rf"), std::string("a\\b"),
        std::string("a:b"), std::string("a b"), std::string("a\nb"), std::string("b\0c", 3), std::string("图.jpg"),
        std::string(101, 'a'), std::string(201, '/')}) {
    EXPECT_FALSE(check_archive_name(bad)) << bad;
    EXPECT_FALSE(write_archive({{bad, {}, false}})) << bad;
  }
  EXPECT_FALSE(write_archive({{"a", {}, false}, {"a", {}, false}}));
  EXPECT_FALSE(write_archive({{"a", {}, false}, {"A", {}, false}}));
}

TEST(Archive, ArchivesOfOtherFormsAreRefused) {
  const std::string zip = "zip -q -X a.zip ";
  EXPECT_EQ(verdict_of_tool("echo x > f", zip + "f"), "read");
  EXPECT_EQ(verdict_of_tool("echo x > f", "zip -q a.zip f"), "corrupt: f has extra fields");
  EXPECT_EQ(verdict_of_tool("ln -s /etc/passwd f", "zip -q -X -y a.zip f"),
            "corrupt: f is a link or something else that is no file");
  EXPECT_EQ(verdict_of_tool("mkdir d", "zip -q -X a.zip d").substr(0, 7), "corrupt");
  EXPECT_EQ(verdict_of_tool("echo x > f", "zip -q -X -e -P secret a.zip f").substr(0, 11), "unsupported");
  EXPECT_EQ(verdict_of_tool("echo x > f", zip + "f && echo words | zip -q -z a.zip"),
            "corrupt: the archive has a comment");
  EXPECT_EQ(verdict_of_tool("mkdir x && touch x/y", "cd x && zip -q -X ../a.zip ../x/y"),
            "corrupt: the archive has a file with a name that is not allowed in it");
  EXPECT_EQ(verdict_of_tool("seq 1 9999 > f", "zip -q -X -Z bzip2 a.zip f").substr(0, 11), "unsupported");
}

TEST(Archive, BytesThatBelongToNoFileAreFound) {
  const Bytes good = *write_archive(kFiles);
  Bytes prefixed = to_bytes("#!/bin/sh\n");
  prefixed.insert(prefixed.end(), good.begin(), good.end());
  EXPECT_NE(verdict(prefixed), "read");
  Bytes longer = good;
  longer.push_back(0);
  EXPECT_NE(verdict(longer), "read");
  EXPECT_NE(verdict({}), "read");
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_NE(verdict(BytesView(good).first(size)), "read") << size;
}

TEST(Archive, TwoFilesOfOneNameAreRefused) {
  std::string archive(as_text(*write_archive({{"file1", Bytes{1}, true}, {"file2", Bytes{2}, true}})));
  for (std::size_t at = 0; (at = archive.find("file2", at)) != std::string::npos;) archive.replace(at, 5, "file1");
  EXPECT_EQ(verdict(as_bytes(archive)).substr(0, 7), "corrupt");
  EXPECT_EQ(write_archive({}).error().code, ErrorCode::invalid_argument);
}

// Whatever is altered: it is refused, or the same files come out.
TEST(Archive, NoChangedByteChangesAFile) {
  const Bytes good = *write_archive(kFiles);
  for (std::size_t i = 0; i < good.size(); ++i)
    for (const int flip : {0x01, 0x04, 0x40, 0xFF}) {
      Bytes changed = good;
      changed[i] = static_cast<std::uint8_t>(changed[i] ^ flip);
      const auto files = read_archive(changed);
      if (!files) continue;
      ASSERT_EQ(files->size(), kFiles.size());
      for (std::size_t k = 0; k < kFiles.size(); ++k) {
        // A name is not covered by a checksum: containers cover it by their list.
        EXPECT_EQ((*files)[k].bytes, kFiles[k].bytes) << i;
      }
    }
}

TEST(Archive, LimitsHold) {
  const Bytes bomb = *write_archive({{"zeros", Bytes(10'000'000, 0), false}});
  EXPECT_LT(bomb.size(), 20'000U);
  EXPECT_EQ(verdict(bomb), "read");
  EXPECT_EQ(verdict(bomb, {.bytes = 1'000'000}), "too_large: the archive unpacks to too much");
  EXPECT_EQ(verdict(bomb, {.bytes = 1'000}), "too_large: the archive is too large");
  EXPECT_EQ(verdict(*write_archive(kFiles), {.files = 3}), "too_large: the archive has too many files");
  EXPECT_EQ(write_archive(kFiles, {.bytes = 100}).error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace probity::seal
