// Files of partners against a member's node and the command line as processes: killed half-way, of a gigabyte, in an
// old encoding, with formulas. PROBITY_PARTNERS=100000 for the largest file that is taken.
#include <curl/curl.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <iconv.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "journeys/filed.h"
#include "journeys/launch.h"

namespace probity::test {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr std::int64_t kGigabyte = 1LL << 30;
// A sanitizer's shadow and quarantine are counted with what the program takes.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr long kMostKib = 768 << 10;
#else
constexpr long kMostKib = 128 << 10;
#endif
constexpr const char* kListedCompany = "蓝鸥仿制灯具有限公司";

std::int64_t kib_of(pid_t process, const std::string& field) {
  std::ifstream status(fmt::format("/proc/{}/status", process));
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(field + ":")) return std::stoll(line.substr(field.size() + 1));
  return -1;
}

std::string as_gb18030(std::string text) {
  const iconv_t converter = ::iconv_open("GB18030", "UTF-8");
  std::string out(text.size() * 4, '\0');
  char *from = text.data(), *to = out.data();
  std::size_t left = text.size(), room = out.size();
  EXPECT_NE(::iconv(converter, &from, &left, &to, &room), static_cast<std::size_t>(-1));
  ::iconv_close(converter);
  out.resize(out.size() - room);
  return out;
}

// Fields of one line as a spreadsheet reads them.
std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"')
      fields.back() += line[++i];
    else if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      fields.emplace_back();
    else
      fields.back() += c;
  }
  return fields;
}

std::vector<std::vector<std::string>> rows_of(const std::string& csv) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream in(csv);
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with('\r')) line.pop_back();
    rows.push_back(fields_of(line));
  }
  return rows;
}

