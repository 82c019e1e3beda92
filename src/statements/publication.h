// What anybody may see without signing in: published statements, their proofs, feeds, and the record of the seal.
#pragma once

#include "statements/rules.h"
#include "statements/store.h"

namespace probity::statements {

struct PublicView {
  Statement statement;
  House house;
  std::vector<Statement> chain;  // public ones, oldest first, itself among them
  std::optional<seal::Certificate> certificate;
  std::optional<log::Opening> opening;  // not of a removed one
  std::optional<std::string> proof;
  LogFacts log;
  TimeMs now_ms = 0;
};

struct HashAnswer {
  Hash sha256{};
  House house;
  std::optional<Statement> statement;  // public, published or removed
  std::uint64_t searched = 0;          // public statements there are
};

struct SealRecord {
  House house;
  std::vector<seal::Certificate> seals;
  LogFacts log;
  TimeMs now_ms = 0;
};

struct PublicFile {
  std::string name;
  Bytes bytes;
};

// Thread-safe. Only published and removed statements exist here; everything else is not_found.
class PublicationService {
 public:
  PublicationService(const Ports& ports, Tools tools) : ports_(ports), tools_(std::move(tools)) {}

  Result<PublicView> find(const Id& statement);
  Result<Listed<Statement>> list(const ListQuery& query);
  Result<House> house() { return ports_.house.house(); }
  TimeMs now() { return ports_.clock.now_ms(); }
  // Errors of these: gone (it was removed).
  Result<PublicFile> document(const Id& statement);
  Result<PublicFile> proof(const Id& statement);
  Result<std::string> opening_json(const Id& statement);
  // The address of its page as an SVG; also of a removed one.
  Result<std::string> address_qr(const Id& statement);
  // The proof itself as an SVG. Errors: too_large when it does not fit into a QR code.
  Result<std::string> proof_qr(const Id& statement);
  Result<HashAnswer> by_hash(const Hash& sha256);
  Result<SealRecord> seal_record();

 private:
  Result<Statement> shown(const Id& statement);
  Result<Statement> whole(const Id& statement);

  Ports ports_;
  Tools tools_;
};

}  // namespace probity::statements
