#include "alliance/key_ceremony.h"

#include <algorithm>
#include <map>

#include "base/hash.h"

namespace probity::alliance {
namespace {

using Kind = CeremonyMessage::Kind;
using oprf::HolderIndex;

constexpr std::string_view kDomain = "probity key ceremony v1";

Bytes signed_part(const CeremonyPlan& plan, const CeremonyMessage& message) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.bytes(plan.sharing().ceremony);
  writer.integer(static_cast<std::uint8_t>(message.kind));
  writer.integer(message.from);
  writer.integer(message.about);
  writer.bytes(message.body);
  return bytes;
}

// A dealing's message: the public part, then one sealed share a holder, then all of them sealed to the dealer itself
// (who may have to open one). Each with its length in front.
Result<Bytes> pack_dealing(const CeremonyPlan& plan, const oprf::Dealing& dealing, const oprf::Identity& self) {
  Bytes packed;
  oprf::append_framed(packed, dealing.open.encode());
  Bytes all;
  for (std::size_t i = 0; i < plan.holders.size(); ++i) {
    const BytesView share = dealing.shares[i].view();
    TRY_ASSIGN(const Bytes sealed, oprf::seal_to(plan.holders[i].identity, share));
    oprf::append_framed(packed, sealed);
    all.insert(all.end(), share.begin(), share.end());
  }
  TRY_ASSIGN(const Bytes own, oprf::seal_to(self.open(), all));
  oprf::append_framed(packed, own);
  return packed;
}

struct PackedDealing {
  oprf::PublicDealing open;
  std::vector<Bytes> sealed;  // by holder
  Bytes own;
};

Result<PackedDealing> unpack_dealing(const CeremonyPlan& plan, const CeremonyMessage& message) {
  ByteReader reader(message.body);
  const auto framed = [&] {
    const BytesView size = reader.bytes(2);
    return reader.bytes(size.size() == 2 ? std::size_t{size[0]} << 8 | size[1] : 0);
  };
  PackedDealing packed;
  TRY_ASSIGN(packed.open, oprf::PublicDealing::parse(framed()));
  for (std::size_t i = 0; i < plan.holders.size(); ++i) {
    const BytesView sealed = framed();
    packed.sealed.emplace_back(sealed.begin(), sealed.end());
  }
  const BytesView own = framed();
  packed.own.assign(own.begin(), own.end());
  if (!reader.ok() || reader.remaining() != 0 || packed.open.dealer != message.from)
    return fail(ErrorCode::corrupt, "a dealing's message is damaged");
  return packed;
}

// One holder's look at everything that was said so far.
class Participant {
 public:
  Participant(const CeremonyPlan& plan, const oprf::Identity& self, HolderIndex index,
              std::optional<oprf::KeyShare> before, Random& random)
      : plan_(plan),
        sharing_(plan.sharing()),
        self_(self),
        index_(index),
        before_(std::move(before)),
        random_(random) {}

  Result<void> read(const std::vector<CeremonyMessage>& messages) {
    for (const CeremonyMessage& message : messages) {
      TRY(check_author(message));
      if (!messages_.emplace(std::tuple(message.kind, message.from, message.about), &message).second)
        return fail(ErrorCode::forbidden, "two messages " + message.name() + " in one ceremony");
      if (message.kind != Kind::dealing) continue;
      TRY_ASSIGN(PackedDealing packed, unpack_dealing(plan_, message));
      TRY(oprf::verify_dealing(sharing_, packed.open));
      dealings_.emplace(message.from, std::move(packed));
    }
    return {};
  }

  Result<CeremonyStep> step() {
    CeremonyStep step;
    if (must_deal() && !dealings_.contains(index_)) {
      TRY(deal(step));
      return step;
    }
    for (const HolderIndex dealer : dealers())
      if (!dealings_.contains(dealer)) {
        step.waiting_for = "the dealing of " + name_of(dealer);
        return step;
      }
    TRY_ASSIGN(const std::vector<oprf::Scalar> given, collect_shares(step));
    TRY(answer_complaints(step));
    if (!step.to_write.empty() || !step.waiting_for.empty()) return step;
    TRY(agree(step, given));
    return step;
  }

