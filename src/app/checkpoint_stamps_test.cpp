// Checkpoints with an authority's time: when one is stamped, what lies there afterwards, and trouble with authorities.
#include "app/checkpoint_stamps.h"

#include <gtest/gtest.h>

#include "app/log_metrics.h"
#include "http/metrics.h"
#include "log/reader.h"
#include "log/tree_files.h"
#include "log/writer.h"
#include "seal/test_authority.h"
#include "support/faulty_log_files.h"

namespace probity::app {
namespace {

constexpr TimeMs kHourMs = 3'600'000;

class HandClock final : public Clock {
 public:
  TimeMs now_ms() override { return time_ms; }
  TimeMs time_ms = seal::kNow;
};

class CheckpointStampsTest : public testing::Test {
 protected:
  // One entry more, signed and published.
  void grow() {
    auto writer = log::LogWriter::open(files, guard, key, random).value();
    const std::vector<Bytes> entries{Bytes(32, static_cast<std::uint8_t>(writer->size()))};
    ASSERT_TRUE(writer->append(entries));
    ASSERT_TRUE(writer->sign());
    ASSERT_TRUE(files.replace(log::kCheckpointFile, as_bytes(writer->signed_checkpoint())));
  }
  seal::StampDigest stamper() {
    return [this](const Hash& imprint) -> Result<std::optional<Bytes>> {
      ++asked;
      if (down) return fail(ErrorCode::unavailable, "no authority gave a timestamp");
      authority.form.time_ms = clock.time_ms;
      return std::optional(authority.token(lies ? Hash{} : imprint));
    };
  }
  std::vector<std::uint64_t> sizes() { return reader.stamped_sizes().value(); }

