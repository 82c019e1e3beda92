// What a sealed one-page document costs: setting, sealing, an authority's timestamp over HTTP on this machine,
// checking.
//   seal_bench [runs]     200 runs unless said; percentiles of wall time, in milliseconds
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "app/timestamp_http.h"
#include "app/timestamps.h"
#include "pdf/typeset.h"
#include "seal/check.h"
#include "seal/sealer.h"
#include "seal/test_authority.h"
#include "support/openssl_authority.h"
#include "support/tiny_http.h"

namespace {

using namespace probity;

pdf::Document one_page() {
  pdf::Document document;
  document.title = "Statement S-2026-0001";
  document.subtitle = "Lumen Motors · 流明汽车";
  document.footer = "https://lumen.example/statements/s-2026-0001";
  document.blocks.emplace_back(pdf::Heading{2, "What happened"});
  for (int i = 0; i < 4; ++i)
    document.blocks.emplace_back(
        pdf::Paragraph{"",
                       "A picture that was shown under a commitment was found outside before its time. 一张受承诺约束的"
                       "图片在约定时间之前出现在外。The recipient has answered, and the answer is printed below.",
                       pdf::Emphasis::normal});
  return document;
}

template <class Value>
Value expect(Result<Value> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "seal_bench: %s\n", result.error().message.c_str());
  std::exit(1);
}

double processor_ms() {
  double sum = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    getrusage(who, &usage);
    for (const timeval& time : {usage.ru_utime, usage.ru_stime})
      sum += 1e3 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_usec);
  }
  return sum;
}

// Wall time depends on what else the machine does, processor time (of both sides) hardly.
void measure(const char* what, int runs, const std::function<void()>& work) {
  work();
  std::vector<double> times;
  const double processor = processor_ms();
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  const double mean_processor = (processor_ms() - processor) / runs;
  std::ranges::sort(times);
  const auto at = [&](double share) { return times[static_cast<std::size_t>(share * static_cast<double>(runs - 1))]; };
  fmt::print("| {} | {:.1f} | {:.1f} | {:.1f} | {:.1f} |\n", what, at(0), at(0.5), at(0.95), mean_processor);
}

struct Bench {
  SystemClock clock;
  SystemRandom random;
  seal::Sealer sealer = expect(seal::Sealer::create(expect(seal::SealKey::generate("Lumen Motors", clock.now_ms()))));

  Bytes sealed(BytesView pdf) {
    return expect(sealer.seal(pdf, {.reason = "Statement S-2026-0001", .time_ms = clock.now_ms()}));
  }
  Bytes stamped(BytesView seal, app::Timestamps& timestamps) {
    const auto check = expect(seal::check(seal));
    return expect(seal::add_timestamp(seal, expect(timestamps.stamp(check.signature_digest)).token));
  }
};

void run(int runs) {
  Bench bench;
  const pdf::Document document = one_page();
  const Bytes pdf = expect(pdf::typeset(document, {.created_ms = bench.clock.now_ms()}));
  const Bytes sealed = bench.sealed(pdf);
  const TimeMs day = 86'400'000;
  const TimeMs now = bench.clock.now_ms();
  seal::TestAuthority fast(seal::make_authority_identity({.from_ms = now - day, .to_ms = now + day}));
  test::TinyHttp fast_server([&](const test::TinyRequest& request) {
    fast.form.time_ms = bench.clock.now_ms();
    return test::TinyHttp::ok(std::string(as_text(expect(fast.reply(as_bytes(request.body))))));
  });
  test::OpensslAuthority openssl;
  test::TinyHttp openssl_server(
      [&](const test::TinyRequest& request) { return test::TinyHttp::ok(openssl.reply(request.body)); });
  const auto timestamps_of = [&](const std::string& url) {
    std::vector<std::unique_ptr<seal::TimestampAuthority>> one;
    one.push_back(expect(app::timestamp_over_http({url, {}, 10})));
    return std::make_unique<app::Timestamps>(std::move(one), bench.clock, bench.random);
  };
  const auto quick = timestamps_of(fast_server.url());
  const auto slow = timestamps_of(openssl_server.url());
  const Bytes whole = bench.stamped(sealed, *quick);
  fmt::print(
      "| one page, {} bytes sealed and stamped | best, ms | median | 95 % | processor, ms |\n|---|---|---|---|---|\n",
      whole.size());
  measure("set (Pango, embedded fonts)", std::min(runs, 50),
          [&] { expect(pdf::typeset(document, {.created_ms = now})); });
  measure("seal (PAdES B-B)", runs, [&] { bench.sealed(pdf); });
  measure("stamp, authority in a process of its own kind over HTTP", runs, [&] { bench.stamped(sealed, *quick); });
  measure("seal and stamp (PAdES B-T)", runs, [&] { bench.stamped(bench.sealed(pdf), *quick); });
  measure("seal and stamp, authority is `openssl ts`, started for each reply", std::min(runs, 50),
          [&] { bench.stamped(bench.sealed(pdf), *slow); });
  measure("set, seal and stamp", std::min(runs, 50),
          [&] { bench.stamped(bench.sealed(expect(pdf::typeset(document, {.created_ms = now}))), *quick); });
  measure("check (B-T)", runs, [&] { expect(seal::check(whole)); });
}

}  // namespace

int main(int argument_count, char** arguments) {
  init_crypto();
  run(argument_count > 1 ? std::max(2, std::atoi(arguments[1])) : 200);
  return 0;
}
