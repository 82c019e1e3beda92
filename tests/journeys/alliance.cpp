#include "journeys/alliance.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "alliance/hub_link.h"
#include "app/member_folder.h"

namespace probity::test {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

// Free a moment ago; a key-holder's address stands on its card before it listens.
int free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  EXPECT_EQ(::bind(socket, generic, size), 0);
  EXPECT_EQ(::getsockname(socket, generic, &size), 0);
  ::close(socket);
  return ntohs(address.sin_port);
}

}  // namespace

Alliance::Alliance(const Options& options) {
  std::string pattern = (fs::temp_directory_path() / "probity-alliance-XXXXXX").string();
  EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
  root_ = pattern;
  pass_days(0);
  make_holders(options);
  make_hub();
  make_member("ombudsman", "Office of the Ombudsman", true);
  make_member("filer", "Harbour Motors", false);
  make_member("screener", "Lantern Films", false);
  serve_holders();
  hub_ = serve("hub");
  wires_.back()->pass_on_to(std::stoi(hub_->url().substr(hub_->url().rfind(':') + 1)));
  wait_for_roll();
  ombudsman_ = serve("ombudsman");
  filer_ = serve("filer");
  screener_ = serve("screener");
}

Alliance::~Alliance() {
  screener_.reset();
  filer_.reset();
  ombudsman_.reset();
  hub_.reset();
  holders_.clear();
  wires_.clear();
  fs::remove_all(root_);
}

Outcome Alliance::run(std::vector<std::string> arguments) const {
  const Outcome outcome = probity(arguments, {.folder = root_, .environment = environment()});
  EXPECT_EQ(outcome.exit_code, 0) << fmt::format("{}", fmt::join(arguments, " ")) << "\n" << outcome.err << outcome.out;
  return outcome;
}

void Alliance::pass_days(double days) {
  days_ += days;
  // Read on every call of a clock: it must never be half-written.
  std::ofstream(root_ + "/days.new") << days_;
  fs::rename(root_ + "/days.new", root_ + "/days");
}

void Alliance::make_holders(const Options& options) {
  std::vector<std::string> plan{"keyholder",    "plan",
                                "--epoch",      "2027",
                                "--threshold",  std::to_string(options.threshold),
                                "--memory-kib", std::to_string(options.memory_kib),
                                "--passes",     std::to_string(options.passes),
                                "--out",        root_ + "/ceremony"};
  for (int i = 1; i <= options.holders; ++i) {
    holder_ports_.push_back(free_port());
    wires_.push_back(std::make_unique<Relay>(holder_ports_.back()));
    holder_folders_.push_back(fmt::format("{}/holder-{}", root_, i));
    run({"keyholder", "init", holder_folders_.back(), "--name", fmt::format("Holder {}", i), "--url",
         fmt::format("http://127.0.0.1:{}", wires_.back()->port())});
    plan.push_back(holder_folders_.back() + "/card.json");
  }
  run(plan);
  bool done = false;
  for (int round = 0; round < 4 && !done; ++round) {
    done = true;
    for (const auto& folder : holder_folders_)
      done &= json::parse(run({"keyholder", "join", "--data", folder, root_ + "/ceremony", "--json"}).out)
                  .value("done", false);
  }
  EXPECT_TRUE(done) << "the ceremony does not end";
}

void Alliance::serve_holders() {
  for (std::size_t i = 0; i < holder_ports_.size(); ++i) {
    holders_.push_back(std::make_unique<Program>(
        std::vector<std::string>{"keyholder", "serve", "--data", holder_folders_[i], "--listen",
                                 fmt::format("127.0.0.1:{}", holder_ports_[i]),
                                 // Members come with the hub's roll, by themselves.
                                 "--hub", fmt::format("http://127.0.0.1:{}", wires_.back()->port()), "--hub-identity",
                                 hub_identity_, "--roll-every", "1"},
        RunOptions{.folder = root_, .environment = environment()}));
    EXPECT_TRUE(wait_until([&] { return !holders_.back()->said_out().empty(); }, 60'000)) << holders_.back()->said();
  }
}

// Until every key-holder has fetched who the members are.
void Alliance::wait_for_roll() const {
  const auto sender = alliance::curl_http_sender();
  for (const int port : holder_ports_) {
    const std::string url = fmt::format("http://127.0.0.1:{}/metrics", port);
    EXPECT_TRUE(wait_until(
        [&] {
          return sender->send("GET", url, {}, "").body.find("\nprobity_keyholder_members 3") != std::string::npos;
        },
        60'000))
        << "a key-holder has not taken the hub's roll";
  }
}

void Alliance::suspend(const Node& member) {
  const auto facts = app::MemberFolder(member.workspace()).facts();
  ASSERT_TRUE(facts);
  run({"hub", "suspend", "-w", root_ + "/hub", facts->member.text(), "--reason", "An audit was not answered"});
}

void Alliance::make_hub() {
  run({"init", root_ + "/hub"});
  hub_identity_ = json::parse(run({"hub", "init", "-w", root_ + "/hub", "--json"}).out).value("hub", "");
  run({"hub", "keys", "-w", root_ + "/hub", ceremony() + "/directory.json"});
  wires_.push_back(std::make_unique<Relay>());
}

void Alliance::make_member(const std::string& folder, const std::string& name, bool is_ombudsman) {
  run({"init", root_ + "/" + folder});
  const json facts =
      json::parse(run({"member", "init", "-w", root_ + "/" + folder, "--name", name, "--hub-url",
                       fmt::format("http://127.0.0.1:{}", wires_.back()->port()), "--hub", hub_identity_, "--json"})
                      .out);
  std::vector<std::string> admit{"hub",        "admit",
                                 "-w",         root_ + "/hub",
                                 "--member",   facts.value("member", ""),
                                 "--name",     name,
                                 "--identity", facts.value("identity", "")};
  if (is_ombudsman) admit.push_back("--ombudsman");
  run(admit);
}

std::unique_ptr<Node> Alliance::serve(const std::string& folder) const {
  return std::make_unique<Node>(Node::Options{.environment = environment(),
                                              .access_log = fmt::format("{}/{}.log", root_, folder),
                                              .workspace = root_ + "/" + folder});
}

std::string Alliance::heard() const {
  std::string all;
  for (const auto& wire : wires_) all += wire->heard();
  return all;
}

std::vector<pid_t> Alliance::unknowing_processes() const {
  std::vector<pid_t> processes{hub_->process()};
  for (const auto& holder : holders_) processes.push_back(holder->id());
  return processes;
}

std::vector<std::string> Alliance::unknowing_files() const {
  std::vector<std::string> files;
  std::vector<std::string> folders = holder_folders_;
  folders.push_back(hub_->workspace());
  for (const auto& folder : folders)
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file()) files.push_back(entry.path().string());
  for (const auto& entry : fs::directory_iterator(root_))
    if (entry.path().extension() == ".log") files.push_back(entry.path().string());
  return files;
}

}  // namespace probity::test
