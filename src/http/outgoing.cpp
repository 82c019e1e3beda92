#include "http/outgoing.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/check.h"

namespace probity::http {
namespace {

iovec bytes_from(const std::string& text, std::size_t from) {
  return {const_cast<char*>(text.data()) + from, text.size() - from};
}

// A TLS record must be offered again as it was, so never less than one.
constexpr std::size_t kLeastWeaveBytes = 16 << 10;

bool has_no_body(int status) { return status == 204 || status == 304; }

void become_problem(Response& response, int status, std::string_view detail, std::string_view request_id) {
  Response refused = problem(status, detail, "", request_id);
  response.status = status;
  response.body = std::move(refused.body);
  response.set("Content-Type", "application/problem+json");
}

}  // namespace

Outgoing::Outgoing(Response response, const Conditions& conditions, WireOptions wire)
    : keep_alive_(wire.keep_alive),
      head_only_(conditions.method == Method::head),
      route_(response.route),
      weave_bytes_(kWeaveBytes) {
  if (auto* source = std::get_if<std::shared_ptr<BodySource>>(&response.body)) {
    PROBITY_CHECK(*source != nullptr);
    source_ = *source;
  }
  if (auto* events = std::get_if<EventBody>(&response.body)) {
    keep_alive_ = wire.keep_alive = false;  // the stream ends with the connection
    if (!head_only_) events_ = std::move(*events);
    response.set("Content-Type", "text/event-stream").set("Cache-Control", "no-store").set("X-Accel-Buffering", "no");
  } else {
    select_part(response, conditions, wire.request_id);
    if (auto* text = std::get_if<std::string>(&response.body)) text_ = std::move(*text);
    if (!has_no_body(response.status)) wire.content_length = text_.size() + end_ - gathered_to_;
  }
  if (head_only_ || has_no_body(response.status)) text_.clear();
  head_only_ = head_only_ || has_no_body(response.status);
  status_ = response.status;
  head_ = response_head(response, wire);
}

Outgoing::~Outgoing() {
  if (!source_) return;
  try {
    source_->finished(body_bytes_sent_);
  } catch (...) {
    // The bytes are out; there is nobody left to tell.
  }
}

// Makes of a 200 what the client's conditions ask for.
void Outgoing::select_part(Response& response, const Conditions& conditions, std::string_view request_id) {
  const std::uint64_t size = source_ ? source_->size_bytes() : 0;
  end_ = size;
  if (source_) response.set("Accept-Ranges", "bytes");
  if (response.status != 200) return;
  const Selection part = select(conditions, response.header("ETag").value_or(""), size, source_ != nullptr);
  gathered_to_ = woven_to_ = part.first;
  end_ = part.first + part.length;
  if (part.status == 206)
    response.set("Content-Range",
                 "bytes " + std::to_string(part.first) + "-" + std::to_string(end_ - 1) + "/" + std::to_string(size));
  if (part.status == 416) {
    become_problem(response, 416, "the content has " + std::to_string(size) + " bytes", request_id);
    response.set("Content-Range", "bytes */" + std::to_string(size));
  }
  if (part.status == 412) become_problem(response, 412, "the content is not the one that was asked for", request_id);
  if (part.status == 304) response.body = std::string();
  response.status = part.status;
}

Result<void> Outgoing::gather() {
  PROBITY_CHECK(needs_gather());
  const std::uint64_t length = std::min(kWindowBytes, end_ - gathered_to_);
  try {
    TRY_ASSIGN(const std::span<const iovec> window, source_->gather(gathered_to_, length));
    std::uint64_t bytes = window.empty() ? length : 0;
    for (const iovec& range : window) bytes += range.iov_len;
    if (bytes == 0 || bytes > length) return fail(ErrorCode::internal, "a source gave another length than asked for");
    window_ = window;
    window_offset_ = 0;
    gathered_to_ += bytes;
    if (!window.empty()) woven_to_ = gathered_to_;
    return {};
  } catch (...) {
    return fail(ErrorCode::internal, "a source failed");
  }
}

Result<std::span<const iovec>> Outgoing::pending(std::span<iovec> room, std::span<std::uint8_t> scratch) {
  std::size_t count = 0;
  if (text_sent_ < head_.size()) room[count++] = bytes_from(head_, text_sent_);
  const std::size_t text_from = text_sent_ < head_.size() ? 0 : text_sent_ - head_.size();
  if (text_from < text_.size()) room[count++] = bytes_from(text_, text_from);
  if (woven_to_ < gathered_to_) {
    TRY_ASSIGN(offered_bytes_, weave_into(scratch));
    room[count++] = {scratch.data(), offered_bytes_};
    return room.first(count);
  }
  const std::size_t taken = std::min(window_.size(), room.size() - count);
  std::ranges::copy(window_.first(taken), room.begin() + static_cast<std::ptrdiff_t>(count));
  if (taken > 0) {
    iovec& first = room[count];
    first.iov_base = static_cast<char*>(first.iov_base) + window_offset_;
    first.iov_len -= window_offset_;
  }
  return room.first(count + taken);
}

Result<std::size_t> Outgoing::weave_into(std::span<std::uint8_t> scratch) {
  const auto bytes =
      static_cast<std::size_t>(std::min<std::uint64_t>({scratch.size(), weave_bytes_, gathered_to_ - woven_to_}));
  try {
    TRY(source_->weave(woven_to_, scratch.first(bytes)));
    return bytes;
  } catch (...) {
    return fail(ErrorCode::internal, "a source failed");
  }
}

void Outgoing::advance(std::size_t bytes) {
  const std::size_t texts = head_.size() + text_.size();
  const std::size_t of_texts = std::min(bytes, texts - text_sent_);
  const std::size_t of_head = std::min(of_texts, head_.size() - std::min(text_sent_, head_.size()));
  text_sent_ += of_texts;
  body_bytes_sent_ += bytes - of_head;
  if (woven_to_ < gathered_to_)
    advance_woven(bytes - of_texts);
  else
    advance_window(bytes - of_texts);
}

void Outgoing::advance_window(std::size_t bytes) {
  while (!window_.empty() && bytes >= window_.front().iov_len - window_offset_) {
    bytes -= window_.front().iov_len - window_offset_;
    window_ = window_.subspan(1);
    window_offset_ = 0;
  }
  window_offset_ += bytes;
  PROBITY_CHECK(bytes == 0 || !window_.empty());
}

// What did not go out is woven again, so a connection that takes little is offered little.
void Outgoing::advance_woven(std::size_t bytes) {
  PROBITY_CHECK(bytes <= offered_bytes_);
  woven_to_ += bytes;
  const std::size_t fits = bytes == offered_bytes_ ? 2 * weave_bytes_ : std::bit_ceil(bytes);
  weave_bytes_ = std::clamp(fits, kLeastWeaveBytes, kWeaveBytes);
  offered_bytes_ = 0;
}

}  // namespace probity::http