 private:
  const CeremonyMessage* find(Kind kind, HolderIndex from, HolderIndex about = 0) const {
    const auto found = messages_.find({kind, from, about});
    return found == messages_.end() ? nullptr : found->second;
  }
  bool must_deal() const { return plan_.dealer ? index_ == oprf::kWitnessedDealer : true; }
  std::vector<HolderIndex> dealers() const {
    if (plan_.dealer) return {oprf::kWitnessedDealer};
    std::vector<HolderIndex> all;
    for (HolderIndex i = 1; i <= sharing_.holder_count; ++i) all.push_back(i);
    return all;
  }
  std::string name_of(HolderIndex index) const {
    return index == oprf::kWitnessedDealer ? "the dealer" : plan_.holders[index - 1U].name;
  }

  Result<void> check_author(const CeremonyMessage& message) const {
    const bool is_dealer = message.from == oprf::kWitnessedDealer;
    if (message.from > plan_.holders.size() || message.about > plan_.holders.size() || (is_dealer && !plan_.dealer))
      return fail(ErrorCode::forbidden, "a message of one who takes no part");
    const oprf::PublicIdentity& author = is_dealer ? *plan_.dealer : plan_.holders[message.from - 1U].identity;
    if (!oprf::verify_signature(author, kDomain, signed_part(plan_, message), message.signature))
      return fail(ErrorCode::forbidden, "the message " + message.name() + " is not signed by whom it says");
    return {};
  }

  void write(CeremonyStep& step, Kind kind, HolderIndex about, Bytes body) const {
    CeremonyMessage message{kind, index_, about, std::move(body), {}};
    message.signature = self_.sign(kDomain, signed_part(plan_, message));
    step.to_write.push_back(std::move(message));
  }

  Result<void> deal(CeremonyStep& step) const {
    TRY_ASSIGN(const oprf::Dealing dealing, oprf::deal(sharing_, index_, random_));
    TRY_ASSIGN(Bytes packed, pack_dealing(plan_, dealing, self_));
    write(step, Kind::dealing, 0, std::move(packed));
    step.waiting_for = "the others' dealings";
    return {};
  }

  // What each dealer gave this holder, or opened for it; complaints go into the step.
  Result<std::vector<oprf::Scalar>> collect_shares(CeremonyStep& step) const {
    std::vector<oprf::Scalar> given;
    if (index_ == oprf::kWitnessedDealer) return given;
    for (const HolderIndex dealer : dealers()) {
      const PackedDealing& packed = dealings_.at(dealer);
      std::optional<oprf::Scalar> share = opened(dealer, index_);
      if (!share) {
        const auto bytes = self_.unseal(packed.sealed[index_ - 1U]);
        const auto scalar = bytes ? oprf::Scalar::parse(*bytes) : tl::unexpected<Error>(bytes.error());
        if (scalar && oprf::share_fits(packed.open, index_, *scalar)) share = *scalar;
      }
      if (share) {
        given.push_back(*share);
      } else if (find(Kind::complaint, index_, dealer) == nullptr) {
        write(step, Kind::complaint, dealer, {});
      }
    }
    return given;
  }

  std::optional<oprf::Scalar> opened(HolderIndex dealer, HolderIndex accuser) const {
    const CeremonyMessage* opening = find(Kind::opening, dealer, accuser);
    if (opening == nullptr) return std::nullopt;
    const auto scalar = oprf::Scalar::parse(opening->body);
    if (!scalar || oprf::complaint_holds(dealings_.at(dealer).open, accuser, *scalar)) return std::nullopt;
    return *scalar;
  }

