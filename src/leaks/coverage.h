// The second question: was a commitment in force that covers this leak? Answered from a copy's delivery, in words.
#pragma once

#include <span>

#include "commitments/commitment.h"
#include "copies/delivery.h"
#include "leaks/leak.h"
#include "leaks/words.h"

namespace probity::leaks {

struct Said {
  std::string en, zh;
};

struct Coverage {
  Answer answer = Answer::unknown;
  std::vector<Said> words;  // without numbers and names: they can be shown while the copy is masked
  std::optional<Id> commitment;
  std::string commitment_number;
};

// `commitments`: every one of the copy's recipient in the delivery's project, in any state. `sightings` may be empty:
// then the time of the report stands for the time of the leak.
Coverage coverage_of(const copies::Delivery& delivery, std::span<const commitments::Commitment> commitments,
                     std::span<const Sighting> sightings, TimeMs reported_ms);

// What the records of a project say before anything is traced: how many commitments were in force, and how many of them
// cover the channels where it was seen.
std::vector<Said> coverage_before_trace(std::span<const commitments::Commitment> in_force,
                                        std::span<const Sighting> sightings, TimeMs now_ms);

// "in a group chat": a sighting's channel in a sentence.
Said channel_in_words(std::string_view channel);

}  // namespace probity::leaks
