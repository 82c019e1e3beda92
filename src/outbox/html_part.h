// The HTML part of a mail: the same text, with its link as a button.
#pragma once

#include <string>

#include "outbox/message.h"

namespace probity::outbox {

// Everything is escaped; no pictures, no tracking, no outside style sheets.
std::string html_part(const Message& message);

}  // namespace probity::outbox
