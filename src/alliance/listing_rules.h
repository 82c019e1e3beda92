// The rules of a listing's life (I6): pure verbs from one state to the next, and what time brings by itself.
//
//   draft → awaiting_approval → awaiting_notice → notified → active → expired
//             four tests,         second person     delivery   15 days, no open objection
//             standard of proof   of the filer      proved
//
//   Any of these before `active` may be withdrawn. From `notified` on the person may object or appeal, once at a time:
//   the filer has 10 working days, then it goes to the ombudsman by itself, who has 20 days; then the listing is
//   suspended by itself until there is a decision. An open objection stops the way to `active`. A listing is attested
//   each year or it expires; it expires for good after one, three or five years; an acquittal must be acted upon within
//   five days or it is overturned.
//
// A verb takes the listing as it is and returns it as it will be, with the step that was added, or says why not; it
// never reads a clock. `advance` is to be called before every verb and once in a while; verbs call it themselves first.
#pragma once

#include "alliance/listing.h"

namespace probity::alliance {

inline constexpr TimeMs kNoticeWaitMs = 15 * kDayMs;
inline constexpr int kFilerWorkingDays = 10;
inline constexpr TimeMs kOmbudsmanMs = 20 * kDayMs;
inline constexpr TimeMs kAttestEveryMs = kYearMs;
inline constexpr TimeMs kAttestWindowMs = 60 * kDayMs;  // before it is due
inline constexpr TimeMs kActOnAcquittalMs = 5 * kDayMs;

struct Draft {
  Conduct conduct = Conduct::bribery;
  FilingTests tests;
  StandardOfProof standard = StandardOfProof::none;
  bool intentional_for_gain = false;
  bool subject_is_adult = false;
  oprf::Epoch epoch = 0;
  oprf::Tag tag{};
  oprf::SealedLabel label{};
  std::optional<Enterprise> enterprise = {};  // of a company: then tag and epoch follow from it
};

// What a listing says now, in the epoch of now. What was a person's stays a person's, and so for a company.
struct Restatement {
  oprf::Epoch epoch = 0;
  oprf::Tag tag{};
  oprf::SealedLabel label{};
  std::optional<Enterprise> enterprise = {};
};
// Of a company that was checked.
Restatement restatement_of(const Enterprise& enterprise);

using Holidays = std::vector<std::int64_t>;  // days since 1970-01-01, ascending

// Whether the four tests and the standard of proof are met. Errors: invalid_argument naming the first that is not.
Result<void> check_tests(const Draft& draft);

// Errors of all verbs: forbidden (not this party's to do), conflict (not in this state).

Listing draft_listing(const Id& id, const Party& author, const Draft& draft, TimeMs now_ms);
// Only the author's member changes a draft.
Result<Listing> rewrite(const Listing& listing, const Party& by, const Draft& draft, TimeMs now_ms);
// `earlier`: the latest listing of the same tag that has ended, if there is one; one that was overturned or refused
// needs the ombudsman's consent, so that nobody is listed again in silence. Errors: also those of check_tests.
Result<Listing> submit(const Listing& listing, const Party& by, const std::optional<Listing>& earlier, TimeMs now_ms);
// By the ombudsman, to a draft; a rewriting needs it anew.
Result<Listing> consent(const Listing& listing, const Party& by, TimeMs now_ms);
// By another person of the same member than the author.
Result<Listing> approve(const Listing& listing, const Party& by, TimeMs now_ms);
Result<Listing> refuse(const Listing& listing, const Party& by, TimeMs now_ms);

// By the hub alone.
Result<Listing> send_notice(const Listing& listing, TimeMs now_ms);
// A link that was opened is the hub's own knowledge; a postal reference is entered by the ombudsman.
Result<Listing> record_delivery(const Listing& listing, const Party& by, NoticeProof::Way way, const Hash& proof,
                                TimeMs now_ms);

// By the person, from `notified` on; one at a time.
Result<Listing> appeal(const Listing& listing, const Party& by, TimeMs now_ms, const Holidays& holidays = {});
// The filer's answer: upheld goes to the ombudsman; corrected needs the new label; taken_back ends the listing.
Result<Listing> answer_appeal(const Listing& listing, const Party& by, Appeal::Outcome outcome,
                              const std::optional<Restatement>& corrected, TimeMs now_ms);
// The ombudsman's word is the last.
Result<Listing> decide_appeal(const Listing& listing, const Party& by, Appeal::Outcome outcome,
                              const std::optional<Restatement>& corrected, TimeMs now_ms);

// By filer or ombudsman, of an active listing.
Result<Listing> suspend(const Listing& listing, const Party& by, TimeMs now_ms);
// Not while an appeal is open or after an acquittal; by the filer only what the filer suspended.
Result<Listing> resume(const Listing& listing, const Party& by, TimeMs now_ms);
// By filer or ombudsman. What the filer corrects before it is active needs a new notice.
Result<Listing> correct(const Listing& listing, const Party& by, const Restatement& corrected, TimeMs now_ms);
// Filed again with the epoch's key, the four tests confirmed; within 60 days before it is due.
Result<Listing> attest(const Listing& listing, const Party& by, const Draft& again, TimeMs now_ms);
// An acquittal, or a dismissal that was found unlawful, recorded by the ombudsman.
Result<Listing> record_acquittal(const Listing& listing, const Party& by, TimeMs now_ms);
// By the filer, at any time before the end.
Result<Listing> withdraw(const Listing& listing, const Party& by, TimeMs now_ms);
// By the ombudsman alone.
Result<Listing> overturn(const Listing& listing, const Party& by, TimeMs now_ms);

// What the clock alone brings up to `now_ms`: activation, escalation, suspension, expiry, the end after an acquittal.
Listing advance(const Listing& listing, TimeMs now_ms);
// When `advance` will next change something; nothing when it never will.
std::optional<TimeMs> next_change_ms(const Listing& listing);

// Whether its tag is in the tag set and its label is handed out.
bool is_findable(const Listing& listing);

}  // namespace probity::alliance
