// The mails about commitments, in the reader's language: plain text, one purpose each.
#pragma once

#include <optional>
#include <string>

#include "commitments/commitment.h"
#include "commitments/ports.h"
#include "commitments/slip.h"

namespace probity::commitments {

struct Reader {
  std::string email, name;
  Locale locale = Locale::en;
};

// What a letter is about.
struct Matter {
  House house;
  Id project_id;
  std::string project;
  std::string number, title;  // of the commitment
  std::string person;         // who promises
  std::string link;           // to the reader's own page; may be empty
};

outbox::Message invitation_letter(const Reader& reader, const Matter& matter, SignatoryRole role,
                                  const std::optional<TimeMs>& sign_by_ms, const std::string& zone);
// `inviter`: the colleague who asked for it.
outbox::Message colleague_letter(const Reader& reader, const Matter& matter, const std::string& inviter);
outbox::Message code_letter(const Reader& reader, const House& house, const std::string& code);
outbox::Message reminder_letter(const Reader& reader, const Matter& matter);
// The caller attaches the sealed document.
outbox::Message signed_copy_letter(const Reader& reader, const Matter& matter);
outbox::Message declined_letter(const Reader& reader, const Matter& matter, const std::string& reason);
outbox::Message revoked_letter(const Reader& reader, const Matter& matter, const std::string& reason);
outbox::Message reinstated_letter(const Reader& reader, const Matter& matter, const std::string& reason);
outbox::Message extended_letter(const Reader& reader, const Matter& matter, const std::optional<TimeMs>& until_ms,
                                const std::string& zone);
outbox::Message slip_letter(const Reader& reader, const Matter& matter, const Slip& slip, const std::string& zone);

enum class EmbargoNotice { day_before, hour_before, lifted };
std::string_view embargo_notice_name(EmbargoNotice notice);
outbox::Message embargo_letter(const Reader& reader, const Matter& matter, EmbargoNotice notice, TimeMs at_ms,
                               const std::string& zone);

}  // namespace probity::commitments
