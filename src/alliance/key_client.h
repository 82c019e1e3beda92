// How a member's node asks the key-holders: t of n at once, every answer checked, one that lies or sleeps replaced.
//
// The first t holders (in an order drawn anew each time) are asked in parallel. One that answers wrongly, refuses for
// want of a key, or is silent for `patience` is replaced by the next; a late answer still counts. What went wrong is
// told with the holder's index, so that somebody can look after it. A quota that is used up is an answer, not a
// failure: no other holder is asked then.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "oprf/messages.h"
#include "oprf/tags.h"

namespace probity::alliance {

// What became of one call.
struct HolderReply {
  std::size_t call = 0;  // as given to start()
  int status = 0;        // of HTTP; 0: no answer
  Bytes body;
};

// Calls under way together. Used by one thread at a time.
class HolderCalls {
 public:
  virtual ~HolderCalls() = default;
  // POST of `body` to url.
  virtual void start(std::size_t call, const std::string& url, const Bytes& body) = 0;
  // The next one that ended, or nothing after so long.
  virtual std::optional<HolderReply> wait(std::chrono::milliseconds most) = 0;
  // Forgets what is under way; connections stay open for the next questions.
  virtual void abandon() = 0;
  // Bytes of requests sent so far, with their heads.
  virtual std::uint64_t sent_bytes() const = 0;
};
// Over libcurl, without redirects. `timeout`: of each call.
std::unique_ptr<HolderCalls> curl_holder_calls(std::chrono::milliseconds timeout = std::chrono::seconds(10));

struct HolderAddress {
  oprf::HolderIndex index = 0;
  std::string url;  // without a path: https://kh1.example
  oprf::PublicIdentity identity{};
};

// Says that a holder was asked under that key at that time; nothing about whom.
struct HolderReceipt {
  oprf::HolderIndex index = 0;
  TimeMs time_ms = 0;
  oprf::Signature signature{};
  Bytes answer;  // what was signed, and the signature: anybody can check it with oprf::parse_receipt
};

struct HolderTrouble {
  oprf::HolderIndex index = 0;
  Error error;
};

struct KeyAnswer {
  Id request;
  std::vector<oprf::Output> outputs;  // one for each input
  std::vector<HolderReceipt> receipts;
  std::vector<HolderTrouble> troubles;
};

struct KeyClientOptions {
  std::chrono::milliseconds patience{1'500};
  std::chrono::milliseconds deadline{10'000};
};

// Used by one thread at a time; make one a thread, connections are kept. Borrows calls, clock and random.
class KeyClient {
 public:
  struct Member {
    Id id;
    oprf::Identity identity;
  };
  KeyClient(Member member, HolderCalls& calls, Clock& clock, Random& random, KeyClientOptions options = {});

  // F(k, x) for 1 to 100 inputs, and who vouches for it. Errors: invalid_argument; too_many_requests; gone (the key set
  // is no longer in use: fetch it again); unavailable when fewer than t holders answered rightly in time.
  Result<KeyAnswer> ask(const oprf::KeySet& keys, const std::vector<HolderAddress>& holders,
                        const oprf::UserPseudonym& user, const std::vector<SecretKey>& inputs);

 private:
  class Round;
  Member member_;
  HolderCalls& calls_;
  Clock& clock_;
  Random& random_;
  KeyClientOptions options_;
};

}  // namespace probity::alliance
