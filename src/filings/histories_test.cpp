// Whatever people press and however the hub fails: nothing is active or approved by one person, nothing is done twice,
// and what the hub holds is what the filing shows in the end.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/filings_fixture.h"

namespace probity::filings {
namespace {

using alliance::ListingState;
using alliance::ListingStep;
using test::FilingBench;
using test::ScriptedHub;

constexpr int kStepKinds = 20;

class History {
 public:
  explicit History(bool is_active) : id_(is_active ? bench.active().id : bench.drafted().id) {}

  // One thing that somebody does, or that time brings; four in five calls to the hub go well.
  void go_on() {
    bench.hub.faults.clear();
    for (int i = 0; i < 8; ++i)
      bench.hub.faults.push_back(*rc::gen::weightedElement<ScriptedHub::Fault>(
          {{8, ScriptedHub::Fault::none}, {1, ScriptedHub::Fault::before}, {1, ScriptedHub::Fault::after}}));
    const events::Actor who = *rc::gen::element(bench.ada, bench.ben, bench.cleo);
    const int choice = *rc::gen::inRange(0, 14);
    if (choice < 8)
      press(choice, who);
    else
      pass(choice);
  }
  // The hub is well again, and what was pending is done.
  void settle() {
    bench.hub.faults.clear();
    for (int i = 0; i < 3; ++i) pass(13);
  }
  Filing filing() { return bench.service.find(id_).value(); }

  FilingBench bench;

 private:
  void press(int choice, const events::Actor& who) {
    FilingService& service = bench.service;
    const auto done = [&]() -> Result<Filing> {
      switch (choice) {
        case 0:
          return service.submit(id_, who);
        case 1:
        case 2:
          return service.approve(id_, who);
        case 3:
          return service.send_notice(id_, "li@example.org", who);
        case 4:
          return service.answer(id_, {alliance::Appeal::Outcome::upheld, "It stands.", {}}, who);
        case 5:
          return service.suspend(id_, "a doubt", who);
        case 6:
          return service.resume(id_, "no doubt", who);
        default:
          return service.attest(id_, who);
      }
    }();
    (void)done.has_value();
  }
  void pass(int choice) {
    const auto listing = filing().listing_id;
    if (choice == 8 && listing) bench.hub.deliver(*listing);
    if (choice == 9 && listing) bench.hub.object(*listing);
    bench.clock.advance(choice < 12 ? 600'000 : *rc::gen::inRange<TimeMs>(1, 20) * alliance::kDayMs);
    bench.hub.tick();
    (void)bench.clerk.tick().has_value();
  }

  const Id id_;
};

std::size_t count(const alliance::Listing& listing, ListingStep::Kind kind) {
  return static_cast<std::size_t>(std::ranges::count(listing.steps, kind, &ListingStep::kind));
}

void check_hub(const ScriptedHub& hub, const Filing& filing) {
  std::size_t begun = 0;
  for (const auto& [id, listing] : hub.listings) {
    begun += listing.state == ListingState::draft ? 0 : 1;
    RC_ASSERT(count(listing, ListingStep::Kind::submitted) <= 1U);
    RC_ASSERT(count(listing, ListingStep::Kind::approved) <= 1U);
    if (listing.activated_ms) RC_ASSERT(count(listing, ListingStep::Kind::approved) == 1U);
    for (const ListingStep& step : listing.steps)
      if (step.kind == ListingStep::Kind::approved) RC_ASSERT(!filing.writers.contains(step.by.account));
  }
  RC_ASSERT(begun <= 1U);
}

// Each step at the hub is told once.
void check_told(const std::vector<events::Event>& events, const Filing& filing) {
  const std::size_t steps = filing.listing->steps.size() - count(*filing.listing, ListingStep::Kind::drafted);
  std::size_t told = 0;
  for (const events::Event& event : events)
    for (int kind = 1; kind < kStepKinds; ++kind)
      told += event.kind == "filing." + std::string(alliance::step_name(ListingStep::Kind(kind))) ? 1 : 0;
  RC_ASSERT(told == steps);
}

RC_GTEST_PROP(FilingHistories, never_one_person_never_twice, ()) {
  History history(*rc::gen::arbitrary<bool>());
  const auto length = *rc::gen::inRange(5, 80);
  for (int i = 0; i < length; ++i) history.go_on();
  history.settle();
  const Filing filing = history.filing();
  RC_CLASSIFY(filing.listing && filing.listing->activated_ms, "was active");
  RC_CLASSIFY(filing.has_ended(), "has ended");
  RC_ASSERT(!filing.pending);
  check_hub(history.bench.hub, filing);
  if (!filing.listing_id) return;
  RC_ASSERT(filing.listing->steps == history.bench.hub.listings.at(*filing.listing_id).steps);
  RC_ASSERT(!filing.history_changed);
  check_told(history.bench.events.all, filing);
}

}  // namespace
}  // namespace probity::filings
