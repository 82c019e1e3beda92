#include "store/migrations.h"

namespace probity::store {

Migration accounts_schema() { return {"accounts-1", {}}; }

}  // namespace probity::store
