// The commands of cases, leaks and shoots in a workspace of their own, without a server: what must be done, and what
// must be refused with its reason and what to do.
#pragma once

#include <gtest/gtest.h>

#include <ctime>
#include <string>
#include <vector>

#include "journeys/launch.h"

namespace probity::test {

inline bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

inline std::string days_from_today(int days) {
  const std::time_t at = std::time(nullptr) + static_cast<std::time_t>(days) * 86'400;
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&at));
  return text;
}

class MatterCommands : public testing::Test {
 protected:
  // The words of what must succeed.
  std::string done(const std::vector<std::string>& arguments) const {
    const Outcome outcome = launch_.run(arguments);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
    return outcome.out;
  }
  // The document of what must succeed; an empty one if it did not.
  nlohmann::json made(std::vector<std::string> arguments) const {
    arguments.push_back("--json");
    const nlohmann::json document = nlohmann::json::parse(done(arguments), nullptr, false);
    EXPECT_TRUE(document.is_object()) << document;
    return document.is_object() ? document : nlohmann::json::object();
  }
  // What must be refused with this exit code, in words and as JSON; the words.
  std::string refused(int exit_code, std::vector<std::string> arguments) const {
    const Outcome outcome = launch_.run(arguments);
    EXPECT_EQ(outcome.exit_code, exit_code) << outcome.out << outcome.err;
    arguments.push_back("--json");
    EXPECT_EQ(launch_.run(arguments).exit_code, exit_code);
    return outcome.err;
  }

  Launch launch_ = Launch::empty();
};

}  // namespace probity::test
