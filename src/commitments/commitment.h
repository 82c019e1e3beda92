// The commitment record, its signatories, and the one table of what may become of it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/id.h"
#include "commitments/terms.h"

namespace probity::commitments {

enum class State {
  draft,
  sent,
  opened,     // somebody who was to sign has seen the text
  signed_by,  // "signed": a signature is there; another, or a contract parent's commitment, is waited for
  in_force,
  declined,
  expired,  // not signed in time
  revoked,
  breached,
  replaced,  // a later version took its place
};
constexpr State kStates[] = {State::draft,    State::sent,    State::opened,  State::signed_by, State::in_force,
                             State::declined, State::expired, State::revoked, State::breached,  State::replaced};
std::string_view state_name(State state);
std::optional<State> parse_state(std::string_view name);

enum class Move {
  send,
  open,
  sign,
  come_into_force,
  decline,
  expire,
  reopen,
  revoke,
  breach,
  replace,
  record_paper,
  reinstate
};
constexpr Move kMoves[] = {Move::send,    Move::open,    Move::sign,         Move::come_into_force,
                           Move::decline, Move::expire,  Move::reopen,       Move::revoke,
                           Move::breach,  Move::replace, Move::record_paper, Move::reinstate};

// Where a move leads. Errors: conflict, in words for the person who tried.
Result<State> next(State state, Move move);

// Sent and not yet decided: waits for signatures.
bool is_pending(State state);
// Pending, a draft, or in force: another commitment over the same things would stand beside it.
bool is_live(State state);

enum class SignatoryRole { recipient, company };
std::string_view role_name(SignatoryRole role);
std::optional<SignatoryRole> parse_role(std::string_view name);

// Each includes those before it; `waiting`: not yet their turn.
enum class SignatoryState { waiting, sent, opened, read, answered, has_signed, declined };
std::string_view signatory_state_name(SignatoryState state);
std::optional<SignatoryState> parse_signatory_state(std::string_view name);

struct Signatory {
  Id id;
  SignatoryRole role = SignatoryRole::recipient;
  Id party;
  std::string name, email;  // as known when it was drafted
  Locale locale = Locale::en;
  SignatoryState state = SignatoryState::waiting;
  std::vector<std::string> right_answers;  // ids of the questions answered rightly so far
  std::string signed_name;                 // exactly as typed
  std::string job_title;                   // as typed by a company signatory
  std::optional<TimeMs> signed_ms;
  bool operator==(const Signatory&) const = default;
};

struct Commitment {
  Id id;
  std::string number;  // "C-2026-0042", the same for all its versions
  int version = 1;
  Id project;
  Id party;  // the person who promises
  std::string party_name;
  std::optional<Id> organisation;  // of that person, when it was drafted
  std::string organisation_name;
  std::optional<Id> contract_parent;  // of that organisation
  State state = State::draft;
  Locale locale = Locale::en;
  std::string title;
  std::optional<Id> template_id;  // nothing when it was signed on paper
  int template_version = 0;
  Terms terms;
  std::optional<TimeMs> sign_by_ms;       // moved by extending; the terms keep what was first asked for
  std::optional<Hash> text_hash;          // since it is frozen
  std::optional<std::vector<Id>> assets;  // nothing: all of the project
  std::optional<Id> replaces;
  bool ends_replaced = false;  // the replaced one ends when this is sent, not when this comes into force
  std::optional<Id> invited_by;
  std::string reason;  // why declined, revoked or breached
  bool on_paper = false;
  std::optional<Hash> scan_blob;  // the paper
  std::string scan_name;
  std::optional<Hash> document_blob;  // the sealed PDF
  TimeMs created_ms = 0;
  std::optional<TimeMs> sent_ms, in_force_ms, ended_ms;
  std::vector<Signatory> signatories;  // the recipient first

  const Signatory& recipient() const { return signatories.front(); }
  Signatory* signatory_of(const Id& party);
  const Signatory* signatory_of(const Id& party) const;
  bool everybody_signed() const;
  bool scope_meets(const std::optional<std::vector<Id>>& other) const;
  bool operator==(const Commitment&) const = default;
};

// "C-2026-0042"
std::string commitment_number(int year, std::uint32_t ordinal);

}  // namespace probity::commitments
