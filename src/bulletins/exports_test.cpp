#include "bulletins/exports.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "bulletins/json.h"
#include "bulletins/uuid5.h"

namespace probity::bulletins {
namespace {

using nlohmann::json;

constexpr TimeMs kNow = 1'800'000'000'000;

Id id(std::uint8_t number) {
  Id made;
  made.bytes.fill(number);
  return made;
}

View view(std::uint8_t number, Tlp tlp) {
  View made;
  Bulletin& bulletin = made.row.bulletin;
  bulletin.id = id(number);
  bulletin.number = "B-2027-000" + std::to_string(number);
  bulletin.kind = Kind::counterfeit_alert;
  bulletin.tlp = tlp;
  bulletin.audience.everybody = true;
  bulletin.author = id(100);
  bulletin.published_ms = kNow;
  bulletin.expires_ms = kNow + 86'400'000;
  Content content;
  content.title = "Fake lamps " + std::to_string(number);
  content.text = "<script>alert(1)</script>\n\n灯";
  content.brands = {"Lantern"};
  content.links = {{Link::Kind::seller, "https://market.example/it's\\x"},
                   {Link::Kind::source, "https://news.example/"}};
  bulletin.versions = {{content, id(101), kNow, ""}};
  made.row.access = Access::whole;
  made.row.author = "Lantern Films";
  return made;
}

const ExportFacts kFacts{"Coast Alliance", id(7)};

// What the STIX 2.1 standard asks of every object here: ids of their type with a UUID, required properties, times with
// milliseconds in UTC, and references that resolve inside the bundle.
void expect_valid(const json& bundle) {
  EXPECT_EQ(bundle.at("type"), "bundle");
  const std::regex id_form("[a-z-]+--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  const std::regex time_form("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
  EXPECT_TRUE(std::regex_match(bundle.at("id").get<std::string>(), id_form));
  std::set<std::string> ids;
  for (const json& object : bundle.at("objects")) {
    const auto type = object.at("type").get<std::string>(), own = object.at("id").get<std::string>();
    EXPECT_TRUE(ids.insert(own).second) << "twice: " << own;
    EXPECT_EQ(own.substr(0, own.find("--")), type);
    EXPECT_EQ(object.at("spec_version"), "2.1");
    EXPECT_TRUE(type == "marking-definition" || std::regex_match(own, id_form)) << own;
    for (const char* time : {"created", "modified", "published", "valid_from", "valid_until"})
      EXPECT_TRUE(!object.contains(time) || std::regex_match(object[time].get<std::string>(), time_form)) << time;
  }
  for (const json& object : bundle.at("objects")) {
    const auto type = object.at("type").get<std::string>();
    EXPECT_TRUE(!object.contains("created_by_ref") || ids.contains(object["created_by_ref"]));
    for (const char* refs : {"object_refs", "object_marking_refs"}) {
      if (!object.contains(refs)) continue;
      for (const json& ref : object[refs]) EXPECT_TRUE(ids.contains(ref)) << ref;
    }
    if (type == "report") {
      for (const char* name : {"name", "published", "object_refs"}) EXPECT_TRUE(object.contains(name)) << name;
      EXPECT_FALSE(object["object_refs"].empty());
    }
    if (type == "indicator") {
      for (const char* name : {"pattern", "pattern_type", "valid_from"}) EXPECT_TRUE(object.contains(name)) << name;
    }
    EXPECT_TRUE(type != "identity" || object.contains("name"));
  }
}

TEST(Uuid5, KnownName) {
  // The example of RFC 9562, appendix A.4.
  constexpr Uuid kDns{0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};
  EXPECT_EQ(uuid_text(uuid5(kDns, "www.example.com")), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

TEST(Stix, IsValidAndTheSameEachTime) {
  const std::vector<View> views{view(1, Tlp::green), view(2, Tlp::amber_strict), view(3, Tlp::clear)};
  const json bundle = stix_of(views, kFacts);
  expect_valid(bundle);
  EXPECT_EQ(bundle.dump(), stix_of(views, kFacts).dump());
  const json later = stix_of({views[1]}, kFacts);
  std::set<std::string> known;
  for (const json& object : bundle["objects"]) known.insert(object["id"]);
  for (const json& object : later["objects"]) EXPECT_TRUE(known.contains(object["id"])) << "another id another day";
}

TEST(Stix, CarriesThePublishedMarkings) {
  const json bundle = stix_of({view(1, Tlp::amber_strict)}, kFacts);
  bool found = false;
  for (const json& object : bundle["objects"])
    if (object["id"] == "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003") {
      found = true;
      EXPECT_EQ(object["name"], "TLP:AMBER+STRICT");
      EXPECT_EQ(object["created"], "2022-10-01T00:00:00.000Z");
      EXPECT_EQ(object["extensions"]["extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"]["tlp_2_0"],
                "amber+strict");
    }
  EXPECT_TRUE(found);
}

TEST(Stix, PatternsAreEscaped) {
  const json bundle = stix_of({view(1, Tlp::green)}, kFacts);
  int count = 0;
  for (const json& object : bundle["objects"])
    if (object["type"] == "indicator") {
      ++count;
      EXPECT_EQ(object["pattern"], "[url:value = 'https://market.example/it\\'s\\\\x']");
    }
  EXPECT_EQ(count, 1) << "a source is no indicator";
}

TEST(Exports, RedAndEndedOnesAndWithheldAuthorsStayOut) {
  View red = view(1, Tlp::red), gone = view(2, Tlp::green), hidden = view(3, Tlp::green);
  gone.row.access = Access::tombstone;
  hidden.row.author.reset();
  const std::vector<View> views{red, gone, hidden};
  for (const std::string& text : {stix_of(views, kFacts).dump(), feed_of(views, kFacts).dump()}) {
    EXPECT_EQ(text.find("Fake lamps 1"), std::string::npos);
    EXPECT_EQ(text.find("Fake lamps 2"), std::string::npos);
    EXPECT_NE(text.find("Fake lamps 3"), std::string::npos);
    EXPECT_EQ(text.find("Lantern Films"), std::string::npos);
  }
  expect_valid(stix_of(views, kFacts));
}

TEST(Feed, IsJsonFeed) {
  const json feed = feed_of({view(1, Tlp::green)}, kFacts);
  EXPECT_EQ(feed["version"], "https://jsonfeed.org/version/1.1");
  ASSERT_EQ(feed["items"].size(), 1U);
  const json& item = feed["items"][0];
  EXPECT_TRUE(item["id"].is_string());
  EXPECT_EQ(item["content_text"], view(1, Tlp::green).row.bulletin.content().text);
  EXPECT_FALSE(item.contains("content_html")) << "nothing of it is markup";
  EXPECT_EQ(item["_probity"]["tlp"], "GREEN");
}

}  // namespace
}  // namespace probity::bulletins
