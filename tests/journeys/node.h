// A node that serves, and people who speak to it over HTTP: staff, recipients, and strangers.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "journeys/program.h"

namespace probity::test {

struct Answer {
  int status = 0;                              // 0: the connection ended before an answer came
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;

  nlohmann::json json() const { return nlohmann::json::parse(body, nullptr, false); }
  std::string code() const;  // of the problem; empty when it is none
};

struct Call {
  std::string method = "GET";
  std::string path;  // after /api/v1, or whole when it begins with "!"
  std::string body = {};
  std::string content_type = "application/json";
  std::vector<std::string> headers = {};
  long timeout_ms = 60'000;
};

// One browser: a connection, cookies and the CSRF token. Not thread-safe.
class Browser {
 public:
  explicit Browser(std::string url);
  ~Browser();
  Browser(Browser&&) noexcept;
  Browser& operator=(Browser&&) noexcept;

  Answer send(const Call& call);
  Answer get(const std::string& path) { return send({.path = path}); }
  Answer post(const std::string& path, const nlohmann::json& body = nullptr) { return change("POST", path, body); }
  Answer change(const std::string& method, const std::string& path, const nlohmann::json& body = nullptr);

  // After an answer that opened a session.
  void take_csrf(const Answer& answer);
  void forget_csrf() { csrf_.clear(); }
  // Header lines by which the node knows this person, for another client.
  std::vector<std::string> credentials() const;
  // The same person at another connection, as a second tab is.
  void be_like(const Browser& other) { csrf_ = other.csrf_, cookies_ = other.cookies_; }

 private:
  std::string url_, csrf_;
  std::map<std::string, std::string> cookies_;
  void* curl_ = nullptr;
};

// `probity serve` in a folder of its own, with an administrator signed in.
class Node {
 public:
  struct Options {
    std::size_t most_file_bytes = 0;            // RLIMIT_FSIZE
    std::vector<std::string> environment = {};  // "NAME=value"
    std::string access_log = "off";
    std::string workspace = {};  // one that was made before; a new one otherwise
  };
  Node() : Node(Options()) {}
  explicit Node(const Options& options);
  ~Node();

  void start();
  // kill -9, and a new start on the same port.
  void crash_and_restart();
  void stop();  // gracefully; the workspace stays

  const std::string& url() const { return url_; }
  std::string workspace() const { return options_.workspace.empty() ? root_ + "/data" : options_.workspace; }
  pid_t process() const { return program_->id(); }
  std::string log() const { return program_->said(); }
  Browser& staff() { return *staff_; }
  Browser stranger() const { return Browser(url_); }
  // An account of before, signed in anew: sessions end as time is moved on.
  Browser sign_in(const std::string& role) const;
  // Another account with this role, signed in.
  Browser colleague(const std::string& role);

  Outcome run(std::vector<std::string> arguments) const;

 private:
  std::string root_, url_;
  int port_ = 0;
  Options options_;
  std::unique_ptr<Program> program_;
  std::unique_ptr<Browser> staff_;
};

// Waits until the job has ended and answers it.
nlohmann::json finished_job(Browser& staff, const std::string& id);
// Uploads a file in one chunk, answers the preparation's job as it ended.
nlohmann::json upload(Browser& staff, const std::string& project, const std::string& file, const std::string& title);

// A project with one asset, and one outlet under which its people are.
struct Story {
  std::string project, asset, outlet;
  nlohmann::json terms;
  std::string template_id;
  std::map<std::string, std::string> right;  // answers by question
};
Story begin_story(Browser& staff, bool with_asset = true);

struct Invitee {
  std::string party, commitment, token;
  std::string name;
};
// Sends this many people a commitment.
std::vector<Invitee> invite(Browser& staff, const Story& story, int count, const std::string& prefix = "Test Person");

// The code last mailed to this person.
std::string mailed_code(Browser& staff, const std::string& email);
std::string email_of(const std::string& name);

// Steps of a recipient; each answers what the node answered.
Answer ask_for_code(Browser& recipient, const Invitee& invitee);
Answer enter(Browser& recipient, const Invitee& invitee, const std::string& code);
Answer read_and_answer(Browser& recipient, const Story& story, const Invitee& invitee);
nlohmann::json signature(const nlohmann::json& commitment, const std::string& name);
Answer sign(Browser& recipient, const Invitee& invitee);

}  // namespace probity::test
