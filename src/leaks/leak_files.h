// Taking leaked files in: kept untouched as evidence, shown as pictures, looked for among the organisation's releases.
#pragma once

#include "leaks/desk.h"

namespace probity::leaks {

// A leak is a few pictures; whoever has more opens another matter.
inline constexpr std::size_t kMostFiles = 100;

struct TakenFile {
  Id leak;
  std::string name;
  evidence::Kind kind = evidence::Kind::original;  // original, repost or capture
  std::optional<Id> parent{};
  std::string why;
  std::string tool;  // by which way it came
};

struct FileWithState {
  evidence::Item item;
  std::optional<FileState> state;  // none while it is being looked at
};

// Thread-safe. Borrows its ports. Pictures are decoded in the sandboxed child.
class LeakFiles {
 public:
  explicit LeakFiles(const LeakPorts& ports) : desk_(ports) {}

  // Before bytes are sent: whether they would be taken. Errors: not_found (leak, parent); conflict; too_large when
  // there are kMostFiles already; invalid_argument for kinds that only we make.
  Result<void> check(const TakenFile& file);

  // Keeps the bytes, then, for a zip, each file in it; makes what pages show and searches the releases. Safe to run
  // again after it broke off. `go_on` is asked between files. What is no picture is kept and said to be none: that is
  // no error. Errors: those of check; too_large, corrupt, unsupported for an archive that is not taken apart (it is
  // kept all the same); storage; go_on's.
  Result<evidence::Item> take(const TakenFile& file, BytesView bytes, const events::Actor& actor,
                              const std::function<Result<void>()>& go_on = {});

  // All evidence of the leak, with what is known of its files.
  Result<std::vector<FileWithState>> list(const Id& leak);
  // The files that a trace takes, in the order in which they came.
  Result<std::vector<evidence::Item>> traceable(const Id& leak);

 private:
  struct Looked {
    FileState state;
    std::optional<evidence::KeptBytes> picture;
    std::vector<shoots::ReleaseMatch> releases;
  };
  Result<evidence::Item> keep(const TakenFile& file, BytesView bytes, const events::Actor& actor);
  Result<void> take_apart(const TakenFile& archive, const evidence::Item& item, BytesView bytes,
                          const events::Actor& actor, const std::function<Result<void>()>& go_on);
  Result<void> look(const evidence::Item& item, BytesView bytes, const events::Actor& actor);
  Result<void> record(const evidence::Item& item, Looked looked, const events::Actor& actor);
  Result<bool> is_looked_at(const evidence::Item& item);

  Desk desk_;
};

}  // namespace probity::leaks
