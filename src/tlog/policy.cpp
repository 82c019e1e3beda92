#include "tlog/policy.h"

#include <fmt/format.h>

#include <algorithm>

namespace probity::tlog {
namespace {

constexpr std::size_t kMostOfEach = 64;

using Words = std::vector<std::string>;

Words split_words(std::string_view line) {
  Words words;
  std::string word;
  for (const char c : line) {
    if (c != ' ' && c != '\t') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

bool allowed_octets(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || byte == '\n' || (byte >= 0x20 && byte != 0x7F);
  });
}

// Reads a policy line by line; a line may only use what stands above it.
class Reader {
 public:
  Result<Policy> read(std::string_view text) {
    if (text.size() > kMostNoteBytes || !allowed_octets(text)) return bad("a policy has other characters than text");
    while (!text.empty()) {
      ++line_;
      const auto line = take_line(text);
      if (!line) return bad("the last line has no end");
      const Words words = split_words(*line);
      if (words.empty() || words.front().front() == '#') continue;
      TRY(read_line(words));
    }
    if (!has_quorum_) return fail(ErrorCode::invalid_argument, "a policy has no quorum line");
    return std::move(policy_);
  }

 private:
  tl::unexpected<Error> bad(const std::string& what) const {
    return fail(ErrorCode::invalid_argument, fmt::format("line {} of the policy: {}", line_, what));
  }

  Result<void> read_line(const Words& words) {
    if (words[0] == "log") return read_log(words);
    if (words[0] == "witness") return read_witness(words);
    if (words[0] == "group") return read_group(words);
    if (words[0] == "quorum") return read_quorum(words);
    return bad(fmt::format("`{}` is no word of a policy", words[0]));
  }

  Result<void> read_log(const Words& words) {
    if (words.size() != 2 && words.size() != 3) return bad("a log is written `log KEY [URL]`");
    TRY_ASSIGN(VerifierKey key, read_key(words[1], SignatureType::ed25519));
    for (const PolicyLog& log : policy_.logs)
      if (log.key.public_key == key.public_key) return bad("a log stands there twice");
    policy_.logs.push_back({std::move(key), words.size() == 3 ? words[2] : ""});
    return limit(policy_.logs.size());
  }

  Result<void> read_witness(const Words& words) {
    if (words.size() != 3 && words.size() != 4) return bad("a witness is written `witness NAME KEY [URL]`");
    TRY(new_name(words[1]));
    TRY_ASSIGN(VerifierKey key, read_key(words[2], SignatureType::cosignature));
    for (const PolicyWitness& witness : policy_.witnesses)
      if (witness.key.public_key == key.public_key) return bad("a witness stands there twice");
    policy_.witnesses.push_back({words[1], std::move(key), words.size() == 4 ? words[3] : ""});
    return limit(policy_.witnesses.size());
  }

  Result<void> read_group(const Words& words) {
    if (words.size() < 4) return bad("a group is written `group NAME any|all|K MEMBER…`");
    TRY(new_name(words[1]));
    PolicyGroup group{words[1], 1, Words(words.begin() + 3, words.end())};
    for (const std::string& member : group.members) {
      if (!defined(member)) return bad(fmt::format("`{}` is not defined above", member));
      if (std::find(members_.begin(), members_.end(), member) != members_.end())
        return bad(fmt::format("`{}` is a member twice", member));
      members_.push_back(member);
    }
    const auto number = parse_decimal(words[2]);
    group.threshold = words[2] == "any" ? 1 : words[2] == "all" ? group.members.size() : number.value_or(0);
    if (group.threshold < 1 || group.threshold > group.members.size())
      return bad("a group's threshold is any, all, or a number of its members");
    policy_.groups.push_back(std::move(group));
    return limit(policy_.groups.size());
  }

  Result<void> read_quorum(const Words& words) {
    if (words.size() != 2) return bad("the quorum is written `quorum NAME`");
    if (has_quorum_) return bad("there are two quorum lines");
    if (words[1] != "none" && !defined(words[1])) return bad(fmt::format("`{}` is not defined above", words[1]));
    policy_.quorum = words[1];
    has_quorum_ = true;
    return {};
  }

  Result<VerifierKey> read_key(const std::string& text, SignatureType type) const {
    auto key = VerifierKey::parse(text);
    if (!key) return bad(key.error().message);
    if (key->type != type) return bad(fmt::format("{} is a key of another kind", key->name));
    return key;
  }