struct PartnerFiles : testing::Test {
  static void SetUpTestSuite() {
    alliance = new Alliance();
    Browser investigator = alliance->filer().colleague("investigator");
    Browser reviewer = alliance->filer().colleague("reviewer");
    notify_company(*alliance, investigator, reviewer, kListedCompany, "HKG 10000001");
    (void)alliance->screener().colleague("screener");
    alliance->pass_days(16);
    screener = new Browser(alliance->screener().sign_in("screener"));
    ASSERT_TRUE(
        wait_until([] { return screener->get("/screening/enterprises").json().value("total", 0) == 1; }, 30'000));
  }
  static void TearDownTestSuite() {
    delete screener;
    delete alliance;
  }

  static std::string announce() {
    const Answer made =
        screener->post("/screening/batches",
                       {{"file_name", "partners.csv"}, {"purpose", "supplier_onboarding"}, {"requisition", "SUP-7"}});
    EXPECT_EQ(made.status, 201) << made.body;
    return "/screening/batches/" + made.json().value("id", "");
  }
  static Answer send(const std::string& batch, const std::string& bytes) {
    return screener->send(
        {.method = "PUT", .path = batch + "/file", .body = bytes, .content_type = "application/octet-stream"});
  }
  static json done(const std::string& batch) {
    json now;
    EXPECT_TRUE(wait_until(
        [&] {
          now = screener->get(batch).json();
          const std::string state = now.is_object() ? now.value("state", "") : "";
          return state == "done" || state == "failed";
        },
        240'000))
        << now;
    return now;
  }

  static Alliance* alliance;
  static Browser* screener;
};
Alliance* PartnerFiles::alliance = nullptr;
Browser* PartnerFiles::screener = nullptr;

TEST_F(PartnerFiles, GoOnAfterKillsWithNoRowLostOrDoubled) {
  const char* wanted = std::getenv("PROBITY_PARTNERS");
  const int count = wanted != nullptr ? std::atoi(wanted) : 20'000;
  std::string csv = "name,credit code\r\n";
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) {
    names.push_back(i % 1000 == 7 ? kListedCompany : fmt::format("Example Partner {} Trading Ltd", i));
    csv += names.back() + ",\r\n";
  }
  const std::string batch = announce();
  ASSERT_EQ(send(batch, csv).status, 202);
  // As soon as it is acknowledged, and twice in the middle.
  int kills_while_running = 0;
  for (const int after : {0, count / 4, count / 2}) {
    json now;
    ASSERT_TRUE(wait_until(
        [&] {
          now = screener->get(batch).json();
          return now.is_object() && (now.value("done", 0) >= std::max(after, 0) || now.value("state", "") == "done");
        },
        120'000))
        << now;
    kills_while_running += now.value("state", "") == "done" ? 0 : 1;
    alliance->screener().crash_and_restart();
    alliance->pass_days(0.001);  // the lease of the job that died with its process
  }
  EXPECT_EQ(kills_while_running, 3) << "it was done before it could be killed";
  const json end = done(batch);
  ASSERT_EQ(end.value("state", ""), "done") << end;
  EXPECT_EQ(end.value("rows", 0), count);
  EXPECT_EQ(end.value("done", 0), count);
  int counted = 0;
  for (const auto& [level, rows] : end["counts"].items()) counted += rows.get<int>();
  EXPECT_EQ(counted, count);

  const Answer result = screener->get(batch + "/result");
  ASSERT_EQ(result.status, 200);
  const auto rows = rows_of(result.body);
  ASSERT_EQ(rows.size(), names.size() + 1);
  int listed = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    ASSERT_EQ(rows[i + 1][0], std::to_string(i + 2)) << "rows stand in the order of the file, each once";
    ASSERT_EQ(rows[i + 1][1], names[i]);
    listed += names[i] == kListedCompany && rows[i + 1][5] == kListedCompany ? 1 : 0;
  }
  EXPECT_EQ(listed, count / 1000);
  EXPECT_FALSE(fs::exists(alliance->screener().workspace() + "/screening/" + batch.substr(batch.rfind('/') + 1)));
}

TEST_F(PartnerFiles, AreReadInOldEncodingsAndGivenBackWithoutFormulas) {
  const std::string evil = "=HYPERLINK(\"http://evil.example\")";
  const std::string text =
      fmt::format("企业名称,统一社会信用代码\n{},\n\"{}\",\n+cmd|' /C calc'!A0,\n@SUM(A1),\n-2+3,\n", kListedCompany,
                  "=HYPERLINK(\"\"http://evil.example\"\")");
  for (const bool old_encoding : {true, false}) {
    const std::string batch = announce();
    ASSERT_EQ(send(batch, old_encoding ? as_gb18030(text) : text).status, 202);
    const json end = done(batch);
    ASSERT_EQ(end.value("state", ""), "done") << end;
    EXPECT_EQ(end["notes"][0]["en"].get<std::string>().find("GB18030") != std::string::npos, old_encoding) << end;
    const auto rows = rows_of(screener->get(batch + "/result").body);
    ASSERT_EQ(rows.size(), 6U);
    EXPECT_EQ(rows[1][1], kListedCompany);
    EXPECT_EQ(rows[1][5], kListedCompany);
    EXPECT_NE(rows[2][1].find("HYPERLINK"), std::string::npos) << "kept as words";
    EXPECT_NE(rows[2][1], evil);
    for (const auto& row : rows)
      for (const std::string& cell : row)
        EXPECT_TRUE(cell.empty() || std::string("=+-@\t\r").find(cell[0]) == std::string::npos) << cell;
  }
}

// What is sent, and how much of it, until the node answers.
struct Stream {
  std::int64_t left = 0, sent = 0;
  static std::size_t give(char* to, std::size_t size, std::size_t count, void* self) {
    auto& stream = *static_cast<Stream*>(self);
    const std::size_t bytes = std::min<std::int64_t>(static_cast<std::int64_t>(size * count), stream.left);
    for (std::size_t i = 0; i < bytes; ++i) to[i] = i % 32 == 31 ? '\n' : 'x';
    stream.left -= static_cast<std::int64_t>(bytes);
    stream.sent += static_cast<std::int64_t>(bytes);
    return bytes;
  }
};

struct Refusal {
  long status = 0;
  std::int64_t sent = 0;
  std::string body;
};

// `says_size`: Content-Length; otherwise chunks that come without end being said.
Refusal stream_a_gigabyte(const Node& node, const Browser& person, const std::string& batch, bool says_size) {
  Stream stream{kGigabyte, 0};
  Refusal refusal;
  CURL* curl = ::curl_easy_init();
  curl_slist* headers = ::curl_slist_append(nullptr, "Content-Type: application/octet-stream");
  headers = ::curl_slist_append(headers, "Expect:");
  for (const std::string& line : person.credentials()) headers = ::curl_slist_append(headers, line.c_str());
  if (!says_size) headers = ::curl_slist_append(headers, "Transfer-Encoding: chunked");
  const std::string url = node.url() + "/api/v1" + batch + "/file";
  const auto take = +[](char* data, std::size_t size, std::size_t count, void* to) {
    static_cast<std::string*>(to)->append(data, size * count);
    return size * count;
  };
  ::curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  ::curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  ::curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 60'000L);
  ::curl_easy_setopt(curl, CURLOPT_POST, 1L);
  ::curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "PUT");
  ::curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  ::curl_easy_setopt(curl, CURLOPT_READFUNCTION, Stream::give);
  ::curl_easy_setopt(curl, CURLOPT_READDATA, &stream);
  if (says_size) ::curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(kGigabyte));
  ::curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
  ::curl_easy_setopt(curl, CURLOPT_WRITEDATA, &refusal.body);
  (void)::curl_easy_perform(curl);  // the node may close while bytes are still on their way
  ::curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &refusal.status);
  refusal.sent = stream.sent;
  ::curl_slist_free_all(headers);
  ::curl_easy_cleanup(curl);
  return refusal;
}

TEST_F(PartnerFiles, OfAGigabyteAreRefusedEarlyOverHttp) {
  for (const bool says_size : {true, false}) {
    const std::string batch = announce();
    const pid_t node = alliance->screener().process();
    const std::int64_t before_kib = kib_of(node, "VmRSS");
    const auto from = std::chrono::steady_clock::now();
    const Refusal refusal = stream_a_gigabyte(alliance->screener(), *screener, batch, says_size);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - from;
    EXPECT_EQ(refusal.status, 413) << refusal.body;
    EXPECT_NE(refusal.body.find("too_large"), std::string::npos) << refusal.body;
    EXPECT_LT(refusal.sent, says_size ? 16 << 20 : 64 << 20) << "refused before all of it was sent";
    EXPECT_LT(took.count(), 20);
    const std::int64_t grown_kib = kib_of(node, "VmHWM") - before_kib;
    fmt::print("1 GB over HTTP, {}: {} after {:.1f} MB and {:.2f} s, memory at most {} MB more\n",
               says_size ? "its size said" : "in chunks", refusal.status, static_cast<double>(refusal.sent) / 1e6,
               took.count(), grown_kib / 1024);
    EXPECT_LT(grown_kib, kMostKib);
    EXPECT_EQ(screener->get(batch).json().value("state", ""), "awaiting_file") << "a smaller one can follow";
  }
}

struct Measured {
  int exit_code = -1;
  long most_kib = 0;
  std::string out;
};

// The program as `probity` runs it, with the most memory it had.
Measured measured(const std::vector<std::string>& arguments, const std::string& folder) {
  const std::string out = folder + "/measured.out";
  const pid_t process = ::fork();
  if (process == 0) {
    ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
    const int file = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(file, STDOUT_FILENO);
    ::dup2(file, STDERR_FILENO);
    std::vector<char*> argv{const_cast<char*>(PROBITY_PROGRAM)};
    for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    ::execv(PROBITY_PROGRAM, argv.data());
    ::_exit(127);
  }
  int status = 0;
  rusage used{};
  ::wait4(process, &status, 0, &used);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), used.ru_maxrss, read_text_file(out)};
}

TEST_F(PartnerFiles, OfAGigabyteAreRefusedByTheCommandLine) {
  const std::string folder = alliance->root(), file = folder + "/gigabyte.csv";
  std::ofstream(file) << "name\n";
  fs::resize_file(file, static_cast<std::uintmax_t>(kGigabyte));  // sparse
  const std::string workspace = alliance->screener().workspace();
  const std::vector<std::string> command{"screen", "batch", file,     "--out", folder + "/out.csv",
                                         "--json", "-w",    workspace};
  const Measured refused = measured(command, folder);
  fmt::print("1 GB by the command line: exit code {}, at most {} MB\n", refused.exit_code, refused.most_kib / 1024);
  EXPECT_EQ(refused.exit_code, 25) << refused.out;
  EXPECT_NE(refused.out.find("at most 32 MB"), std::string::npos) << refused.out;
  EXPECT_LT(refused.most_kib, kMostKib);
  EXPECT_FALSE(fs::exists(folder + "/out.csv"));
  fs::remove(file);
  // What has no size to be seen is not read at all.
  auto pipe = command;
  pipe[2] = "/dev/zero";
  EXPECT_EQ(measured(pipe, folder).exit_code, 2);
}

}  // namespace
}  // namespace probity::test
