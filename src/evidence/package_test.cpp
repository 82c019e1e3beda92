#include "evidence/package.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "commitments/evidence.h"
#include "evidence/item.h"
#include "evidence/package_check.h"
#include "evidence/package_form.h"
#include "seal/archive.h"
#include "seal/test_authority.h"
#include "support/outside_tool.h"
#include "support/scripted.h"
#include "tlog/log_proof.h"

namespace probity::evidence {
namespace {

using seal::kNow;

Bytes to_bytes(std::string_view text) { return {as_bytes(text).begin(), as_bytes(text).end()}; }

// A matter with one leaked file, three custody steps, and a log of those steps that one witness has seen.
class PackageTest : public testing::Test {
 protected:
  PackageTest() {
    matter = Id::random(random);
    input.matter = "L-2026-0001";
    input.organisation = "Lumen Motors 流明汽车";
    input.report = {{"report.json", to_bytes("{}")}, {"report.html", to_bytes("<html>")}};
    input.leaks = {{"群聊 截图.png", to_bytes("\x89PNG\r\n\x1A\n leaked pixels"), {}, {}}};
    input.masters = {{Id::random(random), "Coast road", to_bytes("a reference")}};
    input.documents = {{"C-2026-0007-v1.pdf", to_bytes("%PDF-1.5 …"), "The commitment", "承诺书"},
                       {"C-2026-0007-v1-evidence.json", to_bytes(signing_evidence()), "Evidence", "证据"}};
    input.authorities_pem = authority.certificate_pem();
    add_step("opened", "{}");
    Item item;
    item.id = Id::random(random);
    item.matter = matter;
    item.name = input.leaks.front().name;
    item.sha256 = sha256(input.leaks.front().bytes);
    add_step("received", item_facts(item));
    add_step("traced", "{}");
    log_everything();
  }

  // Two entries of a commitment's evidence, as a node hands them out.
  static std::string signing_evidence() {
    commitments::EvidenceEntry sent;
    sent.commitment = Id::parse("01ARZ3NDEKTSV4RRFFQ69G5FAV").value();
    sent.time_ms = kNow;
    sent.kind = "sent";
    sent = commitments::chained(sent, {});
    commitments::EvidenceEntry signature = sent;
    signature.kind = "signed";
    signature.data_json = R"({"name":"陈静"})";
    return commitments::evidence_export("C-2026-0007", std::vector{sent, commitments::chained(signature, sent)});
  }

  void add_step(const std::string& action, const std::string& data) {
    Step step;
    step.matter = matter;
    step.time_ms = kNow;
    step.deed = {action, std::nullopt, {events::Actor::Kind::account, Id::random(random), "M. Keller"}, "", "", data};
    std::optional<Step> last;
    if (!input.custody.empty()) last = input.custody.back();
    input.custody.push_back(chained(step, last));
  }

  // One tree of two leaves a step: itself and something else.
  void log_everything() {
    for (const Step& step : input.custody) {
      PackageEntry entry;
      entry.opening.id = Id::random(random);
      entry.opening.record = {"custody_step", matter, log_content(step)};
      random.fill(entry.opening.salt);
      entry.opening.commitment = log::commitment_of(entry.opening.record, entry.opening.salt);
      entry.opening.index = 0;
      const Hash other = tlog::leaf_hash(as_bytes("other"));
      const tlog::Checkpoint checkpoint{
          "lumen.example/log", {2, tlog::node_hash(tlog::leaf_hash(entry.opening.commitment), other)}, {}};
      tlog::LogProof proof;
      proof.path = {other};
      proof.checkpoint = tlog::join_note(
          checkpoint.text(), {log_key.sign(checkpoint.text()), witness.sign(checkpoint.text(), kNow / 1000 + 2)});
      entry.proof = proof.text();
      input.log.push_back(entry);
    }
    input.policy = "log " + log_key.verifier().text() + "\nwitness w " + witness.verifier().text() + "\nquorum w\n";
  }

