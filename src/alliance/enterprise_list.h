// The companies that are listed now, as every member holds them: signed by the hub, versioned, and changed in steps.
//
// A list is its entries in the order of their listings' ids; each entry is one line of JSON, and the root is that of an
// RFC 6962 tree over the lines. The hub signs version, count, root and time together, and records them in the
// transparency log: two members who compare versions hold the same list, and a hub that shows two has signed it.
//
//   whole    {"head":"…","signature":"…"}\n  entry\n …
//   change   {"from":7,"head":"…","signature":"…"}\n  "+" entry\n | "-" listing id\n …
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "alliance/enterprise.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "oprf/identity.h"

namespace probity::alliance {

struct Listing;

inline constexpr std::string_view kEnterpriseListDomain = "probity enterprise list v1";

// What members may know of a listed company.
struct EnterpriseEntry {
  Id listing;
  Enterprise enterprise;
  std::string conduct, severity;  // catalogue.h
  Id filer;
  std::string filer_name;
  TimeMs since_ms = 0, until_ms = 0;
  std::string status;                  // "active", or "disputed" while an appeal is open
  std::optional<TimeMs> corrected_ms;  // last
  bool operator==(const EnterpriseEntry&) const = default;
};
// Of a listing that is active and names an enterprise.
EnterpriseEntry enterprise_entry(const Listing& listing, const std::string& filer_name);

// One line without its end; canonical (keys sorted, no spaces).
std::string entry_line(const EnterpriseEntry& entry);
// Errors: corrupt.
Result<EnterpriseEntry> parse_entry_line(std::string_view line);

using EnterpriseListVersion = std::uint32_t;

struct EnterpriseListHead {
  EnterpriseListVersion version = 0;
  std::uint32_t count = 0;
  Hash root{};
  TimeMs time_ms = 0;  // when the hub made this version
  bool operator==(const EnterpriseListHead&) const = default;
  Bytes encode() const;
  static Result<EnterpriseListHead> parse(BytesView bytes);
};

struct SignedEnterpriseHead {
  EnterpriseListHead head;
  oprf::Signature signature{};
  bool operator==(const SignedEnterpriseHead&) const = default;
};
// Errors: forbidden.
Result<void> verify(const SignedEnterpriseHead& head, const oprf::PublicIdentity& hub);

// An entry with the line that it was hashed from. Immutable and shared between versions.
struct ListedEnterprise {
  EnterpriseEntry entry;
  std::string line;
  Hash leaf{};
};
using ListedEnterprisePtr = std::shared_ptr<const ListedEnterprise>;
// Errors: corrupt.
Result<ListedEnterprisePtr> listed_enterprise(std::string line);

// What turns one version into a later one.
struct EnterpriseListChange {
  EnterpriseListVersion from = 0;
  SignedEnterpriseHead to;
  std::vector<ListedEnterprisePtr> put;  // new, or in place of the entry of the same listing
  std::vector<Id> removed;

  std::string encode() const;
  // Errors: corrupt.
  static Result<EnterpriseListChange> parse(std::string_view text);
};

// Read by any number of threads.
class EnterpriseList {
 public:
  // The entries in any order, each listing once.
  explicit EnterpriseList(std::vector<ListedEnterprisePtr> entries = {});

  const std::vector<ListedEnterprisePtr>& entries() const { return entries_; }  // by listing
  const Hash& root() const { return root_; }
  ListedEnterprisePtr find(const Id& listing) const;

  // That an entry stands in the list of this root: tlog::verify_inclusion of its leaf at that index.
  struct Place {
    std::uint64_t index = 0;
    std::vector<Hash> path;
  };
  std::optional<Place> prove(const Id& listing) const;

  // Without `from` and `to`.
  EnterpriseListChange change_to(const EnterpriseList& later) const;
  // Errors: corrupt when it removes what is not there, or does not lead to the root it says.
  Result<EnterpriseList> apply(const EnterpriseListChange& change) const;

  std::string encode(const SignedEnterpriseHead& head) const;

 private:
  std::vector<ListedEnterprisePtr> entries_;
  Hash root_{};
};

// What a member holds: the list and what the hub signed about it.
struct HeldEnterprises {
  std::shared_ptr<const EnterpriseList> list;
  SignedEnterpriseHead head;
};
// Errors: corrupt, also when the entries do not make the root. The signature is for the caller to verify.
Result<HeldEnterprises> parse_enterprise_list(std::string_view text);

}  // namespace probity::alliance
