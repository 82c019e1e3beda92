#include "log/publisher.h"

#include <fmt/format.h>

#include <algorithm>

#include "log/tree_files.h"
#include "tlog/add_checkpoint.h"

namespace probity::log {
namespace {

constexpr std::size_t kMostOffers = 32;

std::string address_of(const std::string& url) {
  return fmt::format("{}{}add-checkpoint", url, url.ends_with('/') ? "" : "/");
}

}  // namespace

Publisher::Publisher(LogFiles& files, WitnessChannel& channel, Clock& clock, PublisherOptions options)
    : files_(files), channel_(channel), clock_(clock), options_(std::move(options)) {
  std::uint64_t known = 0;
  if (const auto note = files_.read(kCheckpointFile))
    if (const auto parsed = tlog::Note::parse(as_text(*note)))
      if (const auto checkpoint = tlog::Checkpoint::parse(parsed->text)) known = checkpoint->head.size;
  published_size_ = known;
  for (const tlog::PolicyWitness& witness : options_.policy.witnesses) {
    if (witness.url.empty()) continue;
    auto link = std::make_unique<Link>();
    link->witness = witness;
    link->state = {witness.name, witness.url, known, 0, "", 0};
    links_.push_back(std::move(link));
  }
  for (const auto& link : links_) link->thread = std::thread([this, &held = *link] { run(held); });
}

Publisher::~Publisher() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (const auto& link : links_) link->thread.join();
}

void Publisher::offer(const tlog::TreeHead& head, const std::string& note) {
  {
    const std::lock_guard lock(mutex_);
    if (!offers_.empty() && offers_.back().head.size == head.size) return;
    offers_.push_back({head, note, {}, {}});
    publish_best();
    // Between the target and the newest nothing is needed any more.
    if (target() == nullptr || target_size_ <= published_size_) target_size_ = head.size;
    while (offers_.size() > kMostOffers) offers_.erase(offers_.begin() + (offers_.front().head.size == target_size_));
  }
  wake_.notify_all();
}

void Publisher::wait_for_first_answers(int most_ms) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, std::chrono::milliseconds(most_ms), [&] {
    return offers_.empty() || std::all_of(links_.begin(), links_.end(), [](const auto& link) { return link->asked; });
  });
}

std::vector<WitnessState> Publisher::witnesses() const {
  const std::lock_guard lock(mutex_);
  std::vector<WitnessState> states;
  for (const auto& link : links_) states.push_back(link->state);
  return states;
}

std::uint64_t Publisher::published_size() const {
  const std::lock_guard lock(mutex_);
  return published_size_;
}

TimeMs Publisher::published_ms() const {
  const std::lock_guard lock(mutex_);
  return published_ms_;
}

std::string Publisher::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

const Publisher::Offer* Publisher::target() const {
  const auto found =
      std::find_if(offers_.begin(), offers_.end(), [&](const Offer& offer) { return offer.head.size == target_size_; });
  return found == offers_.end() ? nullptr : &*found;
}

// The target, until this witness has cosigned it; after a failure again in a while.
void Publisher::run(Link& link) {
  std::unique_lock lock(mutex_);
  std::uint64_t done_size = 0;
  while (!stopping_) {
    const Offer* wanted = target();
    if (wanted == nullptr || wanted->head.size == done_size) {
      wake_.wait(lock);
      continue;
    }
    const Offer offer = *wanted;
    lock.unlock();
    const auto outcome = ask(link, offer);
    lock.lock();
    link.asked = true;
    link.state.trouble = outcome ? "" : outcome.error().message;
    if (!outcome) ++link.state.failures;
    if (outcome) done_size = offer.head.size;
    wake_.notify_all();
    if (!outcome) wake_.wait_for(lock, std::chrono::milliseconds(options_.retry_ms), [&] { return stopping_; });
  }
}