  Bytes build() {
    auto package = build_package(input, sealer, kNow, [this](const Hash& imprint) -> Result<std::optional<Bytes>> {
      return authority.token(imprint);
    });
    EXPECT_TRUE(package) << package.error().message;
    return package ? *package : Bytes{};
  }
  Result<Package> read(const Bytes& package, const std::string& policy = {}) {
    return read_package(package, {{sealer.certificate().pem, authority.certificate_pem(), kNow}, policy});
  }
  static std::string all_lines(const Package& package) {
    std::string text;
    for (const PackageLine& line : package.lines)
      text += std::string(line.mark == Mark::right ? "+ " : line.mark == Mark::wrong ? "- " : "? ") + line.en + "\n";
    return text;
  }

  test::SeededRandom random;
  tlog::SigningKey log_key = tlog::SigningKey::generate("lumen.example/log", tlog::SignatureType::ed25519, random);
  tlog::SigningKey witness = tlog::SigningKey::generate("watch.example", tlog::SignatureType::cosignature, random);
  seal::Sealer sealer = seal::node_sealer();
  seal::TestAuthority authority;
  Id matter;
  PackageInput input;
};

TEST_F(PackageTest, ComesBackAsItWentIn) {
  const auto package = read(build(), input.policy);
  ASSERT_TRUE(package) << package.error().message;
  EXPECT_TRUE(package->holds()) << all_lines(*package);
  EXPECT_EQ(package->matter, input.matter);
  EXPECT_EQ(package->organisation, input.organisation);
  EXPECT_EQ(package->report, input.report);
  ASSERT_EQ(package->leaks.size(), 1U);
  EXPECT_EQ(package->leaks.front().name, "群聊 截图.png");
  EXPECT_EQ(package->leaks.front().bytes, input.leaks.front().bytes);
  ASSERT_EQ(package->masters.size(), 1U);
  EXPECT_EQ(package->masters.front().asset, input.masters.front().asset);
  EXPECT_EQ(all_lines(*package),
            "+ The 3 custody steps follow each other unbroken.\n"
            "+ “群聊 截图.png” is byte for byte what was taken in.\n"
            "+ The 2 entries of evidence of commitment C-2026-0007 follow each other unbroken.\n"
            "+ 3 records are in the transparency log, seen by its witnesses by 2026-11-18 11:06:42 UTC.\n"
            "+ 3 of 3 custody steps stand in the log as they stand here.\n");
  EXPECT_EQ(package->seal.standing, seal::Standing::trusted);
  ASSERT_TRUE(package->seal.timestamp);
}

TEST_F(PackageTest, WhatIsMissingIsSaid) {
  EXPECT_NE(all_lines(*read(build())).find("as the package itself names them"), std::string::npos);
  input.log.front().proof.clear();
  EXPECT_NE(all_lines(*read(build(), input.policy)).find("? 1 records had no proof yet"), std::string::npos);
  input.log.clear();
  input.custody.clear();
  const auto bare = read(build());
  ASSERT_TRUE(bare);
  EXPECT_TRUE(bare->holds());
  EXPECT_EQ(all_lines(*bare),
            "? The package holds no custody record.\n"
            "+ The 2 entries of evidence of commitment C-2026-0007 follow each other unbroken.\n"
            "? The package holds no records of the transparency log.\n");
  EXPECT_EQ(build_package({}, sealer, kNow, {}).error().code, ErrorCode::invalid_argument);
}

TEST_F(PackageTest, WhatContradictsItselfIsSaid) {
  const auto fails = [&](const std::string& with) {
    const auto package = read(build(), input.policy);
    if (!package) return package.error().message.find(with) != std::string::npos;
    return !package->holds() && all_lines(*package).find("- " + with) != std::string::npos;
  };
  const PackageInput good = input;
  input.custody[1].deed.why = "another reason";
  EXPECT_TRUE(fails("Custody step 2 is not what was recorded"));
  input = good;
  input.custody.erase(input.custody.begin());
  EXPECT_TRUE(fails("Custody step 2 is not what was recorded"));
  input = good;
  input.leaks.front().bytes.push_back(0);
  EXPECT_TRUE(fails("No custody step tells how"));
  input = good;
  std::swap(input.log[0].proof, input.log[1].proof);
  EXPECT_TRUE(fails("log/001.json: the proof is of another entry"));
  input = good;
  input.log[2].opening.salt[0] ^= 1;
  EXPECT_TRUE(fails("log/003.json: the opening does not open its commitment"));
  // A chain that was written anew hangs together, but is not what the log has.
  input = good;
  input.custody.clear();
  add_step("opened", "{}");
  Item item;
  item.sha256 = sha256(input.leaks.front().bytes);
  add_step("received", item_facts(item));
  EXPECT_TRUE(fails("0 of 2 custody steps stand in the log"));
}

TEST_F(PackageTest, TheCommitmentsEvidenceIsFollowed) {
  const std::string whole = signing_evidence();
  const auto line_with = [&](const std::string& text) {
    input.documents.back().bytes = to_bytes(text);
    const auto package = read(build(), input.policy);
    return package ? all_lines(*package) : package.error().message;
  };
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = whole;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return line_with(text.replace(at, from.size(), to));
  };
  EXPECT_NE(with("陈静", "陈京").find("- Entry 2 of the evidence of commitment C-2026-0007"), std::string::npos);
  EXPECT_NE(with("\"previous\": \"0000", "\"previous\": \"0001").find("- Entry 1 of"), std::string::npos);
  EXPECT_NE(with("\"hash\"", "\"hush\"").find("- documents/002.json cannot be read."), std::string::npos);
  EXPECT_NE(with("\"entries\": [", "\"entries\": [7, ").find("- documents/002.json cannot be read."),
            std::string::npos);
  EXPECT_EQ(with("evidence-1", "evidence-9").find("of commitment"), std::string::npos) << "not ours to read";
  EXPECT_EQ(line_with("{").find("of commitment"), std::string::npos);
}

TEST_F(PackageTest, ChangedFilesAreNamed) {
  auto files = *seal::read_archive(build());
  for (seal::ArchiveFile& file : files)
    if (file.name == "leak/001.png") file.bytes.back() ^= 1;
  const auto changed = read(*seal::write_archive(files));
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().message, "leak/001.png was altered after the package was sealed");
}

