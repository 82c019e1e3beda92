// Where the parts of check_report write what they found. Internal to check_report().
#pragma once

#include <string>
#include <utility>

#include "leaks/check_report.h"

namespace probity::leaks {

class CheckLines {
 public:
  explicit CheckLines(Language language) : say_(language) {}

  template <class... Values>
  std::string say(fmt::format_string<Values...> en, fmt::format_string<Values...> zh, Values&&... values) const {
    return say_(en, zh, std::forward<Values>(values)...);
  }
  void add(bool right, std::string text) {
    lines_.push_back({right ? CheckMark::right : CheckMark::wrong, std::move(text)});
  }
  void state(std::string text) { lines_.push_back({CheckMark::unchecked, std::move(text)}); }

  Language language() const { return say_.language(); }
  std::vector<CheckLine> take() { return std::move(lines_); }

 private:
  Say say_;
  std::vector<CheckLine> lines_;
};

// check_finding.cpp: everything about one named copy; number counts from 1.
void check_finding(const Report& report, const FindingRecord& record, std::size_t number, CheckLines& lines);
// check_record.cpp: verdict, trials, assets and plot.
void check_verdict(const Report& report, CheckLines& lines);
void check_trials(const Report& report, CheckLines& lines);
void check_files(const Report& report, CheckLines& lines);
void check_asset(const AssetRecord& asset, CheckLines& lines);
void check_plot(const Report& report, CheckLines& lines);

// Whether an entry's hash is of its contents, and its kind and payload are what the record says they must be.
bool entry_holds(const copies::RegisterEntry& entry, copies::EntryKind kind, std::string_view payload);
// Equal but for the last digits, in which two mathematics libraries may differ.
bool about_equal(double a, double b);

}  // namespace probity::leaks
