#include "seal/asic.h"

#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "seal/archive.h"
#include "seal/test_authority.h"
#include "support/outside_tool.h"

namespace probity::seal {
namespace {

Bytes to_bytes(std::string_view text) { return {as_bytes(text).begin(), as_bytes(text).end()}; }

const ContainerFiles kFiles{{"leak/001.jpg", to_bytes("\xFF\xD8 a leak")},
                            {"report.html", to_bytes(std::string(5'000, 'r'))},
                            {"report.json", to_bytes("{}")}};

std::string verdict(BytesView container, const CheckOptions& options = {}) {
  const auto check = check_container(container, options);
  return check ? "whole" : std::string(catalogue_entry(check.error().code).name) + ": " + check.error().message;
}

class Container : public testing::Test {
 protected:
  StampDigest stamps() {
    return [this](const Hash& imprint) -> Result<std::optional<Bytes>> { return authority.token(imprint); };
  }
  Bytes stamped() { return *build_container(kFiles, sealer, kNow, stamps()); }
  Bytes unstamped() { return *build_container(kFiles, sealer, kNow, {}); }
  // The same archive, changed by somebody without a key.
  std::string changed(const std::function<void(std::vector<ArchiveFile>&)>& change) {
    auto files = *read_archive(stamped());
    change(files);
    const auto archive = write_archive(files);
    return archive ? verdict(*archive) : "unwritable";
  }
  std::string changed_file(std::string_view name, const std::function<void(Bytes&)>& change) {
    return changed([&](std::vector<ArchiveFile>& files) {
      for (ArchiveFile& file : files)
        if (file.name == name) change(file.bytes);
    });
  }
  std::string without(std::string_view name) {
    return changed([&](auto& files) { std::erase_if(files, [&](const auto& file) { return file.name == name; }); });
  }

  Sealer sealer = node_sealer();
  TestAuthority authority;
};

TEST_F(Container, TellsWhatItHolds) {
  const auto check = check_container(
      stamped(),
      {.trusted_pem = sealer.certificate().pem, .authorities_pem = authority.certificate_pem(), .now_ms = kNow});
  ASSERT_TRUE(check) << check.error().message;
  EXPECT_EQ(check->files, kFiles);
  EXPECT_EQ(check->standing, Standing::trusted);
  EXPECT_EQ(check->certificate.subject, "Lumen Motors");
  EXPECT_EQ(check->claimed_time_ms, kNow);
  ASSERT_TRUE(check->timestamp);
  EXPECT_EQ(check->timestamp->standing, Standing::trusted);
  EXPECT_EQ(check->timestamp->time_ms, kNow);
  const auto plain = check_container(unstamped());
  ASSERT_TRUE(plain) << plain.error().message;
  EXPECT_FALSE(plain->timestamp);
  EXPECT_EQ(plain->standing, Standing::unknown);
}

TEST_F(Container, OthersVerify) {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("evidence.asice", stamped());
  folder.write("sealer.pem", as_bytes(sealer.certificate().pem));
  folder.write("authority.pem", as_bytes(authority.certificate_pem()));
  const auto run = [&](const std::string& command) {
    return test::run_tool("cd '" + folder.path("").string() + "' && " + command);
  };
  ASSERT_EQ(run("unzip -q " + file).status, 0);
  EXPECT_EQ(run("head -c 69 " + file + " | tail -c 31").output, kContainerType.substr(0, 31));
  const auto hashes = run("sha256sum --strict -c manifest-sha256.txt");
  EXPECT_EQ(hashes.status, 0) << hashes.output;
  const std::string at = " -attime " + std::to_string(kNow / 1000);
  const auto signature = run("openssl cms -verify -cades -binary -inform DER -in META-INF/signature001.p7s -content " +
                             std::string(kManifestName) + " -CAfile sealer.pem -purpose any -out /dev/null" + at);
  EXPECT_EQ(signature.status, 0) << signature.output;
  EXPECT_NE(signature.output.find("CAdES Verification successful"), std::string::npos) << signature.output;
  const auto time = run("openssl ts -verify -token_in -in META-INF/timestamp002.tst -data " +
                        std::string(kTimeManifestName) + " -CAfile authority.pem" + at);
  EXPECT_NE(time.output.find("Verification: OK"), std::string::npos) << time.output;
  // The chain of digests, by hand.
  for (const auto& [data, manifest] : {std::pair<std::string, std::string_view>{"manifest-sha256.txt", kManifestName},
                                       {"META-INF/signature001.p7s", kTimeManifestName}}) {
    const auto named =
        run("grep -c \"$(openssl dgst -sha256 -binary " + data + " | base64)\" " + std::string(manifest));
    EXPECT_EQ(named.output, "1\n");
  }
  for (const std::string_view name : {kManifestName, kTimeManifestName}) {
    pugi::xml_document manifest;
    ASSERT_TRUE(manifest.load_file(folder.path(std::string(name)).c_str()));
    EXPECT_STREQ(manifest.document_element().name(), "asic:ASiCManifest");
  }
}

TEST_F(Container, EveryAlterationIsNamed) {
  EXPECT_EQ(changed([](auto&) {}), "whole");
  const auto flip = [](Bytes& bytes) { bytes[bytes.size() / 2] ^= 1; };
  EXPECT_EQ(changed_file("leak/001.jpg", flip), "corrupt: leak/001.jpg was altered after the package was sealed");
  EXPECT_EQ(changed_file("manifest-sha256.txt", flip).substr(0, 7), "corrupt");
  EXPECT_EQ(changed_file("manifest-sha256.txt", [](Bytes& bytes) { bytes.clear(); }).substr(0, 7), "corrupt");
  EXPECT_EQ(changed_file("META-INF/ASiCManifest001.xml", flip),
            "corrupt: the package's manifest is not of these files");
  EXPECT_NE(changed_file("META-INF/signature001.p7s", flip), "whole");
  EXPECT_EQ(changed_file("META-INF/signature001.p7s", [](Bytes& bytes) { bytes.push_back(0); }),
            "corrupt: something stands behind the package's signature");
  EXPECT_NE(changed_file("META-INF/timestamp002.tst", flip), "whole");
  EXPECT_EQ(changed_file("META-INF/ASiCManifest002.xml", flip),
            "corrupt: the package's timestamp is of something else");
  EXPECT_NE(changed_file("mimetype", flip), "whole");
  EXPECT_EQ(without("report.json"), "corrupt: report.json is missing from the package");
  EXPECT_EQ(without("META-INF/signature001.p7s"),
            "corrupt: the package is not sealed: META-INF/signature001.p7s is missing");
  EXPECT_EQ(without("META-INF/timestamp002.tst"), "corrupt: half of the package's timestamp is missing");
  EXPECT_EQ(without("META-INF/ASiCManifest002.xml"), "corrupt: half of the package's timestamp is missing");
  const auto add = [](const char* name) {
    return [name](std::vector<ArchiveFile>& files) { files.push_back({name, Bytes{1}, false}); };
  };
  EXPECT_EQ(changed(add("more.txt")), "corrupt: more.txt was added after the package was sealed");
  EXPECT_EQ(changed(add("META-INF/signature002.p7s")),
            "unsupported: the package has an unknown extension, META-INF/signature002.p7s");
  EXPECT_EQ(changed([](auto& files) { std::swap(files[1].name, files[2].name); }).substr(0, 7), "corrupt");
  EXPECT_EQ(changed([](auto& files) { std::swap(files[0], files[1]); }).substr(0, 11), "unsupported");
}

TEST_F(Container, EveryChangedByteIsFoundOrChangesNothing) {
  const Bytes good = stamped();
  const auto before = check_container(good);
  ASSERT_TRUE(before);
  for (std::size_t i = 0; i < good.size(); ++i) {
    Bytes bad = good;
    bad[i] ^= 0x10;
    const auto after = check_container(bad);
    if (!after) continue;
    EXPECT_EQ(after->files, before->files) << i;
    EXPECT_EQ(after->certificate.fingerprint, before->certificate.fingerprint) << i;
    EXPECT_EQ(after->claimed_time_ms, before->claimed_time_ms) << i;
    EXPECT_EQ(after->timestamp->time_ms, before->timestamp->time_ms) << i;
  }
}

TEST_F(Container, OtherThingsAreRefused) {
  EXPECT_EQ(verdict({}), "unsupported: the file is no evidence package");
  EXPECT_EQ(verdict(*write_archive({{"a", Bytes{1}, true}})), "unsupported: the file is no evidence package");
  EXPECT_EQ(build_container({}, sealer, kNow, {}).error().code, ErrorCode::invalid_argument);
  for (const char* name : {"mimetype", "META-INF/x", "manifest-sha256.txt", "../x", ""})
    EXPECT_EQ(build_container({{name, {}}}, sealer, kNow, {}).error().code, ErrorCode::invalid_argument) << name;
  EXPECT_EQ(build_container(kFiles, sealer, kNow + 9'999 * kDay, {}).error().code, ErrorCode::invalid_argument);
  const auto down = [](const Hash&) -> Result<std::optional<Bytes>> { return fail(ErrorCode::unavailable, "down"); };
  EXPECT_EQ(build_container(kFiles, sealer, kNow, down).error().code, ErrorCode::unavailable);
}

TEST_F(Container, TimesThatContradictAreRefused) {
  authority.form.time_ms = kNow - 3'600'000;
  EXPECT_EQ(verdict(stamped()), "corrupt: the package states a later time than its timestamp attests");
}

}  // namespace
}  // namespace probity::seal
