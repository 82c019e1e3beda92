// What a node's desk sends by itself: that there are new bulletins, and that a training is near. Never what they say.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "bulletins/desk.h"
#include "bulletins/json.h"
#include "bulletins/rules.h"

namespace probity::bulletins {
namespace {

constexpr std::size_t kAtOnce = 100;
constexpr const char* kTrainingPath = "/alliance/v1/training/";

struct Facts {
  std::string state;
  Seat seat = Seat::none;
  TimeMs starts_ms = 0;
};

// Of the hub's answer about a training.
Result<Facts> facts_of(const std::string& answer) {
  const auto json = nlohmann::json::parse(answer, nullptr, false);
  const bool whole = json.is_object() && json.value("state", nlohmann::json()).is_string() &&
                     json.value("own", nlohmann::json()).is_string() &&
                     json.value("starts_at", nlohmann::json()).is_string();
  const auto seat = whole ? parse_seat(json["own"].get<std::string>()) : std::nullopt;
  const auto starts_ms = whole ? time_of_text(json["starts_at"].get<std::string>()) : std::nullopt;
  if (!seat || !starts_ms) return fail(ErrorCode::unavailable, "the hub's answer is not readable");
  return Facts{json["state"].get<std::string>(), *seat, *starts_ms};
}

std::string words(const Addressee& to, const char* en, const char* zh) { return to.locale == "zh" ? zh : en; }

}  // namespace

Result<bool> Desk::daily_mail(const Id& account) {
  return ports_.store.daily_mail(account).map([](const auto& found) { return found && found->wanted; });
}

Result<void> Desk::set_daily_mail(const Id& account, bool wanted) {
  return ports_.transactions.write([&] { return ports_.store.put(DailyMail{account, wanted, ports_.clock.now_ms()}); });
}

Result<std::string> Desk::register_for(const Id& training, const Id& account, const std::string& name) {
  const std::string body = nlohmann::json{{"name", name}}.dump();
  TRY_ASSIGN(std::string answer, ask("POST", kTrainingPath + training.text() + "/register", body, account));
  TRY_ASSIGN(const Facts facts, facts_of(answer));
  TRY(ports_.transactions.write([&] {
    return ports_.store.put(Attendance{training, account, facts.starts_ms, facts.seat, false});
  }));
  return answer;
}

Result<void> Desk::unregister_from(const Id& training, const Id& account) {
  TRY(ask("POST", kTrainingPath + training.text() + "/unregister", "{}", account));
  return ports_.transactions.write([&] { return ports_.store.remove_attendance(training, account); });
}

Result<void> Desk::send(const Addressee& to, const char* kind, const std::string& subject, const std::string& text,
                        const std::string& page) {
  outbox::Message message;
  message.to = to.email;
  message.to_name = to.name;
  message.kind = kind;
  message.subject = subject;
  message.text = text;
  message.link = ports_.pages_url + page;
  return ports_.outbox.enqueue(message).map([](const Id&) {});
}

// A number and nothing else: mail is read on lock screens and by servers in between.
Result<bool> Desk::mail_news(const DailyMail& mail) {
  TRY_ASSIGN(const auto to, ports_.addressee(mail.account));
  std::uint64_t unread = 0;
  if (to) {
    TRY_ASSIGN(const std::string answer,
               ask("POST", "/alliance/v1/bulletins/list", R"({"unread":true,"limit":1})", mail.account));
    const auto json = nlohmann::json::parse(answer, nullptr, false);
    if (!json.is_object() || !json.value("unread", nlohmann::json()).is_number_unsigned())
      return fail(ErrorCode::unavailable, "the hub's answer is not readable");
    unread = json["unread"].get<std::uint64_t>();
  }
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(ports_.store.put(DailyMail{mail.account, to.has_value(), ports_.clock.now_ms()}));
    if (unread == 0) return {};
    const bool one = unread == 1;
    const std::string subject =
        fmt::format(fmt::runtime(words(*to, one ? "{} new bulletin" : "{} new bulletins", "{} 条新通报")), unread);
    return send(
        *to, "bulletins.news", subject,
        words(*to, "Sign in to read. This mail says no more on purpose.", "请登录查看。本邮件有意不含任何内容。"),
        "/bulletins");
  }));
  return unread > 0;
}

Result<bool> Desk::look_after(const Attendance& attendance) {
  const TimeMs now_ms = ports_.clock.now_ms();
  TRY_ASSIGN(const auto to, ports_.addressee(attendance.account));
  const auto answer = ask("GET", kTrainingPath + attendance.training.text(), {}, attendance.account);
  const bool is_gone = !answer && answer.error().code == ErrorCode::not_found;
  if (!answer && !is_gone) return tl::unexpected<Error>(answer.error());
  Facts facts;
  if (!is_gone) {
    TRY_ASSIGN(facts, facts_of(*answer));
  }
  const char *en = nullptr, *zh = nullptr;
  Attendance next = attendance;
  next.seat = facts.seat;
  next.starts_ms = facts.starts_ms;
  const bool over = is_gone || facts.seat == Seat::none || facts.state != "planned";
  if (facts.state == "cancelled") {
    en = "A training that you registered for was called off";
    zh = "您报名的培训已取消";
  } else if (!over && facts.starts_ms != attendance.starts_ms) {
    en = "A training that you registered for was moved";
    zh = "您报名的培训已改期";
    next.reminded = false;
  } else if (!over && facts.seat == Seat::registered && attendance.seat == Seat::waiting) {
    en = "You have a seat in a training that you waited for";
    zh = "您候补的培训现已有名额";
  } else if (!over && facts.seat == Seat::registered && !attendance.reminded && facts.starts_ms - now_ms <= kDayMs) {
    en = "A training that you registered for begins within a day";
    zh = "您报名的培训将在一天内开始";
    next.reminded = true;
  }
  const bool mails = en != nullptr && to.has_value();
  TRY(ports_.transactions.write([&]() -> Result<void> {
    if (over || !to)
      TRY(ports_.store.remove_attendance(attendance.training, attendance.account));
    else if (!(next == attendance))
      TRY(ports_.store.put(next));
    if (!mails) return {};
    return send(*to, "training.reminder", words(*to, en, zh),
                words(*to, "Sign in to see when and where.", "请登录查看时间和地点。"),
                "/training/" + attendance.training.text());
  }));
  return mails;
}

Result<std::size_t> Desk::tick() {
  std::size_t mails = 0;
  TRY_ASSIGN(const auto due, ports_.store.mails_due(ports_.clock.now_ms() - kDayMs, kAtOnce));
  for (const DailyMail& mail : due) {
    TRY_ASSIGN(const bool sent, mail_news(mail));
    mails += sent ? 1 : 0;
  }
  TRY_ASSIGN(const auto attendances, ports_.store.attendances());
  for (const Attendance& attendance : attendances) {
    TRY_ASSIGN(const bool sent, look_after(attendance));
    mails += sent ? 1 : 0;
  }
  return mails;
}

}  // namespace probity::bulletins
