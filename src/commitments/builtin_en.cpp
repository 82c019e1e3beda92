// The built-in templates in English. Plain words on purpose: most leaks were misunderstandings.
#include "commitments/builtin.h"

namespace probity::commitments {
namespace {

TextSection copies_section() {
  return {
      "copies", "Every copy is yours alone",
      R"(Each file you open was made for you. It looks like everybody else's and carries an invisible mark that survives cropping, recompression, screenshots and photographs of a screen. If a piece of it turns up, the mark says from which copy it came.

A mark names a copy, not a person: a copy can be stolen, and whoever issued it could make it again. It is a beginning of questions, never the end of them.)",
      false};
}

TextSection signing_section() { return {"signing", "How this is signed", "{{signing_clause}}", false}; }

TextSection privacy_section() {
  return {
      "privacy", "What is kept about you",
      R"({{sender}} keeps your name, your organisation, how to reach you, this text, your answers and your signature, and when, from which network address and with which browser each step was done; also when you opened or downloaded a copy. This serves to prove what was agreed and to find out where something got out, and nothing else. It is not sold and not used to rate you.

It is kept as long as claims from this commitment can be made. You may ask to see it, and to have what is wrong put right: {{contact}}.)",
      false};
}

Question mistake_question() {
  return {
      "mistake",
      "You notice that you posted a picture too early by mistake. What do you do?",
      {{"wait", "Delete it quietly; perhaps nobody saw it"},
       {"report", "Take it down and report it at once with \"I slipped\""},
       {"ask", "Wait until somebody asks"}},
      "report",
      "Report it at once and take it down. That is recorded in your favour. A mistake that is hidden is judged quite "
      "differently from one that was reported by yourself."};
}

std::vector<Question> press_questions() {
  return {
      {"groups",
       "A trusted colleague asks you to drop one photo into your private group chat, \"just for us five\". The embargo "
       "has "
       "not lifted. May you?",
       {{"yes_private", "Yes, a private group is not publishing"},
        {"yes_delete", "Yes, if it is deleted again soon"},
        {"no", "No, group chats of any size are covered"}},
       "no",
       "Group chats are covered, whatever their size. Most leaks began in a small group of people who trusted each "
       "other, "
       "and were forwarded within minutes."},
      {"embargo",
       "The embargo lifts at {{embargo_local}}. When may your article go online?",
       {{"before", "A few minutes earlier, so that it is there in time"},
        {"at", "At that very instant or later, in that time zone and on a 24-hour clock"},
        {"day", "At any time on that day"}},
       "at",
       "Not before {{embargo_instant}}. One minute early is early. Mind the time zone and the 24-hour clock, and check "
       "posts that are scheduled."},
      {"own_footage",
       "At the preview you took a photo with your own phone. Whose rules does it follow until release?",
       {{"mine", "Mine: I took it myself"},
        {"same", "The same as everything else here: it is covered too"},
        {"blurred", "It may be shown if the details are blurred"}},
       "same",
       "Your own photos, videos and notes are covered like the files you receive. In most cases it was somebody's own "
       "footage that got out."},
      mistake_question(),
      {"passing_on",
       "A colleague needs the material for the layout. How do they get it?",
       {{"forward", "I forward my copy to them inside the company"},
        {"sign", "They sign for themselves and receive a copy of their own"},
        {"screen", "I show it to them on my screen only"}},
       "sign",
       "Each copy belongs to one person. A colleague signs a commitment of their own first and then receives a copy of "
       "their own."},
  };
}

std::vector<Question> supplier_questions() {
  return {
      {"sub_supplier",
       "A paint shop that works for you needs the drawings today. It has not signed yet. What do you do?",
       {{"send", "Send them now and have it sign later"},
        {"part", "Send only the part they need"},
        {"first", "Nothing is sent until it has signed and receives its own copy from {{sender}}"}},
       "first",
       "A sub-supplier signs first and receives its own copy from {{sender}}. Until then nothing is handed on, not "
       "even an "
       "extract."},
      {"groups",
       "To sort out a defect quickly, a shift leader wants to put a photo of the part into the team's group chat. May "
       "they?",
       {{"yes", "Yes, it is an internal group"},
        {"crop", "Yes, if only the defect can be seen"},
        {"no", "No, group chats are covered"}},
       "no",
       "Group chats are covered, internal ones too. A cropped photo of a part is still material; send it to "
       "{{contact}} "
       "through the agreed channel."},
      mistake_question(),
      {"rejects",
       "Faulty parts are to be thrown away. How?",
       {{"bin", "Into the normal scrap, they are useless anyway"},
        {"destroy", "Destroyed so that nothing can be recognised, and recorded"},
        {"keep", "Taken home by whoever wants one"}},
       "destroy",
       "Rejects, offcuts and test prints are material too: destroy them so that nothing can be recognised, and record "
       "it."},
  };
}

}  // namespace

