// Cases, ledgers, rectifications and the links of those who answer, on a real database.
#include "store/cases_store.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "store/cases_access.h"
#include "support/memory_commitments.h"

namespace probity::store {
namespace {

using cases::Case;
using cases::Deadline;

constexpr TimeMs kStart = 1'800'000'000'000, kDay = 86'400'000;

// A folder that goes with the test.
struct Folder {
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "probity-cases-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string path;
};

class Cases : public testing::Test {
 protected:
  Case add(const std::string& title, const std::vector<Deadline>& deadlines = {}) {
    Case of;
    of.id = Id::random(random);
    of.year = 2026;
    of.ordinal = store.next_ordinal(2026).value();
    of.number = cases::case_number(of.year, of.ordinal);
    of.title = title;
    of.opened_ms = of.updated_ms = clock.now_ms();
    of.owner = {Id::random(random), "Ida Investigator"};
    cases::CaseParty party;
    party.id = Id::random(random);
    party.party = Id::random(random);
    party.name = "Mira Holloway";
    party.accused = true;
    of.parties.push_back(party);
    EXPECT_TRUE(store.insert(of, deadlines));
    return of;
  }
  static Deadline due(const std::string& what, TimeMs due_ms) { return {{}, "", "", what, "a detail", due_ms}; }
  std::vector<std::string> titles(const cases::CaseFilter& filter) {
    std::vector<std::string> found;
    const auto listed = store.list(filter).value();
    for (const auto& row : listed.items) found.push_back(row.of.title);
    return found;
  }

