// The hub's letter-box for sealed papers, and what it lets the ombudsman see of the list.
//
// A paper goes from a filer to the ombudsman, back, or from the listed person (through link and code) to both. The hub
// keeps ciphertext until it is no longer of use: when a listing has ended, its papers go. What a person writes is in
// the clear for the moment in which the hub seals it; nothing of it is kept otherwise.
#pragma once

#include <mutex>

#include "alliance/hub.h"
#include "alliance/paper.h"

namespace probity::alliance {

// What the hub knows of a paper.
struct FiledPaper {
  Id id;
  Id listing;
  Party from;
  Id reader;  // the member who can open it
  Paper::Kind kind = Paper::Kind::evidence;
  Hash commitment{};
  std::uint64_t sealed_bytes = 0;
  TimeMs filed_ms = 0;
  bool operator==(const FiledPaper&) const = default;
};

struct NewPaper {
  Id listing;
  Paper::Kind kind = Paper::Kind::evidence;
  Hash commitment{};
  Bytes sealed;
};

// Who looked at a part of the list, last when; whether they opened anything, nobody knows but they.
struct Looker {
  std::string member;
  TimeMs last_ms = 0;
  std::uint64_t times = 0;
  bool operator==(const Looker&) const = default;
};

// All that stands behind a prefix, found or not: for one who asks what is recorded about them.
struct PlaceView {
  std::vector<Listing> listings;
  std::vector<Looker> lookers;
};

// Thread-safe; joins the caller's transaction, but for the sealed bytes, which are written first and removed last.
// Errors: storage, corrupt.
class PaperStore {
 public:
  virtual ~PaperStore() = default;
  virtual Result<void> insert(const FiledPaper& paper, BytesView sealed) = 0;
  virtual Result<std::optional<FiledPaper>> paper(const Id& id) = 0;
  virtual Result<Bytes> sealed(const Id& id) = 0;
  virtual Result<std::vector<FiledPaper>> papers_of(const Id& listing) = 0;
  virtual Result<std::vector<FiledPaper>> papers_for(const Id& reader, std::size_t limit) = 0;  // newest first
  // Of listings that have ended.
  virtual Result<std::vector<Id>> outlived(std::size_t limit) = 0;
  virtual Result<void> remove(const Id& id) = 0;

  // Those for whom something waits at the ombudsman, or soon may: open appeals, acquittals, notices under way, drafts.
  virtual Result<std::vector<Listing>> for_ombudsman(std::size_t limit) = 0;
  // Behind a prefix, in any state but an end.
  virtual Result<PlaceView> place(oprf::Epoch epoch, int bits, oprf::Prefix prefix, TimeMs since_ms) = 0;
};

struct PaperworkPorts {
  HubStore& hub_store;
  PaperStore& papers;
  Transactions& transactions;
  Hub& hub;
  Clock& clock;
  Random& random;
};

inline constexpr std::size_t kMostPapers = 200;  // of a listing
inline constexpr std::size_t kMostReplyCharacters = 8000;
inline constexpr std::size_t kMostReplyPapers = 5;  // at once
inline constexpr std::size_t kMostReplyPaperBytes = 4 << 20;
inline constexpr std::size_t kMostReplies = 40;  // of a person, documents counted

// Thread-safe. Borrows its ports.
class Paperwork {
 public:
  Paperwork(const PaperworkPorts& ports, std::optional<Id> ombudsman) : ports_(ports), ombudsman_(ombudsman) {}

  // Who decides, and what is sealed to them. Errors: not_found while the hub has named nobody.
  Result<RollEntry> ombudsman();
  // From now on this member decides, and what is sealed is sealed to them.
  void name_ombudsman(std::optional<Id> ombudsman);

  // From the filer it goes to the ombudsman, from the ombudsman to the filer. The same paper again is the first one.
  // Errors: not_found; too_large; conflict (too many; the listing has ended).
  Result<FiledPaper> put(const Party& from, const NewPaper& paper);
  // What the party has sent, and what it may read.
  Result<std::vector<FiledPaper>> of(const Party& party, const Id& listing);
  // What it may read, newest first.
  Result<std::vector<FiledPaper>> arrived(const Party& party);
  Result<Bytes> sealed(const Party& party, const Id& paper);

  // The listed person's words and documents, sealed at once to filer and ombudsman. Errors: those of Hub::open_notice;
  // conflict when there is nothing to answer any more, or too much was said; too_large.
  Result<Listing> reply(const std::string& token, const std::string& code, const std::string& text,
                        const std::vector<Paper>& documents);
  // How much the person has said: their papers, once each.
  Result<std::size_t> replies_of(const Id& listing);

  // The ombudsman's. Errors: forbidden for anybody else.
  Result<RollEntry> filer_of(const Party& by, const Id& listing);
  Result<std::vector<Listing>> desk(const Party& by);
  // Errors: also invalid_argument (bits, prefix).
  Result<PlaceView> place(const Party& by, oprf::Epoch epoch, int bits, oprf::Prefix prefix);

  // Papers of listings that have ended go.
  Result<void> tidy();

 private:
  Result<FiledPaper> keep(const FiledPaper& paper, BytesView sealed);
  Result<void> seal_for(const Listing& listing, const Id& reader, const Paper& paper);

  std::optional<Id> named() const;

  const PaperworkPorts ports_;
  mutable std::mutex mutex_;  // the next
  std::optional<Id> ombudsman_;
};

}  // namespace probity::alliance
