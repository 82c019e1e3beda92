// The mails about cases and rectifications, in the reader's language: plain text, one purpose each.
#pragma once

#include <string>

#include "commitments/letters.h"

namespace probity::cases {

struct LetterText {
  std::string kind;  // "case.claim"
  std::string subject_en, subject_zh, body_en, body_zh;
  std::string link;  // to the reader's own page; may be empty
  std::optional<Id> project{};
};

outbox::Message letter(const commitments::Reader& reader, const commitments::House& house, const LetterText& text);

// "2026-11-21 18:00 (Asia/Shanghai)"
std::string instant_text(TimeMs time_ms, const commitments::House& house);

}  // namespace probity::cases
