// What every verb of cases does: load, change, keep deadlines, tell the timeline, write into the log, write letters.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "cases/ports.h"
#include "cases/rules.h"

namespace probity::cases {

// The year of a number such as C-2026-7, in UTC.
int year_of(TimeMs time_ms);

// A case with what its page shows beside the record.
struct CaseView {
  Case of;
  std::vector<Payment> ledger;
  std::vector<Rectification> rectifications;
};

// Thread-safe, as its ports are. Everything joins the caller's transaction.
class Desk {
 public:
  explicit Desk(const Ports& ports) : ports_(ports) {}
  const Ports& ports() const { return ports_; }
  TimeMs now() const { return ports_.clock.now_ms(); }
  Id new_id() const { return Id::random(ports_.random); }

  // Errors: not_found.
  Result<Case> existing(const Id& id) const;
  Result<CaseView> view(const Id& id) const;
  // Writes the case with its deadlines, those of rectifications included. Errors: conflict.
  Result<void> save(Case& of) const;

  // Loads the case, runs `work(Case&) -> Result<void>`, saves; all in one transaction.
  template <class Work>
  Result<CaseView> change(const Id& id, Work work) const {
    CaseView outcome;
    TRY(ports_.transactions.write([&]() -> Result<void> {
      TRY_ASSIGN(Case of, existing(id));
      TRY(work(of));
      TRY(save(of));
      TRY_ASSIGN(outcome, view(id));
      return {};
    }));
    return outcome;
  }

  // An event; `data` is completed with the case's number. No name of an accused goes into it.
  Result<void> tell(const Case& of, const char* kind, const events::Actor& actor, nlohmann::json data) const;
  // A line of the case's own timeline, written by itself.
  void note_moment(Case& of, const std::string& en, const std::string& zh, const std::string& by) const;
  // A salted commitment to `content` in the transparency log.
  Result<void> commit(const Case& of, const char* kind, const nlohmann::json& content) const;
  // A custody step of the case's own matter.
  Result<void> step(const Case& of, const char* action, const std::string& why, const events::Actor& actor,
                    const std::optional<Id>& item = {}, const std::string& data_json = "{}") const;
  Result<void> mail(const outbox::Message& message) const;

 private:
  Ports ports_;
};

// Tidy text with a name for its error. Errors: invalid_argument, also when it is empty.
Result<std::string> filled_text(std::string_view field, const std::string& text, std::size_t most);
Result<std::string> filled_line(std::string_view field, const std::string& text, std::size_t most);

constexpr std::size_t kMostLine = 200, kMostText = 4000, kMostReasons = 8000;

}  // namespace probity::cases
