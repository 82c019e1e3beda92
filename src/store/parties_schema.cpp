#include "store/migrations.h"

namespace probity::store {

Migration parties_schema() { return {"parties-1", {}}; }

}  // namespace probity::store
