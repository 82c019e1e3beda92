// Where things lie in an evidence package; shared by the files that write and check it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "evidence/package.h"

namespace probity::evidence {

inline constexpr const char* kPackageFormat = "probity evidence package";
inline constexpr int kPackageVersion = 1;
inline constexpr const char* kContentsName = "contents.json";
inline constexpr const char* kVerifyName = "VERIFY.txt";
inline constexpr const char* kCustodyName = "custody.json";
inline constexpr const char* kPolicyName = "log/policy.txt";
inline constexpr const char* kSealerName = "certificates/sealer.pem";
inline constexpr const char* kAuthoritiesName = "certificates/authorities.pem";
inline constexpr const char* kReportFolder = "report/";
inline constexpr const char* kLeakFolder = "leak/";
inline constexpr const char* kMasterFolder = "master/";
inline constexpr const char* kLogFolder = "log/";
inline constexpr const char* kDocumentFolder = "documents/";

// Every field of a step, so that its hash can be worked out again; and back. Errors: corrupt.
nlohmann::json custody_json(const std::vector<Step>& steps);
Result<std::vector<Step>> parse_custody(BytesView json);

// How to check the package without us, English then Chinese.
std::string verify_text(const std::string& matter, const seal::Certificate& sealer, bool stamped, bool logged);

}  // namespace probity::evidence
