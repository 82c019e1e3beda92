#include "store/migrations.h"

namespace probity::store {

Migration events_schema() { return {"events-1", {}}; }

}  // namespace probity::store
