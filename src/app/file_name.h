// Names for files of copies: readable, safe on every file system, and never the same for two copies.
#pragma once

#include <string>
#include <string_view>

#include "copies/asset.h"
#include "copies/copy.h"

namespace probity::app {

// Letters and digits of any script, lower case; everything else becomes single hyphens. At most `max_bytes`, cut
// between characters; "x" when nothing is left.
std::string slug(std::string_view text, std::size_t max_bytes);

// "coast-road--mira-holloway--motor-weekly--3f8k2p9q.jpg": asset, person, outlet, start of the copy's id.
std::string copy_file_name(const copies::Asset& asset, const copies::CopyWithRecipient& issued);

}  // namespace probity::app
