#include "sentences.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace tidy {
namespace {

using Kind = Token::Kind;
using Tokens = std::vector<Token>;

constexpr std::size_t kMostAlternatives = 16;

bool starts_name(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool goes_on_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Cuts a source file into tokens; comments and preprocessor lines are left out.
class Cutter {
 public:
  explicit Cutter(std::string_view source) : source_(source) {}

  Tokens run() {
    while (at_ < source_.size()) step();
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }
  char take() {
    if (peek() == '\n') ++line_;
    return source_[at_++];
  }
  void add(Kind kind, std::string value, std::size_t line) { tokens_.push_back({kind, std::move(value), line}); }

  void step() {
    const std::size_t line = line_;
    if (peek() == '/' && peek(1) == '/') return skip_line();
    if (peek() == '/' && peek(1) == '*') return skip_comment();
    if (peek() == '#' && at_line_start()) return skip_line();
    if (peek() == 'R' && peek(1) == '"') return raw_text();
    if (peek() == '"') return text();
    if (peek() == '\'') return character();
    if (starts_name(peek())) {
      std::string name;
      while (goes_on_name(peek())) name += take();
      return add(Kind::name, name, line);
    }
    if (std::isdigit(static_cast<unsigned char>(peek())) != 0) {
      std::string number;
      while (goes_on_name(peek()) || peek() == '.' || (peek() == '\'' && goes_on_name(peek(1)))) number += take();
      return add(Kind::other, number, line);
    }
    if ((peek() == ':' && peek(1) == ':') || (peek() == '-' && peek(1) == '>')) {
      std::string sign{take()};
      sign += take();
      return add(Kind::other, sign, line);
    }
    const char c = take();
    if (std::isspace(static_cast<unsigned char>(c)) == 0) add(Kind::other, std::string(1, c), line);
  }
  bool at_line_start() const {
    const std::size_t start = source_.rfind('\n', at_) + 1;
    return source_.substr(start, at_ - start).find_first_not_of(" \t") == std::string_view::npos;
  }
  void skip_line() {
    for (char before = 0; at_ < source_.size() && (peek() != '\n' || before == '\\');) before = take();
  }
  void skip_comment() {
    const std::size_t end = std::min(source_.find("*/", at_ + 2), source_.size());
    while (at_ < std::min(end + 2, source_.size())) take();
  }
  void raw_text() {
    const std::size_t line = line_;
    const std::size_t open = source_.find('(', at_);
    const std::string close = ")" + std::string(source_.substr(at_ + 2, open - at_ - 2)) + "\"";
    const std::size_t end = std::min(source_.find(close, open), source_.size());
    add(Kind::text, std::string(source_.substr(open + 1, end - open - 1)), line);
    while (at_ < std::min(end + close.size(), source_.size())) take();
  }
  void text() {
    const std::size_t line = line_;
    take();
    std::string value;
    while (at_ < source_.size() && peek() != '"') {
      char c = take();
      if (c == '\\') {
        c = take();
        c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
      }
      value += c;
    }
    if (at_ < source_.size()) take();
    add(Kind::text, value, line);
  }
  void character() {
    const std::size_t line = line_;
    take();
    while (at_ < source_.size() && peek() != '\'' && peek() != '\n')
      if (take() == '\\') take();
    if (peek() == '\'') take();
    add(Kind::other, "'", line);
  }

  std::string_view source_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  Tokens tokens_;
};

bool is(const Token& token, std::string_view sign) { return token.kind != Kind::text && token.value == sign; }
bool opens(const Token& token) { return is(token, "(") || is(token, "{") || is(token, "["); }
bool closes(const Token& token) { return is(token, ")") || is(token, "}") || is(token, "]"); }

// A part of a file's tokens: [begin, end).
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool empty() const { return begin >= end; }
};

// Where the bracket at `open` is closed.
std::size_t closed_at(const Tokens& tokens, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (opens(tokens[i])) ++depth;
    if (closes(tokens[i]) && --depth == 0) return i;
  }
  return tokens.size();
}

