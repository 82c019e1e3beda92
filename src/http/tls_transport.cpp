#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "http/transport.h"

namespace probity::http {
namespace {

// The longest TLS record; SSL_write makes one of them at a time.
constexpr std::size_t kRecordBytes = 16 << 10;
// How much one write() takes before others have their turn.
constexpr std::size_t kMostBytesPerTurn = 256 << 10;

struct FreeSsl {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};
struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};

// Walks over ranges of memory and gives up to a record at a time: where a range is long enough as it stands, else
// copied together into a buffer of the thread. So a connection needs no buffer of its own, and what is encrypted next
// is still in the processor's cache.
class RecordGatherer {
 public:
  explicit RecordGatherer(std::span<const iovec> from) : from_(from) { skip_empty(); }

  bool done() const { return from_.empty(); }

  std::span<const char> next(std::array<char, kRecordBytes>& buffer) const {
    const std::size_t first = from_.front().iov_len - offset_;
    if (first >= kRecordBytes || from_.size() == 1) return {at(from_.front(), offset_), std::min(first, kRecordBytes)};
    std::size_t filled = 0;
    std::size_t offset = offset_;
    for (std::size_t i = 0; i < from_.size() && filled < kRecordBytes; ++i, offset = 0) {
      const std::size_t taken = std::min(from_[i].iov_len - offset, kRecordBytes - filled);
      std::memcpy(buffer.data() + filled, at(from_[i], offset), taken);
      filled += taken;
    }
    return {buffer.data(), filled};
  }

  void advance(std::size_t bytes) {
    while (bytes > 0) {
      const std::size_t step = std::min(bytes, from_.front().iov_len - offset_);
      offset_ += step;
      bytes -= step;
      skip_empty();
    }
  }

 private:
  static const char* at(const iovec& range, std::size_t offset) {
    return static_cast<const char*>(range.iov_base) + offset;
  }
  void skip_empty() {
    while (!from_.empty() && offset_ == from_.front().iov_len) {
      from_ = from_.subspan(1);
      offset_ = 0;
    }
  }

  std::span<const iovec> from_;
  std::size_t offset_ = 0;
};

class TlsTransport final : public Transport {
 public:
  TlsTransport(SSL_CTX* context, int socket) : ssl_(SSL_new(context)), socket_(socket) {
    if (!ssl_ || SSL_set_fd(ssl_.get(), socket) != 1) {
      ssl_.reset();
      return;
    }
    SSL_set_accept_state(ssl_.get());
  }

  Outcome read(std::span<char> into) override {
    if (!ssl_ || broken_) return {};
    ERR_clear_error();
    std::size_t count = 0;
    const int result = SSL_read_ex(ssl_.get(), into.data(), into.size(), &count);
    if (result == 1) return {Outcome::Status::done, count};
    return outcome_of(result);
  }

  Outcome write(std::span<const iovec> from) override {
    if (!ssl_ || broken_) return {};
    static thread_local std::array<char, kRecordBytes> buffer;
    RecordGatherer gatherer(from);
    std::size_t written = 0;
    while (!gatherer.done() && written < kMostBytesPerTurn) {
      const std::span<const char> record = gatherer.next(buffer);
      ERR_clear_error();
      std::size_t count = 0;
      const int result = SSL_write_ex(ssl_.get(), record.data(), record.size(), &count);
      if (result != 1) {
        const Outcome outcome = outcome_of(result);
        // OpenSSL holds the encrypted record; the same bytes come again with the next call.
        return written > 0 && !broken_ ? Outcome{Outcome::Status::done, written} : outcome;
      }
      written += count;
      gatherer.advance(count);
    }
    return {Outcome::Status::done, written};
  }

  bool has_buffered() const override { return ssl_ && !broken_ && SSL_has_pending(ssl_.get()) == 1; }

  void finish_writing() override {
    if (ssl_ && !broken_ && SSL_is_init_finished(ssl_.get())) {
      ERR_clear_error();
      SSL_shutdown(ssl_.get());
      // Its answer is not waited for: bytes from now on are read as failure.
    }
    ::shutdown(socket_, SHUT_WR);
  }

  bool is_secure() const override { return true; }

 private:
  Outcome outcome_of(int result) {
    switch (SSL_get_error(ssl_.get(), result)) {
      case SSL_ERROR_WANT_READ:
        return {Outcome::Status::wants_read, 0};
      case SSL_ERROR_WANT_WRITE:
        return {Outcome::Status::wants_write, 0};
      case SSL_ERROR_ZERO_RETURN:
        return {Outcome::Status::closed, 0};
      default:
        break;
    }
    ERR_clear_error();
    broken_ = true;  // OpenSSL forbids any further call, SSL_shutdown included
    return {Outcome::Status::failed, 0};
  }

  std::unique_ptr<SSL, FreeSsl> ssl_;
  int socket_;
  bool broken_ = false;
};

Error tls_error(const std::string& what, const std::string& hint) {
  std::string reason = "the file cannot be read";
  if (const unsigned long code = ERR_peek_last_error(); code != 0 && ERR_reason_error_string(code) != nullptr)
    reason = ERR_reason_error_string(code);
  ERR_clear_error();
  return {ErrorCode::invalid_argument, fmt::format("{}: {}", what, reason), hint};
}

int choose_http_11(SSL*, const unsigned char** chosen, unsigned char* chosen_length, const unsigned char* offered,
                   unsigned int offered_length, void*) {
  static constexpr unsigned char kHttp11[] = "\x08http/1.1";
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, chosen_length, kHttp11, sizeof kHttp11 - 1, offered, offered_length) !=
      OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

class OpenSslContext final : public TlsContext {
 public:
  explicit OpenSslContext(std::unique_ptr<SSL_CTX, FreeContext> context) : context_(std::move(context)) {}
  std::unique_ptr<Transport> make_transport(int socket) const override {
    return std::make_unique<TlsTransport>(context_.get(), socket);
  }

 private:
  std::unique_ptr<SSL_CTX, FreeContext> context_;
};

}  // namespace

Result<std::shared_ptr<const TlsContext>> TlsContext::load(const std::string& certificate_file,
                                                           const std::string& key_file) {
  std::unique_ptr<SSL_CTX, FreeContext> context(SSL_CTX_new(TLS_server_method()));
  if (!context) return fail(ErrorCode::internal, "TLS cannot be set up");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                         SSL_OP_PRIORITIZE_CHACHA | SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(context.get(),
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_cipher_list(context.get(), "ECDHE+AESGCM:ECDHE+CHACHA20");
  SSL_CTX_set_alpn_select_cb(context.get(), choose_http_11, nullptr);
  static constexpr std::string_view kSessionContext = "probity";
  SSL_CTX_set_session_id_context(context.get(), reinterpret_cast<const unsigned char*>(kSessionContext.data()),
                                 static_cast<unsigned int>(kSessionContext.size()));
  ERR_clear_error();
  if (SSL_CTX_use_certificate_chain_file(context.get(), certificate_file.c_str()) != 1)
    return tl::unexpected(tls_error(fmt::format("the certificate {} is not usable", certificate_file),
                                    "give a PEM file with the server's certificate first, then the chain"));
  if (SSL_CTX_use_PrivateKey_file(context.get(), key_file.c_str(), SSL_FILETYPE_PEM) != 1)
    return tl::unexpected(tls_error(fmt::format("the key {} is not usable", key_file),
                                    "give the PEM key that belongs to the certificate, without a passphrase"));
  return std::shared_ptr<const TlsContext>(std::make_shared<OpenSslContext>(std::move(context)));
}

}  // namespace probity::http
