// The question "is this an official picture, and since when?", for whoever has a picture from outside in hand.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "shoots/release.h"

namespace probity::shoots {

// From the weakest to the strongest.
enum class ReleaseMatchKind {
  part,          // a piece of the released picture, or that picture inside another one
  same_picture,  // the whole of it, recompressed or resized
  same_file,     // the very bytes
};
std::string_view release_match_name(ReleaseMatchKind kind);  // "same_file"

struct ReleaseMatch {
  Release release;
  ReleaseMatchKind kind = ReleaseMatchKind::part;
  int inliers = 0;      // features that agree; 0 for the same file
  double coverage = 0;  // share of the asked picture that lies on the released one, 0..1
  std::string en, zh;   // why, in a sentence
};

struct ReleaseAnswer {
  std::vector<ReleaseMatch> matches;  // the strongest first, then the earliest release
  std::optional<TimeMs> since_ms;     // the earliest release that matches; nothing: not an official picture
  std::string en, zh;
  bool official() const { return since_ms.has_value(); }
};

// A port for `leaks`; ReleaseService is the one implementation. Thread-safe.
class ReleaseSearch {
 public:
  virtual ~ReleaseSearch() = default;
  // `file`: the bytes as found; decoded in the sandboxed child. Withdrawn registrations do not count.
  // Errors: not_a_picture, too_large, unsupported; storage.
  virtual Result<ReleaseAnswer> search(BytesView file) = 0;
};

}  // namespace probity::shoots
