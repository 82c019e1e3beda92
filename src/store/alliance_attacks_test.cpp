// What people may try against the hub, and random histories of the whole of it on the real database.
#include <gtest/gtest.h>

#include <random>

#include "alliance/json.h"
#include "alliance/member_call.h"
#include "store/alliance_members.h"
#include "support/hub_world.h"

namespace probity::store {
namespace {

using alliance::Appeal;
using alliance::Listing;
using alliance::ListingState;
using alliance::Party;

class Attack : public ::testing::Test {
 protected:
  Attack() {
    (void)members.admit({caller, "Meridian Tyres", key.open(), false, {}}, "", "for this test", Id{}).value();
  }
  Result<Party> knock(const alliance::MemberCall& call, const std::string& body, const oprf::Identity& signer,
                      const oprf::PublicIdentity& hub) {
    const auto headers = alliance::sign_call(call, body, signer, hub);
    return gate.admit(call.method, call.path, body, [&](std::string_view name) -> std::optional<std::string_view> {
      for (const auto& [header, value] : headers) {
        std::string lower = header;
        for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        if (lower == name) return value;
      }
      return std::nullopt;
    });
  }
  alliance::MemberCall filing() {
    return {"POST", "/alliance/v1/listings", caller, Id{{4}}, Id::random(world.random), now()};
  }
  TimeMs& now() { return world.keyholders.clock.now; }

