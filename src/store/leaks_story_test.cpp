// The matter of a leak over the database: files, tracing, masking and the two people a name takes.
#include <zip.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/encoding.h"
#include "leaks/leak_json.h"
#include "leaks/next_steps.h"
#include "leaks/report_json.h"
#include "support/leaks_fixture.h"

namespace probity::store {
namespace {

using nlohmann::json;
using test::Actor, test::LeakMatters, test::picture, test::sample_investigation;

TEST_F(LeakMatters, are_numbered_listed_found_and_changed) {
  const leaks::Leak first = report("Clay model"), second = report("何敏的照片");
  EXPECT_EQ(first.number.substr(0, 2), "L-");
  EXPECT_NE(first.number, second.number);
  leaks::LeakFilter filter;
  filter.page.search = "CLAY";
  EXPECT_EQ(service->list(filter)->items.at(0).leak.id, first.id);
  filter.page.search = second.number;
  EXPECT_EQ(service->list(filter)->total, 1U);
  filter.page.search.clear();
  for (const char* sort : {"number", "title", "state", "reported_at", "first_seen_at", "outcome"}) {
    filter.page.sort = sort;
    EXPECT_EQ(service->list(filter)->total, 2U) << sort;
  }
  filter.page.sort = "nonsense";
  EXPECT_EQ(service->list(filter).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(service->update(first.id, {"Clay model, front", "seen twice", {}}, ada)->leak.title, "Clay model, front");
  EXPECT_EQ(service->update(first.id, {"", {}, {}}, ada).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(service->update(first.id, {{}, {}, Id{{9}}}, ada).error().code, ErrorCode::not_found);
  EXPECT_EQ(service->find(Id{{9}}).error().code, ErrorCode::not_found);
  leaks::NewSighting tomorrow;
  tomorrow.address = "x";
  tomorrow.seen_ms = clock.now_ms() + 100LL * 24 * 3600 * 1000;
  EXPECT_EQ(service->add_sighting(first.id, tomorrow, ada).error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(evidence->check(first.id)->steps > 3);
}

TEST_F(LeakMatters, keep_files_of_every_kind) {
  const leaks::Leak leak = report();
  const Bytes photo = picture(5);
  releases.known = sha256(photo);
  const evidence::Item item = take(leak.id, "found.jpg", photo);
  EXPECT_EQ(evidence->read(item).value(), photo);
  take(leak.id, "note.txt", as_bytes("not a picture at all"));
  const evidence::Item again = take(leak.id, "same.jpg", photo);
  EXPECT_EQ(again.id, item.id);
  const auto known = files->list(leak.id).value();
  ASSERT_EQ(known.size(), 3U);  // the photo, its picture for pages, the note
  EXPECT_TRUE(known[0].state->is_picture());
  EXPECT_EQ(known[0].state->width_px, 320);
  EXPECT_FALSE(known[2].state->problem.empty());
  EXPECT_EQ(files->traceable(leak.id)->size(), 1U);
  EXPECT_EQ(service->find(leak.id)->leak.files, 1U);
  ASSERT_EQ(leak_store->releases(leak.id)->size(), 1U);
  EXPECT_TRUE(leak_store->releases(leak.id)->front().same_picture);
  const auto helps = service->helps(service->detail(leak.id).value()).value();
  EXPECT_EQ(helps.front().en, "The very file was released before.");
  // A cut-off picture, and a header that promises a picture of terapixels.
  EXPECT_TRUE(try_to_take(leak.id, "half.jpg", BytesView(photo).first(photo.size() / 2)));
  Bytes bomb = {0x89, 'P',  'N',  'G',  0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0x7F,
                0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 8,    2, 0, 0, 0,  0,   0,   0,   0};
  EXPECT_TRUE(try_to_take(leak.id, "bomb.png", bomb));
  EXPECT_EQ(files->traceable(leak.id)->size(), 1U);
  EXPECT_EQ(try_to_take(leak.id, "x", photo, evidence::Kind::report).error().code, ErrorCode::invalid_argument);
  ASSERT_TRUE(service->close(leak.id, leaks::CloseReason::own_release, "our own", ada));
  EXPECT_EQ(try_to_take(leak.id, "late.jpg", picture(9)).error().code, ErrorCode::conflict);
}

Bytes zip_of(const std::vector<std::pair<std::string, Bytes>>& entries) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* sink = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_t* archive = zip_open_from_source(sink, ZIP_TRUNCATE, &error);
  zip_source_keep(sink);
  for (const auto& [name, bytes] : entries)
    PROBITY_CHECK(zip_file_add(archive, name.c_str(), zip_source_buffer(archive, bytes.data(), bytes.size(), 0), 0) >=
                  0);
  PROBITY_CHECK(zip_close(archive) == 0);
  zip_source_open(sink);
  zip_stat_t facts;
  zip_source_stat(sink, &facts);
  Bytes bytes(facts.size);
  zip_source_read(sink, bytes.data(), bytes.size());
  zip_source_close(sink);
  zip_source_free(sink);
  return bytes;
}

TEST_F(LeakMatters, take_a_zip_apart_and_keep_it_too) {
  const leaks::Leak leak = report();
  const evidence::Item archive =
      take(leak.id, "found.zip", zip_of({{"one.jpg", picture(1)}, {"two.jpg", picture(2)}, {"x.txt", {'x'}}}));
  EXPECT_EQ(archive.media_type, "application/zip");
  const auto parts = files->traceable(leak.id).value();
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].parent, archive.id);
  EXPECT_EQ(parts[0].name, "one.jpg");
  // A bomb is kept as it came, and not taken apart.
  const Bytes bomb = zip_of({{"big.jpg", Bytes(std::size_t{200} << 20)}});
  EXPECT_EQ(try_to_take(leak.id, "bomb.zip", bomb).error().code, ErrorCode::too_large);
  EXPECT_EQ(files->traceable(leak.id)->size(), 2U);
  EXPECT_EQ(evidence->items(leak.id)->back().name, "bomb.zip");
}

TEST_F(LeakMatters, are_traced_after_the_questions_only) {
  const leaks::Leak leak = report();
  EXPECT_EQ(traces->ask(leak.id, ada).error().code, ErrorCode::conflict);
  ASSERT_TRUE(service->answer(leak.id, {leaks::Answer::no, "", leaks::Answer::yes, "C-1"}, ada));
  EXPECT_EQ(traces->ask(leak.id, ada).error().code, ErrorCode::conflict) << "there is no picture";
  take(leak.id, "found.jpg", picture(1));
  ASSERT_TRUE(traces->ask(leak.id, ada));
  ASSERT_EQ(jobs.requests.size(), 1U);
  EXPECT_EQ(jobs.requests[0].kind, leaks::kTraceLeakJob);
  EXPECT_EQ(traces->look(leak.id, ada).error().code, ErrorCode::not_found);
}

TEST_F(LeakMatters, a_masked_result_tells_nothing_of_the_copy) {
  const leaks::Leak leak = traced(investigation());
  EXPECT_EQ(leak.state, leaks::State::traced);
  const auto result = traces->look(leak.id, ada).value();
  EXPECT_TRUE(result.masked());
  const leaks::CopyEvidence& copy = result.report.findings.front().copies.front();
  const std::vector<std::string> shown{leaks::to_json(result).dump(),
                                       leaks::to_json(service->detail(leak.id).value(), {}, {}).dump()};
  for (const std::string& text : shown) {
    std::vector<std::string> hidden{copy.copy.text(),
                                    copy.recipient.text(),
                                    party.text(),
                                    issued.recipient.details.name,
                                    to_hex(copy.seed),
                                    to_hex(copy.seed_commitment),
                                    to_rfc3339(copy.issued_ms)};
    for (const auto& making : copy.makings) {
      hidden.push_back(making.making.operator_name);
      hidden.push_back(to_rfc3339(making.making.made_ms));
      hidden.push_back(leaks::time_in_words(making.making.made_ms, leaks::Language::en));
    }
    for (const std::string& secret : hidden) EXPECT_EQ(text.find(secret), std::string::npos) << secret;
  }
  EXPECT_EQ(traces->check_open(leak.id, result.trace.report_json).error().code, ErrorCode::forbidden);
  EXPECT_TRUE(traces->check_open(leak.id, *result.trace.files.front().pictures.leak));
  EXPECT_TRUE(unmasking->named(leak.id)->empty());
  const auto steps = evidence->steps(leak.id, 0, 500).value();
  for (const auto& step : steps.items) EXPECT_EQ(step.deed.data_json.find(copy.copy.text()), std::string::npos);
  const auto happened = events->list({}).value();
  for (const auto& event : happened.items) {
    EXPECT_EQ(event.data_json.find(copy.copy.text()), std::string::npos);
    EXPECT_FALSE(event.copy || event.party);
  }
}

TEST_F(LeakMatters, a_name_takes_two_people_who_looked) {
  const leaks::Leak leak = traced(investigation());
  EXPECT_EQ(unmasking->request(leak.id, "why", ada).error().code, ErrorCode::conflict) << "has not looked";
  ASSERT_TRUE(traces->look(leak.id, ada));
  EXPECT_EQ(unmasking->request(leak.id, "", ada).error().code, ErrorCode::invalid_argument);
  ASSERT_TRUE(unmasking->request(leak.id, "the bound is low", ada));
  EXPECT_EQ(unmasking->agree(leak.id, "", ada).error().code, ErrorCode::forbidden);
  EXPECT_EQ(unmasking->refuse(leak.id, "no", ada).error().code, ErrorCode::forbidden);
  EXPECT_EQ(unmasking->agree(leak.id, "", ben).error().code, ErrorCode::conflict) << "has not looked";
  ASSERT_TRUE(traces->look(leak.id, ben));
  EXPECT_EQ(unmasking->withdraw(leak.id, ben).error().code, ErrorCode::forbidden);
  for (const Actor::Kind kind : {Actor::Kind::api_key, Actor::Kind::command_line, Actor::Kind::system}) {
    EXPECT_EQ(unmasking->agree(leak.id, "", {kind, Id{{9}}, "x"}).error().code, ErrorCode::forbidden);
    EXPECT_EQ(unmasking->request(leak.id, "x", {kind, Id{{9}}, "x"}).error().code, ErrorCode::forbidden);
  }
  EXPECT_TRUE(unmasking->named(leak.id)->empty());
  ASSERT_TRUE(unmasking->agree(leak.id, "looked at both", ben));
  EXPECT_EQ(state_of(leak.id), leaks::State::unmasked);
  const auto named = unmasking->named(leak.id).value();
  ASSERT_EQ(named.size(), 1U);
  EXPECT_EQ(named[0].party, party);
  EXPECT_EQ(named[0].details, issued.recipient.details);
  const json result = leaks::to_json(traces->result(leak.id).value());
  EXPECT_EQ(result["masked"], false);
  EXPECT_EQ(result["findings"][0]["recipient"]["name"], issued.recipient.details.name);
  EXPECT_TRUE(traces->check_open(leak.id, traces->result(leak.id)->trace.report_json));
  EXPECT_NE(unmasking->agree(leak.id, "", cleo).error().message.find("Ben Sample"), std::string::npos);
  EXPECT_EQ(unmasking->agree(leak.id, "", cleo).error().code, ErrorCode::conflict);
}

TEST_F(LeakMatters, of_many_who_decide_at_once_one_does) {
  const leaks::Leak leak = asked();
  ASSERT_TRUE(traces->look(leak.id, cleo));
  std::atomic<int> won = 0, told = 0;
  std::vector<std::thread> people;
  for (int i = 0; i < 8; ++i)
    people.emplace_back([&, i] {
      const auto outcome = i % 2 == 0 ? unmasking->agree(leak.id, "", i % 4 == 0 ? ben : cleo)
                                      : unmasking->refuse(leak.id, "no", i % 4 == 1 ? ben : cleo);
      if (outcome) ++won;
      if (!outcome && outcome.error().code == ErrorCode::conflict) ++told;
    });
  for (auto& person : people) person.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(told, 7);
}

TEST_F(LeakMatters, a_refused_or_withdrawn_request_names_nobody_and_may_be_made_again) {
  const leaks::Leak leak = asked();
  ASSERT_TRUE(unmasking->refuse(leak.id, "the crop is too small", ben));
  EXPECT_EQ(state_of(leak.id), leaks::State::traced);
  EXPECT_TRUE(unmasking->named(leak.id)->empty());
  ASSERT_TRUE(unmasking->request(leak.id, "more files now", ada));
  ASSERT_TRUE(unmasking->withdraw(leak.id, ada));
  ASSERT_TRUE(unmasking->request(leak.id, "once more", ben));
  EXPECT_EQ(unmasking->agree(leak.id, "", ben).error().code, ErrorCode::forbidden);
  ASSERT_TRUE(unmasking->agree(leak.id, "", ada)) << "whoever did not ask this time";
}

TEST_F(LeakMatters, a_newer_trace_ends_a_request_and_keeps_a_name) {
  const leaks::Leak leak = asked();
  const evidence::Item item = files->traceable(leak.id)->front();
  leaks::Investigation second = investigation();
  second.report.created_ms += 1000;
  ASSERT_TRUE(traces->record(leak.id, {item}, second, ada));
  EXPECT_EQ(state_of(leak.id), leaks::State::traced);
  EXPECT_EQ(unmasking->agree(leak.id, "", ben).error().code, ErrorCode::conflict);
  ASSERT_TRUE(traces->look(leak.id, ada));
  ASSERT_TRUE(traces->look(leak.id, ben));
  ASSERT_TRUE(unmasking->request(leak.id, "again", ada));
  ASSERT_TRUE(unmasking->agree(leak.id, "", ben));
  // The same copy once more: agreed to already.
  second.report.created_ms += 1000;
  ASSERT_TRUE(traces->record(leak.id, {item}, second, ada));
  EXPECT_EQ(state_of(leak.id), leaks::State::unmasked);
  EXPECT_FALSE(traces->result(leak.id)->masked());
  // Another copy: masked again.
  leaks::Investigation other = sample_investigation();
  other.report.created_ms += 3000;
  ASSERT_TRUE(traces->record(leak.id, {item}, other, ada));
  EXPECT_EQ(state_of(leak.id), leaks::State::traced);
  EXPECT_TRUE(traces->result(leak.id)->masked());
}

TEST_F(LeakMatters, nobody_is_named_by_a_lead_or_by_a_record_that_was_changed) {
  leaks::Investigation lead = investigation();
  lead.report.outcome = leaks::Outcome::lead;
  lead.report.findings.front().role = leaks::Role::lead;
  const leaks::Leak weak = traced(lead);
  ASSERT_TRUE(traces->look(weak.id, ada));
  EXPECT_EQ(unmasking->request(weak.id, "why", ada).error().code, ErrorCode::conflict);

  leaks::Investigation changed = investigation();
  changed.report.created_ms += 5000;
  changed.report.findings.front().copies.front().recipient_commitment[0] ^= 1;
  const leaks::Leak leak = traced(changed);
  ASSERT_TRUE(traces->look(leak.id, ada));
  ASSERT_TRUE(traces->look(leak.id, ben));
  ASSERT_TRUE(unmasking->request(leak.id, "why", ada));
  EXPECT_EQ(unmasking->agree(leak.id, "", ben).error().code, ErrorCode::corrupt);
  EXPECT_EQ(state_of(leak.id), leaks::State::unmask_requested) << "and nothing was agreed to";
}

TEST_F(LeakMatters, offer_each_person_what_they_may_do) {
  const leaks::Leak leak = asked();
  const auto verbs = [&](const leaks::Viewer& viewer) {
    return leaks::next_steps(service->detail(leak.id).value(), viewer, false).verbs;
  };
  const auto has = [](const std::vector<std::string>& list, const char* verb) {
    return std::ranges::find(list, verb) != list.end();
  };
  EXPECT_TRUE(has(verbs({ada.id, true, true, true}), "withdraw_unmask"));
  EXPECT_FALSE(has(verbs({ada.id, true, true, true}), "agree_unmask"));
  EXPECT_TRUE(has(verbs({ben.id, false, true, true}), "agree_unmask"));
  EXPECT_FALSE(has(verbs({cleo.id, false, true, true}), "agree_unmask")) << "has not looked";
  EXPECT_FALSE(has(verbs({ben.id, false, false, false}), "agree_unmask"));
  EXPECT_FALSE(has(verbs({ada.id, true, true, true}), "close"));
  EXPECT_EQ(service->close(leak.id, leaks::CloseReason::other, "", ada).error().code, ErrorCode::conflict);
  ASSERT_TRUE(unmasking->agree(leak.id, "", ben));
  ASSERT_TRUE(service->move_to_case(leak.id, Id{{99}}, "K-2026-0001", ben));
  EXPECT_EQ(state_of(leak.id), leaks::State::in_case);
  EXPECT_EQ(service->close(leak.id, leaks::CloseReason::other, "", ada).error().code, ErrorCode::conflict);
  EXPECT_EQ(unmasking->named(leak.id)->size(), 1U) << "the case takes the accused from here";
}

TEST_F(LeakMatters, close_and_go_on_where_they_were) {
  const leaks::Leak leak = traced(investigation());
  ASSERT_TRUE(service->close(leak.id, leaks::CloseReason::already_public, "on page 3", ada));
  EXPECT_EQ(service->reopen(leak.id, "it was not", ada)->leak.state, leaks::State::traced);
  EXPECT_EQ(service->reopen(leak.id, "again", ada).error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace probity::store
