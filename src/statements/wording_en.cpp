// The built-in wordings in English.
#include "statements/wording_parts.h"

namespace probity::statements {
namespace {

constexpr const char* kOwn =
    "{party} was told of the claim and of the evidence, and had time to reply and to appeal. {reply}\n\n"
    "The decision was made by two people. {decided} {amount}\n\n"
    "{organisation} publishes this so that the facts can be checked by anyone. The statement is sealed and entered in "
    "a "
    "public log; whatever changes later is published here with equal prominence.";

std::string with_end(const char* beginning) { return std::string(beginning) + "\n\n" + kOwn; }

}  // namespace

std::vector<Text> english_wordings() {
  return {
      {"Statement on an early publication",
       with_end("{organisation} showed unreleased material to a limited number of recipients. Each had agreed in "
                "writing not to publish it before an agreed time.\n\n"
                "On [[date]], [[what was published, and where]] before that time. The published material was examined "
                "and found to come from the copy issued to {party}. A trace names a copy; it does not by itself show "
                "who passed it on.")},
      {"Statement on a private posting",
       with_end(
           "{organisation} showed unreleased material to a limited number of recipients. Each had agreed in "
           "writing not to pass it on before an agreed time, in private chats and to friends neither.\n\n"
           "On [[date]], [[what was posted, and in which kind of private place]]. The posted material was examined "
           "and found to come from the copy issued to {party}. A trace names a copy; it does not by itself show "
           "who passed it on.")},
      {"Statement on a leak at a supplier",
       with_end("{organisation} gave unreleased material to {second_party} for its work, under a commitment that binds "
                "each sub-supplier too.\n\n"
                "On [[date]], [[what became public, and where]]. The material was examined and found to come from the "
                "copy issued to {party}. Liability follows the contract; what was done so that it does not happen "
                "again, at the supplier and below it, is published here when it is done.")},
      {"Statement on pictures taken at a confidential shoot",
       with_end("{organisation} held a confidential shoot. Everyone who took part had agreed in writing to hand in "
                "their own pictures and not to publish them before an agreed time.\n\n"
                "On [[date]], [[which picture appeared, and where]]. It was compared with the frames handed in after "
                "the shoot. Such a comparison is a lead, never an identification; the decision rests on [[what else "
                "was found, such as an admission]].")},
      {"Statement on a breach by an employee",
       with_end("On [[date]], [[what became public, and where]]. The material belonged to {organisation} and was "
                "confidential. [[What was found, and how]].")},
      {"Statement on fabricated material",
       "On [[date]], [[what was said or shown, and where]], as if it came from {organisation}.\n\nIt did not. [[How "
       "that can be seen]].\n\nStatements of {organisation} are sealed and entered in a public log. A file can be "
       "checked on this page: it tells whether it is a statement of {organisation}, and since when."},
      {"Agreed amount paid",
       "This follows statement {first}.\n\nThe agreed amount has been paid in full by {party}, on [[date]]. "
       "{organisation} "
       "regards the matter as settled in this respect."},
      {"Rectification completed",
       "This follows statement {first}.\n\n{party} has completed what was agreed so that it does not happen again: "
       "[[containment, causes, actions]]. {organisation} has checked that it works, on [[date]]."},
      {"Decision overturned",
       "This follows statement {first}, and corrects it with equal prominence.\n\nThe decision it reported has been "
       "overturned on [[date]] by [[whom: the appeal, an arbitration, a court]]. [[What was found]].\n\nThe claim "
       "against "
       "{party} is withdrawn. {organisation} regrets what was published about it."},
      {"Correction",
       "This follows statement {first}, and corrects it with equal prominence.\n\nIt said: [[what was "
       "wrong]].\n\nRight "
       "is: [[what is right]]."},
      {"Statement", "[[What happened, what was found, what was decided]].\n\n{party}: {reply}"},
  };
}

Sentences english_sentences() {
  return {"The reply is part of this statement.",
          "No reply was given.",
          "It was made on {date}.",
          "The agreed amount is {currency} {amount}.",
          "No agreed amount is claimed.",
          "the party concerned",
          "a supplier"};
}

}  // namespace probity::statements
