#include "copies/uploads.h"

#include <fmt/format.h>

#include "parties/text.h"

namespace probity::copies {
namespace {

constexpr std::size_t kMostNameCharacters = 200;

// The name a browser sends, without folders.
Result<std::string> tidy_file_name(std::string_view name) {
  const std::size_t slash = name.find_last_of("/\\");
  return parties::tidy_line("file name", slash == std::string_view::npos ? name : name.substr(slash + 1),
                            kMostNameCharacters);
}

}  // namespace

Result<Upload> Uploads::begin(const NewUpload& request, const events::Actor& actor) {
  Upload upload;
  if (request.project) TRY(ports_.projects.open_project(*request.project));
  TRY_ASSIGN(upload.file_name, tidy_file_name(request.file_name));
  if (!request.title.empty()) {
    TRY_ASSIGN(upload.title, parties::tidy_line("title", request.title, kMostNameCharacters));
  }
  if (request.size_bytes == 0)
    return fail(ErrorCode::invalid_argument, fmt::format("{} is empty", upload.file_name), "choose another file");
  if (request.size_bytes > kMostUploadBytes)
    return fail(ErrorCode::too_large, fmt::format("{} is larger than 1 GiB", upload.file_name),
                "save it with less quality or fewer pixels");
  upload.id = Id::random(ports_.random);
  upload.job_kind = request.job_kind;
  upload.project = request.project;
  upload.subject = request.subject;
  upload.data_json = request.data_json;
  upload.sender = actor;
  upload.size_bytes = request.size_bytes;
  upload.created_ms = upload.changed_ms = ports_.clock.now_ms();
  TRY(ports_.transactions.write([&] { return ports_.store.insert(upload); }));
  return upload;
}

Result<Upload> Uploads::find(const Id& id) {
  TRY_ASSIGN(auto upload, ports_.store.upload(id));
  if (!upload) return fail(ErrorCode::not_found, "there is no such upload");
  return std::move(*upload);
}

Result<Upload> Uploads::find(const Id& id, const std::string& job_kind, const std::optional<Id>& subject) {
  TRY_ASSIGN(Upload upload, find(id));
  if (upload.job_kind != job_kind || upload.subject != subject)
    return fail(ErrorCode::not_found, "there is no such upload");
  return upload;
}

Result<Upload> Uploads::append(const Id& id, std::uint64_t offset, std::string_view bytes) {
  const std::lock_guard turn(turn_of(id));
  TRY_ASSIGN(Upload upload, find(id));
  if (bytes.size() > kUploadChunkBytes) return fail(ErrorCode::too_large, "a chunk holds 8 MiB at most");
  if (offset > upload.size_bytes || bytes.size() > upload.size_bytes - offset)
    return fail(ErrorCode::invalid_argument, "the chunk goes past the announced size", "begin the upload anew");
  if (offset + bytes.size() <= upload.offset) return upload;  // here already
  if (upload.state != UploadState::receiving) return fail(ErrorCode::conflict, "this upload is over", "begin it anew");
  if (offset != upload.offset)
    return fail(ErrorCode::conflict, fmt::format("bytes up to {} are here; go on from there", upload.offset),
                "ask for the upload and continue at its offset");
  TRY(ports_.files.write(id, offset, bytes));
  upload.offset = offset + bytes.size();
  upload.changed_ms = ports_.clock.now_ms();
  if (upload.offset == upload.size_bytes) upload.state = UploadState::complete;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    if (upload.state == UploadState::complete) {
      const bool prepares = upload.job_kind == kPrepareAssetJob;
      jobs::JobRequest request;
      request.kind = upload.job_kind;
      request.title = fmt::format("{} {}", prepares ? "Prepare" : "Take in", upload.file_name);
      request.title_zh = fmt::format("{} {}", prepares ? "准备" : "收入", upload.file_name);
      request.project = upload.project;
      request.subject = upload.id;
      request.once_key = "upload " + upload.id.text();
      TRY_ASSIGN(upload.job, ports_.jobs.enqueue(request));
    }
    return ports_.store.update(upload);
  }));
  return upload;
}

Result<Upload> Uploads::cancel(const Id& id) {
  const std::lock_guard turn(turn_of(id));
  TRY_ASSIGN(Upload upload, find(id));
  if (upload.state == UploadState::complete)
    return fail(ErrorCode::conflict, "the file is here and its job has begun", "cancel its job instead");
  upload.state = UploadState::cancelled;
  upload.changed_ms = ports_.clock.now_ms();
  TRY(ports_.transactions.write([&] { return ports_.store.update(upload); }));
  ports_.files.remove(id);
  return upload;
}

Result<std::size_t> Uploads::forget_idle(TimeMs since_before_ms) {
  TRY_ASSIGN(const auto idle, ports_.store.receiving_since_before(since_before_ms));
  for (const Upload& upload : idle) TRY(cancel(upload.id));
  return idle.size();
}

}  // namespace probity::copies
