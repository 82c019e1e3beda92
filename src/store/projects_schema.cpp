#include "store/migrations.h"

namespace probity::store {

Migration projects_schema() { return {"projects-1", {}}; }

}  // namespace probity::store
