// What a filing still lacks, who may do what to it now, and why not. The hub checks again; here people learn it first.
#pragma once

#include <string>
#include <vector>

#include "filings/filing.h"

namespace probity::filings {

struct Hindrance {
  std::string code;  // "identifier", "test_clear_evidence" …
  std::string message, message_zh;
  bool operator==(const Hindrance&) const = default;
};

// What is in the way of submitting it; empty when nothing is.
std::vector<Hindrance> hindrances(const Filing& filing);

// The tests that are met by evidence, in their order, and the catalogue as the fourth.
bool is_met(const Filing& filing, Test test);

// Whether this verb is for now, and for this person. Errors: conflict; forbidden.
Result<void> check_verb(const Filing& filing, Verb verb, const Id& account, TimeMs now_ms);
// Errors: conflict unless it is a draft that nothing is pending for.
Result<void> check_editable(const Filing& filing);

// Eighteen years by the calendar.
bool was_adult(TimeMs born_ms, TimeMs at_ms);
TimeMs day_ms(int year, int month, int day);

}  // namespace probity::filings
