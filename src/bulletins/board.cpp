#include "bulletins/board.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "bulletins/json.h"

namespace probity::bulletins {
namespace {

constexpr std::size_t kAtOnce = 100, kMostRelated = 500, kMostExported = 500;
constexpr TimeMs kIdlePictureMs = kDayMs;

Error no_such_bulletin() { return {ErrorCode::not_found, "there is no such bulletin", ""}; }

int year_of(TimeMs time_ms) { return std::stoi(to_rfc3339(time_ms).substr(0, 4)); }

}  // namespace

Row row_of(const Bulletin& bulletin, const Reader& reader, const MemberNames& names, TimeMs now_ms) {
  Row row;
  row.bulletin = bulletin;
  row.access = access_of(bulletin, reader, now_ms);
  row.is_own = is_author(bulletin, reader);
  if (bulletin.without_attribution && !row.is_own) return row;
  const auto name = names.find(bulletin.author);
  row.author = name == names.end() ? "a former member" : name->second;
  return row;
}

Result<MemberNames> Board::names() {
  MemberNames names{{Id{}, "Hub"}};
  TRY_ASSIGN(const auto members, ports_.members.members());
  for (const MemberName& member : members) names[member.id] = member.name;
  return names;
}

Result<Bulletin> Board::readable(const Reader& reader, const Id& id) {
  TRY_ASSIGN(auto bulletin, ports_.store.bulletin(id));
  if (!bulletin) return tl::unexpected<Error>(no_such_bulletin());
  TRY(check_readable(*bulletin, reader, ports_.clock.now_ms()));
  return std::move(*bulletin);
}

// The commitment in the log binds what was said, to whom and until when; opening it later shows the hash of the words.
Result<void> Board::record(const Bulletin& bulletin, const Content* content) {
  nlohmann::json step{{"bulletin", bulletin.id.text()},   {"number", bulletin.number},
                      {"author", bulletin.author.text()}, {"state", state_name(bulletin.state)},
                      {"tlp", tlp_name(bulletin.tlp)},    {"expires", to_rfc3339(bulletin.expires_ms)}};
  if (content != nullptr) {
    const std::string words = content_record(*content);
    step["version"] = bulletin.version();
    step["content_sha256"] = to_hex(sha256(as_bytes(words)));
  }
  return ports_.log.record({"alliance_bulletin", bulletin.id, step.dump()}).map([](const Id&) {});
}

// Pictures are named by hash: what the member has sent, or what the bulletin shows already.
Result<void> Board::take_pictures(Content& content, const Bulletin* before, const Id& member) {
  for (Picture& picture : content.pictures) {
    std::optional<Picture> known;
    if (before != nullptr)
      for (const Version& version : before->versions)
        for (const Picture& one : version.content.pictures)
          if (one.hash == picture.hash) known = one;
    if (!known) {
      TRY_ASSIGN(known, ports_.store.picture(picture.hash, member));
    }
    if (!known) return fail(ErrorCode::not_found, "a picture was not sent to the hub", "send it first");
    picture = *known;
  }
  return {};
}

Result<View> Board::publish(const Reader& author, const Proposal& proposal) {
  const TimeMs now_ms = ports_.clock.now_ms();
  TRY(check_proposal(proposal, now_ms));
  TRY(check_text(proposal.kind, proposal.content, ports_.enterprises));
  TRY_ASSIGN(const MemberNames known, names());
  for (const Id& member : proposal.audience.members)
    if (!known.contains(member) || member == Id{})
      return fail(ErrorCode::not_found, "the audience holds somebody who is no member");
  Bulletin bulletin;
  bulletin.id = Id::random(ports_.random);
  bulletin.kind = proposal.kind;
  bulletin.tlp = proposal.tlp;
  bulletin.audience = proposal.audience;
  bulletin.author = author.member;
  bulletin.without_attribution = proposal.without_attribution;
  bulletin.published_ms = now_ms;
  bulletin.expires_ms = proposal.expires_ms;
  bulletin.versions.push_back({proposal.content, author.account, now_ms, {}});
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const std::uint64_t today, ports_.store.published_since(author.member, now_ms - kDayMs));
    if (today >= kMostPublishedADay)
      return fail(ErrorCode::too_many_requests, "this member has published 100 bulletins within a day",
                  "correct one of them instead, or wait until tomorrow");
    TRY(take_pictures(bulletin.versions.back().content, nullptr, author.member));
    const int year = year_of(now_ms);
    TRY_ASSIGN(const std::uint64_t number, ports_.store.next_number(year));
    bulletin.number = fmt::format("B-{}-{:04}", year, number);
    TRY(ports_.store.insert(bulletin, year, number));
    return record(bulletin, &bulletin.content());
  }));
  return view_of(bulletin, author);
}

