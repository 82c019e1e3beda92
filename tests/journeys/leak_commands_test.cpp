// Leaks from the command line: where they were seen, who had published them, and the matter itself.
#include <fstream>

#include "journeys/matter_commands.h"

namespace probity::test {
namespace {

using nlohmann::json;

class LeakCommands : public MatterCommands {
 protected:
  void SetUp() override { leak_ = made({"leak", "report", "A picture in a group"})["number"]; }
  std::string leak_;
};

TEST_F(LeakCommands, RecordWhereItWasSeen) {
  EXPECT_TRUE(says(done({"leak", "places", leak_}), "probity leak seen"));
  std::ofstream(launch_.file("capture.txt")) << "a page that was saved";
  done({"leak", "add", leak_, launch_.file("capture.txt"), "--kind", "capture"});
  const json seen =
      made({"leak", "seen", leak_, "https://chat.example/g/1", "--platform", "Sample Chat", "--account", "carfan77",
            "--channel", "groups", "--seen", days_from_today(-2), "--captured-how", "saved", "--file", "capture.txt"});
  EXPECT_EQ(seen["address"], "https://chat.example/g/1");
  EXPECT_EQ(seen["account"], "carfan77");
  EXPECT_FALSE(seen["item"].is_null());
  EXPECT_TRUE(seen["taken_down_at"].is_null());
  EXPECT_TRUE(says(done({"leak", "seen", leak_, "A poster in Hall 4"}), "A poster in Hall 4 (other)"));
  EXPECT_TRUE(says(refused(2, {"leak", "seen", leak_, "Nowhere", "--channel", "smoke"}), "channel"));
  refused(2, {"leak", "seen", leak_, "Tomorrow", "--seen", days_from_today(3)});
  refused(20, {"leak", "seen", leak_, "Somewhere", "--file", "lost.txt"});

  const json down = made({"leak", "seen-edit", leak_, "https://chat.example/g/1", "--taken-down", days_from_today(-1)});
  EXPECT_FALSE(down["taken_down_at"].is_null());
  // A note leaves the time alone; "none" says that it is there again.
  const json noted = made({"leak", "seen-edit", leak_, down["id"], "--note", "The admin did it"});
  EXPECT_EQ(noted["taken_down_at"], down["taken_down_at"]);
  EXPECT_EQ(noted["note"], "The admin did it");
  EXPECT_TRUE(made({"leak", "seen-edit", leak_, down["id"], "--taken-down", "none"})["taken_down_at"].is_null());
  EXPECT_TRUE(says(refused(20, {"leak", "seen-edit", leak_, "elsewhere", "--note", "x"}), "probity leak places"));
  EXPECT_TRUE(says(refused(2, {"leak", "seen-edit", leak_, down["id"], "--taken-down", days_from_today(-5)}),
                   "before it was seen"));
  EXPECT_TRUE(says(refused(2, {"leak", "seen-edit", leak_, down["id"]}), "--address"));
  EXPECT_EQ(made({"leak", "places", leak_})["sightings"].size(), 2U);
  EXPECT_TRUE(says(done({"--lang", "zh", "leak", "places", leak_}), "https://chat.example/g/1（groups, carfan77）"));
}

TEST_F(LeakCommands, CorrectWithdrawAndRestoreWhereItWasSeen) {
  const std::string id = made({"leak", "seen", leak_, "https://chat.example/g/1", "--account", "carfan77", "--seen",
                               days_from_today(-2)})["id"];
  EXPECT_TRUE(says(refused(2, {"leak", "seen-edit", leak_, id, "--account", "carfan78"}), "reason"));
  const json corrected =
      made({"leak", "seen-edit", leak_, id, "--account", "carfan78", "--address", "https://chat.example/g/2",
            "--channel", "groups", "--reason", "Misread the screenshot"});
  EXPECT_EQ(corrected["account"], "carfan78");
  EXPECT_EQ(corrected["changes"][0]["before"],
            (json{{"account", "carfan77"}, {"address", "https://chat.example/g/1"}, {"channel", "other"}}));
  EXPECT_EQ(corrected["changes"][0]["reason"], "Misread the screenshot");
  EXPECT_TRUE(says(done({"leak", "places", leak_}), "Misread the screenshot"));
  EXPECT_TRUE(says(refused(2, {"leak", "seen-edit", leak_, id, "--account", "carfan78", "--reason", "again"}),
                   "nothing is to be changed"));

  EXPECT_TRUE(says(refused(2, {"leak", "seen-withdraw", leak_, id}), "--reason"));
  const json gone = made({"leak", "seen-withdraw", leak_, "https://chat.example/g/2", "--reason", "Another car"});
  EXPECT_EQ(gone["withdrawn"]["reason"], "Another car");
  EXPECT_TRUE(says(done({"leak", "places", leak_}), "Another car"));
  EXPECT_TRUE(says(done({"--lang", "zh", "leak", "places", leak_}), "撤回于"));
  refused(26, {"leak", "seen-withdraw", leak_, id, "--reason", "twice"});
  refused(26, {"leak", "seen-edit", leak_, id, "--note", "late"});
  EXPECT_TRUE(made({"leak", "show", leak_})["first_seen_at"].is_null());
  EXPECT_TRUE(made({"leak", "seen-restore", leak_, id, "--reason", "It was ours"})["withdrawn"].is_null());
  refused(26, {"leak", "seen-restore", leak_, id, "--reason", "twice"});
  const std::string custody = done({"leak", "custody", leak_});
  for (const char* told : {"Sighting corrected", "Sighting withdrawn", "Sighting restored", "It was ours"})
    EXPECT_TRUE(says(custody, told)) << told;

  // A case that took the sighting over says what became of it.
  const std::string number = made({"case", "open", "A picture", "--leak", leak_})["number"];
  made({"leak", "seen-edit", leak_, id, "--account", "carfan79", "--reason", "Read it once more"});
  made({"leak", "seen-withdraw", leak_, id, "--reason", "A rumour"});
  const json shown = made({"case", "show", number});
  std::size_t withdrawn = 0, told = 0;
  for (const json& moment : shown["timeline"]) {
    withdrawn += moment["withdrawn"] == true && moment["what"] == "Seen, carfan79: https://chat.example/g/2" ? 1U : 0U;
    told += says(moment["what"], "until then: Seen, carfan78") || says(moment["what"], "(A rumour)") ? 1U : 0U;
    if (says(moment["what"], "A rumour")) {
      EXPECT_TRUE(says(moment["what_zh"], "撤回发现记录"));
    }
  }
  EXPECT_EQ(withdrawn, 1U) << shown["timeline"].dump(1);
  EXPECT_EQ(told, 2U) << shown["timeline"].dump(1);
  done({"case", "check"});
}

TEST_F(LeakCommands, WriteEvidenceOutAsItCame) {
  std::ofstream(launch_.file("found.txt")) << "what the group's owner wrote";
  done({"leak", "add", leak_, launch_.file("found.txt")});
  const std::string copy = launch_.file("copy.txt");
  const json written = made({"leak", "download", leak_, "found.txt", "--out", copy});
  EXPECT_EQ(written["size_bytes"], 28);
  EXPECT_EQ(read_text_file(copy), "what the group's owner wrote");
  refused(21, {"leak", "download", leak_, "found.txt", "--out", copy});
  EXPECT_TRUE(says(
      done({"leak", "download", leak_, written["sha256"].get<std::string>().substr(0, 12), "--out", copy, "--force"}),
      copy));
  refused(20, {"leak", "download", leak_, "lost.txt"});
  std::size_t taken = 0;
  const json custody = made({"leak", "custody", leak_});
  for (const json& step : custody["steps"]) taken += step["action"] == "downloaded" ? 1U : 0U;
  EXPECT_EQ(taken, 2U);
  // The same of a case's own evidence; that of its leak is read there.
  const std::string number = made({"case", "open", "A drawing", "--leak", leak_})["number"];
  std::ofstream(launch_.file("letter.txt")) << "a letter";
  done({"case", "add-file", number, launch_.file("letter.txt")});
  EXPECT_EQ(made({"case", "download", number, "letter.txt", "--out", copy, "--force"})["size_bytes"], 8);
  EXPECT_EQ(read_text_file(copy), "a letter");
  refused(20, {"case", "download", number, "found.txt"});
  done({"case", "check"});
  EXPECT_TRUE(says(refused(20, {"leak", "footage", leak_}), "compared"));
}

TEST_F(LeakCommands, CompareItWithFramesThatWereHandedIn) {
  EXPECT_TRUE(says(refused(26, {"leak", "footage-find", leak_}), "no picture"));
  const std::string photo = small_photo();
  done({"leak", "add", leak_, photo});
  EXPECT_TRUE(says(refused(26, {"leak", "footage-find", leak_}), "no project"));
  refused(20, {"leak", "footage-stop", leak_});
  done({"project", "add", "Coast"});
  done({"leak", "edit", leak_, "--project", "Coast"});
  launch_.sign({"--to", "Mira Holloway, Motor Weekly"});
  done({"shoot", "open", "Night preview", "--place", "Hall 4", "--attendee", "Mira Holloway"});
  done({"shoot", "hand-in", "Night preview", photo, "--of", "Mira Holloway"});
  refused(20, {"leak", "footage-find", leak_, "--shoot", "Day preview"});

  // Only asked for, and stopped before anybody began.
  EXPECT_EQ(made({"leak", "footage-find", leak_, "--queue"})["kind"], "match_own_footage");
  EXPECT_TRUE(says(done({"leak", "footage", leak_}), "under way"));
  EXPECT_EQ(made({"leak", "footage-stop", leak_})["state"], "failed");
  EXPECT_TRUE(says(refused(26, {"leak", "footage-stop", leak_}), "under way"));

  const json found = made({"leak", "footage-find", leak_, "--shoot", "Night preview"});
  EXPECT_EQ(found["state"], "done");
  ASSERT_EQ(found["leads"].size(), 1U);
  EXPECT_EQ(found["leads"][0]["match"], "same_file");
  EXPECT_EQ(made({"leak", "footage", leak_})["leads"], found["leads"]);
  EXPECT_TRUE(says(done({"leak", "footage-find", leak_}), "Mira Holloway"));
  EXPECT_TRUE(says(done({"--lang", "zh", "leak", "footage-find", leak_}), "照片"));
  done({"leak", "close", leak_, "--reason", "own_release"});
  EXPECT_TRUE(says(refused(26, {"leak", "footage-find", leak_}), "closed"));
}

TEST_F(LeakCommands, RecordWhoHadPublishedIt) {
  const json published = made({"leak", "publication", leak_, "Sample Gazette", "--published", days_from_today(-9),
                               "--address", "https://gazette.example/7", "--note", "On page 3"});
  EXPECT_EQ(published["where"], "Sample Gazette");
  EXPECT_EQ(published["note"], "On page 3");
  EXPECT_TRUE(says(done({"leak", "places", leak_}), "Sample Gazette https://gazette.example/7"));
  EXPECT_EQ(made({"leak", "show", leak_})["publications"].size(), 1U);
  EXPECT_TRUE(
      says(refused(2, {"leak", "publication", leak_, "Sample Gazette", "--published", days_from_today(9)}), "future"));
  EXPECT_TRUE(says(refused(2, {"leak", "publication", leak_, "Sample Gazette"}), "--published"));
}

TEST_F(LeakCommands, ChangeCloseAndOpenTheMatterAgain) {
  done({"project", "add", "Coast"});
  const json changed =
      made({"leak", "edit", leak_, "--title", "Two pictures in a group", "--note", "Both small", "--project", "Coast"});
  EXPECT_EQ(changed["title"], "Two pictures in a group");
  EXPECT_EQ(changed["project_name"], "Coast");
  EXPECT_EQ(made({"leak", "show", leak_})["note"], "Both small");
  EXPECT_TRUE(made({"leak", "edit", leak_, "--project", "none"})["project"].is_null());
  EXPECT_TRUE(says(refused(2, {"leak", "edit", leak_}), "--title"));
  refused(20, {"leak", "edit", leak_, "--project", "Harbour"});
  EXPECT_TRUE(says(refused(26, {"leak", "reopen", leak_, "--reason", "Look again"}), "open"));
  done({"leak", "close", leak_, "--reason", "rumour"});
  EXPECT_NE(launch_.run({"leak", "edit", leak_, "--title", "Closed"}).exit_code, 0);
  EXPECT_EQ(made({"leak", "reopen", leak_, "--reason", "It was real"})["state"], "reported");
  EXPECT_TRUE(says(done({"leak", "custody", leak_}), "It was real"));
  // Only a person with an account asks for a name, and takes that back.
  refused(31, {"leak", "withdraw", leak_});
}

}  // namespace
}  // namespace probity::test
