#include "alliance/key_client.h"

#include <algorithm>

#include "oprf/threshold.h"

namespace probity::alliance {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Of the holder's words only the time is taken, and only when it is one: "2027-01-15T08:00:00.000Z".
Error quota_used_up(BytesView body) {
  constexpr std::string_view kBefore = "ask again at ", kForm = "dddd-dd-ddTdd:dd:dd.dddZ";
  Error error{ErrorCode::too_many_requests, "the quota at the key-holder is used up", "wait, or ask for more"};
  const std::string_view text = as_text(body);
  const std::size_t at = text.find(kBefore);
  if (at == std::string_view::npos || text.size() < at + kBefore.size() + kForm.size()) return error;
  const std::string_view time = text.substr(at + kBefore.size(), kForm.size());
  const bool is_time = std::ranges::equal(
      time, kForm, [](char is, char form) { return form == 'd' ? is >= '0' && is <= '9' : is == form; });
  if (is_time) error.hint = std::string(kBefore) + std::string(time);
  return error;
}

// What a status that is no success means. The holder's words are not passed on: they are somebody else's.
Error error_of(const HolderReply& reply) {
  switch (reply.status) {
    case 0:
      return {ErrorCode::unavailable, "the key-holder did not answer", ""};
    case 401:
      return {ErrorCode::unauthenticated, "the key-holder does not know this member", "ask it to admit you"};
    case 403:
      return {ErrorCode::forbidden, "this member is suspended there", ""};
    case 409:
      return {ErrorCode::conflict, "the key-holder had this request before", ""};
    case 410:
      return {ErrorCode::gone, "the key-holder no longer uses this key set", "fetch the key set again"};
    case 429:
      return quota_used_up(reply.body);
    default:
      return {ErrorCode::unavailable, "the key-holder answered with status " + std::to_string(reply.status), ""};
  }
}

// Who is asked first changes from question to question, so that the load is spread.
std::vector<std::size_t> random_order(std::size_t count, Random& random) {
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  for (std::size_t i = count; i > 1; --i) {
    std::array<std::uint8_t, 4> bytes;
    random.fill(bytes);
    const std::uint32_t number = ByteReader(bytes).integer<std::uint32_t>();
    std::swap(order[i - 1], order[number % i]);
  }
  return order;
}

}  // namespace

// One question under way at several holders.
class KeyClient::Round {
 public:
  Round(KeyClient& client, const oprf::KeySet& keys, const std::vector<HolderAddress>& holders)
      : client_(client), keys_(keys), holders_(holders), order_(random_order(holders.size(), client.random_)) {}

  Result<void> begin(const oprf::UserPseudonym& user, const std::vector<SecretKey>& inputs) {
    request_.epoch = keys_.epoch;
    request_.generation = keys_.generation;
    request_.request = Id::random(client_.random_);
    request_.time_ms = client_.clock_.now_ms();
    request_.member = client_.member_.id;
    request_.user = user;
    for (const SecretKey& input : inputs) {
      TRY_ASSIGN(oprf::Blinded blinded, oprf::blind(oprf::threshold_suite(), input.view(), client_.random_));
      request_.blinded.push_back(blinded.element);
      blinds_.push_back(std::move(blinded.blind));
    }
    return {};
  }

  // Until t have answered rightly. Errors: those of ask().
  Result<void> collect() {
    const auto deadline = steady_clock::now() + client_.options_.deadline;
    while (partials_.size() < keys_.threshold) {
      while (in_good_hope() + partials_.size() < keys_.threshold && ask_next()) {
      }
      const auto now = steady_clock::now();
      if (under_way_.empty() || now >= deadline) return give_up();
      const auto patience = next_ < order_.size() ? last_start_ + client_.options_.patience : deadline;
      const auto until = std::min(deadline, std::max(patience, now + milliseconds(1)));
      const auto reply = client_.calls_.wait(std::chrono::ceil<milliseconds>(until - now));
      if (reply) {
        TRY(take(*reply));
      } else if (steady_clock::now() >= patience) {
        lose_patience();
      }
    }
    return {};
  }

