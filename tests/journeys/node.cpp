#include "journeys/node.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <thread>
#include <utility>

#include "journeys/launch.h"

namespace probity::test {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr const char* kPassword = "a long enough passphrase";
constexpr int kReadyMs = 60'000;  // sanitizers on a busy machine
constexpr int kJobMs = 240'000;

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* body) {
  static_cast<std::string*>(body)->append(data, size * count);
  return size * count;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* answer) {
  const std::string line(data, size * count);
  const std::size_t colon = line.find(':');
  if (colon == std::string::npos) return size * count;
  std::string value = line.substr(std::min(colon + 2, line.size()));
  while (!value.empty() && (value.back() == '\r' || value.back() == '\n')) value.pop_back();
  auto& headers = static_cast<Answer*>(answer)->headers;
  std::string& known = headers[lower(line.substr(0, colon))];
  known += known.empty() ? value : "\n" + value;
  return size * count;
}

std::string after(const std::string& text, const std::string& mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string::npos) return {};
  const std::size_t from = at + mark.size();
  return text.substr(from, text.find_first_of(" \r\n", from) - from);
}

}  // namespace

std::string Answer::code() const {
  const auto problem = nlohmann::json::parse(body, nullptr, false);
  return problem.is_object() ? problem.value("code", "") : "";
}

Browser::Browser(std::string url) : url_(std::move(url)), curl_(curl_easy_init()) {}
Browser::~Browser() {
  if (curl_ != nullptr) curl_easy_cleanup(curl_);
}
Browser::Browser(Browser&& other) noexcept
    : url_(std::move(other.url_)),
      csrf_(std::move(other.csrf_)),
      cookies_(std::move(other.cookies_)),
      curl_(std::exchange(other.curl_, nullptr)) {}

Browser& Browser::operator=(Browser&& other) noexcept {
  std::swap(url_, other.url_);
  std::swap(csrf_, other.csrf_);
  std::swap(cookies_, other.cookies_);
  std::swap(curl_, other.curl_);
  return *this;
}

Answer Browser::send(const Call& call) {
  Answer answer;
  curl_easy_reset(curl_);
  const std::string url = url_ + (call.path.starts_with("!") ? call.path.substr(1) : "/api/v1" + call.path);
  curl_slist* headers = nullptr;
  const auto add = [&](const std::string& line) { headers = curl_slist_append(headers, line.c_str()); };
  add("Expect:");
  for (const auto& line : credentials()) add(line);
  for (const auto& line : call.headers) add(line);
  curl_easy_setopt(curl_, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl_, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl_, CURLOPT_TIMEOUT_MS, call.timeout_ms);
  curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &answer.body);
  curl_easy_setopt(curl_, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(curl_, CURLOPT_HEADERDATA, &answer);
  if (call.method == "HEAD") {
    curl_easy_setopt(curl_, CURLOPT_NOBODY, 1L);
  } else if (call.method != "GET") {
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, call.body.data());
    curl_easy_setopt(curl_, CURLOPT_CUSTOMREQUEST, call.method.c_str());
    add("Content-Type: " + call.content_type);
  }
  curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers);
  const CURLcode outcome = curl_easy_perform(curl_);
  long status = 0;
  if (outcome == CURLE_OK) curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  curl_slist_free_all(headers);
  if (const auto set = answer.headers.find("set-cookie"); set != answer.headers.end()) {
    const std::size_t equals = set->second.find('=');
    cookies_[set->second.substr(0, equals)] = set->second.substr(equals + 1, set->second.find(';') - equals - 1);
  }
  return answer;
}

std::vector<std::string> Browser::credentials() const {
  std::vector<std::string> lines;
  if (!csrf_.empty()) lines.push_back("X-CSRF-Token: " + csrf_);
  std::string cookies;
  for (const auto& [name, value] : cookies_) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
  if (!cookies.empty()) lines.push_back("Cookie: " + cookies);
  return lines;
}

Answer Browser::change(const std::string& method, const std::string& path, const json& body) {
  return send({.method = method, .path = path, .body = body.is_null() ? "" : body.dump()});
}

void Browser::take_csrf(const Answer& answer) {
  const json session = answer.json();
  if (session.is_object()) csrf_ = session.value("csrf_token", "");
}

