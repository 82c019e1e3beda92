// A company as a listing names it, and the signed list of them with its changes.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "alliance/enterprise_list.h"
#include "alliance/json.h"
#include "alliance/listing_rules.h"
#include "support/scripted.h"

namespace probity::alliance {
namespace {

using nlohmann::json;

Enterprise good() {
  Enterprise enterprise;
  enterprise.names = {"杭州蓝鲸仪器有限公司", "Hangzhou Bluewhale Instruments Co., Ltd."};
  enterprise.credit_code = "91350100M000100Y43";
  return enterprise;
}
std::string complaint_about(const Enterprise& enterprise) {
  const auto checked = checked_enterprise(enterprise);
  return checked ? "" : checked.error().message;
}

TEST(Enterprise, has_one_spelling) {
  Enterprise enterprise = good();
  enterprise.names = {"  杭州蓝鲸仪器有限公司 ", "杭州蓝鲸仪器有限公司", "Blue\u3000 Whale  Ltd"};
  enterprise.former_names = {"杭州蓝鲸仪器有限公司", "杭州白鲸仪器厂"};
  enterprise.credit_code = "9135 0100 m000100y43";
  enterprise.registration = "hkg 123-45678";
  const Enterprise checked = checked_enterprise(enterprise).value();
  EXPECT_EQ(checked.names, (std::vector<std::string>{"杭州蓝鲸仪器有限公司", "Blue Whale Ltd"}));
  EXPECT_EQ(checked.former_names, std::vector<std::string>{"杭州白鲸仪器厂"});
  EXPECT_EQ(checked.credit_code, "91350100M000100Y43");
  EXPECT_EQ(checked.registration, "HKG 12345678");
  EXPECT_EQ(checked_enterprise(checked).value(), checked);
}

TEST(Enterprise, needs_a_name_and_a_number_that_can_be_confirmed) {
  EXPECT_EQ(complaint_about(good()), "");
  Enterprise enterprise = good();
  enterprise.names.clear();
  EXPECT_NE(complaint_about(enterprise), "");
  enterprise = good();
  enterprise.credit_code.clear();
  EXPECT_NE(complaint_about(enterprise).find("needs a credit code"), std::string::npos);
  enterprise.registration = "HKG 12345678";
  EXPECT_EQ(complaint_about(enterprise), "");
  enterprise.registration = "12345678";
  EXPECT_NE(complaint_about(enterprise), "");
  enterprise = good();
  enterprise.credit_code.back() = '4';
  EXPECT_NE(complaint_about(enterprise), "");
}

TEST(Enterprise, is_no_place_for_people) {
  Enterprise enterprise = good();
  enterprise.former_names = {"王某 11010519491231002X 商行"};
  const std::string complaint = complaint_about(enterprise);
  EXPECT_NE(complaint.find("ID number"), std::string::npos);
  EXPECT_EQ(complaint.find("1101"), std::string::npos);
  enterprise.former_names = {"Harmless\u202E.dtL"};
  EXPECT_NE(complaint_about(enterprise), "");
  enterprise.former_names = {"two\nlines"};
  EXPECT_NE(complaint_about(enterprise), "");
}

TEST(Enterprise, is_read_strictly_from_members) {
  EXPECT_EQ(parse_enterprise(enterprise_to_json(good())).value(), good());
  EXPECT_TRUE(parse_enterprise(json{{"names", {"Blue Whale"}}, {"credit_code", "91350100M000100Y43"}}));
  EXPECT_FALSE(parse_enterprise(json{{"names", {"Blue Whale"}}, {"credit_code", "91350100M000100Y43"}, {"owner", 1}}));
  EXPECT_FALSE(parse_enterprise(json{{"names", "Blue Whale"}, {"credit_code", "91350100M000100Y43"}}));
  EXPECT_FALSE(parse_enterprise(json::array()));
  EXPECT_FALSE(parse_enterprise(json{{"credit_code", "91350100M000100Y43"}}));
}

TEST(Enterprise, stands_in_a_listing_until_the_listing_ends) {
  Draft draft;
  const Hash hash = sha256(as_bytes("x"));
  draft.tests = {{hash}, {hash}, {hash}};
  draft.standard = StandardOfProof::judgment;
  const Restatement words = restatement_of(good());
  draft.epoch = words.epoch;
  draft.tag = words.tag;
  draft.enterprise = words.enterprise;
  const Draft read = parse_draft(draft_json(draft)).value();
  EXPECT_EQ(read.enterprise, draft.enterprise);
  EXPECT_EQ(read.tag, enterprise_tag(good()));
  const Party author{Party::Role::filer, Id{{1}}, Id{{2}}};
  const Listing listing = draft_listing(Id{{3}}, author, draft, 1000);
  EXPECT_TRUE(submit(listing, author, std::nullopt, 1000)) << "a company needs no proof of age";
  EXPECT_EQ(parse_listing_record(listing_record(listing)).value(), listing);
  const Listing ended = withdraw(listing, author, 2000).value();
  EXPECT_EQ(ended.enterprise, Enterprise{});
  EXPECT_EQ(ended.tag, enterprise_tag(good()));
  EXPECT_EQ(listing_record(ended).find("91350100M000100Y43"), std::string::npos);
  EXPECT_EQ(parse_listing_record(listing_record(ended)).value(), ended);
}

TEST(Enterprise, a_persons_listing_does_not_become_a_companys) {
  Draft draft;
  draft.epoch = 2027;
  draft.subject_is_adult = true;
  const Party author{Party::Role::filer, Id{{1}}, Id{{2}}};
  Listing listing = draft_listing(Id{{3}}, author, draft, 1000);
  listing.state = ListingState::active;
  listing.expires_ms = listing.attest_due_ms = 1'000'000;
  EXPECT_EQ(correct(listing, author, restatement_of(good()), 2000).error().code, ErrorCode::invalid_argument);
  EXPECT_FALSE(parse_restatement(json{{"epoch", 0}, {"tag", std::string(32, '0')}, {"label", std::string(560, '0')}}));
}

// --- The list
// -----------------------------------------------------------------------------------------------------------

ListedEnterprisePtr item(std::uint8_t listing, const std::string& name) {
  EnterpriseEntry entry;
  entry.listing.bytes.fill(listing);
  entry.enterprise = good();
  entry.enterprise.names = {name};
  entry.conduct = "bribery";
  entry.status = "active";
  return listed_enterprise(entry_line(entry)).value();
}

SignedEnterpriseHead head_of(const EnterpriseList& list, std::uint32_t version) {
  return {{version, static_cast<std::uint32_t>(list.entries().size()), list.root(), 1000 + version}, {}};
}

TEST(EnterpriseList, is_the_same_in_any_order) {
  const EnterpriseList one({item(1, "甲"), item(2, "乙")}), other({item(2, "乙"), item(1, "甲")});
  EXPECT_EQ(one.root(), other.root());
  EXPECT_NE(one.root(), EnterpriseList({item(1, "甲")}).root());
  EXPECT_EQ(one.find(item(2, "")->entry.listing)->entry.enterprise.names[0], "乙");
  EXPECT_EQ(one.find(item(3, "")->entry.listing), nullptr);
}

TEST(EnterpriseList, travels_whole) {
  const EnterpriseList list({item(1, "甲"), item(2, "乙 \"quoted\"\\")});
  const auto held = parse_enterprise_list(list.encode(head_of(list, 5))).value();
  EXPECT_EQ(held.list->root(), list.root());
  EXPECT_EQ(held.head.head.version, 5U);
  std::string text = list.encode(head_of(list, 5));
  text.replace(text.find("bribery"), 7, "forgery");
  EXPECT_EQ(parse_enterprise_list(text).error().code, ErrorCode::corrupt);
  EXPECT_FALSE(parse_enterprise_list(""));
  EXPECT_FALSE(parse_enterprise_list("{}\n"));
  const EnterpriseList empty;
  EXPECT_TRUE(parse_enterprise_list(empty.encode(head_of(empty, 1))));
}

TEST(EnterpriseList, is_signed_by_the_hub) {
  test::SeededRandom random{5};
  const oprf::Identity hub = oprf::Identity::make(random), other = oprf::Identity::make(random);
  const EnterpriseList list({item(1, "甲")});
  SignedEnterpriseHead head = head_of(list, 1);
  head.signature = hub.sign(kEnterpriseListDomain, head.head.encode());
  EXPECT_TRUE(verify(head, hub.open()));
  EXPECT_FALSE(verify(head, other.open()));
  head.head.version = 2;
  EXPECT_FALSE(verify(head, hub.open()));
}

// Whatever happens to it, the changes lead to the same list as taking it whole.
RC_GTEST_PROP(EnterpriseList, changes_equal_the_whole, ()) {
  std::map<std::uint8_t, ListedEnterprisePtr> now;
  const auto list_of = [&] {
    std::vector<ListedEnterprisePtr> items;
    for (const auto& [id, entry] : now) items.push_back(entry);
    return EnterpriseList(std::move(items));
  };
  EnterpriseList held = list_of(), before = held;
  const auto steps = *rc::gen::container<std::vector<std::pair<std::uint8_t, int>>>(
      rc::gen::pair(rc::gen::inRange<std::uint8_t>(1, 12), rc::gen::inRange(0, 4)));
  std::uint32_t version = 1;
  for (const auto& [id, what] : steps) {
    if (what == 0)
      now.erase(id);
    else
      now[id] = item(id, "名称" + std::to_string(what));
    if (what == 3) continue;  // several steps become one change
    const EnterpriseList later = list_of();
    EnterpriseListChange change = before.change_to(later);
    change.from = version;
    change.to = head_of(later, ++version);
    const auto read = EnterpriseListChange::parse(change.encode());
    RC_ASSERT(read.has_value());
    const auto applied = held.apply(*read);
    RC_ASSERT(applied.has_value());
    held = *applied;
    before = later;
    RC_ASSERT(held.root() == later.root());
    RC_ASSERT(parse_enterprise_list(later.encode(change.to))->list->root() == held.root());
  }
}

TEST(EnterpriseList, refuses_a_change_that_does_not_fit) {
  const EnterpriseList before({item(1, "甲")}), after({item(1, "甲"), item(2, "乙")});
  EnterpriseListChange change = before.change_to(after);
  change.to = head_of(after, 2);
  EXPECT_TRUE(before.apply(change));
  EXPECT_FALSE(EnterpriseList().apply(change));
  change.removed.push_back(item(9, "")->entry.listing);
  EXPECT_FALSE(before.apply(change));
  EXPECT_FALSE(EnterpriseListChange::parse("{}"));
  EXPECT_FALSE(EnterpriseListChange::parse(change.encode() + "nonsense\n"));
}

}  // namespace
}  // namespace probity::alliance
