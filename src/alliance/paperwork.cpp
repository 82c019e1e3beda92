#include "alliance/paperwork.h"

#include <algorithm>
#include <set>

namespace probity::alliance {
namespace {

constexpr std::size_t kMostOnDesk = 2000;
constexpr std::size_t kMostArrived = 500;
constexpr std::size_t kTidiedAtOnce = 100;

Error no_such_listing() { return {ErrorCode::not_found, "there is no such listing", ""}; }
Error no_such_paper() { return {ErrorCode::not_found, "there is no such paper", ""}; }

Result<void> check_ombudsman(const Party& by) {
  if (by.role != Party::Role::ombudsman) return fail(ErrorCode::forbidden, "only the ombudsman sees this");
  return {};
}

bool is_of(const FiledPaper& paper, const Party& party) {
  return paper.reader == party.member || (paper.from.role != Party::Role::subject && paper.from.member == party.member);
}

}  // namespace

std::optional<Id> Paperwork::named() const {
  const std::lock_guard lock(mutex_);
  return ombudsman_;
}

void Paperwork::name_ombudsman(std::optional<Id> ombudsman) {
  const std::lock_guard lock(mutex_);
  ombudsman_ = ombudsman;
}

Result<RollEntry> Paperwork::ombudsman() {
  const std::optional<Id> named = this->named();
  if (!named) return fail(ErrorCode::not_found, "the hub has named no ombudsman yet", "ask its operator");
  TRY_ASSIGN(auto member, ports_.hub_store.member(*named));
  if (!member) return fail(ErrorCode::not_found, "the ombudsman is not on the roll yet", "ask the hub's operator");
  return std::move(*member);
}

// The bytes first: a row without them would be a promise, bytes without a row are only in the way.
Result<FiledPaper> Paperwork::keep(const FiledPaper& paper, BytesView sealed) {
  TRY(ports_.transactions.write([&] { return ports_.papers.insert(paper, sealed); }));
  return paper;
}

Result<FiledPaper> Paperwork::put(const Party& from, const NewPaper& wanted) {
  if (wanted.sealed.empty() || wanted.sealed.size() > kMostSealedPaperBytes)
    return fail(ErrorCode::too_large, "a paper has at most 8 MB", "scan it with fewer dots, or split it");
  TRY_ASSIGN(const RollEntry ombudsman, this->ombudsman());
  TRY_ASSIGN(const Listing listing, ports_.hub.listing(wanted.listing));
  const bool is_ombudsman = from.role == Party::Role::ombudsman;
  if (!is_ombudsman && listing.filer != from.member) return tl::unexpected<Error>(no_such_listing());
  if (is_final(listing.state) && !is_ombudsman) return fail(ErrorCode::conflict, "this listing has ended");
  const Id reader = is_ombudsman ? listing.filer : ombudsman.member;
  TRY_ASSIGN(const auto known, ports_.papers.papers_of(listing.id));
  for (const FiledPaper& paper : known)
    if (paper.commitment == wanted.commitment && paper.reader == reader) return paper;
  if (known.size() >= kMostPapers) return fail(ErrorCode::conflict, "this listing has 200 papers already");
  return keep({Id::random(ports_.random), listing.id, from, reader, wanted.kind, wanted.commitment,
               wanted.sealed.size(), ports_.clock.now_ms()},
              wanted.sealed);
}

Result<std::vector<FiledPaper>> Paperwork::of(const Party& party, const Id& listing) {
  TRY_ASSIGN(auto papers, ports_.papers.papers_of(listing));
  std::erase_if(papers, [&](const FiledPaper& paper) { return !is_of(paper, party); });
  return papers;
}

Result<std::vector<FiledPaper>> Paperwork::arrived(const Party& party) {
  return ports_.papers.papers_for(party.member, kMostArrived);
}

Result<Bytes> Paperwork::sealed(const Party& party, const Id& id) {
  TRY_ASSIGN(const auto paper, ports_.papers.paper(id));
  if (!paper || paper->reader != party.member) return tl::unexpected<Error>(no_such_paper());
  return ports_.papers.sealed(id);
}

Result<void> Paperwork::seal_for(const Listing& listing, const Id& reader, const Paper& paper) {
  TRY_ASSIGN(const auto member, ports_.hub_store.member(reader));
  if (!member) return tl::unexpected<Error>(no_such_listing());
  TRY_ASSIGN(const Bytes sealed, seal_paper(paper, member->identity));
  const Party person{Party::Role::subject, {}, {}};
  return keep({Id::random(ports_.random), listing.id, person, reader, paper.kind, paper_commitment(paper),
               sealed.size(), ports_.clock.now_ms()},
              sealed)
      .map([](const FiledPaper&) {});
}

Result<Listing> Paperwork::reply(const std::string& token, const std::string& code, const std::string& text,
                                 const std::vector<Paper>& documents) {
  TRY_ASSIGN(const Listing listing, ports_.hub.open_notice(token, code));
  if (is_final(listing.state)) return fail(ErrorCode::conflict, "this listing has ended: there is nothing to answer");
  TRY_ASSIGN(const RollEntry ombudsman, this->ombudsman());
  TRY_ASSIGN(const std::size_t said, replies_of(listing.id));
  if (said + documents.size() + 1 > kMostReplies)
    return fail(ErrorCode::conflict, "so much was said that no more is taken here", "write to the ombudsman");
  Paper words;
  words.kind = Paper::Kind::reply;
  words.title = "Reply 答复";
  words.media_type = "text/plain; charset=utf-8";
  words.bytes.assign(text.begin(), text.end());
  std::vector<Paper> papers = documents;
  papers.insert(papers.begin(), std::move(words));
  for (Paper& paper : papers) {
    paper.kind = Paper::Kind::reply;
    paper.salt = draw_salt(ports_.random);
    for (const Id& reader : {listing.filer, ombudsman.member}) TRY(seal_for(listing, reader, paper));
  }
  return listing;
}

Result<std::size_t> Paperwork::replies_of(const Id& listing) {
  TRY_ASSIGN(const auto papers, ports_.papers.papers_of(listing));
  std::set<Hash> said;
  for (const FiledPaper& paper : papers)
    if (paper.from.role == Party::Role::subject) said.insert(paper.commitment);
  return said.size();
}

Result<RollEntry> Paperwork::filer_of(const Party& by, const Id& id) {
  TRY(check_ombudsman(by));
  TRY_ASSIGN(const Listing listing, ports_.hub.listing(id));
  TRY_ASSIGN(auto member, ports_.hub_store.member(listing.filer));
  if (!member) return tl::unexpected<Error>(no_such_listing());
  return std::move(*member);
}

Result<std::vector<Listing>> Paperwork::desk(const Party& by) {
  TRY(check_ombudsman(by));
  TRY_ASSIGN(auto listings, ports_.papers.for_ombudsman(kMostOnDesk));
  for (Listing& listing : listings) listing = advance(listing, ports_.clock.now_ms());
  return listings;
}

Result<PlaceView> Paperwork::place(const Party& by, oprf::Epoch epoch, int bits, oprf::Prefix prefix) {
  TRY(check_ombudsman(by));
  if (bits < 1 || bits > oprf::kMostPrefixBits || prefix >> bits != 0)
    return fail(ErrorCode::invalid_argument, "this is no prefix of so many bits");
  const TimeMs now_ms = ports_.clock.now_ms();
  TRY_ASSIGN(PlaceView view, ports_.papers.place(epoch, bits, prefix, now_ms - kTellFetchersMs));
  for (Listing& listing : view.listings) listing = advance(listing, now_ms);
  std::erase_if(view.listings, [](const Listing& listing) { return is_final(listing.state); });
  return view;
}

Result<void> Paperwork::tidy() {
  TRY_ASSIGN(const auto papers, ports_.papers.outlived(kTidiedAtOnce));
  if (papers.empty()) return {};
  return ports_.transactions.write([&]() -> Result<void> {
    for (const Id& paper : papers) TRY(ports_.papers.remove(paper));
    return {};
  });
}

}  // namespace probity::alliance
