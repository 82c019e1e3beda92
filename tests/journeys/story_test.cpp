// The story path through the built program, and what it answers to bad input.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "attacks/chain.h"
#include "attacks/picture_file.h"
#include "journeys/launch.h"

namespace probity::test {
namespace {

namespace fs = std::filesystem;

TEST(Story, issues_exports_and_verifies) {
  const Launch launch;
  launch.sign({"--to", "Mira Holloway, Motor Weekly", "--to", "林小雨，星河车评"});
  const auto issued = launch.json({"copy", "issue", "coast", "--to", "Mira Holloway, Motor Weekly", "--to",
                                   "林小雨，星河车评", "--out", launch.file("copies")});
  EXPECT_EQ(issued["registered"], 2);
  EXPECT_EQ(issued["written"], 2);
  const std::string copy_file = issued["copies"][0]["file"];
  EXPECT_NE(copy_file.find("coast--mira-holloway--motor-weekly--"), std::string::npos);

  const Outcome exported =
      launch.run({"copy", "export", "coast", "--to", "MIRA HOLLOWAY, motor weekly", "--out", launch.file("again.jpg")});
  EXPECT_EQ(exported.exit_code, 0) << exported.err;
  EXPECT_EQ(read_text_file(launch.file("again.jpg")), read_text_file(copy_file));
  EXPECT_NE(read_text_file(copy_file), read_text_file(issued["copies"][1]["file"]));
  EXPECT_EQ(fs::file_size(copy_file), fs::file_size(std::string(issued["copies"][1]["file"])));

  const auto verified = launch.json({"register", "verify"});
  EXPECT_EQ(verified["ok"], true);
  EXPECT_EQ(verified["copies"], 2);
  EXPECT_EQ(verified["makings"], 3);
  EXPECT_EQ(launch.json({"copy", "list"})["copies"].size(), 2U);
  EXPECT_EQ(launch.json({"asset", "list"})["assets"][0]["title"], "coast");
  EXPECT_EQ(launch.json({"asset", "show", "coast"})["copies"], 2);
}

TEST(Story, issuing_again_gives_the_same_copies) {
  const Launch launch;
  launch.sign({"--csv", launch.write_people(5)});
  const std::vector<std::string> command{
      "copy", "issue", "coast", "--csv", launch.write_people(5), "--out", launch.file("copies")};
  const auto first = launch.json(command);
  const auto second = launch.json(command);
  EXPECT_EQ(second["registered"], 0);
  EXPECT_EQ(second["written"], 0);
  EXPECT_EQ(second["present"], 5);
  EXPECT_EQ(first["copies"][3]["copy"], second["copies"][3]["copy"]);
}

TEST(Story, no_byte_leaves_before_the_commitment_is_in_force) {
  const Launch launch;
  const std::vector<std::string> issue{
      "copy", "issue", "coast", "--to", "Mira Holloway, Motor Weekly", "--out", launch.file("copies")};
  const Outcome refused = launch.run(issue);
  EXPECT_EQ(refused.exit_code, 32) << refused.out << refused.err;
  EXPECT_NE(refused.err.find("Mira Holloway"), std::string::npos) << refused.err;
  EXPECT_TRUE(launch.files_in("copies").empty());
  EXPECT_EQ(
      launch.run({"copy", "export", "coast", "--to", "Mira Holloway, Motor Weekly", "--out", launch.file("mine.jpg")})
          .exit_code,
      32);
  EXPECT_EQ(launch.json({"register", "verify"})["makings"], 0);
  launch.sign({"--to", "Mira Holloway, Motor Weekly"});
  EXPECT_EQ(launch.run(issue).exit_code, 0);
  EXPECT_EQ(launch.json({"register", "verify"})["makings"], 1);
}

TEST(Story, an_untouched_copy_is_identified) {
  const Launch launch;
  launch.run({"copy", "issue", "coast", "--csv", launch.write_people(200)});
  launch.sign({"--to", "Test Person 17, Sample Gazette 3"});
  launch.run(
      {"copy", "export", "coast", "--to", "Test Person 17, Sample Gazette 3", "--out", launch.file("found.jpg")});
  const Outcome traced =
      launch.run({"leak", "trace", launch.file("found.jpg"), "--json", "--report", launch.file("report")});
  ASSERT_EQ(traced.exit_code, 0) << traced.out << traced.err;
  const auto json = nlohmann::json::parse(traced.out);
  EXPECT_EQ(json["verdict"], "identified");
  const auto copies = launch.json({"copy", "list"})["copies"];
  EXPECT_EQ(json["copy"], copies[17]["copy"]);
  EXPECT_EQ(json["recipient"]["masked"], true);
  for (const char* field : {"copy", "recipient", "bound", "asset"}) EXPECT_TRUE(json.contains(field)) << field;
  // The name takes a second person: it stands neither in what is said nor in the report.
  EXPECT_EQ(traced.out.find("Test Person"), std::string::npos);
  for (const auto& name : launch.files_in("report"))
    EXPECT_EQ(read_text_file(launch.file("report/" + name)).find("Test Person"), std::string::npos) << name;
  const Outcome checked = launch.run({"report", "check", launch.file("report")});
  EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
}

TEST(Story, a_copy_from_a_chat_is_identified) {
  const Launch launch;
  launch.run({"copy", "issue", "coast", "--csv", launch.write_people(50)});
  launch.sign({"--to", "Test Person 3, Sample Gazette 3"});
  launch.run({"copy", "export", "coast", "--to", "Test Person 3, Sample Gazette 3", "--out", launch.file("mine.jpg")});
  const auto frame = bench::Chain::parse("jpeg:60").value().apply(bench::read_rgb(launch.file("mine.jpg")).value(), 1);
  ASSERT_TRUE(frame);
  ASSERT_TRUE(bench::write_file(launch.file("found.jpg"), frame->encoded));
  const auto traced = launch.json({"leak", "trace", launch.file("found.jpg")});
  EXPECT_EQ(traced["verdict"], "identified");
}

TEST(Story, the_master_itself_and_strangers_name_nobody) {
  const Launch launch;
  launch.run({"copy", "issue", "coast", "--csv", launch.write_people(50)});
  EXPECT_EQ(launch.run({"leak", "trace", small_photo(0)}).exit_code, 11);
  EXPECT_EQ(launch.run({"leak", "trace", small_photo(1)}).exit_code, 12);
}

TEST(Story, an_empty_register_names_nobody) {
  const Launch launch;
  EXPECT_EQ(launch.run({"leak", "trace", small_photo(0)}).exit_code, 11);
  EXPECT_EQ(Launch::empty().run({"leak", "trace", small_photo(0)}).exit_code, 20);
}

TEST(BadInput, says_what_is_no_picture) {
  const Launch launch;
  std::ofstream(launch.file("text.jpg")) << "not a picture";
  const std::string photo = read_text_file(small_photo(1));
  std::ofstream(launch.file("half.jpg")) << photo.substr(0, photo.size() / 2);
  EXPECT_EQ(launch.run({"asset", "add", launch.file("text.jpg")}).exit_code, 22);
  EXPECT_EQ(launch.run({"asset", "add", launch.file("half.jpg")}).exit_code, 22);
  EXPECT_EQ(launch.run({"leak", "trace", launch.file("text.jpg")}).exit_code, 22);
  EXPECT_EQ(launch.run({"asset", "add", launch.file("missing.jpg")}).exit_code, 20);
  EXPECT_EQ(launch.run({"asset", "add", launch.file(".")}).exit_code, 2);
  EXPECT_EQ(launch.json({"asset", "list"})["assets"].size(), 1U);
  EXPECT_EQ(launch.json({"register", "verify"})["entries"], 2);
}

TEST(BadInput, adds_the_good_files_beside_the_bad) {
  const Launch launch;
  std::ofstream(launch.file("text.jpg")) << "not a picture";
  EXPECT_EQ(launch.run({"asset", "add", launch.file("text.jpg"), small_photo(1), small_photo(0)}).exit_code, 22);
  EXPECT_EQ(launch.json({"asset", "list"})["assets"].size(), 2U);
}

TEST(BadInput, imports_no_list_with_bad_rows) {
  const Launch launch;
  std::ofstream(launch.file("people.csv")) << "name,outlet\nMira Holloway,Motor Weekly\n,\nonly one\n";
  const Outcome outcome = launch.run({"copy", "issue", "coast", "--csv", launch.file("people.csv")});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("line 3"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("line 4"), std::string::npos) << outcome.err;
  EXPECT_EQ(launch.json({"copy", "list"})["copies"].size(), 0U);
}

TEST(BadInput, writes_over_nothing_unless_told) {
  const Launch launch;
  launch.sign({"--to", "Mira Holloway, Motor Weekly"});
  launch.run({"copy", "issue", "coast", "--to", "Mira Holloway, Motor Weekly"});
  std::ofstream(launch.file("mine.jpg")) << "precious";
  const std::vector<std::string> command{
      "copy", "export", "coast", "--to", "Mira Holloway, Motor Weekly", "--out", launch.file("mine.jpg")};
  EXPECT_EQ(launch.run(command).exit_code, 21);
  EXPECT_EQ(read_text_file(launch.file("mine.jpg")), "precious");
  EXPECT_EQ(launch.json({"register", "verify"})["makings"], 0);
  auto forced = command;
  forced.push_back("--force");
  EXPECT_EQ(launch.run(forced).exit_code, 0);
  EXPECT_NE(read_text_file(launch.file("mine.jpg")), "precious");
}

TEST(BadInput, answers_in_the_language_asked_for) {
  const Launch launch;
  EXPECT_NE(launch.run({"asset", "show", "nothing", "--lang", "zh"}).err.find("未找到"), std::string::npos);
  EXPECT_NE(launch.run({"asset", "show", "nothing"}).err.find("Not found"), std::string::npos);
  const auto error = launch.json({"asset", "show", "nothing"});
  EXPECT_EQ(error["error"]["code"], "not_found");
  EXPECT_EQ(launch.run({"no-such-command"}).exit_code, 2);
  EXPECT_EQ(launch.run({"--help"}).exit_code, 0);
}

TEST(BadInput, says_of_a_wrong_command_line_what_is_wrong_in_both_languages) {
  struct Case {
    std::vector<std::string> arguments;
    std::string english, chinese;
  };
  const std::vector<Case> cases{
      {{"asset"}, "probity asset is not a whole command", "probity asset 不是完整的命令"},
      {{"no-such-command"}, "probity has no command no-such-command", "probity 没有命令 no-such-command"},
      {{"asset", "shwo"}, "probity asset has no command shwo", "probity asset 没有命令 shwo"},
      {{"asset", "show"}, "<asset> must be given", "必须给出 <asset>"},
      {{"copy", "export", "coast", "--out", "x.jpg"}, "--to must be given", "必须给出 --to"},
      {{"asset", "list", "--colour"}, "--colour is not expected here", "此处不应有 --colour"},
      {{"asset", "show", "coast", "--project"}, "--project is not expected here", "此处不应有 --project"},
      {{"copy", "list", "--workspace"}, "--workspace needs a value", "--workspace 缺少取值"},
      {{"project", "list", "--limit", "0"}, "--limit must be from 1 to 500", "--limit 须在 1 至 500 之间"},
      {{"project", "list", "--offset", "many"}, "--offset cannot be \"many\"", "--offset 的值不能是“many”"},
  };
  const Launch launch;
  for (const Case& one : cases) {
    const Outcome english = launch.run(one.arguments);
    EXPECT_EQ(english.exit_code, 2);
    EXPECT_NE(english.err.find("That input does not fit: " + one.english), std::string::npos) << english.err;
    EXPECT_NE(english.err.find("--help lists what it takes"), std::string::npos) << english.err;
    std::vector<std::string> arguments{"--lang", "zh"};
    arguments.insert(arguments.end(), one.arguments.begin(), one.arguments.end());
    const Outcome chinese = launch.run(arguments);
    EXPECT_EQ(chinese.exit_code, 2);
    EXPECT_NE(chinese.err.find("输入不符合要求：" + one.chinese), std::string::npos) << chinese.err;
    EXPECT_NE(chinese.err.find("--help 查看用法"), std::string::npos) << chinese.err;
  }
  // Of a language that is not known nothing is said in it; JSON tells both.
  EXPECT_NE(launch.run({"--lang", "fr", "asset", "list"}).err.find("--lang must be one of these: en,zh"),
            std::string::npos);
  const auto said = launch.json({"asset", "show"})["error"];
  EXPECT_EQ(said["message"], "<asset> must be given");
  EXPECT_EQ(said["message_zh"], "必须给出 <asset>");
  EXPECT_EQ(said["hint"], "probity asset show --help lists what it takes");
}

TEST(BadInput, outside_of_a_workspace_says_so) {
  EXPECT_EQ(probity({"asset", "list"}, {.folder = "/", .environment = {}}).exit_code, 20);
  EXPECT_EQ(probity({"asset", "list", "-w", "/nonexistent"}, {.folder = "/", .environment = {}}).exit_code, 20);
  const Launch launch;
  EXPECT_EQ(probity({"init", launch.folder()}).exit_code, 21);
  EXPECT_EQ(
      probity({"asset", "list"}, {.folder = "/", .environment = {"PROBITY_WORKSPACE=" + launch.folder()}}).exit_code,
      0);
  fs::create_directory(launch.folder() + "/deeper");
  EXPECT_EQ(probity({"asset", "list"}, {.folder = launch.folder() + "/deeper", .environment = {}}).exit_code, 0);
}

}  // namespace
}  // namespace probity::test