Result<View> Board::correct(const Reader& by, const Id& id, const Content& content, std::optional<TimeMs> expires_ms,
                            const std::string& reason) {
  TRY(check_note(reason));
  TRY_ASSIGN(const Bulletin now, readable(by, id));
  TRY(check_text(now.kind, content, ports_.enterprises));
  std::optional<Bulletin> next;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Bulletin before, readable(by, id));
    TRY_ASSIGN(next, bulletins::correct(before, by, content, expires_ms.value_or(before.expires_ms), reason,
                                        ports_.clock.now_ms()));
    TRY(take_pictures(next->versions.back().content, &before, by.member));
    TRY(ports_.store.update(*next));
    return record(*next, &next->content());
  }));
  return view_of(*next, by);
}

Result<Row> Board::withdraw(const Reader& by, const Id& id, Withdrawal reason) {
  std::optional<Bulletin> next;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto before, ports_.store.bulletin(id));
    if (!before) return tl::unexpected<Error>(no_such_bulletin());
    TRY_ASSIGN(next, bulletins::withdraw(*before, by, reason, ports_.clock.now_ms()));
    TRY(ports_.store.update(*next));
    return record(*next, nullptr);
  }));
  Row row = row_of(*next, by, {}, ports_.clock.now_ms());
  row.access = Access::tombstone;
  return row;
}

Result<ListAnswer> Board::list(const Reader& reader, BulletinFilter filter) {
  filter.reader = reader;
  filter.now_ms = ports_.clock.now_ms();
  TRY_ASSIGN(const MemberNames known, names());
  ListAnswer answer;
  TRY_ASSIGN(const auto listed, ports_.store.bulletins(filter));
  for (const Bulletin& bulletin : listed.items) {
    Row row = row_of(bulletin, reader, known, filter.now_ms);
    if (row.access == Access::none || row.access == Access::ended) continue;
    if (row.access == Access::whole) {
      TRY_ASSIGN(row.tally, ports_.store.tally(bulletin.id, reader));
    }
    answer.items.push_back(std::move(row));
  }
  answer.total = listed.total;
  BulletinFilter unread;
  unread.reader = reader;
  unread.now_ms = filter.now_ms;
  unread.unread = true;
  unread.page.limit = 1;
  TRY_ASSIGN(const auto news, ports_.store.bulletins(unread));
  answer.unread = news.total;
  return answer;
}

Result<View> Board::view_of(const Bulletin& bulletin, const Reader& reader) {
  TRY_ASSIGN(const MemberNames known, names());
  View view;
  view.row = row_of(bulletin, reader, known, ports_.clock.now_ms());
  if (view.row.access != Access::whole) return view;
  TRY_ASSIGN(view.row.tally, ports_.store.tally(bulletin.id, reader));
  if (view.row.is_own || !bulletin.without_attribution)
    for (const Id& member : bulletin.audience.members)
      view.audience.push_back({member, known.contains(member) ? known.at(member) : "a former member"});
  TRY_ASSIGN(const auto sightings, ports_.store.sightings(bulletin.id));
  for (const Sighting& one : sightings) view.sightings.push_back(spoken(one, bulletin, reader, known));
  TRY_ASSIGN(const auto replies, ports_.store.replies(bulletin.id));
  for (const Reply& one : replies) view.replies.push_back(spoken(one, bulletin, reader, known));
  if (!view.row.is_own) return view;
  TRY_ASSIGN(const auto receipts, ports_.store.receipts(bulletin.id));
  std::map<Id, ReaderCount> counts;
  for (const Receipt& receipt : receipts) {
    if (receipt.member == bulletin.author) continue;
    ReaderCount& count = counts[receipt.member];
    count.member = known.contains(receipt.member) ? known.at(receipt.member) : "a former member";
    ++count.accounts;
    count.last_ms = std::max(count.last_ms, receipt.time_ms);
  }
  view.readers.emplace();
  for (auto& [member, count] : counts) view.readers->push_back(std::move(count));
  return view;
}

Result<View> Board::find(const Reader& reader, const Id& id) {
  TRY_ASSIGN(const auto bulletin, ports_.store.bulletin(id));
  if (!bulletin) return tl::unexpected<Error>(no_such_bulletin());
  if (access_of(*bulletin, reader, ports_.clock.now_ms()) != Access::tombstone)
    TRY(check_readable(*bulletin, reader, ports_.clock.now_ms()));
  return view_of(*bulletin, reader);
}

Result<std::vector<Related>> Board::related(const Reader& reader, const Id& id) {
  TRY(readable(reader, id));
  TRY_ASSIGN(const auto shared, ports_.store.sharing(id, kMostRelated));
  TRY_ASSIGN(const MemberNames known, names());
  std::vector<Related> related;
  for (const SharedMark& one : shared) {
    const auto same = std::ranges::find(related, one.bulletin, [](const Related& r) { return r.row.bulletin.id; });
    if (same != related.end()) {
      same->shares.push_back(one.mark);
      continue;
    }
    TRY_ASSIGN(const auto bulletin, ports_.store.bulletin(one.bulletin));
    if (!bulletin) continue;
    Row row = row_of(*bulletin, reader, known, ports_.clock.now_ms());
    if (row.access != Access::whole) continue;
    TRY_ASSIGN(row.tally, ports_.store.tally(bulletin->id, reader));
    related.push_back({std::move(row), {one.mark}});
  }
  return related;
}

