#include "app/live_membership.h"

#include <algorithm>
#include <cstdlib>

#include "base/hash.h"

namespace probity::app {
namespace {

constexpr std::size_t kMostIdle = 8;
constexpr std::size_t kSlowThreads = 2;
constexpr TimeMs kUnnamedEveryMs = 60'000;

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

// Another process of this node may have seen a later list meanwhile: then once more, from the beginning.
Result<void> LiveMembership::remember(Asker& asker, std::shared_ptr<const alliance::ListView>& view,
                                      const Hash& key_set_id) {
  const auto accepted = history_->accept(view->tag_set);
  if (accepted || accepted.error().code != ErrorCode::forbidden || history_->conflict()) return accepted;
  TRY_ASSIGN(view, alliance::fetch_list(asker.hub, view->directory.keys.epoch, nullptr, key_set_id));
  return history_->accept(view->tag_set);
}

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
      if (history_) TRY(remember(*asker, next[facts.epoch], facts.key_set_id));
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

// A hub cannot know who fetches a public page: now and then it is held against what this member is shown.
Result<void> LiveMembership::ask_without_a_name(const Views& held) {
  {
    const std::lock_guard lock(mutex_);
    if (unnamed_trouble_) return tl::unexpected<Error>(*unnamed_trouble_);
    const TimeMs now_ms = clock_.now_ms();
    if (!history_ || (asked_unnamed_ms_ && std::abs(now_ms - *asked_unnamed_ms_) < kUnnamedEveryMs)) return {};
    asked_unnamed_ms_ = now_ms;
  }
  const auto page = lease()->sender->send("GET", facts_.hub.url + "/api/v1/public/alliance/epochs", {}, "");
  if (page.status != 200) return {};
  for (const auto& [epoch, view] : held) {
    const auto same = alliance::check_public_page(view->tag_set.set.head(), page.body);
    if (same) continue;
    const std::lock_guard lock(mutex_);
    unnamed_trouble_ = same.error();
    return same;
  }
  return {};
}

Result<void> LiveMembership::check_log() {
  const auto policy = history_ ? history_->policy() : std::nullopt;
  std::optional<Error> trouble;
  if (history_) trouble = history_->conflict();
  std::optional<alliance::CheckedTagSet> newest;
  const auto held = views();
  if (const auto same = ask_without_a_name(*held); !same && !trouble) trouble = same.error();
  for (const auto& [epoch, view] : *held) {
    if (!policy) break;
    const auto checked = find_in_log(view->tag_set.set.head(), *policy);
    const std::lock_guard lock(mutex_);
    if (checked)
      trust_.found(view);
    else
      trust_.missed(epoch, checked.error(), clock_.now_ms());
    if (checked && !newest) newest = *checked;
  }
  const std::lock_guard lock(mutex_);
  if (!trouble && policy) trouble = trust_.alarm(clock_.now_ms());
  if (newest) status_.logged = newest;
  status_.log_trouble = trouble;
  return trouble ? tl::unexpected<Error>(*trouble) : Result<void>();
}

Result<LiveMembership::Views> LiveMembership::trusted_views() {
  TRY_ASSIGN(const auto held, usable_views());
  if (!history_) return *held;
  if (const auto conflict = history_->conflict()) return tl::unexpected<Error>(*conflict);
  {
    const std::lock_guard lock(mutex_);
    if (unnamed_trouble_) return tl::unexpected<Error>(*unnamed_trouble_);
  }
  if (!history_->policy()) return *held;
  const auto found = [&] {
    const std::lock_guard lock(mutex_);
    return trust_.usable(*held, clock_.now_ms());
  };
  if (auto views = found()) return views;
  // What was fetched a moment ago, or by a command that lives no longer than its question.
  (void)check_log().has_value();
  return found();
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
    TRY_ASSIGN(const Views held, trusted_views());
    // All of them, whatever the first says: how often somebody is asked must not tell the answer.
    std::optional<alliance::LookUpAnswer> all;
    for (const auto& [epoch, view] : held) {
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
