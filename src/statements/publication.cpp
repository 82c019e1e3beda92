#include "statements/publication.h"

#include "log/check_entry.h"
#include "statements/document.h"

namespace probity::statements {

Result<Statement> PublicationService::shown(const Id& id) {
  TRY_ASSIGN(auto found, ports_.store.find(id));
  if (!found || !found->is_public()) return fail(ErrorCode::not_found, "there is no such statement");
  return std::move(*found);
}

// One whose document is still there.
Result<Statement> PublicationService::whole(const Id& id) {
  TRY_ASSIGN(Statement statement, shown(id));
  if (statement.tombstone)
    return fail(ErrorCode::gone, "this statement was removed", "its page says when, and on what grounds");
  return statement;
}

Result<PublicView> PublicationService::find(const Id& id) {
  PublicView view;
  TRY(ports_.transactions.read([&]() -> Result<void> {
    TRY_ASSIGN(view.statement, shown(id));
    TRY_ASSIGN(view.house, ports_.house.house());
    TRY_ASSIGN(view.chain, ports_.store.chain(view.statement.chain));
    std::erase_if(view.chain, [](const Statement& one) { return !one.is_public(); });
    if (view.statement.tombstone || !view.statement.log_entry) return {};
    TRY_ASSIGN(view.opening, ports_.log_book.opening(*view.statement.log_entry));
    return {};
  }));
  if (view.opening) {
    TRY_ASSIGN(view.proof, ports_.log_book.proof(*view.statement.log_entry));
  }
  TRY_ASSIGN(view.certificate, tools_.certificate());
  view.log = tools_.log_facts();
  view.now_ms = ports_.clock.now_ms();
  return view;
}

Result<Listed<Statement>> PublicationService::list(const ListQuery& query) { return ports_.store.list_public(query); }

Result<PublicFile> PublicationService::document(const Id& id) {
  TRY_ASSIGN(const Statement statement, whole(id));
  TRY_ASSIGN(Bytes pdf, ports_.blobs.get(*statement.pdf));
  return PublicFile{document_name(statement), std::move(pdf)};
}

Result<PublicFile> PublicationService::proof(const Id& id) {
  TRY_ASSIGN(const Statement statement, whole(id));
  TRY_ASSIGN(const auto proof, ports_.log_book.proof(*statement.log_entry));
  if (!proof) return fail(ErrorCode::unavailable, "the log does not answer at the moment", "try again in a minute");
  TRY_ASSIGN(const auto opening, ports_.log_book.opening(*statement.log_entry));
  const std::string text = opening ? log::with_opening(*proof, *opening) : *proof;
  return PublicFile{proof_name(statement), Bytes(as_bytes(text).begin(), as_bytes(text).end())};
}

Result<std::string> PublicationService::opening_json(const Id& id) {
  TRY_ASSIGN(const Statement statement, whole(id));
  TRY_ASSIGN(const auto opening, ports_.log_book.opening(*statement.log_entry));
  if (!opening) return fail(ErrorCode::corrupt, "the log does not know its own entry");
  return log::opening_json(*opening);
}

Result<std::string> PublicationService::address_qr(const Id& id) {
  TRY_ASSIGN(const Statement statement, shown(id));
  TRY_ASSIGN(const House house, ports_.house.house());
  return tools_.qr_svg(statement_url(house, statement.id));
}

Result<std::string> PublicationService::proof_qr(const Id& id) {
  TRY_ASSIGN(const PublicFile file, proof(id));
  return tools_.qr_svg(as_text(file.bytes));
}

Result<HashAnswer> PublicationService::by_hash(const Hash& sha256) {
  HashAnswer answer;
  answer.sha256 = sha256;
  TRY(ports_.transactions.read([&]() -> Result<void> {
    TRY_ASSIGN(answer.house, ports_.house.house());
    TRY_ASSIGN(auto found, ports_.store.find_by_pdf(sha256));
    if (found && found->is_public()) answer.statement = std::move(found);
    ListQuery count;
    count.limit = 1;
    TRY_ASSIGN(const auto listed, ports_.store.list_public(count));
    answer.searched = listed.total;
    return {};
  }));
  return answer;
}

Result<SealRecord> PublicationService::seal_record() {
  SealRecord record;
  TRY_ASSIGN(record.house, ports_.house.house());
  TRY_ASSIGN(const auto certificate, tools_.certificate());
  if (certificate) record.seals.push_back(*certificate);
  record.log = tools_.log_facts();
  record.now_ms = ports_.clock.now_ms();
  return record;
}

}  // namespace probity::statements
