// A bulletin as one reader is shown it: names put in, and taken out where the author is withheld.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bulletins/ports.h"

namespace probity::bulletins {

using MemberNames = std::map<Id, std::string>;

struct Row {
  Bulletin bulletin;
  Access access = Access::none;  // whole or tombstone
  bool is_own = false;
  std::optional<std::string> author;  // none: withheld
  Tally tally;
};

struct Related {
  Row row;
  std::vector<Mark> shares;
};

template <class Record>
struct Spoken {
  Record record;
  std::optional<std::string> by;  // none: the author, withheld
  bool by_author = false;
};

struct ReaderCount {
  std::string member;
  std::size_t accounts = 0;
  TimeMs last_ms = 0;
};

struct View {
  Row row;
  std::vector<MemberName> audience;  // empty when everybody, or when the author is withheld from this reader
  std::vector<Spoken<Sighting>> sightings;
  std::vector<Spoken<Reply>> replies;
  std::optional<std::vector<ReaderCount>> readers;  // for the author
};

struct JointView {
  JointCase joint;
  bool joined = false;  // contacts and notes are for those
  MemberNames names;
};

Row row_of(const Bulletin& bulletin, const Reader& reader, const MemberNames& names, TimeMs now_ms);
// Whose words these are, for that reader.
template <class Record>
Spoken<Record> spoken(Record record, const Bulletin& bulletin, const Reader& reader, const MemberNames& names) {
  Spoken<Record> out{std::move(record), std::nullopt, false};
  out.by_author = out.record.member == bulletin.author;
  const auto name = names.find(out.record.member);
  if (!out.by_author || !bulletin.without_attribution || is_author(bulletin, reader))
    out.by = name == names.end() ? "a former member" : name->second;
  return out;
}

}  // namespace probity::bulletins
