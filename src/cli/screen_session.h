// What commands about screening share: this workspace as a member, and identifiers that are read and not given.
#pragma once

#include <memory>
#include <string>

#include "app/live_membership.h"
#include "app/member_desk.h"
#include "app/person_desk.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "screening/hit_service.h"
#include "screening/person_screening.h"

namespace probity::cli {

inline constexpr int kExitHit = 3;  // of `screen person`: no error, and not "not listed"

struct ScreenSession {
  Session session;
  std::unique_ptr<app::LiveMembership> membership;
  std::unique_ptr<app::PersonDesk> people;
};
// Errors: as of open_session(); not_found when the workspace is no member's.
Result<ScreenSession> open_screen_session(const CommonOptions& common);

// Who lists the person, for what and until when, and whom to ask: a line for each label.
void say_labels(Terminal& terminal, const screening::Hit& hit);

// Asked for without showing it on a terminal; a line of standard input otherwise. Command lines are seen by others.
std::string read_secret_line(const std::string& prompt, bool from_input);
// Errors: invalid_argument.
Result<screening::TypedIdentifier> read_identifier(Terminal& terminal, const std::string& kind,
                                                   const std::string& country, bool from_input);

}  // namespace probity::cli
