// The verbs of releases: register an official picture, take a registration back, and ask whether a picture is one.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "shoots/ports.h"
#include "shoots/release_search.h"
#include "trace/master_index.h"

namespace probity::shoots {

struct NewRelease {
  std::optional<Id> project;
  std::string title, where, file_name;
  TimeMs released_ms = 0;
};

// Thread-safe. Borrows its ports.
class ReleaseService final : public ReleaseSearch {
 public:
  explicit ReleaseService(const Ports& ports) : ports_(ports) {}

  // Registered in the transparency log: "official since" is a statement that others can hold us to.
  // Errors: invalid_argument (also a release that lies ahead); not_found (project); already_exists (the same file, not
  // withdrawn); not_a_picture; too_large.
  Result<Release> add(const NewRelease& request, BytesView file, const events::Actor& actor);
  // Errors: not_found; conflict when it is withdrawn already; invalid_argument.
  Result<Release> withdraw(const Id& id, const std::string& reason, const events::Actor& actor);
  Result<Release> find(const Id& id);
  Result<Listed<Release>> list(const ReleaseFilter& filter) { return ports_.store.releases(filter); }
  Result<Bytes> preview(const Id& id);

  Result<ReleaseAnswer> search(BytesView file) override;

 private:
  // Features of every registered release; brought up to date when it is asked.
  Result<std::vector<trace::Candidate>> candidates(const trace::Features& features,
                                                   const std::vector<Release>& releases);
  Result<trace::Features> features_of(const Id& release);

  Ports ports_;
  std::mutex index_turn_;
  trace::MasterIndex index_;
};

}  // namespace probity::shoots
