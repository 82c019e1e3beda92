// Shoots from the command line: slots and zones that change, and where attendees are.
#include "journeys/matter_commands.h"

namespace probity::test {
namespace {

using nlohmann::json;

class ShootCommands : public MatterCommands {
 protected:
  void SetUp() override {
    done({"project", "add", "Coast"});
    launch_.sign({"--to", "Mira Holloway, Motor Weekly", "--to", "Jon Varga, Sample Gazette"});
    const json of = made(
        {"shoot", "open", "Night preview", "--place", "Hall 4", "--zone", "Stage left", "--attendee", "Mira Holloway"});
    EXPECT_EQ(of["attendees"].size(), 1U);
  }
};

TEST_F(ShootCommands, ChangeAShootItsSlotsAndZones) {
  const json of = made({"shoot", "edit", "Night preview", "--title", "Night preview 2", "--place", "Hall 5",
                        "--time-zone", "Europe/Berlin", "--slot", "Morning=2027-03-01T08:00:00Z/2027-03-01T12:00:00Z",
                        "--slot", "Evening=2027-03-01T18:00:00Z/2027-03-01T20:00:00Z", "--zone", "Workshop"});
  EXPECT_EQ(of["title"], "Night preview 2");
  EXPECT_EQ(of["place"], "Hall 5");
  EXPECT_EQ(of["time_zone"], "Europe/Berlin");
  ASSERT_EQ(of["slots"].size(), 2U);
  EXPECT_EQ(of["zones"].size(), 2U);
  // A slot of the same label stays the same one.
  const json later = made({"shoot", "edit", "Night preview 2", "--slot",
                           "Morning=2027-03-01T09:00:00Z/2027-03-01T12:00:00Z", "--drop-slot", "Evening"});
  ASSERT_EQ(later["slots"].size(), 1U);
  EXPECT_EQ(later["slots"][0]["id"], of["slots"][0]["id"]);
  EXPECT_NE(later["slots"][0]["from"], of["slots"][0]["from"]);
  EXPECT_TRUE(says(done({"shoot", "edit", "Night preview 2", "--title", "Night preview"}), "slot Morning"));
  EXPECT_TRUE(says(refused(2, {"shoot", "edit", "Night preview"}), "--help"));
  EXPECT_TRUE(says(refused(2, {"shoot", "edit", "Night preview", "--slot", "Noon"}), "Morning="));
  refused(20, {"shoot", "edit", "Night preview", "--drop-zone", "Roof"});
  refused(21, {"shoot", "edit", "Night preview", "--zone", "workshop"});
}

TEST_F(ShootCommands, MoveAttendeesAndTakeThemOff) {
  done({"shoot", "edit", "Night preview", "--slot", "Morning=2027-03-01T08:00:00Z/2027-03-01T12:00:00Z"});
  const json of =
      made({"shoot", "attendee-move", "Night preview", "Mira Holloway", "--slot", "Morning", "--zone", "Stage left"});
  EXPECT_EQ(of["attendees"][0]["slot"], of["slots"][0]["id"]);
  EXPECT_EQ(of["attendees"][0]["zone"], of["zones"][0]["id"]);
  EXPECT_EQ(made({"shoot", "attend", "Night preview", "Jon Varga", "--slot", "Morning"})["attendees"].size(), 2U);
  // A zone that somebody has does not go.
  EXPECT_TRUE(says(refused(26, {"shoot", "edit", "Night preview", "--drop-zone", "Stage left"}), "another one first"));
  const json nowhere = made({"shoot", "attendee-move", "Night preview", "Mira Holloway", "--zone", "none"});
  EXPECT_TRUE(nowhere["attendees"][0]["zone"].is_null());
  EXPECT_EQ(nowhere["attendees"][0]["slot"], of["slots"][0]["id"]);
  refused(2, {"shoot", "attendee-move", "Night preview", "Mira Holloway"});
  EXPECT_TRUE(says(refused(20, {"shoot", "attendee-move", "Night preview", "Mira Holloway", "--zone", "Roof"}),
                   "probity shoot show"));
  EXPECT_EQ(made({"shoot", "attendee-remove", "Night preview", "Mira Holloway"})["attendees"].size(), 1U);
  EXPECT_TRUE(says(refused(20, {"shoot", "attendee-remove", "Night preview", "Mira Holloway"}), "not on the list"));
  const std::string photo = small_photo();
  done({"shoot", "hand-in", "Night preview", photo, "--of", "Jon Varga"});
  EXPECT_TRUE(says(refused(26, {"shoot", "attendee-remove", "Night preview", "Jon Varga"}), "handed in"));
}

}  // namespace
}  // namespace probity::test
