// A training event of the alliance: when, where, how many seats, and who has one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "bulletins/bulletin.h"

namespace probity::bulletins {

struct TrainingPlan {
  std::string title, text;
  TimeMs starts_ms = 0, ends_ms = 0;
  std::string zone;  // IANA
  std::string place;
  std::string link;  // http or https; may be empty
  std::uint32_t capacity = 0;
  bool operator==(const TrainingPlan&) const = default;
};

struct Training {
  struct Registration {
    Id member, account;
    std::string name;  // as the person's node gave it
    TimeMs time_ms = 0;
    bool operator==(const Registration&) const = default;
  };
  Id id;
  Id organiser;  // the member; zeros: the hub's operator
  TrainingPlan plan;
  // In the order of seats: the first `capacity` have one, the others wait.
  std::vector<Registration> registrations;
  bool cancelled = false;
  std::uint32_t changes = 0;  // the calendar file's SEQUENCE
  TimeMs changed_ms = 0;
  bool operator==(const Training&) const = default;
};

enum class Seat { none, registered, waiting };
std::string_view seat_name(Seat seat);
std::optional<Seat> parse_seat(std::string_view name);
Seat seat_of(const Training& training, const Reader& reader);
Seat seat_at(const Training& training, std::size_t place);
std::string_view training_state(const Training& training, TimeMs now_ms);  // planned, cancelled, past
bool is_organiser(const Training& training, const Reader& reader);

// Form alone. Errors: invalid_argument.
Result<void> check_plan(const TrainingPlan& plan, TimeMs now_ms);
// The verbs, pure. Errors: forbidden (another's), conflict (cancelled, over, twice, full), invalid_argument.
Result<Training> change_plan(const Training& training, const Reader& by, const TrainingPlan& plan, TimeMs now_ms);
Result<Training> cancel(const Training& training, const Reader& by, TimeMs now_ms);
Result<Training> register_for(const Training& training, const Reader& by, const std::string& name, TimeMs now_ms);
Result<Training> unregister_from(const Training& training, const Reader& by, TimeMs now_ms);

std::string training_record(const Training& training);
Result<Training> parse_training_record(std::string_view text);

// RFC 5545: one event with its time zone and an alarm a day before; lines end with CR LF and have at most 75 bytes.
std::string calendar_of(const Training& training);

}  // namespace probity::bulletins
