// Watched partners on the real database: told once of each change that concerns them, and of nothing else.
#include "store/screening_watches.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "support/company_node.h"

namespace probity::store {
namespace {

using namespace screening;
using What = WatchChange::What;

struct Mails final : WatchMails {
  Result<void> tell(const Id& account, std::size_t changes) override {
    told.emplace_back(account, changes);
    return {};
  }
  std::vector<std::pair<Id, std::size_t>> told;
};

struct WatchNode : test::CompanyNode {
  WatchNode() : watch_store(*database) {
    reopen();
    (void)companies->refresh().has_value();
  }
  void reopen() {
    restart();
    watches =
        std::make_unique<WatchService>(WatchPorts{watch_store, *companies, *database, *events, clock, random, &mails});
    (void)watches->start().has_value();
  }
  void publish(std::vector<alliance::ListedEnterprisePtr> items) {
    hub.publish(std::move(items));
    ASSERT_TRUE(companies->refresh());
  }
  Watch add(const std::string& name, const std::string& code) {
    const auto added = watches->add({{name, code, "", ""}, ""}, actor);
    EXPECT_TRUE(added) << (added ? "" : added.error().message);
    return added ? added->watch : Watch{};
  }
  std::vector<What> happened(const Id& watch) {
    std::vector<What> whats;
    const auto changes = watches->changes_of(watch).value();
    for (const WatchChange& change : changes) whats.push_back(change.what);
    std::ranges::reverse(whats);
    return whats;
  }

