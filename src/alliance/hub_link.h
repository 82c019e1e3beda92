// A member's side of the hub: signed calls, the tag set kept up to date, buckets.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "alliance/key_directory.h"
#include "alliance/log_check.h"
#include "alliance/member_call.h"
#include "oprf/tag_set.h"

namespace probity::alliance {

struct HttpReply {
  int status = 0;  // 0: no answer
  std::string body;
};

// One request over HTTP, answered; the world's end of it. Thread-safe.
class HttpSender {
 public:
  virtual ~HttpSender() = default;
  virtual HttpReply send(const std::string& method, const std::string& url, const CallHeaders& headers,
                         const std::string& body) = 0;
};
// Over libcurl, without redirects. At most 64 MB of an answer are taken.
std::unique_ptr<HttpSender> curl_http_sender(std::chrono::milliseconds timeout = std::chrono::seconds(20));

struct HubAddress {
  std::string url;
  oprf::PublicIdentity identity{};
};

// What a member holds of an epoch: checked against the hub's signature and its own root.
struct HeldTagSet {
  oprf::TagSet set;
  oprf::Signature signature{};
};

// Used by one thread at a time. Borrows sender, clock and random.
class HubLink {
 public:
  HubLink(HubAddress hub, Id member, oprf::Identity identity, HttpSender& sender, Clock& clock, Random& random);

  // One signed call. Errors: unavailable; what the hub's problem says, by its status.
  Result<std::string> call(const std::string& method, const std::string& path, const std::string& body,
                           const Id& account = {});

  // Those in use, the newest first. Errors: corrupt; those of call().
  Result<std::vector<EpochFacts>> epochs();
  // What has changed in buckets that this member had fetched, oldest first; each comes again until it is taken.
  Result<std::vector<ChangeNotice>> notices();
  Result<void> take_notice(const Id& notice);

  // Errors: corrupt; those of call().
  Result<KeyDirectory> keys(oprf::Epoch epoch);
  // The whole set, or the one held brought up to date. Errors: forbidden when the hub's signature does not hold, or
  // when it goes back to an earlier version; those of call().
  Result<HeldTagSet> tag_set(oprf::Epoch epoch, const std::optional<HeldTagSet>& held);
  // What shows that a version of the tag set is in the hub's log; check it with check_tag_set_in_log. Errors: corrupt;
  // unavailable for the few seconds until it is in a checkpoint; those of call().
  Result<TagSetProof> tag_set_proof(const oprf::TagSetHead& head);
  // `account`: who of the staff asks, by a pseudonym.
  Result<std::vector<Bytes>> bucket(const oprf::TagSetHead& head, oprf::Prefix prefix, const Id& account = {});

 private:
  Result<HeldTagSet> whole_tag_set(oprf::Epoch epoch, const std::optional<HeldTagSet>& held);

  const HubAddress hub_;
  const Id member_;
  const oprf::Identity identity_;
  HttpSender& sender_;
  Clock& clock_;
  Random& random_;
};

}  // namespace probity::alliance
