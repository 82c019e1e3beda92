// The board at the hub: takes bulletins from members, shows each to its audience until its end, and keeps what members
// say to it.
//
// Each verb is one transaction. A commitment to every publication, correction and withdrawal is in the transparency
// log: nobody can say later that a bulletin said something else. What a reader gets passes access_of() (rules.h),
// whichever way it is asked for.
#pragma once

#include "base/random.h"
#include "base/transactions.h"
#include "bulletins/text_check.h"
#include "bulletins/view.h"
#include "log/log_book.h"

namespace probity::bulletins {

struct BoardPorts {
  BoardStore& store;
  Transactions& transactions;
  log::LogBook& log;
  Members& members;
  CompanyListings& enterprises;
  PictureFiles& pictures;
  PictureCleaner clean;
  Clock& clock;
  Random& random;
};

struct ListAnswer {
  std::vector<Row> items;
  std::uint64_t total = 0;
  std::uint64_t unread = 0;
};

// Thread-safe. Borrows its ports.
class Board {
 public:
  explicit Board(BoardPorts ports) : ports_(std::move(ports)) {}

  // Errors: invalid_argument (form, or what it must not hold); not_found (a picture, a member of the audience).
  Result<View> publish(const Reader& author, const Proposal& proposal);
  // Errors: also not_found, gone, forbidden, conflict.
  Result<View> correct(const Reader& by, const Id& id, const Content& content, std::optional<TimeMs> expires_ms,
                       const std::string& reason);
  Result<Row> withdraw(const Reader& by, const Id& id, Withdrawal reason);

  // `filter.reader` and `filter.now_ms` are set here.
  Result<ListAnswer> list(const Reader& reader, BulletinFilter filter);
  // One, or that it was withdrawn. Errors: not_found, gone.
  Result<View> find(const Reader& reader, const Id& id);
  Result<std::vector<Related>> related(const Reader& reader, const Id& id);
  // Newest first, none that is RED or withdrawn.
  Result<std::vector<View>> for_export(const Reader& reader);

  Result<Picture> put_picture(const Reader& author, BytesView file);
  Result<Bytes> picture(const Reader& reader, const Id& id, const Hash& hash);

  Result<void> read(const Reader& reader, const Id& id);
  Result<View> sight(const Reader& reader, const Id& id, Sighting::Verdict verdict, std::uint32_t count,
                     const std::string& note);
  Result<View> reply(const Reader& reader, const Id& id, const std::string& text, std::optional<Id> to);

  Result<JointView> open_joint_case(const Reader& by, const Id& bulletin, const std::string& contact);
  Result<JointView> join(const Reader& by, const Id& joint, const std::string& contact);
  Result<JointView> leave(const Reader& by, const Id& joint);
  Result<JointView> note(const Reader& by, const Id& joint, const std::string& text);
  Result<JointView> close(const Reader& by, const Id& joint, JointCase::Outcome outcome, const std::string& text);
  Result<JointView> joint_case(const Reader& reader, const Id& joint);
  Result<std::vector<JointView>> joint_cases(const Reader& reader);

  Result<std::vector<MemberName>> members() { return ports_.members.members(); }
  // Ends what is over and removes pictures that nobody names. Called every few seconds; how many ended.
  Result<std::size_t> tick();

 private:
  Result<Bulletin> readable(const Reader& reader, const Id& id);
  Result<MemberNames> names();
  Result<View> view_of(const Bulletin& bulletin, const Reader& reader);
  Result<void> record(const Bulletin& bulletin, const Content* content);
  Result<void> take_pictures(Content& content, const Bulletin* before, const Id& member);
  template <class Verb>
  Result<JointView> change(const Reader& by, const Id& id, Verb verb);
  Result<JointView> shown(const JointCase& joint, const Reader& reader);
  Result<bool> may_see(const JointCase& joint, const Reader& reader);

  const BoardPorts ports_;
};

}  // namespace probity::bulletins
