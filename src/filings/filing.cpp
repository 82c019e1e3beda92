#include "filings/filing.h"

#include <fmt/format.h>

#include <algorithm>

namespace probity::filings {
namespace {

constexpr std::string_view kSubjectKinds[] = {"person", "enterprise"};
constexpr std::string_view kTests[] = {"reasonable_grounds", "clear_evidence", "ended_because_of_it"};
constexpr std::string_view kVerbs[] = {"submit",  "approve", "refuse",  "notice", "answer",
                                       "suspend", "resume",  "correct", "attest", "withdraw"};

template <class Value, std::size_t count>
std::optional<Value> parsed(const std::string_view (&names)[count], std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<Value>(found - std::begin(names));
}

}  // namespace

std::string_view subject_kind_name(SubjectKind kind) { return kSubjectKinds[static_cast<std::size_t>(kind)]; }
std::optional<SubjectKind> parse_subject_kind(std::string_view name) {
  return parsed<SubjectKind>(kSubjectKinds, name);
}
std::string_view test_name(Test test) { return kTests[static_cast<std::size_t>(test)]; }
std::optional<Test> parse_test(std::string_view name) { return parsed<Test>(kTests, name); }
std::string_view verb_name(Verb verb) { return kVerbs[static_cast<std::size_t>(verb)]; }
std::optional<Verb> parse_verb(std::string_view name) { return parsed<Verb>(kVerbs, name); }

const Document* Filing::document(const Id& wanted) const {
  const auto found = std::ranges::find(documents, wanted, &Document::id);
  return found == documents.end() ? nullptr : &*found;
}

std::string_view shown_state(const Filing& filing) {
  if (filing.dropped_ms) return "withdrawn";
  return filing.listing ? alliance::shown_status(*filing.listing) : "draft";
}

std::optional<DueDay> due_day(const Filing& filing) {
  if (filing.has_ended() || !filing.listing) return std::nullopt;
  const alliance::Listing& listing = *filing.listing;
  if (listing.act_by_ms) return DueDay{"acquittal", *listing.act_by_ms};
  if (listing.appeal_is_open()) {
    const bool is_ours = listing.appeal->stage == alliance::Appeal::Stage::at_filer;
    return DueDay{is_ours ? "answer" : "ombudsman", listing.appeal->due_ms};
  }
  if (listing.state == alliance::ListingState::notified && listing.notice)
    return DueDay{"active", listing.notice->recorded_ms + alliance::kNoticeWaitMs};
  if (listing.state != alliance::ListingState::active) return std::nullopt;
  if (listing.attest_due_ms < listing.expires_ms) return DueDay{"attest", listing.attest_due_ms};
  return DueDay{"end", listing.expires_ms};
}

std::string filing_number(int year, std::int64_t ordinal) { return fmt::format("F-{}-{:04}", year, ordinal); }

}  // namespace probity::filings
