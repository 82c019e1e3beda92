#include "http/metrics.h"

#include <dirent.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>

#include "base/check.h"

namespace probity::http {
namespace {

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '\\' || c == '"') safe.push_back('\\');
    safe.append(c == '\n' ? "\\n" : std::string(1, c));
  }
  return safe;
}

// {a="b",c="d"}, or nothing; `last` is added behind.
std::string label_text(const Labels& labels) {
  std::string text;
  for (const auto& [name, value] : labels)
    text += fmt::format("{}{}=\"{}\"", text.empty() ? "" : ",", name, escaped(value));
  return text;
}

std::string sample(std::string_view name, std::string_view labels, double value) {
  if (std::isnan(value))
    return labels.empty() ? fmt::format("{} NaN\n", name) : fmt::format("{}{{{}}} NaN\n", name, labels);
  // Whole numbers without an exponent, up to where doubles hold them.
  const std::string number = value == static_cast<double>(static_cast<std::int64_t>(value))
                                 ? fmt::format("{}", static_cast<std::int64_t>(value))
                                 : fmt::format("{}", value);
  return labels.empty() ? fmt::format("{} {}\n", name, number) : fmt::format("{}{{{}}} {}\n", name, labels, number);
}

std::string histogram_text(std::string_view name, const std::string& labels, const Histogram& histogram) {
  const std::string comma = labels.empty() ? "" : ",";
  std::string text;
  std::uint64_t count = 0;
  for (std::size_t bucket = 0; bucket <= histogram.bounds().size(); ++bucket) {
    count += histogram.count_in(bucket);
    const bool is_last = bucket == histogram.bounds().size();
    const std::string bound = is_last ? "+Inf" : fmt::format("{}", histogram.bounds()[bucket]);
    text += sample(fmt::format("{}_bucket", name), fmt::format("{}{}le=\"{}\"", labels, comma, bound),
                   static_cast<double>(count));
  }
  text += sample(fmt::format("{}_sum", name), labels, histogram.sum());
  return text + sample(fmt::format("{}_count", name), labels, static_cast<double>(count));
}

double resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t size = 0;
  std::uint64_t resident = 0;
  statm >> size >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double open_descriptors() {
  DIR* folder = opendir("/proc/self/fd");
  if (folder == nullptr) return 0;
  double count = -3;  // ".", ".." and the folder itself
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

Histogram::Histogram(std::vector<double> bounds) : bounds_(std::move(bounds)), counts_(bounds_.size() + 1) {
  PROBITY_CHECK(std::ranges::is_sorted(bounds_));
}

void Histogram::observe(double value) {
  const auto bucket = std::ranges::lower_bound(bounds_, value) - bounds_.begin();
  ++counts_[static_cast<std::size_t>(bucket)];
  sum_ += value;
}

std::vector<double> duration_bounds() {
  return {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
}

Metrics::Family& Metrics::family(std::string_view name, std::string_view help, std::string_view type) {
  const auto found = families_.find(name);
  if (found == families_.end())
    return families_.emplace(name, Family{std::string(help), std::string(type), {}}).first->second;
  PROBITY_CHECK(found->second.type == type);
  return found->second;
}

template <class T, class... Arguments>
T& Metrics::find(std::string_view name, std::string_view help, std::string_view type, const Labels& labels,
                 Arguments&&... arguments) {
  const std::string text = label_text(labels);
  const std::lock_guard lock(mutex_);
  auto& values = family(name, help, type).values;
  auto value = values.find(text);
  if (value == values.end())
    value = values.emplace(text, std::make_unique<T>(std::forward<Arguments>(arguments)...)).first;
  return *std::get<std::unique_ptr<T>>(value->second);
}

Counter& Metrics::counter(std::string_view name, std::string_view help, Labels labels) {
  return find<Counter>(name, help, "counter", labels);
}

Gauge& Metrics::gauge(std::string_view name, std::string_view help, Labels labels) {
  return find<Gauge>(name, help, "gauge", labels);
}

Histogram& Metrics::histogram(std::string_view name, std::string_view help, Labels labels, std::vector<double> bounds) {
  return find<Histogram>(name, help, "histogram", labels, std::move(bounds));
}

void Metrics::read_from(std::string_view name, std::string_view help, std::string_view type,
                        std::function<double()> read, Labels labels) {
  const std::lock_guard lock(mutex_);
  family(name, help, type).values.insert_or_assign(label_text(labels), Value(std::move(read)));
}

std::string Metrics::text() const {
  const std::lock_guard lock(mutex_);
  std::string text;
  for (const auto& [name, family] : families_) {
    text += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, family.help, name, family.type);
    for (const auto& [labels, value] : family.values) {
      if (const auto* counter = std::get_if<std::unique_ptr<Counter>>(&value))
        text += sample(name, labels, static_cast<double>((*counter)->value()));
      else if (const auto* gauge = std::get_if<std::unique_ptr<Gauge>>(&value))
        text += sample(name, labels, static_cast<double>((*gauge)->value()));
      else if (const auto* histogram = std::get_if<std::unique_ptr<Histogram>>(&value))
        text += histogram_text(name, labels, **histogram);
      else
        text += sample(name, labels, std::get<std::function<double()>>(value)());
    }
  }
  return text;
}

Middleware measure_requests(Metrics& metrics) {
  return [&metrics](const Request& request, std::string_view pattern, const Handler& next) {
    const auto start = std::chrono::steady_clock::now();
    Response response = next(request);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    const Labels labels{{"method", std::string(method_name(request.method))},
                        {"route", pattern.empty() ? "none" : std::string(pattern)},
                        {"status", fmt::format("{}xx", response.status / 100)}};
    metrics.counter("probity_http_requests_total", "Requests answered by handlers.", labels).add();
    metrics.histogram("probity_http_request_seconds", "Time in handlers.", labels).observe(taken.count());
    return response;
  };
}

void add_process_metrics(Metrics& metrics) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const double started = std::chrono::duration<double>(now).count();
  metrics.read_from("process_resident_memory_bytes", "Resident memory.", "gauge", resident_bytes);
  metrics.read_from("process_open_fds", "Open file descriptors.", "gauge", open_descriptors);
  metrics.read_from("process_cpu_seconds_total", "CPU time, user and system.", "counter", cpu_seconds);
  metrics.read_from("process_start_time_seconds", "Start of the process, seconds since 1970.", "gauge",
                    [started] { return started; });
}

void add_server_metrics(Metrics& metrics, std::function<ServerStats()> stats) {
  const auto add = [&](const char* name, const char* help, const char* type, std::uint64_t ServerStats::*member) {
    metrics.read_from(name, help, type, [stats, member] { return static_cast<double>(stats().*member); });
  };
  add("probity_http_connections", "Open connections.", "gauge", &ServerStats::connections);
  add("probity_http_connections_total", "Connections accepted.", "counter", &ServerStats::accepted_connections);
  add("probity_http_connections_closed_for_room_total", "Silent connections closed, or new ones refused, for room.",
      "counter", &ServerStats::closed_for_room);
  add("probity_http_requests_refused_total", "Requests answered 503 because queue or buffers were full.", "counter",
      &ServerStats::refused_requests);
  add("probity_http_requests_waiting", "Requests waiting for a worker.", "gauge", &ServerStats::waiting_requests);
  add("probity_http_buffered_body_bytes", "Bytes of request bodies held in memory.", "gauge",
      &ServerStats::buffered_body_bytes);
}

}  // namespace probity::http
