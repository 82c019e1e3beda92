// Counters, gauges and histograms with labels, written out as Prometheus text (exposition format 0.0.4).
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "http/router.h"
#include "http/server.h"

namespace probity::http {

using Labels = std::vector<std::pair<std::string, std::string>>;

// Thread-safe, as all below.
class Counter {
 public:
  void add(std::uint64_t count = 1) { value_ += count; }
  std::uint64_t value() const { return value_; }

 private:
  std::atomic<std::uint64_t> value_ = 0;
};

class Gauge {
 public:
  void set(std::int64_t value) { value_ = value; }
  void add(std::int64_t count) { value_ += count; }
  std::int64_t value() const { return value_; }

 private:
  std::atomic<std::int64_t> value_ = 0;
};

class Histogram {
 public:
  // Upper bounds of the buckets, ascending.
  explicit Histogram(std::vector<double> bounds);
  void observe(double value);

  const std::vector<double>& bounds() const { return bounds_; }
  std::uint64_t count_in(std::size_t bucket) const { return counts_[bucket]; }  // not cumulative; the last is +Inf
  double sum() const { return sum_; }

 private:
  const std::vector<double> bounds_;
  std::deque<std::atomic<std::uint64_t>> counts_;
  std::atomic<double> sum_ = 0;
};

// Seconds, from a quick read to a handler that hashes a password under load.
std::vector<double> duration_bounds();

class Metrics {
 public:
  // The one of that name and those labels, made when first asked for; valid as long as the registry. A name that was
  // used for another kind is an assertion. Keep the values of labels few: patterns, not paths.
  Counter& counter(std::string_view name, std::string_view help, Labels labels = {});
  Gauge& gauge(std::string_view name, std::string_view help, Labels labels = {});
  Histogram& histogram(std::string_view name, std::string_view help, Labels labels = {},
                       std::vector<double> bounds = duration_bounds());
  // A value that is read when somebody asks; `type` is "gauge" or "counter". Called on any thread.
  void read_from(std::string_view name, std::string_view help, std::string_view type, std::function<double()> read,
                 Labels labels = {});

  std::string text() const;

 private:
  using Value = std::variant<std::unique_ptr<Counter>, std::unique_ptr<Gauge>, std::unique_ptr<Histogram>,
                             std::function<double()>>;
  struct Family {
    std::string help;
    std::string type;
    std::map<std::string, Value> values;  // by their labels as text
  };
  Family& family(std::string_view name, std::string_view help, std::string_view type);
  template <class T, class... Arguments>
  T& find(std::string_view name, std::string_view help, std::string_view type, const Labels& labels,
          Arguments&&... arguments);

  mutable std::mutex mutex_;
  std::map<std::string, Family, std::less<>> families_;
};

// probity_http_requests_total and probity_http_request_seconds by method, route and class of status ("2xx"): the time
// in handlers, not on the wire. Borrows the registry.
Middleware measure_requests(Metrics& metrics);
// Resident memory, open descriptors, CPU time and start of this process.
void add_process_metrics(Metrics& metrics);
// Connections, queue and refusals. `stats` is called whenever somebody asks.
void add_server_metrics(Metrics& metrics, std::function<ServerStats()> stats);

}  // namespace probity::http
