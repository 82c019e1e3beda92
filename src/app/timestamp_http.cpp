#include "app/timestamp_http.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <mutex>

namespace probity::app {
namespace {

void init_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

struct Free {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// Ends the transfer once there is more than a reply can have.
std::size_t keep(char* data, std::size_t size, std::size_t count, void* into) {
  Bytes& reply = *static_cast<Bytes*>(into);
  const std::size_t bytes = size * count;
  if (reply.size() + bytes > seal::kMostReplyBytes) return CURL_WRITEFUNC_ERROR;
  reply.insert(reply.end(), data, data + bytes);
  return bytes;
}

class HttpAuthority final : public seal::TimestampAuthority {
 public:
  explicit HttpAuthority(TimestampService service) : service_(std::move(service)) {}

  std::string name() const override { return service_.url; }
  std::string roots_pem() const override { return service_.roots_pem; }

  Result<Bytes> reply(BytesView query) override {
    init_curl();
    const std::unique_ptr<CURL, Free> curl(curl_easy_init());
    const std::unique_ptr<curl_slist, Free> headers(
        curl_slist_append(curl_slist_append(curl_slist_append(nullptr, "Content-Type: application/timestamp-query"),
                                            "Accept: application/timestamp-reply"),
                          "Expect:"));
    if (!curl || !headers) return fail(ErrorCode::unavailable, "out of memory for a connection");
    Bytes reply;
    configure(curl.get(), query, reply);
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    const CURLcode code = curl_easy_perform(curl.get());
    if (code == CURLE_WRITE_ERROR) return fail(ErrorCode::unavailable, "the reply is too large");
    if (code != CURLE_OK) return fail(ErrorCode::unavailable, fmt::format("no reply: {}", curl_easy_strerror(code)));
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) return fail(ErrorCode::unavailable, fmt::format("the reply is HTTP {}", status));
    return reply;
  }

 private:
  void configure(CURL* curl, BytesView query, Bytes& reply) const {
    curl_easy_setopt(curl, CURLOPT_URL, service_.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(service_.timeout_s));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 5L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(query.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, query.data());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply);
  }

  TimestampService service_;
};

}  // namespace

Result<std::unique_ptr<seal::TimestampAuthority>> timestamp_over_http(TimestampService service) {
  if (!service.url.starts_with("http://") && !service.url.starts_with("https://"))
    return fail(ErrorCode::invalid_argument, "an authority's address does not begin with http:// or https://",
                "correct [[timestamp]] in probity.toml");
  return std::make_unique<HttpAuthority>(std::move(service));
}

}  // namespace probity::app
