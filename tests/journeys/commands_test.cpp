// The verbs of the node from the command line: what the pages do, without a server.
#include <gtest/gtest.h>

#include <fstream>

#include "journeys/launch.h"

namespace probity::test {
namespace {

using nlohmann::json;

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

class Commands : public ::testing::Test {
 protected:
  // What must succeed, and its words.
  std::string done(const std::vector<std::string>& arguments) {
    const Outcome outcome = launch_.run(arguments);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return outcome.out;
  }
  // What must be refused with this exit code, and why.
  std::string refused(int exit_code, const std::vector<std::string>& arguments) {
    const Outcome outcome = launch_.run(arguments);
    EXPECT_EQ(outcome.exit_code, exit_code) << outcome.out << outcome.err;
    EXPECT_TRUE(says(outcome.err, "What to do") || says(outcome.err, "--help")) << outcome.err;
    return outcome.err;
  }
  // A project and a commitment asked of Mira Holloway in it.
  std::string ask() {
    done({"project", "add", "Coast", "--embargo", "lift=2027-03-01T18:00:00+01:00@Europe/Berlin"});
    done({"party", "add", "Mira Holloway", "--organisation", "Motor Weekly", "--email", "mira@example.org"});
    const json sent = launch_.json(
        {"commitment", "send", "--template", "press", "--to", "Mira Holloway, Motor Weekly", "--liable", "person"});
    EXPECT_FALSE(sent.is_null());
    return launch_.json({"commitment", "list"})["commitments"][0]["number"].get<std::string>();
  }
  std::string state_of(const std::string& commitment) {
    return launch_.json({"commitment", "show", commitment})["commitment"]["state"].get<std::string>();
  }

  Launch launch_ = Launch::empty();
};

TEST_F(Commands, SayWhatToDoWhileThereIsNothing) {
  for (const char* noun : {"project", "party", "commitment", "delivery", "outbox", "job", "account"}) {
    EXPECT_TRUE(says(done({noun, "list"}), "No ")) << noun;
    EXPECT_TRUE(launch_.json({noun, "list"}).is_object()) << noun;
  }
  EXPECT_TRUE(says(done({"--lang", "zh", "project", "list"}), "probity project add"));
}

TEST_F(Commands, AskForACommitmentAndFollowIt) {
  const std::string number = ask();
  EXPECT_TRUE(says(done({"commitment", "list"}), "Mira Holloway"));
  EXPECT_EQ(state_of(number), "sent");
  EXPECT_EQ(launch_.json({"commitment", "list", "--state", "in_force"})["commitments"].size(), 0U);
  refused(2, {"commitment", "list", "--state", "signed-ish"});

  const json mails = launch_.json({"outbox", "list"});
  ASSERT_EQ(mails["mails"].size(), 1U);
  EXPECT_TRUE(says(done({"outbox", "show", mails["mails"][0]["id"].get<std::string>()}), "http"));
  EXPECT_TRUE(says(done({"commitment", "link", number}), "http"));
  done({"commitment", "remind", number});
  EXPECT_EQ(launch_.json({"outbox", "list"})["mails"].size(), 2U);
  EXPECT_TRUE(says(done({"activity"}), number));

  EXPECT_TRUE(says(refused(2, {"commitment", "revoke", number}), "--reason"));
  done({"commitment", "revoke", number, "--reason", "Left the outlet"});
  EXPECT_EQ(state_of(number), "revoked");
  const Outcome again = launch_.run({"commitment", "revoke", number, "--reason", "Left the outlet"});
  EXPECT_NE(again.exit_code, 0);
  refused(20, {"commitment", "show", "C-9999-0001"});
}

TEST_F(Commands, DraftBeforeSending) {
  done({"project", "add", "Coast"});
  done({"commitment", "send", "--template", "press", "--to", "Mira Holloway, Motor Weekly", "--liable", "person",
        "--draft"});
  const std::string number = launch_.json({"commitment", "list"})["commitments"][0]["number"].get<std::string>();
  EXPECT_EQ(state_of(number), "draft");
  EXPECT_EQ(launch_.json({"outbox", "list"})["mails"].size(), 0U);
  done({"commitment", "send-draft", number});
  EXPECT_EQ(state_of(number), "sent");
}

TEST_F(Commands, ImportPartiesOrNothing) {
  std::ofstream(launch_.file("people.csv")) << "name,kind,organisation,email\n"
                                               "Ana Quill,person,Lantern Review,ana@example.org\n"
                                               "Bo Reed,person,Lantern Review,no address\n";
  const Outcome outcome = launch_.run({"party", "import", launch_.file("people.csv")});
  EXPECT_NE(outcome.exit_code, 0);
  EXPECT_TRUE(says(outcome.out + outcome.err, "3")) << "names the row";
  EXPECT_EQ(launch_.json({"party", "list"})["parties"].size(), 0U);

  std::ofstream(launch_.file("people.csv")) << "name,kind,organisation,email\n"
                                               "Ana Quill,person,Lantern Review,ana@example.org\n"
                                               "Bo Reed,person,Lantern Review,bo@example.org\n";
  done({"party", "import", launch_.file("people.csv"), "--dry-run"});
  EXPECT_EQ(launch_.json({"party", "list"})["parties"].size(), 0U);
  done({"party", "import", launch_.file("people.csv")});
  EXPECT_EQ(launch_.json({"party", "list"})["parties"].size(), 3U) << "two people and their organisation";
  EXPECT_TRUE(says(done({"party", "show", "Ana Quill"}), "Lantern Review"));
}

TEST_F(Commands, InviteNobodyBeforeTheFirstAccount) {
  const std::string why =
      refused(26, {"account", "invite", "--name", "Ida Vale", "ida@example.org", "--role", "reviewer"});
  EXPECT_TRUE(says(why, "probity serve")) << why;
  refused(2, {"account", "invite", "--name", "Ida Vale", "ida@example.org", "--role", "emperor"});
}

// With an asset, people who signed on paper, and their copies.
TEST(DeliveryCommands, CloseAndOpenCopiesAgain) {
  const Launch launch;
  const std::vector<std::string> mira{"--to", "Mira Holloway, Motor Weekly"};
  launch.sign(mira);
  ASSERT_EQ(launch.run({"copy", "issue", "coast", mira[0], mira[1], "--out", launch.file("copies")}).exit_code, 0);
  const json listed = launch.json({"delivery", "list"});
  ASSERT_EQ(listed["deliveries"].size(), 1U);
  const std::string copy = listed["deliveries"][0]["copy"].get<std::string>();
  const auto state = [&] { return launch.json({"delivery", "list"})["deliveries"][0]["state"].get<std::string>(); };
  EXPECT_EQ(state(), "available");

  EXPECT_EQ(launch.run({"delivery", "revoke", copy}).exit_code, 2) << "a reason is asked for";
  EXPECT_EQ(launch.run({"delivery", "revoke", copy, "--reason", "Sent to the wrong desk"}).exit_code, 0);
  EXPECT_EQ(state(), "revoked");
  EXPECT_EQ(launch.run({"delivery", "restore", copy}).exit_code, 0);
  EXPECT_EQ(state(), "available");
  EXPECT_EQ(launch.run({"delivery", "extend", copy, "--until", "2099-01-01T00:00:00Z"}).exit_code, 0);

  EXPECT_EQ(launch.run({"asset", "withdraw", "coast"}).exit_code, 0);
  EXPECT_NE(state(), "available");
  EXPECT_EQ(launch.run({"asset", "offer", "coast", "--watermark"}).exit_code, 0);
}

}  // namespace
}  // namespace probity::test
