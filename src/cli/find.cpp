#include "cli/find.h"

#include <algorithm>

namespace probity::cli {
namespace {

constexpr std::size_t kShortestStart = 4;
constexpr std::size_t kIdCharacters = 26;

ListQuery page_of(const std::string& search, std::uint32_t offset, std::uint32_t limit) {
  ListQuery query;
  query.search = search;
  query.offset = offset;
  query.limit = limit;
  return query;
}

}  // namespace

bool is_start_of_id(const std::string& text) {
  return text.size() >= kShortestStart && text.size() <= kIdCharacters &&
         text.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz") == std::string::npos;
}

Result<projects::ProjectRow> find_project_row(app::Records& records, const std::string& text) {
  if (const auto id = Id::parse(text)) return records.projects.find(*id);
  TRY_ASSIGN(auto found, find_all<projects::ProjectRow>(
                             text,
                             [&](const std::string& search, std::uint32_t offset, std::uint32_t limit) {
                               projects::ProjectFilter filter;
                               filter.page = page_of(search, offset, limit);
                               return records.projects.list(filter);
                             },
                             [](const projects::ProjectRow& row) {
                               return Called{row.project.id.text(), {row.project.name}};
                             }));
  return the_one("project", text, std::move(found));
}

Result<std::optional<Id>> find_project_filter(app::Records& records, const std::optional<std::string>& text) {
  if (!text) return std::optional<Id>();
  TRY_ASSIGN(const auto row, find_project_row(records, *text));
  return std::optional(row.project.id);
}

Result<parties::PartyRow> find_party(app::Records& records, const std::string& text) {
  if (const auto id = Id::parse(text)) return records.parties.find(*id);
  // "Name, outlet" tells people of one name apart; the search is for the name.
  const auto divided = parties::RecipientDetails::parse(text);
  const std::string name = divided ? divided->name : text;
  TRY_ASSIGN(auto found, find_all<parties::PartyRow>(
                             name,
                             [&](const std::string& search, std::uint32_t offset, std::uint32_t limit) {
                               parties::PartyFilter filter;
                               filter.page = page_of(search, offset, limit);
                               return records.parties.list(filter);
                             },
                             [](const parties::PartyRow& row) {
                               const parties::PartyDetails& details = row.party.details;
                               return Called{row.party.id.text(), {details.name, details.email}};
                             }));
  if (divided)
    std::erase_if(found, [&](const parties::PartyRow& row) {
      return parties::fold_for_lookup(row.parent_name.value_or("")) != parties::fold_for_lookup(divided->outlet);
    });
  return the_one("party", text, std::move(found));
}

Result<commitments::Template> find_template(app::Records& records, const std::string& text) {
  if (const auto id = Id::parse(text)) return records.templates.find(*id, std::nullopt);
  TRY_ASSIGN(auto found, find_all<commitments::Template>(
                             text,
                             [&](const std::string& search, std::uint32_t offset, std::uint32_t limit) {
                               return records.templates.list(page_of(search, offset, limit));
                             },
                             [](const commitments::Template& one) {
                               return Called{one.id.text(), {one.name}};
                             }));
  if (found.empty()) {  // a part of a name does when it is of one template only
    TRY_ASSIGN(auto listed, records.templates.list(page_of(text, 0, 2)));
    found = std::move(listed.items);
  }
  return the_one("template", text, std::move(found));
}

Result<commitments::Commitment> find_commitment(app::Records& records, const std::string& text) {
  if (const auto id = Id::parse(text))
    return records.commitments.detail(*id).map([](const auto& detail) { return detail.view.commitment; });
  TRY_ASSIGN(auto found, find_all<commitments::CommitmentView>(
                             text,
                             [&](const std::string& search, std::uint32_t offset, std::uint32_t limit) {
                               commitments::CommitmentFilter filter;
                               filter.query = page_of(search, offset, limit);
                               return records.commitments.list(filter);
                             },
                             [](const commitments::CommitmentView& view) {
                               return Called{view.commitment.id.text(), {view.commitment.number}};
                             }));
  const auto newest = std::max_element(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.commitment.version < b.commitment.version;
  });
  if (newest != found.end() && std::all_of(found.begin(), found.end(), [&](const auto& view) {
        return view.commitment.number == newest->commitment.number;
      }))
    return newest->commitment;
  return the_one("commitment", text, std::move(found)).map([](const auto& view) { return view.commitment; });
}

Result<copies::DeliveryRow> find_delivery(app::Records& records, const std::string& text) {
  if (const auto id = Id::parse(text)) return records.deliveries.find(*id);
  TRY_ASSIGN(auto found, find_all<copies::DeliveryRow>(
                             text,
                             [&](const std::string& search, std::uint32_t offset, std::uint32_t limit) {
                               copies::DeliveryFilter filter;
                               filter.page = page_of(search, offset, limit);
                               return records.deliveries.list(filter);
                             },
                             [](const copies::DeliveryRow& row) {
                               return Called{row.delivery.copy.text(), {}};
                             }));
  return the_one("delivery", text, std::move(found));
}

Result<outbox::Mail> find_mail(app::Records& records, const std::string& text) {
  if (const auto id = Id::parse(text)) return records.outbox.mail(*id);
  TRY_ASSIGN(auto found, find_all<outbox::Mail>(
                             text,
                             [&](const std::string& search, std::uint32_t offset, std::uint32_t limit) {
                               return records.outbox.list({page_of(search, offset, limit), ""});
                             },
                             [](const outbox::Mail& mail) {
                               return Called{mail.id.text(), {}};
                             }));
  return the_one("mail", text, std::move(found), "outbox").and_then([&](const outbox::Mail& mail) {
    return records.outbox.mail(mail.id);
  });
}

Result<jobs::Job> find_job(app::Records& records, const std::string& text) {
  if (const auto id = Id::parse(text)) return records.jobs.find(*id);
  if (!is_start_of_id(text)) return the_one("job", text, std::vector<jobs::Job>());
  TRY_ASSIGN(auto found, find_all<jobs::Job>(
                             text,
                             [&](const std::string&, std::uint32_t offset, std::uint32_t limit) {
                               jobs::JobFilter filter;
                               filter.offset = offset;
                               filter.limit = limit;
                               return records.jobs.list(filter);
                             },
                             [](const jobs::Job& job) {
                               return Called{job.id.text(), {}};
                             }));
  return the_one("job", text, std::move(found));
}

Result<accounts::Account> find_account(app::Records& records, const std::string& text) {
  TRY_ASSIGN(auto found, find_all<accounts::Account>(
                             text,
                             [&](const std::string& search, std::uint32_t offset, std::uint32_t limit) {
                               return records.accounts.directory.list(page_of(search, offset, limit));
                             },
                             [](const accounts::Account& account) {
                               return Called{account.id.text(), {account.email, account.name}};
                             }));
  return the_one("account", text, std::move(found));
}

}  // namespace probity::cli
