// A small picture of a master, for staff.
#pragma once

#include "app/workspace.h"

namespace probity::app {

// JPEG, long side 640 px, in grey values and the master's colour differences as the tracing reference keeps them: no
// decoder runs. Errors: those of reading the reference.
Result<Bytes> asset_preview(Workspace& workspace, const copies::Asset& asset);

}  // namespace probity::app
