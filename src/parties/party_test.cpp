// The rules of parties: tidy details, who may stand above whom, what two records share.
#include "parties/party.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "parties/json.h"
#include "parties/text.h"
#include "support/memory_ports.h"

namespace probity::parties {
namespace {

PartyDetails details(PartyKind kind, std::string name) {
  PartyDetails made;
  made.kind = kind;
  made.name = std::move(name);
  return made;
}

TEST(PartyDetails, AreTidied) {
  PartyDetails raw = details(PartyKind::person, "  Mira \t Holloway ");
  raw.job_title = " 主编 ";
  raw.email = " mira@motorweekly.example ";
  raw.notes = "\n one\r\n two \n";
  const auto tidy = PartyDetails::tidied(raw).value();
  EXPECT_EQ(tidy.name, "Mira Holloway");
  EXPECT_EQ(tidy.job_title, "主编");
  EXPECT_EQ(tidy.email, "mira@motorweekly.example");
  EXPECT_EQ(tidy.notes, "one\n two");
  EXPECT_EQ(PartyDetails::tidied(tidy).value(), tidy);
}

TEST(PartyDetails, RefuseWhatIsNone) {
  const auto refused = [](auto change) {
    PartyDetails raw = details(PartyKind::person, "Mira");
    change(raw);
    const auto tidy = PartyDetails::tidied(raw);
    return !tidy && tidy.error().code == ErrorCode::invalid_argument;
  };
  EXPECT_TRUE(refused([](auto& raw) { raw.name = "  "; }));
  EXPECT_TRUE(refused([](auto& raw) { raw.name = std::string(201, 'a'); }));
  EXPECT_TRUE(refused([](auto& raw) { raw.name = "\xE2\x80\xAEturned"; }));
  EXPECT_TRUE(refused([](auto& raw) { raw.name = "\xFF"; }));
  EXPECT_TRUE(refused([](auto& raw) { raw.email = "not an address"; }));
  EXPECT_TRUE(refused([](auto& raw) { raw.email = "a@b\r\nBcc: c@d"; }));
  EXPECT_TRUE(refused([](auto& raw) { raw.phone = std::string(41, '1'); }));
  EXPECT_TRUE(refused([](auto& raw) { raw.locale = "fr"; }));
  EXPECT_TRUE(refused([](auto& raw) { raw.notes = "bell\a"; }));
  EXPECT_TRUE(refused([](auto& raw) { raw.notes = std::string(4001, 'a'); }));
  EXPECT_TRUE(refused([](auto& raw) {
    raw.kind = PartyKind::supplier;
    raw.may_bind = true;
  }));
}

TEST(PartyDetails, ShareAKeyWhenTheyAreTheSame) {
  test::SeededRandom random;
  PartyDetails person = details(PartyKind::person, "Mira Holloway");
  const std::string alone = person.lookup_key();
  person.parent = Id::random(random);
  EXPECT_NE(person.lookup_key(), alone);
  PartyDetails shouting = person;
  shouting.name = "ＭＩＲＡ HOLLOWAY";
  EXPECT_EQ(shouting.lookup_key(), person.lookup_key());
  // Organisations are one by name, whatever their kind and parent.
  PartyDetails supplier = details(PartyKind::supplier, "Acme"), outlet = details(PartyKind::outlet, "ACME");
  supplier.parent = person.parent;
  EXPECT_EQ(supplier.lookup_key(), outlet.lookup_key());
  EXPECT_NE(outlet.lookup_key(), details(PartyKind::person, "Acme").lookup_key());
}

TEST(Tier, CountsOrganisationsBetween) {
  Party organisation;
  organisation.details = details(PartyKind::supplier, "Acme");
  organisation.tier = 2;
  EXPECT_EQ(tier_under(details(PartyKind::person, "Mira"), organisation), 2);
  EXPECT_EQ(tier_under(details(PartyKind::supplier, "Sub"), organisation), 3);
  EXPECT_EQ(tier_under(details(PartyKind::supplier, "Sub"), std::nullopt), 0);
  organisation.tier = kMaxTier;
  EXPECT_FALSE(tier_under(details(PartyKind::supplier, "Sub"), organisation));
  organisation.details.kind = PartyKind::person;
  EXPECT_FALSE(tier_under(details(PartyKind::person, "Mira"), organisation));
}

TEST(RecipientOf, NamesTheOrganisation) {
  Party party;
  party.details = details(PartyKind::person, "Mira Holloway");
  party.details.email = "mira@motorweekly.example";
  const auto employed = recipient_of(party, "Motor Weekly").value();
  EXPECT_EQ(employed.outlet, "Motor Weekly");
  EXPECT_EQ(employed.email, "mira@motorweekly.example");
  EXPECT_EQ(recipient_of(party, std::nullopt)->outlet, "independent");
  party.details.kind = PartyKind::supplier;
  EXPECT_EQ(recipient_of(party, std::nullopt)->outlet, "Mira Holloway");
}

TEST(Json, IsTheApisParty) {
  PartyRow row;
  row.party.details = details(PartyKind::supplier, "星河");
  row.trained_ms = 1'800'000'000'000;
  row.commitments_in_force = 3;
  const auto json = to_json(row);
  EXPECT_EQ(json["kind"], "supplier");
  EXPECT_TRUE(json["parent"].is_null());
  EXPECT_TRUE(json["parent_name"].is_null());
  EXPECT_EQ(json["trained_at"], "2027-01-15T08:00:00.000Z");
  EXPECT_EQ(json["commitments_in_force"], 3);
}

TEST(TidyText, KeepsLinesAndRefusesControls) {
  EXPECT_EQ(tidy_text("note", "a\r\nb\rc\td", 100).value(), "a\nb\nc\td");
  EXPECT_FALSE(tidy_text("note", std::string("a\0b", 3), 100));
  EXPECT_FALSE(tidy_text("note", "\xE2\x81\xA6isolated", 100));
}

}  // namespace
}  // namespace probity::parties
