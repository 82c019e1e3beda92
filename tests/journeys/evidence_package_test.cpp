// Sealed documents and evidence packages as they leave a node, checked by others' programs and by ours, offline. The
// time is attested by an authority made of the openssl program, over HTTP.
#include <gtest/gtest.h>

#include <atomic>
#include <ctime>
#include <filesystem>
#include <fstream>

#include "attacks/chain.h"
#include "attacks/picture_file.h"
#include "journeys/node.h"
#include "support/openssl_authority.h"
#include "support/tiny_http.h"

namespace probity::test {
namespace {

using nlohmann::json;

constexpr int kWaitMs = 120'000;

std::string now_text() {
  const std::time_t at = std::time(nullptr);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&at));
  return text;
}

// A node that knows two authorities: one that is down, and openssl's.
class EvidencePackage : public testing::Test {
 protected:
  EvidencePackage() {
    node.stop();
    std::ofstream(node.workspace() + "/probity.toml")
        << "[[timestamp]]\nurl = \"http://127.0.0.1:1/\"\ntimeout_s = 2\n"
        << "[[timestamp]]\nurl = \"" << server.url() << "\"\nroots = \"" << authority.roots_file() << "\"\n";
    node.start();
  }

  // Signs, and keeps the bytes of the copy.
  void sign_and_open() {
    story = begin_story(node.staff());
    invitee = invite(node.staff(), story, 1).front();
    Browser recipient = node.stranger();
    ASSERT_EQ(ask_for_code(recipient, invitee).status, 200);
    ASSERT_EQ(enter(recipient, invitee, mailed_code(node.staff(), email_of(invitee.name))).status, 201);
    ASSERT_EQ(read_and_answer(recipient, story, invitee).status, 200);
    ASSERT_EQ(sign(recipient, invitee).status, 200);
    json copies;
    ASSERT_TRUE(wait_until(
        [&] {
          copies = recipient.get("/recipient/copies").json();
          return copies["total"] == 1 && copies["items"][0]["state"] == "available";
        },
        kWaitMs));
    copy = recipient.get("/recipient/copies/" + copies["items"][0]["id"].get<std::string>() + "/file").body;
  }

  std::string leaked() {
    write("copy.jpg", copy);
    const auto frame = bench::Chain::parse("chat").value().apply(bench::read_rgb(path("copy.jpg")).value(), 1);
    EXPECT_TRUE(frame);
    return std::string(as_text(frame->encoded));
  }

  // Reported, traced, and named by two people.
  std::string named_leak(const std::string& bytes) {
    Browser investigator = node.colleague("investigator");
    Browser reviewer = node.colleague("reviewer");
    const Answer made = investigator.post("/leaks", {{"title", "Coast road in a group chat"},
                                                     {"project", story.project},
                                                     {"sighting",
                                                      {{"address", "https://chat.example/g/1"},
                                                       {"platform", "Sample Chat"},
                                                       {"account", "carfan77"},
                                                       {"channel", "groups"},
                                                       {"seen_at", now_text()},
                                                       {"captured_how", "saved from the group"}}}});
    EXPECT_EQ(made.status, 201) << made.body;
    const std::string leak = "/leaks/" + made.json().value("id", "");
    const json upload =
        investigator.post(leak + "/files", {{"file_name", "群聊.jpg"}, {"size_bytes", bytes.size()}}).json();
    const Answer sent = investigator.send({.method = "PUT",
                                           .path = leak + "/files/" + upload.value("id", "") + "?offset=0",
                                           .body = bytes,
                                           .content_type = "application/octet-stream"});
    EXPECT_EQ(finished_job(investigator, sent.json().value("job", ""))["state"], "done") << sent.body;
    EXPECT_EQ(investigator.change("PUT", leak + "/questions", {{"public_before", "no"}, {"covered", "unknown"}}).status,
              200);
    const Answer asked = investigator.post(leak + "/trace");
    EXPECT_EQ(finished_job(investigator, asked.json().value("id", ""))["state"], "done") << asked.body;
    const Answer wrong = investigator.post(
        leak + "/sightings", {{"address", "A poster in Hall 4"}, {"channel", "other"}, {"seen_at", now_text()}});
    EXPECT_EQ(
        investigator.change("DELETE", leak + "/sightings/" + wrong.json().value("id", ""), {{"reason", "Another car"}})
            .status,
        200);
    const Answer masked = investigator.get(leak + "/package");
    EXPECT_EQ(masked.status, 403) << "the package holds a report that opens its copy, and a commitment with a name";
    EXPECT_EQ(masked.body.find(invitee.name), std::string::npos);
    EXPECT_EQ(investigator.get(leak + "/result").json()["outcome"], "identified");
    EXPECT_EQ(investigator.post(leak + "/unmask", {{"reason", "the bound"}}).status, 200);
    EXPECT_EQ(reviewer.get(leak + "/result").status, 200);
    EXPECT_EQ(reviewer.post(leak + "/unmask/agree", {{"note", "I looked"}}).status, 200);
    const Answer package = investigator.get(leak + "/package");
    EXPECT_EQ(package.status, 200) << package.body.substr(0, 400);
    return package.body;
  }

