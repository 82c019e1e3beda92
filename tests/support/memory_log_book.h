// A log book that keeps what it is told, in order.
#pragma once

#include <vector>

#include "log/log_book.h"

namespace probity::test {

struct MemoryLogBook final : log::LogBook {
  Result<Id> record(const log::LogRecord& record) override {
    records.push_back(record);
    Id id;
    id.bytes.back() = static_cast<std::uint8_t>(records.size());
    id.bytes.front() = static_cast<std::uint8_t>(records.size() >> 8);
    return id;
  }
  Result<std::optional<log::Opening>> opening(const Id&) override { return std::optional<log::Opening>(); }
  Result<std::vector<log::Opening>> openings_of(const Id&) override { return std::vector<log::Opening>(); }
  Result<std::optional<std::string>> proof(const Id&) override { return std::optional<std::string>(); }
  Result<void> erase(const Id&) override { return {}; }
  std::vector<log::LogRecord> records;
};

}  // namespace probity::test
