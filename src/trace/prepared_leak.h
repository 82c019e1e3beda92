// A leak prepared to be laid over several masters: what does not depend on the master is computed once, when it is
// first asked for.
#pragma once

#include <map>
#include <optional>

#include "trace/features.h"
#include "trace/lattice.h"
#include "trace/leak_picture.h"

namespace probity::trace {

// Not thread-safe.
class PreparedLeak {
 public:
  explicit PreparedLeak(LeakPicture picture);

  const LeakPicture& picture() const { return picture_; }
  // The same with clipped pixels believed, when there are many: a picture that was white from the start is no less
  // readable for it. Null else.
  const LeakPicture* with_clipped() const { return with_clipped_ ? &*with_clipped_ : nullptr; }

  struct WithMirrored {
    Features features;
    Features mirrored;
  };
  // As of leak_features(), and of twice the size where the leak has it; null where it has not.
  const WithMirrored& usual_features();
  const WithMirrored* fine_features();

  // find_lattices() of the picture, and of the one with clipped pixels.
  const std::vector<Lattice>& lattices(double cell_shape);

 private:
  LeakPicture picture_;
  std::optional<LeakPicture> with_clipped_;
  std::optional<WithMirrored> usual_;
  std::optional<WithMirrored> fine_;
  std::map<double, std::vector<Lattice>> lattices_;
};

}  // namespace probity::trace
