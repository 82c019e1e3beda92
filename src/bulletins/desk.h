// A node's desk for bulletins and training: drafts that have not left the house, everything else asked of the hub, and
// mails that say that there is something to read, never what.
#pragma once

#include "base/random.h"
#include "base/transactions.h"
#include "bulletins/groups.h"
#include "bulletins/hub_caller.h"
#include "bulletins/ports.h"
#include "bulletins/received.h"
#include "bulletins/text_check.h"
#include "bulletins/training.h"
#include "events/event.h"
#include "outbox/message.h"

namespace probity::bulletins {

struct Draft {
  Id id;
  Id account;
  std::string by;  // the author's name
  Proposal proposal;
  TimeMs updated_ms = 0;
  bool operator==(const Draft&) const = default;
};

struct DailyMail {
  Id account;
  bool wanted = false;
  TimeMs last_ms = 0;  // when it was looked last
  bool operator==(const DailyMail&) const = default;
};

// Somebody of this house attends.
struct Attendance {
  Id training, account;
  TimeMs starts_ms = 0;
  Seat seat = Seat::none;
  bool reminded = false;
  bool operator==(const Attendance&) const = default;
};

// Thread-safe; joins the caller's transaction. Errors: storage, corrupt.
class DeskStore : public GroupStore {
 public:
  using GroupStore::put;
  virtual Result<void> put(const Draft& draft) = 0;
  virtual Result<void> remove_draft(const Id& id) = 0;
  virtual Result<std::optional<Draft>> draft(const Id& id) = 0;
  virtual Result<Listed<Draft>> drafts(std::uint32_t offset, std::uint32_t limit) = 0;  // newest first
  virtual Result<bool> is_drafted(const Hash& picture) = 0;                             // by any draft
  virtual Result<void> put(const DailyMail& mail) = 0;
  virtual Result<std::optional<DailyMail>> daily_mail(const Id& account) = 0;
  virtual Result<std::vector<DailyMail>> mails_due(TimeMs before_ms, std::size_t limit) = 0;
  virtual Result<void> put(const Attendance& attendance) = 0;
  virtual Result<void> remove_attendance(const Id& training, const Id& account) = 0;
  virtual Result<std::vector<Attendance>> attendances() = 0;
};

struct Addressee {
  std::string email, name, locale;
};
// Nothing for an account that is closed or may not read bulletins any more.
using FindAddressee = std::function<Result<std::optional<Addressee>>(const Id& account)>;

struct DeskPorts {
  DeskStore& store;
  Transactions& transactions;
  HubCaller& hub;
  // As far as this node knows it; the hub decides.
  CompanyListings& enterprises;
  PictureFiles& pictures;
  PictureCleaner clean;
  outbox::Sender& outbox;
  FindAddressee addressee;
  std::string pages_url;  // "https://node.example"
  Clock& clock;
  Random& random;
  ReceivedBulletins* received = nullptr;  // none at the hub's own node, which needs no network to read
};

// Thread-safe. Borrows its ports.
class Desk {
 public:
  explicit Desk(DeskPorts ports)
      : ports_(std::move(ports)),
        groups_({ports_.store, ports_.transactions, ports_.hub, ports_.clock, ports_.random}) {}

  Groups& groups() { return groups_; }
  ReceivedBulletins* received() { return ports_.received; }

  // Drafts are everybody's here who may write bulletins. Errors: not_found, invalid_argument.
  Result<Draft> begin(const Proposal& proposal, const events::Actor& by);
  Result<Draft> rewrite(const Id& draft, const Proposal& proposal);  // pictures stay
  Result<void> remove(const Id& draft);
  Result<Draft> draft(const Id& draft);
  Result<Listed<Draft>> drafts(std::uint32_t offset, std::uint32_t limit) { return ports_.store.drafts(offset, limit); }
  Result<std::vector<Finding>> hindrances(const Draft& draft);
  // The same of words that are still being written, and are kept nowhere.
  Result<std::vector<Finding>> look_at(Kind kind, const Content& content);
  Result<Draft> add_picture(const Id& draft, BytesView file);
  Result<void> remove_picture(const Id& draft, const Hash& picture);
  Result<Bytes> picture(const Id& draft, const Hash& picture);
  // Sends pictures and text, to the members that its group has now; the draft goes when the hub has it. The bulletin
  // as JSON. Errors: those of the hub; conflict for a group that is gone or whose members have all left.
  Result<std::string> publish(const Id& draft, const Id& account);

  // Asks the hub in the name of an account.
  Result<std::string> ask(const std::string& method, const std::string& path, const std::string& body,
                          const Id& account) {
    return ports_.hub.call(method, path, body, account);
  }

  Result<bool> daily_mail(const Id& account);
  Result<void> set_daily_mail(const Id& account, bool wanted);
  // What the hub answered to a registration is remembered for reminders.
  Result<std::string> register_for(const Id& training, const Id& account, const std::string& name);
  Result<void> unregister_from(const Id& training, const Id& account);

  // Daily mails and reminders that are due. Called every minute or so; how many mails.
  Result<std::size_t> tick();

 private:
  Result<bool> mail_news(const DailyMail& mail);
  Result<bool> look_after(const Attendance& attendance);
  Result<void> send(const Addressee& to, const char* kind, const std::string& subject, const std::string& text,
                    const std::string& page);
  Result<std::optional<Finding>> find_group_hindrance(const Audience& audience);
  Result<Proposal> addressed(const Proposal& proposal);
  Result<void> drop_pictures(const std::vector<Picture>& pictures);

  const DeskPorts ports_;
  Groups groups_;
};

}  // namespace probity::bulletins