std::vector<Span> split(const Tokens& tokens, Span span, std::string_view sign) {
  std::vector<Span> parts{{span.begin, span.end}};
  for (std::size_t i = span.begin; i < span.end; ++i) {
    if (opens(tokens[i])) i = std::min(closed_at(tokens, i), span.end);
    if (i >= span.end || !is(tokens[i], sign)) continue;
    parts.back().end = i;
    parts.push_back({i + 1, span.end});
  }
  return parts;
}

// "{}" for every placeholder of fmt.
std::string plain_template(std::string_view format) {
  std::string text;
  for (std::size_t i = 0; i < format.size(); ++i) {
    const bool doubled = i + 1 < format.size() && format[i + 1] == format[i];
    if (format[i] == '{' && !doubled) {
      const std::size_t close = format.find('}', i);
      if (close == std::string_view::npos) break;
      text += "{}";
      i = close;
    } else {
      text += format[i];
      if ((format[i] == '{' || format[i] == '}') && doubled) ++i;
    }
  }
  return text;
}

// Two placeholders side by side are one.
std::string merged(std::string text) {
  for (std::size_t at = text.find("{}{}"); at != std::string::npos; at = text.find("{}{}")) text.erase(at, 2);
  return text;
}

// Reads one argument: what it may say, and the texts that are put into it.
class Reader {
 public:
  Reader(const Tokens& tokens, std::vector<Sentence>& found) : tokens_(tokens), found_(found) {}

  // A whole sentence, or what stands inside one.
  void read(Span argument, bool whole) {
    for (const std::string& text : alternatives(argument)) note(text, tokens_[argument.begin].line, !whole);
  }

 private:
  void note(const std::string& text, std::size_t line, bool inside) {
    const std::string sentence = merged(text);
    const auto is_letter = [](unsigned char c) { return std::isalpha(c) != 0; };
    if (std::none_of(sentence.begin(), sentence.end(), is_letter)) return;
    const bool is_word = inside && sentence.find(' ') == std::string::npos;
    found_.push_back({sentence, line, is_word});
  }

  std::vector<std::string> alternatives(Span span) {
    if (span.empty()) return {};
    if (is(tokens_[span.begin], "(") && closed_at(tokens_, span.begin) + 1 == span.end)
      return alternatives({span.begin + 1, span.end - 1});
    if (const std::size_t question = find(span, "?"); question < span.end) return of_choice(span, question);
    const std::vector<Span> terms = split(tokens_, span, "+");
    return terms.size() > 1 ? of_sum(terms) : of_term(span);
  }

  std::size_t find(Span span, std::string_view sign) const { return split(tokens_, span, sign).front().end; }

  std::vector<std::string> of_choice(Span span, std::size_t question) {
    std::size_t colon = question + 1;
    for (int depth = 1; colon < span.end; ++colon) {
      if (opens(tokens_[colon])) colon = closed_at(tokens_, colon);
      if (colon >= span.end) break;
      if (is(tokens_[colon], "?")) ++depth;
      if (is(tokens_[colon], ":") && --depth == 0) break;
    }
    std::vector<std::string> both = alternatives({question + 1, std::min(colon, span.end)});
    for (std::string& text : alternatives({colon + 1, span.end})) both.push_back(std::move(text));
    return both;
  }

  std::vector<std::string> of_sum(const std::vector<Span>& terms) {
    std::vector<std::string> sums{""};
    for (const Span& term : terms) {
      std::vector<std::string> longer;
      for (const std::string& sum : sums)
        for (const std::string& text : alternatives(term))
          if (longer.size() < kMostAlternatives) longer.push_back(sum + text);
      sums = std::move(longer);
    }
    return sums;
  }

