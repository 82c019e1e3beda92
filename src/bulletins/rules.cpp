#include "bulletins/rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace probity::bulletins {
namespace {

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

tl::unexpected<Error> bad(std::string message, std::string hint = {}) {
  return fail(ErrorCode::invalid_argument, std::move(message), std::move(hint));
}

Result<void> check_words(const std::vector<std::string>& words, const char* what) {
  if (words.size() > kMostWords) return bad(fmt::format("at most {} {} are taken", kMostWords, what));
  for (const std::string& word : words)
    if (word.empty() || characters(word) > kMostTitle)
      return bad(fmt::format("each of the {} has 1 to {} characters", what, kMostTitle));
  return {};
}

Bulletin ended(Bulletin bulletin, State state, TimeMs time_ms) {
  bulletin.state = state;
  bulletin.ended_ms = time_ms;
  bulletin.versions.clear();
  return bulletin;
}

}  // namespace

bool is_author(const Bulletin& bulletin, const Reader& reader) {
  const Id operators{};
  return reader.is_operator ? bulletin.author == operators
                            : bulletin.author != operators && bulletin.author == reader.member;
}

Access access_of(const Bulletin& bulletin, const Reader& reader, TimeMs now_ms) {
  const bool is_meant = !reader.is_operator && bulletin.audience.members.contains(reader.member);
  if (!is_author(bulletin, reader) && !bulletin.audience.everybody && !is_meant) return Access::none;
  if (bulletin.state == State::withdrawn) return now_ms < bulletin.expires_ms ? Access::tombstone : Access::ended;
  if (bulletin.state == State::expired || now_ms >= bulletin.expires_ms) return Access::ended;
  return Access::whole;
}

Result<void> check_readable(const Bulletin& bulletin, const Reader& reader, TimeMs now_ms) {
  switch (access_of(bulletin, reader, now_ms)) {
    case Access::none:
      break;
    case Access::ended:
      return fail(ErrorCode::gone, "this bulletin is over");
    case Access::tombstone:
      return fail(ErrorCode::gone, "this bulletin was withdrawn");
    case Access::whole:
      return {};
  }
  return fail(ErrorCode::not_found, "there is no such bulletin");
}

bool may_be_exported(const Bulletin& bulletin) { return bulletin.tlp != Tlp::red; }

Result<void> check_link(const std::string& url) {
  if (url.size() > kMostUrl) return bad(fmt::format("a link has at most {} bytes", kMostUrl));
  const auto is_bad = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7F || c == '"' || c == '<' || c == '>' || c == '\\' || c == '`';
  };
  std::string head = url.substr(0, 8);
  std::ranges::transform(head, head.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const std::size_t start = head.starts_with("https://") ? 8 : head.starts_with("http://") ? 7 : 0;
  if (start == 0 || std::ranges::any_of(url, is_bad))
    return bad("a link begins with http:// or https:// and has no spaces or quotes", "copy the page's whole address");
  const std::string host = url.substr(start, url.find_first_of("/?#", start) - start);
  if (host.empty() || host.find('@') != std::string::npos)
    return bad("a link names a host, and no user name before it", "copy the page's whole address");
  return {};
}

Result<void> check_content(const Content& content) {
  if (content.title.empty() || characters(content.title) > kMostTitle)
    return bad(fmt::format("a title has 1 to {} characters", kMostTitle));
  if (content.title.find('\n') != std::string::npos) return bad("a title is one line");
  if (content.text.empty() || characters(content.text) > kMostText)
    return bad(fmt::format("a text has 1 to {} characters", kMostText), "put details on a page and link to it");
  if (content.links.size() > kMostLinks) return bad(fmt::format("at most {} links are taken", kMostLinks));
  for (const Link& link : content.links) TRY(check_link(link.url));
  TRY(check_words(content.products, "products"));
  TRY(check_words(content.brands, "brands"));
  TRY(check_words(content.mentions, "mentions"));
  if (content.accused.size() > kMostAccused) return bad(fmt::format("at most {} are accused at once", kMostAccused));
  for (const Accused& accused : content.accused)
    if (accused.name.empty() || characters(accused.name) > kMostTitle) return bad("whom a bulletin accuses has a name");
  if (content.pictures.size() > kMostPictures) return bad(fmt::format("at most {} pictures are taken", kMostPictures));
  return {};
}

Result<void> check_proposal(const Proposal& proposal, TimeMs now_ms) {
  TRY(check_content(proposal.content));
  const Audience& audience = proposal.audience;
  if (audience.everybody != audience.members.empty())
    return bad("an audience is every member, or members that are named", "name at least one member, or choose all");
  if (audience.members.size() > kMostAudience || characters(audience.name) > 100)
    return bad(fmt::format("a group has at most {} members, and a short name", kMostAudience));
  if (proposal.tlp == Tlp::red && audience.everybody)
    return bad("a RED bulletin goes to members that are named", "name them, or choose AMBER+STRICT");
  if (proposal.expires_ms <= now_ms || proposal.expires_ms > now_ms + kMostLifeMs)
    return bad("a bulletin ends within a year", "choose a day from tomorrow on, at most a year ahead");
  return {};
}

Result<Bulletin> correct(const Bulletin& bulletin, const Reader& by, Content content, TimeMs expires_ms,
                         const std::string& reason, TimeMs now_ms) {
  TRY(check_readable(bulletin, by, now_ms));
  if (!is_author(bulletin, by)) return fail(ErrorCode::forbidden, "only the member that wrote it corrects it");
  if (bulletin.versions.size() >= kMostVersions)
    return fail(ErrorCode::conflict, "this bulletin was corrected too often", "withdraw it and write a new one");
  if (reason.empty() || characters(reason) > kMostTitle) return bad("a correction says in a line what it corrects");
  TRY(check_content(content));
  if (expires_ms <= now_ms || expires_ms > bulletin.published_ms + kMostLifeMs)
    return bad("a bulletin ends within a year of its publication", "withdraw it and write a new one");
  Bulletin next = bulletin;
  next.expires_ms = expires_ms;
  next.versions.push_back({std::move(content), by.account, now_ms, reason});
  return next;
}

Result<Bulletin> withdraw(const Bulletin& bulletin, const Reader& by, Withdrawal reason, TimeMs now_ms) {
  // The operator takes down what must not be there without being able to read it.
  const bool is_mine = is_author(bulletin, by);
  if (!is_mine && !by.is_operator) {
    TRY(check_readable(bulletin, by, now_ms));
    return fail(ErrorCode::forbidden, "only the member that wrote it withdraws it", "reply, or say that it is false");
  }
  if (bulletin.state != State::published || now_ms >= bulletin.expires_ms)
    return fail(ErrorCode::gone, "this bulletin is over already");
  Bulletin next = ended(bulletin, State::withdrawn, now_ms);
  next.withdrawn_as = reason;
  return next;
}

Bulletin expire(const Bulletin& bulletin) { return ended(bulletin, State::expired, bulletin.expires_ms); }

}  // namespace probity::bulletins
