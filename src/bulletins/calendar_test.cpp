#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <sstream>

#include "bulletins/rules.h"
#include "bulletins/training.h"

namespace probity::bulletins {
namespace {

constexpr TimeMs kStart = 1'800'000'000'000;  // 2027-01-15T08:00:00Z

struct Component {
  std::string name;
  std::vector<std::pair<std::string, std::string>> properties;  // name with parameters, raw value
  std::vector<Component> parts;
  std::vector<std::string> all(const std::string& property) const {
    std::vector<std::string> found;
    for (const auto& [key, value] : properties)
      if (key.substr(0, key.find(';')) == property) found.push_back(value);
    return found;
  }
};

// RFC 5545, section 3.1, as strictly as it is written: CR LF ends every line, 75 bytes a line, continued by a blank.
std::vector<std::string> unfolded(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = text.find("\r\n", at);
    EXPECT_NE(end, std::string::npos) << "a line without CR LF";
    if (end == std::string::npos) break;
    const std::string line = text.substr(at, end - at);
    EXPECT_LE(line.size(), 75U) << line;
    EXPECT_EQ(line.find_first_of("\r\n"), std::string::npos);
    // Each line by itself is UTF-8: no character is cut.
    const std::size_t first = line.starts_with(" ") ? 1 : 0;
    EXPECT_TRUE(line.size() <= first || (static_cast<unsigned char>(line[first]) & 0xC0) != 0x80) << line;
    if (line.starts_with(" ")) {
      EXPECT_FALSE(lines.empty());
      if (!lines.empty()) lines.back() += line.substr(1);
    } else {
      EXPECT_FALSE(line.empty());
      lines.push_back(line);
    }
    at = end + 2;
  }
  return lines;
}

// Section 3.6: begin and end match, property names are letters, digits and '-'.
Component parse(const std::vector<std::string>& lines, std::size_t& at) {
  Component component;
  EXPECT_TRUE(lines[at].starts_with("BEGIN:")) << lines[at];
  component.name = lines[at++].substr(6);
  while (at < lines.size() && !lines[at].starts_with("END:")) {
    if (lines[at].starts_with("BEGIN:")) {
      component.parts.push_back(parse(lines, at));
      continue;
    }
    const std::size_t colon = lines[at].find(':');
    EXPECT_NE(colon, std::string::npos) << lines[at];
    const std::string key = lines[at].substr(0, colon), name = key.substr(0, key.find(';'));
    EXPECT_EQ(name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"), std::string::npos) << lines[at];
    component.properties.emplace_back(key, lines[at].substr(colon + 1));
    ++at;
  }
  EXPECT_LT(at, lines.size()) << "no END:" << component.name;
  if (at >= lines.size()) return component;
  EXPECT_EQ(lines[at++], "END:" + component.name);
  return component;
}

Component calendar(const Training& training) {
  const auto lines = unfolded(calendar_of(training));
  std::size_t at = 0;
  Component whole = parse(lines, at);
  EXPECT_EQ(at, lines.size());
  EXPECT_EQ(whole.name, "VCALENDAR");
  EXPECT_EQ(whole.all("VERSION"), std::vector<std::string>{"2.0"});
  EXPECT_EQ(whole.all("PRODID").size(), 1U);
  return whole;
}

const Component& event_in(const Component& calendar) {
  for (const Component& part : calendar.parts)
    if (part.name == "VEVENT") return part;
  ADD_FAILURE() << "no event";
  return calendar;
}

// Section 3.3.11, the other way.
std::string unescaped(const std::string& value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\' && i + 1 < value.size()) {
      ++i;
      out += value[i] == 'n' ? '\n' : value[i];
    } else {
      EXPECT_TRUE(value[i] != ',' && value[i] != ';') << "a bare separator in a text";
      out += value[i];
    }
  }
  return out;
}

Training training() {
  Training made;
  made.plan = {"Fake lamps, and how to see them; part 1",
               "Bring a lamp.\nAnd a lens\\loupe.",
               kStart,
               kStart + 5'400'000,
               "Asia/Shanghai",
               "上海市海湾路九号灯塔大厦三楼培训教室（请从北门进入并出示邀请函，谢谢配合）",
               "https://training.example/lamps",
               2};
  made.changed_ms = kStart - kDayMs;
  return made;
}

Reader person(std::uint8_t number) {
  Reader reader;
  reader.member.bytes.fill(1);
  reader.account.bytes.fill(number);
  return reader;
}

