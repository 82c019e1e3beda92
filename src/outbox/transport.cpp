#include "outbox/transport.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <mutex>

#include "base/encoding.h"

namespace probity::outbox {
namespace {

void init_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

struct CurlEnd {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Curl = std::unique_ptr<CURL, CurlEnd>;

// A curl_slist that frees itself.
class Lines {
 public:
  Lines() = default;
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;
  ~Lines() { curl_slist_free_all(list_); }
  void add(const std::string& line) { list_ = curl_slist_append(list_, line.c_str()); }
  curl_slist* get() const { return list_; }

 private:
  curl_slist* list_ = nullptr;
};

struct MimeEnd {
  void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};
using Mime = std::unique_ptr<curl_mime, MimeEnd>;

std::size_t drop(char*, std::size_t size, std::size_t count, void*) { return size * count; }

// RFC 2047 words of at most 45 bytes each, never cut inside a character.
std::string header_text(std::string_view text) {
  bool plain = true;
  for (const char c : text) plain = plain && c >= 0x20 && c < 0x7F;
  if (plain) return std::string(text);
  std::string out;
  while (!text.empty()) {
    std::size_t size = std::min<std::size_t>(text.size(), 45);
    while (size < text.size() && size > 1 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + to_base64(as_bytes(text.substr(0, size))) + "?=";
    text.remove_prefix(size);
  }
  return out;
}

std::string mailbox(const std::string& name, const std::string& address) {
  if (name.empty()) return "<" + address + ">";
  std::string quoted;
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  const std::string encoded = header_text(name);
  return (encoded == name ? "\"" + quoted + "\"" : encoded) + " <" + address + ">";
}

std::string mail_date(TimeMs time_ms) {
  const auto time = static_cast<std::time_t>(time_ms / 1000);
  std::tm utc{};
  gmtime_r(&time, &utc);
  constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000", kDays[utc.tm_wday], utc.tm_mday, kMonths[utc.tm_mon],
                     utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

class Smtp final : public MailTransport {
 public:
  explicit Smtp(SmtpOptions options) : options_(std::move(options)) {}

  Result<void> send(const OutgoingMail& mail) override {
    init_curl();
    const Curl curl(curl_easy_init());
    if (!curl) return fail(ErrorCode::unavailable, "out of memory for a mail connection");
    configure(curl.get());
    Lines to;
    to.add("<" + mail.to + ">");
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, ("<" + options_.from + ">").c_str());
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, to.get());
    Lines headers;
    add_headers(headers, mail);
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    const Mime mime = body_of(curl.get(), mail);
    curl_easy_setopt(curl.get(), CURLOPT_MIMEPOST, mime.get());
    return outcome(curl.get(), curl_easy_perform(curl.get()));
  }

 private:
  void configure(CURL* curl) const {
    curl_easy_setopt(curl, CURLOPT_URL, options_.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(options_.timeout_s));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 15L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
    curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(options_.require_tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    if (options_.user.empty()) return;
    curl_easy_setopt(curl, CURLOPT_USERNAME, options_.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, options_.password.c_str());
  }

  void add_headers(Lines& headers, const OutgoingMail& mail) const {
    headers.add("Date: " + mail_date(mail.time_ms));
    headers.add("From: " + mailbox(options_.from_name, options_.from));
    headers.add("To: " + mailbox(mail.to_name, mail.to));
    headers.add("Subject: " + header_text(mail.subject));
    headers.add("Message-ID: <" + mail.id + options_.from.substr(options_.from.find('@')) + ">");
    headers.add("Auto-Submitted: auto-generated");
  }

  static void add_text(curl_mime* mime, const std::string& text, const char* type) {
    curl_mimepart* part = curl_mime_addpart(mime);
    curl_mime_data(part, text.data(), text.size());
    curl_mime_type(part, type);
    curl_mime_encoder(part, "quoted-printable");
  }

  static Mime body_of(CURL* curl, const OutgoingMail& mail) {
    Mime mime(curl_mime_init(curl));
    curl_mime* alternatives = curl_mime_init(curl);
    add_text(alternatives, mail.text, "text/plain; charset=utf-8");
    if (!mail.html.empty()) add_text(alternatives, mail.html, "text/html; charset=utf-8");
    curl_mimepart* texts = curl_mime_addpart(mime.get());
    curl_mime_subparts(texts, alternatives);
    curl_mime_type(texts, "multipart/alternative");
    for (const MailPart& attachment : mail.attachments) {
      curl_mimepart* part = curl_mime_addpart(mime.get());
      curl_mime_data(part, reinterpret_cast<const char*>(attachment.bytes.data()), attachment.bytes.size());
      curl_mime_filename(part, attachment.name.c_str());
      curl_mime_type(part, attachment.media_type.c_str());
      curl_mime_encoder(part, "base64");
    }
    return mime;
  }

  static Result<void> outcome(CURL* curl, CURLcode code) {
    if (code == CURLE_OK) return {};
    long reply = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
    if (code == CURLE_LOGIN_DENIED)
      return fail(ErrorCode::unavailable, "the mail server refused the user or password",
                  "correct [mail] in probity.toml");
    if (reply >= 500 && reply < 600)
      return fail(ErrorCode::invalid_argument, fmt::format("the mail server refused this mail (reply {})", reply),
                  "check the address");
    return fail(ErrorCode::unavailable, fmt::format("the mail server could not be used: {}", curl_easy_strerror(code)),
                "check [mail] in probity.toml and that the server can be reached");
  }

  SmtpOptions options_;
};

class CurlHttp final : public HttpTransport {
 public:
  explicit CurlHttp(int timeout_s) : timeout_s_(timeout_s) {}

  Result<int> post(const HttpCall& call) override {
    init_curl();
    const Curl curl(curl_easy_init());
    if (!curl) return fail(ErrorCode::unavailable, "out of memory for a connection");
    Lines headers;
    for (const auto& [name, value] : call.headers) headers.add(name + ": " + value);
    headers.add("Expect:");
    curl_easy_setopt(curl.get(), CURLOPT_URL, call.url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, static_cast<long>(timeout_s_));
    curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, 10L);
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, call.body.data());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, drop);
    curl_easy_setopt(curl.get(), CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(1 << 20));
    const CURLcode code = curl_easy_perform(curl.get());
    if (code != CURLE_OK) return fail(ErrorCode::unavailable, fmt::format("no answer: {}", curl_easy_strerror(code)));
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    return static_cast<int>(status);
  }

 private:
  int timeout_s_;
};

}  // namespace

Result<std::unique_ptr<MailTransport>> smtp_transport(const SmtpOptions& options) {
  const auto refuse = [](std::string what) {
    return fail(ErrorCode::invalid_argument, std::move(what), "correct [mail] in probity.toml");
  };
  if (!options.url.starts_with("smtp://") && !options.url.starts_with("smtps://"))
    return refuse("the mail server's address does not begin with smtp:// or smtps://");
  if (options.from.find('@') == std::string::npos || options.from.find_first_of(" <>\r\n") != std::string::npos)
    return refuse("mail needs a sender's address, `from`");
  return std::make_unique<Smtp>(options);
}

std::unique_ptr<HttpTransport> curl_http_transport(int timeout_s) { return std::make_unique<CurlHttp>(timeout_s); }

}  // namespace probity::outbox
