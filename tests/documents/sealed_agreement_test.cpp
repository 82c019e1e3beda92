// From a document to a sealed PDF, in both languages. With PROBITY_SAMPLES=<folder> the PDFs are kept there, to look
// at.
#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>

#include "pdf/test_agreement.h"
#include "pdf/typeset.h"
#include "seal/check.h"
#include "seal/sealer.h"
#include "support/outside_tool.h"

namespace probity {
namespace {

constexpr TimeMs kNow = 1'795'000'000'000;

seal::Sealer make_sealer() { return *seal::Sealer::create(*seal::SealKey::generate("流明汽车（上海）有限公司", kNow)); }

Result<Bytes> make(const pdf::Document& document, const seal::Sealer& sealer) {
  TRY_ASSIGN(const Bytes pdf, pdf::typeset(document, {.created_ms = kNow}));
  return sealer.seal(pdf, {.reason = "Agreement in force · 承诺书生效", .location = "上海", .time_ms = kNow});
}

void keep_sample(const std::string& name, BytesView pdf) {
  const char* const folder = std::getenv("PROBITY_SAMPLES");
  if (folder == nullptr) return;
  std::filesystem::create_directories(folder);
  std::ofstream file(std::filesystem::path(folder) / name, std::ios::binary);
  file.write(reinterpret_cast<const char*>(pdf.data()), static_cast<std::streamsize>(pdf.size()));
}

class SealedAgreement : public testing::TestWithParam<bool> {
 protected:
  pdf::Document agreement() const { return GetParam() ? pdf::chinese_agreement() : pdf::english_agreement(); }
};
INSTANTIATE_TEST_SUITE_P(Documents, SealedAgreement, testing::Bool(),
                         [](const auto& parameter) { return parameter.param ? "Chinese" : "English"; });

TEST_P(SealedAgreement, IsAcceptedByOthersAndByUs) {
  const seal::Sealer sealer = make_sealer();
  const auto sealed = make(agreement(), sealer);
  ASSERT_TRUE(sealed) << sealed.error().message;
  keep_sample(GetParam() ? "agreement-zh.pdf" : "agreement-en.pdf", *sealed);
  const test::TemporaryFolder folder;
  const std::string file = folder.write("sealed.pdf", *sealed);
  const std::string report = test::run_tool("pdfsig -nocert " + file).output;
  for (const char* line : {"Signature is Valid.", "Total document signed", "流明汽车（上海）有限公司"})
    EXPECT_NE(report.find(line), std::string::npos) << line << " in\n" << report;
  const auto structure = test::run_tool("qpdf --check " + file);
  EXPECT_EQ(structure.status, 0) << structure.output;
  EXPECT_EQ(structure.output.find("WARNING"), std::string::npos) << structure.output;
  const std::string text = test::run_tool("pdftotext -enc UTF-8 " + file + " -").output;
  EXPECT_NE(text.find(agreement().title), std::string::npos);
  const auto checked = seal::check(*sealed, {.trusted_pem = sealer.certificate().pem, .now_ms = kNow});
  ASSERT_TRUE(checked) << checked.error().message;
  EXPECT_EQ(checked->standing, seal::Standing::trusted);
  EXPECT_EQ(checked->location, "上海");
}

TEST_P(SealedAgreement, AmountsCannotBeChanged) {
  auto sealed = make(agreement(), make_sealer());
  ASSERT_TRUE(sealed);
  for (std::size_t i = 0; i < sealed->size(); i += sealed->size() / 400) {
    (*sealed)[i] ^= 0x04;
    EXPECT_FALSE(seal::check(*sealed)) << i;
    (*sealed)[i] ^= 0x04;
  }
}

// Everybody signs at once: one sealer, every thread its own agreement.
TEST(SealedAgreements, AreMadeByManyThreads) {
  const seal::Sealer sealer = make_sealer();
  std::vector<int> good(4);
  std::vector<std::thread> threads;
  for (int& mine : good)
    threads.emplace_back([&] {
      for (int i = 0; i < 8; ++i) {
        const auto sealed = make(i % 2 == 0 ? pdf::chinese_agreement() : pdf::english_agreement(), sealer);
        mine += sealed && seal::check(*sealed) ? 1 : 0;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, (std::vector<int>{8, 8, 8, 8}));
}

}  // namespace
}  // namespace probity