Node::Node(const Options& options) : options_(options) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  EXPECT_EQ(ready, CURLE_OK);
  std::string pattern = (fs::temp_directory_path() / "probity-node-XXXXXX").string();
  EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
  root_ = pattern;
  start();
  staff_ = std::make_unique<Browser>(url_);
  const Answer made = staff_->post("/setup", {{"token", after(program_->said_out(), "/setup#")},
                                              {"organisation", "Sample Motors"},
                                              {"name", "Avery Stone"},
                                              {"email", "avery@sample.example"},
                                              {"password", kPassword}});
  EXPECT_EQ(made.status, 201) << made.body << program_->said();
  staff_->take_csrf(made);
}

Node::~Node() {
  program_.reset();
  fs::remove_all(root_);
}

void Node::start() {
  const std::string listen = fmt::format("127.0.0.1:{}", port_);
  program_ = std::make_unique<Program>(
      std::vector<std::string>{"serve", "--data", workspace(), "--listen", listen, "--access-log", options_.access_log},
      RunOptions{.folder = root_, .environment = options_.environment, .most_file_bytes = options_.most_file_bytes});
  const auto address = [&] { return after(program_->said_out(), " on http://"); };
  ASSERT_TRUE(wait_until([&] { return !address().empty() || !program_->running(); }, kReadyMs)) << program_->said();
  url_ = "http://" + address();
  ASSERT_GT(url_.size(), std::string("http://").size()) << program_->said();
  port_ = std::stoi(url_.substr(url_.rfind(':') + 1));
  ASSERT_TRUE(wait_until([&] { return stranger().get("!/readyz").status == 200; }, kReadyMs)) << program_->said();
}

void Node::crash_and_restart() {
  program_->send(SIGKILL);
  program_->wait();
  start();
}

void Node::stop() {
  program_->send(SIGTERM);
  program_->wait();
}

Browser Node::sign_in(const std::string& role) const {
  Browser browser = stranger();
  const Answer opened = browser.post("/sign-in", {{"email", role + "@sample.example"}, {"password", kPassword}});
  EXPECT_EQ(opened.status, 200) << opened.body;
  browser.take_csrf(opened);
  return browser;
}

Browser Node::colleague(const std::string& role) {
  const Answer invited =
      staff_->post("/accounts", {{"email", role + "@sample.example"}, {"name", "A " + role}, {"roles", {role}}});
  EXPECT_EQ(invited.status, 201) << invited.body;
  Browser browser = stranger();
  const std::string link = invited.json().value("link", "");
  const Answer accepted =
      browser.post("/invitations/accept", {{"token", link.substr(link.find('#') + 1)}, {"password", kPassword}});
  EXPECT_EQ(accepted.status, 200) << accepted.body;
  browser.take_csrf(accepted);
  return browser;
}

Outcome Node::run(std::vector<std::string> arguments) const {
  arguments.insert(arguments.end(), {"-w", workspace()});
  return probity(arguments, {.folder = root_, .environment = options_.environment});
}

json finished_job(Browser& staff, const std::string& id) {
  json job;
  const bool ended = wait_until(
      [&] {
        job = staff.get("/jobs/" + id).json();
        const std::string state = job.is_object() ? job.value("state", "") : "";
        if (state == "queued" || state == "running" || state.empty())
          std::this_thread::sleep_for(std::chrono::milliseconds(50));
        return state == "done" || state == "failed" || state == "cancelled";
      },
      kJobMs);
  EXPECT_TRUE(ended) << job;
  return job;
}

json upload(Browser& staff, const std::string& project, const std::string& file, const std::string& title) {
  const std::string bytes = read_text_file(file);
  const Answer begun = staff.post("/projects/" + project + "/uploads",
                                  {{"file_name", "photo.jpg"}, {"size_bytes", bytes.size()}, {"title", title}});
  EXPECT_EQ(begun.status, 201) << begun.body;
  const Answer sent = staff.send({.method = "PUT",
                                  .path = "/uploads/" + begun.json().value("id", "") + "?offset=0",
                                  .body = bytes,
                                  .content_type = "application/octet-stream"});
  EXPECT_EQ(sent.status, 200) << sent.body;
  return finished_job(staff, sent.json().value("job", ""));
}

Story begin_story(Browser& staff, bool with_asset) {
  Story story;
  story.project = staff.post("/projects", {{"name", "Harbour Nine"}}).json().value("id", "");
  EXPECT_EQ(story.project.size(), 26U);
  if (with_asset) {
    const json job = upload(staff, story.project, small_photo(), "coast");
    EXPECT_EQ(job.value("state", ""), "done") << job;
    story.asset = staff.get("/projects/" + story.project + "/assets").json()["items"][0]["id"];
  }
  story.outlet = staff.post("/parties", {{"kind", "outlet"}, {"name", "Motor Weekly"}}).json().value("id", "");
  const json templates = staff.get("/templates").json();
  for (const auto& row : templates["items"])
    if (row["locale"] == "en" && story.template_id.empty()) story.template_id = row["id"];
  const json whole = staff.get("/templates/" + story.template_id).json();
  story.terms = whole["terms"];
  story.terms["liable"] = "person";
  for (const auto& question : whole["text"]["questions"]) story.right[question["id"]] = question["right"];
  return story;
}

