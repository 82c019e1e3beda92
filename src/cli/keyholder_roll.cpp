// probity keyholder roll, and what `keyholder serve --hub` does by itself: takes the members from the roll that the hub
// signs, never an older one.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "alliance/hub_link.h"
#include "alliance/roll_follower.h"
#include "alliance/signed_roll.h"
#include "base/encoding.h"
#include "cli/keyholder.h"
#include "store/alliance_keyholder.h"
#include "store/file.h"

namespace probity::cli {
namespace {

constexpr std::size_t kMostRollBytes = 64 << 20;

Result<std::string> read_roll(const std::string& from) {
  if (!from.starts_with("http://") && !from.starts_with("https://")) {
    TRY_ASSIGN(const Bytes bytes, store::read_file(from, kMostRollBytes));
    return std::string(as_text(bytes));
  }
  const std::string url = from.ends_with("/roll") ? from : from + "/alliance/v1/roll";
  alliance::HttpReply reply = alliance::curl_http_sender()->send("GET", url, {}, "");
  if (reply.status != 200) return fail(ErrorCode::unavailable, "the hub does not answer", "try again in a moment");
  return std::move(reply.body);
}

// What was taken before; nothing the first time.
Result<std::optional<alliance::SignedRoll>> held_roll(const std::string& path) {
  const auto bytes = store::read_file(path, kMostRollBytes);
  if (!bytes && bytes.error().code == ErrorCode::not_found) return std::optional<alliance::SignedRoll>();
  TRY(bytes);
  TRY_ASSIGN(auto roll, alliance::SignedRoll::parse(as_text(*bytes)));
  return std::optional(std::move(roll));
}

std::string roll_file(const std::string& data) { return data + "/hub-roll.json"; }

// The members first: what is not in use yet is asked for again.
Result<void> take_roll(const store::KeyHolderFolder& folder, const alliance::SignedRoll& roll) {
  TRY(folder.save_roll(roll.content.members));
  const std::string text = roll.json();
  return store::write_file(roll_file(folder.path()), as_bytes(text), {store::Existing::replace});
}

class RunningRollWatch final : public RollWatch {
 public:
  RunningRollWatch(Terminal& terminal, store::KeyHolderFolder folder, const KeyHolderServeOptions& options,
                   const oprf::PublicIdentity& hub, std::optional<alliance::SignedRoll> held)
      : terminal_(terminal),
        folder_(std::move(folder)),
        every_(options.roll_every_s),
        sender_(alliance::curl_http_sender(kPatience)),
        follower_(options.hub_url, hub, *sender_, clock_),
        held_(std::move(held)),
        thread_([this] { run(); }) {}
  ~RunningRollWatch() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }

  std::string status_json() const override {
    const std::lock_guard lock(mutex_);
    nlohmann::json out{{"version", nullptr}, {"digest", nullptr}, {"heard_at", nullptr}, {"trouble", nullptr}};
    if (held_) {
      out["version"] = held_->content.version;
      out["digest"] = to_hex(alliance::roll_digest(held_->content));
    }
    if (heard_ms_) out["heard_at"] = to_rfc3339(*heard_ms_);
    if (!trouble_.empty()) out["trouble"] = trouble_;
    return out.dump();
  }

 private:
  static constexpr std::chrono::milliseconds kPatience{5'000};

  void run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      const auto held = held_;
      lock.unlock();
      auto looked = follower_.look(held);
      Result<void> outcome;
      if (!looked)
        outcome = tl::unexpected<Error>(looked.error());
      else if (*looked)
        outcome = take_roll(folder_, **looked);
      lock.lock();
      if (outcome && *looked) held_ = std::move(**looked);
      if (outcome) heard_ms_ = clock_.now_ms();
      const std::string trouble = outcome ? "" : outcome.error().message;
      if (!trouble.empty() && trouble != trouble_) terminal_.note("probity: the roll of members: " + trouble);
      trouble_ = trouble;
      wake_.wait_for(lock, every_, [&] { return stopping_; });
    }
  }

  Terminal& terminal_;
  const store::KeyHolderFolder folder_;
  const std::chrono::seconds every_;
  SystemClock clock_;
  std::unique_ptr<alliance::HttpSender> sender_;
  alliance::RollFollower follower_;
  mutable std::mutex mutex_;  // what follows
  std::optional<alliance::SignedRoll> held_;
  std::optional<TimeMs> heard_ms_;
  std::string trouble_;
  bool stopping_ = false;
  std::condition_variable wake_;
  std::thread thread_;  // last: it uses all the others
};

}  // namespace

Result<std::unique_ptr<RollWatch>> RollWatch::start(Terminal& terminal, const KeyHolderServeOptions& options) {
  if (options.roll_every_s < 1 || options.roll_every_s > 3600)
    return fail(ErrorCode::invalid_argument, "--roll-every: 1 to 3600 seconds");
  TRY_ASSIGN(auto folder, store::KeyHolderFolder::open(options.data));
  TRY_ASSIGN(auto held, held_roll(roll_file(options.data)));
  if (!held && options.hub.empty())
    return fail(ErrorCode::invalid_argument, "the first roll needs the hub's public identity",
                "--hub-identity HEX, as `probity hub init` told it");
  if (held && !options.hub.empty() && options.hub != to_hex(held->hub))
    return fail(ErrorCode::forbidden, "the roll that was taken before is another hub's");
  TRY_ASSIGN(const Bytes bytes, from_hex(held ? to_hex(held->hub) : options.hub));
  TRY_ASSIGN(const oprf::PublicIdentity hub, oprf::parse_identity(bytes));
  return std::unique_ptr<RollWatch>(
      std::make_unique<RunningRollWatch>(terminal, std::move(folder), options, hub, std::move(held)));
}

Result<void> run_keyholder_roll(Terminal& terminal, const KeyHolderRollOptions& options) {
  TRY_ASSIGN(const auto folder, store::KeyHolderFolder::open(options.data));
  TRY_ASSIGN(const std::string text, read_roll(options.from));
  TRY_ASSIGN(const auto roll, alliance::SignedRoll::parse(text));
  TRY_ASSIGN(const auto held, held_roll(roll_file(options.data)));
  if (held) TRY(alliance::check_succession(*held, roll));
  if (!held && options.hub.empty())
    return fail(ErrorCode::invalid_argument, "the first roll needs the hub's public identity",
                "--hub HEX, as `probity hub init` told it");
  if (!options.hub.empty() && options.hub != to_hex(roll.hub))
    return fail(ErrorCode::forbidden, "this roll is another hub's");
  TRY(take_roll(folder, roll));
  terminal.document({{"version", roll.content.version}, {"members", roll.content.members.size()}});
  terminal.line(terminal.words()("Version {} of the roll: {} members", "名册第 {} 版：{} 个成员", roll.content.version,
                                 roll.content.members.size()));
  return {};
}

}  // namespace probity::cli
