// Names measured: parts of company names, comparison, search, personal names. Without arguments everything; "fit"
// prints fitted weights. --names FILE is a CSV whose first column is searched (the OFAC lists); else names are made up.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "names/companies.h"
#include "names/company_index.h"
#include "names/jaro_winkler.h"
#include "names/judged_pairs.h"
#include "names/person_comparison.h"

namespace {

using namespace probity;
using Clock = std::chrono::steady_clock;

// Processor time of this thread: what a query costs a core, whoever else uses the machine.
double core_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// Wilson's interval of a share, 95 %.
std::string share(std::size_t count, std::size_t all) {
  constexpr double kZ = 1.96;
  const double n = static_cast<double>(all), p = all == 0 ? 0 : static_cast<double>(count) / n;
  if (all == 0) return "-";
  const double middle = p + kZ * kZ / (2 * n), width = kZ * std::sqrt(p * (1 - p) / n + kZ * kZ / (4 * n * n));
  return fmt::format("{:.2f} % ({:.2f} to {:.2f}; {} of {})", 100 * p, 100 * (middle - width) / (1 + kZ * kZ / n),
                     100 * (middle + width) / (1 + kZ * kZ / n), count, all);
}

std::vector<std::string> lines_of(const std::string& path) {
  std::vector<std::string> out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    out.push_back(line);
  }
  return out;
}

std::string first_column(const std::string& line) {
  if (line.empty() || line[0] != '"') return line.substr(0, line.find(','));
  std::string out;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '"' && (i + 1 >= line.size() || line[i + 1] != '"')) break;
    if (line[i] == '"') ++i;
    out += line[i];
  }
  return out;
}

// --- Parts of names ---

void measure_brands(const std::string& path) {
  std::size_t number = 0, right[2] = {0, 0}, all[2] = {0, 0};
  for (const auto& line : lines_of(path)) {
    const std::size_t rest = ++number > 197 ? 1 : 0;
    const auto blank = line.find(' ');
    const std::string brand = blank == std::string::npos ? "" : line.substr(blank + 1);
    right[rest] += names::parse_company_name(line.substr(0, blank)).brand == brand ? 1 : 0;
    ++all[rest];
  }
  fmt::print("| brand core, tuned part | {} | >= 97 % |\n", share(right[0], all[0]));
  fmt::print("| brand core, the rest | {} | >= 97 % |\n", share(right[1], all[1]));
}

void measure_pairs(const std::string& path) {
  std::size_t hits = 0, matches = 0, alarms = 0, others = 0;
  for (const auto& line : lines_of(path)) {
    const auto tab = line.find('\t'), second = line.find('\t', tab + 1);
    if (second == std::string::npos) continue;
    const bool likely = names::compare(names::parse_company_name(line.substr(tab + 1, second - tab - 1)),
                                       names::parse_company_name(line.substr(second + 1)))
                            .likeness != names::Likeness::different;
    (line[0] == '1' ? matches : others) += 1;
    (line[0] == '1' ? hits : alarms) += likely ? 1 : 0;
  }
  fmt::print("| hand-labelled pairs: matches called possible or likely | {} | |\n", share(hits, matches));
  fmt::print("| hand-labelled pairs: others called possible or likely | {} | |\n", share(alarms, others));
}

void measure_people(const std::string& path) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& line : lines_of(path))
    if (const auto tab = line.find('\t'); tab != std::string::npos)
      pairs.emplace_back(line.substr(0, tab), line.substr(tab + 1));
  std::vector<double> right, wrong;
  const auto start = Clock::now();
  for (std::size_t i = 0; i < pairs.size(); ++i)
    for (std::size_t k = 0; k < pairs.size(); ++k)
      (i == k ? right : wrong).push_back(names::compare_person_names(pairs[i].first, pairs[k].second).log_odds);
  const double seconds = seconds_since(start);
  std::ranges::sort(wrong);
  double above = 0;
  for (const double one : right) {
    const auto low = std::ranges::lower_bound(wrong, one), high = std::ranges::upper_bound(wrong, one);
    above += static_cast<double>(low - wrong.begin()) + 0.5 * static_cast<double>(high - low);
  }
  fmt::print(
      "| personal names: area under the curve | {:.4f} of {} against {} pairs, {:.0f} comparisons/s | >= 0.98 |\n",
      above / (static_cast<double>(right.size()) * static_cast<double>(wrong.size())), right.size(), wrong.size(),
      static_cast<double>(wrong.size() + right.size()) / seconds);
}

// --- Finding ---

