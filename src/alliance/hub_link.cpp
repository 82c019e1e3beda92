#include "alliance/hub_link.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "alliance/hub.h"
#include "base/encoding.h"

namespace probity::alliance {
namespace {

// The code that a problem names, if it is one of ours; the words are the hub's own.
Error problem_of(const HttpReply& reply) {
  if (reply.status == 0) return {ErrorCode::unavailable, "the hub does not answer", "try again in a moment"};
  const auto body = nlohmann::json::parse(reply.body, nullptr, false);
  const auto text = [&](const char* name) {
    return body.is_object() && body.contains(name) && body[name].is_string() ? body[name].get<std::string>()
                                                                             : std::string();
  };
  for (int i = 0; i <= static_cast<int>(ErrorCode::internal); ++i)
    if (catalogue_entry(ErrorCode(i)).name == text("code"))
      return {ErrorCode(i), "the hub says: " + text("detail"), text("hint")};
  return {ErrorCode::unavailable, "the hub answered with status " + std::to_string(reply.status), ""};
}

// Signature in front, then the bytes it is about.
struct SignedBytes {
  oprf::Signature signature{};
  BytesView bytes;
};
Result<SignedBytes> split(const std::string& body) {
  SignedBytes out;
  const BytesView bytes = as_bytes(body);
  if (bytes.size() < out.signature.size()) return fail(ErrorCode::corrupt, "the hub's answer ends early");
  std::ranges::copy(bytes.first(out.signature.size()), out.signature.begin());
  out.bytes = bytes.subspan(out.signature.size());
  return out;
}

// `read` maps one member of "items"; what cannot be read spoils the whole.
template <class Read>
auto items_of(const std::string& body, Read read) -> Result<std::vector<decltype(read(nlohmann::json()))>> {
  try {
    std::vector<decltype(read(nlohmann::json()))> items;
    const nlohmann::json answer = nlohmann::json::parse(body);
    for (const auto& item : answer.at("items")) items.push_back(read(item));
    return items;
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "the hub's answer is not readable");
  }
}

EpochFacts read_epoch(const nlohmann::json& item) {
  EpochFacts facts{item.at("epoch").get<oprf::Epoch>(), {}, item.at("tag_set_version").get<oprf::TagSetVersion>()};
  const auto id = from_hex(item.at("key_set_id").get<std::string>());
  if (!id || id->size() != facts.key_set_id.size()) throw std::runtime_error("no hash");
  std::ranges::copy(*id, facts.key_set_id.begin());
  return facts;
}

ChangeNotice read_notice(const nlohmann::json& item) {
  ChangeNotice notice;
  const auto id = Id::parse(item.at("id").get<std::string>());
  const auto what = parse_step(item.at("what").get<std::string>());
  if (!id || !what) throw std::runtime_error("no notice");
  notice.id = *id;
  notice.epoch = item.at("epoch").get<oprf::Epoch>();
  notice.bits = item.at("bits").get<int>();
  notice.prefix = item.at("prefix").get<oprf::Prefix>();
  notice.what = *what;
  notice.time_ms = item.at("time_ms").get<TimeMs>();
  return notice;
}

}  // namespace

HubLink::HubLink(HubAddress hub, Id member, oprf::Identity identity, HttpSender& sender, Clock& clock, Random& random)
    : hub_(std::move(hub)),
      member_(member),
      identity_(std::move(identity)),
      sender_(sender),
      clock_(clock),
      random_(random) {}

Result<std::string> HubLink::call(const std::string& method, const std::string& path, const std::string& body,
                                  const Id& account) {
  const MemberCall call{method, path, member_, account, Id::random(random_), clock_.now_ms()};
  CallHeaders headers = sign_call(call, body, identity_, hub_.identity);
  if (!body.empty()) headers.emplace_back("Content-Type", "application/json");
  HttpReply reply = sender_.send(method, hub_.url + path, headers, body);
  if (reply.status < 200 || reply.status > 299) return tl::unexpected<Error>(problem_of(reply));
  return std::move(reply.body);
}

Result<std::vector<EpochFacts>> HubLink::epochs() {
  TRY_ASSIGN(const std::string body, call("GET", "/alliance/v1/epochs", ""));
  return items_of(body, read_epoch);
}

