// What differs between databases: connecting, beginning a write, and what their errors mean. All else is common SQL.
#pragma once

#include <exception>
#include <memory>
#include <string>

#include "base/result.h"

namespace soci {
class session;
}

namespace probity::store {

class Backend {
 public:
  virtual ~Backend() = default;
  // An open connection with durable commits and foreign keys on. May throw what `translate` understands.
  virtual std::unique_ptr<soci::session> connect() = 0;
  // The statement that begins a transaction in which nobody else writes.
  virtual const char* begin_write() const = 0;
  // SOCI's texts hold the values that were bound, so none of them gets out: our own words for each kind of failure.
  virtual Error translate(const std::exception& exception) const = 0;
};

// `path` is the database file; it is created when it does not exist.
// Errors: invalid_argument for a path with quotation marks, which the connection string cannot hold.
Result<std::unique_ptr<Backend>> sqlite_backend(const std::string& path);

}  // namespace probity::store
