#include "store/accused_store.h"

#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using soci::into;
using soci::use;

struct DocumentRow {
  std::string party, item, case_id, name, sha256;
  std::int64_t size = 0, at = 0;
  auto columns() {
    return std::make_tuple(into(party), into(item), into(case_id), into(name), into(sha256), into(size), into(at));
  }
  cases::AccusedDocument value() const {
    return {read_id(item), read_id(case_id), read_id(party), {name, read_hash(sha256), size}, at};
  }
};

}  // namespace

Result<void> SqlAccusedDocuments::insert(const cases::AccusedDocument& document) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string party = document.case_party.text(), item = document.id.text(), of = document.case_id.text(),
                      sha256 = to_hex(document.document.sha256);
    session
        << "INSERT INTO accused_documents (case_party_id, item_id, case_id, name, sha256, size_bytes, at_ms) VALUES "
           "(:party, :item, :case, :name, :sha256, :size, :at)",
        use(party), use(item), use(of), use(document.document.name), use(sha256), use(document.document.size_bytes),
        use(document.at_ms);
    return {};
  });
}

Result<std::vector<cases::AccusedDocument>> SqlAccusedDocuments::of_party(const Id& case_party) {
  return database_.run([&](soci::session& session) -> Result<std::vector<cases::AccusedDocument>> {
    return fetch_bound<DocumentRow>(session,
                                    "SELECT case_party_id, item_id, case_id, name, sha256, size_bytes, at_ms FROM "
                                    "accused_documents WHERE case_party_id = :party ORDER BY at_ms, item_id",
                                    {case_party.text()});
  });
}

}  // namespace probity::store
