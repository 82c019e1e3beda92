#include "store/migrations.h"

namespace probity::store {

Migration commitments_schema() { return {"commitments-1", {}}; }

}  // namespace probity::store
