// The node: a workspace served over HTTP, with its jobs and its clockwork.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/config.h"

namespace probity::app {

struct NodeOptions {
  std::string folder;        // the workspace; made when it does not exist
  bool sample = false;       // with the sample project and its accounts; on a loopback address only
  std::string pages_folder;  // web interface from the disk; empty: the program's own
  std::function<void(const std::string&)> remark;  // trouble that stops nothing, in words without secrets
};

// Running from open() to stop(). The destructor stops.
class Node {
 public:
  // Serves when it returns. Errors: those of Workspace::open, Records::open and http::Server::start; conflict when
  // another server holds the workspace.
  static Result<std::unique_ptr<Node>> open(const Config& config, const NodeOptions& options);
  virtual ~Node() = default;

  virtual std::string url() const = 0;
  // Where the first account is made; empty once there is one.
  virtual std::string setup_link() const = 0;
  // Answers what has come, lets jobs reach a safe point, and ends. Idempotent.
  virtual void stop() = 0;
};

}  // namespace probity::app
