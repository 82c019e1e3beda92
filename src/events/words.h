// What happened, as a sentence in English and in Chinese: one row for each kind of event.
#pragma once

#include <string>
#include <string_view>

#include "events/event.h"

namespace probity::events {

struct Sentence {
  std::string en, zh;
};

// The names in a sentence come from the actor and from these members of data_json, each a text (count a number):
//   party    name of the person or organisation        number   of the commitment
//   asset    title of the asset                        project  name of the project
//   label    of the embargo, or the stage of a notice  title    of a training, a template
//   name     of a colleague, an account                reason   as given
//   count    how many                                  until    a time, as people read it
// A member that is missing is told in general words. An unknown kind gets a neutral sentence.
Sentence sentence_for(const Event& event);

// Whether the table has a row for it: for the tests of those who append events.
bool is_known_kind(std::string_view kind);

}  // namespace probity::events