  Result<KeyAnswer> finish(const std::vector<SecretKey>& inputs) {
    TRY_ASSIGN(const std::vector<oprf::Element> combined, oprf::combine(keys_, partials_));
    KeyAnswer answer{request_.request, {}, std::move(receipts_), std::move(troubles_)};
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      TRY_ASSIGN(oprf::Output output, oprf::finalize(inputs[i].view(), blinds_[i], combined[i]));
      answer.outputs.push_back(std::move(output));
    }
    return answer;
  }

 private:
  struct Call {
    std::size_t holder;
    bool late = false;
  };

  std::size_t in_good_hope() const {
    return static_cast<std::size_t>(std::ranges::count_if(under_way_, [](const Call& call) { return !call.late; }));
  }

  bool ask_next() {
    if (next_ == order_.size()) return false;
    const std::size_t holder = order_[next_++];
    const HolderAddress& address = holders_[holder];
    const Bytes body = oprf::encode_request(request_, client_.member_.identity, address.identity);
    client_.calls_.start(holder, address.url + "/evaluate", body);
    under_way_.push_back({holder});
    last_start_ = steady_clock::now();
    return true;
  }

  void lose_patience() {
    for (Call& call : under_way_) {
      if (!call.late)
        troubles_.push_back(
            {holders_[call.holder].index, {ErrorCode::unavailable, "the key-holder takes too long", ""}});
      call.late = true;
    }
  }

  // Errors: what no other holder would answer differently.
  Result<void> take(const HolderReply& reply) {
    std::erase_if(under_way_, [&](const Call& call) { return call.holder == reply.call; });
    const HolderAddress& address = holders_[reply.call];
    const Result<void> outcome = check(reply, address);
    if (outcome) return {};
    troubles_.push_back({address.index, outcome.error()});
    if (outcome.error().code == ErrorCode::too_many_requests) return outcome;
    return {};
  }

  Result<void> check(const HolderReply& reply, const HolderAddress& address) {
    if (reply.status != 200) return tl::unexpected<Error>(error_of(reply));
    TRY_ASSIGN(oprf::EvaluationAnswer answer, oprf::parse_answer(reply.body, request_, address.identity));
    if (answer.partial.index != address.index)
      return fail(ErrorCode::forbidden, "a key-holder answered as another one");
    TRY(oprf::verify_partial(keys_, request_.blinded, answer.partial));
    partials_.push_back(std::move(answer.partial));
    receipts_.push_back({address.index, answer.time_ms, answer.receipt, reply.body});
    return {};
  }

  Result<void> give_up() const {
    for (const ErrorCode code : {ErrorCode::gone, ErrorCode::unauthenticated})
      for (const HolderTrouble& trouble : troubles_)
        if (trouble.error.code == code) return tl::unexpected<Error>(trouble.error);
    return fail(ErrorCode::unavailable,
                "only " + std::to_string(partials_.size()) + " of the " + std::to_string(keys_.threshold) +
                    " key-holders needed answered rightly",
                "try again in a moment; the operator sees which do not");
  }

  KeyClient& client_;
  const oprf::KeySet& keys_;
  const std::vector<HolderAddress>& holders_;
  std::vector<std::size_t> order_;
  std::size_t next_ = 0;
  oprf::EvaluationRequest request_;
  std::vector<oprf::Scalar> blinds_;
  std::vector<Call> under_way_;
  steady_clock::time_point last_start_;
  std::vector<oprf::PartialEvaluation> partials_;
  std::vector<HolderReceipt> receipts_;
  std::vector<HolderTrouble> troubles_;
};

KeyClient::KeyClient(Member member, HolderCalls& calls, Clock& clock, Random& random, KeyClientOptions options)
    : member_(std::move(member)), calls_(calls), clock_(clock), random_(random), options_(options) {}

Result<KeyAnswer> KeyClient::ask(const oprf::KeySet& keys, const std::vector<HolderAddress>& holders,
                                 const oprf::UserPseudonym& user, const std::vector<SecretKey>& inputs) {
  if (inputs.empty() || inputs.size() > oprf::kMostQuestions)
    return fail(ErrorCode::invalid_argument, "a request has 1 to 100 questions");
  if (holders.size() < keys.threshold)
    return fail(ErrorCode::invalid_argument, "fewer key-holders are known than are needed");
  Round round(*this, keys, holders);
  TRY(round.begin(user, inputs));
  const Result<void> collected = round.collect();
  calls_.abandon();
  TRY(collected);
  return round.finish(inputs);
}

}  // namespace probity::alliance