  // What stands and what was withdrawn, and why.
  void expect_sightings() const {
    const auto sightings = tool("cat evidence/documents/*.txt");
    for (const char* said : {"https://chat.example/g/1", "A poster in Hall 4", "WITHDRAWN", "Another car"})
      EXPECT_NE(sightings.output.find(said), std::string::npos) << sightings.output;
  }

  std::string path(const std::string& name) const { return folder.path(name).string(); }
  void write(const std::string& name, const std::string& bytes) const { folder.write(name, as_bytes(bytes)); }
  ToolResult tool(const std::string& command) const { return run_tool("(cd '" + path("") + "' && " + command + ")"); }
  static Outcome ours(std::vector<std::string> arguments) { return probity(arguments); }

  OpensslAuthority authority;
  std::atomic<bool> answers = true;
  std::atomic<int> questions = 0;
  TinyHttp server{[this](const TinyRequest& request) {
    ++questions;
    if (!answers) return std::string("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
    return TinyHttp::ok(authority.reply(request.body), "application/timestamp-reply");
  }};
  TemporaryFolder folder;
  Node node;
  Story story;
  Invitee invitee;
  std::string copy;
};

TEST_F(EvidencePackage, StandsWithoutUs) {
  sign_and_open();
  const std::string leak_bytes = leaked();
  write("evidence.asice", named_leak(leak_bytes));

  ASSERT_EQ(tool("mkdir evidence && cd evidence && unzip -q ../evidence.asice").status, 0);
  expect_sightings();
  const auto hashes = tool("cd evidence && sha256sum --strict -c manifest-sha256.txt");
  EXPECT_EQ(hashes.status, 0) << hashes.output;
  const auto seal = tool(
      "cd evidence && openssl cms -verify -cades -binary -inform DER -in META-INF/signature001.p7s -content "
      "META-INF/ASiCManifest001.xml -CAfile certificates/sealer.pem -partial_chain -purpose any -out /dev/null");
  EXPECT_NE(seal.output.find("CAdES Verification successful"), std::string::npos) << seal.output;
  const auto time = tool(
      "cd evidence && openssl ts -verify -token_in -in META-INF/timestamp002.tst -data META-INF/ASiCManifest002.xml "
      "-CAfile '" +
      authority.roots_file() + "'");
  EXPECT_NE(time.output.find("Verification: OK"), std::string::npos) << time.output;
  std::ifstream original(path("evidence/leak/001.jpg"), std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(original), {}), leak_bytes) << "untouched";

  const Outcome checked = ours({"report", "check", path("evidence.asice")});
  EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
  for (const char* line :
       {"custody steps follow each other unbroken", "byte for byte what was taken in",
        "and read again: the cells say what the report says", "From that reading alone", "The report holds"})
    EXPECT_NE(checked.out.find(line), std::string::npos) << line << " in\n" << checked.out;

  const Outcome verified = ours({"verify", path("evidence.asice"), "--certificate", node.workspace() + "/keys/seal.crt",
                                 "--authorities", authority.roots_file(), "--json"});
  const json facts = json::parse(verified.out, nullptr, false);
  EXPECT_TRUE(verified.exit_code == 0 || verified.exit_code == 13) << verified.out << verified.err;
  EXPECT_EQ(facts["holds"], true) << verified.out;
  EXPECT_EQ(facts["certificate"]["standing"], "trusted");
  EXPECT_EQ(facts["timestamp"]["standing"], "trusted");
  EXPECT_EQ(facts["timestamp"]["authority"], "Meridian Time");

