// What the commands of shoots share: finding the shoot, its zones and slots, and telling what became of it.
#pragma once

#include "cli/grammar.h"
#include "cli/session.h"

namespace probity::cli {

// By id, the start of an id, or title. Errors: not_found; invalid_argument when several fit.
Result<shoots::ShootRow> find_shoot(app::Records& records, const std::string& text);

// By label; nothing for no label. Errors: not_found.
Result<std::optional<Id>> find_zone(const shoots::Shoot& shoot, const std::optional<std::string>& label);
Result<std::optional<Id>> find_slot(const shoots::Shoot& shoot, const std::optional<std::string>& label);

// The shoot as it is now with its slots, zones and attendees, and its document under --json.
Result<void> show_shoot(Terminal& terminal, const Result<shoots::ShootRow>& row);

// Leads to frames that were handed in, with their reasons: never a verdict.
void show_footage(Terminal& terminal, const shoots::FootageReport& report);

template <class Options>
void add_shoot_name(const Command<Options>& command) {
  command->add_option("shoot", command.options.shoot, "Id, start of an id, or title")->required();
}

// Changing a shoot, and where its attendees are.
void add_shoot_edit_commands(Grammar& grammar);

}  // namespace probity::cli
