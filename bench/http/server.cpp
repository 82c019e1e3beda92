// Serves woven copies, every response with another codeword, until it is interrupted: what bench/http/run measures.
//   http_bench_server [--port N] [--bytes N] [--pieces N] [--cells N] [--io N] [--workers N] [--tls CERTIFICATE KEY]
//                     [--gather]
// GET /copy: the next copy. GET /static: as many bytes that never change. GET /hello: a few bytes.
#include <fmt/format.h>
#include <pthread.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "base/random.h"
#include "code/codeword.h"
#include "http/server.h"
#include "tally/tally.h"

namespace {

using namespace probity;

struct Options {
  std::uint64_t bytes = 1'730'000;  // a photo of 13 megapixels (docs/results.md, "Size")
  std::uint32_t pieces = 17'400;
  std::uint32_t cells = 5'800;
  http::ServerOptions server;
  bool gather = false;  // sends ranges of the container instead of woven bytes
};

std::vector<std::uint8_t> random_bytes(std::size_t size) {
  std::vector<std::uint8_t> bytes(size);
  SystemRandom().fill(bytes);
  return bytes;
}

// Pieces of about equal length, each of another cell than the one before.
tally::Content make_content(const Options& options) {
  tally::Content content;
  content.cell_count = options.cells;
  content.a = random_bytes(options.bytes);
  content.b = random_bytes(options.bytes);
  for (std::uint32_t i = 1; i <= options.pieces; ++i)
    content.pieces.push_back({static_cast<std::uint32_t>(options.bytes * i / options.pieces), i % options.cells});
  return content;
}

// What all copies have in common.
struct Master {
  tally::Tally tally;
  std::vector<std::uint8_t> thresholds;
  HkdfExpander seeds;
  std::atomic<std::uint64_t> next_copy = 0;

  std::vector<std::uint8_t> next_codeword() {
    Id copy;
    const std::uint64_t number = ++next_copy;
    std::memcpy(copy.bytes.data(), &number, sizeof number);
    return code::codeword(code::copy_seed(seeds, copy), thresholds);
  }
};

class GatheredCopy final : public http::BodySource {
 public:
  explicit GatheredCopy(Master& master) : master_(master), bits_(master.next_codeword()) {}
  std::uint64_t size_bytes() const override { return master_.tally.size(); }
  Result<std::span<const iovec>> gather(std::uint64_t offset, std::uint64_t length) override {
    TRY_ASSIGN(gathered_, master_.tally.gather(bits_, offset, length));
    return std::span<const iovec>(gathered_.ranges);
  }

 private:
  Master& master_;
  std::vector<std::uint8_t> bits_;
  tally::Gathered gathered_;
};

class WovenCopy final : public http::BodySource {
 public:
  explicit WovenCopy(Master& master) : master_(master), bits_(master.next_codeword()) {}
  std::uint64_t size_bytes() const override { return master_.tally.size(); }
  Result<std::span<const iovec>> gather(std::uint64_t offset, std::uint64_t length) override {
    TRY(master_.tally.check(offset, length));
    return std::span<const iovec>();
  }
  Result<void> weave(std::uint64_t offset, std::span<std::uint8_t> out) override {
    return master_.tally.weave(bits_, offset, out);
  }

 private:
  Master& master_;
  std::vector<std::uint8_t> bits_;
};

Options parse(int count, char** arguments) {
  Options options;
  options.server.port = 0;
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    const auto value = [&] { return i + 1 < count ? arguments[++i] : ""; };
    if (name == "--port") options.server.port = static_cast<std::uint16_t>(std::atoi(value()));
    if (name == "--bytes") options.bytes = std::strtoull(value(), nullptr, 10);
    if (name == "--pieces") options.pieces = static_cast<std::uint32_t>(std::atoi(value()));
    if (name == "--cells") options.cells = static_cast<std::uint32_t>(std::atoi(value()));
    if (name == "--io") options.server.io_threads = static_cast<std::size_t>(std::atoi(value()));
    if (name == "--workers") options.server.workers = static_cast<std::size_t>(std::atoi(value()));
    if (name == "--gather") options.gather = true;
    if (name == "--tls") {
      options.server.certificate_file = value();
      options.server.key_file = value();
    }
  }
  return options;
}

int serve(const Options& options) {
  const auto bytes = tally::encode(make_content(options));
  if (!bytes) return 1;
  auto tally = tally::Tally::parse_owned(*bytes);
  if (!tally) return 1;
  Master master{std::move(*tally), std::vector<std::uint8_t>(options.cells, 128), HkdfExpander::extract(Bytes(32)), {}};
  http::Router router;
  router.add(http::Method::get, "/copy", [&](const http::Request&) {
    http::Response response;
    if (options.gather)
      response.body = std::make_shared<GatheredCopy>(master);
    else
      response.body = std::make_shared<WovenCopy>(master);
    return response.set("Content-Type", "image/jpeg");
  });
  router.add(http::Method::get, "/hello", [](const http::Request&) { return http::Response::text(200, "hello\n"); });
  auto server = http::Server::start(router, options.server);
  if (!server) {
    fmt::print(stderr, "{}\n", server.error().message);
    return 1;
  }
  fmt::print("port {}\n", (*server)->port());
  std::fflush(stdout);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  int received = 0;
  sigwait(&signals, &received);
  (*server)->stop(std::chrono::seconds(1));
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  init_crypto();
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // in every thread: main waits for them
  return serve(parse(count, arguments));
}