  Folder folder;
  std::unique_ptr<Database> database = Database::open_sqlite(folder.path + "/test.db").value();
  SqlCaseStore store{*database};
  test::SeededRandom random;
  test::HandClock clock{kStart};
};

TEST_F(Cases, come_back_as_they_were_and_refuse_a_second_writer) {
  Case of = add("Coast road on a forum");
  EXPECT_EQ(of.number, "K-2026-0001");
  EXPECT_EQ(store.find(of.id).value().value(), of);
  EXPECT_EQ(store.find_number("K-2026-0001").value()->id, of.id);
  EXPECT_FALSE(store.find(Id{}).value());
  Case mine = of, theirs = of;
  mine.title = "Mine";
  ASSERT_TRUE(store.update(mine, {}));
  EXPECT_EQ(mine.revision, 2);
  theirs.title = "Theirs";
  EXPECT_EQ(store.update(theirs, {}).error().code, ErrorCode::conflict);
  EXPECT_EQ(store.find(of.id).value()->title, "Mine");
}

TEST_F(Cases, are_listed_by_what_is_asked) {
  Case first = add("A picture 图片", {due("task", kStart + 2 * kDay)});
  clock.advance(kDay);
  Case second = add("B drawing", {due("reply", kStart + kDay), due("task", kStart + 9 * kDay)});
  clock.advance(kDay);
  Case third = add("C closed");
  third.state = cases::State::closed;
  third.severity = cases::Severity::critical;
  ASSERT_TRUE(store.update(third, {}));
  EXPECT_EQ(titles({}), (std::vector<std::string>{"C closed", "B drawing", "A picture 图片"}));
  cases::CaseFilter filter;
  filter.page.sort = "due_at";
  EXPECT_EQ(titles(filter).front(), "B drawing");
  EXPECT_EQ(titles(filter).back(), "C closed");
  filter.page.sort = "surely_none";
  EXPECT_FALSE(store.list(filter));
  filter = {};
  filter.open_only = true;
  EXPECT_EQ(titles(filter).size(), 2U);
  filter = {};
  filter.page.search = "图片";
  EXPECT_EQ(titles(filter).size(), 1U);
  filter.page.search = "%";
  EXPECT_TRUE(titles(filter).empty());
  filter = {};
  filter.party = second.parties[0].party;
  EXPECT_EQ(titles(filter), std::vector<std::string>{"B drawing"});
  filter = {};
  filter.due_before_ms = kStart + kDay;
  EXPECT_EQ(titles(filter), std::vector<std::string>{"B drawing"});
  EXPECT_EQ(store.count_by_state().value().at(cases::State::open), 2U);
  const auto deadlines = store.deadlines(kStart + 5 * kDay, 10).value();
  ASSERT_EQ(deadlines.size(), 2U);
  EXPECT_EQ(deadlines.front().what, "reply");
  EXPECT_EQ(deadlines.front().number, second.number);
  EXPECT_EQ(store.overdue(kStart + 2 * kDay, {}, 10).value().size(), 2U);
}

TEST_F(Cases, that_are_overdue_come_up_oldest_first_until_somebody_was_told) {
  std::vector<Case> made;
  for (int i = 0; i < 7; ++i)
    made.push_back(add("Case " + std::to_string(i), {due("task", kStart + (7 - i / 2) * kDay)}));
  std::vector<Id> seen;
  std::optional<cases::Overdue> last;
  while (true) {
    const auto some = store.overdue(kStart + 9 * kDay, last, 2).value();
    if (some.empty()) break;
    for (const auto& one : some) {
      EXPECT_TRUE(!last || last->due_ms <= one.due_ms);
      last = one;
      seen.push_back(one.case_id);
    }
  }
  EXPECT_EQ(std::set<Id>(seen.begin(), seen.end()).size(), 7U) << "nobody twice, nobody never";
  EXPECT_EQ(seen.size(), 7U);
  EXPECT_EQ(seen.front(), made.back().id);
  // Told of one deadline, but not of another.
  auto told = due("task", kStart + kDay), open = due("payment", kStart + 2 * kDay);
  told.told = true;
  ASSERT_TRUE(store.update(made[0], {told}));
  ASSERT_TRUE(store.update(made[1], {told, open}));
  const auto left = store.overdue(kStart + 9 * kDay, {}, 10).value();
  EXPECT_EQ(left.size(), 6U);
  EXPECT_EQ(left.front().case_id, made[1].id);
  EXPECT_EQ(left.front().due_ms, kStart + 2 * kDay);
}

TEST_F(Cases, keep_a_ledger_that_is_only_added_to) {
  const Case of = add("Paid in parts");
  cases::Payment entry;
  entry.case_id = of.id;
  entry.consequence = Id::random(random);
  for (std::int64_t sequence = 1; sequence <= 3; ++sequence) {
    entry.id = Id::random(random);
    entry.sequence = sequence;
    entry.amount = {sequence == 3 ? -500 : 1000 * sequence, "EUR"};
    entry.kind = sequence == 3 ? cases::EntryKind::correction : cases::EntryKind::payment;
    if (sequence == 3) entry.corrects = store.ledger(of.id).value().front().id;
    ASSERT_TRUE(store.append(entry));
  }
  const auto ledger = store.ledger(of.id).value();
  ASSERT_EQ(ledger.size(), 3U);
  EXPECT_EQ(ledger.back(), entry);
  entry.id = Id::random(random);
  EXPECT_FALSE(store.append(entry));  // that place is taken
}

TEST_F(Cases, have_rectifications_that_are_overdue_until_handed_in) {
  const Case of = add("A supplier");
  SqlRectificationStore rectifications(*database);
  cases::Rectification sheet;
  sheet.id = Id::random(random);
  sheet.year = 2026;
  sheet.ordinal = rectifications.next_ordinal(2026).value();
  sheet.number = cases::rectification_number(sheet.year, sheet.ordinal);
  sheet.case_id = of.id;
  sheet.supplier = Id::random(random);
  sheet.supplier_name = "Blue Heron Casting";
  sheet.runs.push_back({cases::RectificationStage::issued, kStart, kStart + kDay, {}, {}});
  ASSERT_TRUE(rectifications.insert(sheet));
  EXPECT_EQ(rectifications.find(sheet.id).value().value(), sheet);
  EXPECT_TRUE(rectifications.overdue(kStart, {}, 10).value().empty());
  const auto overdue = rectifications.overdue(kStart + kDay, {}, 10).value();
  ASSERT_EQ(overdue.size(), 1U);
  EXPECT_TRUE(rectifications.overdue(kStart + kDay, overdue.front(), 10).value().empty());
  EXPECT_EQ(store.list({}).value().items.front().rectifications_open, 1U);
  cases::Rectification stale = sheet;
  sheet.runs.back().submitted_ms = kStart + 2 * kDay;
  ASSERT_TRUE(rectifications.update(sheet));
  EXPECT_TRUE(rectifications.overdue(kStart + 9 * kDay, {}, 10).value().empty());
  EXPECT_EQ(rectifications.update(stale).error().code, ErrorCode::conflict);
  cases::RectificationFilter filter;
  filter.page.search = "heron";
  EXPECT_EQ(rectifications.list(filter).value().total, 1U);
  filter.state = cases::RectificationState::closed;
  EXPECT_EQ(rectifications.list(filter).value().total, 0U);
}

class Access : public Cases {
 protected:
  std::string make_link() {
    const std::string url =
        access.make_link({cases::SubjectKind::rectifier, subject, of.id, of.number, "Ines", "ines@heron.example"})
            .value();
    return url.substr(url.find('#') + 1);
  }
  std::string code() const {
    const std::string& subject_line = mail.messages.back().subject;
    return subject_line.substr(subject_line.size() - 6);
  }
  static ErrorCode refusal(const auto& result) { return result ? ErrorCode::internal : result.error().code; }

