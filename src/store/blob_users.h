// Which blobs the records of a workspace name, found the way a conservative garbage collector finds pointers: whatever
// looks like the name of a blob is taken for one, in every text of every table.
//
// A list of the columns that name blobs would be shorter, and a noun that forgets to stand in it would lose its files:
// sealed promises, evidence. Here nobody can forget. What it costs is a scan, and a blob kept now and then because a
// register entry or a custody step happens to mention its hash.
#pragma once

#include <string>
#include <vector>

#include "copies/blob_users.h"
#include "store/database.h"

namespace probity::store {

struct TextColumn {
  std::string table, column;
  auto operator<=>(const TextColumn&) const = default;
};
// Every column of type TEXT in the schema.
std::vector<TextColumn> text_columns();

// Takes the hashes that `text` mentions, as runs of exactly 64 lower-case hex digits, out of `unused`.
void strike_mentioned(std::string_view text, std::set<Hash>& unused);

// Thread-safe. Borrows the database.
class BlobUsers final : public copies::BlobUsers {
 public:
  explicit BlobUsers(Database& database) : database_(database) {}
  Result<void> strike_used(std::set<Hash>& unused) override;

 private:
  Database& database_;
};

}  // namespace probity::store