Result<std::vector<ChangeNotice>> HubLink::notices() {
  TRY_ASSIGN(const std::string body, call("GET", "/alliance/v1/notices", ""));
  TRY_ASSIGN(auto notices, items_of(body, read_notice));
  for (ChangeNotice& notice : notices) notice.member = member_;
  return notices;
}

Result<void> HubLink::take_notice(const Id& notice) {
  return call("POST", "/alliance/v1/notices/" + notice.text() + "/take", "").map([](const std::string&) {});
}

Result<KeyDirectory> HubLink::keys(oprf::Epoch epoch) {
  TRY_ASSIGN(const std::string body, call("GET", "/alliance/v1/keys/" + std::to_string(epoch), ""));
  TRY_ASSIGN(KeyDirectory directory, KeyDirectory::parse(body));
  if (directory.keys.epoch != epoch) return fail(ErrorCode::corrupt, "the hub gave the keys of another epoch");
  return directory;
}

Result<HeldTagSet> HubLink::tag_set(oprf::Epoch epoch, const std::optional<HeldTagSet>& held) {
  if (!held || held->set.head().epoch != epoch) return whole_tag_set(epoch, std::nullopt);
  TRY_ASSIGN(
      const std::string body,
      call("GET",
           "/alliance/v1/tag-set/" + std::to_string(epoch) + "/since/" + std::to_string(held->set.head().version), ""));
  if (body.empty()) return whole_tag_set(epoch, held);
  TRY_ASSIGN(const SignedBytes answer, split(body));
  TRY_ASSIGN(const oprf::TagSetChange change, oprf::TagSetChange::parse(answer.bytes));
  TRY(oprf::verify_signature(hub_.identity, kTagSetDomain, change.to.encode(), answer.signature));
  if (change.to == held->set.head()) return *held;
  auto next = held->set.apply(change);
  if (!next) return whole_tag_set(epoch, held);
  return HeldTagSet{std::move(*next), answer.signature};
}

Result<HeldTagSet> HubLink::whole_tag_set(oprf::Epoch epoch, const std::optional<HeldTagSet>& held) {
  TRY_ASSIGN(const std::string body, call("GET", "/alliance/v1/tag-set/" + std::to_string(epoch), ""));
  TRY_ASSIGN(const SignedBytes answer, split(body));
  TRY_ASSIGN(oprf::TagSet set, oprf::TagSet::parse(answer.bytes));
  TRY(oprf::verify_signature(hub_.identity, kTagSetDomain, set.head().encode(), answer.signature));
  const bool goes_back = held && (set.head().version < held->set.head().version ||
                                  (set.head().version == held->set.head().version && set.head() != held->set.head()));
  if (set.head().epoch != epoch || goes_back)
    return fail(ErrorCode::forbidden, "the hub shows another list than before under the same version",
                "keep both signed heads: they prove it; tell the ombudsman and the log's witnesses");
  return HeldTagSet{std::move(set), answer.signature};
}

Result<TagSetProof> HubLink::tag_set_proof(const oprf::TagSetHead& head) {
  const std::string path =
      "/alliance/v1/tag-set/" + std::to_string(head.epoch) + "/proof/" + std::to_string(head.version);
  TRY_ASSIGN(const std::string body, call("GET", path, ""));
  return TagSetProof::parse(body);
}

Result<std::vector<Bytes>> HubLink::bucket(const oprf::TagSetHead& head, oprf::Prefix prefix, const Id& account) {
  const std::string body =
      nlohmann::json{
          {"epoch", head.epoch}, {"bits", head.bits}, {"prefix", prefix}, {"request", Id::random(random_).text()}}
          .dump();
  TRY_ASSIGN(const std::string answer, call("POST", "/alliance/v1/bucket", body, account));
  if (answer.size() % oprf::kSealedLabelBytes != 0) return fail(ErrorCode::corrupt, "a bucket of the wrong size");
  std::vector<Bytes> labels;
  const BytesView bytes = as_bytes(answer);
  for (std::size_t at = 0; at < bytes.size(); at += oprf::kSealedLabelBytes) {
    const BytesView label = bytes.subspan(at, oprf::kSealedLabelBytes);
    labels.emplace_back(label.begin(), label.end());
  }
  return labels;
}

}  // namespace probity::alliance