TEST(Calendar, IsWhatTheStandardAsksFor) {
  const Component whole = calendar(training());
  const Component& event = event_in(whole);
  for (const char* once : {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS"})
    EXPECT_EQ(event.all(once).size(), 1U) << once;
  EXPECT_EQ(event.all("DTSTAMP").front(), "20270114T080000Z");
  EXPECT_EQ(unescaped(event.all("SUMMARY").front()), training().plan.title);
  EXPECT_EQ(unescaped(event.all("DESCRIPTION").front()), training().plan.text);
  EXPECT_EQ(unescaped(event.all("LOCATION").front()), training().plan.place);
  EXPECT_EQ(event.parts.at(0).name, "VALARM");
}

TEST(Calendar, TellsLocalTimeWithItsZone) {
  const Component whole = calendar(training());
  bool has_zone = false;
  for (const auto& [key, value] : event_in(whole).properties)
    if (key == "DTSTART;TZID=Asia/Shanghai") {
      EXPECT_EQ(value, "20270115T160000");
      has_zone = true;
    }
  EXPECT_TRUE(has_zone);
  ASSERT_EQ(whole.parts.front().name, "VTIMEZONE");
  EXPECT_EQ(whole.parts.front().all("TZID").front(), "Asia/Shanghai");
  EXPECT_FALSE(whole.parts.front().parts.empty()) << "a zone has at least one STANDARD";
}

TEST(Calendar, SummerTimeAndUtc) {
  Training made = training();
  made.plan.zone = "Europe/Berlin";
  made.plan.starts_ms = 1'815'000'000'000;  // 2027-07-07T22:40:00Z: summer there
  made.plan.ends_ms = made.plan.starts_ms + 3'600'000;
  const Component berlin = calendar(made);
  for (const auto& [key, value] : event_in(berlin).properties)
    EXPECT_TRUE(!key.starts_with("DTSTART") || value == "20270708T004000") << value;
  made.plan.zone = "UTC";
  const Component utc = calendar(made);
  EXPECT_EQ(utc.parts.size(), 1U);
  EXPECT_EQ(event_in(utc).all("DTSTART").front(), "20270707T224000Z");
}

TEST(Calendar, ACancelledOneSaysSo) {
  Training made = training();
  const Training gone = cancel(made, Reader{{}, {}, true}, kStart - kDayMs).value();
  const Component whole = calendar(gone);
  EXPECT_EQ(event_in(whole).all("STATUS").front(), "CANCELLED");
  EXPECT_EQ(event_in(whole).all("SEQUENCE").front(), "1");
}

RC_GTEST_PROP(Calendar, AnyTextSurvives, ()) {
  Training made = training();
  // Characters of one to four bytes, separators, line breaks.
  made.plan.text.clear();
  const auto parts = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "a", ",", ";", "\\", "\n", "灯", "é", "😀", " ", ":", "BEGIN:VEVENT", "\nEND:VCALENDAR\n"));
  for (const std::string& part : parts) made.plan.text += part;
  const Component whole = calendar(made);
  const auto found = event_in(whole).all("DESCRIPTION");
  const bool same = made.plan.text.empty() ? found.empty() : unescaped(found.at(0)) == made.plan.text;
  RC_ASSERT(same);
}

TEST(Trainings, SeatsGoInTurnAndMoveUp) {
  Training made = training();
  for (std::uint8_t i = 1; i <= 3; ++i) made = register_for(made, person(i), "Person", kStart - 1).value();
  EXPECT_EQ(seat_of(made, person(2)), Seat::registered);
  EXPECT_EQ(seat_of(made, person(3)), Seat::waiting);
  EXPECT_EQ(register_for(made, person(3), "Person", kStart - 1).error().code, ErrorCode::conflict);
  made = unregister_from(made, person(1), kStart - 1).value();
  EXPECT_EQ(seat_of(made, person(3)), Seat::registered);
  EXPECT_EQ(seat_of(made, person(1)), Seat::none);
  EXPECT_EQ(parse_training_record(training_record(made)).value(), made);
}

TEST(Trainings, PlansAreChecked) {
  const auto refused = [](void (*spoil)(TrainingPlan&)) {
    TrainingPlan plan = training().plan;
    spoil(plan);
    return !check_plan(plan, kStart - kDayMs).has_value();
  };
  EXPECT_FALSE(refused([](TrainingPlan&) {}));
  EXPECT_TRUE(refused([](TrainingPlan& plan) { plan.zone = "Mars/Olympus"; }));
  EXPECT_TRUE(refused([](TrainingPlan& plan) { plan.ends_ms = plan.starts_ms; }));
  EXPECT_TRUE(refused([](TrainingPlan& plan) { plan.starts_ms = kStart - 2 * kDayMs; }));
  EXPECT_TRUE(refused([](TrainingPlan& plan) { plan.link = "javascript:alert(1)"; }));
  EXPECT_TRUE(refused([](TrainingPlan& plan) { plan.capacity = 0; }));
  EXPECT_TRUE(refused([](TrainingPlan& plan) { plan.text = "Meet 11010519491231002X"; }));
  Reader other = person(1);
  EXPECT_EQ(change_plan(training(), other, training().plan, kStart - kDayMs).error().code, ErrorCode::forbidden);
}

}  // namespace
}  // namespace probity::bulletins
