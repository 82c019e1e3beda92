#include "alliance/member_call.h"

#include <charconv>

#include "base/encoding.h"
#include "base/hash.h"

namespace probity::alliance {
namespace {

constexpr std::string_view kDomain = "probity member call v1";

Bytes signed_part(const MemberCall& call, std::string_view body, const oprf::PublicIdentity& hub) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.bytes(hub);
  for (const std::string* text : {&call.method, &call.path}) {
    writer.bytes(as_bytes(*text));
    writer.integer(std::uint8_t{0});
  }
  for (const Id* id : {&call.member, &call.account, &call.request}) writer.bytes(id->bytes);
  writer.integer(static_cast<std::uint64_t>(call.time_ms));
  writer.bytes(sha256(as_bytes(body)));
  return bytes;
}

tl::unexpected<Error> unsigned_call() {
  return fail(ErrorCode::unauthenticated, "this call is not signed by a member of the alliance");
}

}  // namespace

CallHeaders sign_call(const MemberCall& call, std::string_view body, const oprf::Identity& member,
                      const oprf::PublicIdentity& hub) {
  return {{"Probity-Member", call.member.text()},
          {"Probity-Account", call.account.text()},
          {"Probity-Request", call.request.text()},
          {"Probity-Time", std::to_string(call.time_ms)},
          {"Probity-Signature", to_hex(member.sign(kDomain, signed_part(call, body, hub)))}};
}

CallGate::CallGate(HubStore& store, Clock& clock, const oprf::PublicIdentity& hub, std::optional<Id> ombudsman)
    : store_(store), clock_(clock), hub_(hub), ombudsman_(ombudsman), replays_(clock.now_ms()) {}

Result<Party> CallGate::admit(std::string_view method, std::string_view path, std::string_view body,
                              const std::function<std::optional<std::string_view>(std::string_view)>& header) {
  const auto id_in = [&](const char* name) { return Id::parse(header(name).value_or("")); };
  const auto member = id_in("probity-member"), account = id_in("probity-account"), request = id_in("probity-request");
  const std::string_view time = header("probity-time").value_or("");
  const auto signature = from_hex(header("probity-signature").value_or(""));
  MemberCall call{std::string(method), std::string(path), {}, {}, {}, 0};
  const auto read = std::from_chars(time.data(), time.data() + time.size(), call.time_ms);
  if (!member || !account || !request || !signature || read.ec != std::errc() || read.ptr != time.data() + time.size())
    return unsigned_call();
  call.member = *member;
  call.account = *account;
  call.request = *request;
  TRY_ASSIGN(const auto entry, store_.member(call.member));
  if (!entry || !oprf::verify_signature(entry->identity, kDomain, signed_part(call, body, hub_), *signature))
    return unsigned_call();
  if (entry->suspended) return fail(ErrorCode::forbidden, "this member is suspended");
  TRY(replays_.take(call.member, call.request, call.time_ms, clock_.now_ms()));
  TRY(quota_.take_call(call.member, call.account, method == "GET", clock_.now_ms()));
  const bool is_ombudsman = ombudsman() == call.member;
  return Party{is_ombudsman ? Party::Role::ombudsman : Party::Role::filer, call.member, call.account};
}

std::optional<Id> CallGate::ombudsman() const {
  const std::lock_guard lock(mutex_);
  return ombudsman_;
}

void CallGate::name_ombudsman(std::optional<Id> ombudsman) {
  const std::lock_guard lock(mutex_);
  ombudsman_ = ombudsman;
}

}  // namespace probity::alliance
