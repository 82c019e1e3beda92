// A file of 100,000 partners against a list of companies: read, matched by name and number, written as a result.
//
//   screen_batch_bench [rows] [listed]
//
// Names are made up of a region, a brand of two to four characters, a trade and a legal form; one row in fifty is a
// variant of a listed name, one in a hundred holds a listed number, and one in two hundred a wrong one.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <random>
#include <thread>

#include "names/han.h"
#include "names/identifier.h"
#include "screening/batch_output.h"
#include "screening/batch_screening.h"

namespace probity {
namespace {

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

class Maker {
 public:
  std::string name() {
    static const std::vector<std::string> regions{"北京", "上海", "广州", "深圳", "杭州", "宁波", "成都", "武汉",
                                                  "西安", "苏州", "南京", "天津", "青岛", "长沙", "合肥", "福州"};
    static const std::vector<std::string> trades{"科技", "贸易",     "电子商务", "仪器",     "食品",     "建筑工程",
                                                 "物流", "信息技术", "医疗器械", "文化传媒", "机械制造", "新能源"};
    static const std::vector<std::string> forms{"有限公司", "有限责任公司", "股份有限公司", "厂", "集团有限公司"};
    std::u32string brand;
    for (int i = 0, count = static_cast<int>(2 + random_() % 3); i < count; ++i)
      brand += static_cast<char32_t>(0x4E00 + random_() % 3500);
    return pick(regions) + names::to_utf8(brand) + pick(trades) + pick(forms);
  }
  std::string code() {
    constexpr std::string_view kDigits = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    while (true) {
      std::string text = fmt::format("9133{:04}", random_() % 10'000);
      for (int i = 0; i < 10; ++i) text += kDigits[random_() % kDigits.size()];
      if (names::parse_identifier(names::IdentifierKind::credit_code, text)) return text;
      const auto repairs = names::one_typo_repairs(names::IdentifierKind::credit_code, text);
      if (!repairs.empty()) return repairs.front().text;
    }
  }
  std::size_t below(std::size_t count) { return random_() % count; }

 private:
  std::string pick(const std::vector<std::string>& from) { return from[random_() % from.size()]; }
  std::mt19937_64 random_{20261122};
};

alliance::HeldEnterprises list_of(Maker& maker, std::size_t count) {
  std::vector<alliance::ListedEnterprisePtr> items;
  for (std::size_t i = 0; i < count; ++i) {
    alliance::EnterpriseEntry entry;
    for (int byte = 0; byte < 8; ++byte)
      entry.listing.bytes[static_cast<std::size_t>(byte)] = static_cast<std::uint8_t>(i >> (8 * byte));
    entry.enterprise.names = {maker.name()};
    if (i < 2'000) entry.enterprise.credit_code = maker.code();
    if (i >= 2'000) entry.enterprise.registration = fmt::format("HKG {:08}", i);
    entry.conduct = "bribery";
    entry.status = "active";
    items.push_back(alliance::listed_enterprise(alliance::entry_line(entry)).value());
  }
  auto list = std::make_shared<const alliance::EnterpriseList>(std::move(items));
  alliance::SignedEnterpriseHead head;
  head.head = {1, static_cast<std::uint32_t>(count), list->root(), 0};
  return {list, head};
}

std::string file_of(Maker& maker, const alliance::EnterpriseList& list, std::size_t rows) {
  std::string text = "企业名称,统一社会信用代码\n";
  for (std::size_t i = 0; i < rows; ++i) {
    const auto& listed = list.entries()[maker.below(list.entries().size())]->entry.enterprise;
    std::string name = maker.name(), number;
    if (i % 50 == 0) name = listed.names.front() + "分公司";
    if (i % 100 == 1) number = listed.credit_code;
    if (i % 200 == 2) number = "913300000000000000";
    text += name + "," + number + "\n";
  }
  return text;
}

int run(std::size_t rows, std::size_t listed) {
  Maker maker;
  screening::CompanyBook book;
  const auto held = list_of(maker, listed);
  auto start = Clock::now();
  book.replace(held);
  fmt::print("{} listed companies, indexed in {:.2f} s; {} threads\n", listed, seconds_since(start),
             std::thread::hardware_concurrency());
  const std::string text = file_of(maker, *held.list, rows);
  start = Clock::now();
  const auto file = screening::read_partner_file(as_bytes(text)).value();
  const double reading = seconds_since(start);
  start = Clock::now();
  const auto answered = screening::answer_rows(book, file.partners, 0).value();
  const double matching = seconds_since(start);
  start = Clock::now();
  auto writer = screening::csv_result(screening::ResultLanguage::zh);
  screening::LevelCounts counts{};
  for (const auto& row : answered.rows) {
    writer->add(row);
    ++counts[static_cast<std::size_t>(row.level)];
  }
  const std::string result = writer->finish().value();
  const double writing = seconds_since(start);
  fmt::print("{} rows: read {:.2f} s, matched {:.2f} s, written {:.2f} s ({:.1f} MB); in all {:.2f} s\n",
             file.partners.size(), reading, matching, writing, static_cast<double>(result.size()) / 1e6,
             reading + matching + writing);
  for (const auto level : screening::kCompanyLevels)
    fmt::print("  {:<16} {}\n", screening::level_name(level), counts[static_cast<std::size_t>(level)]);
  return 0;
}

}  // namespace
}  // namespace probity

int main(int argument_count, char** arguments) {
  const auto number = [&](int index, std::size_t otherwise) {
    return argument_count > index ? static_cast<std::size_t>(std::atoll(arguments[index])) : otherwise;
  };
  return probity::run(number(1, 100'000), number(2, 20'000));
}
