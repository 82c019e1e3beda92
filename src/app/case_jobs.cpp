#include "app/case_jobs.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/job_subject.h"
#include "store/file.h"

namespace probity::app {

Result<void> take_case_file(Records& records, jobs::JobContext& context) {
  TRY_ASSIGN(const Id id, subject_of(context));
  TRY_ASSIGN(const copies::Upload upload, records.uploads.find(id));
  const std::string path = records.upload_files().path(id);
  // An earlier attempt may have come to its very end.
  if (context.job().attempts > 1 && !std::filesystem::exists(path)) return {};
  const auto data = nlohmann::json::parse(upload.data_json, nullptr, /*allow_exceptions=*/false);
  if (!upload.subject || !data.is_object()) return fail(ErrorCode::corrupt, "an upload does not say what it is for");
  cases::NewCaseFile file;
  file.name = upload.file_name;
  file.kind = evidence::parse_kind(data.value("kind", "")).value_or(evidence::Kind::original);
  file.what = data.value("what", "");
  file.tool = fmt::format("{}, upload {}", evidence::this_program(), upload.id.text());
  context.progress(0, 1, "reading");
  TRY_ASSIGN(const Bytes bytes, store::read_file(path, copies::kMostUploadBytes));
  TRY(records.cases.cases.add_file(*upload.subject, file, bytes, upload.sender));
  records.upload_files().remove(id);
  context.progress(1, 1, "done");
  return {};
}

}  // namespace probity::app
