#include "parties/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "parties/text.h"

namespace probity::parties {
namespace {

constexpr std::size_t kMostProblems = 200;
constexpr std::size_t kMostFirstRows = 50;

// Folded, with spaces for '_' and '-': so that "E-Mail" and "job_title" are known too.
std::string comparable(std::string_view text) {
  std::string folded = fold_for_lookup(text);
  std::replace(folded.begin(), folded.end(), '_', ' ');
  std::replace(folded.begin(), folded.end(), '-', ' ');
  return folded;
}

struct Alias {
  std::string_view word;
  const char* meaning;
};

constexpr Alias kColumns[] = {
    {"name", "name"},
    {"full name", "name"},
    {"姓名", "name"},
    {"名称", "name"},
    {"organisation", "outlet"},
    {"organization", "outlet"},
    {"company", "outlet"},
    {"outlet", "outlet"},
    {"机构", "outlet"},
    {"单位", "outlet"},
    {"公司", "outlet"},
    {"媒体", "outlet"},
    {"employer", "employer"},
    {"雇主", "employer"},
    {"supplier", "supplier"},
    {"供应商", "supplier"},
    {"email", "email"},
    {"e mail", "email"},
    {"mail", "email"},
    {"邮箱", "email"},
    {"电子邮箱", "email"},
    {"电子邮件", "email"},
    {"phone", "phone"},
    {"telephone", "phone"},
    {"mobile", "phone"},
    {"电话", "phone"},
    {"手机", "phone"},
    {"job title", "job_title"},
    {"title", "job_title"},
    {"position", "job_title"},
    {"职务", "job_title"},
    {"职位", "job_title"},
    {"kind", "kind"},
    {"type", "kind"},
    {"类型", "kind"},
    {"parent", "parent"},
    {"contract parent", "parent"},
    {"上级", "parent"},
    {"locale", "locale"},
    {"language", "locale"},
    {"语言", "locale"},
    {"may bind", "may_bind"},
    {"有权签署", "may_bind"},
    {"notes", "notes"},
    {"note", "notes"},
    {"备注", "notes"},
};

constexpr Alias kKindWords[] = {
    {"person", "person"}, {"人员", "person"},   {"个人", "person"},       {"outlet", "outlet"},
    {"media", "outlet"},  {"媒体", "outlet"},   {"机构", "outlet"},       {"employer", "employer"},
    {"雇主", "employer"}, {"单位", "employer"}, {"supplier", "supplier"}, {"供应商", "supplier"},
    {"other", "other"},   {"其他", "other"},    {"其它", "other"},
};

constexpr Alias kLocaleWords[] = {{"en", "en"},    {"english", "en"}, {"英文", "en"}, {"英语", "en"}, {"zh", "zh"},
                                  {"zh cn", "zh"}, {"chinese", "zh"}, {"中文", "zh"}, {"汉语", "zh"}};

constexpr Alias kFlagWords[] = {{"yes", "1"}, {"true", "1"},  {"1", "1"}, {"x", "1"}, {"是", "1"},
                                {"no", "0"},  {"false", "0"}, {"0", "0"}, {"否", "0"}};

template <std::size_t Size>
const char* meaning_of(const Alias (&aliases)[Size], std::string_view text) {
  const std::string word = comparable(text);
  for (const Alias& alias : aliases)
    if (alias.word == word) return alias.meaning;
  return nullptr;
}

// The meaning of a cell out of a closed list; `absent` when the cell is empty.
template <std::size_t Size>
Result<std::string> chosen(const char* what, const Alias (&aliases)[Size], const std::string& text,
                           const std::string& absent) {
  TRY_ASSIGN(const std::string tidy, tidy_line(what, text, kMaxNameCharacters));
  if (tidy.empty()) return absent;
  const char* meaning = meaning_of(aliases, tidy);
  if (meaning == nullptr) return fail(ErrorCode::invalid_argument, fmt::format("the {} is not one we know", what));
  return std::string(meaning);
}

bool is_blank(const SheetRow& row) {
  return std::ranges::all_of(
      row.fields, [](const std::string& field) { return field.find_first_not_of(" \t") == std::string::npos; });
}

void note_problem(ImportReport& report, std::size_t line, std::string message) {
  if (report.problems.size() < kMostProblems) report.problems.push_back({line, std::move(message)});
}

std::string organisation_key(const std::string& name) {
  PartyDetails details;
  details.kind = PartyKind::other;
  details.name = name;
  return details.lookup_key();
}

}  // namespace

Result<void> ImportReader::receive(SheetRow&& row) {
  if (is_blank(row)) return {};
  if (columns_.empty()) return read_header(row);
  if (row.fields.size() > width_ &&
      std::any_of(row.fields.begin() + static_cast<std::ptrdiff_t>(width_), row.fields.end(),
                  [](const std::string& field) { return !field.empty(); })) {
    note_problem(report_, row.line, fmt::format("{} fields where the header has {}", row.fields.size(), width_));
    return {};
  }
  auto read = read_row(row);
  if (!read) {
    note_problem(report_, row.line, read.error().message);
    return {};
  }
  if (report_.first_rows.size() < kMostFirstRows) report_.first_rows.push_back(read->party);
  rows_.push_back(std::move(*read));
  return {};
}

Result<std::vector<ImportRow>> ImportReader::rows() && {
  if (columns_.empty()) return fail(ErrorCode::invalid_argument, "the file is empty");
  return std::move(rows_);
}

Result<void> ImportReader::read_header(const SheetRow& row) {
  width_ = row.fields.size();
  for (std::size_t i = 0; i < row.fields.size(); ++i) {
    TRY_ASSIGN(const std::string title, tidy_line("header row", row.fields[i], kMaxNameCharacters));
    if (title.empty()) continue;
    const char* meaning = meaning_of(kColumns, title);
    if (meaning == nullptr) {
      report_.ignored_columns.push_back(title);
      continue;
    }
    std::string column = meaning;
    if (const auto kind = parse_party_kind(column)) {
      organisation_kind_ = *kind;
      column = "organisation";
    }
    if (!columns_.emplace(column, i).second)
      return fail(ErrorCode::invalid_argument, fmt::format("the header row has two columns for one thing: {}", title),
                  "rename or remove one of them");
    if (column == "name" && title.size() > 1 && static_cast<unsigned char>(title[0]) >= 0x80) locale_ = "zh";
    report_.columns.push_back(title);
  }
  if (!columns_.contains("name"))
    return fail(ErrorCode::invalid_argument, "the first row of the file must have a column called name",
                "start the file with the row: name, organisation, email, job title");
  return {};
}

std::string ImportReader::field(const SheetRow& row, const char* column) const {
  const auto found = columns_.find(column);
  return found == columns_.end() || found->second >= row.fields.size() ? std::string() : row.fields[found->second];
}

Result<ImportRow> ImportReader::read_row(const SheetRow& row) const {
  ImportRow read;
  read.line = row.line;
  read.organisation_kind = organisation_kind_;
  PartyDetails& details = read.party.details;
  TRY_ASSIGN(const std::string kind, chosen("kind", kKindWords, field(row, "kind"), "person"));
  details.kind = *parse_party_kind(kind);
  TRY_ASSIGN(details.locale, chosen("language", kLocaleWords, field(row, "locale"), locale_));
  TRY_ASSIGN(const std::string may_bind, chosen("mark of who may sign", kFlagWords, field(row, "may_bind"), "0"));
  details.may_bind = may_bind == "1";
  details.name = field(row, "name");
  details.email = field(row, "email");
  details.phone = field(row, "phone");
  details.job_title = field(row, "job_title");
  details.notes = field(row, "notes");
  TRY_ASSIGN(details, PartyDetails::tidied(std::move(details)));
  TRY_ASSIGN(const std::string organisation,
             tidy_line("organisation's name", field(row, "organisation"), kMaxNameCharacters));
  TRY_ASSIGN(const std::string parent, tidy_line("parent's name", field(row, "parent"), kMaxNameCharacters));
  if (details.is_person() && !organisation.empty()) {
    read.party.parent_name = organisation;
    read.organisation_parent = parent;
    return read;
  }
  if (!organisation.empty() && !parent.empty() && organisation_key(organisation) != organisation_key(parent))
    return fail(ErrorCode::invalid_argument, "an organisation's row names two organisations above it");
  read.party.parent_name = parent.empty() ? organisation : parent;
  return read;
}

void ImportPlan::add_known(const std::vector<KnownParty>& parties) {
  known_.reserve(parties.size());
  for (const KnownParty& party : parties) known_[party.lookup_key] = {party.id, party.tier};
}

void ImportPlan::add(const std::vector<ImportRow>& rows) {
  for (const ImportRow& row : rows)
    if (!row.party.details.is_person()) add_organisation(row);
  for (const ImportRow& row : rows) {
    if (!row.party.details.is_person() || row.party.parent_name.empty()) continue;
    const std::string key = plan_organisation(row.party.parent_name, row.organisation_kind, row);
    const auto planned = organisations_.find(key);
    if (planned == organisations_.end() || !planned->second.parent_key.empty() || row.organisation_parent.empty())
      continue;
    // Not by iterator: planning the parent may move the table.
    const std::string parent = plan_organisation(row.organisation_parent, PartyKind::supplier, row);
    organisations_.at(key).parent_key = parent;
  }
  for (const std::string& key : order_) settle(organisations_.at(key), 0);
  for (const ImportRow& row : rows)
    if (row.party.details.is_person()) add_person(row);
  report_.new_count = made_.size();
}

std::string ImportPlan::plan_organisation(const std::string& name, PartyKind kind, const ImportRow& row) {
  std::string key = organisation_key(name);
  if (known_.contains(key) || organisations_.contains(key)) return key;
  Planned planned;
  planned.line = row.line;
  planned.party.id = Id::random(random_);
  planned.party.created_ms = now_ms_;
  planned.party.details.kind = kind;
  planned.party.details.name = name;
  planned.party.details.locale = row.party.details.locale;
  organisations_.emplace(key, std::move(planned));
  order_.push_back(key);
  return key;
}

void ImportPlan::add_organisation(const ImportRow& row) {
  const PartyDetails& details = row.party.details;
  const std::string key = details.lookup_key();
  const auto planned = organisations_.find(key);
  if (known_.contains(key) || (planned != organisations_.end() && planned->second.has_row)) {
    ++report_.known_count;
    return;
  }
  plan_organisation(details.name, details.kind, row);
  std::string parent;
  if (!row.party.parent_name.empty()) parent = plan_organisation(row.party.parent_name, PartyKind::supplier, row);
  Planned& organisation = organisations_.at(key);
  organisation.has_row = true;
  organisation.line = row.line;
  organisation.party.details = details;
  organisation.parent_key = parent;
}

ImportPlan::Placed ImportPlan::placed(const std::string& key) const {
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  const Party& party = organisations_.at(key).party;
  return {party.id, party.tier};
}

// Gives an organisation its parent and tier, those above it first. False in a circle, and when `depth` says that the
// chain is too long: a file must not decide how deep we go.
bool ImportPlan::settle(Planned& organisation, int depth) {
  if (organisation.visit == 2) return true;
  if (organisation.visit == 1) {
    complain(organisation.line, fmt::format("{} would stand above itself", organisation.party.details.name));
    return false;
  }
  organisation.visit = 1;
  bool settled = true;
  if (!organisation.parent_key.empty()) {
    const auto above = organisations_.find(organisation.parent_key);
    settled = above == organisations_.end() || (depth <= kMaxTier && settle(above->second, depth + 1));
    const Placed parent = placed(organisation.parent_key);
    organisation.party.details.parent = parent.id;
    organisation.party.tier = parent.tier + 1;
  }
  organisation.visit = 2;
  if (depth > kMaxTier || organisation.party.tier > kMaxTier)
    complain(organisation.line, "the chain of organisations is longer than 20");
  made_.push_back(organisation.party);
  return settled;
}

void ImportPlan::add_person(const ImportRow& row) {
  Party person;
  person.details = row.party.details;
  if (!row.party.parent_name.empty()) {
    const Placed organisation = placed(organisation_key(row.party.parent_name));
    person.details.parent = organisation.id;
    person.tier = organisation.tier;
  }
  person.id = Id::random(random_);
  person.created_ms = now_ms_;
  const bool is_new = known_.emplace(person.details.lookup_key(), Placed{person.id, person.tier}).second;
  if (is_new)
    made_.push_back(std::move(person));
  else
    ++report_.known_count;
}

void ImportPlan::complain(std::size_t line, std::string message) { note_problem(report_, line, std::move(message)); }

Result<ImportReport> PartyService::import(BytesView file, bool dry_run, const events::Actor& actor) {
  ImportReport report;
  ImportReader reader(report);
  TRY(read_sheet(file, [&](SheetRow&& row) { return reader.receive(std::move(row)); }));
  TRY_ASSIGN(const std::vector<ImportRow> rows, std::move(reader).rows());
  const auto plan_and_insert = [&]() -> Result<void> {
    ImportPlan plan(report, ports_.random, ports_.clock.now_ms());
    TRY_ASSIGN(const auto known, ports_.store.all());
    plan.add_known(known);
    plan.add(rows);
    if (dry_run || !report.problems.empty()) return {};
    TRY(ports_.store.insert(plan.parties()));
    if (report.new_count > 0) {
      events::Event event;
      event.time_ms = ports_.clock.now_ms();
      event.kind = "party.imported";
      event.actor = actor;
      event.data_json = nlohmann::json{{"count", report.new_count}}.dump();
      TRY(ports_.events.append(event));
    }
    report.imported = true;
    return {};
  };
  if (dry_run)
    TRY(ports_.transactions.read(plan_and_insert));
  else
    TRY(ports_.transactions.write(plan_and_insert));
  return report;
}

}  // namespace probity::parties
