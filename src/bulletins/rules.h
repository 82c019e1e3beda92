// Who may see a bulletin, and what one must be like: pure rules. Every way out of the hub goes through access_of().
#pragma once

#include "base/result.h"
#include "bulletins/bulletin.h"

namespace probity::bulletins {

inline constexpr TimeMs kDayMs = 24LL * 60 * 60 * 1000;
inline constexpr TimeMs kMostLifeMs = 366 * kDayMs;
inline constexpr std::size_t kMostTitle = 200, kMostText = 20'000, kMostNote = 4'000, kMostUrl = 2'000;
inline constexpr std::size_t kMostLinks = 50, kMostWords = 50, kMostAccused = 20, kMostPictures = 10;
inline constexpr std::size_t kMostVersions = 50, kMostReplies = 500, kMostAudience = 200;
// Of one member, so that no broken or hostile node fills the board.
inline constexpr std::uint64_t kMostPublishedADay = 100, kMostPicturesADay = 300;

enum class Access {
  none,       // as if it were not there
  ended,      // it was there, and is over
  tombstone,  // it was taken back: that much, and no more
  whole,
};
// The author and its audience. Nobody sees anything of one that is over, the author neither.
Access access_of(const Bulletin& bulletin, const Reader& reader, TimeMs now_ms);
// Not_found, gone, or nothing for those who may see the whole.
Result<void> check_readable(const Bulletin& bulletin, const Reader& reader, TimeMs now_ms);
bool is_author(const Bulletin& bulletin, const Reader& reader);

// A RED one leaves the pages in no file.
bool may_be_exported(const Bulletin& bulletin);

// Form alone: sizes, links, label and audience, the end. Errors: invalid_argument.
Result<void> check_content(const Content& content);
Result<void> check_proposal(const Proposal& proposal, TimeMs now_ms);
// http or https, with a host, without user name or control characters. Errors: invalid_argument.
Result<void> check_link(const std::string& url);

// The next state; each refuses what does not fit. Errors: forbidden, conflict, invalid_argument.
Result<Bulletin> correct(const Bulletin& bulletin, const Reader& by, Content content, TimeMs expires_ms,
                         const std::string& reason, TimeMs now_ms);
Result<Bulletin> withdraw(const Bulletin& bulletin, const Reader& by, Withdrawal reason, TimeMs now_ms);
// What the clock brings: past its end nothing of it is kept.
Bulletin expire(const Bulletin& bulletin);

// What two bulletins may have in common, in one spelling: a link without scheme and fragment, the shop of a seller's
// link, brands and products in one width, case and script.
struct Mark {
  std::string kind;  // "link", "shop", "brand", "product"
  std::string value;
  auto operator<=>(const Mark&) const = default;
};
std::set<Mark> marks_of(const Content& content);
// One width, lower case, simplified characters, no white space.
std::string folded(std::string_view text);
// All that a search looks at.
std::string search_text(const Bulletin& bulletin);

}  // namespace probity::bulletins
