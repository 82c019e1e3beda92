#include "screening/hit_rules.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "screening/hit_guide.h"
#include "screening/record_json.h"

namespace probity::screening {
namespace {

using Kind = HitStep::Kind;
using alliance::kDayMs;

constexpr TimeMs kStart = 1'800'000'000'000;  // a Friday
const std::string kReasons = "The filer confirmed what happened. The candidate explained it and was heard.";
const events::Actor kMei{events::Actor::Kind::account, Id{}, "Mei Sample"};

alliance::LabelContent label(const std::string& reference = "HM-2027-14") {
  return {reference,         alliance::Conduct::bribery, "Harbour Motors", "integrity@harbour.example",
          1'790'000'000'000, 1'940'000'000'000};
}

Hit new_hit() {
  Hit hit;
  hit.number = "H-2027-0001";
  hit.same_person = std::string(32, 'a');
  hit.places = {{2027, 12, 0xABC}};
  hit.labels = {{label()}};
  hit.steps.push_back({Kind::found, kMei, kStart, {}});
  return hit;
}

enum class Verb {
  confirm,
  other_person,
  contact,
  denied,
  no_answer,
  notify,
  answer,
  decide,
  decide_on_facts,
  withdraw,
  reconsider,
  change,
  look_same,
  look_other,
  look_gone,
  look_more,
  look_less
};
constexpr int kVerbs = static_cast<int>(Verb::look_less) + 1;

// Of another member, about another matter.
alliance::LabelContent second_label() {
  return {"LT-7",           alliance::Conduct::theft, "Lakeside Tyres", "desk@lakeside.example", 1'791'000'000'000,
          1'860'000'000'000};
}

std::vector<alliance::LabelContent> standing(const Hit& hit) {
  std::vector<alliance::LabelContent> labels;
  for (const HitLabel& one : hit.labels)
    if (one.stands) labels.push_back(one.content);
  return labels;
}

// The next filer that is still to be asked.
Result<Hit> ask_filer(const Hit& hit, const char* channel, FilerAnswer answer, const Doing& by) {
  FilerContact contact{"Lin", by.now_ms, channel, answer, "Asked"};
  const auto next = std::ranges::find_if(hit.labels, &HitLabel::is_to_be_asked);
  if (next != hit.labels.end()) contact.label = static_cast<std::size_t>(next - hit.labels.begin());
  return contact_filer(hit, contact, by);
}

Result<Hit> doing(const Hit& hit, Verb verb, TimeMs now_ms) {
  const Doing by{kMei, now_ms};
  using Way = IdentityCheck::Way;
  using Answer = FilerContact::Answer;
  switch (verb) {
    case Verb::confirm:
      return confirm_identity(hit, {Way::birth_date, true, "Compared", "same"}, by);
    case Verb::other_person:
      return confirm_identity(hit, {Way::birth_date, false, "Compared", "different"}, by);
    case Verb::contact:
      return ask_filer(hit, "phone", Answer::confirmed, by);
    case Verb::denied:
      return ask_filer(hit, "phone", Answer::not_confirmed, by);
    case Verb::no_answer:
      return ask_filer(hit, "mail", Answer::no_answer, by);
    case Verb::notify:
      return notify_person(hit, {now_ms, "mail", "Told"}, by);
    case Verb::answer:
      return record_answer(hit, "It was a mistake", by);
    case Verb::decide:
      return decide(hit, HitOutcome::declined_other_reasons, kReasons, by);
    case Verb::decide_on_facts:
      return decide(hit, HitOutcome::declined_confirmed_facts, kReasons, by);
    case Verb::withdraw:
      return withdraw(hit, "Took another offer", by);
    case Verb::reconsider:
      return reconsider(hit, HitOutcome::engaged, kReasons, by);
    case Verb::change:
      return listing_changed(hit, {alliance::ListingStep::Kind::corrected, now_ms}, Id{}, by);
    case Verb::look_same:
      return look_again(hit, {standing(hit), {}}, by);
    case Verb::look_other:
      return look_again(hit, {{label("HM-2027-15")}, {{2027, 13, 7}}}, by);
    case Verb::look_gone:
      return look_again(hit, {}, by);
    case Verb::look_more: {
      auto labels = standing(hit);
      labels.push_back(second_label());
      return look_again(hit, {std::move(labels), {{2027, 12, 0xABC}}}, by);
    }
    case Verb::look_less: {
      auto labels = standing(hit);
      if (!labels.empty()) labels.erase(labels.begin());
      return look_again(hit, {std::move(labels), {}}, by);
    }
  }
  return fail(ErrorCode::internal, "no verb");
}

Hit after(Hit hit, std::initializer_list<Verb> verbs, TimeMs now_ms = kStart) {
  for (const Verb verb : verbs) {
    const auto next = doing(hit, verb, now_ms);
    EXPECT_TRUE(next) << next.error().message;
    hit = next.value_or(hit);
  }
  return hit;
}

ErrorCode error_of(const Result<Hit>& result) { return result ? ErrorCode::internal : result.error().code; }

TEST(HitRules, lead_from_a_hit_to_a_decision_in_one_order_only) {
  Hit hit = new_hit();
  EXPECT_EQ(error_of(doing(hit, Verb::contact, kStart)), ErrorCode::conflict);
  EXPECT_EQ(error_of(doing(hit, Verb::decide, kStart)), ErrorCode::conflict);
  hit = after(hit, {Verb::confirm, Verb::contact, Verb::notify});
  EXPECT_EQ(hit.state, HitState::waiting);
  const TimeMs until_ms = alliance::after_working_days(kStart, kWaitWorkingDays);
  EXPECT_EQ(hit.wait_until_ms, until_ms);
  EXPECT_EQ(error_of(doing(hit, Verb::decide_on_facts, until_ms - 1)), ErrorCode::conflict);
  hit = after(hit, {Verb::answer, Verb::decide_on_facts}, until_ms);
  EXPECT_EQ(hit.state, HitState::decided);
  EXPECT_EQ(hit.decision->outcome, HitOutcome::declined_confirmed_facts);
  EXPECT_FALSE(is_pending(hit));
}

TEST(HitRules, a_notice_dated_before_it_was_entered_buys_no_time) {
  Hit hit = after(new_hit(), {Verb::confirm, Verb::contact}, kStart + 3 * kDayMs);
  const TimeMs now_ms = kStart + 10 * kDayMs;
  const auto told = notify_person(hit, {kStart + kDayMs, "letter", "Told"}, {kMei, now_ms});
  ASSERT_TRUE(told);
  EXPECT_EQ(told->wait_until_ms, alliance::after_working_days(now_ms, kWaitWorkingDays));
  EXPECT_EQ(error_of(notify_person(hit, {kStart - 30 * kDayMs, "letter", "Told"}, {kMei, now_ms})),
            ErrorCode::invalid_argument);
}

TEST(HitRules, facts_that_the_filer_did_not_confirm_carry_no_decision) {
  const TimeMs late = kStart + 30 * kDayMs;
  const Hit silent = after(new_hit(), {Verb::confirm, Verb::no_answer, Verb::notify});
  EXPECT_EQ(error_of(doing(silent, Verb::decide_on_facts, late)), ErrorCode::conflict);
  EXPECT_TRUE(doing(silent, Verb::decide, late));
  EXPECT_EQ(after(new_hit(), {Verb::confirm, Verb::denied}).state, HitState::mistaken);
  EXPECT_EQ(after(new_hit(), {Verb::other_person}).state, HitState::mistaken);
}

TEST(HitRules, reasons_are_two_sentences) {
  EXPECT_FALSE(check_reasons("No."));
  EXPECT_FALSE(check_reasons("He is on the list and so we declined"));
  EXPECT_FALSE(check_reasons("1. 2. 3. 4."));
  EXPECT_FALSE(check_reasons("不符合要求。"));
  EXPECT_TRUE(check_reasons(kReasons));
  EXPECT_TRUE(check_reasons("提交方确认了事实。本人已说明情况并表示认可。"));
}

TEST(HitRules, a_listing_that_ended_clears_what_is_pending_and_reopens_what_was_decided) {
  const TimeMs late = kStart + 30 * kDayMs;
  const Hit waiting = after(new_hit(), {Verb::confirm, Verb::contact, Verb::notify, Verb::change});
  EXPECT_EQ(error_of(doing(waiting, Verb::decide, late)), ErrorCode::conflict) << "nobody has looked yet";
  EXPECT_EQ(after(waiting, {Verb::look_gone}).state, HitState::cleared);
  EXPECT_EQ(after(waiting, {Verb::look_same}).state, HitState::waiting);
  EXPECT_EQ(after(waiting, {Verb::look_other}).state, HitState::identity_confirmed) << "the filer is asked anew";
  Hit decided = after(after(new_hit(), {Verb::confirm, Verb::contact, Verb::notify}), {Verb::decide_on_facts}, late);
  decided = after(decided, {Verb::change}, late);
  EXPECT_TRUE(is_pending(decided));
  const Hit again = after(decided, {Verb::look_gone}, late);
  EXPECT_EQ(again.state, HitState::reconsider);
  EXPECT_EQ(error_of(reconsider(again, HitOutcome::declined_confirmed_facts, kReasons, {kMei, late})),
            ErrorCode::conflict);
  EXPECT_EQ(after(again, {Verb::reconsider}, late).state, HitState::decided);
}

Hit doubly_listed() {
  Hit hit = new_hit();
  hit.labels.push_back({second_label()});
  return hit;
}

TEST(HitRules, each_of_two_filers_is_named_and_asked) {
  const Hit hit = after(doubly_listed(), {Verb::confirm});
  const auto names = [&](const Hit& of, std::string_view filer) {
    return std::ranges::any_of(guide_for(of, kStart).may,
                               [&](const GuideLine& line) { return line.en.find(filer) != std::string::npos; });
  };
  EXPECT_TRUE(names(hit, "Harbour Motors (integrity@harbour.example), under the reference HM-2027-14"));
  EXPECT_TRUE(names(hit, "Lakeside Tyres (desk@lakeside.example), under the reference LT-7"));
  const Doing by{kMei, kStart};
  FilerContact contact{"Lin", kStart, "phone", FilerAnswer::not_confirmed, "Asked"};
  EXPECT_EQ(error_of(contact_filer(hit, contact, by)), ErrorCode::invalid_argument) << "which of them?";
  contact.label = 2;
  EXPECT_EQ(error_of(contact_filer(hit, contact, by)), ErrorCode::invalid_argument);
  contact.label = 1;
  const Hit one = contact_filer(hit, contact, by).value();
  EXPECT_EQ(one.state, HitState::identity_confirmed) << "the other one was not asked yet";
  EXPECT_EQ(one.steps.back().detail.at("filer"), "Lakeside Tyres");
  EXPECT_TRUE(names(one, "Harbour Motors"));
  EXPECT_FALSE(names(one, "Lakeside Tyres"));
  EXPECT_EQ(error_of(contact_filer(one, contact, by)), ErrorCode::invalid_argument) << "asked already";
  const Hit both = after(one, {Verb::contact});
  EXPECT_EQ(both.state, HitState::filer_contacted) << "one that is not confirmed does not close the other";
  EXPECT_TRUE(both.filer_confirmed());
  EXPECT_EQ(after(one, {Verb::denied}).state, HitState::mistaken) << "nobody confirms";
}

TEST(HitRules, when_one_of_two_listings_ends_the_hit_goes_on_with_the_other) {
  const TimeMs late = kStart + 30 * kDayMs;
  const Hit waiting =
      after(doubly_listed(), {Verb::confirm, Verb::contact, Verb::no_answer, Verb::notify, Verb::change});
  const Hit less = after(waiting, {Verb::look_less});
  EXPECT_EQ(less.state, HitState::waiting) << "what the person has to answer to has only become less";
  EXPECT_FALSE(less.labels[0].stands);
  EXPECT_EQ(less.labels[1].content, second_label());
  EXPECT_EQ(error_of(doing(less, Verb::decide_on_facts, late)), ErrorCode::conflict) << "who confirmed lists no more";
  EXPECT_TRUE(doing(less, Verb::decide, late));
  EXPECT_EQ(less.steps.back().detail.at("ended"), "Harbour Motors HM-2027-14");
  EXPECT_EQ(after(after(less, {Verb::change}), {Verb::look_gone}).state, HitState::cleared);
  // The one that was never confirmed is the one that is left.
  const Hit denied = after(doubly_listed(), {Verb::confirm, Verb::contact, Verb::denied, Verb::change});
  EXPECT_EQ(after(denied, {Verb::look_less}).state, HitState::mistaken);
}

TEST(HitRules, a_second_filer_begins_anew_what_was_waiting_and_what_was_decided) {
  const TimeMs late = kStart + 30 * kDayMs;
  const Hit waiting = after(new_hit(), {Verb::confirm, Verb::contact, Verb::notify});
  EXPECT_EQ(after(waiting, {Verb::look_same}).state, HitState::waiting);
  const Hit more = after(waiting, {Verb::look_more});
  EXPECT_EQ(more.state, HitState::identity_confirmed);
  EXPECT_EQ(more.labels[0].answer, FilerAnswer::confirmed) << "what the first filer said keeps";
  EXPECT_FALSE(more.wait_until_ms);
  EXPECT_EQ(after(more, {Verb::contact}).state, HitState::filer_contacted);
  const Hit decided = after(after(waiting, {Verb::decide_on_facts}, late), {Verb::change, Verb::look_more}, late);
  EXPECT_EQ(decided.state, HitState::reconsider);
  EXPECT_EQ(after(decided, {Verb::denied, Verb::reconsider}, late).state, HitState::decided);
}

TEST(HitRules, a_record_from_before_there_were_several_labels_is_read) {
  const std::string old =
      R"({"id":"00000000000000000000000000","number":"H-2027-0001","query":"00000000000000000000000000","query_number":"",)"
      R"("purpose":"employment","requisition":"","same_person":"ab","places":[{"epoch":2027,"bits":12,"prefix":7}],)"
      R"("label":{"reference":"HM-2027-14","conduct":"bribery","filer":"Harbour Motors","contact":"integrity@harbour.example",)"
      R"("decided_ms":1790000000000,"until_ms":1940000000000},"listed":true,"state":"filer_contacted","filer_confirmed":false,)"
      R"("wait_until_ms":null,"change":null,"decision":null,"steps":[{"kind":"filer_contacted","by":{"kind":"system",)"
      R"("id":null,"name":""},"time_ms":1,"detail":{}}]})";
  const auto hit = parse_hit_record(old);
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->labels, (std::vector{HitLabel{label(), true, FilerAnswer::no_answer}}));
  EXPECT_EQ(hit->person_epoch, 2027U);
}

TEST(HitRules, a_notice_touches_the_buckets_that_overlap) {
  const Hit hit = new_hit();
  alliance::ChangeNotice notice;
  notice.epoch = 2027;
  notice.bits = 12;
  notice.prefix = 0xABC;
  EXPECT_TRUE(touches(notice, hit));
  notice.bits = 14;
  notice.prefix = 0xABC << 2 | 3;
  EXPECT_TRUE(touches(notice, hit));
  notice.bits = 8;
  notice.prefix = 0xAB;
  EXPECT_TRUE(touches(notice, hit));
  notice.prefix = 0xAC;
  EXPECT_FALSE(touches(notice, hit));
  notice.prefix = 0xAB;
  notice.epoch = 2028;
  EXPECT_FALSE(touches(notice, hit));
}

// The last step of that kind, counted from 1; 0 for none.
std::size_t last(const Hit& hit, Kind kind) {
  for (std::size_t i = hit.steps.size(); i > 0; --i)
    if (hit.steps[i - 1].kind == kind) return i;
  return 0;
}

void check_decision(const Hit& before, const Hit& hit) {
  const HitStep& decision = hit.steps.back();
  const std::size_t told = last(hit, Kind::person_notified), asked = last(hit, Kind::filer_contacted),
                    confirmed = last(hit, Kind::identity_confirmed);
  RC_ASSERT(!before.change);
  RC_ASSERT(last(hit, Kind::listing_changed) <= last(hit, Kind::looked_again));
  RC_ASSERT(confirmed > 0U);
  RC_ASSERT(asked > confirmed);
  if (decision.kind == Kind::decided) {
    RC_ASSERT(told > asked);
    RC_ASSERT(decision.time_ms >= alliance::after_working_days(hit.steps[told - 1].time_ms, kWaitWorkingDays));
    RC_ASSERT(std::ranges::none_of(hit.labels, &HitLabel::is_to_be_asked));
  }
  if (hit.decision->outcome == HitOutcome::declined_confirmed_facts) RC_ASSERT(hit.filer_confirmed());
}

// What the page offers is exactly what is possible.
void check_guide(const Hit& hit, TimeMs now_ms) {
  const HitGuide guide = guide_for(hit, now_ms);
  const std::pair<std::string_view, Verb> kOffered[] = {{"confirm", Verb::confirm},      {"contact", Verb::contact},
                                                        {"notify", Verb::notify},        {"answer", Verb::answer},
                                                        {"decide", Verb::decide},        {"withdraw", Verb::withdraw},
                                                        {"reconsider", Verb::reconsider}};
  for (const auto& [name, verb] : kOffered) {
    const bool offered = std::ranges::find(guide.next, name) != guide.next.end();
    RC_ASSERT(offered == doing(hit, verb, now_ms).has_value());
  }
  if (hit.change) RC_ASSERT(std::ranges::find(guide.next, "look-again") != guide.next.end());
  RC_ASSERT(!guide.may.empty());
  RC_ASSERT(!guide.may_not.empty());
}

RC_GTEST_PROP(HitRules, no_history_skips_a_step_and_every_change_is_told, ()) {
  Hit hit = new_hit();
  TimeMs now_ms = kStart;
  const auto length = *rc::gen::inRange(1, 60);
  for (int i = 0; i < length; ++i) {
    // Mostly what is offered, so that histories get far; and whatever else.
    const auto verb = static_cast<Verb>(*rc::gen::inRange(0, kVerbs));
    now_ms += *rc::gen::element<TimeMs>(0, kDayMs, 9 * kDayMs);
    const auto next = doing(hit, verb, now_ms);
    if (verb == Verb::change) {
      RC_ASSERT(next.has_value());
      RC_ASSERT(next->steps.back().kind == Kind::listing_changed);
      const bool nothing_hangs_on_it = hit.state == HitState::mistaken || hit.state == HitState::withdrawn;
      RC_ASSERT(next->change.has_value() == !nothing_hangs_on_it);
    }
    if (!next) {
      RC_ASSERT(!next.error().message.empty());
      continue;
    }
    RC_ASSERT(next->steps.size() > hit.steps.size());
    RC_ASSERT(std::equal(hit.steps.begin(), hit.steps.end(), next->steps.begin()));
    if (next->decision != hit.decision) check_decision(hit, *next);
    if (next->state == HitState::mistaken || next->state == HitState::withdrawn) RC_ASSERT(!is_pending(*next));
    hit = *next;
    check_guide(hit, now_ms);
    RC_ASSERT(parse_hit_record(hit_record(hit)).value() == hit);
  }
}

}  // namespace
}  // namespace probity::screening
