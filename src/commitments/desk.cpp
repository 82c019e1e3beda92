#include "commitments/desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "parties/text.h"

namespace probity::commitments {
namespace {

constexpr std::size_t kMostAddressBytes = 100, kMostAgentBytes = 400;

std::string dump(const nlohmann::json& data) {
  return data.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string clipped(const std::string& text, std::size_t most_bytes) {
  std::size_t size = std::min(text.size(), most_bytes);
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  std::string clean;
  for (const char c : text.substr(0, size)) clean += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  return clean;
}

Result<std::string> filled_line(std::string_view field, const std::string& text, std::size_t most_characters) {
  TRY_ASSIGN(std::string line, parties::tidy_line(field, text, most_characters));
  if (line.empty()) return fail(ErrorCode::invalid_argument, fmt::format("{}: this must not be empty", field));
  return line;
}

Reader reader_of(const Signatory& signatory) { return {signatory.email, signatory.name, signatory.locale}; }

Result<Commitment> Desk::existing(const Id& id) const {
  TRY_ASSIGN(auto found, store().find(id));
  if (!found) return fail(ErrorCode::not_found, "there is no such commitment");
  return std::move(*found);
}

Result<ProjectFacts> Desk::project(const Id& id) const {
  TRY_ASSIGN(auto found, ports_.projects.project(id));
  if (!found) return fail(ErrorCode::not_found, "there is no such project");
  return std::move(*found);
}

Result<Person> Desk::person(const Id& id) const {
  TRY_ASSIGN(auto found, ports_.directory.person(id));
  if (!found)
    return fail(ErrorCode::not_found, "there is no such person", "commitments are signed by people, not organisations");
  return std::move(*found);
}

Result<void> Desk::record(const Commitment& commitment, const char* kind, const Witness& witness,
                          const nlohmann::json& data) const {
  TRY_ASSIGN(const auto last, store().last_evidence(commitment.id));
  EvidenceEntry entry;
  entry.commitment = commitment.id;
  entry.time_ms = now();
  entry.kind = kind;
  entry.witness = witness;
  entry.witness.address = clipped(witness.address, kMostAddressBytes);
  entry.witness.agent = clipped(witness.agent, kMostAgentBytes);
  entry.data_json = dump(data);
  const EvidenceEntry next = chained(std::move(entry), last);
  TRY(store().insert(next));
  return log_evidence(commitment, next);
}

// The chain's hash stands for every step up to this one, so that none of them can be made up later.
Result<void> Desk::log_evidence(const Commitment& commitment, const EvidenceEntry& entry) const {
  constexpr std::array<std::string_view, 3> kLogged{"sent", "signed", "in_force"};
  if (ports_.log_book == nullptr || std::find(kLogged.begin(), kLogged.end(), entry.kind) == kLogged.end()) return {};
  const std::string content = dump({{"evidence", to_hex(entry.hash)},
                                    {"number", commitment.number},
                                    {"sequence", entry.sequence},
                                    {"step", entry.kind}});
  return ports_.log_book->record({"commitment_" + entry.kind, commitment.id, content}).map([](const Id&) {});
}

Result<void> Desk::tell(const Commitment& commitment, const char* kind, const events::Actor& actor,
                        const nlohmann::json& data) const {
  events::Event event;
  event.time_ms = now();
  event.kind = kind;
  event.actor = actor;
  event.project = commitment.project;
  event.party = commitment.party;
  event.commitment = commitment.id;
  nlohmann::json full = data.is_object() ? data : nlohmann::json::object();
  full["number"] = commitment.number;
  full["party"] = commitment.party_name;
  full["version"] = commitment.version;
  event.data_json = dump(full);
  TRY(ports_.events.append(event));
  return {};
}

Result<std::string> Desk::make_link(const Commitment& commitment, const Signatory& signatory, Id* link_id) const {
  const std::string token = new_token(ports_.random);
  const Link link{new_id(), token_hash(token), commitment.id, signatory.id, signatory.party,
                  now(),    now() + kLinkLife, std::nullopt};
  TRY(store().insert(link));
  if (link_id != nullptr) *link_id = link.id;
  TRY_ASSIGN(const House house, ports_.house.house());
  return fmt::format("{}/r#{}", house.public_url, token);
}

Result<Matter> Desk::matter(const Commitment& commitment) const {
  TRY_ASSIGN(const House house, ports_.house.house());
  TRY_ASSIGN(const ProjectFacts facts, project(commitment.project));
  return Matter{house, facts.id, facts.name, commitment.number, commitment.title, commitment.party_name, std::string()};
}

Result<void> Desk::mail(const outbox::Message& message) const {
  if (message.to.empty()) return {};
  TRY(ports_.outbox.enqueue(message));
  return {};
}

Result<RenderedText> Desk::render_now(const Commitment& commitment) const {
  if (!commitment.template_id) return fail(ErrorCode::conflict, "a commitment on paper has no template");
  TRY_ASSIGN(const auto from, store().find_template(*commitment.template_id, commitment.template_version));
  if (!from) return fail(ErrorCode::not_found, "there is no such template");
  TRY_ASSIGN(const House house, ports_.house.house());
  TRY_ASSIGN(const ProjectFacts facts, project(commitment.project));
  Particulars about;
  about.locale = commitment.locale;
  about.terms = commitment.terms;
  about.number = commitment.number;
  about.version = commitment.version;
  about.sender = house.organisation;
  about.contact = house.contact_email.empty() ? house.organisation : house.contact_email;
  about.project = facts.name;
  about.recipient = commitment.party_name;
  about.organisation = commitment.organisation_name;
  for (const Signatory& signatory : commitment.signatories)
    if (signatory.role == SignatoryRole::company) about.company_signatory = signatory.name;
  return render(from->text, about);
}

Result<RenderedText> Desk::text_of(const Commitment& commitment) const {
  if (!commitment.text_hash) return render_now(commitment);
  TRY_ASSIGN(const auto bytes, store().text(commitment.id));
  if (!bytes || sha256(as_bytes(*bytes)) != *commitment.text_hash)
    return fail(ErrorCode::corrupt, "the frozen text of this commitment does not have its hash",
                "restore the workspace from a backup");
  return parse_canonical(*bytes);
}

Result<std::string> Desk::waiting_for(const Commitment& commitment) const {
  if (!commitment.terms.sub_suppliers_sign || !commitment.contract_parent) return std::string();
  TRY_ASSIGN(const bool in_force, store().organisation_in_force(commitment.project, *commitment.contract_parent));
  if (in_force) return std::string();
  TRY_ASSIGN(const auto parent, ports_.directory.organisation(*commitment.contract_parent));
  return parent ? parent->name : std::string("?");
}

}  // namespace probity::commitments
