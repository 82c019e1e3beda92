// The document of a statement: both languages, the reply, what it follows, and how anybody checks it.
#pragma once

#include "statements/ports.h"

namespace probity::statements {

struct DocumentFacts {
  House house;
  std::optional<Statement> followed;
  std::string fingerprint;  // of the sealing certificate, hex; empty before there is one
  std::string log_origin;   // empty while there is no log
  std::optional<pdf::BitMatrix> qr;
  TimeMs time_ms = 0;
  bool draft = false;
};

// Pure.
pdf::Document compose(const Statement& statement, const DocumentFacts& facts);

// Where a visitor finds it.
std::string statement_url(const House& house, const Id& statement);
std::string document_name(const Statement& statement);  // "S-2026-0001.pdf"
std::string proof_name(const Statement& statement);     // "S-2026-0001.tlog-proof"
// The web domain of an address: "press.example.com".
std::string domain_of(const std::string& url);
// How to check it without the page, one command a line.
std::vector<std::string> verify_commands(const Statement& statement);

struct RelationWords {
  std::string en, zh;
};
RelationWords relation_words(Relation relation);

}  // namespace probity::statements
