#include "app/live_membership.h"

#include <algorithm>

#include "base/hash.h"

namespace probity::app {
namespace {

constexpr std::size_t kMostIdle = 8;
constexpr std::size_t kSlowThreads = 2;

}  // namespace

// Connections and clients of one asking thread.
struct LiveMembership::Asker {
  Asker(const MemberFacts& facts, const oprf::Identity& identity, Clock& clock, Random& random,
        alliance::SlowHash slow_hash)
      : sender(alliance::curl_http_sender()),
        hub(facts.hub, facts.member, identity, *sender, clock, random),
        calls(alliance::curl_holder_calls()),
        key_client({facts.member, identity}, *calls, clock, random),
        look_up(hub, key_client, clock, std::move(slow_hash)) {}

  std::unique_ptr<alliance::HttpSender> sender;
  alliance::HubLink hub;
  std::unique_ptr<alliance::HolderCalls> calls;
  alliance::KeyClient key_client;
  alliance::LookUp look_up;
};

// An asker for as long as a question takes; it goes back to the others with its open connections.
class LiveMembership::Lease {
 public:
  Lease(LiveMembership& home, std::unique_ptr<Asker> asker) : home_(home), asker_(std::move(asker)) {}
  ~Lease() {
    const std::lock_guard lock(home_.mutex_);
    if (home_.idle_.size() < kMostIdle) home_.idle_.push_back(std::move(asker_));
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  Asker& operator*() { return *asker_; }
  Asker* operator->() { return asker_.get(); }

 private:
  LiveMembership& home_;
  std::unique_ptr<Asker> asker_;
};

LiveMembership::LiveMembership(MemberFacts facts, oprf::Identity identity, const SecretKey& node_secret, Clock& clock,
                               Random& random, const std::string& alliance_folder)
    : facts_(std::move(facts)),
      identity_(std::move(identity)),
      node_secret_(node_secret),
      clock_(clock),
      random_(random),
      slow_lane_(kSlowThreads),
      history_(alliance_folder.empty() ? nullptr : std::make_unique<ListHistory>(alliance_folder)),
      views_(std::make_shared<const Views>()) {}
LiveMembership::~LiveMembership() = default;

std::unique_ptr<LiveMembership::Asker> LiveMembership::make_asker() {
  return std::make_unique<Asker>(
      facts_, identity_, clock_, random_,
      [this](const oprf::KeySet& keys, oprf::IdentifierKind kind, std::string_view normalised) -> Result<SecretKey> {
        Result<SecretKey> hashed = fail(ErrorCode::internal, "the slow hash did not run");
        TRY(slow_lane_.run([&] { hashed = oprf::slow_hash(keys, kind, normalised); }));
        return hashed;
      });
}

LiveMembership::Lease LiveMembership::lease() {
  std::unique_ptr<Asker> asker;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      asker = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!asker) asker = make_asker();
  return Lease(*this, std::move(asker));
}

oprf::UserPseudonym LiveMembership::pseudonym(const Id& account) const {
  Bytes info;
  ByteWriter writer(info);
  writer.bytes(as_bytes("probity user pseudonym v1"));
  writer.bytes(account.bytes);
  const Hash derived = hkdf(node_secret_.view(), info);
  oprf::UserPseudonym user;
  std::copy_n(derived.begin(), user.size(), user.begin());
  return user;
}

std::shared_ptr<const LiveMembership::Views> LiveMembership::views() const {
  const std::lock_guard lock(mutex_);
  return views_;
}

std::optional<alliance::KeyDirectory> LiveMembership::directory(oprf::Epoch epoch) const {
  const auto held = views();
  const auto found = held->find(epoch);
  return found == held->end() ? std::nullopt : std::optional(found->second->directory);
}

MembershipStatus LiveMembership::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

alliance::MembershipFacts LiveMembership::facts() {
  const auto held = views();
  return {facts_.member, facts_.name, facts_.hub, held->empty() ? oprf::Epoch{0} : held->begin()->first};
}

Result<std::string> LiveMembership::call(const std::string& method, const std::string& path, const std::string& body,
                                         const Id& account) {
  return lease()->hub.call(method, path, body, account);
}

Result<std::vector<alliance::ChangeNotice>> LiveMembership::notices() { return lease()->hub.notices(); }

Result<void> LiveMembership::take_notice(const Id& notice) { return lease()->hub.take_notice(notice); }

Result<LiveMembership::Views> LiveMembership::fetch_views() {
  Lease asker = lease();
  const auto held = views();
  TRY_ASSIGN(const auto epochs, asker->hub.epochs());
  Views next;
  for (const alliance::EpochFacts& facts : epochs) {
    const auto found = held->find(facts.epoch);
    const auto before = found == held->end() ? nullptr : found->second;
    const bool unchanged = before && before->directory.keys.id() == facts.key_set_id &&
                           before->tag_set.set.head().version == facts.version;
    if (unchanged) {
      next[facts.epoch] = before;
    } else {
      TRY_ASSIGN(next[facts.epoch], alliance::fetch_list(asker->hub, facts.epoch, before, facts.key_set_id));
      if (history_) TRY(history_->accept(next[facts.epoch]->tag_set));
    }
  }
  return next;
}

Result<alliance::CheckedTagSet> LiveMembership::find_in_log(const oprf::TagSetHead& head, const std::string& policy) {
  TRY_ASSIGN(const auto before, history_->checked(head.epoch));
  if (before && before->head == head) return *before;
  TRY_ASSIGN(
      const std::string body,
      lease()->hub.call(
          "GET", "/alliance/v1/tag-set/" + std::to_string(head.epoch) + "/proof/" + std::to_string(head.version), ""));
  TRY_ASSIGN(const auto shown, alliance::TagSetProof::parse(body));
  TRY_ASSIGN(auto checked, alliance::check_tag_set_in_log(head, shown, policy, before));
  TRY(history_->remember_checked(checked));
  return checked;
}

Result<void> LiveMembership::check_log() {
  const auto held = views();
  const auto policy = history_ ? history_->policy() : std::nullopt;
  if (!policy || held->empty()) return {};
  const auto checked = find_in_log(held->begin()->second->tag_set.set.head(), *policy);
  const std::lock_guard lock(mutex_);
  status_.log_trouble = checked ? std::nullopt : std::optional(checked.error());
  if (checked) status_.logged = *checked;
  return checked ? Result<void>() : tl::unexpected<Error>(checked.error());
}

Result<void> LiveMembership::refresh() {
  const std::lock_guard turn(refreshing_);
  auto next = fetch_views();
  const std::lock_guard lock(mutex_);
  if (!next) {
    status_.trouble = next.error();
    return tl::unexpected<Error>(next.error());
  }
  status_.heard_ms = clock_.now_ms();
  status_.trouble.reset();
  status_.tag_set = next->empty() ? std::nullopt : std::optional(next->begin()->second->tag_set.set.head());
  views_ = std::make_shared<const Views>(std::move(*next));
  return {};
}

Result<std::shared_ptr<const LiveMembership::Views>> LiveMembership::usable_views() {
  auto held = views();
  if (held->empty()) {
    TRY(refresh());
    held = views();
  }
  if (held->empty())
    return fail(ErrorCode::unavailable, "the alliance has no key in use yet", "ask the hub's operator");
  return held;
}

// Once more when keys or list were replaced while the question was under way.
template <class Question>
auto LiveMembership::asked(Question question) -> decltype(question(std::declval<Asker&>())) {
  Lease asker = lease();
  auto answer = question(*asker);
  const bool is_stale =
      !answer && (answer.error().code == ErrorCode::gone || answer.error().code == ErrorCode::invalid_argument);
  if (!is_stale || !refresh()) return answer;
  return question(*asker);
}

Result<alliance::LookUpAnswer> LiveMembership::ask(const alliance::Subject& subject, const Id& account) {
  return asked([&](Asker& asker) -> Result<alliance::LookUpAnswer> {
    TRY_ASSIGN(const auto held, usable_views());
    // All of them, whatever the first says: how often somebody is asked must not tell the answer.
    std::optional<alliance::LookUpAnswer> all;
    for (const auto& [epoch, view] : *held) {
      asker.look_up.use(view);
      TRY_ASSIGN(alliance::LookUpAnswer answer, asker.look_up.ask(subject, pseudonym(account)));
      if (all)
        all->add_earlier(std::move(answer));
      else
        all = std::move(answer);
    }
    return std::move(*all);
  });
}

Result<oprf::ListKeys> LiveMembership::list_keys_of(const alliance::Subject& subject, const Id& account) {
  return asked([&](Asker& asker) -> Result<oprf::ListKeys> {
    TRY_ASSIGN(const auto held, usable_views());
    asker.look_up.use(held->begin()->second);
    return asker.look_up.list_keys_of(subject, pseudonym(account));
  });
}

}  // namespace probity::app