void measure_finding() {
  constexpr std::size_t kListed = 20000, kAsked = 1500;
  bench::CompanyMaker maker(20260722);  // another seed than the weights were fitted with
  names::CompanyIndex index;
  std::vector<bench::MadeCompany> listed;
  for (std::size_t i = 0; i < kListed; ++i) {
    listed.push_back(maker.company());
    index.add(std::to_string(i), {listed[i].name()});
  }
  fmt::print("\n| variant of a listed name | found first | called likely |\n|---|---|---|\n");
  std::size_t all = 0, all_first = 0;
  for (std::size_t k = 0; k < static_cast<std::size_t>(bench::Variant::count); ++k) {
    std::size_t asked = 0, first = 0, likely = 0;
    for (std::size_t i = 0; i < kAsked; ++i) {
      const auto variant = maker.variant(listed[i], static_cast<bench::Variant>(k));
      if (variant.empty()) continue;
      ++asked;
      const auto found = index.find(variant, {1, names::Likeness::possible});
      const bool right = !found.empty() && listed[std::stoul(found[0].id)].name() == listed[i].name();
      first += right ? 1 : 0;
      likely += right && found[0].comparison.likeness == names::Likeness::likely ? 1 : 0;
    }
    all += asked;
    all_first += first;
    fmt::print("| {} | {} | {:.1f} % |\n", bench::variant_name(static_cast<bench::Variant>(k)), share(first, asked),
               asked == 0 ? 0 : 100.0 * static_cast<double>(likely) / static_cast<double>(asked));
  }
  fmt::print("| all | {} | |\n", share(all_first, all));
  fmt::print(
      "\n| look-alike of a listed name, itself not listed | likely (false alert) | possible or likely "
      "|\n|---|---|---|\n");
  std::vector<std::string> names_listed;
  for (const auto& company : listed) names_listed.push_back(company.name());
  std::ranges::sort(names_listed);
  const auto ask = [&](std::string_view title, auto&& make) {
    std::size_t asked = 0, likely = 0, possible = 0;
    for (std::size_t i = 0; i < kAsked; ++i) {
      const std::string name = make(i);
      if (name.empty() || std::ranges::binary_search(names_listed, name)) continue;
      ++asked;
      const auto found = index.find(name, {1, names::Likeness::possible});
      possible += found.empty() ? 0 : 1;
      likely += !found.empty() && found[0].comparison.likeness == names::Likeness::likely ? 1 : 0;
    }
    fmt::print("| {} | {} | {} |\n", title, share(likely, asked), share(possible, asked));
  };
  ask("any other company", [&](std::size_t) { return maker.company().name(); });
  for (std::size_t k = 0; k < static_cast<std::size_t>(bench::LookAlike::count); ++k)
    ask(bench::look_alike_name(static_cast<bench::LookAlike>(k)),
        [&](std::size_t i) { return maker.look_alike(listed[i], static_cast<bench::LookAlike>(k)); });
}

// --- Speed ---

std::size_t resident_bytes() {
  std::ifstream in("/proc/self/statm");
  std::size_t pages = 0, resident = 0;
  in >> pages >> resident;
  return resident * 4096;
}

struct Times {
  double per_second = 0, p50_ms = 0, p99_ms = 0, worst_ms = 0, wall_p99_ms = 0;
};
Times times_of(std::vector<double> ms) {
  double sum = 0;
  for (const double one : ms) sum += one;
  std::ranges::sort(ms);
  return {1000 * static_cast<double>(ms.size()) / sum, ms[ms.size() / 2], ms[ms.size() * 99 / 100], ms.back(), 0};
}

template <typename Ask>
Times time_queries(const std::vector<std::string>& queries, Ask&& ask) {
  std::vector<double> core_ms, wall_ms;
  for (const auto& query : queries) {
    const auto start = Clock::now();
    const double core = core_seconds();
    ask(query);
    core_ms.push_back(1000 * (core_seconds() - core));
    wall_ms.push_back(1000 * seconds_since(start));
  }
  auto out = times_of(std::move(core_ms));
  out.wall_p99_ms = times_of(std::move(wall_ms)).p99_ms;
  return out;
}

void print_times(std::string_view title, const Times& times) {
  fmt::print("| {} | {:.0f} | {:.3f} | {:.3f} | {:.3f} | {:.3f} |\n", title, times.per_second, times.p50_ms,
             times.p99_ms, times.worst_ms, times.wall_p99_ms);
}

