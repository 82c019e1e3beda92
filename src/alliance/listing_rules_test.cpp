#include "alliance/listing_rules.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace probity::alliance {
namespace {

using State = ListingState;
using Kind = ListingStep::Kind;
using Role = Party::Role;
using Outcome = Appeal::Outcome;

constexpr TimeMs kStart = 1'800'000'000'000;

Id id_of(std::uint8_t number) {
  Id id;
  id.bytes.fill(number);
  return id;
}
Party filer(std::uint8_t account) { return {Role::filer, id_of(100), id_of(account)}; }
const Party kStranger{Role::filer, id_of(101), id_of(50)};
const Party kOmbudsman{Role::ombudsman, id_of(102), id_of(60)};
const Party kSubject{Role::subject, {}, {}};
const Party kHub{};

Hash hash_of(std::string_view text) { return sha256(as_bytes(text)); }

Draft good_draft() {
  Draft draft;
  draft.tests = {{hash_of("grounds")}, {hash_of("evidence")}, {hash_of("dismissal")}};
  draft.standard = StandardOfProof::police_report;
  draft.subject_is_adult = true;
  draft.epoch = 2027;
  draft.tag.fill(7);
  draft.label.fill(9);
  return draft;
}
Restatement other_words() {
  Restatement words{2027, {}, {}};
  words.tag.fill(7);
  words.label.fill(10);
  return words;
}

struct Story {
  Listing listing = draft_listing(id_of(1), filer(1), good_draft(), kStart);
  TimeMs now = kStart;

