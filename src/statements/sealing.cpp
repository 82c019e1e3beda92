#include "statements/sealing.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/encoding.h"
#include "statements/document.h"

namespace probity::statements {
namespace {

constexpr std::size_t kMostAtOnce = 100;
constexpr TimeMs kOrderAgainMs = 60'000;

std::string log_content(const Statement& statement, const Hash& pdf, std::uint64_t pdf_bytes, TimeMs sealed_ms) {
  return nlohmann::json{{"follows", statement.follows ? nlohmann::json(statement.follows->text()) : nlohmann::json()},
                        {"number", statement.number},
                        {"sha256", to_hex(pdf)},
                        {"size_bytes", pdf_bytes},
                        {"time", to_rfc3339(sealed_ms)}}
      .dump();
}

}  // namespace

Result<Statement> SealingService::existing(const Id& id) {
  TRY_ASSIGN(auto found, ports_.store.find(id));
  if (!found) return fail(ErrorCode::not_found, "there is no such statement");
  return std::move(*found);
}

Result<void> SealingService::check_gate(const Statement& statement) {
  TRY_ASSIGN(const auto facts, ports_.cases.find(statement.case_id));
  if (!facts) return fail(ErrorCode::not_found, "the statement's case is gone");
  TRY_ASSIGN(const Gate gate, ports_.cases.publication_gate(statement.case_id));
  const auto refused = refuse(hindrances(statement, *facts, gate));
  if (!refused) return fail(ErrorCode::unavailable, refused.error().message, refused.error().hint);
  return {};
}

Result<void> SealingService::note_wait(const Id& id, const std::string& what) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Statement statement, existing(id));
    if (statement.state != State::sealing || statement.waits_for == what) return {};
    statement.waits_for = what;
    return ports_.store.update(statement);
  });
}

Result<Bytes> SealingService::set(const Statement& statement, TimeMs time_ms) {
  DocumentFacts facts;
  TRY_ASSIGN(facts.house, ports_.house.house());
  if (statement.follows) {
    TRY_ASSIGN(facts.followed, ports_.store.find(*statement.follows));
  }
  TRY_ASSIGN(const auto certificate, tools_.certificate());
  if (certificate) facts.fingerprint = to_hex(certificate->fingerprint);
  facts.log_origin = tools_.log_facts().origin;
  TRY_ASSIGN(facts.qr, tools_.qr_matrix(statement_url(facts.house, statement.id)));
  facts.time_ms = time_ms;
  facts.draft = statement.state != State::sealing;
  return tools_.typeset(compose(statement, facts), time_ms);
}

Result<Bytes> SealingService::preview(const Id& id) {
  TRY_ASSIGN(Statement statement, existing(id));
  if (statement.tombstone) return fail(ErrorCode::gone, "this statement was removed");
  if (statement.state == State::draft) {
    TRY_ASSIGN(const auto facts, ports_.cases.find(statement.case_id));
    if (facts) statement.content.replies = replies_of(*facts, statement.content.parties);
  }
  if (statement.pdf) return ports_.blobs.get(*statement.pdf);
  statement.state = State::draft;
  return set(statement, ports_.clock.now_ms());
}

Result<void> SealingService::seal(const Id& id) {
  TRY_ASSIGN(const Statement statement, existing(id));
  if (statement.is_public() || statement.state == State::withdrawn || statement.state == State::draft) return {};
  if (statement.state != State::sealing) return fail(ErrorCode::conflict, "only what two people approved is sealed");
  const auto remember = [&](const Error& error) -> tl::unexpected<Error> {
    // Whoever looks at the statement sees why it is not there yet; that this cannot be written is no news on top.
    (void)note_wait(id, error.message);
    return tl::unexpected<Error>(error);
  };
  if (!statement.pdf) {
    if (const auto open = check_gate(statement); !open) return remember(open.error());
    const TimeMs sealed_ms = ports_.clock.now_ms();
    TRY_ASSIGN(const Bytes pdf, set(statement, sealed_ms));
    const auto sealed = tools_.seal(pdf, "Statement " + statement.number, sealed_ms);
    if (!sealed) return remember(sealed.error());
    TRY_ASSIGN(const Hash blob, ports_.blobs.put(*sealed));
    TRY(attach(id, blob, sealed->size(), sealed_ms));
  }
  const auto shown = finish(id);
  if (!shown) return remember(shown.error());
  return {};
}