  std::vector<std::string> of_term(Span span) {
    const auto begin = tokens_.begin() + static_cast<std::ptrdiff_t>(span.begin);
    const auto end = tokens_.begin() + static_cast<std::ptrdiff_t>(span.end);
    if (std::all_of(begin, end, [](const Token& token) { return token.kind == Kind::text; })) {
      std::string joined;
      for (auto token = begin; token != end; ++token) joined += token->value;
      return {joined};
    }
    const std::size_t bracket = std::min(find_bracket(span), span.end);
    if (bracket == span.end || closed_at(tokens_, bracket) + 1 != span.end || bracket == span.begin) return {"{}"};
    const std::string& function = tokens_[bracket - 1].value;
    const Span inside{bracket + 1, span.end - 1};
    if (function == "string" || function == "string_view" || function == "move" || function == "runtime")
      return alternatives(inside);
    if (function == "format") return of_format(inside);
    return {"{}"};
  }
  std::size_t find_bracket(Span span) const {
    std::size_t i = span.begin;
    while (i < span.end && !opens(tokens_[i])) ++i;
    return i;
  }

  std::vector<std::string> of_format(Span inside) {
    const std::vector<Span> arguments = split(tokens_, inside, ",");
    for (std::size_t i = 1; i < arguments.size(); ++i)
      for (const std::string& text : alternatives(arguments[i])) note(text, tokens_[arguments[i].begin].line, true);
    std::vector<std::string> formats = alternatives(arguments.front());
    for (std::string& format : formats) format = plain_template(format);
    return formats;
  }

  const Tokens& tokens_;
  std::vector<Sentence>& found_;
};

bool names_code(const Tokens& tokens, Span argument) {
  for (std::size_t i = argument.begin; i + 1 < argument.end; ++i) {
    if (opens(tokens[i])) i = closed_at(tokens, i);
    // A seal's standing comes with its reason, as an error's code does.
    const bool is_code = is(tokens[i], "ErrorCode") || is(tokens[i], "Standing");
    if (i + 1 < argument.end && is_code && is(tokens[i + 1], "::")) return true;
  }
  return false;
}

bool is_text_type(const Token& token) { return is(token, "string") || is(token, "char") || is(token, "string_view"); }

// The parameters that are texts: where each stands, and its name.
std::map<std::size_t, std::string> text_parameters(const Tokens& tokens, Span list) {
  std::map<std::size_t, std::string> found;
  const std::vector<Span> parameters = split(tokens, list, ",");
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    bool is_text = false;
    std::string name;
    for (std::size_t at = parameters[i].begin; at < parameters[i].end && !is(tokens[at], "="); ++at) {
      is_text |= is_text_type(tokens[at]);
      if (tokens[at].kind == Kind::name) name = tokens[at].value;
    }
    if (is_text) found.emplace(i, name);
  }
  return found;
}

// Words in both languages are no error's ("words("none", "无")"). The bytes are those that Chinese begins with in
// UTF-8.
bool speaks_chinese(const Tokens& tokens, Span list) {
  const auto begins_chinese = [](unsigned char c) { return c >= 0xE3 && c <= 0xEF; };
  for (std::size_t i = list.begin; i < list.end; ++i)
    if (tokens[i].kind == Kind::text && std::any_of(tokens[i].value.begin(), tokens[i].value.end(), begins_chinese))
      return true;
  return false;
}

// The arguments of the list at `open` that an error says: those behind an ErrorCode, and those a maker puts into one.
std::vector<Span> said(const Tokens& tokens, std::size_t open, const Makers& makers, bool& whole) {
  const std::vector<Span> arguments = split(tokens, {open + 1, closed_at(tokens, open)}, ",");
  std::vector<Span> found;
  whole = true;
  for (std::size_t at = 0; at + 1 < arguments.size(); ++at) {
    if (!names_code(tokens, arguments[at])) continue;
    for (std::size_t after = at + 1; after < std::min(at + 3, arguments.size()); ++after)
      found.push_back(arguments[after]);
    return found;
  }
  whole = false;
  if (open == 0 || tokens[open - 1].kind != Kind::name) return found;
  const bool of_object = open > 1 && (is(tokens[open - 2], ".") || is(tokens[open - 2], "->"));
  const auto maker = makers.find((of_object ? "." : "") + tokens[open - 1].value);
  if (maker == makers.end() || speaks_chinese(tokens, {open + 1, closed_at(tokens, open)})) return found;
  for (const std::size_t at : maker->second)
    if (at < arguments.size()) found.push_back(arguments[at]);
  return found;
}