  template <class Verb>
  void must(Verb verb) {
    auto next = verb(listing);
    ASSERT_TRUE(next) << next.error().message;
    listing = *next;
  }
  void submitted() {
    must([&](const Listing& l) { return submit(l, filer(1), std::nullopt, now); });
  }
  void approved() {
    submitted();
    must([&](const Listing& l) { return approve(l, filer(2), now); });
  }
  void notified() {
    approved();
    must([&](const Listing& l) { return send_notice(l, now); });
    must([&](const Listing& l) {
      return record_delivery(l, kHub, NoticeProof::Way::link_opened, hash_of("token"), now);
    });
  }
  void active() {
    notified();
    now += kNoticeWaitMs;
    listing = advance(listing, now);
    ASSERT_EQ(listing.state, State::active);
  }
};

TEST(Listing, becomes_active_after_four_tests_two_people_a_notice_and_fifteen_days) {
  Story story;
  story.notified();
  EXPECT_EQ(advance(story.listing, story.now + kNoticeWaitMs - 1).state, State::notified);
  const Listing active = advance(story.listing, story.now + kNoticeWaitMs);
  EXPECT_EQ(active.state, State::active);
  EXPECT_TRUE(is_findable(active));
  EXPECT_EQ(active.expires_ms, *active.activated_ms + 5 * kYearMs);
}

TEST(Listing, needs_every_test) {
  const auto refused = [](auto change) {
    Draft draft = good_draft();
    change(draft);
    const Listing listing = draft_listing(id_of(1), filer(1), draft, kStart);
    return !submit(listing, filer(1), std::nullopt, kStart).has_value();
  };
  EXPECT_TRUE(refused([](Draft& d) { d.tests.reasonable_grounds.clear(); }));
  EXPECT_TRUE(refused([](Draft& d) { d.tests.clear_evidence.clear(); }));
  EXPECT_TRUE(refused([](Draft& d) { d.tests.ended_because_of_it.clear(); }));
  EXPECT_TRUE(refused([](Draft& d) { d.standard = StandardOfProof::none; }));
  EXPECT_TRUE(refused([](Draft& d) { d.subject_is_adult = false; }));
  EXPECT_TRUE(refused([](Draft& d) { d.conduct = Conduct::secrets_for_gain; }));
  EXPECT_FALSE(refused([](Draft& d) {
    d.conduct = Conduct::secrets_for_gain;
    d.intentional_for_gain = true;
  }));
  EXPECT_FALSE(refused([](Draft& d) {
    d.conduct = Conduct::secrets_for_gain;
    d.standard = StandardOfProof::judgment;
  }));
}

TEST(Catalogue, is_closed_and_says_why) {
  for (const char* ground :
       {"negligence", "speech", "complaint", "whistle_blowing", "journalism", "union_activity", "labour_dispute"})
    EXPECT_NE(parse_conduct(ground).error().message.find("cannot be listed"), std::string::npos) << ground;
  EXPECT_FALSE(parse_conduct("other"));
  EXPECT_FALSE(parse_conduct(""));
  for (const ConductEntry& entry : conduct_catalogue()) {
    EXPECT_EQ(parse_conduct(entry.name).value(), entry.conduct);
    EXPECT_LE(retention_ms(entry.severity), 5 * kYearMs);
  }
}

TEST(Listing, one_person_is_not_two) {
  Story story;
  story.must([&](const Listing& l) { return rewrite(l, filer(3), good_draft(), story.now); });
  story.submitted();
  for (const std::uint8_t account : {1, 3})
    EXPECT_EQ(approve(story.listing, filer(account), story.now).error().code, ErrorCode::forbidden);
  EXPECT_FALSE(approve(story.listing, kStranger, story.now));
  EXPECT_FALSE(approve(story.listing, kOmbudsman, story.now));
  EXPECT_TRUE(approve(story.listing, filer(2), story.now));
}

TEST(Listing, a_notice_is_proved_by_hub_or_ombudsman_and_never_dated_back) {
  Story story;
  story.approved();
  const auto deliver = [&](const Party& by, NoticeProof::Way way) {
    return record_delivery(story.listing, by, way, hash_of("proof"), story.now);
  };
  EXPECT_FALSE(deliver(kHub, NoticeProof::Way::link_opened)) << "before it was sent";
  story.must([&](const Listing& l) { return send_notice(l, story.now); });
  story.now += 3 * kDayMs;
  EXPECT_FALSE(deliver(filer(2), NoticeProof::Way::link_opened));
  EXPECT_FALSE(deliver(filer(2), NoticeProof::Way::post));
  EXPECT_FALSE(deliver(kHub, NoticeProof::Way::post));
  EXPECT_FALSE(record_delivery(story.listing, kHub, NoticeProof::Way::link_opened, Hash{}, story.now));
  const Listing delivered = deliver(kOmbudsman, NoticeProof::Way::post).value();
  EXPECT_EQ(advance(delivered, story.now + kNoticeWaitMs - 1).state, State::notified);
  EXPECT_EQ(advance(delivered, story.now + 10 * kYearMs).activated_ms, story.now + kNoticeWaitMs);
}

TEST(Listing, what_the_filer_corrects_after_the_notice_needs_a_new_one) {
  Story story;
  story.notified();
  story.must([&](const Listing& l) { return correct(l, filer(1), other_words(), story.now + kDayMs); });
  EXPECT_EQ(story.listing.state, State::awaiting_notice);
  EXPECT_NE(advance(story.listing, story.now + kYearMs).state, State::active);
}

TEST(Appeal, stops_the_way_to_active_and_goes_up_by_itself) {
  Story story;
  story.notified();
  story.must([&](const Listing& l) { return appeal(l, kSubject, story.now); });
  const Appeal opened = *story.listing.appeal;
  EXPECT_EQ(advance(story.listing, story.now + kYearMs).state, State::notified);
  const Listing escalated = advance(story.listing, opened.due_ms);
  EXPECT_EQ(escalated.appeal->stage, Appeal::Stage::at_ombudsman);
  EXPECT_EQ(escalated.appeal->due_ms, opened.due_ms + kOmbudsmanMs);
  const Listing upheld = decide_appeal(escalated, kOmbudsman, Outcome::upheld, {}, opened.due_ms + kDayMs).value();
  EXPECT_EQ(advance(upheld, opened.due_ms + kDayMs).state, State::active);
  const Listing wrong = decide_appeal(escalated, kOmbudsman, Outcome::taken_back, {}, opened.due_ms + 1).value();
  EXPECT_EQ(wrong.state, State::overturned);
  EXPECT_EQ(wrong.label, oprf::SealedLabel{});
}

TEST(Appeal, shows_as_disputed_and_suspends_when_the_ombudsman_is_late) {
  Story story;
  story.active();
  story.must([&](const Listing& l) { return appeal(l, kSubject, story.now); });
  EXPECT_EQ(shown_status(story.listing), "disputed");
  EXPECT_TRUE(is_findable(story.listing));
  story.must([&](const Listing& l) { return answer_appeal(l, filer(2), Outcome::upheld, {}, story.now); });
  const TimeMs due = story.listing.appeal->due_ms;
  EXPECT_TRUE(is_findable(advance(story.listing, due - 1)));
  const Listing late = advance(story.listing, due);
  EXPECT_EQ(shown_status(late), "suspended");
  EXPECT_FALSE(is_findable(late));
  EXPECT_FALSE(resume(late, filer(1), due + 1));
  const Listing upheld = decide_appeal(late, kOmbudsman, Outcome::upheld, {}, due + 1).value();
  EXPECT_TRUE(is_findable(upheld));
}

TEST(Appeal, is_the_persons_and_the_last_word_the_ombudsmans) {
  Story story;
  story.active();
  EXPECT_FALSE(appeal(story.listing, filer(1), story.now));
  story.must([&](const Listing& l) { return appeal(l, kSubject, story.now); });
  EXPECT_FALSE(appeal(story.listing, kSubject, story.now));
  EXPECT_FALSE(decide_appeal(story.listing, kOmbudsman, Outcome::upheld, {}, story.now)) << "the filer answers first";
  EXPECT_FALSE(answer_appeal(story.listing, kStranger, Outcome::upheld, {}, story.now));
  EXPECT_FALSE(answer_appeal(story.listing, filer(1), Outcome::corrected, {}, story.now));
  EXPECT_FALSE(answer_appeal(story.listing, filer(1), Outcome::upheld, other_words(), story.now));
  const Listing corrected =
      answer_appeal(story.listing, filer(1), Outcome::corrected, other_words(), story.now).value();
  EXPECT_EQ(corrected.label, other_words().label);
  EXPECT_EQ(shown_status(corrected), "active");
}

TEST(Listing, never_comes_to_be_about_somebody_else) {
  Story story;
  story.active();
  Restatement somebody_else = other_words();
  somebody_else.tag.fill(8);
  EXPECT_EQ(correct(story.listing, filer(1), somebody_else, story.now).error().code, ErrorCode::invalid_argument);
  Draft again = good_draft();
  again.tag.fill(8);
  const TimeMs later = story.listing.attest_due_ms - kDayMs;
  EXPECT_EQ(attest(story.listing, filer(1), again, later).error().code, ErrorCode::invalid_argument);
  again.epoch = 2028;  // the year's new key makes another tag of everybody
  EXPECT_TRUE(attest(story.listing, filer(1), again, later));
  story.must([&](const Listing& l) { return appeal(l, kSubject, story.now); });
  EXPECT_FALSE(answer_appeal(story.listing, filer(1), Outcome::corrected, somebody_else, story.now));
}

TEST(Listing, lapses_when_nobody_attests_it) {
  Story story;
  story.active();
  const TimeMs due = story.listing.attest_due_ms;
  EXPECT_FALSE(attest(story.listing, filer(1), good_draft(), due - kAttestWindowMs - 1));
  Draft again = good_draft();
  again.epoch = 2028;
  again.tag.fill(8);
  const Listing attested = attest(story.listing, filer(1), again, due - kDayMs).value();
  EXPECT_EQ(attested.tag, again.tag);
  EXPECT_TRUE(is_findable(advance(attested, due)));
  EXPECT_EQ(advance(story.listing, due).state, State::expired);
  EXPECT_FALSE(attest(story.listing, filer(1), again, due));
  again.tests.clear_evidence.clear();
  EXPECT_FALSE(attest(story.listing, filer(1), again, due - kDayMs));
}

TEST(Listing, ends_by_itself_after_its_years) {
  Draft draft = good_draft();
  draft.conduct = Conduct::expense_fraud;
  Story story;
  story.listing = draft_listing(id_of(1), filer(1), draft, kStart);
  story.active();
  EXPECT_EQ(story.listing.expires_ms, story.now + kYearMs);
  EXPECT_EQ(advance(story.listing, story.now + kYearMs).state, State::expired);
}

TEST(Listing, an_acquittal_is_acted_upon_in_five_days) {
  Story story;
  story.active();
  EXPECT_FALSE(record_acquittal(story.listing, filer(1), story.now));
  story.must([&](const Listing& l) { return record_acquittal(l, kOmbudsman, story.now); });
  EXPECT_FALSE(is_findable(story.listing));
  EXPECT_FALSE(resume(story.listing, kOmbudsman, story.now));
  EXPECT_EQ(advance(story.listing, story.now + 5 * kDayMs).state, State::overturned);
  EXPECT_EQ(withdraw(story.listing, filer(2), story.now + kDayMs).value().state, State::withdrawn);
}

TEST(Listing, nobody_is_listed_again_in_silence) {
  Story first;
  first.active();
  Story second;
  EXPECT_FALSE(submit(second.listing, filer(1), first.listing, second.now)) << "one is active";
  const Listing overturned = overturn(first.listing, kOmbudsman, first.now).value();
  EXPECT_EQ(submit(second.listing, filer(1), overturned, second.now).error().code, ErrorCode::forbidden);
  EXPECT_FALSE(consent(second.listing, filer(2), second.now));
  const Listing consented = consent(second.listing, kOmbudsman, second.now).value();
  EXPECT_EQ(submit(consented, filer(1), overturned, second.now).value().follows, overturned.id);
  const Listing rewritten = rewrite(consented, filer(1), good_draft(), second.now).value();
  EXPECT_FALSE(submit(rewritten, filer(1), overturned, second.now)) << "consent was to other words";
  const Listing withdrawn = withdraw(first.listing, filer(1), first.now).value();
  EXPECT_EQ(submit(second.listing, filer(1), withdrawn, second.now).value().follows, withdrawn.id);
}

TEST(WorkingDays, leave_out_weekends_and_holidays) {
  // 2027-01-01 was a Friday; 08:00 UTC is 16:00 at UTC+8.
  const TimeMs friday = 1'798'790'400'000;
  const auto day = [](TimeMs time_ms) { return (time_ms + 8 * 3'600'000 - 1) / kDayMs; };
  const std::int64_t first = day(friday + 1);
  EXPECT_EQ(day(after_working_days(friday, 1)), first + 3);
  EXPECT_EQ(day(after_working_days(friday, 5)), first + 7);
  EXPECT_EQ(day(after_working_days(friday, 10)), first + 14);
  EXPECT_EQ(day(after_working_days(friday, 1, {first + 3})), first + 4);
}

// --- Random histories
// -------------------------------------------------------------------------------------------------

// Begins anywhere on the straight way, so that all of a life is walked through.
Listing random_start(TimeMs& now) {
  Listing listing = draft_listing(id_of(1), filer(1), good_draft(), now);
  const int stage = *rc::gen::inRange(0, 4);
  if (stage >= 1) listing = submit(listing, filer(1), std::nullopt, now).value();
  if (stage >= 1) listing = approve(listing, filer(2), now).value();
  if (stage >= 2) listing = send_notice(listing, now).value();
  if (stage >= 2)
    listing = record_delivery(listing, kHub, NoticeProof::Way::link_opened, hash_of("token"), now).value();
  if (stage == 3) listing = advance(listing, now += kNoticeWaitMs);
  return listing;
}

// Tries one verb, whoever may do it or not; what is refused changes nothing.
Listing random_step(const Listing& listing, TimeMs now) {
  const std::vector<Party> parties{filer(1), filer(2), filer(3), kStranger, kOmbudsman, kSubject, kHub};
  const Party by = *rc::gen::elementOf(parties);
  Draft draft = good_draft();
  if (*rc::gen::inRange(0, 4) == 0) draft.tests.clear_evidence.clear();
  draft.conduct = *rc::gen::elementOf(std::vector<Conduct>{Conduct::bribery, Conduct::expense_fraud});
  const auto outcome =
      *rc::gen::elementOf(std::vector<Outcome>{Outcome::upheld, Outcome::corrected, Outcome::taken_back});
  const auto words = outcome == Outcome::corrected ? std::optional(other_words()) : std::nullopt;
  const auto way = *rc::gen::elementOf(std::vector{NoticeProof::Way::link_opened, NoticeProof::Way::post});
  const std::vector<std::function<Result<Listing>()>> verbs{
      [&] { return rewrite(listing, by, draft, now); },
      [&] { return submit(listing, by, std::nullopt, now); },
      [&] { return approve(listing, by, now); },
      [&] { return refuse(listing, by, now); },
      [&] { return send_notice(listing, now); },
      [&] { return record_delivery(listing, by, way, hash_of("proof"), now); },
      [&] { return appeal(listing, by, now); },
      [&] { return answer_appeal(listing, by, outcome, words, now); },
      [&] { return decide_appeal(listing, by, outcome, words, now); },
      [&] { return suspend(listing, by, now); },
      [&] { return resume(listing, by, now); },
      [&] { return correct(listing, by, other_words(), now); },
      [&] { return attest(listing, by, draft, now); },
      [&] { return record_acquittal(listing, by, now); },
      [&] { return withdraw(listing, by, now); },
      [&] { return overturn(listing, by, now); },
  };
  // Endings are rare, so that histories become long.
  const auto verb = *rc::gen::weightedElement<std::size_t>({{4, 0},
                                                            {9, 1},
                                                            {12, 2},
                                                            {1, 3},
                                                            {12, 4},
                                                            {14, 5},
                                                            {5, 6},
                                                            {6, 7},
                                                            {6, 8},
                                                            {3, 9},
                                                            {3, 10},
                                                            {2, 11},
                                                            {6, 12},
                                                            {1, 13},
                                                            {1, 14},
                                                            {1, 15}});
  auto next = verbs[verb]();
  return next ? *next : listing;
}

const ListingStep* last_of(const Listing& listing, Kind kind, std::size_t before) {
  for (std::size_t i = before; i-- > 0;)
    if (listing.steps[i].kind == kind) return &listing.steps[i];
  return nullptr;
}

// I6, told again from the steps alone.
void check_activation(const Listing& listing) {
  for (std::size_t i = 0; i < listing.steps.size(); ++i) {
    if (listing.steps[i].kind != Kind::activated) continue;
    const ListingStep* submitted = last_of(listing, Kind::submitted, i);
    const ListingStep* approved = last_of(listing, Kind::approved, i);
    const ListingStep* sent = last_of(listing, Kind::notice_sent, i);
    const ListingStep* delivered = last_of(listing, Kind::notice_delivered, i);
    RC_ASSERT(submitted && approved && sent && delivered);
    RC_ASSERT(submitted->time_ms <= approved->time_ms && approved->time_ms <= sent->time_ms);
    RC_ASSERT(delivered->by.role == Role::hub || delivered->by.role == Role::ombudsman);
    RC_ASSERT(listing.steps[i].time_ms >= delivered->time_ms + kNoticeWaitMs);
    std::set<Id> writers;
    int open_appeals = 0;
    for (std::size_t j = 0; j < i; ++j) {
      const ListingStep& step = listing.steps[j];
      if (step.kind == Kind::drafted || step.kind == Kind::submitted) writers.insert(step.by.account);
      if (step.kind == Kind::appealed) ++open_appeals;
      const bool answered_by_filer =
          step.kind == Kind::filer_answered && (j + 1 >= i || listing.steps[j + 1].kind != Kind::escalated);
      if (step.kind == Kind::ombudsman_decided || answered_by_filer) --open_appeals;
    }
    RC_ASSERT(!writers.contains(approved->by.account));
    RC_ASSERT(approved->by.member == listing.filer);
    RC_ASSERT(open_appeals == 0);
    const bool filer_changed = std::any_of(
        listing.steps.begin(), listing.steps.begin() + static_cast<std::ptrdiff_t>(i), [&](const ListingStep& step) {
          return step.kind == Kind::corrected && step.by.role == Role::filer && step.time_ms > delivered->time_ms;
        });
    RC_ASSERT(!filer_changed);
  }
}

void check_state(const Listing& listing, TimeMs now) {
  check_activation(listing);
  if (is_findable(listing)) {
    RC_ASSERT(last_of(listing, Kind::activated, listing.steps.size()) != nullptr);
    RC_ASSERT(check_tests({listing.conduct, listing.tests, listing.standard, listing.intentional_for_gain,
                           listing.subject_is_adult, listing.epoch, listing.tag, listing.label})
                  .has_value());
    RC_ASSERT(now < listing.expires_ms && now < listing.attest_due_ms);
    RC_ASSERT(listing.expires_ms <= *listing.activated_ms + 5 * kYearMs);
    RC_ASSERT(!listing.act_by_ms.has_value());
    RC_ASSERT(!listing.appeal_is_open() || now < listing.appeal->due_ms);
  }
  if (is_final(listing.state)) RC_ASSERT(listing.label == oprf::SealedLabel{});
  // Nobody is ever without a way to object.
  if (listing.state == State::notified || listing.state == State::active)
    RC_ASSERT(listing.appeal_is_open() || appeal(listing, kSubject, now).has_value());
  RC_ASSERT(std::ranges::is_sorted(listing.steps, {}, &ListingStep::time_ms));
}

RC_GTEST_PROP(Histories, never_skip_a_rule, ()) {
  TimeMs now = kStart;
  Listing listing = random_start(now);
  const auto size = *rc::gen::inRange(10, 90);
  for (int i = 0; i < size; ++i) {
    now += *rc::gen::elementOf(std::vector<TimeMs>{0, 0, 0, 1, kDayMs, 5 * kDayMs, 16 * kDayMs, 100 * kDayMs});
    const Listing before = listing;
    listing = advance(random_step(listing, now), now);
    check_state(listing, now);
    if (is_final(before.state)) RC_ASSERT(listing == before);
  }
  RC_CLASSIFY(last_of(listing, Kind::activated, listing.steps.size()) != nullptr, "was active");
}

RC_GTEST_PROP(Histories, the_clock_brings_the_same_however_often_it_is_read, ()) {
  TimeMs now = kStart;
  Listing listing = random_start(now);
  for (int i = 0; i < 40; ++i) {
    now += *rc::gen::elementOf(std::vector<TimeMs>{0, 0, kDayMs, 16 * kDayMs});
    listing = random_step(listing, now);
  }
  const auto next = next_change_ms(advance(listing, now));
  if (!next) return;
  RC_ASSERT(*next > now);
  RC_ASSERT(advance(advance(listing, now), *next - 1) == advance(listing, now));
  RC_ASSERT(!(advance(listing, *next) == advance(listing, now)));
  const TimeMs later = *next + *rc::gen::inRange<TimeMs>(0, 3 * kYearMs);
  RC_ASSERT(advance(advance(listing, *next), later) == advance(listing, later));
}

}  // namespace
}  // namespace probity::alliance
