#include "seal/pdf_revisions.h"

#include <fmt/format.h>

#include <algorithm>

namespace probity::seal {
namespace {

constexpr std::size_t kMostRevisions = 64;
constexpr std::size_t kEntryBytes = 20;

tl::unexpected<Error> corrupt(std::string what) { return fail(ErrorCode::corrupt, std::move(what)); }

// Where the last table stands. The file's last line is %%EOF: nothing may follow it.
Result<std::uint64_t> last_table(BytesView file) {
  std::string_view text = as_text(file);
  if (!text.starts_with("%PDF-")) return corrupt("the file is not a PDF");
  for (const std::string_view ending : {"\r\n", "\n", "\r"})
    if (text.ends_with(ending)) {
      text.remove_suffix(ending.size());
      break;
    }
  if (!text.ends_with("%%EOF"))
    return corrupt("the PDF does not end with its end mark: it is cut off, or has bytes added");
  const std::size_t start = text.rfind("startxref");
  if (start == std::string_view::npos || text.size() - start > 64)
    return corrupt("the PDF does not say where its cross-reference table is");
  PdfReader reader(file, start);
  TRY(reader.word("startxref"));
  TRY_ASSIGN(const std::uint64_t table, reader.whole_number());
  const std::string_view rest = text.substr(reader.position());
  if (rest != "\n%%EOF" && rest != "\r\n%%EOF" && rest != "\r%%EOF")
    return corrupt("the PDF does not end with its end mark");
  return table;
}

// "0000000015 00000 n \n"
Result<void> read_entry(std::string_view entry, std::uint64_t object, PdfRevision& revision) {
  const auto digits = [&](std::size_t from, std::size_t count) {
    return std::all_of(entry.begin() + static_cast<std::ptrdiff_t>(from),
                       entry.begin() + static_cast<std::ptrdiff_t>(from + count),
                       [](char c) { return c >= '0' && c <= '9'; });
  };
  const std::string_view end = entry.substr(18);
  const bool well_formed = digits(0, 10) && digits(11, 5) && entry[10] == ' ' && entry[16] == ' ' &&
                           (end == " \n" || end == "\r\n" || end == " \r") && (entry[17] == 'n' || entry[17] == 'f');
  if (!well_formed) return corrupt("an entry of the cross-reference table is malformed");
  if (entry[17] == 'f') return {};
  if (entry.substr(11, 5) != "00000")
    return fail(ErrorCode::unsupported, "the PDF has objects that were numbered again");
  std::uint64_t offset = 0;
  for (const char c : entry.substr(0, 10)) offset = offset * 10 + static_cast<std::uint64_t>(c - '0');
  if (!revision.offsets.emplace(object, offset).second) return corrupt("an object stands twice in one table");
  return {};
}

Result<PdfRevision> read_revision(BytesView file, std::uint64_t table) {
  if (table >= file.size()) return corrupt("the cross-reference table lies outside the PDF");
  PdfRevision revision{.table_offset = table};
  PdfReader reader(file, static_cast<std::size_t>(table));
  if (!as_text(file.subspan(static_cast<std::size_t>(table))).starts_with("xref"))
    return fail(ErrorCode::unsupported, "the PDF has no plain cross-reference table");
  TRY(reader.word("xref"));
  while (!reader.word("trailer")) {
    TRY_ASSIGN(const std::uint64_t first, reader.whole_number());
    TRY_ASSIGN(const std::uint64_t count, reader.whole_number());
    std::size_t at = reader.position();
    const std::string_view rest = as_text(file).substr(at);
    const std::size_t line_end = rest.find('\n');
    if (line_end == std::string_view::npos || line_end > 2) return corrupt("the cross-reference table is malformed");
    at += line_end + 1;
    if (count > (file.size() - at) / kEntryBytes) return corrupt("the cross-reference table is cut off");
    for (std::uint64_t i = 0; i < count; ++i, at += kEntryBytes)
      TRY(read_entry(as_text(file.subspan(at, kEntryBytes)), first + i, revision));
    reader = PdfReader(file, at);
  }
  TRY_ASSIGN(revision.trailer, reader.value());
  if (revision.trailer.kind != PdfKind::dictionary) return corrupt("the PDF's trailer is malformed");
  if (revision.trailer.find("Encrypt") != nullptr) return fail(ErrorCode::unsupported, "the PDF is encrypted");
  if (revision.trailer.find("XRefStm") != nullptr)
    return fail(ErrorCode::unsupported, "the PDF has no plain cross-reference table");
  return revision;
}

}  // namespace

Result<PdfRevisions> PdfRevisions::read(BytesView file) {
  PdfRevisions pdf(file);
  TRY_ASSIGN(std::uint64_t table, last_table(file));
  while (true) {
    TRY_ASSIGN(PdfRevision revision, read_revision(file, table));
    // Each revision stands before the one that follows it: no loops.
    if (!pdf.revisions_.empty() && table >= pdf.revisions_.back().table_offset)
      return corrupt("the PDF's revisions are out of order");
    pdf.revisions_.push_back(std::move(revision));
    const PdfValue* const previous = pdf.revisions_.back().trailer.find("Prev");
    if (previous == nullptr) return pdf;
    if (previous->kind != PdfKind::number || pdf.revisions_.size() == kMostRevisions)
      return corrupt("the PDF's revisions are malformed");
    table = previous->number;
  }
}

Result<PdfValue> PdfRevisions::object(std::uint64_t number) const {
  for (const PdfRevision& revision : revisions_) {
    const auto found = revision.offsets.find(number);
    if (found == revision.offsets.end()) continue;
    if (found->second >= file_.size()) break;
    PdfReader reader(file_, static_cast<std::size_t>(found->second));
    TRY_ASSIGN(const std::uint64_t written, reader.whole_number());
    TRY_ASSIGN(const std::uint64_t generation, reader.whole_number());
    if (written != number || generation != 0) break;
    TRY(reader.word("obj"));
    return reader.value();
  }
  return corrupt(fmt::format("the PDF's object {} is not where it should be", number));
}

Result<PdfValue> PdfRevisions::dictionary_at(const PdfValue& dictionary, std::string_view key) const {
  const PdfValue* const entry = dictionary.find(key);
  if (entry == nullptr) return corrupt(fmt::format("the PDF has no /{}", key));
  PdfValue value = *entry;
  if (value.kind == PdfKind::reference) {
    TRY_ASSIGN(value, object(value.number));
  }
  if (value.kind != PdfKind::dictionary) return corrupt(fmt::format("the PDF's /{} is not a dictionary", key));
  return value;
}

}  // namespace probity::seal
