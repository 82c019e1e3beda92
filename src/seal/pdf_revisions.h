// A PDF file's revisions: cross-reference tables, trailers, and the objects they lead to.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "seal/pdf_value.h"

namespace probity::seal {

// One cross-reference table and its trailer.
struct PdfRevision {
  std::uint64_t table_offset = 0;
  std::map<std::uint64_t, std::uint64_t> offsets{};  // object number -> where it stands
  PdfValue trailer{};
};

// Reads tables from the file's end backwards. Borrows the file. Understands cross-reference tables only, not the
// compressed streams of PDF 1.5, and objects of generation 0.
class PdfRevisions {
 public:
  // Errors: corrupt (not a PDF, truncated, bytes after its end, malformed), unsupported (encrypted, or
  // cross-reference streams).
  static Result<PdfRevisions> read(BytesView file);

  // Latest first.
  const std::vector<PdfRevision>& revisions() const { return revisions_; }
  const PdfRevision& latest() const { return revisions_.front(); }

  // The object in its latest form; only its value, a stream's data is not looked at. Errors: corrupt.
  Result<PdfValue> object(std::uint64_t number) const;
  // A dictionary's entry, looked up if it is a reference. Errors: corrupt (no such entry or object, or no dictionary).
  Result<PdfValue> dictionary_at(const PdfValue& dictionary, std::string_view key) const;
  // The document's catalogue.
  Result<PdfValue> catalogue() const { return dictionary_at(latest().trailer, "Root"); }

 private:
  explicit PdfRevisions(BytesView file) : file_(file) {}
  BytesView file_;
  std::vector<PdfRevision> revisions_{};
};

}  // namespace probity::seal
