#include "leaks/check_report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "leaks/investigate.h"
#include "leaks/report_json.h"
#include "leaks/test_workspace.h"

namespace probity::leaks {
namespace {

using Json = nlohmann::json;

// One traced leak of two mixed copies, made once: its report has everything a report can have.
const std::string& sample_json() {
  static const std::string text = [] {
    testing::TestWorkspace workspace;
    const Id asset = workspace.add_master("Coast road", testing::textured_picture(1, {1024, 768}));
    std::vector<Id> copies;
    for (std::size_t i = 0; i < 40; ++i) copies.push_back(workspace.issue(asset, i));
    const cv::Mat1f mixed = 0.5 * (workspace.copy_luma(copies[2]) + workspace.copy_luma(copies[5]));
    const std::vector<LeakFile> files{testing::leak_file("mixed.png", mixed)};
    auto found = investigate(files, workspace, testing::kTracedMs, {.threads = 2, .progress = {}, .pictures = false});
    EXPECT_TRUE(found);
    return report_json(found->report, {{"README.txt", sha256(as_bytes("read me"))}});
  }();
  return text;
}

const FolderFiles& sample_folder() {
  static const FolderFiles folder{{"README.txt", Bytes{'r', 'e', 'a', 'd', ' ', 'm', 'e'}}};
  return folder;
}

bool holds(const Json& json, const FolderFiles& folder = sample_folder()) {
  const auto checked = check_report(as_bytes(json.dump(2)), folder, Language::en);
  return checked && checked->holds();
}

// Every value that is no object and no list, by its path.
std::vector<Json::json_pointer> leaves(const Json& json) {
  std::vector<Json::json_pointer> found;
  const Json flat = json.flatten();
  for (const auto& [path, value] : flat.items()) {
    static_cast<void>(value);
    found.emplace_back(path);
  }
  return found;
}

void change(Json& value) {
  if (value.is_boolean()) {
    value = !value.get<bool>();
  } else if (value.is_number_integer()) {
    value = value.get<std::int64_t>() + 1;
  } else if (value.is_number()) {
    value = value.get<double>() * 1.001 + 1e-6;
  } else if (value.is_string()) {
    std::string text = value.get<std::string>();
    const auto middle = text.begin() + static_cast<std::ptrdiff_t>(text.size() / 2);
    if (text.empty() || static_cast<unsigned char>(*middle) >= 0x80) {
      text.insert(0, "x");
    } else {
      *middle = *middle == '1' ? '2' : '1';
    }
    value = text;
  } else {
    value = 1;
  }
}

void renew_digest(Json& json) {
  Json record = json;
  record.erase("digest");
  record.erase("folder");
  json["digest"] = to_hex(sha256(as_bytes(record.dump())));
}

TEST(check_report, an_untouched_report_holds_in_both_languages) {
  for (const Language language : {Language::en, Language::zh}) {
    const auto checked = check_report(as_bytes(sample_json()), sample_folder(), language);
    ASSERT_TRUE(checked) << checked.error().message;
    for (const CheckLine& line : checked->lines) EXPECT_NE(line.mark, CheckMark::wrong) << line.text;
    EXPECT_GT(checked->lines.size(), 15U);
    EXPECT_EQ(checked->outcome, Outcome::identified);
  }
}

TEST(check_report, reading_and_writing_is_the_identity) {
  const auto stored = parse_report(Json::parse(sample_json()));
  ASSERT_TRUE(stored) << stored.error().message;
  EXPECT_EQ(report_json(stored->report, stored->folder), sample_json());
  EXPECT_EQ(stored->report.accused_count(), 2U);
}

TEST(check_report, detects_every_changed_field) {
  const Json sample = Json::parse(sample_json());
  const auto paths = leaves(sample);
  EXPECT_GT(paths.size(), 100U);
  for (const auto& path : paths) {
    Json changed = sample;
    change(changed[path]);
    EXPECT_FALSE(holds(changed)) << path.to_string();
  }
}

// Whoever writes a new digest too can change only what a report states without proof, and nothing the verdict rests on.
TEST(check_report, detects_changes_behind_a_renewed_digest) {
  const std::vector<std::string> stated{"/created_ms",     "/software",           "/files/",
                                        "/assets/0/title", "/assets/0/file_name", "/assets/0/original_sha256",
                                        "/assets/0/size",

                                        "/plot/counts",    "/plot/highest_other"};
  const Json sample = Json::parse(sample_json());
  for (const auto& path : leaves(sample)) {
    const std::string name = path.to_string();
    const bool is_stated =
        std::ranges::any_of(stated, [&](const std::string& prefix) { return name.starts_with(prefix); }) ||
        name.ends_with("/recipient") || name == "/digest";
    if (is_stated) continue;
    Json changed = sample;
    change(changed[path]);
    renew_digest(changed);
    EXPECT_FALSE(holds(changed)) << name;
  }
}

TEST(check_report, a_forged_verdict_does_not_hold) {
  auto stored = parse_report(Json::parse(sample_json()));
  ASSERT_TRUE(stored);
  Report forged = stored->report;
  forged.findings.front().recipient.name = "Somebody Else";
  EXPECT_FALSE(holds(Json::parse(report_json(forged, stored->folder))));
  forged = stored->report;
  forged.trials.candidates = 1;
  EXPECT_FALSE(holds(Json::parse(report_json(forged, stored->folder))));
  forged = stored->report;
  forged.findings.pop_back();
  EXPECT_FALSE(holds(Json::parse(report_json(forged, stored->folder)))) << "the plot shows that another stood out";
}

TEST(check_report, files_beside_the_report_are_compared) {
  const Json sample = Json::parse(sample_json());
  EXPECT_FALSE(holds(sample, {}));
  EXPECT_FALSE(holds(sample, {{"README.txt", Bytes{'?'}}}));
}

TEST(check_report, refuses_what_is_no_report) {
  EXPECT_FALSE(check_report(as_bytes(""), {}, Language::en));
  EXPECT_FALSE(check_report(as_bytes("[1, 2]"), {}, Language::en));
  EXPECT_FALSE(check_report(as_bytes(sample_json()).first(2000), {}, Language::en));
  Json newer = Json::parse(sample_json());
  newer["version"] = 2;
  const auto checked = check_report(as_bytes(newer.dump()), {}, Language::en);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace probity::leaks
