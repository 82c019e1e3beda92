#include "app/alliance_desk.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <thread>

#include "alliance/holidays.h"
#include "app/hub_board.h"
#include "base/encoding.h"
#include "http/routes/hub.h"
#include "http/routes/hub_enterprises.h"
#include "http/routes/operator.h"
#include "http/routes/paperwork.h"
#include "store/alliance_enterprises.h"
#include "store/alliance_members.h"
#include "store/alliance_store.h"
#include "store/alliance_watch.h"
#include "store/file.h"
#include "store/paperwork_store.h"

namespace probity::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFileBytes = 1 << 20;
constexpr std::chrono::milliseconds kHolderPatience{3'000};
constexpr std::chrono::seconds kHolderLook{20};
constexpr std::chrono::milliseconds kTurn{500};  // an activation is seen by members within two seconds

Result<std::string> read_text(const std::string& path) {
  TRY_ASSIGN(const Bytes bytes, store::read_file(path, kMostFileBytes));
  std::string text(as_text(bytes));
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

// The letter itself, in both languages: what happened, what to do, and until when nothing happens.
std::string letter_text(const std::string& link, const std::string& code) {
  return fmt::format(
      "A member of the alliance wants to list you. Nothing is visible to others for 15 days after you open this link.\n"
      "You can read what is recorded, by whom and until when, and object. An independent ombudsman decides.\n\n"
      "一家联盟成员拟将您列入名单。自您打开下方链接起 15 天内，任何人都无法查询到。\n"
      "您可以查看记录内容、记录方和期限，并提出异议；异议由独立的监察员裁决。\n\n{}\n\nCode 验证码: {}\n",
      link, code);
}

// By mail where the node has one; otherwise as a letter in a file, without the address, for the ombudsman to post.
class Courier final : public alliance::NoticeCourier {
 public:
  Courier(std::unique_ptr<outbox::MailTransport> mail, std::string folder, Clock& clock, Random& random)
      : mail_(std::move(mail)), folder_(std::move(folder)), clock_(clock), random_(random) {}

  Result<void> deliver(const std::string& address, const std::string& link, const std::string& code) override {
    const std::string text = letter_text(link, code);
    const std::string id = Id::random(random_).text();
    if (mail_ == nullptr) {
      TRY(store::make_folder(folder_));
      return store::write_file(folder_ + "/" + id + ".txt", as_bytes(text), {store::Existing::keep, 0600});
    }
    outbox::OutgoingMail mail;
    mail.id = id;
    mail.to = address;
    mail.subject = "A notice that concerns you 与您有关的通知";
    mail.text = text;
    mail.time_ms = clock_.now_ms();
    return mail_->send(mail);
  }

 private:
  std::unique_ptr<outbox::MailTransport> mail_;
  std::string folder_;
  Clock& clock_;
  Random& random_;
};

class RunningDesk final : public AllianceDesk {
 public:
  RunningDesk(const AllianceDeskPorts& ports, HubFolder folder, oprf::Identity identity, std::optional<Id> ombudsman,
              std::unique_ptr<outbox::MailTransport> mail)
      : ports_(ports),
        folder_(std::move(folder)),
        identity_(oprf::Identity::from_seed(identity.seed())),
        store_(ports.database),
        member_store_(ports.database),
        members_({member_store_, ports.database, ports.log_book, ports.clock, ports.random}),
        sender_(alliance::curl_http_sender(kHolderPatience)),
        holders_(*sender_, ports.clock),
        courier_(std::move(mail), folder_.path() + "/letters", ports.clock, ports.random),
        enterprise_store_(ports.database),
        enterprises_({enterprise_store_, ports.database, ports.log_book, ports.clock}, identity),
        hub_({store_, ports.database, ports.log_book, courier_, ports.clock, ports.random, &enterprises_},
             std::move(identity), {ports.public_url + "/notice/", {}}),
        gate_(store_, ports.clock, hub_.identity(), ombudsman),
        watch_store_(ports.database),
        watch_({watch_store_, store_, hub_, ports.database, ports.log_book, ports.clock, ports.random}),
        papers_(ports.database, folder_.path() + "/papers"),
        paperwork_({store_, papers_, ports.database, hub_, ports.clock, ports.random}, ombudsman) {}
  ~RunningDesk() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
    if (watching_.joinable()) watching_.join();
  }

  Result<void> start() {
    TRY(enterprises_.publish());
    TRY(hub_.restore_quota());
    TRY(use_holidays());
    TRY_ASSIGN(board_, HubBoard::open({folder_.path(), "Alliance", hub_.identity(), ports_.database, store_,
                                       enterprises_, gate_, ports_.log_book, ports_.clock, ports_.random}));
    TRY(use_keys());
    thread_ = std::thread([this] { run(); });
    watching_ = std::thread([this] { watch_holders(); });
    return {};
  }
  std::unique_ptr<bulletins::HubCaller> board_caller() override { return board_->own_caller(); }
  void add_routes(http::Router& router, http::routes::Guard& guard) override {
    const http::routes::HubOffice office = this->office();
    http::routes::add_operator_routes(router, guard, office);
    http::routes::add_hub_public_routes(router, office);
    http::routes::add_hub_watch_routes(router, guard, gate_, office);
    http::routes::add_hub_routes(router, hub_, gate_);
    board_->add_routes(router);
    http::routes::add_paperwork_routes(router, paperwork_, gate_);
    http::routes::add_hub_enterprise_routes(router, enterprises_, gate_);
  }

 private:
  http::routes::HubOffice office() {
    return {hub_,         members_,
            holders_,     watch_,
            identity_,    [this] { return gate_.ombudsman(); },
            ports_.clock, [this](const alliance::Holidays& holidays) { return folder_.save_holidays(holidays); }};
  }

  Result<void> use_holidays() {
    TRY_ASSIGN(auto holidays, folder_.holidays());
    hub_.set_holidays(std::move(holidays));
    return {};
  }

  // The operator may name another at any time; who speaks as the ombudsman changes with the next call.
  Result<void> use_ombudsman() {
    TRY_ASSIGN(const auto named, folder_.ombudsman());
    gate_.name_ombudsman(named);
    paperwork_.name_ombudsman(named);
    return {};
  }

  // Apart from the clockwork: a key-holder that does not answer must not hold up an activation.
  void watch_holders() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      lock.unlock();
      std::vector<alliance::KeyDirectory> directories;
      for (const auto& facts : hub_.epochs())
        if (auto directory = hub_.keys(facts.epoch)) directories.push_back(std::move(*directory));
      holders_.look(directories);
      const auto alarms = watch_.look();
      if (!alarms) say(alarms.error());
      lock.lock();
      wake_.wait_for(lock, kHolderLook, [&] { return stopping_; });
    }
  }

  Result<void> use_keys() {
    state_ = folder_.state();
    TRY_ASSIGN(const auto directories, folder_.keys());
    for (const auto& directory : directories) TRY(hub_.use_keys(directory));
    return {};
  }

  void run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      lock.unlock();
      const auto ended = board_->tick();
      if (!ended) say(ended.error());
      const auto ticked = hub_.tick();
      if (!ticked) say(ticked.error());
      const auto tidied = paperwork_.tidy();
      if (!tidied) say(tidied.error());
      if (folder_.state() != state_) {
        const auto used = use_keys();
        if (!used) say(used.error());
        const auto read = use_holidays();
        if (!read) say(read.error());
        const auto named = use_ombudsman();
        if (!named) say(named.error());
      }
      lock.lock();
      wake_.wait_for(lock, kTurn, [&] { return stopping_; });
    }
  }
  void say(const Error& error) const {
    if (ports_.remark) ports_.remark("alliance: " + error.message);
  }

  const AllianceDeskPorts ports_;
  const HubFolder folder_;
  const oprf::Identity identity_;  // to sign the roll
  store::AllianceStore store_;
  store::AllianceMemberStore member_store_;
  alliance::MemberBook members_;
  std::unique_ptr<alliance::HttpSender> sender_;
  alliance::HolderWatch holders_;
  Courier courier_;
  store::AllianceEnterpriseStore enterprise_store_;
  alliance::EnterprisePublisher enterprises_;
  alliance::Hub hub_;
  alliance::CallGate gate_;
  store::AllianceWatchStore watch_store_;
  alliance::HubWatch watch_;
  store::PaperworkStore papers_;
  alliance::Paperwork paperwork_;
  std::unique_ptr<HubBoard> board_;
  std::string state_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_, watching_;
};

}  // namespace

