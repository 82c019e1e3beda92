#include "parties/recipient.h"

#include "parties/text.h"

namespace probity::parties {
namespace {

constexpr std::string_view kFullWidthComma = "\xEF\xBC\x8C";

}  // namespace

Result<RecipientDetails> RecipientDetails::create(std::string_view name, std::string_view outlet,
                                                  std::string_view email) {
  RecipientDetails details;
  TRY_ASSIGN(details.name, tidy_line("recipient's name", name, kMaxNameCharacters));
  TRY_ASSIGN(details.outlet, tidy_line("recipient's outlet", outlet, kMaxNameCharacters));
  TRY_ASSIGN(details.email, tidy_line("recipient's email address", email, kMaxEmailCharacters));
  if (details.name.empty()) return fail(ErrorCode::invalid_argument, "the recipient's name is empty");
  if (details.outlet.empty())
    return fail(ErrorCode::invalid_argument, "the recipient's outlet is empty",
                "write \"Name, outlet\"; for somebody who works alone write \"Name, independent\"");
  if (!details.email.empty() && !looks_like_email(details.email))
    return fail(ErrorCode::invalid_argument, "the recipient's email address is not one");
  return details;
}

Result<RecipientDetails> RecipientDetails::parse(std::string_view name_and_outlet) {
  const std::size_t ascii = name_and_outlet.find(',');
  const std::size_t wide = name_and_outlet.find(kFullWidthComma);
  if (ascii == std::string_view::npos && wide == std::string_view::npos)
    return fail(ErrorCode::invalid_argument, "a recipient is a name and an outlet with a comma between",
                "for example --to \"Mira Holloway, Motor Weekly\"");
  const bool is_wide = wide < ascii;
  const std::size_t comma = is_wide ? wide : ascii;
  return create(name_and_outlet.substr(0, comma),
                name_and_outlet.substr(comma + (is_wide ? kFullWidthComma.size() : 1)));
}

std::string RecipientDetails::lookup_key() const {
  // A line feed cannot stand in a tidy field, so no two pairs share a key.
  return fold_for_lookup(name) + '\n' + fold_for_lookup(outlet);
}

std::string display_name(const RecipientDetails& details) { return details.name + ", " + details.outlet; }

}  // namespace probity::parties
