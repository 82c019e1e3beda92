#include "alliance/listing_rules.h"

#include <algorithm>

namespace probity::alliance {
namespace {

using State = ListingState;
using Kind = ListingStep::Kind;
using Role = Party::Role;

const Party kHub{};

tl::unexpected<Error> not_now(const char* what) {
  return fail(ErrorCode::conflict, what, "look at the listing's state again");
}
tl::unexpected<Error> not_yours(const char* what) { return fail(ErrorCode::forbidden, what); }

void add(Listing& listing, Kind kind, const Party& by, TimeMs now_ms) { listing.steps.push_back({kind, by, now_ms}); }

bool is_filer(const Listing& listing, const Party& by) { return by.role == Role::filer && by.member == listing.filer; }

void restate(Listing& listing, const Restatement& to) {
  listing.epoch = to.epoch;
  listing.tag = to.tag;
  listing.label = to.label;
  listing.enterprise = to.enterprise;
}

void fill(Listing& listing, const Draft& draft) {
  listing.conduct = draft.conduct;
  listing.tests = draft.tests;
  listing.standard = draft.standard;
  listing.intentional_for_gain = draft.intentional_for_gain;
  listing.subject_is_adult = draft.subject_is_adult;
  restate(listing, {draft.epoch, draft.tag, draft.label, draft.enterprise});
}

Draft draft_of(const Listing& listing) {
  return {listing.conduct,          listing.tests, listing.standard, listing.intentional_for_gain,
          listing.subject_is_adult, listing.epoch, listing.tag,      listing.label,
          listing.enterprise};
}

// A state in which nothing is pending any more, whatever ended it.
void end(Listing& listing, State state, Kind kind, const Party& by, TimeMs now_ms) {
  listing.state = state;
  listing.suspended = false;
  listing.act_by_ms.reset();
  listing.label =
      {};  // the tag stays until the epoch ends: a second listing of the same party must not look like the first
  if (listing.enterprise) listing.enterprise = Enterprise{};
  if (listing.appeal_is_open()) {
    listing.appeal->stage = Appeal::Stage::decided;
    listing.appeal->outcome = state == State::expired ? Appeal::Outcome::none : Appeal::Outcome::taken_back;
  }
  add(listing, kind, by, now_ms);
}

// The one thing that the clock brings next, at exactly its time. False when there is none by `now_ms`.
bool advance_once(Listing& listing, TimeMs now_ms) {
  const auto due = next_change_ms(listing);
  if (!due || *due > now_ms) return false;
  const TimeMs at = *due;
  if (listing.act_by_ms && *listing.act_by_ms == at) {
    end(listing, State::overturned, Kind::overturned, kHub, at);
  } else if (listing.state == State::active && at == std::min(listing.expires_ms, listing.attest_due_ms)) {
    end(listing, State::expired, Kind::expired, kHub, at);
  } else if (listing.appeal_is_open() && listing.appeal->due_ms == at) {
    if (listing.appeal->stage == Appeal::Stage::at_filer) {
      listing.appeal->stage = Appeal::Stage::at_ombudsman;
      listing.appeal->due_ms = at + kOmbudsmanMs;
      add(listing, Kind::escalated, kHub, at);
    } else {
      listing.suspended = true;
      add(listing, Kind::suspended, kHub, at);
    }
  } else {
    listing.state = State::active;
    listing.activated_ms = at;
    listing.expires_ms = at + retention_ms(conduct_entry(listing.conduct).severity);
    listing.attest_due_ms = at + kAttestEveryMs;
    add(listing, Kind::activated, kHub, at);
  }
  return true;
}

Result<void> check_kind(const Listing& listing, const std::optional<Enterprise>& enterprise) {
  if (listing.enterprise.has_value() == enterprise.has_value()) return {};
  return fail(ErrorCode::invalid_argument, "a person's listing stays a person's, and a company's a company's",
              "file it anew");
}

// Another place in the same epoch is another person, who had no notice. Between two epochs nobody but the filer can
// tell.
Result<void> check_same_person(const Listing& listing, oprf::Epoch epoch, const oprf::Tag& tag) {
  if (listing.enterprise || epoch != listing.epoch || tag == listing.tag) return {};
  return fail(ErrorCode::invalid_argument, "a listing never comes to be about somebody else",
              "withdraw it and file anew");
}

Result<void> check_outcome(const Listing& listing, Appeal::Outcome outcome,
                           const std::optional<Restatement>& corrected) {
  if (outcome == Appeal::Outcome::none) return fail(ErrorCode::invalid_argument, "an answer needs an outcome");
  if ((outcome == Appeal::Outcome::corrected) != corrected.has_value())
    return fail(ErrorCode::invalid_argument, "a correction, and nothing else, comes with what is right");
  if (corrected) TRY(check_kind(listing, corrected->enterprise));
  if (corrected) TRY(check_same_person(listing, corrected->epoch, corrected->tag));
  return {};
}

// Who suspended it last; the hub does when a clock ran out.
Role suspended_by(const Listing& listing) {
  const auto last = std::find_if(listing.steps.rbegin(), listing.steps.rend(),
                                 [](const ListingStep& step) { return step.kind == Kind::suspended; });
  return last == listing.steps.rend() ? Role::ombudsman : last->by.role;
}

// What the filer changes after the notice is for the person to know first: the fifteen days begin again.
void apply_correction(Listing& listing, const Restatement& corrected, const Party& by, TimeMs now_ms) {
  restate(listing, corrected);
  add(listing, Kind::corrected, by, now_ms);
  if (listing.state != State::notified || by.role != Role::filer) return;
  listing.state = State::awaiting_notice;
  listing.notice.reset();
  listing.notice_sent_ms.reset();
}

// How a decided appeal leaves the listing.
void close_appeal(Listing& listing, Appeal::Outcome outcome, const std::optional<Restatement>& corrected,
                  const Party& by, TimeMs now_ms) {
  listing.appeal->stage = Appeal::Stage::decided;
  listing.appeal->outcome = outcome;
  if (outcome == Appeal::Outcome::corrected) apply_correction(listing, *corrected, by, now_ms);
  if (outcome == Appeal::Outcome::taken_back) {
    if (by.role == Role::ombudsman)
      end(listing, State::overturned, Kind::overturned, by, now_ms);
    else
      end(listing, State::withdrawn, Kind::withdrawn, by, now_ms);
    return;
  }
  if (!listing.suspended || listing.act_by_ms || suspended_by(listing) != Role::hub) return;
  listing.suspended = false;
  add(listing, Kind::resumed, by, now_ms);
}

}  // namespace

Result<void> check_tests(const Draft& draft) {
  const auto missing = [](const char* what, const char* hint) {
    return fail(ErrorCode::invalid_argument, std::string("a test is not met: ") + what, hint);
  };
  if (draft.tests.reasonable_grounds.empty()) return missing("reasonable grounds", "add the evidence's hash");
  if (draft.tests.clear_evidence.empty()) return missing("clear and rigorous evidence", "add the evidence's hash");
  if (draft.standard == StandardOfProof::none)
    return missing("the standard of proof", "a police report, a judgment, an award or a signed statement is needed");
  if (draft.tests.ended_because_of_it.empty())
    return missing("employment or contract ended or refused because of it", "add the letter's hash");
  const bool was_found = draft.standard == StandardOfProof::judgment || draft.standard == StandardOfProof::arbitration;
  if (draft.conduct == Conduct::secrets_for_gain && !draft.intentional_for_gain && !was_found)
    return missing("a leak counts only when intentional and for gain, or found by a court or in arbitration",
                   "carelessness is for the commitment's agreed amount");
  if (!draft.enterprise && !draft.subject_is_adult) return missing("minors are never listed", "");
  return {};
}

Restatement restatement_of(const Enterprise& enterprise) {
  return {kOpenEpoch, enterprise_tag(enterprise), {}, enterprise};
}

Listing draft_listing(const Id& id, const Party& author, const Draft& draft, TimeMs now_ms) {
  Listing listing;
  listing.id = id;
  listing.filer = author.member;
  listing.author = author.account;
  fill(listing, draft);
  add(listing, Kind::drafted, author, now_ms);
  return listing;
}

Result<Listing> rewrite(const Listing& before, const Party& by, const Draft& draft, TimeMs now_ms) {
  Listing listing = advance(before, now_ms);
  if (!is_filer(listing, by)) return not_yours("only its filer rewrites a draft");
  if (listing.state != State::draft) return not_now("this is no draft any more");
  fill(listing, draft);
  // Whoever wrote last cannot approve it.
  listing.author = by.account;
  add(listing, Kind::drafted, by, now_ms);
  return listing;
}

Result<Listing> submit(const Listing& before, const Party& by, const std::optional<Listing>& earlier, TimeMs now_ms) {
  Listing listing = advance(before, now_ms);
  if (!is_filer(listing, by)) return not_yours("only its filer submits a draft");
  if (listing.state != State::draft) return not_now("this is no draft any more");
  TRY(check_tests(draft_of(listing)));
  if (earlier && !is_final(earlier->state)) return not_now("somebody has listed this party already");
  const bool was_wrong = earlier && (earlier->state == State::overturned || earlier->state == State::refused);
  if (was_wrong && listing.steps.back().kind != Kind::consented)
    return not_yours("an earlier listing of this party was overturned: the ombudsman must consent first");
  if (earlier) listing.follows = earlier->id;
  listing.state = State::awaiting_approval;
  add(listing, Kind::submitted, by, now_ms);
  return listing;
}

Result<Listing> consent(const Listing& before, const Party& by, TimeMs now_ms) {
  Listing listing = advance(before, now_ms);
  if (by.role != Role::ombudsman) return not_yours("the ombudsman consents");
  if (listing.state != State::draft) return not_now("this is no draft any more");
  add(listing, Kind::consented, by, now_ms);
  return listing;
}

Result<Listing> approve(const Listing& before, const Party& by, TimeMs now_ms) {
  Listing listing = advance(before, now_ms);
  if (!is_filer(listing, by)) return not_yours("a second person of the filer approves");
  // Whoever wrote or submitted any of it is not a second pair of eyes.
  for (const ListingStep& step : listing.steps)
    if (step.by.account == by.account) return not_yours("two different people are needed");
  if (listing.state != State::awaiting_approval) return not_now("nothing is waiting for approval");
  listing.approver = by.account;
  listing.state = State::awaiting_notice;
  add(listing, Kind::approved, by, now_ms);
  return listing;
}

Result<Listing> refuse(const Listing& before, const Party& by, TimeMs now_ms) {
  Listing listing = advance(before, now_ms);
  if (!is_filer(listing, by)) return not_yours("a second person of the filer refuses");
  if (listing.state != State::awaiting_approval) return not_now("nothing is waiting for approval");
  end(listing, State::refused, Kind::refused, by, now_ms);
  return listing;
}

Result<Listing> send_notice(const Listing& before, TimeMs now_ms) {
  Listing listing = advance(before, now_ms);
  if (listing.state != State::awaiting_notice) return not_now("no notice is waiting to be sent");
  if (!listing.notice_sent_ms) listing.notice_sent_ms = now_ms;
  add(listing, Kind::notice_sent, kHub, now_ms);
  return listing;
}

Result<Listing> record_delivery(const Listing& before, const Party& by, NoticeProof::Way way, const Hash& proof,
                                TimeMs now_ms) {
  Listing listing = advance(before, now_ms);
  const Role attests = way == NoticeProof::Way::post ? Role::ombudsman : Role::hub;
  if (by.role != attests) return not_yours("delivery is proved by the hub's link or attested by the ombudsman");
  if (listing.state != State::awaiting_notice || !listing.notice_sent_ms) return not_now("no notice is on its way");
  if (proof == Hash{}) return fail(ErrorCode::invalid_argument, "a delivery needs its proof");
  listing.notice = NoticeProof{way, proof, now_ms};
  listing.state = State::notified;
  add(listing, Kind::notice_delivered, by, now_ms);
  return listing;
}

Result<Listing> appeal(const Listing& before, const Party& by, TimeMs now_ms, const Holidays& holidays) {
  Listing listing = advance(before, now_ms);
  if (by.role != Role::subject) return not_yours("the listed person appeals");
  if (listing.state != State::notified && listing.state != State::active) return not_now("there is nothing to appeal");
  if (listing.appeal_is_open()) return not_now("an appeal is open already");
  listing.appeal = Appeal{Appeal::Stage::at_filer, Appeal::Outcome::none, now_ms,
                          after_working_days(now_ms, kFilerWorkingDays, holidays)};
  add(listing, Kind::appealed, by, now_ms);
  return listing;
}

Result<Listing> answer_appeal(const Listing& before, const Party& by, Appeal::Outcome outcome,
                              const std::optional<Restatement>& corrected, TimeMs now_ms) {
  Listing listing = advance(before, now_ms);
  if (!is_filer(listing, by)) return not_yours("the filer answers first");
  if (!listing.appeal || listing.appeal->stage != Appeal::Stage::at_filer) return not_now("no appeal is at the filer");
  TRY(check_outcome(listing, outcome, corrected));
  add(listing, Kind::filer_answered, by, now_ms);
  if (outcome == Appeal::Outcome::upheld) {
    listing.appeal->stage = Appeal::Stage::at_ombudsman;
    listing.appeal->due_ms = now_ms + kOmbudsmanMs;
    add(listing, Kind::escalated, kHub, now_ms);
    return listing;
  }
  close_appeal(listing, outcome, corrected, by, now_ms);
  return listing;
}

Result<Listing> decide_appeal(const Listing& before, const Party& by, Appeal::Outcome outcome,
                              const std::optional<Restatement>& corrected, TimeMs now_ms) {
  Listing listing = advance(before, now_ms);
  if (by.role != Role::ombudsman) return not_yours("the ombudsman decides");
  if (!listing.appeal || listing.appeal->stage != Appeal::Stage::at_ombudsman)
    return not_now("no appeal is at the ombudsman");
  TRY(check_outcome(listing, outcome, corrected));
  add(listing, Kind::ombudsman_decided, by, now_ms);
  close_appeal(listing, outcome, corrected, by, now_ms);
  return listing;
}

Result<Listing> suspend(const Listing& before, const Party& by, TimeMs now_ms) {
  Listing listing = advance(before, now_ms);
  if (!is_filer(listing, by) && by.role != Role::ombudsman) return not_yours("filer or ombudsman suspend");
  if (listing.state != State::active || listing.suspended) return not_now("only an active listing is suspended");
  listing.suspended = true;
  add(listing, Kind::suspended, by, now_ms);
  return listing;
}

Result<Listing> resume(const Listing& before, const Party& by, TimeMs now_ms) {
  Listing listing = advance(before, now_ms);
  if (!is_filer(listing, by) && by.role != Role::ombudsman) return not_yours("filer or ombudsman resume");
  if (!listing.suspended) return not_now("this listing is not suspended");
  if (listing.appeal_is_open()) return not_now("while an appeal is open it is decided, not resumed");
  if (by.role == Role::filer && suspended_by(listing) != Role::filer)
    return not_yours("the filer resumes only what the filer suspended");
  if (listing.act_by_ms) return not_now("after an acquittal it is withdrawn or overturned");
  listing.suspended = false;
  add(listing, Kind::resumed, by, now_ms);
  return listing;
}

Result<Listing> correct(const Listing& before, const Party& by, const Restatement& corrected, TimeMs now_ms) {
  Listing listing = advance(before, now_ms);
  if (!is_filer(listing, by) && by.role != Role::ombudsman) return not_yours("filer or ombudsman correct");
  if (listing.state != State::notified && listing.state != State::active)
    return not_now("there is nothing to correct any more");
  TRY(check_kind(listing, corrected.enterprise));
  TRY(check_same_person(listing, corrected.epoch, corrected.tag));
  apply_correction(listing, corrected, by, now_ms);
  return listing;
}

Result<Listing> attest(const Listing& before, const Party& by, const Draft& again, TimeMs now_ms) {
  Listing listing = advance(before, now_ms);
  if (!is_filer(listing, by)) return not_yours("the filer attests");
  if (listing.state != State::active) return not_now("only an active listing is attested");
  if (now_ms < listing.attest_due_ms - kAttestWindowMs)
    return not_now("it is attested in the 60 days before it is due");
  if (again.conduct != listing.conduct)
    return fail(ErrorCode::invalid_argument, "other conduct is another listing", "file it anew");
  TRY(check_kind(listing, again.enterprise));
  TRY(check_same_person(listing, again.epoch, again.tag));
  TRY(check_tests(again));
  fill(listing, again);
  listing.attest_due_ms += kAttestEveryMs;
  add(listing, Kind::attested, by, now_ms);
  return listing;
}

Result<Listing> record_acquittal(const Listing& before, const Party& by, TimeMs now_ms) {
  Listing listing = advance(before, now_ms);
  if (by.role != Role::ombudsman) return not_yours("the ombudsman records it");
  if (is_final(listing.state) || listing.act_by_ms) return not_now("there is nothing to act upon");
  listing.act_by_ms = now_ms + kActOnAcquittalMs;
  if (listing.state == State::active) listing.suspended = true;
  add(listing, Kind::acquittal_recorded, by, now_ms);
  return listing;
}

Result<Listing> withdraw(const Listing& before, const Party& by, TimeMs now_ms) {
  Listing listing = advance(before, now_ms);
  if (!is_filer(listing, by)) return not_yours("the filer withdraws");
  if (is_final(listing.state)) return not_now("this listing has ended");
  end(listing, State::withdrawn, Kind::withdrawn, by, now_ms);
  return listing;
}

Result<Listing> overturn(const Listing& before, const Party& by, TimeMs now_ms) {
  Listing listing = advance(before, now_ms);
  if (by.role != Role::ombudsman) return not_yours("the ombudsman overturns");
  if (is_final(listing.state)) return not_now("this listing has ended");
  end(listing, State::overturned, Kind::overturned, by, now_ms);
  return listing;
}

Listing advance(const Listing& before, TimeMs now_ms) {
  Listing listing = before;
  while (advance_once(listing, now_ms)) {
  }
  return listing;
}

std::optional<TimeMs> next_change_ms(const Listing& listing) {
  std::optional<TimeMs> next;
  const auto consider = [&](TimeMs time_ms) { next = next ? std::min(*next, time_ms) : time_ms; };
  if (is_final(listing.state)) return next;
  if (listing.act_by_ms) consider(*listing.act_by_ms);
  if (listing.appeal_is_open() &&
      (listing.appeal->stage == Appeal::Stage::at_filer || (listing.state == State::active && !listing.suspended)))
    consider(listing.appeal->due_ms);
  if (listing.state == State::active) consider(std::min(listing.expires_ms, listing.attest_due_ms));
  if (listing.state == State::notified && !listing.appeal_is_open() && !listing.act_by_ms) {
    // After an objection was decided the wait is over at the earliest then.
    const TimeMs last = listing.steps.empty() ? 0 : listing.steps.back().time_ms;
    consider(std::max(listing.notice->recorded_ms + kNoticeWaitMs, listing.appeal ? last : TimeMs{0}));
  }
  return next;
}

bool is_findable(const Listing& listing) { return listing.state == State::active && !listing.suspended; }

}  // namespace probity::alliance
