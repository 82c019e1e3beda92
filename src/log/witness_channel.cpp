#include <curl/curl.h>

#include "log/publisher.h"

namespace probity::log {
namespace {

constexpr std::size_t kMostAnswerBytes = 64 << 10;

std::size_t keep(char* data, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<std::string*>(into);
  if (body.size() + size * count > kMostAnswerBytes) return 0;
  body.append(data, size * count);
  return size * count;
}

// One handle a call: witnesses are few and calls are seldom more than a few a second.
class CurlWitnessChannel final : public WitnessChannel {
 public:
  explicit CurlWitnessChannel(int timeout_ms) : timeout_ms_(timeout_ms) {}

  Result<HttpAnswer> post(const std::string& url, const std::string& body) override {
    const std::unique_ptr<CURL, void (*)(CURL*)> handle(curl_easy_init(), curl_easy_cleanup);
    if (!handle) return fail(ErrorCode::unavailable, "the HTTP client cannot start");
    HttpAnswer answer;
    CURL* curl = handle.get();
    const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(
        curl_slist_append(curl_slist_append(nullptr, "Content-Type: text/plain; charset=utf-8"), "Expect:"),
        curl_slist_free_all);
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_ms_));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    if (const CURLcode code = curl_easy_perform(curl); code != CURLE_OK)
      return fail(ErrorCode::unavailable, std::string("the witness does not answer: ") + curl_easy_strerror(code));
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    return answer;
  }

 private:
  int timeout_ms_;
};

}  // namespace

std::unique_ptr<WitnessChannel> curl_witness_channel(int timeout_ms) {
  return std::make_unique<CurlWitnessChannel>(timeout_ms);
}

}  // namespace probity::log