Result<void> SealingService::attach(const Id& id, const Hash& pdf, std::uint64_t pdf_bytes, TimeMs sealed_ms) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Statement statement, existing(id));
    if (statement.pdf || statement.state != State::sealing) return {};  // somebody else was first, or it was taken back
    statement.pdf = pdf;
    statement.pdf_bytes = pdf_bytes;
    statement.sealed_ms = sealed_ms;
    statement.waits_for.clear();
    TRY_ASSIGN(statement.log_entry, ports_.log_book.record({"statement_sealed", statement.id,
                                                            log_content(statement, pdf, pdf_bytes, sealed_ms)}));
    TRY(ports_.store.update(statement));
    events::Event event;
    event.time_ms = sealed_ms;
    event.kind = "statement.sealed";
    event.project = statement.project;
    event.data_json =
        nlohmann::json{{"statement", statement.number}, {"statement_id", statement.id.text()}, {"sha256", to_hex(pdf)}}
            .dump();
    return ports_.events.append(event).map([](std::uint64_t) {});
  });
}

// Shown only when anybody can prove that it is in the log.
Result<void> SealingService::finish(const Id& id) {
  TRY_ASSIGN(const Statement sealed, existing(id));
  if (sealed.is_public() || sealed.state == State::withdrawn || !sealed.log_entry) return {};
  std::optional<std::uint64_t> index;
  for (int attempt = 0; !index && attempt < patience_.tries; ++attempt) {
    if (attempt > 0) std::this_thread::sleep_for(std::chrono::milliseconds(patience_.pause_ms));
    TRY_ASSIGN(const auto opening, ports_.log_book.opening(*sealed.log_entry));
    if (!opening) return fail(ErrorCode::corrupt, "the log does not know its own entry");
    TRY_ASSIGN(const auto proof, ports_.log_book.proof(*sealed.log_entry));
    if (opening->index && proof) index = opening->index;
  }
  if (!index)
    return fail(ErrorCode::unavailable, "the log has no cosigned checkpoint with this statement yet",
                "it is tried again by itself");
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Statement statement, existing(id));
    if (statement.state != State::sealing) return {};
    TRY(check_gate(statement));
    TRY_ASSIGN(statement.state, next(statement.state, Move::finish));
    statement.log_index = index;
    statement.published_ms = ports_.clock.now_ms();
    statement.waits_for.clear();
    TRY(ports_.store.update(statement));
    events::Event event;
    event.time_ms = *statement.published_ms;
    event.kind = "statement.published";
    event.project = statement.project;
    event.data_json = nlohmann::json{{"statement", statement.number},
                                     {"statement_id", statement.id.text()},
                                     {"relation", relation_name(statement.content.relation)}}
                          .dump();
    return ports_.events.append(event).map([](std::uint64_t) {});
  });
}

Result<void> SealingService::remove_document(const Id& id) {
  TRY_ASSIGN(const Statement statement, existing(id));
  if (!statement.tombstone || !statement.pdf) return {};
  const auto removed = ports_.blobs.remove(*statement.pdf);
  if (!removed && removed.error().code != ErrorCode::not_found) return removed;
  return {};
}

Result<void> SealingService::tick() {
  TRY_ASSIGN(const auto waiting, ports_.store.sealing(kMostAtOnce));
  for (const Id& id : waiting)
    TRY(ports_.transactions.write([&]() -> Result<void> {
      TRY_ASSIGN(const Statement statement, existing(id));
      if (statement.state != State::sealing) return {};
      return queue_sealing(ports_, statement, ports_.clock.now_ms() + kOrderAgainMs);
    }));
  return {};
}

}  // namespace probity::statements