std::string email_of(const std::string& name) {
  std::string email = lower(name);
  std::replace(email.begin(), email.end(), ' ', '.');
  return email + "@weekly.example";
}

std::vector<Invitee> invite(Browser& staff, const Story& story, int count, const std::string& prefix) {
  std::map<std::string, Invitee> by_party;
  json parties = json::array();
  for (int i = 0; i < count; ++i) {
    Invitee invitee;
    invitee.name = fmt::format("{} {}x", prefix, i);  // "x": no name begins another
    const Answer made = staff.post(
        "/parties",
        {{"kind", "person"}, {"name", invitee.name}, {"parent", story.outlet}, {"email", email_of(invitee.name)}});
    EXPECT_EQ(made.status, 201) << made.body;
    invitee.party = made.json().value("id", "");
    parties.push_back(invitee.party);
    by_party[invitee.party] = invitee;
  }
  const Answer sent = staff.post("/projects/" + story.project + "/commitments", {{"template", story.template_id},
                                                                                 {"parties", parties},
                                                                                 {"terms", story.terms},
                                                                                 {"assets", nullptr},
                                                                                 {"company_signatory", nullptr},
                                                                                 {"send", true}});
  EXPECT_EQ(sent.status, 201) << sent.body;
  std::vector<Invitee> invitees;
  const json row_list = sent.json();
  for (const auto& row : row_list["items"]) {
    Invitee invitee = by_party[row["party"]];
    invitee.commitment = row["id"];
    const json mails = staff.get("/outbox?search=" + email_of(invitee.name)).json();
    const json mail = staff.get("/outbox/" + mails["items"][0]["id"].get<std::string>()).json();
    const std::string link = mail.value("link", "");
    invitee.token = link.substr(link.find('#') + 1);
    invitees.push_back(invitee);
  }
  EXPECT_EQ(invitees.size(), static_cast<std::size_t>(count));
  return invitees;
}

std::string mailed_code(Browser& staff, const std::string& email) {
  static const std::regex kCode(R"(\b(\d{3}) ?(\d{3})\b)");
  const json mails = staff.get("/outbox?limit=20&search=" + email).json();
  for (const auto& mail : mails["items"]) {
    if (mail["kind"].get<std::string>().find("code") == std::string::npos) continue;
    const std::string text = staff.get("/outbox/" + mail["id"].get<std::string>()).json().value("text", "");
    std::smatch found;
    if (std::regex_search(text, found, kCode)) return found[1].str() + found[2].str();
  }
  return {};
}

Answer ask_for_code(Browser& recipient, const Invitee& invitee) {
  return recipient.post("/recipient/link", {{"token", invitee.token}});
}

Answer enter(Browser& recipient, const Invitee& invitee, const std::string& code) {
  Answer opened = recipient.post("/recipient/session", {{"token", invitee.token}, {"code", code}});
  if (opened.status == 201) recipient.take_csrf(opened);
  return opened;
}

Answer read_and_answer(Browser& recipient, const Story& story, const Invitee& invitee) {
  const std::string path = "/recipient/commitments/" + invitee.commitment;
  Answer read = recipient.post(path + "/read");
  if (read.status != 200) return read;
  json answers = json::array();
  const json shown = read.json();
  for (const auto& question : shown["questions"])
    answers.push_back({{"question", question["id"]}, {"choice", story.right.at(question["id"])}});
  return recipient.post(path + "/answers", {{"answers", answers}});
}

json signature(const json& commitment, const std::string& name) {
  json ticks = json::array();
  for (const auto& tick : commitment["ticks"]) ticks.push_back(tick["id"]);
  return {{"name", name}, {"ticks", ticks}, {"text_hash", commitment["text_hash"]}, {"consent", true}};
}

Answer sign(Browser& recipient, const Invitee& invitee) {
  const std::string path = "/recipient/commitments/" + invitee.commitment;
  const Answer shown = recipient.get(path);
  if (shown.status != 200) return shown;
  return recipient.post(path + "/sign", signature(shown.json(), invitee.name));
}

}  // namespace probity::test
