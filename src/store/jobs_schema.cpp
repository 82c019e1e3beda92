#include "store/migrations.h"

namespace probity::store {

Migration jobs_schema() { return {"jobs-1", {}}; }

}  // namespace probity::store
