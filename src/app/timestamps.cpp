#include "app/timestamps.h"

namespace probity::app {

std::string Timestamps::roots_pem() const {
  std::string all;
  for (const auto& authority : authorities_) all += authority->roots_pem();
  return all;
}

Result<seal::Stamped> Timestamps::stamp(const Hash& imprint) {
  std::string said;
  const std::size_t first = first_;
  for (std::size_t i = 0; i < authorities_.size(); ++i) {
    const std::size_t at = (first + i) % authorities_.size();
    seal::Nonce nonce{};
    random_.fill(nonce);
    auto stamped = seal::stamp(*authorities_[at], imprint, nonce, clock_.now_ms());
    if (stamped) {
      first_ = at;
      return stamped;
    }
    said += (said.empty() ? "" : "; ") + authorities_[at]->name() + ": " + stamped.error().message;
  }
  if (said.empty()) return fail(ErrorCode::unavailable, "no timestamping authority is configured");
  return fail(ErrorCode::unavailable, "no authority gave a timestamp (" + said + ")",
              "It is asked again by itself; docs/operate.md tells how to name other authorities.");
}

}  // namespace probity::app
