// Checking an evidence package: whole, by whom, since when, and whether custody and log records are what they say.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/package.h"

namespace probity::evidence {

enum class Mark { right, wrong, missing };

struct PackageLine {
  Mark mark = Mark::right;
  std::string en, zh;
};

struct Package {
  std::string matter;
  std::string organisation;
  std::map<std::string, Bytes> report;  // by name, without the folder
  std::vector<PackageFile> leaks;       // in the report's order, under the names they had
  std::vector<PackageMaster> masters;
  std::vector<PackageLine> lines;  // what was checked here, the worst included
  seal::ContainerCheck seal;
  bool holds() const;
};

struct PackageOptions {
  seal::CheckOptions seal{};
  std::string policy{};  // a tlog-policy to believe; empty: the package's own, which then proves less
};

// A value when the container is whole; what is wrong inside is said in `lines`. Errors: those of check_container();
// corrupt (its list of contents cannot be read), unsupported (another version).
Result<Package> read_package(BytesView package, const PackageOptions& options = {});

}  // namespace probity::evidence