  ScreeningWatchStore watch_store;
  Mails mails;
  std::unique_ptr<WatchService> watches;
};

alliance::ListedEnterprisePtr entry(std::uint8_t number, const std::string& name, const std::string& code,
                                    const std::string& status = "active",
                                    std::optional<TimeMs> corrected_ms = std::nullopt) {
  alliance::EnterpriseEntry out = test::listed(number, name, code)->entry;
  out.status = status;
  out.corrected_ms = corrected_ms;
  return alliance::listed_enterprise(alliance::entry_line(out)).value();
}

TEST(Watch, tells_of_listing_dispute_correction_and_end) {
  WatchNode node;
  const Watch watch = node.add("杭州蓝鲸仪器有限公司", test::kCode);
  const Watch other = node.add("成都青松食品有限公司", "");
  EXPECT_EQ(watch.level(), CompanyLevel::not_listed);
  node.publish({entry(1, "杭州蓝鲸仪器有限公司", test::kCode)});
  node.publish({entry(1, "杭州蓝鲸仪器有限公司", test::kCode, "disputed")});
  node.publish({entry(1, "杭州蓝鲸仪器有限公司", test::kCode)});
  node.publish({entry(1, "杭州蓝鲸仪器有限公司", test::kCode, "active", 99)});
  node.publish({});
  EXPECT_EQ(node.happened(watch.id),
            (std::vector{What::listed, What::disputed, What::dispute_over, What::corrected, What::removed}));
  EXPECT_TRUE(node.happened(other.id).empty());
  EXPECT_EQ(node.mails.told.size(), 5U);
  EXPECT_EQ(node.mails.told[0].first, *node.actor.id);
  const auto now = node.watches->find(watch.id).value();
  EXPECT_FALSE(now.seen);
  EXPECT_TRUE(now.matches.empty());
  EXPECT_TRUE(node.watches->mark_seen(watch.id)->seen);
  WatchFilter changed;
  changed.changed = true;
  EXPECT_EQ(node.watches->list(changed)->total, 0U);
  EXPECT_EQ(node.watches->list({})->total, 2U);
  const auto events = node.events->list({}).value();
  for (const auto& event : events.items) EXPECT_EQ(event.data_json.find("蓝鲸"), std::string::npos);
}

TEST(Watch, knows_what_is_listed_already_and_one_company_once) {
  WatchNode node;
  node.publish({entry(1, "杭州蓝鲸仪器有限公司", test::kCode)});
  EXPECT_EQ(node.add("", test::kCode).level(), CompanyLevel::confirmed);
  const auto again = node.watches->add({{"other name", test::kCode, "", ""}, ""}, node.actor).value();
  EXPECT_FALSE(again.is_new);
  EXPECT_EQ(node.watches->list({})->total, 1U);
  const auto many =
      node.watches->add_many({again.watch.subject, read_subject({"青松", "", "", ""}).value()}, "", node.actor);
  EXPECT_EQ(many->added, 1U);
  EXPECT_EQ(many->known, 1U);
  EXPECT_FALSE(node.watches->add({{"", "wrong", "", ""}, ""}, node.actor));
}

TEST(Watch, follows_what_another_process_added) {
  WatchNode node;
  node.publish({});
  {
    // As a command does beside the running node: its own services over the same database.
    CompanyScreening companies(CompanyPorts{*node.queries, *node.database, node.hub, node.log, *node.events, node.clock,
                                            node.random, nullptr});
    WatchService command(
        WatchPorts{node.watch_store, companies, *node.database, *node.events, node.clock, node.random, nullptr});
    ASSERT_TRUE(companies.start());
    ASSERT_TRUE(command.add({{"杭州蓝鲸仪器有限公司", "", "", ""}, ""}, node.actor));
  }
  node.publish({entry(1, "杭州蓝鲸仪器有限公司", test::kCode)});
  WatchFilter changed;
  changed.changed = true;
  EXPECT_EQ(node.watches->list(changed)->total, 1U);
}

TEST(Watch, goes_on_after_a_restart_and_ends_when_removed) {
  WatchNode node;
  const Watch watch = node.add("杭州蓝鲸仪器有限公司", "");
  node.reopen();
  node.publish({entry(1, "杭州蓝鲸仪器有限公司", test::kCode)});
  EXPECT_EQ(node.happened(watch.id), std::vector{What::listed});
  ASSERT_TRUE(node.watches->remove(watch.id, node.actor));
  EXPECT_EQ(node.watches->find(watch.id).error().code, ErrorCode::not_found);
  node.publish({});
  EXPECT_TRUE(node.happened(watch.id).empty());
  EXPECT_EQ(node.watches->remove(watch.id, node.actor).error().code, ErrorCode::not_found);
}

// Random histories of the list: what a watch says at each moment is what matching it against the whole list says.
RC_GTEST_PROP(WatchProperty, follows_as_if_it_were_asked_each_time, ()) {
  const std::vector<std::string> names{"杭州蓝鲸仪器有限公司", "宁波红鹤贸易有限公司", "Red Heron Trading Ltd",
                                       "成都青松食品有限公司"};
  const std::vector<std::string> codes{"", test::kCode, "91420000737944946L"};
  // One database for all histories, each of which begins with an empty list.
  static WatchNode node;
  static const std::vector<Watch> watched = [&] {
    std::vector<Watch> added;
    for (const std::string& name : names) added.push_back(node.add(name, ""));
    added.push_back(node.add("杭州蓝鲸仪器", test::kCode));
    return added;
  }();
  node.publish({});
  std::map<std::uint8_t, alliance::ListedEnterprisePtr> now;
  const auto steps =
      *rc::gen::resize(12, rc::gen::container<std::vector<std::array<int, 4>>>(rc::gen::map(
                               rc::gen::tuple(rc::gen::inRange(1, 5), rc::gen::inRange(0, 4), rc::gen::inRange(0, 3),
                                              rc::gen::inRange(0, 3)),
                               [](const auto& t) {
                                 return std::array{std::get<0>(t), std::get<1>(t), std::get<2>(t), std::get<3>(t)};
                               })));
  for (const auto& [listing, name, code, what] : steps) {
    const auto key = static_cast<std::uint8_t>(listing);
    if (what == 0)
      now.erase(key);
    else
      now[key] = entry(key, names[static_cast<std::size_t>(name)], codes[static_cast<std::size_t>(code)],
                       what == 1 ? "active" : "disputed");
    std::vector<alliance::ListedEnterprisePtr> items;
    for (const auto& [id, item] : now) items.push_back(item);
    node.hub.publish(items);
    RC_ASSERT(node.companies->refresh().has_value());
    for (const Watch& watch : watched) {
      std::vector<WatchMatch> expected;
      const auto list = node.companies->book().held()->list;
      for (const auto& item : list->entries())
        if (const auto match = watch_match(watch.subject, item)) expected.push_back(*match);
      RC_ASSERT(node.watches->find(watch.id)->matches == expected);
    }
  }
}

}  // namespace
}  // namespace probity::store
