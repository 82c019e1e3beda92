// What the board at the hub needs of the world: records, the alliance's members, pictures as bytes.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/list_query.h"
#include "bulletins/joint_case.h"
#include "bulletins/rules.h"

namespace probity::bulletins {

struct BulletinFilter {
  Reader reader;
  TimeMs now_ms = 0;
  ListQuery page;  // `search`: words, all of which occur; sorts by number, title, published_at, expires_at
  std::optional<Kind> kind;
  std::optional<Tlp> tlp;
  std::optional<State> state;  // published or withdrawn; both when absent
  std::string brand;           // folded
  bool unread = false, own = false, for_export = false;
};

// What belongs to a bulletin, for lists.
struct Tally {
  std::size_t read_version = 0;  // the latest that the account has read; 0: none
  std::uint64_t seen = 0, denied = 0, replies = 0;
  std::optional<Id> joint_case;
  bool joint_case_open = false;
};

struct SharedMark {
  Id bulletin;
  Mark mark;
};

// Thread-safe; joins the caller's transaction. Errors: storage, corrupt.
class BoardStore {
 public:
  virtual ~BoardStore() = default;

  // The next number of that year: 1, 2, 3 …
  virtual Result<std::uint64_t> next_number(int year) = 0;
  virtual Result<void> insert(const Bulletin& bulletin, int year, std::uint64_t number) = 0;
  // With its audience, marks and search text; one that has ended loses these, its replies, sightings and receipts.
  virtual Result<void> update(const Bulletin& bulletin) = 0;
  virtual Result<std::optional<Bulletin>> bulletin(const Id& id) = 0;
  virtual Result<std::uint64_t> published_since(const Id& member, TimeMs since_ms) = 0;
  // Those whose audience holds the reader, published or withdrawn, before their end.
  virtual Result<Listed<Bulletin>> bulletins(const BulletinFilter& filter) = 0;
  virtual Result<std::vector<Bulletin>> due(TimeMs now_ms, std::size_t limit) = 0;
  // Of other bulletins, whoever may read them.
  virtual Result<std::vector<SharedMark>> sharing(const Id& bulletin, std::size_t limit) = 0;
  virtual Result<Tally> tally(const Id& bulletin, const Reader& reader) = 0;

  virtual Result<void> put(const Receipt& receipt) = 0;  // replaces that of an earlier version
  virtual Result<std::vector<Receipt>> receipts(const Id& bulletin) = 0;
  virtual Result<void> put(const Sighting& sighting) = 0;  // replaces what that member said before
  virtual Result<std::vector<Sighting>> sightings(const Id& bulletin) = 0;
  virtual Result<void> insert(const Reply& reply) = 0;
  virtual Result<std::vector<Reply>> replies(const Id& bulletin) = 0;  // oldest first

  // Pictures that a member has sent and no bulletin names yet.
  virtual Result<void> put_picture(const Picture& picture, const Id& member, TimeMs time_ms) = 0;
  virtual Result<std::optional<Picture>> picture(const Hash& hash, const Id& member) = 0;
  virtual Result<std::uint64_t> pictures_since(const Id& member, TimeMs since_ms) = 0;
  // Those of uploads before then that no bulletin names.
  virtual Result<std::vector<Hash>> idle_pictures(TimeMs before_ms, std::size_t limit) = 0;
  virtual Result<void> forget_picture(const Hash& hash) = 0;

  virtual Result<void> insert(const JointCase& joint) = 0;
  virtual Result<void> update(const JointCase& joint) = 0;
  virtual Result<std::optional<JointCase>> joint_case(const Id& id) = 0;
  virtual Result<std::optional<JointCase>> joint_case_of(const Id& bulletin) = 0;
  virtual Result<std::vector<JointCase>> joint_cases() = 0;  // newest first
};

struct MemberName {
  Id id;
  std::string name;
  bool suspended = false;  // reads nothing for now
};
// Those who may be in an audience.
class Members {
 public:
  virtual ~Members() = default;
  virtual Result<std::vector<MemberName>> members() = 0;
};

struct CleanPicture {
  Bytes jpeg;
  int width_px = 0, height_px = 0;
};
// Untrusted bytes to a JPEG of our own making. Errors: not_a_picture, too_large, unsupported.
using PictureCleaner = std::function<Result<CleanPicture>(BytesView file)>;

// Where pictures' bytes are; nobody else keeps any there.
class PictureFiles {
 public:
  virtual ~PictureFiles() = default;
  virtual Result<Hash> put(BytesView bytes) = 0;
  virtual Result<Bytes> get(const Hash& hash) = 0;
  virtual Result<void> remove(const Hash& hash) = 0;
};

}  // namespace probity::bulletins