bool HubFolder::exists() const {
  std::error_code error;
  return fs::exists(folder_ + "/hub.key", error);
}

Result<oprf::PublicIdentity> HubFolder::init(Random& random) const {
  TRY(store::make_folder(folder_ + "/keys"));
  const oprf::Identity identity = oprf::Identity::make(random);
  const std::string seed = to_hex(identity.seed().view());
  TRY(store::write_file(folder_ + "/hub.key", as_bytes(seed), {store::Existing::keep, 0600}));
  return identity.open();
}

Result<oprf::Identity> HubFolder::identity() const {
  const std::string path = folder_ + "/hub.key";
  struct stat facts {};
  if (::stat(path.c_str(), &facts) == 0 && (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return fail(ErrorCode::forbidden, "others may read " + path, "chmod 600 it, and ask who has read it");
  TRY_ASSIGN(const std::string text, read_text(path));
  TRY_ASSIGN(const Bytes bytes, from_hex(text));
  SecretKey seed;
  if (bytes.size() != seed.view().size()) return fail(ErrorCode::corrupt, "hub.key is damaged");
  std::ranges::copy(bytes, seed.writable().begin());
  return oprf::Identity::from_seed(seed);
}

Result<void> HubFolder::set_ombudsman(const Id& member) const {
  const std::string text = member.text();
  return store::write_file(folder_ + "/ombudsman", as_bytes(text), {store::Existing::replace});
}

Result<std::optional<Id>> HubFolder::ombudsman() const {
  const auto text = read_text(folder_ + "/ombudsman");
  if (!text && text.error().code == ErrorCode::not_found) return std::optional<Id>();
  TRY(text);
  TRY_ASSIGN(const Id id, Id::parse(*text));
  return std::optional(id);
}

Result<void> HubFolder::save_keys(const alliance::KeyDirectory& directory) const {
  const std::string path = folder_ + "/keys/" + std::to_string(directory.keys.epoch) + ".json";
  const auto before = read_text(path);
  const auto known = before ? alliance::KeyDirectory::parse(*before) : tl::unexpected<Error>(before.error());
  const bool is_another_key = known && known->keys.key != directory.keys.key;
  if (known && (is_another_key || known->keys.generation > directory.keys.generation))
    return fail(ErrorCode::conflict, "this epoch has another key, or a later generation of it, in use");
  const std::string text = directory.json();
  return store::write_file(path, as_bytes(text), {store::Existing::replace});
}

Result<std::vector<alliance::KeyDirectory>> HubFolder::keys() const {
  std::vector<alliance::KeyDirectory> keys;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_ + "/keys", error)) {
    if (entry.path().extension() != ".json") continue;
    TRY_ASSIGN(const std::string text, read_text(entry.path().string()));
    TRY_ASSIGN(alliance::KeyDirectory directory, alliance::KeyDirectory::parse(text));
    keys.push_back(std::move(directory));
  }
  return keys;
}

