// A whole alliance on loopback: key-holders, hub, the ombudsman's node and two members' nodes, each a process of its
// own. Their clocks can be moved on together.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "journeys/node.h"
#include "journeys/relay.h"

namespace probity::test {

class Alliance {
 public:
  struct Options {
    int holders = 3, threshold = 2;
    int memory_kib = 64, passes = 1;  // of the slow hash
  };
  Alliance() : Alliance(Options()) {}
  explicit Alliance(const Options& options);
  ~Alliance();

  Node& hub() { return *hub_; }
  Node& filer() { return *filer_; }
  Node& screener() { return *screener_; }
  Node& ombudsman() { return *ombudsman_; }

  // By the hub's operator; key-holders hear of it when they fetch the roll, every second.
  void suspend(const Node& member);

  // All clocks. Sessions of before have ended then.
  void pass_days(double days);
  const std::string& root() const { return root_; }
  // All that went over the wires between members, hub and key-holders.
  std::string heard() const;
  std::string ceremony() const { return root_ + "/ceremony"; }
  // Every process that must not know whom the list is about.
  std::vector<pid_t> unknowing_processes() const;
  // Everything that they keep: key-holders' folders, the hub's workspace, all access logs.
  std::vector<std::string> unknowing_files() const;

 private:
  std::vector<std::string> environment() const { return {"PROBITY_REHEARSAL_DAYS=" + root_ + "/days"}; }
  void make_holders(const Options& options);
  void make_hub();
  void serve_holders();
  void wait_for_roll() const;
  std::unique_ptr<Node> serve(const std::string& folder) const;
  void make_member(const std::string& folder, const std::string& name, bool is_ombudsman);
  Outcome run(std::vector<std::string> arguments) const;

  std::string root_;
  double days_ = 0;
  std::vector<std::string> holder_folders_;
  std::vector<std::unique_ptr<Relay>> wires_;  // to each key-holder, then to the hub
  std::vector<int> holder_ports_;
  std::vector<std::unique_ptr<Program>> holders_;
  std::string hub_identity_;
  std::unique_ptr<Node> hub_, filer_, screener_, ombudsman_;
};

}  // namespace probity::test