// Which of the texts an error in the body says.
std::set<std::size_t> passed_on(const Tokens& tokens, Span body, const std::map<std::size_t, std::string>& parameters,
                                const Makers& makers) {
  std::set<std::size_t> passed;
  bool whole = false;
  for (std::size_t i = body.begin; i < body.end; ++i) {
    if (!is(tokens[i], "(") && !is(tokens[i], "{")) continue;
    for (const Span& argument : said(tokens, i, makers, whole))
      for (std::size_t at = argument.begin; at < argument.end; ++at)
        for (const auto& [place, name] : parameters)
          if (is(tokens[at], name)) passed.insert(place);
  }
  return passed;
}

// `Result<…> name(parameters) {`, `Error name(parameters) {` or `name = [&](parameters) {`: the list of parameters of a
// function that may fail, and its body.
struct Function {
  Span list;
  Span body;
};
std::optional<Function> function_at(const Tokens& tokens, std::size_t name) {
  std::size_t open = name + 1;
  if (open + 1 < tokens.size() && is(tokens[open], "=") && is(tokens[open + 1], "[")) {
    open = closed_at(tokens, open + 1) + 1;
  } else {
    std::size_t type = name;
    while (type >= 2 && is(tokens[type - 1], "::")) type -= 2;  // Service::name
    if (type == 0 || (!is(tokens[type - 1], ">") && !is(tokens[type - 1], "Error"))) return std::nullopt;
  }
  if (open >= tokens.size() || !is(tokens[open], "(")) return std::nullopt;
  const std::size_t close = closed_at(tokens, open);
  std::size_t brace = close + 1;
  // Between them: const, noexcept, -> tl::unexpected<Error>.
  while (brace < tokens.size() && brace < close + 9 && !is(tokens[brace], "{")) {
    const Token& token = tokens[brace++];
    if (token.kind != Kind::name && !is(token, "->") && !is(token, "::") && !is(token, "<") && !is(token, ">"))
      return std::nullopt;
  }
  if (brace >= tokens.size() || !is(tokens[brace], "{")) return std::nullopt;
  return Function{{open + 1, close}, {brace + 1, closed_at(tokens, brace)}};
}

}  // namespace

std::vector<Token> tokens_of(std::string_view source) { return Cutter(source).run(); }

Makers error_makers(const std::vector<Token>& tokens, const Makers& known) {
  Makers makers;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind != Kind::name || tokens[i].value == "fail") continue;
    const auto function = function_at(tokens, i);
    if (!function) continue;
    const auto parameters = text_parameters(tokens, function->list);
    if (parameters.empty()) continue;
    const auto passed = passed_on(tokens, function->body, parameters, known);
    if (!passed.empty()) makers[tokens[i].value].insert(passed.begin(), passed.end());
  }
  return makers;
}

std::vector<Sentence> sentences_of(const std::vector<Token>& tokens, const Makers& makers) {
  std::vector<Sentence> found;
  Reader reader(tokens, found);
  bool whole = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (is(tokens[i], "(") || is(tokens[i], "{"))
      for (const Span& argument : said(tokens, i, makers, whole))
        if (!argument.empty()) reader.read(argument, whole);
    // error.hint = "…"; entry.reason = "…";
    if (i + 3 < tokens.size() && is(tokens[i], ".") && (is(tokens[i + 1], "hint") || is(tokens[i + 1], "reason")) &&
        is(tokens[i + 2], "=")) {
      std::size_t end = i + 3;
      while (end < tokens.size() && !is(tokens[end], ";")) ++end;
      reader.read({i + 3, end}, true);
    }
  }
  return found;
}

std::vector<std::string> texts_of(const std::vector<Token>& tokens) {
  std::vector<std::string> texts;
  bool goes_on = false;
  for (const Token& token : tokens) {
    if (token.kind == Kind::text) {
      if (!goes_on) texts.emplace_back();
      texts.back() += token.value;
    }
    goes_on = token.kind == Kind::text;
  }
  for (std::string& text : texts) text = merged(plain_template(text));
  return texts;
}

}  // namespace tidy
