// The recipient record: a person and the outlet, supplier or employer behind them.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"

namespace probity::parties {

constexpr std::size_t kMaxNameCharacters = 200;
constexpr std::size_t kMaxEmailCharacters = 254;

// What is known of a recipient before they have a record. Made by `create` or `parse` only, so every field is tidy.
struct RecipientDetails {
  std::string name;
  std::string outlet;
  std::string email;  // may be empty

  // Errors: invalid_argument for an empty name or outlet and for text that tidy_line refuses.
  static Result<RecipientDetails> create(std::string_view name, std::string_view outlet, std::string_view email = {});

  // From "Name, outlet": the first comma, ASCII or full-width, divides. Errors: invalid_argument.
  static Result<RecipientDetails> parse(std::string_view name_and_outlet);

  // Two people of one name at one outlet are one record; the key is what they share.
  std::string lookup_key() const;
  bool operator==(const RecipientDetails&) const = default;
};

struct Recipient {
  Id id;
  RecipientDetails details;
  TimeMs created_ms = 0;
  bool operator==(const Recipient&) const = default;
};

// "Mira Holloway, Motor Weekly"
std::string display_name(const RecipientDetails& details);

}  // namespace probity::parties
