// The sentences that a source file gives to errors, as templates with `{}` for what varies.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tidy {

struct Sentence {
  std::string text;  // "line {} of the policy: {}"
  std::size_t line = 0;
  // A single word handed to an error, which may be a name of the interface: it may have a translation and needs none.
  bool is_word = false;
};

struct Token {
  enum class Kind { name, text, other };
  Kind kind;
  std::string value;  // of a text: what stands between its quotes, unescaped
  std::size_t line;
};

std::vector<Token> tokens_of(std::string_view source);

// Functions that put some of their arguments into an error ("check_past(what, time_ms)"): by name, which arguments.
// A name that begins with a dot is called on an object ("fields.complain(…)").
using Makers = std::map<std::string, std::set<std::size_t>>;

// Those that a file defines; `known` are those found so far, through which a text may be passed on.
Makers error_makers(const std::vector<Token>& tokens, const Makers& known);

// What follows an `ErrorCode::…` in a list of arguments or of members (message and hint), what is given to one of
// `makers`, and what a `.hint` or `.reason` is set to. Texts joined by `+` or side by side are one sentence, `a ? b :
// c` is two, `fmt::format` is its first argument; what is no text is `{}`.
std::vector<Sentence> sentences_of(const std::vector<Token>& tokens, const Makers& makers);

// Every text of a file, those side by side joined, with `{}` for the placeholders of fmt.
std::vector<std::string> texts_of(const std::vector<Token>& tokens);

}  // namespace tidy
