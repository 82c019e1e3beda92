// Zones, and projects as the API shows them.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "projects/json.h"
#include "projects/zone.h"

namespace probity::projects {
namespace {

TEST(Zone, KnowsIanaNamesOnly) {
  for (const char* zone : {"UTC", "Europe/Berlin", "Asia/Shanghai", "America/Argentina/Buenos_Aires"})
    EXPECT_TRUE(is_iana_zone(zone)) << zone;
  for (const char* zone : {"", "GMT+8", "+08:00", "Mars/Olympus", "europe", "Etc/Unknown", "Europe/Berlin\n", "北京"})
    EXPECT_FALSE(is_iana_zone(zone)) << zone;
  EXPECT_FALSE(is_iana_zone(std::string(100, 'A')));
}

TEST(Zone, TellsInstantsOnA24HourClock) {
  EXPECT_EQ(local_minute_text(1'800'000'000'000, "UTC"), "2027-01-15 08:00 (UTC)");
  EXPECT_EQ(local_minute_text(1'800'000'000'000, "Asia/Shanghai"), "2027-01-15 16:00 (Asia/Shanghai)");
  EXPECT_EQ(local_minute_text(1'782'000'000'000, "Europe/Berlin"), "2026-06-21 02:00 (Europe/Berlin)");
  EXPECT_EQ(local_minute_text(1'800'000'000'000, "Mars/Olympus"), "2027-01-15 08:00 (UTC)");
}

TEST(Json, IsTheApisProject) {
  ProjectRow row;
  row.project.name = "海岸";
  row.project.embargoes = {{Id{}, "Reveal", 1'800'000'000'000, "Asia/Shanghai"}};
  row.people = {{Id{}, "Ada", "ada@example.org", "en"}};
  row.counts.in_force = 3;
  const auto before = to_json(row, 1'799'999'999'999), after = to_json(row, 1'800'000'000'000);
  EXPECT_EQ(before["name"], "海岸");
  EXPECT_EQ(before["state"], "open");
  EXPECT_EQ(before["people"][0]["name"], "Ada");
  EXPECT_FALSE(before["people"][0].contains("email"));
  EXPECT_EQ(before["embargoes"][0]["at"], "2027-01-15T08:00:00.000Z");
  EXPECT_EQ(before["embargoes"][0]["lifted"], false);
  EXPECT_EQ(after["embargoes"][0]["lifted"], true);
  EXPECT_EQ(before["counts"]["in_force"], 3);
}

TEST(States, HaveNames) {
  EXPECT_EQ(parse_project_state(project_state_name(ProjectState::archived)), ProjectState::archived);
  EXPECT_EQ(parse_asset_state(asset_state_name(AssetState::withdrawn)), AssetState::withdrawn);
  EXPECT_FALSE(parse_project_state("closed"));
  EXPECT_FALSE(parse_asset_state("Offered"));
}

}  // namespace
}  // namespace probity::projects
