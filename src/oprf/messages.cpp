#include "oprf/messages.h"

#include <algorithm>

namespace probity::oprf {
namespace {

constexpr std::string_view kRequestMagic = "PKE1";
constexpr std::string_view kAnswerMagic = "PKA1";
constexpr std::string_view kRequestDomain = "probity evaluation request v1";
constexpr std::string_view kAnswerDomain = "probity evaluation answer v1";

template <std::size_t size>
void read_into(ByteReader& reader, std::array<std::uint8_t, size>& out) {
  std::ranges::copy(reader.bytes(size), out.begin());
}

Result<std::vector<Element>> read_elements(ByteReader& reader) {
  const std::size_t count = reader.integer<std::uint8_t>();
  if (count < 1 || count > kMostQuestions) return fail(ErrorCode::invalid_argument, "a request has 1 to 100 elements");
  std::vector<Element> elements;
  elements.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    TRY_ASSIGN(const Element element, Element::parse(reader.bytes(kElementBytes)));
    elements.push_back(element);
  }
  return elements;
}

void write_elements(ByteWriter& writer, const std::vector<Element>& elements) {
  writer.integer(static_cast<std::uint8_t>(elements.size()));
  for (const Element& element : elements) writer.bytes(element.view());
}

Bytes joined(BytesView first, BytesView second) {
  Bytes bytes(first.begin(), first.end());
  bytes.insert(bytes.end(), second.begin(), second.end());
  return bytes;
}

}  // namespace

Bytes encode_request(const EvaluationRequest& request, const Identity& member, const PublicIdentity& holder) {
  Bytes out;
  ByteWriter writer(out);
  writer.bytes(as_bytes(kRequestMagic));
  writer.integer(request.epoch);
  writer.integer(request.generation);
  writer.bytes(request.request.bytes);
  writer.integer(static_cast<std::uint64_t>(request.time_ms));
  writer.bytes(request.member.bytes);
  writer.bytes(request.user);
  write_elements(writer, request.blinded);
  writer.bytes(member.sign(kRequestDomain, joined(holder, out)));
  return out;
}

Result<SignedRequest> parse_request(BytesView bytes) {
  ByteReader reader(bytes);
  if (as_text(reader.bytes(kRequestMagic.size())) != kRequestMagic)
    return fail(ErrorCode::corrupt, "this is no request for an evaluation");
  SignedRequest parsed;
  EvaluationRequest& request = parsed.request;
  request.epoch = reader.integer<std::uint16_t>();
  request.generation = reader.integer<std::uint16_t>();
  read_into(reader, request.request.bytes);
  request.time_ms = static_cast<TimeMs>(reader.integer<std::uint64_t>());
  read_into(reader, request.member.bytes);
  read_into(reader, request.user);
  TRY_ASSIGN(request.blinded, read_elements(reader));
  const std::size_t signed_bytes = reader.position();
  read_into(reader, parsed.signature);
  if (!reader.ok() || reader.remaining() != 0) return fail(ErrorCode::corrupt, "a request of the wrong length");
  parsed.signed_part.assign(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(signed_bytes));
  return parsed;
}

Result<void> verify_request(const SignedRequest& request, const PublicIdentity& member, const PublicIdentity& holder) {
  return verify_signature(member, kRequestDomain, joined(holder, request.signed_part), request.signature);
}

Bytes encode_answer(const EvaluationAnswer& answer, const Id& member, const Identity& holder) {
  Bytes out;
  ByteWriter writer(out);
  writer.bytes(as_bytes(kAnswerMagic));
  writer.integer(answer.partial.index);
  writer.integer(answer.epoch);
  writer.integer(answer.generation);
  writer.bytes(answer.request.bytes);
  writer.integer(static_cast<std::uint64_t>(answer.time_ms));
  write_elements(writer, answer.partial.evaluation.elements);
  writer.bytes(answer.partial.evaluation.proof.bytes());
  writer.bytes(holder.sign(kAnswerDomain, joined(member.bytes, out)));
  return out;
}

Result<EvaluationAnswer> parse_receipt(BytesView bytes, const Id& member, const PublicIdentity& holder) {
  ByteReader reader(bytes);
  if (as_text(reader.bytes(kAnswerMagic.size())) != kAnswerMagic)
    return fail(ErrorCode::corrupt, "this is no key-holder's answer");
  EvaluationAnswer answer;
  answer.partial.index = reader.integer<std::uint8_t>();
  answer.epoch = reader.integer<std::uint16_t>();
  answer.generation = reader.integer<std::uint16_t>();
  read_into(reader, answer.request.bytes);
  answer.time_ms = static_cast<TimeMs>(reader.integer<std::uint64_t>());
  TRY_ASSIGN(answer.partial.evaluation.elements, read_elements(reader));
  TRY_ASSIGN(answer.partial.evaluation.proof, Proof::parse(reader.bytes(kProofBytes)));
  const std::size_t signed_bytes = reader.position();
  read_into(reader, answer.receipt);
  if (!reader.ok() || reader.remaining() != 0) return fail(ErrorCode::corrupt, "an answer of the wrong length");
  TRY(verify_signature(holder, kAnswerDomain, joined(member.bytes, bytes.first(signed_bytes)), answer.receipt));
  return answer;
}

Result<EvaluationAnswer> parse_answer(BytesView bytes, const EvaluationRequest& request, const PublicIdentity& holder) {
  TRY_ASSIGN(EvaluationAnswer answer, parse_receipt(bytes, request.member, holder));
  if (answer.request != request.request || answer.epoch != request.epoch || answer.generation != request.generation ||
      answer.partial.evaluation.elements.size() != request.blinded.size())
    return fail(ErrorCode::forbidden, "the answer belongs to another request");
  return answer;
}

}  // namespace probity::oprf
