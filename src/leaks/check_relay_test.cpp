#include "leaks/check_relay.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "leaks/master_region.h"
#include "leaks/report_json.h"
#include "leaks/test_workspace.h"

namespace probity::leaks {
namespace {

// A leak of a quarter of the picture, traced; and what a package of it holds.
struct Sample {
  std::string json;
  Report report;
  LeakFile leak;
  trace::Reference reference;
  Id asset;
};

const Sample& sample() {
  static const Sample made = [] {
    testing::TestWorkspace workspace;
    Sample out;
    out.asset = workspace.add_master("Coast road", testing::textured_picture(1, {1024, 768}));
    std::vector<Id> copies;
    for (std::size_t i = 0; i < 20; ++i) copies.push_back(workspace.issue(out.asset, i));
    const cv::Mat1f part = workspace.copy_luma(copies[3])(cv::Rect(256, 192, 512, 384)).clone();
    out.leak = testing::leak_file("part.png", part);
    InvestigateOptions options;
    options.threads = 2;
    options.pictures = false;
    auto found = investigate(std::vector{out.leak}, workspace, testing::kTracedMs, options);
    EXPECT_TRUE(found);
    out.report = found->report;
    out.json = report_json(found->report, {});
    out.reference = **workspace.reference(out.asset);
    return out;
  }();
  return made;
}

std::string told(const LeakFile& leak, const trace::Reference& reference, const std::string& json) {
  const auto lines = check_relay(as_bytes(json), std::vector{leak}, {{sample().asset, reference}}, Language::en);
  if (!lines) return lines.error().message;
  std::string text;
  for (const CheckLine& line : *lines)
    text += (line.mark == CheckMark::right ? "+ " : line.mark == CheckMark::wrong ? "- " : "? ") + line.text + "\n";
  return text;
}

TEST(check_relay, reads_the_same_verdict_from_the_region_alone) {
  ASSERT_EQ(sample().report.outcome, Outcome::identified);
  const trace::Reference region = region_of(sample().reference, sample().report, sample().asset);
  EXPECT_LT(region.features.count(), sample().reference.features.count() * 3 / 4);
  EXPECT_EQ(cv::countNonZero(region.delta.row(0)), 0) << "what the leak does not show stays at home";
  const std::string text = told(sample().leak, region, sample().json);
  EXPECT_EQ(text.find("- "), std::string::npos) << text;
  EXPECT_NE(text.find("+ Laid over “Coast road” and read again"), std::string::npos) << text;
  EXPECT_NE(text.find("+ From that reading alone"), std::string::npos) << text;
}

TEST(check_relay, a_region_survives_its_file) {
  const trace::Reference region = region_of(sample().reference, sample().report, sample().asset);
  const auto again = trace::parse_reference(trace::serialise(region));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(told(sample().leak, *again, sample().json).find("- "), std::string::npos);
}

TEST(check_relay, another_picture_under_the_same_hash_is_found_out) {
  LeakFile other = sample().leak;
  other.luma = testing::textured_picture(9, {512, 384});
  EXPECT_NE(told(other, sample().reference, sample().json).find("- "), std::string::npos);
}

// Another copy of the same picture reads well and says something else.
TEST(check_relay, soft_values_of_another_leak_are_found_out) {
  Report forged = sample().report;
  for (std::int8_t& soft : forged.assets.front().soft) soft = static_cast<std::int8_t>(-soft);
  EXPECT_NE(told(sample().leak, sample().reference, report_json(forged, {})).find("- "), std::string::npos);
}

TEST(check_relay, what_is_missing_is_said) {
  LeakFile absent = sample().leak;
  absent.sha256 = Hash{};
  EXPECT_NE(told(absent, sample().reference, sample().json).find("? The leaked file “part.png” is not in the package"),
            std::string::npos);
  const auto without = check_relay(as_bytes(sample().json), std::vector{sample().leak}, {}, Language::zh);
  ASSERT_TRUE(without);
  EXPECT_EQ(without->front().mark, CheckMark::unchecked);
  EXPECT_FALSE(check_relay(as_bytes("{}"), {}, {}, Language::en));
}

}  // namespace
}  // namespace probity::leaks
