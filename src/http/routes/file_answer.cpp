#include "http/routes/file_answer.h"

#include <algorithm>
#include <cctype>

namespace probity::http::routes {
namespace {

// Bytes that are sent from where they lie: evidence may be hundreds of megabytes.
class BytesBody final : public BodySource {
 public:
  explicit BytesBody(Bytes bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size_bytes() const override { return bytes_.size(); }
  Result<std::span<const iovec>> gather(std::uint64_t offset, std::uint64_t length) override {
    const std::uint64_t from = std::min<std::uint64_t>(offset, bytes_.size());
    window_.iov_base = bytes_.data() + from;
    window_.iov_len = static_cast<std::size_t>(std::min<std::uint64_t>(length, bytes_.size() - from));
    return std::span<const iovec>(&window_, 1);
  }

 private:
  Bytes bytes_;
  iovec window_{};
};

}  // namespace

std::string attachment(const std::string& name) {
  std::string plain, encoded;
  constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool safe = byte < 0x80 && (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.');
    plain += safe || c == ' ' ? c : '_';
    if (safe) {
      encoded += c;
    } else {
      encoded += '%';
      encoded += kHex[byte >> 4];
      encoded += kHex[byte & 15];
    }
  }
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
}

Response file_answer(Bytes bytes, const std::string& media_type, const std::string& name) {
  Response response;
  response.set("Content-Type", media_type);
  response.set("Cache-Control", "private, no-store");
  response.set("Content-Disposition", attachment(name));
  response.body = std::make_shared<BytesBody>(std::move(bytes));
  return response;
}

}  // namespace probity::http::routes
