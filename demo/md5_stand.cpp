// How long the MD5 of an identity number stands: finds the number, on this machine, by trying all of them.
//
//   md5_stand HASH REGION [FIRST_YEAR LAST_YEAR]
//
// An identity number (GB 11643-1999) is six digits of region, eight of birth date, three of sequence and a check
// character that follows from the rest. With a known region of birth and sixty years of birthdays that leaves 22
// million numbers; all of China's some 3,500 region codes, 77 thousand million. Shared lists of people "encrypted" so
// are lists in clear.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

constexpr int kLanes = 4;
using Lanes = std::uint32_t __attribute__((vector_size(4 * kLanes)));
constexpr int kSequences = 1000;
constexpr double kRegions = 3500;

Lanes all(std::uint32_t value) { return Lanes{} + value; }
Lanes turned(Lanes value, int bits) { return (value << bits) | (value >> (32 - bits)); }

std::array<std::uint32_t, 64> sines() {
  std::array<std::uint32_t, 64> table{};
  for (std::size_t i = 0; i < table.size(); ++i)
    table[i] = static_cast<std::uint32_t>(std::abs(std::sin(static_cast<double>(i + 1))) * 4294967296.0);
  return table;
}
const std::array<std::uint32_t, 64> kSines = sines();
constexpr std::array<int, 16> kTurns{7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21};

// MD5 (RFC 1321) of four messages of 18 bytes; words 5 to 15 of the block are the padding, the same for all.
std::array<Lanes, 4> md5(const std::array<Lanes, 16>& word) {
  Lanes a = all(0x67452301), b = all(0xefcdab89), c = all(0x98badcfe), d = all(0x10325476);
  for (std::size_t i = 0; i < 64; ++i) {
    const std::size_t round = i / 16;
    const Lanes mixed = round == 0   ? (b & c) | (~b & d)
                        : round == 1 ? (d & b) | (~d & c)
                        : round == 2 ? b ^ c ^ d
                                     : c ^ (b | ~d);
    const std::size_t which = round == 0   ? i
                              : round == 1 ? (5 * i + 1) % 16
                              : round == 2 ? (3 * i + 5) % 16
                                           : 7 * i % 16;
    const Lanes sum = a + mixed + all(kSines[i]) + word[which];
    a = d;
    d = c;
    c = b;
    b += turned(sum, kTurns[4 * round + i % 4]);
  }
  return {a + all(0x67452301), b + all(0xefcdab89), c + all(0x98badcfe), d + all(0x10325476)};
}

constexpr std::array<int, 17> kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

// The 18 characters with that sequence; `prefix_sum` is the weighted sum of the first 14.
void write_number(char* number, int sequence, int prefix_sum) {
  int sum = prefix_sum;
  for (std::size_t i = 17, rest = static_cast<std::size_t>(sequence); i-- > 14; rest /= 10) {
    number[i] = static_cast<char>('0' + rest % 10);
    sum += kWeights[i] * static_cast<int>(rest % 10);
  }
  number[17] = "10X98765432"[sum % 11];
}

// The number among those of that region and birthday, or nothing.
std::string search_day(const std::string& region_and_day, const std::array<std::uint32_t, 4>& wanted) {
  int prefix_sum = 0;
  for (std::size_t i = 0; i < 14; ++i) prefix_sum += kWeights[i] * (region_and_day[i] - '0');
  std::array<std::array<char, 64>, kLanes> block{};
  for (auto& bytes : block) {
    std::memcpy(bytes.data(), region_and_day.data(), 14);
    bytes[18] = static_cast<char>(0x80);
    bytes[56] = static_cast<char>(18 * 8 % 256);
  }
  for (int first = 0; first < kSequences; first += kLanes) {
    std::array<Lanes, 16> words{};
    for (int lane = 0; lane < kLanes; ++lane) {
      char* bytes = block[static_cast<std::size_t>(lane)].data();
      write_number(bytes, first + lane, prefix_sum);
      for (std::size_t w = 0; w < 16; ++w) {
        std::uint32_t value = 0;
        std::memcpy(&value, bytes + 4 * w, 4);
        words[w][lane] = value;
      }
    }
    const auto found = md5(words);
    for (int lane = 0; lane < kLanes; ++lane)
      if (found[0][lane] == wanted[0] && found[1][lane] == wanted[1] && found[2][lane] == wanted[2] &&
          found[3][lane] == wanted[3])
        return {block[static_cast<std::size_t>(lane)].data(), 18};
  }
  return {};
}

std::vector<std::string> birthdays(int first_year, int last_year) {
  using namespace std::chrono;
  std::vector<std::string> days;
  for (sys_days day = year{first_year} / January / 1; day <= sys_days(year{last_year} / December / 31);
       day += std::chrono::days(1)) {
    const year_month_day date(day);
    days.push_back(fmt::format("{:04}{:02}{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                               static_cast<unsigned>(date.day())));
  }
  return days;
}

std::array<std::uint32_t, 4> parse_hash(const std::string& hex) {
  std::array<unsigned char, 16> bytes{};
  for (std::size_t i = 0; i < 16; ++i)
    bytes[i] = static_cast<unsigned char>(std::stoul(hex.substr(2 * i, 2), nullptr, 16));
  std::array<std::uint32_t, 4> words{};
  std::memcpy(words.data(), bytes.data(), 16);
  return words;
}

struct Search {
  std::string found;
  double seconds = 0;
  double numbers = 0;
};

Search search(const std::string& region, const std::vector<std::string>& days,
              const std::array<std::uint32_t, 4>& wanted) {
  const auto started = std::chrono::steady_clock::now();
  std::atomic<std::size_t> next{0};
  std::vector<std::string> found(std::max(1U, std::thread::hardware_concurrency()));
  std::vector<std::thread> threads;
  for (std::string& mine : found)
    threads.emplace_back([&] {
      for (std::size_t day = next++; day < days.size(); day = next++)
        if (std::string number = search_day(region + days[day], wanted); !number.empty()) mine = number;
    });
  for (std::thread& thread : threads) thread.join();
  Search search;
  for (const std::string& one : found)
    if (!one.empty()) search.found = one;
  search.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  search.numbers = static_cast<double>(days.size()) * kSequences;
  return search;
}

}  // namespace

int main(int argument_count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + argument_count);
  if (words.size() < 2 || words[0].size() != 32 || words[1].size() != 6) {
    fmt::print(stderr, "usage: md5_stand HASH REGION [FIRST_YEAR LAST_YEAR]\n");
    return 2;
  }
  const int first = words.size() > 3 ? std::stoi(words[2]) : 1945;
  const int last = words.size() > 3 ? std::stoi(words[3]) : 2004;
  const Search outcome = search(words[1], birthdays(first, last), parse_hash(words[0]));
  if (outcome.found.empty())
    fmt::print("None of {:.1f} million numbers of that region has this MD5.\n", outcome.numbers / 1e6);
  else
    fmt::print("MD5 {}… is the number {}: {:.1f} million numbers of its region tried in {:.1f} s.\n",
               words[0].substr(0, 8), outcome.found, outcome.numbers / 1e6, outcome.seconds);
  fmt::print("Every number of every region: about {:.1f} hours on this machine, once, for all lists ever made so.\n",
             outcome.seconds * kRegions / 3600);
  return outcome.found.empty() ? 1 : 0;
}
