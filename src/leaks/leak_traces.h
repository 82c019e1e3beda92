// Tracing a leak as a matter: asking for it, recording what it found, and showing that to people who may not know whose
// copy it is.
#pragma once

#include "leaks/coverage.h"
#include "leaks/desk.h"
#include "leaks/investigate.h"
#include "leaks/report_folder.h"

namespace probity::leaks {

inline constexpr const char* kTraceLeakJob = "trace_leak";
inline constexpr const char* kTakeEvidenceJob = "take_evidence";

// Whose copy it is, once two people have agreed to say so.
struct NamedRecipient {
  std::size_t finding = 0;  // of the report
  Id copy, asset;
  std::optional<Id> party, project;  // of the delivery; none for copies that were written to files only
  parties::RecipientDetails details;
};

// What a trace found, as it may be shown now.
struct TraceResult {
  Leak leak;
  Trace trace;
  Report report;
  std::vector<evidence::Item> items;         // of the traced files, in the report's order
  std::vector<NamedRecipient> named;         // empty while masked
  std::optional<Coverage> coverage;          // of the first accused copy
  bool stale = false;                        // files came in after it
  bool is_named(std::size_t finding) const;  // agreed to by a second person
  // An accused copy is; a lead always is, and does not keep the report shut once all accused copies are named.
  bool masked() const;
};

// Thread-safe. Borrows its ports.
class LeakTraces {
 public:
  explicit LeakTraces(const LeakPorts& ports) : desk_(ports) {}

  // Queues the trace of all files of the leak; the one that is under way already is found again. Errors: not_found;
  // conflict when the first questions are open, the matter is closed or there is no picture.
  Result<Id> ask(const Id& leak, const events::Actor& actor);

  // Keeps report and pictures as evidence and makes this the leak's latest trace. `items`: the files, in the order of
  // investigation.report.files. Errors: conflict when the matter was closed meanwhile; storage.
  Result<Trace> record(const Id& leak, const std::vector<evidence::Item>& items, const Investigation& investigation,
                       const events::Actor& asked_by);

  // The latest result; that this person looked at it goes into the custody record (once in ten minutes).
  // Errors: not_found when nothing was traced yet.
  Result<TraceResult> look(const Id& leak, const events::Actor& viewer);
  // The same without a viewer, for what looks on its own.
  Result<TraceResult> result(const Id& leak);

  // Whether this report or picture may be handed out: reports of a trace open when all its copies are named.
  Result<void> check_open(const Id& leak, const Id& item);

 private:
  Result<void> void_requests(const Leak& leak);
  Result<void> note_view(const TraceResult& result, const events::Actor& viewer);
  Result<std::optional<Coverage>> coverage(const Leak& leak, const Report& report);

  Desk desk_;
};

}  // namespace probity::leaks
