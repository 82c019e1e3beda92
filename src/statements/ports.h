// What statements ask of others: the case, the house, the seal, the log; and blobs, jobs, mails. Small ports, so that
// neither side waits for the other.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/transactions.h"
#include "events/event.h"
#include "jobs/queue.h"
#include "log/log_book.h"
#include "outbox/message.h"
#include "pdf/document.h"
#include "seal/key.h"
#include "statements/masking.h"

namespace probity::statements {

struct ReplyFact {
  Id party;  // who was asked
  bool given = false;
  std::string text;
  std::optional<TimeMs> received_ms;
};

// What a statement is drafted from.
struct CaseFacts {
  Id id;
  std::string number;
  std::string kind;  // of cases: "early_publication" …
  std::optional<Id> project;
  std::vector<KnownParty> parties;
  std::vector<ReplyFact> replies;  // one for each accused party at least
  std::string amount, currency;    // the agreed amount as decided; empty when there is none
  std::optional<TimeMs> decided_ms;
  bool overturned = false;  // by an appeal, an arbitration or a court
  bool paid = false;        // every agreed amount that stands is settled in the ledger
  bool rectified = false;   // there is a rectification, and every one is accepted to its end
};

// Whether the time for reply and appeal has passed.
struct Gate {
  bool allowed = false;
  std::string code;  // "time_not_passed", "undecided"
  std::string message, message_zh;
  std::optional<TimeMs> until_ms;  // the earliest instant, when it is known
};

// Joins the caller's transaction. Errors: storage.
class CaseBook {
 public:
  virtual ~CaseBook() = default;
  virtual Result<std::optional<CaseFacts>> find(const Id& id) = 0;
  virtual Result<Gate> publication_gate(const Id& id) = 0;
};

// Who publishes.
struct House {
  std::string organisation;
  std::string public_url;  // without a slash at its end
  std::string contact;     // may be empty
  std::string zone = "UTC";
};

class HouseBook {
 public:
  virtual ~HouseBook() = default;
  virtual Result<House> house() = 0;
};

// Large things under the hash of their bytes; durable when put() returns.
class BlobBox {
 public:
  virtual ~BlobBox() = default;
  virtual Result<Hash> put(BytesView bytes) = 0;
  virtual Result<Bytes> get(const Hash& hash) = 0;
  virtual Result<void> remove(const Hash& hash) = 0;
};

// What the node says of its log: where it is, and what its checkpoints are signed with.
struct LogFacts {
  std::string origin, key, url;  // empty while there is no log
  std::string policy;            // a tlog-policy; empty when there are no witnesses
};

struct Tools {
  std::function<Result<Bytes>(const pdf::Document&, TimeMs created_ms)> typeset;
  // May answer `unavailable` while no timestamp is to be had: it is tried again later.
  std::function<Result<Bytes>(BytesView pdf, const std::string& reason, TimeMs time_ms)> seal;
  std::function<Result<std::optional<seal::Certificate>>()> certificate;
  std::function<Result<pdf::BitMatrix>(std::string_view text)> qr_matrix;
  std::function<Result<std::string>(std::string_view text)> qr_svg;
  std::function<LogFacts()> log_facts;
};

class Store;

// Borrowed; everything must outlive the services.
struct Ports {
  Store& store;
  Transactions& transactions;
  CaseBook& cases;
  HouseBook& house;
  events::EventLog& events;
  outbox::Sender& outbox;
  jobs::Queue& jobs;
  log::LogBook& log_book;
  BlobBox& blobs;
  Clock& clock;
  Random& random;
};

}  // namespace probity::statements
