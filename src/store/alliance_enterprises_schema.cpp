#include "store/migrations.h"

namespace probity::store {
namespace {

// The entries themselves are listings; what was published is known by its signed heads.
constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE alliance_enterprise_heads (
         version BIGINT PRIMARY KEY,
         head TEXT NOT NULL CHECK (length(head) <= 200),
         signature TEXT NOT NULL CHECK (length(signature) = 128)))",
};

}  // namespace

Migration alliance_enterprises_schema() { return {"alliance-enterprises-1", kStatements}; }

}  // namespace probity::store
