// What commitments ask of others: people and organisations, projects, the house itself, blobs, and the setting and
// sealing of documents. Small ports, so that neither side waits for the other.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/random.h"
#include "base/transactions.h"
#include "commitments/terms.h"
#include "events/event.h"
#include "jobs/queue.h"
#include "log/log_book.h"
#include "outbox/message.h"
#include "pdf/document.h"

namespace probity::commitments {

struct Person {
  Id id;
  std::string name;
  std::string email;  // may be empty: then a link is made at the door
  std::string job_title;
  Locale locale = Locale::en;
  std::optional<Id> organisation;
  bool may_bind = false;  // may sign for the organisation
};

struct Organisation {
  Id id;
  std::string name;
  std::optional<Id> contract_parent;  // the supplier it works under; nothing when it is directly ours
};

struct NewColleague {
  Id organisation;
  std::string name;
  std::string email;
  std::string job_title;
  Locale locale = Locale::en;
};

// Joins the caller's transaction. Errors: storage.
class Directory {
 public:
  virtual ~Directory() = default;
  virtual Result<std::optional<Person>> person(const Id& id) = 0;  // nothing for an organisation's id
  virtual Result<std::optional<Organisation>> organisation(const Id& id) = 0;
  // People of the organisation who may bind it, in a stable order.
  virtual Result<std::vector<Person>> who_may_bind(const Id& organisation) = 0;
  // The person of that organisation with that address, made when there is none. Errors: invalid_argument too.
  virtual Result<Person> find_or_add(const NewColleague& colleague) = 0;
};

struct Contact {
  std::string name, email;
  Locale locale = Locale::en;
};

struct EmbargoInstant {
  Id id;
  Id project;
  std::string label;
  TimeMs at_ms = 0;
  std::string zone = "UTC";
};

struct ProjectFacts {
  Id id;
  std::string name;
  bool open = true;  // archived otherwise
  std::vector<EmbargoInstant> embargoes;
  std::vector<Contact> people;  // accounts in charge
};

// Joins the caller's transaction. Errors: storage.
class ProjectBook {
 public:
  virtual ~ProjectBook() = default;
  virtual Result<std::optional<ProjectFacts>> project(const Id& id) = 0;
  virtual Result<bool> has_asset(const Id& project, const Id& asset) = 0;
  // Of all open projects, with from_ms <= at_ms <= to_ms.
  virtual Result<std::vector<EmbargoInstant>> embargoes_between(TimeMs from_ms, TimeMs to_ms) = 0;
};

// Who sends.
struct House {
  std::string organisation;
  std::string public_url;  // without a slash at its end
  std::string contact_email;
  Locale locale = Locale::en;
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
};

using Typeset = std::function<Result<Bytes>(const pdf::Document&, TimeMs created_ms)>;
using SealDocument = std::function<Result<Bytes>(BytesView pdf, const std::string& reason, TimeMs time_ms)>;

// Words a QR code is made of → an SVG picture.
using QrSvg = std::function<Result<std::string>(const std::string&)>;

class Store;

// Borrowed; everything must outlive the services.
struct Ports {
  Store& store;
  Transactions& transactions;
  Directory& directory;
  ProjectBook& projects;
  HouseBook& house;
  events::EventLog& events;
  outbox::Sender& outbox;
  jobs::Queue& jobs;
  BlobBox& blobs;
  Clock& clock;
  Random& random;
  log::LogBook* log_book = nullptr;  // takes what was sent, signed and in force; may be none
};

}  // namespace probity::commitments
