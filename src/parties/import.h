// From the rows of a file to the parties that it names: columns, values, and how names become a tree of organisations.
#pragma once

#include <map>
#include <unordered_map>

#include "parties/service.h"
#include "parties/sheet.h"

namespace probity::parties {

// One row that could be read.
struct ImportRow {
  std::size_t line = 0;
  NewParty party;                                   // of an organisation, parent_name is its contract parent
  PartyKind organisation_kind = PartyKind::outlet;  // of a person's organisation, should it have to be made
  std::string organisation_parent;                  // the contract parent of a person's organisation
};

// Reads rows as they come; the first is the header.
class ImportReader {
 public:
  explicit ImportReader(ImportReport& report) : report_(report) {}
  // Errors: invalid_argument when the header has no column for names, or two for one thing.
  Result<void> receive(SheetRow&& row);
  // Errors: invalid_argument when there was no header.
  Result<std::vector<ImportRow>> rows() &&;

 private:
  Result<void> read_header(const SheetRow& row);
  Result<ImportRow> read_row(const SheetRow& row) const;
  std::string field(const SheetRow& row, const char* column) const;

  ImportReport& report_;
  std::map<std::string, std::size_t> columns_;  // what we call it -> where it stands
  PartyKind organisation_kind_ = PartyKind::outlet;
  std::string locale_ = "en";  // where no column tells; a file with Chinese headers writes to Chinese readers
  std::size_t width_ = 0;
  std::vector<ImportRow> rows_;
};

// What is to be made so that every row has its party.
class ImportPlan {
 public:
  ImportPlan(ImportReport& report, Random& random, TimeMs now_ms) : report_(report), random_(random), now_ms_(now_ms) {}
  void add_known(const std::vector<KnownParty>& parties);
  // Counts what is new and known, and notes problems.
  void add(const std::vector<ImportRow>& rows);
  // New parties, each after its parent.
  const std::vector<Party>& parties() const { return made_; }

 private:
  struct Placed {
    Id id;
    int tier = 0;
  };
  struct Planned {
    Party party;
    std::string parent_key;  // of its contract parent; empty for none
    std::size_t line = 0;
    bool has_row = false;  // and is not only named by others
    int visit = 0;         // 0 untouched, 1 on the way up, 2 settled
  };

  // The lookup key of the organisation of that name, which is planned when there is none.
  std::string plan_organisation(const std::string& name, PartyKind kind, const ImportRow& row);
  Placed placed(const std::string& organisation_key) const;
  void add_organisation(const ImportRow& row);
  void add_person(const ImportRow& row);
  bool settle(Planned& organisation, int depth);
  void complain(std::size_t line, std::string message);

  ImportReport& report_;
  Random& random_;
  TimeMs now_ms_;
  std::unordered_map<std::string, Placed> known_;  // by lookup key; persons of this file join in
  std::unordered_map<std::string, Planned> organisations_;
  std::vector<std::string> order_;  // of organisations_, as the file names them
  std::vector<Party> made_;
};

}  // namespace probity::parties