Result<std::vector<View>> Board::for_export(const Reader& reader) {
  BulletinFilter filter;
  filter.reader = reader;
  filter.now_ms = ports_.clock.now_ms();
  filter.state = State::published;
  filter.for_export = true;
  filter.page.limit = kMostExported;
  TRY_ASSIGN(const auto listed, ports_.store.bulletins(filter));
  std::vector<View> views;
  for (const Bulletin& bulletin : listed.items) {
    if (!may_be_exported(bulletin)) continue;
    TRY_ASSIGN(View view, view_of(bulletin, reader));
    if (view.row.access == Access::whole) views.push_back(std::move(view));
  }
  return views;
}

Result<Picture> Board::put_picture(const Reader& author, BytesView file) {
  // Asked before it is decoded: that is what costs.
  TRY_ASSIGN(const std::uint64_t today, ports_.store.pictures_since(author.member, ports_.clock.now_ms() - kDayMs));
  if (today >= kMostPicturesADay)
    return fail(ErrorCode::too_many_requests, "this member has sent 300 pictures within a day", "wait until tomorrow");
  TRY_ASSIGN(const CleanPicture clean, ports_.clean(file));
  Picture picture;
  picture.width_px = clean.width_px;
  picture.height_px = clean.height_px;
  picture.size_bytes = clean.jpeg.size();
  // Inside the transaction: tick() removes what nobody names, and must not meet a file whose row is still coming.
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(picture.hash, ports_.pictures.put(clean.jpeg));
    return ports_.store.put_picture(picture, author.member, ports_.clock.now_ms());
  }));
  return picture;
}

Result<Bytes> Board::picture(const Reader& reader, const Id& id, const Hash& hash) {
  TRY_ASSIGN(const Bulletin bulletin, readable(reader, id));
  for (const Version& version : bulletin.versions)
    if (std::ranges::find(version.content.pictures, hash, &Picture::hash) != version.content.pictures.end())
      return ports_.pictures.get(hash);
  return fail(ErrorCode::not_found, "this bulletin has no such picture");
}

Result<void> Board::read(const Reader& reader, const Id& id) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Bulletin bulletin, readable(reader, id));
    return ports_.store.put(Receipt{id, reader.member, reader.account, bulletin.version(), ports_.clock.now_ms()});
  });
}

Result<View> Board::sight(const Reader& reader, const Id& id, Sighting::Verdict verdict, std::uint32_t count,
                          const std::string& note) {
  TRY(check_note(note));
  if (count == 0 || note.size() > kMostNote)
    return fail(ErrorCode::invalid_argument, "a sighting counts from 1 and has a short note");
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(readable(reader, id));
    return ports_.store.put(Sighting{Id::random(ports_.random), id, reader.member, reader.account, verdict, count, note,
                                     ports_.clock.now_ms()});
  }));
  return find(reader, id);
}

Result<View> Board::reply(const Reader& reader, const Id& id, const std::string& text, std::optional<Id> to) {
  if (text.empty() || text.size() > kMostNote * 4)
    return fail(ErrorCode::invalid_argument, "a reply has at most 4000 characters");
  TRY(check_note(text));
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(readable(reader, id));
    TRY_ASSIGN(const auto replies, ports_.store.replies(id));
    if (replies.size() >= kMostReplies) return fail(ErrorCode::conflict, "this bulletin has too many replies");
    if (to) {
      const auto asked = std::ranges::find(replies, *to, &Reply::id);
      if (asked == replies.end()) return fail(ErrorCode::not_found, "there is no such reply to this bulletin");
      if (asked->to) return fail(ErrorCode::conflict, "an answer has no answers", "answer the reply it belongs to");
    }
    return ports_.store.insert(
        Reply{Id::random(ports_.random), id, reader.member, reader.account, to, text, ports_.clock.now_ms()});
  }));
  return find(reader, id);
}

Result<std::size_t> Board::tick() {
  const TimeMs now_ms = ports_.clock.now_ms();
  std::size_t count = 0;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto due, ports_.store.due(now_ms, kAtOnce));
    for (const Bulletin& bulletin : due) TRY(ports_.store.update(expire(bulletin)));
    count = due.size();
    TRY_ASSIGN(const auto idle, ports_.store.idle_pictures(now_ms - kIdlePictureMs, kAtOnce));
    for (const Hash& hash : idle) {
      TRY(ports_.store.forget_picture(hash));
      TRY(ports_.pictures.remove(hash));
    }
    return {};
  }));
  return count;
}

}  // namespace probity::bulletins