  test::HandHouse house;
  test::SentMessages mail;
  SqlCaseAccess links{*database};
  cases::AccessService access{{links, *database, house, mail, clock, random}};
  Case of = add("Who answers");
  Id subject = Id::random(random);
};

TEST_F(Access, lets_in_with_link_and_code_and_nobody_else) {
  const std::string token = make_link();
  EXPECT_EQ(refusal(access.open_link("surely not", false)), ErrorCode::not_found);
  const auto state = access.open_link(token, false).value();
  EXPECT_TRUE(state.code_sent);
  EXPECT_EQ(state.masked_email, "i…@heron.example");
  EXPECT_EQ(access.open_link(token, false).value().retry_after_s, 61);  // not mailed again
  EXPECT_EQ(mail.messages.size(), 1U);
  EXPECT_EQ(refusal(access.open_link(token, true)), ErrorCode::too_many_requests);
  const std::string right = code(), wrong = right == "000000" ? "000001" : "000000";
  EXPECT_EQ(refusal(access.open_session(token, wrong, "192.0.2.1", "Phone")), ErrorCode::unauthenticated);
  EXPECT_FALSE(access.newest_link(subject).value()->opened_ms);
  const auto opened = access.open_session(token, right, "192.0.2.1", "Phone").value();
  EXPECT_EQ(opened.visitor.subject, subject);
  EXPECT_EQ(access.newest_link(subject).value()->opened_ms, kStart);
  EXPECT_EQ(refusal(access.open_session(token, right, "192.0.2.1", "Phone")), ErrorCode::gone);  // once only
  EXPECT_EQ(access.session(opened.token, "192.0.2.1", "Phone").value().name, "Ines");
  EXPECT_FALSE(access.session("another", "192.0.2.1", "Phone"));
  ASSERT_TRUE(access.close_session(opened.visitor));
  EXPECT_FALSE(access.session(opened.token, "192.0.2.1", "Phone"));
}

TEST_F(Access, a_fresh_link_ends_older_ones_and_their_sessions) {
  const std::string first = make_link();
  ASSERT_TRUE(access.open_link(first, false));
  const auto opened = access.open_session(first, code(), "192.0.2.1", "Phone").value();
  const std::string second = make_link();
  EXPECT_EQ(refusal(access.open_link(first, false)), ErrorCode::gone);
  EXPECT_FALSE(access.session(opened.token, "192.0.2.1", "Phone"));
  EXPECT_TRUE(access.open_link(second, false));
}

TEST_F(Access, guessing_gets_five_tries) {
  const std::string token = make_link();
  ASSERT_TRUE(access.open_link(token, false));
  const std::string right = code(), wrong = right == "000000" ? "000001" : "000000";
  for (int i = 0; i < commitments::kCodeTries; ++i)
    EXPECT_EQ(refusal(access.open_session(token, wrong, "192.0.2.1", "Phone")), ErrorCode::unauthenticated);
  EXPECT_EQ(refusal(access.open_session(token, right, "192.0.2.1", "Phone")), ErrorCode::gone);
}

TEST_F(Access, ends_by_itself) {
  const std::string token = make_link();
  ASSERT_TRUE(access.open_link(token, false));
  const auto opened = access.open_session(token, code(), "192.0.2.1", "Phone").value();
  clock.advance(commitments::kSessionLife);
  EXPECT_FALSE(access.session(opened.token, "192.0.2.1", "Phone"));
  clock.advance(commitments::kLinkLife);
  EXPECT_EQ(refusal(access.open_link(token, false)), ErrorCode::gone);
}

}  // namespace
}  // namespace probity::store
