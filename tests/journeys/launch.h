// A workspace on disk for one journey, made by copying one that was made once for all of them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "journeys/program.h"

namespace probity::test {

class Launch {
 public:
  // With one asset, "coast", and no copies.
  Launch();
  // Without anything but its key and register.
  static Launch empty();
  Launch(Launch&& other) noexcept;
  ~Launch();

  // `probity` inside the workspace.
  Outcome run(const std::vector<std::string>& arguments) const {
    return probity(arguments, {.folder = folder(), .environment = {}});
  }
  // The same with --json, which must print JSON and nothing else; a null value if it did not.
  nlohmann::json json(std::vector<std::string> arguments) const;

  std::string folder() const { return root_ + "/launch"; }
  // Records commitments on paper of these recipients: {"--to", "Name, outlet", …} or {"--csv", file}.
  void sign(const std::vector<std::string>& recipients) const;
  // A path beside the workspace.
  std::string file(const std::string& name) const { return root_ + "/" + name; }
  // A file of `count` plainly fictional recipients.
  std::string write_people(int count) const;
  std::vector<std::string> files_in(const std::string& folder_name) const;

 private:
  explicit Launch(const std::string& model);
  std::string root_;
};

// A photograph of 720 px on the long side, made once from one of Debian's; another for each `variant`.
std::string small_photo(int variant = 0);

std::string read_text_file(const std::string& path);

// Runs SQL on a workspace's database behind the program's back.
void tamper(const Launch& launch, const std::string& sql);

}  // namespace probity::test
