// A filing: the member's own record of a listing, from the first draft to its end. The hub has a listing without a
// name; here stand the name, the story, the evidence and who did what.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "alliance/listing_rules.h"
#include "alliance/paper.h"
#include "base/list_query.h"
#include "names/identifier.h"

namespace probity::filings {

enum class SubjectKind { person, enterprise };
std::string_view subject_kind_name(SubjectKind kind);
std::optional<SubjectKind> parse_subject_kind(std::string_view name);

// Whom it is about. Of a person the identifier stands here sealed to this node's own key, and only until the end.
struct Subject {
  SubjectKind kind = SubjectKind::person;
  std::string name;  // as the pages of this node show it; never leaves but sealed
  std::optional<names::IdentifierKind> identifier_kind;
  Bytes sealed_identifier;        // oprf::seal_to(own identity, the normalised text)
  std::optional<TimeMs> born_ms;  // read off a resident ID, or given with a passport
  std::optional<alliance::Enterprise> enterprise;
  bool operator==(const Subject&) const = default;
};

// What is said, in the filer's words.
struct Words {
  alliance::Conduct conduct = alliance::Conduct::bribery;
  alliance::StandardOfProof standard = alliance::StandardOfProof::none;
  bool intentional_for_gain = false;
  std::string facts;                  // what happened
  std::optional<TimeMs> happened_ms;  // the last of it: whoever was under 18 then is not listed
  std::optional<TimeMs> decided_ms;   // when the organisation found so
  std::string decided_by;             // who decided, by name and office
  std::string ended_how;              // why and how employment or contract ended, or was refused
  std::string contact;                // who answers questions of other members
  bool operator==(const Words&) const = default;
};
constexpr std::size_t kMostFactsCharacters = 8000, kMostLineCharacters = 200, kMostContactCharacters = 60;

enum class Test { reasonable_grounds, clear_evidence, ended_because_of_it };
std::string_view test_name(Test test);
std::optional<Test> parse_test(std::string_view name);

// A document, sealed to this node's own key in the store of blobs.
struct Document {
  Id id;
  alliance::Paper::Kind kind = alliance::Paper::Kind::evidence;
  Test test = Test::clear_evidence;  // of evidence and summary
  std::string name, media_type;
  std::uint64_t size_bytes = 0;
  Hash commitment{};  // what the hub knows of it
  Hash blob{};        // of the sealed bytes
  TimeMs added_ms = 0;
  std::string added_by;
  bool operator==(const Document&) const = default;
};
constexpr std::size_t kMostDocuments = 60;

// What came back through the hub: the person's words and documents, the ombudsman's reasons.
struct Arrival {
  Id paper;  // at the hub
  alliance::Paper::Kind kind = alliance::Paper::Kind::reply;
  bool from_ombudsman = false;
  std::string name, media_type;
  std::uint64_t size_bytes = 0;
  Hash blob{};
  TimeMs filed_ms = 0;
  bool operator==(const Arrival&) const = default;
};

enum class Verb { submit, approve, refuse, notice, answer, suspend, resume, correct, attest, withdraw };
std::string_view verb_name(Verb verb);
std::optional<Verb> parse_verb(std::string_view name);

struct Person {
  Id account;
  std::string name;
  bool operator==(const Person&) const = default;
};

// A verb that was begun and of which it is not known that the hub has done it.
struct Pending {
  Verb verb = Verb::submit;
  Person by;
  std::string body;              // what goes to the hub; holds no secret
  std::vector<Id> papers;        // documents to be with the ombudsman first
  std::uint64_t steps_seen = 0;  // of the listing, when it was begun
  TimeMs begun_ms = 0, next_ms = 0;
  std::uint32_t attempts = 0;
  std::string trouble;  // why it is not done yet
  bool operator==(const Pending&) const = default;
};

// What goes to the hub when it is submitted: made once for the same words, so that a retry sends the same.
struct Prepared {
  Hash fingerprint{};  // of all that was said
  oprf::Epoch epoch = 0;
  std::string draft;  // JSON as the hub takes it
  Id summary;         // the document that goes with it
  bool operator==(const Prepared&) const = default;
};

struct Filing {
  Id id;
  std::string number;  // "F-2027-0001"
  int year = 0;
  std::int64_t ordinal = 0;
  std::int64_t revision = 1;
  std::optional<Id> case_id;
  std::string case_number;
  Subject subject;
  Words words;
  std::vector<Document> documents;
  Person author;                     // who wrote last
  std::set<Id> writers;              // everybody who wrote any of it: none of them approves it
  std::string last_reason;           // of the latest verb that asks for one; of this node alone
  std::optional<TimeMs> dropped_ms;  // given up before the hub had heard of it
  std::optional<Prepared> prepared;
  std::optional<Id> listing_id;                // the hub's
  std::optional<alliance::Listing> listing{};  // as the hub last showed it, without tag and label
  bool history_changed = false;                // the hub showed another past than before
  std::optional<Pending> pending;
  std::vector<Arrival> arrivals;
  std::vector<std::string> told;  // reminders that went out
  TimeMs created_ms = 0, updated_ms = 0;
  bool operator==(const Filing&) const = default;

  bool has_ended() const { return dropped_ms || (listing && alliance::is_final(listing->state)); }
  bool is_draft() const { return !dropped_ms && (!listing || listing->state == alliance::ListingState::draft); }
  const Document* document(const Id& id) const;
};

// "draft", "disputed", "active" …: what lists show.
std::string_view shown_state(const Filing& filing);
// The next day that matters, and what it is: "answer", "ombudsman", "attest", "acquittal", "active", "end".
struct DueDay {
  std::string what;
  TimeMs due_ms = 0;
};
std::optional<DueDay> due_day(const Filing& filing);
std::string filing_number(int year, std::int64_t ordinal);

struct FilingFilter {
  ListQuery page;  // sort: number, state, due_at, updated_at; newest first without
  std::string state;
  std::optional<Id> case_id;
  bool open_only = false;
};

}  // namespace probity::filings
