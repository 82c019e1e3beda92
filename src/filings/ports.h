// What filings ask of others: their store, the case they come from, blobs, events, the member's key and membership.
#pragma once

#include "alliance/membership.h"
#include "base/transactions.h"
#include "events/event.h"
#include "filings/filing.h"
#include "oprf/identity.h"

namespace probity::filings {

// Thread-safe; everything joins the caller's transaction. Errors of every verb: storage, corrupt.
class Store {
 public:
  virtual ~Store() = default;
  virtual Result<std::int64_t> next_ordinal(int year) = 0;
  virtual Result<void> insert(const Filing& filing) = 0;
  // The record's revision must be the one that is there; it is counted up. Errors: conflict when it is not.
  virtual Result<void> update(Filing& filing) = 0;
  virtual Result<std::optional<Filing>> find(const Id& id) = 0;
  virtual Result<std::optional<Filing>> find_listing(const Id& listing) = 0;
  virtual Result<Listed<Filing>> list(const FilingFilter& filter) = 0;
  // Those that have not ended and that the hub knows, or that a verb waits for.
  virtual Result<std::vector<Filing>> live() = 0;
  // The key of the ombudsman, as this node first saw it.
  virtual Result<std::optional<oprf::PublicIdentity>> ombudsman() = 0;
  virtual Result<void> keep_ombudsman(const oprf::PublicIdentity& identity) = 0;
};

// Large things under the hash of their bytes; durable when put() returns.
class Blobs {
 public:
  virtual ~Blobs() = default;
  virtual Result<Hash> put(BytesView bytes) = 0;
  virtual Result<Bytes> get(const Hash& hash) = 0;
};

// A case from which somebody may be listed: one of the accused, once it is decided.
struct CaseFacts {
  Id id;
  std::string number;
  bool decided = false;  // that it was a breach, and it stands
  std::string summary;   // for a first draft of the facts
  std::string decided_by;
  std::optional<TimeMs> decided_ms;
  struct Accused {
    Id party;  // its place in the case
    std::string name;
    bool person = true;
  };
  std::vector<Accused> accused;
};

// Joins the caller's transaction. Errors: storage.
class CaseBook {
 public:
  virtual ~CaseBook() = default;
  virtual Result<std::optional<CaseFacts>> find(const Id& id) = 0;
};

// Borrowed; everything must outlive the services.
struct Ports {
  Store& store;
  Transactions& transactions;
  CaseBook& cases;
  Blobs& blobs;
  events::EventLog& events;
  alliance::Membership& membership;
  const oprf::Identity& identity;  // of this member
  Clock& clock;
  Random& random;
};

}  // namespace probity::filings
