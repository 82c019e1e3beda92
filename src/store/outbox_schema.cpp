#include "store/migrations.h"

namespace probity::store {

Migration outbox_schema() { return {"outbox-1", {}}; }

}  // namespace probity::store
