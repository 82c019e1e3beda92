// What a member's node has received of the board, so that it stays readable when the hub does not answer.
//
// Kept until a bulletin's end, and not a moment longer; of one that was withdrawn nothing is kept once this node has
// heard of it. RED ones are never kept: they are read at the hub or not at all. What is shown from here says as of
// when.
#pragma once

#include <mutex>

#include "base/transactions.h"
#include "bulletins/hub_caller.h"
#include "bulletins/ports.h"

namespace probity::bulletins {

struct Received {
  Id id;
  TimeMs published_ms = 0, expires_ms = 0;
  TimeMs received_ms = 0;
  std::string bulletin;  // JSON of the API, without what concerns one account
};

// Thread-safe; joins the caller's transaction. Errors: storage, corrupt.
class ReceivedStore {
 public:
  virtual ~ReceivedStore() = default;
  virtual Result<void> put(const Received& received) = 0;
  virtual Result<void> remove(const Id& id) = 0;
  virtual Result<std::optional<Received>> received(const Id& id) = 0;
  virtual Result<std::vector<Received>> all() = 0;  // newest first
  virtual Result<std::optional<TimeMs>> as_of() = 0;
  virtual Result<void> set_as_of(TimeMs time_ms) = 0;
};

struct ReceivedPorts {
  ReceivedStore& store;
  Transactions& transactions;
  HubCaller& hub;
  PictureFiles& pictures;  // of bulletins that somebody here has looked at
  Clock& clock;
};

// Thread-safe. Borrows its ports.
class ReceivedBulletins {
 public:
  explicit ReceivedBulletins(ReceivedPorts ports) : ports_(ports) {}

  // Asks the hub for all that this member may read, takes what is new or changed and drops what is over. Errors: those
  // of the hub.
  Result<void> refresh();
  // An answer of the hub that is a bulletin, on its way to a reader here.
  Result<void> take(const std::string& bulletin);
  Result<void> take_picture(const Id& bulletin, const Hash& hash, BytesView jpeg);
  // The hub says that it is over, or not there.
  Result<void> drop(const Id& bulletin);
  // Drops what has ended, whether or not the hub answers.
  Result<void> drop_ended();

  struct Page {
    std::string search, sort, kind, tlp, brand;
    bool descending = false, own = false;
    std::size_t offset = 0, limit = 50;
  };
  // In the shapes of the API, with "as_of". Errors: not_found for one that was not received.
  Result<std::string> list(const Page& page);
  Result<std::string> bulletin(const Id& id);
  Result<Bytes> picture(const Id& bulletin, const Hash& hash);

 private:
  Result<void> forget(const Id& bulletin);
  Result<std::vector<Received>> readable();
  Result<std::optional<Received>> readable(const Id& id);
  Result<void> drop_whole(const Received& received);

  const ReceivedPorts ports_;
  std::mutex mutex_;
  // Heard to be over: an answer that was on its way meanwhile does not bring it back.
  std::set<Id> over_;
};

}  // namespace probity::bulletins
