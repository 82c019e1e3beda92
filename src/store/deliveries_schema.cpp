#include "store/migrations.h"

namespace probity::store {

Migration deliveries_schema() { return {"deliveries-1", {}}; }

}  // namespace probity::store
