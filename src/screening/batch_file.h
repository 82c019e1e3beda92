// A file of partners: which of its columns are names and numbers, and each row as a question.
#pragma once

#include "screening/batch_text.h"
#include "screening/company.h"

namespace probity::screening {

inline constexpr std::size_t kMostPartners = 100'000;

struct PartnerLine {
  std::size_t line = 0;
  std::string name, number;      // as the file has them, tidy
  CompanySubject subject;        // what can be asked; without a number that is not right
  std::optional<Words> problem;  // of the row; one with a name is asked by it all the same
  bool readable() const { return !subject.name.empty() || subject.has_number(); }
};

struct PartnerFile {
  TableKind kind = TableKind::csv_utf8;
  std::vector<PartnerLine> partners;  // in the order of the file; a row for each row of it but the header
  std::vector<Words> notes;           // its encoding, and which columns were read
};

// Columns are found by their titles in English or Chinese; without titles by what stands in them. Errors: those of
// read_table; too_large above 100,000 rows; invalid_argument when no column holds names or numbers.
Result<PartnerFile> read_partner_file(BytesView file);

}  // namespace probity::screening
