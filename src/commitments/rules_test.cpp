// The pure parts: transitions, terms, time zones, rendering, the evidence chain, codes, the calendar.
#include <gtest/gtest.h>

#include <set>

#include "base/encoding.h"
#include "commitments/calendar.h"
#include "commitments/clauses.h"
#include "commitments/json.h"
#include "commitments/notices.h"
#include "commitments/zone.h"
#include "support/commitments_fixture.h"

namespace probity::commitments {
namespace {

constexpr TimeMs kNoon = test::kBenchStart;  // 2026-11-20T12:00:00Z

TEST(Transitions, every_pair_is_decided) {
  // All that is allowed, written down a second time; every other of the 110 pairs must be refused.
  const std::set<std::tuple<State, Move, State>> allowed{{State::draft, Move::send, State::sent},
                                                         {State::draft, Move::record_paper, State::in_force},
                                                         {State::draft, Move::revoke, State::revoked},
                                                         {State::sent, Move::open, State::opened},
                                                         {State::opened, Move::open, State::opened},
                                                         {State::signed_by, Move::open, State::signed_by},
                                                         {State::sent, Move::sign, State::signed_by},
                                                         {State::opened, Move::sign, State::signed_by},
                                                         {State::signed_by, Move::sign, State::signed_by},
                                                         {State::signed_by, Move::come_into_force, State::in_force},
                                                         {State::sent, Move::decline, State::declined},
                                                         {State::opened, Move::decline, State::declined},
                                                         {State::signed_by, Move::decline, State::declined},
                                                         {State::sent, Move::expire, State::expired},
                                                         {State::opened, Move::expire, State::expired},
                                                         {State::signed_by, Move::expire, State::expired},
                                                         {State::expired, Move::reopen, State::sent},
                                                         {State::sent, Move::revoke, State::revoked},
                                                         {State::opened, Move::revoke, State::revoked},
                                                         {State::signed_by, Move::revoke, State::revoked},
                                                         {State::in_force, Move::revoke, State::revoked},
                                                         {State::in_force, Move::breach, State::breached},
                                                         {State::sent, Move::replace, State::replaced},
                                                         {State::opened, Move::replace, State::replaced},
                                                         {State::signed_by, Move::replace, State::replaced},
                                                         {State::in_force, Move::replace, State::replaced},
                                                         {State::revoked, Move::reinstate, State::in_force}};
  std::size_t refused = 0;
  for (const State state : kStates)
    for (const Move move : kMoves) {
      const auto after = next(state, move);
      if (after) {
        EXPECT_TRUE(allowed.contains({state, move, *after})) << state_name(state) << " -> " << state_name(*after);
      } else {
        ++refused;
        EXPECT_EQ(after.error().code, ErrorCode::conflict);
        EXPECT_NE(after.error().message.find("cannot be"), std::string::npos);
      }
    }
  EXPECT_EQ(refused, std::size(kStates) * std::size(kMoves) - allowed.size());
}

TEST(Transitions, what_is_over_stays_over) {
  for (const State state : {State::declined, State::revoked, State::breached, State::replaced})
    for (const Move move : kMoves) {
      // But for one way back: the decision that took access away was overturned.
      const bool is_overturned = state == State::revoked && move == Move::reinstate;
      EXPECT_EQ(next(state, move).has_value(), is_overturned) << state_name(state);
    }
}

TEST(Transitions, names_come_back) {
  for (const State state : kStates) EXPECT_EQ(parse_state(state_name(state)), state);
  EXPECT_FALSE(parse_state("in force"));
  EXPECT_EQ(state_name(State::signed_by), "signed");
  EXPECT_EQ(commitment_number(2026, 42), "C-2026-0042");
  EXPECT_EQ(commitment_number(2026, 12345), "C-2026-12345");
}

TEST(Terms, are_tidied_and_refused) {
  Terms terms = test::CommitmentBench::terms();
  terms.channels = {Channel::groups, Channel::own_media, Channel::groups};
  terms.amount = "0050000.5";
  const Terms tidy = tidy_terms(terms).value();
  EXPECT_EQ(tidy.channels, (std::vector<Channel>{Channel::own_media, Channel::groups}));
  EXPECT_EQ(tidy.amount, "50000.50");
  for (const char* bad : {"-1", "1e9", "1,000", "1.234", "", ".", "5.", "0", "0.00", "1234567890123", " 5", "٣"}) {
    Terms wrong = terms;
    wrong.amount = bad;
    EXPECT_FALSE(tidy_terms(wrong)) << bad;
  }
  for (const char* bad : {"eur", "EURO", "", "E1R"}) {
    Terms wrong = terms;
    wrong.currency = bad;
    EXPECT_FALSE(tidy_terms(wrong)) << bad;
  }
  for (const char* bad : {"Mars/Olympus", "GMT+8", "Europe/Berlin ", "Etc/Unknown", "柏林"}) {
    Terms wrong = terms;
    wrong.embargo_zone = bad;
    EXPECT_FALSE(tidy_terms(wrong)) << bad;
  }
  Terms none = terms;
  none.channels.clear();
  EXPECT_FALSE(tidy_terms(none));
  Terms far = terms;
  far.embargo_ms = 253'402'300'800'000;
  EXPECT_FALSE(tidy_terms(far));
  Terms control = terms;
  control.breach_text = std::string("a\0b", 3);
  EXPECT_FALSE(tidy_terms(control));
}

TEST(Terms, survive_json_and_amounts_read_well) {
  Terms terms = test::CommitmentBench::terms(Liable::both);
  terms.sign_by_ms = kNoon + 1;
  terms.breach_text = "一\n二 \"three\"";
  EXPECT_EQ(parse_terms(terms_text(terms)).value(), terms);
  EXPECT_FALSE(parse_terms("{}"));
  EXPECT_FALSE(parse_terms("no json"));
  EXPECT_EQ(amount_text("1234567.50", "EUR", Locale::en), "EUR 1,234,567.50");
  EXPECT_EQ(amount_text("50000", "CNY", Locale::zh), "50,000 元人民币");
  EXPECT_EQ(amount_text("999", "USD", Locale::zh), "999 USD");
}

TEST(Zone, tells_instants_on_a_24_hour_clock) {
  EXPECT_EQ(instant_text(kNoon + 30 * kMinuteMs, "Asia/Shanghai", Locale::en),
            "Friday, 20 November 2026, 20:30 (Asia/Shanghai, UTC+08:00), that is 2026-11-20 12:30 UTC");
  EXPECT_EQ(local_time_text(kNoon, "Asia/Shanghai", Locale::zh),
            "2026年11月20日（星期五）20:00（Asia/Shanghai，UTC+08:00）");
  EXPECT_EQ(instant_text(kNoon, "UTC", Locale::en), "Friday, 20 November 2026, 12:00 (UTC)");
  // Daylight saving: two hours ahead in July, one in January; half-hour zones; seconds only when there are any.
  EXPECT_NE(local_time_text(1'783'000'000'000, "Europe/Berlin", Locale::en).find("UTC+02:00"), std::string::npos);
  EXPECT_NE(local_time_text(kNoon, "Europe/Berlin", Locale::en).find("UTC+01:00"), std::string::npos);
  EXPECT_NE(local_time_text(kNoon, "Asia/Kolkata", Locale::en).find("17:30 (Asia/Kolkata, UTC+05:30)"),
            std::string::npos);
  EXPECT_NE(local_time_text(kNoon + 5000, "America/New_York", Locale::en).find("07:00:05"), std::string::npos);
  EXPECT_EQ(utc_year(kNoon), 2026);
}

TEST(Zone, reads_its_own_times_back) {
  for (const TimeMs time_ms : {TimeMs{0}, kNoon, kNoon + 1, TimeMs{951'782'399'999}, TimeMs{4'102'444'800'000}})
    EXPECT_EQ(parse_utc(to_rfc3339(time_ms)), time_ms);
  for (const char* bad : {"", "2026-11-20", "2026-02-30T00:00:00.000Z", "2026-11-20T24:00:00.000Z",
                          "2026-11-20T12:00:00.000+0", "2026-11-20 12:00:00.000Z"})
    EXPECT_FALSE(parse_utc(bad)) << bad;
}

Particulars some_particulars(Locale locale) {
  Particulars about;
  about.locale = locale;
  about.terms = test::CommitmentBench::terms(Liable::both);
  about.number = "C-2026-0001";
  about.sender = "Aurora Motors";
  about.contact = "press@aurora.example";
  about.project = "Aurora One";
  about.recipient = "Mira Holloway";
  about.organisation = "Motor Weekly";
  about.company_signatory = "Jon Bell";
  return about;
}

TEST(BuiltIn, templates_are_fit_to_use) {
  const auto all = built_in_templates();
  ASSERT_EQ(all.size(), 4U);
  std::set<Id> ids;
  for (const Template& one : all) {
    EXPECT_TRUE(ids.insert(one.id).second);
    ASSERT_TRUE(check_template_text(one.text)) << check_template_text(one.text).error().message;
    EXPECT_TRUE(tidy_terms(one.terms));
    EXPECT_EQ(parse_template_text(template_text_text(one.text)).value(), one.text);
    for (const bool with_embargo : {true, false})
      for (const std::vector<Channel>& channels : {std::vector<Channel>(std::begin(kChannels), std::end(kChannels)),
                                                   std::vector<Channel>{Channel::own_media}}) {
        Particulars about = some_particulars(one.locale);
        about.terms.channels = channels;
        if (!with_embargo) about.terms.embargo_ms.reset();
        const RenderedText text = render(one.text, about);
        EXPECT_TRUE(text.unknown_placeholders.empty()) << one.name;
        EXPECT_EQ(text.questions.size(), kQuestionsAsked) << one.name;
        for (const TextSection& section : text.sections) {
          EXPECT_EQ(section.text.find("{{"), std::string::npos) << section.id;
          // It is agreed between two; the house does not fine anybody.
          EXPECT_EQ(section.text.find(" fine "), std::string::npos) << section.id;
          EXPECT_EQ(section.text.find("罚款"), std::string::npos) << section.id;
        }
      }
  }
}

TEST(Rendering, puts_terms_in_and_reports_what_it_does_not_know) {
  TemplateText text;
  text.title = "For {{ recipient }} on {{project}}";
  text.sections = {{"a", "Amount: {{amount}}", "{{embargo_utc}} {{nobody}} {{nobody}} {{", true},
                   {"b", "", "{{channels}}", false}};
  Particulars about = some_particulars(Locale::en);
  about.recipient = "{{sender}}";  // a value is never read as a placeholder
  const RenderedText rendered = render(text, about);
  EXPECT_EQ(rendered.title, "For {{sender}} on Aurora One");
  EXPECT_EQ(rendered.sections[0].heading, "Amount: EUR 50,000");
  EXPECT_EQ(rendered.sections[0].text, "2026-11-30 12:00 UTC {{nobody}} {{nobody}} {{");
  EXPECT_EQ(rendered.unknown_placeholders, std::vector<std::string>{"nobody"});
  ASSERT_EQ(rendered.ticks.size(), 7U);  // six channels, one clause
  EXPECT_EQ(rendered.ticks[0].id, "channel-own_media");
  EXPECT_EQ(rendered.ticks[6].id, "a");
}

TEST(Rendering, tells_the_embargo_both_ways_in_both_languages) {
  for (const auto& [locale, words] :
       {std::pair{Locale::en, "20:00 (Asia/Shanghai, UTC+08:00), that is 2026-11-30 12:00 UTC"},
        std::pair{Locale::zh, "20:00（Asia/Shanghai，UTC+08:00），即 2026-11-30 12:00 UTC"}})
    EXPECT_NE(embargo_clause(some_particulars(locale)).find(words), std::string::npos)
        << embargo_clause(some_particulars(locale));
  EXPECT_NE(amount_clause(some_particulars(Locale::zh)).find("约定金额"), std::string::npos);
  EXPECT_NE(amount_clause(some_particulars(Locale::en)).find("agreed amount"), std::string::npos);
}

TEST(Rendering, freezes_to_the_same_bytes_each_time) {
  const RenderedText text = render(built_in_templates()[1].text, some_particulars(Locale::zh));
  const std::string bytes = canonical_bytes(text);
  EXPECT_EQ(bytes, canonical_bytes(text));
  EXPECT_EQ(bytes.find("\n"), std::string::npos);
  EXPECT_EQ(parse_canonical(bytes).value(), text);
  EXPECT_FALSE(parse_canonical(bytes.substr(0, bytes.size() - 1)));
  EXPECT_FALSE(parse_canonical("{\"about\":{}}"));
  Particulars other = some_particulars(Locale::zh);
  other.terms.amount = "50001";
  EXPECT_NE(canonical_bytes(render(built_in_templates()[1].text, other)), bytes);
}

TEST(TemplateText, is_refused_with_the_place) {
  const auto refused_at = [](auto change) {
    TemplateText text = built_in_templates().front().text;
    change(text);
    const auto checked = check_template_text(text);
    return checked ? std::string() : checked.error().message.substr(0, checked.error().message.find(':'));
  };
  EXPECT_EQ(refused_at([](TemplateText& text) { text.title = " "; }), "title");
  EXPECT_EQ(refused_at([](TemplateText& text) { text.sections.clear(); }), "sections");
  EXPECT_EQ(refused_at([](TemplateText& text) { text.sections[1].id = text.sections[0].id; }), "sections[1]");
  EXPECT_EQ(refused_at([](TemplateText& text) { text.sections[2].id = "No Capitals"; }), "sections[2]");
  EXPECT_EQ(refused_at([](TemplateText& text) { text.sections[0].text = "\xff"; }), "sections[0].text");
  EXPECT_EQ(refused_at([](TemplateText& text) { text.questions.resize(2); }), "questions");
  EXPECT_EQ(refused_at([](TemplateText& text) { text.questions[0].right = "maybe"; }), "questions[0].right");
  EXPECT_EQ(refused_at([](TemplateText& text) { text.questions[1].choices.resize(1); }), "questions[1].choices");
  EXPECT_EQ(refused_at([](TemplateText&) {}), "");
}

std::vector<EvidenceEntry> some_chain(const Id& commitment) {
  std::vector<EvidenceEntry> chain;
  for (const char* kind : {"sent", "opened", "read", "signed"}) {
    EvidenceEntry entry;
    entry.commitment = commitment;
    entry.time_ms = kNoon + static_cast<TimeMs>(chain.size());
    entry.kind = kind;
    entry.witness = {{events::Actor::Kind::recipient, commitment, "Mira"}, "192.0.2.1", "agent \xff not utf-8"};
    entry.data_json = R"({"a":1})";
    chain.push_back(chained(entry, chain.empty() ? std::nullopt : std::optional(chain.back())));
  }
  return chain;
}

TEST(Evidence, shows_every_kind_of_change) {
  const Id id{{1}};
  const auto whole = some_chain(id);
  EXPECT_TRUE(check_chain(id, whole));
  EXPECT_TRUE(check_chain(id, {}));
  const auto breaks = [&](auto change) {
    auto chain = whole;
    change(chain);
    return !check_chain(id, chain);
  };
  using Chain = std::vector<EvidenceEntry>;
  EXPECT_TRUE(breaks([](Chain& chain) { chain[1].kind = "read"; }));
  EXPECT_TRUE(breaks([](Chain& chain) { chain[2].time_ms += 1; }));
  EXPECT_TRUE(breaks([](Chain& chain) { chain[3].data_json = R"({"a":2})"; }));
  EXPECT_TRUE(breaks([](Chain& chain) { chain[0].witness.address = "192.0.2.2"; }));
  EXPECT_TRUE(breaks([](Chain& chain) { chain[0].witness.agent += "x"; }));
  EXPECT_TRUE(breaks([](Chain& chain) { chain[0].witness.actor.name = "Jon"; }));
  EXPECT_TRUE(breaks([](Chain& chain) { chain[1].hash[0] ^= 1; }));
  EXPECT_TRUE(breaks([](Chain& chain) { chain.erase(chain.begin() + 1); }));
  EXPECT_TRUE(breaks([](Chain& chain) { chain.erase(chain.begin()); }));
  EXPECT_TRUE(breaks([](Chain& chain) { std::swap(chain[1], chain[2]); }));
  EXPECT_TRUE(breaks([](Chain& chain) {  // rewritten and hashed again: the next one no longer follows
    chain[1].kind = "read";
    chain[1].hash = evidence_hash(chain[1]);
  }));
  EXPECT_FALSE(check_chain(Id{{2}}, whole));
}

TEST(Access, codes_are_six_digits_as_people_type_them) {
  test::SeededRandom random(3);
  for (int i = 0; i < 1000; ++i) {
    const std::string code = new_code(random);
    ASSERT_EQ(code.size(), 6U);
    EXPECT_EQ(tidy_code(code), code);
  }
  EXPECT_EQ(tidy_code("123 456"), "123456");
  EXPECT_EQ(tidy_code(" 123-456 "), "123456");
  EXPECT_EQ(tidy_code("１２３４５６"), "123456");
  for (const char* bad : {"", "12345", "1234567", "12345a", "１２３４５", "\xEF\xBC", "-------"})
    EXPECT_FALSE(tidy_code(bad)) << bad;
  EXPECT_EQ(new_token(random).size(), 43U);
  EXPECT_NE(new_token(random), new_token(random));
  EXPECT_EQ(masked_email("mira@weekly.example"), "m…@weekly.example");
  EXPECT_EQ(masked_email("陈琳@例子.中国"), "陈…@例子.中国");
  EXPECT_EQ(masked_email(""), "");
  EXPECT_EQ(masked_email("@x"), "");
}

TEST(Calendar, follows_the_standard) {
  const EmbargoInstant embargo{Id{{9}}, Id{},
                               "Reveal; part 1, \\ \"eins\"\nzwei 保密保密保密保密保密保密保密保密保密保密", kNoon,
                               "Asia/Shanghai"};
  const std::string text = calendar_text({{embargo, "Aurora"}}, "Aurora Motors", Locale::en, kNoon - kDayMs);
  EXPECT_TRUE(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  EXPECT_TRUE(text.ends_with("END:VCALENDAR\r\n"));
  EXPECT_NE(text.find("DTSTART:20261120T120000Z\r\n"), std::string::npos);
  EXPECT_NE(text.find("TRIGGER:-PT24H\r\n"), std::string::npos);
  EXPECT_NE(text.find("TRIGGER:-PT1H\r\n"), std::string::npos);
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = text.find("\r\n", start);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - start, 75U);
    EXPECT_NE(static_cast<unsigned char>(text[start]) & 0xC0U, 0x80U);  // no character is cut
    start = end + 2;
  }
  std::string unfolded = text;
  for (std::size_t at = unfolded.find("\r\n "); at != std::string::npos; at = unfolded.find("\r\n "))
    unfolded.erase(at, 3);
  EXPECT_NE(unfolded.find("Reveal\\; part 1\\, \\\\ \"eins\"\\nzwei 保密保密"), std::string::npos);
}

TEST(Notices, are_due_in_their_windows) {
  const auto at = [](TimeMs before_ms) { return notice_due(kNoon, kNoon - before_ms); };
  EXPECT_EQ(at(kDayMs + 1), std::nullopt);
  EXPECT_EQ(at(kDayMs), EmbargoNotice::day_before);
  EXPECT_EQ(at(kHourMs + 1), EmbargoNotice::day_before);
  EXPECT_EQ(at(kHourMs), EmbargoNotice::hour_before);
  EXPECT_EQ(at(1), EmbargoNotice::hour_before);
  EXPECT_EQ(at(0), EmbargoNotice::lifted);
  EXPECT_EQ(at(-29 * kDayMs), EmbargoNotice::lifted);
  EXPECT_EQ(at(-30 * kDayMs), std::nullopt);
}

}  // namespace
}  // namespace probity::commitments
