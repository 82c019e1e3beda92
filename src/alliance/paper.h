// A paper that goes with a listing: evidence, the filer's summary, what the listed person answers, reasons of a
// decision. It is sealed to one reader; whoever carries it sees its size, and a commitment to what it holds.
//
//   content    = "probity paper v1" ‖ 0 ‖ length of the header (u32) ‖ header (JSON) ‖ bytes
//   sealed     = seal_to(reader, content)                          oprf/identity.h
//   commitment = SHA-256("probity evidence v1" ‖ 0 ‖ salt ‖ bytes)  what stands among a listing's four tests
//
// The salt is drawn for each paper and stands in its header: nobody can try documents against a commitment.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/random.h"
#include "oprf/identity.h"

namespace probity::alliance {

using PaperSalt = std::array<std::uint8_t, 16>;

struct Paper {
  enum class Kind {
    summary,   // by the filer: what is said of whom, and what the evidence is
    evidence,  // a document behind one of the tests
    reply,     // by the listed person, through the hub, which seals it at once
    answer,    // by the filer, to an objection or appeal
    decision,  // by the ombudsman, with reasons
  };
  Kind kind = Kind::evidence;
  std::string title, media_type;
  std::string test;  // of evidence: "reasonable_grounds", "clear_evidence", "ended_because_of_it"
  PaperSalt salt{};
  Bytes bytes;
  bool operator==(const Paper&) const = default;
};
std::string_view paper_kind_name(Paper::Kind kind);
std::optional<Paper::Kind> parse_paper_kind(std::string_view name);

inline constexpr std::size_t kMostPaperBytes = 8 << 20;
inline constexpr std::size_t kMostSealedPaperBytes = kMostPaperBytes + 4096;

PaperSalt draw_salt(Random& random);
Hash paper_commitment(const PaperSalt& salt, BytesView bytes);
Hash paper_commitment(const Paper& paper);

// Errors: too_large; invalid_argument for a reader that cannot be sealed to.
Result<Bytes> seal_paper(const Paper& paper, const oprf::PublicIdentity& reader);
// Errors: forbidden (sealed to somebody else, or changed); corrupt.
Result<Paper> open_paper(BytesView sealed, const oprf::Identity& reader);

}  // namespace probity::alliance