Result<void> Publisher::ask(Link& link, const Offer& offer) {
  std::uint64_t known;
  {
    const std::lock_guard lock(mutex_);
    known = link.state.cosigned_size;
  }
  // Twice: a witness that remembers another size says so, and is asked again from there.
  for (int attempt = 0; attempt < 2; ++attempt) {
    tlog::TileSource source = tile_source(files_, offer.head.size);
    TRY_ASSIGN(const auto proof, tlog::consistency_proof(source, known, offer.head.size));
    TRY_ASSIGN(const HttpAnswer answer,
               channel_.post(address_of(link.witness.url), tlog::AddCheckpoint{known, proof, offer.note}.text()));
    if (answer.status == 200) {
      TRY_ASSIGN(const std::string line, cosignature_of(link, offer, answer.body));
      add_cosignature(link, offer.head.size, line);
      return {};
    }
    if (answer.status != 409)
      return fail(ErrorCode::unavailable, fmt::format("the witness answered {}", answer.status));
    std::string_view body = answer.body;
    const auto first = tlog::take_line(body);
    const auto size = first ? tlog::parse_decimal(*first) : tlog::parse_decimal("");
    if (!size) return fail(ErrorCode::unavailable, "the witness answered 409 without a size");
    if (*size > offer.head.size || (*size == known && known == offer.head.size)) {
      const std::string what =
          *size > offer.head.size ? fmt::format("{} has cosigned {} entries of this log, which holds {}",
                                                link.witness.name, *size, offer.head.size)
                                  : fmt::format("{} has cosigned another tree of {} entries", link.witness.name, *size);
      if (options_.on_fork) options_.on_fork(what);
      return fail(ErrorCode::conflict, what);
    }
    known = *size;
  }
  return fail(ErrorCode::unavailable, "the witness names another size each time");
}

// The line of this witness for our checkpoint, checked before it is believed.
Result<std::string> Publisher::cosignature_of(const Link& link, const Offer& offer, const std::string& body) const {
  const std::string joined = offer.note + body;
  TRY_ASSIGN(const tlog::Note note, tlog::Note::parse(joined));
  TRY(tlog::verify_note(note, {link.witness.key}));
  for (const tlog::SignatureLine& line : note.signatures)
    if (line.name == link.witness.key.name && line.key_id == link.witness.key.id()) return std::string(line.line);
  return fail(ErrorCode::internal, "a cosignature that was verified is gone");
}

void Publisher::add_cosignature(Link& link, std::uint64_t size, const std::string& line) {
  const std::lock_guard lock(mutex_);
  link.state.cosigned_size = size;
  link.state.cosigned_ms = clock_.now_ms();
  for (Offer& offer : offers_) {
    if (offer.head.size != size) continue;
    offer.lines.push_back(line);
    offer.names.push_back(link.witness.name);
  }
  publish_best();
}

void Publisher::publish_best() {
  const auto best = std::find_if(offers_.rbegin(), offers_.rend(),
                                 [&](const Offer& offer) { return options_.policy.satisfied_by(offer.names); });
  if (best == offers_.rend() || best->head.size < published_size_) return;
  const bool first_time = best->head.size > published_size_ || published_lines_ == 0;
  if (!first_time && best->lines.size() <= published_lines_) return;
  std::string note = best->note;
  for (const std::string& line : best->lines) note += line;
  if (const auto outcome = files_.replace(kCheckpointFile, as_bytes(note)); !outcome) {
    trouble_ = outcome.error().message;
    return;
  }
  trouble_.clear();
  if (first_time) published_ms_ = clock_.now_ms();
  published_size_ = best->head.size;
  published_lines_ = best->lines.size();
  while (offers_.front().head.size < published_size_) offers_.pop_front();
  if (target_size_ <= published_size_ && offers_.back().head.size > published_size_)
    target_size_ = offers_.back().head.size;
  if (options_.on_published) options_.on_published();
}

}  // namespace probity::log
