// The files of a report: report.html for people, report.json for checking, README.txt that says which is which.
#pragma once

#include "leaks/check_report.h"
#include "leaks/investigate.h"

namespace probity::leaks {

inline constexpr const char* kReportJsonName = "report.json";
inline constexpr const char* kReportHtmlName = "report.html";
inline constexpr const char* kReportReadmeName = "README.txt";

// report.json holds the hashes of the other two. Errors: internal when a picture cannot be encoded.
Result<FolderFiles> render_report(const Investigation& investigation, Language language);

}  // namespace probity::leaks
