#include "alliance/paper.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::alliance {
namespace {

using nlohmann::json;

constexpr std::string_view kMagic("probity paper v1\0", 17);
constexpr std::string_view kCommitmentDomain("probity evidence v1\0", 20);
constexpr std::string_view kKinds[] = {"summary", "evidence", "reply", "answer", "decision"};

tl::unexpected<Error> unreadable() { return fail(ErrorCode::corrupt, "a sealed paper is not readable"); }

Result<Paper> read_header(std::string_view text) {
  const json header = json::parse(text, nullptr, false);
  const auto word = [&](const char* name) {
    return header.contains(name) && header[name].is_string() ? header[name].get<std::string>() : std::string();
  };
  if (!header.is_object()) return unreadable();
  Paper paper;
  const auto kind = parse_paper_kind(word("kind"));
  const auto salt = from_hex(word("salt"));
  if (!kind || !salt || salt->size() != paper.salt.size()) return unreadable();
  paper.kind = *kind;
  std::ranges::copy(*salt, paper.salt.begin());
  paper.title = word("title");
  paper.media_type = word("media_type");
  paper.test = word("test");
  return paper;
}

}  // namespace

std::string_view paper_kind_name(Paper::Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<Paper::Kind> parse_paper_kind(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kKinds); ++i)
    if (kKinds[i] == name) return static_cast<Paper::Kind>(i);
  return std::nullopt;
}

PaperSalt draw_salt(Random& random) {
  PaperSalt salt;
  random.fill(salt);
  return salt;
}

Hash paper_commitment(const PaperSalt& salt, BytesView bytes) {
  return sha256({as_bytes(kCommitmentDomain), salt, bytes});
}

Hash paper_commitment(const Paper& paper) { return paper_commitment(paper.salt, paper.bytes); }

Result<Bytes> seal_paper(const Paper& paper, const oprf::PublicIdentity& reader) {
  if (paper.bytes.size() > kMostPaperBytes)
    return fail(ErrorCode::too_large, "a paper has at most 8 MB", "scan it with fewer dots, or split it");
  const std::string header = json{
      {"kind", paper_kind_name(paper.kind)},
      {"title", paper.title},
      {"media_type", paper.media_type},
      {"test", paper.test},
      {"salt",
       to_hex(paper.salt)}}.dump(-1, ' ', false, json::error_handler_t::replace);
  Bytes content;
  ByteWriter writer(content);
  writer.bytes(as_bytes(kMagic));
  writer.integer(static_cast<std::uint32_t>(header.size()));
  writer.bytes(as_bytes(header));
  writer.bytes(paper.bytes);
  return oprf::seal_to(reader, content);
}

Result<Paper> open_paper(BytesView sealed, const oprf::Identity& reader) {
  TRY_ASSIGN(const Bytes content, reader.unseal(sealed));
  ByteReader in(content);
  const bool is_ours = as_text(in.bytes(kMagic.size())) == kMagic;
  const auto size = in.integer<std::uint32_t>();
  const BytesView header = in.bytes(size);
  if (!is_ours || !in.ok()) return unreadable();
  TRY_ASSIGN(Paper paper, read_header(as_text(header)));
  const BytesView bytes = in.bytes(in.remaining());
  paper.bytes.assign(bytes.begin(), bytes.end());
  return paper;
}

}  // namespace probity::alliance