Result<alliance::Holidays> HubFolder::holidays() const {
  const auto text = read_text(folder_ + "/holidays.txt");
  if (!text && text.error().code == ErrorCode::not_found) return alliance::Holidays{};
  TRY(text);
  return alliance::parse_holidays(*text);
}

Result<void> HubFolder::save_holidays(const alliance::Holidays& holidays) const {
  const std::string text = alliance::holidays_text(holidays);
  return store::write_file(folder_ + "/holidays.txt", as_bytes(text), {store::Existing::replace});
}

std::string HubFolder::state() const {
  const auto written = [&](const char* name) {
    std::error_code error;
    return std::to_string(fs::last_write_time(folder_ + name, error).time_since_epoch().count());
  };
  return written("/keys") + " " + written("/holidays.txt") + " " + written("/ombudsman");
}

Result<std::unique_ptr<AllianceDesk>> AllianceDesk::open(const AllianceDeskPorts& ports) {
  const HubFolder folder(ports.workspace_folder);
  if (!folder.exists()) return std::unique_ptr<AllianceDesk>();
  TRY_ASSIGN(oprf::Identity identity, folder.identity());
  TRY_ASSIGN(const auto ombudsman, folder.ombudsman());
  std::unique_ptr<outbox::MailTransport> mail;
  if (ports.mail) {
    TRY_ASSIGN(mail, outbox::smtp_transport(*ports.mail));
  }
  auto desk = std::make_unique<RunningDesk>(ports, folder, std::move(identity), ombudsman, std::move(mail));
  TRY(desk->start());
  return std::unique_ptr<AllianceDesk>(std::move(desk));
}

}  // namespace probity::app
