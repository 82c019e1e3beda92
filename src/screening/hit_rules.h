// What may be done with a hit (I8): pure verbs from one state to the next, in an order that cannot be skipped.
//
//   found → identity_confirmed → filer_contacted → waiting → decided
//           a second attribute   what the filer    told, and
//           fits                 says              5 working days
//
//   "Not the same person" and "no filer confirms" close a hit as mistaken; the candidate may withdraw at any time. Each
//   filer whose listing stands is asked before the person is told. There is no verb that rejects: a decision comes
//   last, after the wait, with reasons, and one that rests on the facts needs a filer who confirmed them and whose
//   listing still stands.
//
//   A notice of the hub that something changed in the bucket marks every hit found there, whatever its state: before
//   anything else somebody looks again. When the last listing ended, that clears a pending hit and sends a decided one
//   back to be reconsidered. A listing that says something else now, or is new, begins anew at its filer; what another
//   filer has answered keeps. When one of several ended, the hit goes on with those that stand.
//
// A verb takes the hit as it is and returns it as it will be with its step, or says why not. No clock is read.
#pragma once

#include "alliance/ports.h"
#include "screening/hit.h"

namespace probity::screening {

inline constexpr int kWaitWorkingDays = 5;

struct IdentityCheck {
  enum class Way { birth_date, name, document_photo, credit_code };  // the last of companies, and they by no other
  Way way = Way::birth_date;
  bool same = false;
  std::string note;
  std::string finding;  // of the comparison that the program made: "same", "likely"; the values themselves are not kept
};
std::string_view way_name(IdentityCheck::Way way);
std::optional<IdentityCheck::Way> parse_identity_way(std::string_view name);

struct FilerContact {
  using Answer = FilerAnswer;
  std::string spoke_to;
  TimeMs at_ms = 0;
  std::string channel;  // "phone", "mail", "letter", "meeting"
  Answer answer = Answer::no_answer;
  std::string note;
  std::optional<std::size_t> label{};  // which of the hit's labels; may be left out when one filer is left to ask
};
bool is_contact_channel(std::string_view name);

struct PersonNotice {
  TimeMs at_ms = 0;
  std::string way;  // "mail", "letter", "phone", "in_person"
  std::string note;
};
bool is_notice_way(std::string_view name);

// Who does it, and when.
struct Doing {
  events::Actor by;
  TimeMs now_ms = 0;
};

// Errors of all verbs: conflict (not in this state, or the listing has changed and nobody looked), invalid_argument.
Result<Hit> confirm_identity(const Hit& hit, const IdentityCheck& check, const Doing& doing);
// One filer; again for the next one. Also when a decision is reconsidered, of a listing that is new.
Result<Hit> contact_filer(const Hit& hit, const FilerContact& contact, const Doing& doing);
// The wait counts from now, whatever date the notice has.
Result<Hit> notify_person(const Hit& hit, const PersonNotice& notice, const Doing& doing);
// What the person says; as often as they like until it is decided.
Result<Hit> record_answer(const Hit& hit, const std::string& note, const Doing& doing);
Result<Hit> decide(const Hit& hit, HitOutcome outcome, const std::string& reasons, const Doing& doing);
Result<Hit> withdraw(const Hit& hit, const std::string& note, const Doing& doing);
Result<Hit> reconsider(const Hit& hit, HitOutcome outcome, const std::string& reasons, const Doing& doing);

// Whether the notice is about a bucket in which this hit was found.
bool touches(const alliance::ChangeNotice& notice, const Hit& hit);
// Always possible.
Hit listing_changed(const Hit& hit, const ListingChange& change, const Id& notice, const Doing& doing);
// What the list says now about the same person.
struct SeenNow {
  std::vector<alliance::LabelContent> labels;  // none: not listed any more
  std::vector<HitPlace> places;
};
// Whether looking again would change anything.
bool says_the_same(const Hit& hit, const SeenNow& seen);
// Errors: conflict when the hit is over and nothing has changed.
Result<Hit> look_again(const Hit& hit, const SeenNow& seen, const Doing& doing);

// Two sentences at least, in either script. Errors: invalid_argument.
Result<void> check_reasons(std::string_view reasons);

}  // namespace probity::screening