// The commands of VERIFY.txt, as they stand there.
TEST_F(PackageTest, OthersVerifyItByItsOwnInstructions) {
  authority.form.time_ms = kNow;
  const test::TemporaryFolder folder;
  folder.write("L-2026-0001.asice", build());
  const auto run = [&](const std::string& command) {
    return test::run_tool("(cd '" + folder.path("").string() + "' && " + command + ")");
  };
  ASSERT_EQ(run("mkdir evidence && cd evidence && unzip -q ../L-2026-0001.asice").status, 0);
  const std::string text = run("cat evidence/VERIFY.txt").output;
  EXPECT_NE(text.find("如何核对"), std::string::npos);
  std::string commands;
  std::istringstream lines(text.substr(0, text.find("----")));
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("    ") && line.find("openssl") != std::string::npos) {
      commands += line + "\n";
      while (line.ends_with("\\") && std::getline(lines, line)) commands += line + "\n";
    }
  // The authority of this test is not valid today.
  const std::size_t at = commands.find("openssl ts -verify");
  ASSERT_NE(at, std::string::npos) << commands;
  commands.insert(at + 18, " -attime " + std::to_string(kNow / 1000));
  const auto said = run("cd evidence && set -e && sha256sum --strict -c manifest-sha256.txt\n" + commands);
  EXPECT_EQ(said.status, 0) << said.output;
  for (const char* part : {"leak/001.png: OK", "CAdES Verification successful", "Verification: OK",
                           "sha256 Fingerprint=", "Time stamp: Nov 18 11:06:40 2026 GMT"})
    EXPECT_NE(said.output.find(part), std::string::npos) << part << " in\n" << said.output;
  const std::size_t fingerprint = said.output.find("Fingerprint=") + 12;
  EXPECT_NE(text.find(said.output.substr(fingerprint, 95)), std::string::npos);
}

}  // namespace
}  // namespace probity::evidence