  // What the named recipient promised: the sealed commitment, and the evidence of how it was signed.
  const json contents = json::parse(std::ifstream(path("evidence/contents.json")), nullptr, false);
  std::string commitment, signing;
  for (const auto& file : contents["files"]) {
    if (file["about"]["en"] == "The commitment of the named recipient, sealed") commitment = file["path"];
    if (file["name"].get<std::string>().ends_with("-evidence.json")) signing = file["path"];
  }
  ASSERT_NE(commitment, "") << contents;
  const auto pdf = tool("pdfsig -nocert evidence/" + commitment);
  EXPECT_NE(pdf.output.find("Signature is Valid."), std::string::npos) << pdf.output;
  EXPECT_NE(tool("pdftotext evidence/" + commitment + " -").output.find(invitee.name), std::string::npos);
  EXPECT_NE(tool("cat evidence/" + signing).output.find("probity-commitment-evidence-1"), std::string::npos);
  EXPECT_NE(checked.out.find("entries of evidence of commitment"), std::string::npos) << checked.out;
  EXPECT_EQ(tool("grep -l commitment_in_force evidence/log/*.json").status, 0);

  // Any file exchanged, and the whole says so.
  ASSERT_EQ(tool("cd evidence && printf x >> leak/001.jpg && zip -q -X ../doctored.asice mimetype -0 && "
                 "zip -q -X -r ../doctored.asice . -x mimetype")
                .status,
            0);
  const Outcome doctored = ours({"verify", path("doctored.asice")});
  EXPECT_EQ(doctored.exit_code, 23) << doctored.out << doctored.err;
  EXPECT_EQ(ours({"report", "check", path("doctored.asice")}).exit_code, 23);
}

// No authority answers at first, and the node is killed while it waits: the seal comes all the same, with its time.
TEST_F(EvidencePackage, CommitmentsAreSealedWithAttestedTime) {
  answers = false;
  sign_and_open();
  const std::string document = "/commitments/" + invitee.commitment + "/document";
  ASSERT_TRUE(wait_until([&] { return questions >= 2; }, kWaitMs));
  Answer answer = node.staff().get(document);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body.find("/ETSI.CAdES.detached"), std::string::npos) << "not sealed before its time is attested";
  node.crash_and_restart();
  answers = true;
  ASSERT_TRUE(wait_until(
      [&] {
        answer = node.staff().get(document);
        return answer.status == 200 && answer.body.find("/ETSI.CAdES.detached") != std::string::npos;
      },
      kWaitMs));
  write("commitment.pdf", answer.body);
  const auto others = tool("pdfsig -nocert commitment.pdf");
  EXPECT_NE(others.output.find("Signature is Valid."), std::string::npos) << others.output;
  const Outcome bare = ours({"verify", path("commitment.pdf")});
  EXPECT_EQ(bare.exit_code, 13) << bare.out << bare.err;
  EXPECT_NE(bare.out.find("Compare its SHA-256 fingerprint"), std::string::npos) << bare.out;
  const std::vector<std::string> known{"--certificate", node.workspace() + "/keys/seal.crt", "--authorities",
                                       authority.roots_file()};
  const auto with = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), known.begin(), known.end());
    return ours(arguments);
  };
  const Outcome whole = with({"verify", path("commitment.pdf")});
  EXPECT_EQ(whole.exit_code, 0) << whole.out << whole.err;
  EXPECT_NE(whole.out.find("attested by Meridian Time"), std::string::npos) << whole.out;
  EXPECT_NE(with({"--lang", "zh", "verify", path("commitment.pdf")}).out.find("没有任何字节被改动"), std::string::npos);
  std::string doctored = answer.body;
  doctored[doctored.size() / 3] ^= 1;
  write("doctored.pdf", doctored);
  EXPECT_EQ(with({"verify", path("doctored.pdf")}).exit_code, 23);
  write("plain.pdf", "%PDF-1.5\n");
  EXPECT_EQ(with({"verify", path("plain.pdf")}).exit_code, 23);
  write("text.txt", "hello");
  EXPECT_EQ(with({"verify", path("text.txt")}).exit_code, 24);
}

}  // namespace
}  // namespace probity::test