TemplateText press_text_en() {
  TemplateText text;
  text.title = "Confidentiality and embargo: {{project}}";
  text.sections = {
      {"parties", "Who promises what to whom",
       R"({{recipient_full}} ("you") receives confidential material on {{project}} from {{sender}} before its release, and promises {{sender}} to keep to this text. {{sender}} promises to keep to it too, above all where it says what happens when something goes wrong.)",
       false},
      {"material", "What counts as material",
       R"(Everything about {{project}} that is not public yet:

- photos, videos, documents and data that {{sender}} gives you, whole or in part, also when cropped, redrawn, described or turned into another file;
- your own photos, videos, notes and sound from previews, drives, shoots and visits. That you took it yourself does not make it free;
- what you see and hear there: shape, names, figures, prices and dates, and also that there is something to see.

What was public before you received it, or becomes public through somebody who was free to say it, is not material.)",
       false},
      {"covered", "Where nothing may appear",
       "Until the embargo lifts, the material goes to none of these. Each is ticked by itself when you sign:\n\n"
       "{{channels}}\n\nThe list is about places, not about intentions: one person is enough, a minute is enough, and "
       "\"only for you\" is enough.",
       false},
      {"embargo", "Until when", "{{embargo}}", true},
      {"passing_on", "Passing on", "{{colleagues_clause}}\n\n{{sub_suppliers_clause}}", false},
      copies_section(),
      {"care", "Taking care",
       R"(Keep the material on devices that lock themselves, and off services that publish, train or index what is put into them. Log out of shared devices. If you lose a device or somebody else may have seen your access link, say so at once: {{contact}}.)",
       false},
      {"liability", "Who answers for it", "{{liable_clause}}\n\n{{amount_clause}}", true},
      {"breach", "If something gets out", "{{breach_clause}}", true},
      {"freedom", "What this does not touch",
       R"(Your judgement is your own: nothing here obliges you to report, or to report kindly. It does not stop you from telling authorities or a court about wrongdoing, from protecting your sources, or from doing what the law requires of you.)",
       false},
      signing_section(),
      privacy_section(),
      {"end", "When it ends",
       R"(Your promise of silence ends when the embargo lifts, or earlier when {{sender}} publishes the same thing itself, and only for what was published. What happened before then is still judged by this text. If one clause should not hold, the others do.)",
       false},
  };
  text.questions = press_questions();
  return text;
}

TemplateText supplier_text_en() {
  TemplateText text;
  text.title = "Supplier confidentiality: {{project}}";
  text.sections = {
      {"parties", "Who promises what to whom",
       R"({{recipient_full}} ("you") works on {{project}} for {{sender}} and needs confidential material for that work. You promise {{sender}} to keep to this text, for yourself and, where you sign for an organisation, for everybody who works for it.)",
       false},
      {"material", "What counts as material",
       R"(Everything about {{project}} that {{sender}} has not published:

- drawings, models, data, samples, tools, moulds, prototypes, packaging, photos and videos, received or made in the course of the work, whole or in part;
- what follows from them: measurements, parts lists, order quantities, dates, prices, the names of other suppliers;
- that you work on {{project}} at all, unless {{sender}} has agreed in writing to its mention.

Rejects, offcuts, test prints and screenshots count as well.)",
       false},
      {"purpose", "What it may be used for",
       R"(Only for the work that {{sender}} ordered, only by people who need it for that work, and only on premises and devices that are fit for it. No photos at the line, at the bench or at the loading dock. No samples as references, at fairs or in job applications.)",
       false},
      {"covered", "Where nothing may appear",
       "The material goes to none of these. Each is ticked by itself when you sign:\n\n{{channels}}", false},
      {"embargo", "Until when", "{{embargo}}", true},
      {"sub_suppliers", "Sub-suppliers sign first", "{{sub_suppliers_clause}}", true},
      {"people", "Your people",
       R"(Everybody who handles the material knows this text before they do. {{colleagues_clause}} You keep a list of who has had access, and give it to {{sender}} when something has got out.)",
       false},
      copies_section(),
      {"return", "Giving back",
       R"(When the work ends, or when {{sender}} asks for it, samples and tools go back, files are deleted, rejects are destroyed, and you confirm this in writing within ten working days. Copies that the law obliges you to keep stay confidential.)",
       false},
      {"liability", "Who answers for it", "{{liable_clause}}\n\n{{amount_clause}}", true},
      {"breach", "If something gets out",
       R"({{breach_clause}}

A supplier in whose hands it happened sends {{sender}} a rectification plan: what was done within 24 hours to contain it, why it could happen and why it was not noticed, what changes by when, who is responsible for each point, and how its effect is proved. "Somebody made a mistake" is no cause, and a reminder to everybody is no measure.)",
       true},
      {"freedom", "What this does not touch",
       R"(Nothing here stops anyone from reporting wrongdoing, dangers at work or unpaid wages to authorities, a court or a trade union, or from doing what the law requires.)",
       false},
      signing_section(),
      privacy_section(),
      {"end", "When it ends",
       R"(The promise ends for each piece of material when {{sender}} publishes it or releases it in writing. It outlasts the order and the business relation. If one clause should not hold, the others do.)",
       false},
  };
  text.questions = supplier_questions();
  return text;
}

}  // namespace probity::commitments