  test::HubWorld world;
  Id caller = Id::random(world.random);
  oprf::Identity key = oprf::Identity::make(world.random);
  AllianceMemberStore member_store{*world.database};
  alliance::MemberBook members{{member_store, *world.database, world.log, world.keyholders.clock, world.random}};
  alliance::CallGate gate{*world.store, world.keyholders.clock, world.hub->identity(), std::nullopt};
};

TEST_F(Attack, a_filing_is_taken_once_and_only_as_it_was_signed) {
  const auto call = filing();
  EXPECT_EQ(knock(call, "{\"a\":1}", key, world.hub->identity())->member, caller);
  EXPECT_EQ(knock(call, "{\"a\":1}", key, world.hub->identity()).error().code, ErrorCode::conflict) << "replayed";
  const auto stranger = oprf::Identity::make(world.random);
  EXPECT_EQ(knock(filing(), "{}", stranger, world.hub->identity()).error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(knock(filing(), "{}", key, stranger.open()).error().code, ErrorCode::unauthenticated)
      << "signed for another hub";
  auto old = filing();
  now() += 3'600'000;
  EXPECT_EQ(knock(old, "{}", key, world.hub->identity()).error().code, ErrorCode::gone) << "kept for an hour";
  auto bent = filing();
  const auto headers = alliance::sign_call(bent, "{}", key, world.hub->identity());
  bent.path += "/x";
  const auto admitted =
      gate.admit("POST", bent.path, "{}", [&](std::string_view name) -> std::optional<std::string_view> {
        for (const auto& [header, value] : headers)
          if (std::equal(header.begin(), header.end(), name.begin(), name.end(),
                         [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; }))
            return value;
        return std::nullopt;
      });
  EXPECT_EQ(admitted.error().code, ErrorCode::unauthenticated) << "another path than was signed";
}

TEST_F(Attack, a_suspended_member_is_not_heard) {
  ASSERT_TRUE(members.suspend(caller, "did not open its consents", Id{}));
  EXPECT_EQ(knock(filing(), "{}", key, world.hub->identity()).error().code, ErrorCode::forbidden);
  ASSERT_TRUE(members.reinstate(caller, "opened them", Id{}));
  EXPECT_TRUE(knock(filing(), "{}", key, world.hub->identity()));
}

TEST_F(Attack, a_member_that_knocks_without_end_is_told_to_wait) {
  std::size_t heard = 0;
  ErrorCode last = ErrorCode::internal;
  for (int i = 0; i < 400; ++i) {
    const auto party = knock(filing(), "{}", key, world.hub->identity());
    if (party) ++heard;
    if (!party) last = party.error().code;
  }
  EXPECT_EQ(heard, 300U);
  EXPECT_EQ(last, ErrorCode::too_many_requests);
}

// The fifteen days begin when the hub knows, whatever is on the paper; and nobody but hub and ombudsman says so.
TEST_F(Attack, a_notice_cannot_be_back_dated) {
  const auto listing = world.hub->draft(world.by(1), world.draft_about(1)).value();
  (void)world.hub->submit(listing.id, world.by(1)).value();
  (void)world.hub->approve(listing.id, world.by(2)).value();
  const Hash reference = sha256(as_bytes("registered letter of last month"));
  EXPECT_EQ(world.hub->record_post(listing.id, world.ombudsman(), reference).error().code, ErrorCode::conflict)
      << "before anything was sent";
  (void)world.hub->send_notice(listing.id, world.by(1), "mira@example.org").value();
  now() += 40 * alliance::kDayMs;
  (void)world.hub->tick().value();
  EXPECT_EQ(world.hub->listing(listing.id)->state, ListingState::awaiting_notice) << "sending is not delivering";
  EXPECT_EQ(world.hub->record_post(listing.id, world.by(1), reference).error().code, ErrorCode::forbidden);
  const auto posted = world.hub->record_post(listing.id, world.ombudsman(), reference).value();
  EXPECT_EQ(posted.notice->recorded_ms, now());
  now() += alliance::kNoticeWaitMs - 1;
  (void)world.hub->tick().value();
  EXPECT_EQ(world.hub->listing(listing.id)->state, ListingState::notified);
}

TEST_F(Attack, a_stale_epoch_is_neither_filed_under_nor_asked) {
  auto draft = world.draft_about(1);
  draft.epoch = 2026;
  EXPECT_EQ(world.hub->draft(world.by(1), draft).error().code, ErrorCode::gone);
  EXPECT_EQ(world.hub->fetch_bucket(world.reader, Id::random(world.random), 2026, 4, 0).error().code, ErrorCode::gone);
  const auto listing = world.active(1);
  EXPECT_EQ(world.hub->correct(listing.id, world.by(1), {2026, world.keys_of(1).tag, {}, {}}).error().code,
            ErrorCode::gone);
}

// --- Random histories
// -----------------------------------------------------------------------------------------------------

struct History {
  explicit History(unsigned seed) : dice(seed) {}
  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(dice); }

  void begin_one() {
    const auto number = static_cast<std::uint8_t>(1 + listings.size());
    const auto listing = below(3) == 0 ? world.notified(number) : world.active(number);
    listings.push_back(listing.id);
    tokens.push_back({world.courier.token, world.courier.code});
  }

  // Something that somebody might do; what is refused changes nothing.
  void one_step() {
    const std::size_t which = below(listings.size());
    const Id id = listings[which];
    const Party filer = world.by(static_cast<std::uint8_t>(1 + below(3))), ombudsman = world.ombudsman();
    const auto number = static_cast<std::uint8_t>(which + 1);
    alliance::Restatement words{2027, world.keys_of(number).tag, {}, {}};
    words.label = oprf::seal_label(2027, world.keys_of(number), as_bytes("other words"), world.random).value();
    const auto outcome = below(2) == 0 ? Appeal::Outcome::upheld : Appeal::Outcome::taken_back;
    switch (below(12)) {
      case 0:
        return ignore(world.hub->suspend(id, below(2) == 0 ? filer : ombudsman));
      case 1:
        return ignore(world.hub->resume(id, below(2) == 0 ? filer : ombudsman));
      case 2:
        return ignore(world.hub->correct(id, filer, words));
      case 3:
        return ignore(world.hub->appeal(tokens[which].first, tokens[which].second));
      case 4:
        return ignore(world.hub->answer_appeal(id, filer, outcome, std::nullopt));
      case 5:
        return ignore(world.hub->decide_appeal(id, ombudsman, outcome, std::nullopt));
      case 6:
        return ignore(world.hub->attest(id, filer, world.draft_about(number)));
      case 7:
        return below(6) == 0 ? ignore(world.hub->withdraw(id, filer)) : look(number);
      case 8:
        return below(6) == 0 ? ignore(world.hub->record_acquittal(id, ombudsman)) : look(number);
      case 9:
        return listings.size() < 8 ? begin_one() : look(number);
      case 10:
        return look(number);
      default:
        world.keyholders.clock.now += static_cast<TimeMs>(below(40)) * alliance::kDayMs;
    }
    (void)world.hub->tick().value();
  }
  static void ignore(const Result<Listing>&) {}

  // The reader fetches the bucket in which somebody would be, and remembers that it did.
  void look(std::uint8_t number) {
    world.keyholders.clock.now += 3'600'000;
    const auto labels = world.fetch(number);
    for (const auto& label : labels)
      if (oprf::open_label(2027, world.keys_of(number), label)) seen[listings[number - 1]] = steps_of(number);
  }
  std::size_t steps_of(std::uint8_t number) { return world.hub->listing(listings[number - 1])->steps.size(); }

  void check() {
    (void)world.hub->tick().value();
    std::vector<oprf::Tag> tags;
    for (std::size_t i = 0; i < listings.size(); ++i) {
      const auto number = static_cast<std::uint8_t>(i + 1);
      const Listing listing = world.hub->listing(listings[i]).value();
      if (alliance::is_findable(listing)) tags.push_back(listing.tag);
      const int bits = world.hub->tag_set(2027)->set->head().bits;
      const auto labels =
          world.store->findable_labels(2027, bits, oprf::prefix_of(world.keys_of(number).tag, bits)).value();
      const bool opens = std::ranges::any_of(labels, [&](const oprf::SealedLabel& label) {
        return oprf::open_label(2027, world.keys_of(number), label).has_value();
      });
      EXPECT_EQ(opens, alliance::is_findable(listing)) << alliance::shown_status(listing);
    }
    const auto set = world.hub->tag_set(2027).value().set;
    if (!tags.empty()) {
      EXPECT_EQ(set->encode(), oprf::TagSet::of(2027, set->head().version, tags, world.random).encode());
    }
    check_told();
  }

  // Whoever had opened a label hears of whatever happened to that listing afterwards.
  void check_told() {
    using Kind = alliance::ListingStep::Kind;
    const auto notices = world.hub->notices_for(world.reader).value();
    for (const auto& [id, steps] : seen) {
      const Listing listing = world.hub->listing(id).value();
      for (std::size_t i = steps; i < listing.steps.size(); ++i) {
        const Kind kind = listing.steps[i].kind;
        const bool concerns = kind == Kind::corrected || kind == Kind::withdrawn || kind == Kind::overturned ||
                              kind == Kind::suspended || kind == Kind::acquittal_recorded || kind == Kind::expired;
        if (!concerns) continue;
        EXPECT_TRUE(std::ranges::any_of(notices, [&](const alliance::ChangeNotice& notice) {
          return notice.what == kind && notice.prefix == oprf::prefix_of(listing.tag, notice.bits);
        })) << alliance::step_name(kind);
      }
    }
  }

  std::mt19937 dice;
  test::HubWorld world;
  std::vector<Id> listings;
  std::vector<std::pair<std::string, std::string>> tokens;
  std::map<Id, std::size_t> seen;  // and how many steps it had then
};

TEST(HubHistories, what_ended_is_gone_and_who_looked_is_told) {
  const unsigned begin = std::random_device{}();
  for (unsigned seed = begin; seed < begin + 12; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    History history(seed);
    history.begin_one();
    for (int step = 0; step < 60; ++step) {
      history.one_step();
      history.check();
      if (::testing::Test::HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace probity::store
