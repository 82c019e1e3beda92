#include "app/node_log.h"

#include <fcntl.h>
#include <unistd.h>

namespace probity::app {
namespace {

// Owns its descriptor unless it is standard output's.
class LogFile {
 public:
  explicit LogFile(int descriptor) : descriptor_(descriptor) {}
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;
  ~LogFile() {
    if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
  }
  void write(std::string_view lines) const {
    while (!lines.empty()) {
      const ssize_t count = ::write(descriptor_, lines.data(), lines.size());
      if (count <= 0) return;  // a full disk or a closed pipe must not stop the node
      lines.remove_prefix(static_cast<std::size_t>(count));
    }
  }

 private:
  int descriptor_;
};

}  // namespace

std::unique_ptr<http::AccessLog> open_access_log(const std::string& where,
                                                 const std::function<void(const std::string&)>& remark) {
  if (where == "off") return nullptr;
  int descriptor = STDOUT_FILENO;
  if (!where.empty()) {
    descriptor = ::open(where.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
    if (descriptor < 0) {
      if (remark) remark("the access log cannot be opened: " + where);
      descriptor = STDOUT_FILENO;
    }
  }
  const auto file = std::make_shared<const LogFile>(descriptor);
  return std::make_unique<http::AccessLog>([file](std::string_view lines) { file->write(lines); });
}

}  // namespace probity::app