  Result<void> answer_complaints(CeremonyStep& step) const {
    for (const auto& [key, message] : messages_) {
      const auto& [kind, accuser, dealer] = key;
      if (kind != Kind::complaint) continue;
      if (find(Kind::opening, dealer, accuser) != nullptr) {
        if (!opened(dealer, accuser))
          return fail(ErrorCode::forbidden, name_of(dealer) + " dealt wrongly and is out",
                      "begin a new ceremony without them");
        continue;
      }
      if (dealer != index_) {
        step.waiting_for = name_of(dealer) + " to open a share that " + name_of(accuser) + " complained about";
        continue;
      }
      TRY_ASSIGN(const Bytes own, self_.unseal(dealings_.at(index_).own));
      if (own.size() != plan_.holders.size() * oprf::kScalarBytes)
        return fail(ErrorCode::corrupt, "the own dealing is damaged");
      const auto share = own.begin() + static_cast<std::ptrdiff_t>((accuser - 1U) * oprf::kScalarBytes);
      write(step, Kind::opening, accuser, Bytes(share, share + oprf::kScalarBytes));
    }
    return {};
  }

  Result<void> agree(CeremonyStep& step, const std::vector<oprf::Scalar>& given) const {
    std::vector<oprf::PublicDealing> open;
    for (const HolderIndex dealer : dealers()) open.push_back(dealings_.at(dealer).open);
    TRY_ASSIGN(oprf::KeySet keys,
               plan_.before ? oprf::refreshed(*plan_.before, open) : oprf::key_set_of(plan_.terms, open));
    const Hash id = keys.id();
    if (index_ != oprf::kWitnessedDealer && find(Kind::agreement, index_) == nullptr)
      write(step, Kind::agreement, 0, Bytes(id.begin(), id.end()));
    for (HolderIndex i = 1; i <= sharing_.holder_count; ++i) {
      const CeremonyMessage* agreement = find(Kind::agreement, i);
      if (agreement == nullptr) {
        if (i != index_ || step.waiting_for.empty()) step.waiting_for = "the agreement of " + name_of(i);
      } else if (!std::ranges::equal(agreement->body, id)) {
        return fail(ErrorCode::forbidden, name_of(i) + " agreed to another key set", "begin a new ceremony");
      }
    }
    if (!step.waiting_for.empty()) return {};
    step.outcome = CeremonyOutcome{std::move(keys), std::nullopt};
    if (index_ == oprf::kWitnessedDealer) return {};
    TRY_ASSIGN(step.outcome->share, oprf::share_of(index_, open, given, before_));
    return {};
  }

  const CeremonyPlan& plan_;
  const oprf::SharingPlan sharing_;
  const oprf::Identity& self_;
  const HolderIndex index_;
  const std::optional<oprf::KeyShare> before_;
  Random& random_;
  std::map<std::tuple<Kind, HolderIndex, HolderIndex>, const CeremonyMessage*> messages_;
  std::map<HolderIndex, PackedDealing> dealings_;
};

}  // namespace

oprf::SharingPlan CeremonyPlan::sharing() const {
  return {sha256(as_bytes(json())), before ? oprf::DealingKind::refresh : oprf::DealingKind::key, threshold,
          static_cast<std::uint8_t>(holders.size())};
}

Result<HolderIndex> CeremonyPlan::index_of(const oprf::PublicIdentity& identity) const {
  if (dealer && *dealer == identity) return oprf::kWitnessedDealer;
  for (std::size_t i = 0; i < holders.size(); ++i)
    if (holders[i].identity == identity) return static_cast<HolderIndex>(i + 1);
  return fail(ErrorCode::forbidden, "this key-holder takes no part in the ceremony");
}

Result<CeremonyStep> next_step(const CeremonyPlan& plan, const std::vector<CeremonyMessage>& messages,
                               const oprf::Identity& self, const std::optional<oprf::KeyShare>& before,
                               Random& random) {
  TRY(oprf::check_plan(plan.sharing()));
  TRY_ASSIGN(const HolderIndex index, plan.index_of(self.open()));
  if (plan.before && index != oprf::kWitnessedDealer && !before)
    return fail(ErrorCode::invalid_argument, "a refresh needs the share that it renews");
  Participant participant(plan, self, index, plan.before ? before : std::nullopt, random);
  TRY(participant.read(messages));
  return participant.step();
}

}  // namespace probity::alliance
