#include "leaks/coverage.h"

#include <algorithm>
#include <set>

namespace probity::leaks {
namespace {

using commitments::Commitment;

bool in_force_at(const Commitment& commitment, TimeMs time_ms) {
  if (!commitment.in_force_ms || *commitment.in_force_ms > time_ms) return false;
  return !commitment.ended_ms || *commitment.ended_ms > time_ms;
}

bool takes_in(const Commitment& commitment, const Id& asset) {
  return !commitment.assets || std::ranges::find(*commitment.assets, asset) != commitment.assets->end();
}

const Commitment* at(std::span<const Commitment> commitments, const Id& asset, TimeMs time_ms) {
  for (const Commitment& commitment : commitments)
    if (takes_in(commitment, asset) && in_force_at(commitment, time_ms)) return &commitment;
  return nullptr;
}

// "3 days", "5 hours": rounded down, at least a minute.
Said span_in_words(TimeMs span_ms) {
  const std::int64_t minutes = std::max<std::int64_t>(1, span_ms / 60'000), hours = minutes / 60, days = hours / 24;
  const auto said = [](std::int64_t count, const char* unit, const char* unit_zh) {
    return Said{fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s"), fmt::format("{} {}", count, unit_zh)};
  };
  if (days > 0) return said(days, "day", "天");
  if (hours > 0) return said(hours, "hour", "小时");
  return said(minutes, "minute", "分钟");
}

// What each sighting says about one commitment's terms.
class Reading {
 public:
  Reading(const Commitment& commitment, Coverage& coverage) : terms_(commitment.terms), coverage_(coverage) {}

  void read_channels(std::span<const Sighting> sightings) {
    std::set<std::string> channels;
    for (const Sighting& sighting : sightings) channels.insert(sighting.channel);
    for (const std::string& name : channels) {
      const auto channel = commitments::parse_channel(name);
      if (!channel) {
        unsure_ = true;
        say("Whether it covers the place where this was seen takes a person: that place is none of its channels.",
            "发现地点不属于承诺书列明的渠道，是否涵盖须由人判断。");
        continue;
      }
      const Said where = channel_in_words(name);
      if (terms_.covers(*channel))
        coverage_.words.push_back(
            {fmt::format("It covers what is shown {}.", where.en), fmt::format("承诺书涵盖{}。", where.zh)});
      else {
        uncovered_ = true;
        coverage_.words.push_back(
            {fmt::format("It does not name what is shown {}.", where.en), fmt::format("承诺书未列明{}。", where.zh)});
      }
    }
    if (channels.empty()) unsure_ = true;
  }

  void read_embargo(TimeMs leaked_ms) {
    if (!terms_.embargo_ms) {
      say("It names no end of silence.", "承诺书未约定保密终止时间。");
      return;
    }
    const Said until{time_in_words(*terms_.embargo_ms, Language::en), time_in_words(*terms_.embargo_ms, Language::zh)};
    const bool early = leaked_ms < *terms_.embargo_ms;
    const Said span = span_in_words(early ? *terms_.embargo_ms - leaked_ms : leaked_ms - *terms_.embargo_ms);
    if (early) {
      coverage_.words.push_back(
          {fmt::format("It promises silence until {}; this was seen {} before.", until.en, span.en),
           fmt::format("承诺保密至{}；发现时距该时刻尚有 {}。", until.zh, span.zh)});
    } else {
      over_ = true;
      coverage_.words.push_back({fmt::format("Its silence ended on {}; this was seen {} after.", until.en, span.en),
                                 fmt::format("保密期已于{}结束；发现时已过 {}。", until.zh, span.zh)});
    }
  }

  Answer answer() const {
    if (over_ || uncovered_) return Answer::no;
    return unsure_ ? Answer::unknown : Answer::yes;
  }

 private:
  void say(const char* en, const char* zh) { coverage_.words.push_back({en, zh}); }

  const commitments::Terms& terms_;
  Coverage& coverage_;
  bool unsure_ = false, uncovered_ = false, over_ = false;
};

}  // namespace

Said channel_in_words(std::string_view channel) {
  struct Row {
    std::string_view name, en, zh;
  };
  static constexpr Row kRows[] = {
      {"own_media", "in the recipient's own media", "在自有媒体发布的内容"},
      {"private_feeds", "in private feeds", "在私人动态发布的内容"},
      {"direct_messages", "in direct messages", "在私信中发送的内容"},
      {"groups", "in group chats", "在群聊中发送的内容"},
      {"friends_family", "to friends and family", "向亲友展示的内容"},
      {"colleagues", "to colleagues", "向同事展示的内容"},
  };
  const auto row = std::ranges::find(kRows, channel, &Row::name);
  if (row == std::end(kRows)) return {"elsewhere", "在其他地方展示的内容"};
  return {std::string(row->en), std::string(row->zh)};
}

Coverage coverage_of(const copies::Delivery& delivery, std::span<const Commitment> commitments,
                     std::span<const Sighting> sightings, TimeMs reported_ms) {
  Coverage coverage;
  const auto say = [&](const char* en, const char* zh) { coverage.words.push_back({en, zh}); };
  const TimeMs leaked_ms =
      sightings.empty() ? reported_ms : std::ranges::min_element(sightings, {}, &Sighting::seen_ms)->seen_ms;
  const Commitment* opened = nullptr;
  if (delivery.first_opened_ms) {
    opened = at(commitments, delivery.asset, *delivery.first_opened_ms);
    if (opened != nullptr)
      say("When the copy was first opened, a commitment of its recipient was in force.",
          "首次打开该副本时，收件人的承诺书已生效。");
    else
      say("When the copy was first opened, no commitment of its recipient is on record as in force.",
          "首次打开该副本时，未见收件人有生效的承诺书。");
  } else {
    say("The copy was never opened through the recipient's own page.", "该副本从未经收件人页面打开。");
  }
  const Commitment* then = at(commitments, delivery.asset, leaked_ms);
  if (then == nullptr) {
    say(sightings.empty() ? "When the leak was reported, none was in force that covers this picture."
                          : "When the leak was first seen, none was in force that covers this picture.",
        sightings.empty() ? "报告泄露时，没有生效的承诺书涵盖该图片。" : "首次发现时，没有生效的承诺书涵盖该图片。");
    coverage.answer = Answer::no;
    return coverage;
  }
  if (opened != nullptr && opened != then)
    say("By the time of the leak another version of it was in force.", "泄露时生效的是其另一版本。");
  else
    say("It was in force at the time of the leak too.", "泄露时承诺书仍然有效。");
  Reading reading(*then, coverage);
  reading.read_channels(sightings);
  reading.read_embargo(leaked_ms);
  coverage.answer = reading.answer();
  coverage.commitment = then->id;
  coverage.commitment_number = then->number;
  return coverage;
}

std::vector<Said> coverage_before_trace(std::span<const Commitment> in_force, std::span<const Sighting> sightings,
                                        TimeMs now_ms) {
  std::vector<Said> words;
  if (in_force.empty()) {
    words.push_back({"No commitment is in force in this project.", "本项目没有生效的承诺书。"});
    return words;
  }
  const std::size_t count = in_force.size();
  words.push_back({count == 1 ? std::string("One commitment is in force in this project.")
                              : fmt::format("{} commitments are in force in this project.", count),
                   fmt::format("本项目有 {} 份生效的承诺书。", count)});
  std::set<std::string> channels;
  for (const Sighting& sighting : sightings) channels.insert(sighting.channel);
  for (const std::string& name : channels) {
    const auto channel = commitments::parse_channel(name);
    if (!channel) continue;
    const auto covering =
        std::ranges::count_if(in_force, [&](const Commitment& item) { return item.terms.covers(*channel); });
    const Said where = channel_in_words(name);
    words.push_back({fmt::format("{} of them cover what is shown {}.", covering, where.en),
                     fmt::format("其中 {} 份涵盖{}。", covering, where.zh)});
  }
  const auto silent = std::ranges::count_if(
      in_force, [&](const Commitment& item) { return item.terms.embargo_ms && *item.terms.embargo_ms > now_ms; });
  if (silent > 0)
    words.push_back({fmt::format("{} of them still promise silence today.", silent),
                     fmt::format("其中 {} 份目前仍在保密期内。", silent)});
  return words;
}

}  // namespace probity::leaks
