#include "filings/record.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "alliance/json.h"
#include "base/encoding.h"

namespace probity::filings {
namespace {

using nlohmann::json;

template <class Value>
json optional_json(const std::optional<Value>& value) {
  return value ? json(*value) : json(nullptr);
}
json id_json(const std::optional<Id>& id) { return id ? json(id->text()) : json(nullptr); }
json person_json(const Person& person) { return {{"account", person.account.text()}, {"name", person.name}}; }

json subject_json(const Subject& subject) {
  return {{"kind", subject_kind_name(subject.kind)},
          {"name", subject.name},
          {"identifier_kind",
           subject.identifier_kind ? json(names::identifier_kind_name(*subject.identifier_kind)) : json(nullptr)},
          {"sealed_identifier", to_hex(subject.sealed_identifier)},
          {"born_ms", optional_json(subject.born_ms)},
          {"enterprise", subject.enterprise ? alliance::enterprise_to_json(*subject.enterprise) : json(nullptr)}};
}

json words_json(const Words& words) {
  return {{"conduct", alliance::conduct_entry(words.conduct).name},
          {"standard", alliance::standard_name(words.standard)},
          {"intentional_for_gain", words.intentional_for_gain},
          {"facts", words.facts},
          {"happened_ms", optional_json(words.happened_ms)},
          {"decided_ms", optional_json(words.decided_ms)},
          {"decided_by", words.decided_by},
          {"ended_how", words.ended_how},
          {"contact", words.contact}};
}

json documents_json(const std::vector<Document>& documents) {
  json list = json::array();
  for (const Document& one : documents)
    list.push_back({{"id", one.id.text()},
                    {"kind", alliance::paper_kind_name(one.kind)},
                    {"test", test_name(one.test)},
                    {"name", one.name},
                    {"media_type", one.media_type},
                    {"size_bytes", one.size_bytes},
                    {"commitment", to_hex(one.commitment)},
                    {"blob", to_hex(one.blob)},
                    {"added_ms", one.added_ms},
                    {"added_by", one.added_by}});
  return list;
}

json arrivals_json(const std::vector<Arrival>& arrivals) {
  json list = json::array();
  for (const Arrival& one : arrivals)
    list.push_back({{"paper", one.paper.text()},
                    {"kind", alliance::paper_kind_name(one.kind)},
                    {"from_ombudsman", one.from_ombudsman},
                    {"name", one.name},
                    {"media_type", one.media_type},
                    {"size_bytes", one.size_bytes},
                    {"blob", to_hex(one.blob)},
                    {"filed_ms", one.filed_ms}});
  return list;
}

json pending_json(const Pending& pending) {
  json papers = json::array();
  for (const Id& id : pending.papers) papers.push_back(id.text());
  return {{"verb", verb_name(pending.verb)}, {"by", person_json(pending.by)},    {"body", pending.body},
          {"papers", std::move(papers)},     {"steps_seen", pending.steps_seen}, {"begun_ms", pending.begun_ms},
          {"next_ms", pending.next_ms},      {"attempts", pending.attempts},     {"trouble", pending.trouble}};
}

// Reads fields; the first that does not fit makes all fail.
struct Reader {
  bool ok = true;

