#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "store/delivery_store.h"
#include "store/file.h"
#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using soci::into;
using soci::use;

constexpr const char* kSelect =
    "SELECT id, job_kind, project_id, subject_id, data, sender_kind, sender_id, sender_name, file_name, title, "
    "size_bytes, offset_bytes, state, job_id, created_ms, changed_ms FROM uploads ";

struct UploadRow {
  std::string id, job_kind, data, sender_kind, sender_name, file_name, title, state;
  std::int64_t size = 0, offset = 0, created = 0, changed = 0;
  Nullable<std::string> project, subject, sender, job;

  auto columns() {
    return std::make_tuple(into(id), into(job_kind), project.column(), subject.column(), into(data), into(sender_kind),
                           sender.column(), into(sender_name), into(file_name), into(title), into(size), into(offset),
                           into(state), job.column(), into(created), into(changed));
  }
  copies::Upload value() const {
    return {read_id(id),
            job_kind,
            read_optional_id(project),
            read_optional_id(subject),
            data,
            {read_some(events::parse_actor_kind(sender_kind), "an upload has an unknown kind of sender"),
             read_optional_id(sender), sender_name},
            file_name,
            title,
            static_cast<std::uint64_t>(size),
            static_cast<std::uint64_t>(offset),
            read_some(copies::parse_upload_state(state), "an upload has an unknown state"),
            read_optional_id(job),
            created,
            changed};
  }
};

}  // namespace

Result<void> UploadStore::insert(const copies::Upload& upload) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = upload.id.text(), state(copies::upload_state_name(upload.state));
    const std::string sender_kind(events::actor_kind_name(upload.sender.kind));
    auto project = nullable_id(upload.project), subject = nullable_id(upload.subject);
    auto sender = nullable_id(upload.sender.id);
    const auto size = static_cast<std::int64_t>(upload.size_bytes), offset = static_cast<std::int64_t>(upload.offset);
    session
        << "INSERT INTO uploads (id, job_kind, project_id, subject_id, data, sender_kind, sender_id, sender_name, "
           "file_name, title, size_bytes, offset_bytes, state, created_ms, changed_ms) VALUES (:id, :job, :project, "
           ":subject, :data, :kind, :sender, :name, :file, :title, :size, :offset, :state, :created, :changed)",
        use(id), use(upload.job_kind), use(project.value, project.state), use(subject.value, subject.state),
        use(upload.data_json), use(sender_kind), use(sender.value, sender.state), use(upload.sender.name),
        use(upload.file_name), use(upload.title), use(size), use(offset), use(state), use(upload.created_ms),
        use(upload.changed_ms);
    return {};
  });
}

Result<void> UploadStore::update(const copies::Upload& upload) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = upload.id.text(), state(copies::upload_state_name(upload.state));
    const auto offset = static_cast<std::int64_t>(upload.offset);
    Nullable<std::string> job = nullable_id(upload.job);
    session << "UPDATE uploads SET offset_bytes = :offset, state = :state, job_id = :job, changed_ms = :changed "
               "WHERE id = :id",
        use(offset), use(state), use(job.value, job.state), use(upload.changed_ms), use(id);
    return {};
  });
}

Result<std::optional<copies::Upload>> UploadStore::upload(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<copies::Upload>> {
    const std::string text = id.text();
    return first(fetch_all<UploadRow>(session, std::string(kSelect) + "WHERE id = :id", use(text)));
  });
}

Result<std::vector<copies::Upload>> UploadStore::receiving(const std::string& job_kind, const Id& project_or_subject) {
  return database_.run([&](soci::session& session) -> Result<std::vector<copies::Upload>> {
    const std::string id = project_or_subject.text();
    return fetch_bound<UploadRow>(session,
                                  std::string(kSelect) +
                                      "WHERE state = 'receiving' AND job_kind = :job AND (subject_id = :subject OR "
                                      "(subject_id IS NULL AND project_id = :project)) ORDER BY created_ms DESC",
                                  {job_kind, id, id});
  });
}

Result<std::vector<copies::Upload>> UploadStore::receiving_since_before(TimeMs time_ms) {
  return database_.run([&](soci::session& session) -> Result<std::vector<copies::Upload>> {
    return fetch_all<UploadRow>(session, std::string(kSelect) + "WHERE state = 'receiving' AND changed_ms < :time",
                                use(time_ms));
  });
}

Result<std::unique_ptr<FolderUploadFiles>> FolderUploadFiles::open(const std::string& folder) {
  TRY(make_folder(folder));
  ::chmod(folder.c_str(), 0700);
  return std::unique_ptr<FolderUploadFiles>(new FolderUploadFiles(folder));
}

std::string FolderUploadFiles::path(const Id& upload) const {
  return (std::filesystem::path(folder_) / upload.text()).string();
}

Result<void> FolderUploadFiles::write(const Id& upload, std::uint64_t offset, std::string_view bytes) {
  const auto trouble = [] {
    return errno == ENOSPC || errno == EDQUOT
               ? fail(ErrorCode::storage, "the disk is full: this part was not taken", "make room and go on")
               : fail(ErrorCode::storage, "this part could not be written", "check the disk and go on");
  };
  const int file = ::open(path(upload).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return trouble();
  std::size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t count =
        ::pwrite(file, bytes.data() + written, bytes.size() - written, static_cast<off_t>(offset + written));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    written += static_cast<std::size_t>(count);
  }
  const bool whole =
      written == bytes.size() && ::ftruncate(file, static_cast<off_t>(offset + written)) == 0 && ::fdatasync(file) == 0;
  Result<void> outcome = whole ? Result<void>() : trouble();
  ::close(file);
  return outcome;
}

void FolderUploadFiles::remove(const Id& upload) { ::unlink(path(upload).c_str()); }

}  // namespace probity::store
