// Finding the one record that a text on the command line names: by id, by the start of an id, or by name.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/list_query.h"
#include "base/result.h"
#include "cli/session.h"
#include "parties/text.h"

namespace probity::cli {

// What a record may be called by.
struct Called {
  std::string id;
  std::vector<std::string> names;
};

bool is_start_of_id(const std::string& text);

// `fetch(search, offset, limit)` lists records, `called(record)` says how each may be called. Records whose name fits
// are looked for first; all are read only when the text may be the start of an id.
template <class Record, class Fetch, class CalledBy>
Result<std::vector<Record>> find_all(const std::string& text, Fetch fetch, CalledBy called) {
  constexpr std::uint32_t kPage = 500;
  std::vector<Record> found;
  for (const std::string& search : {text, std::string()}) {
    if (search.empty() && (!found.empty() || !is_start_of_id(text))) break;
    for (std::uint32_t offset = 0;; offset += kPage) {
      TRY_ASSIGN(const Listed<Record> page, fetch(search, offset, kPage));
      for (const Record& record : page.items) {
        const Called by = called(record);
        bool fits = is_start_of_id(text) && by.id.starts_with(text);
        for (const std::string& name : by.names)
          fits = fits || parties::fold_for_lookup(name) == parties::fold_for_lookup(text);
        if (fits) found.push_back(record);
      }
      if (page.items.size() < kPage) break;
    }
  }
  return found;
}

// Errors: not_found; invalid_argument when several fit. `group` lists them when it is not called like the noun.
template <class Record>
Result<Record> the_one(const char* noun, const std::string& text, std::vector<Record> found,
                       const char* group = nullptr) {
  if (group == nullptr) group = noun;
  if (found.size() == 1) return std::move(found.front());
  if (found.empty())
    return fail(ErrorCode::not_found, fmt::format("no {} is called {}", noun, text),
                fmt::format("`probity {} list` shows them", group));
  return fail(ErrorCode::invalid_argument, fmt::format("{} records fit {}", found.size(), text),
              fmt::format("name it by its id: `probity {} list` shows them", group));
}

// In any state. Errors of these: as of the_one().
Result<projects::ProjectRow> find_project_row(app::Records& records, const std::string& text);
Result<std::optional<Id>> find_project_filter(app::Records& records, const std::optional<std::string>& text);
Result<parties::PartyRow> find_party(app::Records& records, const std::string& text);
Result<commitments::Template> find_template(app::Records& records, const std::string& text);
// By number it is the newest version.
Result<commitments::Commitment> find_commitment(app::Records& records, const std::string& text);
Result<copies::DeliveryRow> find_delivery(app::Records& records, const std::string& text);
Result<outbox::Mail> find_mail(app::Records& records, const std::string& text);
Result<jobs::Job> find_job(app::Records& records, const std::string& text);
Result<accounts::Account> find_account(app::Records& records, const std::string& text);

}  // namespace probity::cli
