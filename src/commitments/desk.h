// What every verb of commitments does: load, move on, write evidence, tell the timeline, make links, write letters.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "commitments/letters.h"
#include "commitments/ports.h"
#include "commitments/render.h"
#include "commitments/store.h"

namespace probity::commitments {

// Thread-safe, as its ports are. Everything joins the caller's transaction.
class Desk {
 public:
  explicit Desk(const Ports& ports) : ports_(ports) {}
  const Ports& ports() const { return ports_; }
  Store& store() const { return ports_.store; }
  TimeMs now() const { return ports_.clock.now_ms(); }
  Id new_id() const { return Id::random(ports_.random); }

  // Runs `work`, which returns a Result<Value>, in one transaction.
  template <class Work>
  auto write(Work&& work) const -> decltype(work()) {
    std::optional<decltype(work())> outcome;
    const Result<void> written = ports_.transactions.write([&]() -> Result<void> {
      outcome.emplace(work());
      if (!*outcome) return tl::unexpected<Error>(outcome->error());
      return {};
    });
    if (!written) return tl::unexpected<Error>(written.error());
    return std::move(*outcome);
  }

  // Errors: not_found.
  Result<Commitment> existing(const Id& id) const;
  Result<ProjectFacts> project(const Id& id) const;
  Result<Person> person(const Id& id) const;

  Result<void> record(const Commitment& commitment, const char* kind, const Witness& witness,
                      const nlohmann::json& data) const;
  // `data` is completed with number and party, which the timeline's sentences speak of.
  Result<void> tell(const Commitment& commitment, const char* kind, const events::Actor& actor,
                    const nlohmann::json& data) const;

  // A new link of that signatory: the URL, whose token is nowhere else.
  Result<std::string> make_link(const Commitment& commitment, const Signatory& signatory, Id* link_id = nullptr) const;
  Result<Matter> matter(const Commitment& commitment) const;
  // Enqueues unless the reader has no address.
  Result<void> mail(const outbox::Message& message) const;

  // The frozen text; of a draft what it would be now. Errors: corrupt, not_found (the template).
  Result<RenderedText> text_of(const Commitment& commitment) const;
  Result<RenderedText> render_now(const Commitment& commitment) const;

  // The organisation whose commitment must be in force before this one may be sent or come into force; its name, empty
  // when nothing is missing.
  Result<std::string> waiting_for(const Commitment& commitment) const;

 private:
  Result<void> log_evidence(const Commitment& commitment, const EvidenceEntry& entry) const;

  Ports ports_;
};

// One tidy line that is not empty. Errors: invalid_argument naming the field.
Result<std::string> filled_line(std::string_view field, const std::string& text, std::size_t most_characters);
Reader reader_of(const Signatory& signatory);
// Cut to what evidence and sessions keep, always UTF-8.
std::string clipped(const std::string& text, std::size_t most_bytes);

}  // namespace probity::commitments