// Searches with names that are listed, half of them with a letter or character changed.
void measure_speed(std::string_view title, const std::vector<std::string>& listed, std::size_t asked,
                   std::size_t asked_plain) {
  bench::CompanyMaker maker(7);
  std::vector<std::string> queries;
  for (std::size_t i = 0; i < asked; ++i) {
    auto name = listed[maker.below(listed.size())];
    if (i % 2 == 1 && name.size() > 4) {
      const auto at = maker.below(name.size());
      if ((static_cast<unsigned char>(name[at]) & 0x80U) == 0) name[at] = static_cast<char>('a' + maker.below(26));
    }
    queries.push_back(std::move(name));
  }
  const auto before = resident_bytes();
  const auto start = Clock::now();
  names::CompanyIndex index;
  for (std::size_t i = 0; i < listed.size(); ++i) index.add(std::to_string(i), {listed[i]});
  const double built = seconds_since(start);
  const auto after = resident_bytes();
  std::size_t found = 0;
  for (std::size_t i = 0; i < 200; ++i) (void)index.find(queries[i % queries.size()]);
  const auto times = time_queries(queries, [&](const auto& query) { found += index.find(query).empty() ? 0 : 1; });
  const auto plain_queries = std::vector<std::string>(
      queries.begin(), queries.begin() + static_cast<std::ptrdiff_t>(std::min(asked_plain, queries.size())));
  const bench::JaroWinkler plain(listed);
  const auto plain_times = time_queries(plain_queries, [&](const auto& query) { (void)plain.best(query); });
  fmt::print("\n{}: {} names, indexed in {:.1f} s, {:.0f} MB resident for it ({:.0f} MB by its own count)\n\n", title,
             listed.size(), built, static_cast<double>(after - before) / 1e6,
             static_cast<double>(index.memory_bytes()) / 1e6);
  fmt::print(
      "| search | queries/s and core | p50 ms | p99 ms | worst ms | p99 by the clock |\n|---|---|---|---|---|---|\n");
  print_times("index, scored and explained, ten best", times);
  print_times("Jaro-Winkler with every name", plain_times);
  fmt::print("\n{} queries, {} of them found something.\n", queries.size(), found);
  std::vector<double> visible;
  for (std::size_t i = 0; i < 2000; ++i) {
    const auto name = maker.company().name();
    const double change = core_seconds();
    index.add("change", {name});
    const auto seen = index.find(name, {3, names::Likeness::possible});
    visible.push_back(1000 * (core_seconds() - change));
    if (seen.empty()) continue;
    index.remove("change");
  }
  const auto change_times = times_of(visible);
  fmt::print("A change is made and found in {:.3f} ms (p99 {:.3f}, worst {:.3f}).\n", change_times.p50_ms,
             change_times.p99_ms, change_times.worst_ms);
}

void measure_results(const std::string& vectors) {
  fmt::print("| what | measured (95 % interval) | goal |\n|---|---|---|\n");
  measure_brands(vectors + "company_brand.txt");
  measure_pairs(vectors + "company_pairs.tsv");
  measure_people(vectors + "hk_tw_fullnames_sample.tsv");
  fmt::print("\nScores of pairs that the weights were not fitted to:\n\n");
  bench::print_calibration(bench::judged_pairs(2, 4000));
  measure_finding();
}

}  // namespace

int main(int argc, char** argv) {
  std::string csv, dump, vectors = "tests/vectors/screening/";
  std::size_t made = 1000000;
  bool speed_only = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "fit") {
      bench::print_fitted_weights(bench::judged_pairs(1, 4000));
      return 0;
    }
    if (argument == "--speed") speed_only = true;
    if (argument == "--names" && i + 1 < argc) csv = argv[++i];
    if (argument == "--made" && i + 1 < argc) made = std::stoul(argv[++i]);
    if (argument == "--dump" && i + 1 < argc) dump = argv[++i];
  }
  bench::CompanyMaker maker(99);
  if (!dump.empty()) {  // for other programs to search in
    std::ofstream out(dump);
    for (std::size_t i = 0; i < made; ++i) out << maker.company().name() << '\n';
    return 0;
  }
  if (!speed_only) measure_results(vectors);
  std::vector<std::string> listed;
  if (!csv.empty()) {
    const auto lines = lines_of(csv);
    for (std::size_t i = 1; i < lines.size(); ++i) listed.push_back(first_column(lines[i]));
    measure_speed("Listed names", listed, 20000, 50);
  }
  if (made > 0) {
    listed.clear();
    for (std::size_t i = 0; i < made; ++i) listed.push_back(maker.company().name());
    measure_speed("Made-up companies", listed, 10000, 3);
  }
  return 0;
}