  template <class Value>
  Value some(std::optional<Value> value) {
    if (!value) ok = false;
    return value.value_or(Value{});
  }
  Id id(const json& text) {
    const auto parsed = Id::parse(text.get<std::string>());
    if (!parsed) ok = false;
    return parsed.value_or(Id{});
  }
  std::optional<Id> optional_id(const json& text) { return text.is_null() ? std::nullopt : std::optional(id(text)); }
  std::optional<TimeMs> time(const json& value) {
    return value.is_null() ? std::nullopt : std::optional(value.get<TimeMs>());
  }
  Bytes bytes(const json& text) {
    auto parsed = from_hex(text.get<std::string>());
    if (!parsed) ok = false;
    return parsed.value_or(Bytes{});
  }
  Hash hash(const json& text) {
    const Bytes parsed = bytes(text);
    Hash out{};
    if (parsed.size() != out.size()) ok = false;
    std::copy_n(parsed.begin(), std::min(parsed.size(), out.size()), out.begin());
    return out;
  }
  Person person(const json& in) { return {id(in.at("account")), in.at("name").get<std::string>()}; }
};

Subject read_subject(Reader& reader, const json& in) {
  Subject subject;
  subject.kind = reader.some(parse_subject_kind(in.at("kind").get<std::string>()));
  subject.name = in.at("name").get<std::string>();
  if (!in.at("identifier_kind").is_null())
    subject.identifier_kind = reader.some(names::parse_identifier_kind(in.at("identifier_kind").get<std::string>()));
  subject.sealed_identifier = reader.bytes(in.at("sealed_identifier"));
  subject.born_ms = reader.time(in.at("born_ms"));
  if (!in.at("enterprise").is_null()) subject.enterprise = alliance::enterprise_of_record(in.at("enterprise"));
  return subject;
}

Words read_words(Reader& reader, const json& in) {
  Words words;
  const auto conduct = alliance::parse_conduct(in.at("conduct").get<std::string>());
  reader.ok = reader.ok && conduct.has_value();
  words.conduct = conduct.value_or(alliance::Conduct::bribery);
  words.standard = reader.some(alliance::parse_standard(in.at("standard").get<std::string>()));
  words.intentional_for_gain = in.at("intentional_for_gain").get<bool>();
  words.facts = in.at("facts").get<std::string>();
  words.happened_ms = reader.time(in.at("happened_ms"));
  words.decided_ms = reader.time(in.at("decided_ms"));
  words.decided_by = in.at("decided_by").get<std::string>();
  words.ended_how = in.at("ended_how").get<std::string>();
  words.contact = in.at("contact").get<std::string>();
  return words;
}

Document read_document(Reader& reader, const json& in) {
  Document one;
  one.id = reader.id(in.at("id"));
  one.kind = reader.some(alliance::parse_paper_kind(in.at("kind").get<std::string>()));
  one.test = reader.some(parse_test(in.at("test").get<std::string>()));
  one.name = in.at("name").get<std::string>();
  one.media_type = in.at("media_type").get<std::string>();
  one.size_bytes = in.at("size_bytes").get<std::uint64_t>();
  one.commitment = reader.hash(in.at("commitment"));
  one.blob = reader.hash(in.at("blob"));
  one.added_ms = in.at("added_ms").get<TimeMs>();
  one.added_by = in.at("added_by").get<std::string>();
  return one;
}

Arrival read_arrival(Reader& reader, const json& in) {
  return {reader.id(in.at("paper")),
          reader.some(alliance::parse_paper_kind(in.at("kind").get<std::string>())),
          in.at("from_ombudsman").get<bool>(),
          in.at("name").get<std::string>(),
          in.at("media_type").get<std::string>(),
          in.at("size_bytes").get<std::uint64_t>(),
          reader.hash(in.at("blob")),
          in.at("filed_ms").get<TimeMs>()};
}

Pending read_pending(Reader& reader, const json& in) {
  Pending pending;
  pending.verb = reader.some(parse_verb(in.at("verb").get<std::string>()));
  pending.by = reader.person(in.at("by"));
  pending.body = in.at("body").get<std::string>();
  for (const json& id : in.at("papers")) pending.papers.push_back(reader.id(id));
  pending.steps_seen = in.at("steps_seen").get<std::uint64_t>();
  pending.begun_ms = in.at("begun_ms").get<TimeMs>();
  pending.next_ms = in.at("next_ms").get<TimeMs>();
  pending.attempts = in.at("attempts").get<std::uint32_t>();
  pending.trouble = in.at("trouble").get<std::string>();
  return pending;
}

Result<Filing> read_filing(const json& in) {
  Reader reader;
  Filing filing;
  filing.id = reader.id(in.at("id"));
  filing.number = in.at("number").get<std::string>();
  filing.year = in.at("year").get<int>();
  filing.ordinal = in.at("ordinal").get<std::int64_t>();
  filing.case_id = reader.optional_id(in.at("case"));
  filing.case_number = in.at("case_number").get<std::string>();
  filing.subject = read_subject(reader, in.at("subject"));
  filing.words = read_words(reader, in.at("words"));
  for (const json& one : in.at("documents")) filing.documents.push_back(read_document(reader, one));
  filing.author = reader.person(in.at("author"));
  for (const json& one : in.at("writers")) filing.writers.insert(reader.id(one));
  filing.last_reason = in.at("last_reason").get<std::string>();
  filing.dropped_ms = reader.time(in.at("dropped_ms"));
  if (const json& made = in.at("prepared"); !made.is_null())
    filing.prepared = Prepared{reader.hash(made.at("fingerprint")), made.at("epoch").get<oprf::Epoch>(),
                               made.at("draft").get<std::string>(), reader.id(made.at("summary"))};
  filing.listing_id = reader.optional_id(in.at("listing_id"));
  if (!in.at("listing").is_null()) {
    TRY_ASSIGN(filing.listing, alliance::parse_listing_record(in.at("listing").get<std::string>()));
  }
  filing.history_changed = in.at("history_changed").get<bool>();
  if (!in.at("pending").is_null()) filing.pending = read_pending(reader, in.at("pending"));
  for (const json& one : in.at("arrivals")) filing.arrivals.push_back(read_arrival(reader, one));
  filing.told = in.at("told").get<std::vector<std::string>>();
  filing.created_ms = in.at("created_ms").get<TimeMs>();
  filing.updated_ms = in.at("updated_ms").get<TimeMs>();
  if (!reader.ok) return fail(ErrorCode::corrupt, "a filing is not readable");
  return filing;
}

}  // namespace

std::string filing_record(const Filing& filing) {
  json writers = json::array(), prepared;
  for (const Id& id : filing.writers) writers.push_back(id.text());
  if (filing.prepared)
    prepared = {{"fingerprint", to_hex(filing.prepared->fingerprint)},
                {"epoch", filing.prepared->epoch},
                {"draft", filing.prepared->draft},
                {"summary", filing.prepared->summary.text()}};
  return json{{"id", filing.id.text()},
              {"number", filing.number},
              {"year", filing.year},
              {"ordinal", filing.ordinal},
              {"case", id_json(filing.case_id)},
              {"case_number", filing.case_number},
              {"subject", subject_json(filing.subject)},
              {"words", words_json(filing.words)},
              {"documents", documents_json(filing.documents)},
              {"author", person_json(filing.author)},
              {"writers", std::move(writers)},
              {"last_reason", filing.last_reason},
              {"dropped_ms", optional_json(filing.dropped_ms)},
              {"prepared", std::move(prepared)},
              {"listing_id", id_json(filing.listing_id)},
              {"listing", filing.listing ? json(alliance::listing_record(*filing.listing)) : json(nullptr)},
              {"history_changed", filing.history_changed},
              {"pending", filing.pending ? pending_json(*filing.pending) : json(nullptr)},
              {"arrivals", arrivals_json(filing.arrivals)},
              {"told", filing.told},
              {"created_ms", filing.created_ms},
              {"updated_ms", filing.updated_ms}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<Filing> parse_filing_record(std::string_view text) {
  try {
    return read_filing(json::parse(text));
  } catch (const json::exception&) {
    return fail(ErrorCode::corrupt, "a filing is not readable");
  }
}

Result<alliance::Listing> parse_shown_listing(std::string_view text) {
  json in = json::parse(text, nullptr, false);
  if (!in.is_object()) return fail(ErrorCode::corrupt, "the hub's answer is not readable");
  in["tag"] = to_hex(oprf::Tag{});
  in["label"] = to_hex(oprf::SealedLabel{});
  auto listing = alliance::parse_listing_record(in.dump());
  if (!listing) return fail(ErrorCode::corrupt, "the hub's answer is not readable");
  return listing;
}

}  // namespace probity::filings