  bool defined(const std::string& name) const {
    const auto named = [&](const auto& item) { return item.name == name; };
    return std::any_of(policy_.witnesses.begin(), policy_.witnesses.end(), named) ||
           std::any_of(policy_.groups.begin(), policy_.groups.end(), named);
  }
  Result<void> new_name(const std::string& name) const {
    if (name == "none") return bad("`none` is the empty quorum and no name");
    if (defined(name)) return bad(fmt::format("`{}` is defined twice", name));
    return {};
  }
  Result<void> limit(std::size_t count) const {
    if (count > kMostOfEach) return bad(fmt::format("there are more than {}", kMostOfEach));
    return {};
  }

  Policy policy_;
  Words members_;
  bool has_quorum_ = false;
  int line_ = 0;
};

bool holds(const Policy& policy, const std::string& name, const Words& names) {
  for (const PolicyGroup& group : policy.groups) {
    if (group.name != name) continue;
    const auto count = std::count_if(group.members.begin(), group.members.end(),
                                     [&](const std::string& member) { return holds(policy, member, names); });
    return static_cast<std::size_t>(count) >= group.threshold;
  }
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The earliest time at which the witnesses that had signed until then were a quorum.
std::optional<std::int64_t> quorum_time(const Policy& policy, std::vector<AcceptedCheckpoint::Seen> seen) {
  std::sort(seen.begin(), seen.end(), [](const auto& a, const auto& b) { return a.time_s < b.time_s; });
  Words names;
  for (const auto& one : seen) {
    names.push_back(one.witness);
    if (policy.satisfied_by(names)) return one.time_s;
  }
  return std::nullopt;
}

}  // namespace

Result<Policy> Policy::parse(std::string_view text) { return Reader().read(text); }

std::string Policy::text() const {
  const auto with = [](const std::string& word) { return word.empty() ? "" : " " + word; };
  std::string text;
  for (const PolicyLog& log : logs) text += fmt::format("log {}{}\n", log.key.text(), with(log.url));
  for (const PolicyWitness& witness : witnesses)
    text += fmt::format("witness {} {}{}\n", witness.name, witness.key.text(), with(witness.url));
  for (const PolicyGroup& group : groups) {
    text += fmt::format("group {} {}", group.name, group.threshold);
    for (const std::string& member : group.members) text += " " + member;
    text += '\n';
  }
  return text + fmt::format("quorum {}\n", quorum);
}

bool Policy::satisfied_by(const std::vector<std::string>& names) const {
  return quorum == "none" || holds(*this, quorum, names);
}

Result<AcceptedCheckpoint> accept_checkpoint(std::string_view note_text, const Policy& policy) {
  TRY_ASSIGN(const Note note, Note::parse(note_text));
  AcceptedCheckpoint accepted;
  TRY_ASSIGN(accepted.checkpoint, Checkpoint::parse(note.text));
  if (!accepted.checkpoint.extensions.empty())
    return fail(ErrorCode::invalid_argument, "a checkpoint has lines that nobody checks");
  std::vector<VerifierKey> keys;
  for (const PolicyLog& log : policy.logs)
    if (log.key.name == accepted.checkpoint.origin) keys.push_back(log.key);
  if (keys.empty())
    return fail(ErrorCode::invalid_argument, fmt::format("{} is no log of the policy", accepted.checkpoint.origin));
  TRY(verify_note(note, keys));  // a log of the policy must be among the signers
  for (const PolicyWitness& witness : policy.witnesses) keys.push_back(witness.key);
  TRY_ASSIGN(const auto verified, verify_note(note, keys));
  Words names;
  for (const VerifiedSignature& signature : verified) {
    const auto witness = std::find_if(policy.witnesses.begin(), policy.witnesses.end(),
                                      [&](const PolicyWitness& candidate) { return candidate.key == signature.key; });
    if (witness == policy.witnesses.end()) continue;
    names.push_back(witness->name);
    accepted.seen.push_back({witness->name, signature.time_s.value_or(0)});
  }
  if (!policy.satisfied_by(names))
    return fail(ErrorCode::invalid_argument,
                fmt::format("too few witnesses cosigned: {} of {}", names.size(), policy.witnesses.size()));
  accepted.time_s = quorum_time(policy, accepted.seen);
  return accepted;
}

}  // namespace probity::tlog
