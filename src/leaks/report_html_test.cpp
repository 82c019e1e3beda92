#include "leaks/report_html.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "leaks/check_report.h"
#include "leaks/html.h"
#include "leaks/report_folder.h"
#include "leaks/test_workspace.h"

namespace probity::leaks {
namespace {

// A crop, shrunk and turned a little, of one of 30 copies.
const Investigation& sample() {
  static const Investigation investigation = [] {
    testing::TestWorkspace workspace;
    const Id asset = workspace.add_master("Coast <road> & \"sea\"", testing::textured_picture(1, {1024, 768}));
    std::vector<Id> copies;
    for (std::size_t i = 0; i < 30; ++i) copies.push_back(workspace.issue(asset, i));
    const cv::Matx23d turn = cv::getRotationMatrix2D({512, 384}, 4, 0.9);
    cv::Mat1f leak;
    cv::warpAffine(workspace.copy_luma(copies[4]), leak, turn, {1024, 768}, cv::INTER_AREA);
    leak = leak(cv::Rect(200, 150, 640, 480)).clone();
    const std::vector<LeakFile> files{testing::leak_file("<found>.png", leak)};
    auto found = investigate(files, workspace, testing::kTracedMs, {.threads = 2, .progress = {}, .pictures = true});
    EXPECT_TRUE(found);
    return std::move(found).value();
  }();
  return investigation;
}

std::string page(Language language) {
  auto html = report_html(sample(), language);
  EXPECT_TRUE(html);
  return std::move(html).value();
}

TEST(report_html, needs_no_network) {
  for (const Language language : {Language::en, Language::zh}) {
    const std::string html = page(language);
    EXPECT_EQ(html.find("http:"), std::string::npos);
    EXPECT_EQ(html.find("https:"), std::string::npos);
    EXPECT_EQ(html.find("url("), std::string::npos);
    EXPECT_EQ(html.find("@import"), std::string::npos);
    EXPECT_EQ(html.find("src=\"/"), std::string::npos);
    EXPECT_NE(html.find("src=\"data:image/jpeg;base64,/9j/"), std::string::npos);
  }
}

TEST(report_html, escapes_names_and_describes_pictures) {
  const std::string html = page(Language::en);
  EXPECT_EQ(html.find("Coast <road>"), std::string::npos);
  EXPECT_EQ(html.find("<found>"), std::string::npos);
  EXPECT_NE(html.find("Coast &lt;road&gt; &amp; &quot;sea&quot;"), std::string::npos);
  for (std::size_t at = html.find("<img"); at != std::string::npos; at = html.find("<img", at + 1)) {
    const std::size_t alt = html.find(" alt=\"", at);
    ASSERT_LT(alt, html.find("src=", at));
    EXPECT_NE(html[alt + 6], '"') << "a picture without a description";
  }
}

TEST(report_html, says_verdict_bound_and_how_to_check) {
  const std::string english = page(Language::en);
  EXPECT_NE(english.find("Recipient 4, Outlet 4"), std::string::npos);
  EXPECT_NE(english.find(escape_html(bound_sentence(sample().report, Language::en))), std::string::npos);
  EXPECT_NE(english.find("probity report check"), std::string::npos);
  const std::string chinese = page(Language::zh);
  EXPECT_NE(chinese.find("lang=\"zh-Hans\""), std::string::npos);
  EXPECT_NE(chinese.find(bound_sentence(sample().report, Language::zh)), std::string::npos);
}

TEST(report_html, every_outcome_has_a_page) {
  for (const Outcome outcome : {Outcome::no_match, Outcome::does_not_align}) {
    Investigation investigation;
    investigation.report.outcome = outcome;
    investigation.report.files.resize(1);
    investigation.report.files.front().miss = Miss::no_alignment;
    const auto html = report_html(investigation, Language::en);
    ASSERT_TRUE(html);
    EXPECT_NE(html->find(escape_html(verdict_title(outcome, Language::en))), std::string::npos);
  }
}

TEST(report_folder, holds_when_checked_and_not_when_the_page_was_changed) {
  auto files = render_report(sample(), Language::en);
  ASSERT_TRUE(files);
  const Bytes json = files->at(kReportJsonName);
  files->erase(kReportJsonName);
  const auto checked = check_report(json, *files, Language::en);
  ASSERT_TRUE(checked);
  EXPECT_TRUE(checked->holds());
  files->at(kReportHtmlName)[5000] ^= 1;
  EXPECT_FALSE(check_report(json, *files, Language::en)->holds());
}

}  // namespace
}  // namespace probity::leaks