  HandClock clock;
  SystemRandom random;
  tlog::SigningKey key = tlog::SigningKey::from_seed("log.example", tlog::SignatureType::ed25519, SecretKey(Hash{1}));
  test::FaultyDisk disk;
  test::FaultyLogFiles files{disk};
  test::FaultyGuard guard{disk};
  log::LogReader reader{files};
  seal::TestAuthority authority;
  int asked = 0;
  bool down = false, lies = false;
};

TEST_F(CheckpointStampsTest, OnceAnHourWhenTheLogHasGrown) {
  CheckpointStamps stamps(files, clock, stamper());
  EXPECT_FALSE(stamps.turn().value()) << "nothing is published";
  grow();
  EXPECT_TRUE(stamps.turn().value());
  clock.time_ms += kHourMs;
  EXPECT_FALSE(stamps.turn().value()) << "it has not grown";
  EXPECT_EQ(asked, 1);
  grow();
  EXPECT_TRUE(stamps.turn().value());
  grow();
  clock.time_ms += kHourMs - 1;
  EXPECT_FALSE(stamps.turn().value());
  clock.time_ms += 1;
  EXPECT_TRUE(stamps.turn().value());
  EXPECT_EQ(sizes(), (std::vector<std::uint64_t>{1, 2, 3}));
  EXPECT_EQ(stamps.state().time_ms, clock.time_ms);

  // The token is of the very bytes that lie beside it, which the log signed.
  const Bytes note = reader.stamp_file("2.checkpoint").value();
  EXPECT_EQ(tlog::open_checkpoint(as_text(note), key.verifier()).value().head.size, 2U);
  EXPECT_TRUE(seal::check_timestamp(reader.stamp_file("2.tst").value(), sha256(note)));
  EXPECT_FALSE(seal::check_timestamp(reader.stamp_file("3.tst").value(), sha256(note)));
}

TEST_F(CheckpointStampsTest, TheHourGoesOnAfterARestart) {
  grow();
  EXPECT_TRUE(CheckpointStamps(files, clock, stamper()).turn().value());
  grow();
  clock.time_ms += kHourMs / 2;
  CheckpointStamps again(files, clock, stamper());
  EXPECT_FALSE(again.turn().value());
  EXPECT_EQ(again.state().size, 1U);
  clock.time_ms += kHourMs / 2;
  EXPECT_TRUE(again.turn().value());
  // A token that was damaged on the disk counts as none.
  disk.cached()["stamps/2.tst"] = Bytes{1, 2, 3};
  EXPECT_TRUE(CheckpointStamps(files, clock, stamper()).turn().value());
  EXPECT_TRUE(
      seal::check_timestamp(reader.stamp_file("2.tst").value(), sha256(reader.stamp_file("2.checkpoint").value())));
  // Nor does a clock that was set back keep the next one away for long.
  grow();
  clock.time_ms -= kHourMs;
  EXPECT_TRUE(CheckpointStamps(files, clock, stamper()).turn().value());
}

TEST_F(CheckpointStampsTest, AnAuthorityThatIsDownOrLiesIsAskedAgainInAMinute) {
  grow();
  CheckpointStamps stamps(files, clock, stamper());
  down = true;
  EXPECT_EQ(stamps.turn().error().code, ErrorCode::unavailable);
  EXPECT_FALSE(stamps.turn().value()) << "not at once";
  EXPECT_EQ(stamps.state().failures, 1U);
  down = false;
  lies = true;
  clock.time_ms += 60'000;
  EXPECT_EQ(stamps.turn().error().code, ErrorCode::corrupt);
  EXPECT_TRUE(sizes().empty());
  EXPECT_NE(stamps.state().trouble, "");
  lies = false;
  clock.time_ms += 60'000;
  EXPECT_TRUE(stamps.turn().value());
  EXPECT_EQ(stamps.state().trouble, "");
  EXPECT_EQ(stamps.state().failures, 2U);
}

TEST_F(CheckpointStampsTest, WithoutAnAuthorityNothingHappens) {
  grow();
  CheckpointStamps none(files, clock, {});
  EXPECT_FALSE(none.turn().value());
  EXPECT_FALSE(none.state().wanted);
  for (const char* name : {"1.checkpoint", "1.tst", "../checkpoint", "lock", "x.tst", ".tst", "-1.tst", "1.tst/"})
    EXPECT_EQ(reader.stamp_file(name).error().code, ErrorCode::not_found) << name;
}

TEST(LogMetricsTest, SizesAgesAndFailures) {
  HandClock clock;
  http::Metrics metrics;
  log::LogStatus status;
  status.size = 12;
  status.published_size = 10;
  status.waiting = 3;
  status.witnesses = {{"north", "https://n.example", 10, clock.time_ms - 5'000, "", 4},
                      {"south", "https://s.example", 0, 0, "down", 9}};
  status.stamps = {true, 8, clock.time_ms - 60'000, 1, ""};
  add_log_metrics(metrics, clock, [&] { return status; });
  const std::string text = metrics.text();
  for (const char* line :
       {"probity_log_stopped 0\n", "probity_log_entries 12\n", "probity_log_published_entries 10\n",
        "probity_log_waiting_entries 3\n", "probity_log_checkpoint_age_seconds NaN\n",
        "probity_log_cosignature_age_seconds{witness=\"north\"} 5\n",
        "probity_log_cosignature_age_seconds{witness=\"south\"} NaN\n",
        "probity_log_witness_failures_total{witness=\"south\"} 9\n", "probity_log_stamp_age_seconds 60\n",
        "probity_log_stamped_entries 8\n", "probity_log_stamp_failures_total 1\n"})
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  status.trouble = "the disk is full";
  clock.time_ms += 2'000;
  EXPECT_NE(metrics.text().find("probity_log_stopped 1\n"), std::string::npos);
  const auto check = log_check([&] { return status; });
  EXPECT_FALSE(check.check());
  EXPECT_FALSE(check.needed) << "the node serves on; entries wait in the database";
}

}  // namespace
}  // namespace probity::app
