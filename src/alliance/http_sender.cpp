// The member's calls over libcurl.
#include <curl/curl.h>

#include <mutex>

#include "alliance/hub_link.h"

namespace probity::alliance {
namespace {

constexpr std::size_t kMostAnswerBytes = 64 << 20;

struct CurlEnd {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};

std::size_t take_text(char* data, std::size_t size, std::size_t count, void* context) {
  auto& text = *static_cast<std::string*>(context);
  if (text.size() + size * count > kMostAnswerBytes) return 0;
  text.append(data, size * count);
  return size * count;
}

// One connection, kept; calls take turns.
class CurlSender final : public HttpSender {
 public:
  explicit CurlSender(std::chrono::milliseconds timeout) : timeout_(timeout) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    curl_.reset(curl_easy_init());
  }

  HttpReply send(const std::string& method, const std::string& url, const CallHeaders& headers,
                 const std::string& body) override {
    const std::lock_guard lock(mutex_);
    CURL* handle = curl_.get();
    curl_easy_reset(handle);
    HttpReply reply;
    curl_slist* lines = nullptr;
    for (const auto& [name, value] : headers) lines = curl_slist_append(lines, (name + ": " + value).c_str());
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_.count()));
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, lines);
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, method.c_str());
    if (method != "GET") {
      curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.data());
      curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    }
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_text);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &reply.body);
    long status = 0;
    if (curl_easy_perform(handle) == CURLE_OK) curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    reply.status = static_cast<int>(status);
    curl_slist_free_all(lines);
    return reply;
  }

 private:
  const std::chrono::milliseconds timeout_;
  std::mutex mutex_;
  std::unique_ptr<CURL, CurlEnd> curl_;
};

}  // namespace

std::unique_ptr<HttpSender> curl_http_sender(std::chrono::milliseconds timeout) {
  return std::make_unique<CurlSender>(timeout);
}

}  // namespace probity::alliance
