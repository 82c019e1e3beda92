// Sentences of events, their JSON, and the live feed.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "events/json.h"
#include "events/live.h"
#include "events/words.h"
#include "support/memory_ports.h"

namespace probity::events {
namespace {

Event event(std::string kind, std::string data, std::string actor = "Ada") {
  Event made;
  made.kind = std::move(kind);
  made.actor = {Actor::Kind::account, std::nullopt, std::move(actor)};
  made.data_json = std::move(data);
  return made;
}

TEST(Words, SayWhatHappenedInBothLanguages) {
  const auto sentence = sentence_for(event("commitment.sent", R"({"number":"C-7","party":"林小雨"})"));
  EXPECT_EQ(sentence.en, "Ada sent C-7 to 林小雨");
  EXPECT_EQ(sentence.zh, "Ada向林小雨发送了承诺书 C-7");
  const auto imported = sentence_for(event("party.imported", R"({"count":120})"));
  EXPECT_EQ(imported.en, "Ada imported people and organisations (120)");
  EXPECT_EQ(imported.zh, "Ada导入了人员和机构（120）");
}

TEST(Words, TellMissingNamesInGeneral) {
  EXPECT_EQ(sentence_for(event("commitment.sent", "{}")).en, "Ada sent a commitment to a party");
  EXPECT_EQ(sentence_for(event("commitment.sent", "not json")).zh, "Ada向相关方发送了承诺书");
  EXPECT_EQ(sentence_for(event("commitment.sent", R"({"number":[1],"party":""})")).en,
            "Ada sent a commitment to a party");
  EXPECT_EQ(sentence_for(event("project.created", "[]", "")).en, "Probity created the project (no name)");
  Event by_recipient = event("copy.opened", R"({"asset":"Coast"})", "");
  by_recipient.actor.kind = Actor::Kind::recipient;
  EXPECT_EQ(sentence_for(by_recipient).en, "A recipient opened a copy of Coast");
}

TEST(Words, AreNeutralAboutUnknownKinds) {
  EXPECT_EQ(sentence_for(event("moon.landed", "{}")).en, "Ada: moon.landed");
  EXPECT_FALSE(is_known_kind("moon.landed"));
}

TEST(Words, KnowEveryKindAndLeaveNoHoles) {
  for (const char* kind : {"project.created",     "asset.added",         "party.imported",      "commitment.sent",
                           "commitment.opened",   "commitment.read",     "commitment.answered", "commitment.signed",
                           "commitment.in_force", "commitment.declined", "commitment.expired",  "commitment.revoked",
                           "commitment.breached", "commitment.extended", "commitment.reminded", "commitment.replaced",
                           "copy.issued",         "copy.opened",         "copy.downloaded",     "copy.revoked",
                           "copy.restored",       "copy.extended",       "slip.reported",       "slip.updated",
                           "slip.acknowledged",   "training.recorded",   "embargo.changed",     "embargo.lifted",
                           "embargo.notice",      "colleague.invited"}) {
    EXPECT_TRUE(is_known_kind(kind)) << kind;
    const auto sentence = sentence_for(event(kind, "{}"));
    for (const std::string& text : {sentence.en, sentence.zh}) {
      EXPECT_FALSE(text.empty());
      EXPECT_EQ(text.find_first_of("{}"), std::string::npos) << text;
      EXPECT_EQ(text.find("  "), std::string::npos) << text;
    }
  }
}

TEST(Words, DoNotReadNamesAsPatterns) {
  EXPECT_EQ(sentence_for(event("project.created", R"({"project":"{actor} {x"})")).en,
            "Ada created the project {actor} {x");
}

TEST(Json, IsTheApisActivity) {
  test::SeededRandom random;
  Event made = event("asset.added", R"({"asset":"Coast"})");
  made.sequence = 7;
  made.time_ms = 1'800'000'000'000;
  made.project = Id::random(random);
  const auto json = to_json(made);
  EXPECT_EQ(json["id"], 7);
  EXPECT_EQ(json["time"], "2027-01-15T08:00:00.000Z");
  EXPECT_EQ(json["project"], made.project->text());
  EXPECT_TRUE(json["copy"].is_null());
  EXPECT_EQ(json["actor"]["kind"], "account");
  EXPECT_EQ(json["summary_zh"], "Ada添加了Coast");
}

TEST(ActorKind, HasNames) {
  for (const auto kind : {Actor::Kind::account, Actor::Kind::recipient, Actor::Kind::api_key, Actor::Kind::system,
                          Actor::Kind::command_line})
    EXPECT_EQ(parse_actor_kind(actor_kind_name(kind)), kind);
  EXPECT_FALSE(parse_actor_kind("robot"));
}

// Events of a test, safe to append to while a feed follows them.
class Log {
 public:
  void append(std::optional<Id> project = std::nullopt) {
    const std::lock_guard lock(mutex_);
    projects_.push_back(project);
  }
  LiveSource source() {
    return {[this]() -> Result<std::uint64_t> {
              const std::lock_guard lock(mutex_);
              return projects_.size();
            },
            [this](std::uint64_t position, std::size_t limit) -> Result<std::vector<News>> {
              const std::lock_guard lock(mutex_);
              std::vector<News> news;
              for (std::size_t i = position; i < projects_.size() && news.size() < limit; ++i)
                news.push_back({i + 1, "activity", projects_[i], std::to_string(i + 1)});
              return news;
            }};
  }

 private:
  std::mutex mutex_;
  std::vector<std::optional<Id>> projects_;
};

struct Seen {
  std::mutex mutex;
  std::vector<std::string> lines;
  std::atomic<bool> stays = true;

  Watcher watcher(std::function<bool(const News&)> wants = [](const News&) { return true; }) {
    return {[this](std::string_view topic, std::string_view data) {
              const std::lock_guard lock(mutex);
              lines.push_back(std::string(topic) + " " + std::string(data));
              return stays.load();
            },
            std::move(wants)};
  }
  bool soon(std::size_t count) {
    for (int i = 0; i < 1000; ++i) {
      {
        const std::lock_guard lock(mutex);
        if (lines.size() >= count) return true;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return false;
  }
};

constexpr LiveOptions kQuick{.poll_ms = 5};

TEST(LiveFeed, TellsWhatHappensAfterReady) {
  Log log;
  log.append();
  LiveFeed feed({log.source()}, kQuick);
  Seen seen;
  ASSERT_TRUE(feed.watch(seen.watcher()));
  ASSERT_TRUE(seen.soon(1));
  for (int i = 0; i < 500; ++i) log.append();
  feed.wake();
  ASSERT_TRUE(seen.soon(501));
  EXPECT_EQ(seen.lines[0], "ready {}");
  for (int i = 1; i <= 500; ++i)
    EXPECT_EQ(seen.lines[static_cast<std::size_t>(i)], "activity " + std::to_string(i + 1));
}

TEST(LiveFeed, TellsEachWatcherWhatItWants) {
  test::SeededRandom random;
  const Id ours = Id::random(random), other = Id::random(random);
  Log log;
  LiveFeed feed({log.source()}, kQuick);
  Seen all, filtered;
  ASSERT_TRUE(feed.watch(all.watcher()));
  ASSERT_TRUE(feed.watch(filtered.watcher([&](const News& news) { return news.project == ours; })));
  ASSERT_TRUE(all.soon(1) && filtered.soon(1));
  log.append(other);
  log.append(ours);
  ASSERT_TRUE(all.soon(3) && filtered.soon(2));
  EXPECT_EQ(filtered.lines[1], "activity 2");
}

TEST(LiveFeed, DropsWatchersThatAreGoneAndLimitsThem) {
  Log log;
  LiveFeed feed({log.source()}, {.poll_ms = 5, .most_watchers = 2});
  Seen first, second, third;
  ASSERT_TRUE(feed.watch(first.watcher()));
  ASSERT_TRUE(feed.watch(second.watcher()));
  EXPECT_EQ(feed.watch(third.watcher()).error().code, ErrorCode::too_many_requests);
  ASSERT_TRUE(first.soon(1) && second.soon(1));
  first.stays = false;
  log.append();
  for (int i = 0; i < 1000 && feed.watchers() != 1; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  EXPECT_EQ(feed.watchers(), 1U);
  EXPECT_TRUE(feed.watch(third.watcher()));
}

TEST(LiveFeed, PingsAndLetsGoAfterAWhile) {
  Log log;
  LiveFeed feed({log.source()}, {.poll_ms = 5, .ping_ms = 20, .longest_ms = 150});
  Seen seen;
  ASSERT_TRUE(feed.watch(seen.watcher()));
  ASSERT_TRUE(seen.soon(3));
  EXPECT_EQ(seen.lines[1], "ping {}");
  for (int i = 0; i < 1000 && feed.watchers() != 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  EXPECT_EQ(feed.watchers(), 0U);
}

TEST(LiveFeed, StoppingLetsEverybodyGo) {
  Log log;
  LiveFeed feed({log.source()}, kQuick);
  const auto held = std::make_shared<int>(1);
  ASSERT_TRUE(
      feed.watch({[held](std::string_view, std::string_view) { return true; }, [](const News&) { return true; }}));
  feed.stop();
  EXPECT_EQ(held.use_count(), 1);
  EXPECT_EQ(feed.watch({}).error().code, ErrorCode::unavailable);
}

TEST(ActivitySource, FollowsTheLog) {
  test::MemoryEvents log;
  const auto source = activity_source(log);
  EXPECT_EQ(source.head().value(), 0U);
  ASSERT_TRUE(log.append(event("asset.added", R"({"asset":"Coast"})")));
  const auto news = source.after(0, 10).value();
  ASSERT_EQ(news.size(), 1U);
  EXPECT_EQ(news[0].topic, "activity");
  EXPECT_NE(news[0].data_json.find("Ada added Coast"), std::string::npos);
}

}  // namespace
}  // namespace probity::events
