// Audience groups that a member's desk keeps: members of the alliance that are written to together, under a name.
//
// A group is this house's own and never leaves it: a bulletin goes to the members that the group holds when it is sent,
// so that what becomes of the group later changes nothing that was sent. A member that left the alliance or is
// suspended stays in the group, and is said, until somebody takes it out.
#pragma once

#include <mutex>

#include "base/random.h"
#include "base/transactions.h"
#include "bulletins/hub_caller.h"
#include "bulletins/ports.h"

namespace probity::bulletins {

inline constexpr std::size_t kMostGroups = 100, kMostGroupName = 100;

struct Group {
  Id id;
  std::string name;
  std::vector<MemberName> members;  // as they were called when they were taken in; in the order of their names
  std::string by;                   // who changed it last
  TimeMs updated_ms = 0;
};

// Thread-safe; joins the caller's transaction. Errors: storage, corrupt.
class GroupStore {
 public:
  virtual ~GroupStore() = default;
  virtual Result<void> put(const Group& group) = 0;
  virtual Result<void> remove_group(const Id& id) = 0;
  virtual Result<std::optional<Group>> group(const Id& id) = 0;
  virtual Result<std::vector<Group>> groups() = 0;  // by name
};

// A group beside the members that the alliance has now.
struct GroupView {
  Group group;
  std::set<Id> left;         // of its members: suspended, or no longer in the alliance
  bool is_compared = false;  // no: the hub has not answered, and nobody is known to have left
};

struct GroupPorts {
  GroupStore& store;
  Transactions& transactions;
  HubCaller& hub;
  Clock& clock;
  Random& random;
};

// Thread-safe. Borrows its ports.
class Groups {
 public:
  explicit Groups(GroupPorts ports) : ports_(ports) {}

  // Errors: invalid_argument (name, nobody, too many), conflict (the name is taken, too many groups), not_found (one of
  // them is no member), unavailable (the hub says who is).
  Result<GroupView> create(const std::string& name, const std::set<Id>& members, const std::string& by);
  // Either may be absent. Members that left may stay. Errors: also not_found.
  Result<GroupView> change(const Id& id, const std::optional<std::string>& name,
                           const std::optional<std::set<Id>>& members, const std::string& by);
  // Bulletins that were sent keep their readers; drafts for it have to choose again. Errors: not_found.
  Result<void> remove(const Id& id);
  Result<GroupView> find(const Id& id);
  Result<std::vector<GroupView>> all();
  // For sending: with who is a member at this moment. Errors: not_found, unavailable.
  Result<GroupView> resolve(const Id& id);

 private:
  Result<std::vector<MemberName>> ask_members();
  std::optional<std::vector<MemberName>> members_lately();
  Result<void> check_name(const std::string& name, const Id& own);

  const GroupPorts ports_;
  std::mutex mutex_;  // of what follows: the last answer, or that there was none, so that a page of groups asks once
  std::optional<std::vector<MemberName>> members_;
  TimeMs asked_ms_ = 0;
};

}  // namespace probity::bulletins
