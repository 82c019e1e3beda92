// The key client's calls over libcurl: one multi handle, so that all of them wait in one thread and connections are
// kept.
#include <curl/curl.h>

#include <map>
#include <mutex>

#include "alliance/key_client.h"

namespace probity::alliance {
namespace {

constexpr std::size_t kMostAnswerBytes = 8 << 10;

void init_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

struct Transfer {
  std::size_t call = 0;
  CURL* handle = nullptr;
  Bytes request, answer;
};

std::size_t take_bytes(char* data, std::size_t size, std::size_t count, void* context) {
  Bytes& answer = static_cast<Transfer*>(context)->answer;
  if (answer.size() + size * count > kMostAnswerBytes) return 0;  // ends the call
  answer.insert(answer.end(), data, data + size * count);
  return size * count;
}

// libcurl tells everything that goes over the wire; only how much goes out is kept.
int count_sent(CURL*, curl_infotype type, char*, std::size_t size, void* context) {
  if (type == CURLINFO_HEADER_OUT || type == CURLINFO_DATA_OUT) *static_cast<std::uint64_t*>(context) += size;
  return 0;
}

class CurlCalls final : public HolderCalls {
 public:
  explicit CurlCalls(std::chrono::milliseconds timeout) : timeout_(timeout) {
    init_curl();
    multi_ = curl_multi_init();
    // Nothing but what is needed: the answers' sizes are known, and names of programs are nobody's business.
    for (const char* header : {"Accept:", "Expect:", "Content-Type: application/octet-stream"})
      headers_ = curl_slist_append(headers_, header);
  }
  CurlCalls(const CurlCalls&) = delete;
  CurlCalls& operator=(const CurlCalls&) = delete;
  ~CurlCalls() override {
    abandon();
    curl_multi_cleanup(multi_);
    curl_slist_free_all(headers_);
  }

  void start(std::size_t call, const std::string& url, const Bytes& body) override {
    auto transfer = std::make_unique<Transfer>();
    transfer->call = call;
    transfer->request = body;
    transfer->handle = curl_easy_init();
    CURL* handle = transfer->handle;
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, count_sent);
    curl_easy_setopt(handle, CURLOPT_DEBUGDATA, &sent_bytes_);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_.count()));
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers_);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(transfer->request.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, transfer->request.data());
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, transfer.get());
    curl_multi_add_handle(multi_, handle);
    transfers_.emplace(handle, std::move(transfer));
    int running = 0;
    curl_multi_perform(multi_, &running);
  }

  std::optional<HolderReply> wait(std::chrono::milliseconds most) override {
    const auto until = std::chrono::steady_clock::now() + most;
    for (;;) {
      int running = 0;
      curl_multi_perform(multi_, &running);
      if (auto reply = next_finished()) return reply;
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
      if (left.count() <= 0) return std::nullopt;
      curl_multi_poll(multi_, nullptr, 0, static_cast<int>(left.count()), nullptr);
    }
  }

  void abandon() override {
    for (auto& [handle, transfer] : transfers_) release(handle);
    transfers_.clear();
  }

  std::uint64_t sent_bytes() const override { return sent_bytes_; }

 private:
  std::optional<HolderReply> next_finished() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const auto found = transfers_.find(message->easy_handle);
      long status = 0;
      curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
      HolderReply reply{found->second->call, 0, {}};
      if (message->data.result == CURLE_OK) {
        reply.status = static_cast<int>(status);
        reply.body = std::move(found->second->answer);
      }
      release(found->first);
      transfers_.erase(found);
      return reply;
    }
    return std::nullopt;
  }

  void release(CURL* handle) {
    curl_multi_remove_handle(multi_, handle);
    curl_easy_cleanup(handle);
  }

  const std::chrono::milliseconds timeout_;
  CURLM* multi_ = nullptr;
  curl_slist* headers_ = nullptr;
  std::map<CURL*, std::unique_ptr<Transfer>> transfers_;
  std::uint64_t sent_bytes_ = 0;
};

}  // namespace

std::unique_ptr<HolderCalls> curl_holder_calls(std::chrono::milliseconds timeout) {
  return std::make_unique<CurlCalls>(timeout);
}

}  // namespace probity::alliance
