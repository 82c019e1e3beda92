#include "copies/deliveries.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::copies {
namespace {

// A browser fetches one download in many ranges, and a phone that lost its connection goes on with it.
constexpr TimeMs kOneOpeningMs = 10 * 60 * 1000;
constexpr std::size_t kMostOpenings = 10'000;
constexpr std::size_t kMostMakers = 256;

std::string etag_of(const Asset& asset, const Id& copy, bool watermark) {
  const Hash hash = sha256(
      {as_bytes(watermark ? "probity watermarked etag v1\n" : "probity etag v1\n"), copy.view(), asset.tally_digest});
  return "\"" + to_hex(BytesView(hash).first(16)) + "\"";
}

}  // namespace

Result<void> DeliveryGate::allow(const Copy& copy, Purpose) {
  TRY_ASSIGN(const auto row, store_.row(copy.id));
  if (!row)
    return fail(ErrorCode::not_in_force, "this copy was issued to nobody who has signed",
                "send its recipient a commitment, or record one signed on paper");
  return allow(*row);
}

Result<void> DeliveryGate::allow(const DeliveryRow& row) {
  const Delivery& delivery = row.delivery;
  const TimeMs now_ms = clock_.now_ms();
  if (delivery.revoked_ms) return fail(ErrorCode::not_in_force, "this copy was taken back", "ask whoever sent it");
  if (row.withheld)
    return fail(ErrorCode::not_in_force, "access is withheld while a case is open", "ask whoever sent it");
  if (!row.offered) return fail(ErrorCode::gone, "this picture is no longer offered", "ask whoever sent it");
  if (delivery.until_ms && now_ms >= *delivery.until_ms)
    return fail(ErrorCode::gone, "the time in which this copy could be opened is over", "ask whoever sent it");
  if (row.not_before_ms && now_ms < *row.not_before_ms)
    return fail(ErrorCode::not_in_force,
                fmt::format("this copy opens at {}, not before", to_rfc3339(*row.not_before_ms)), "come back then");
  TRY_ASSIGN(const auto coverage, commitments_.in_force_for(delivery.party, delivery.asset, delivery.project));
  if (!coverage)
    return fail(ErrorCode::not_in_force,
                fmt::format("{} has no commitment in force that covers {}", row.party_name, row.asset_title),
                "it opens once every required signature is there");
  return {};
}

Result<tally::Gathered> OpenedCopy::gather(std::uint64_t offset, std::uint64_t length) const {
  // As it stands now, not as it stood when the download began: it may have been taken back meanwhile.
  TRY_ASSIGN(const auto row, gate_->current(row_.delivery.copy));
  TRY(gate_->allow(row));
  if (!watermarked_) return maker_->gather(bits_, offset, length);
  const BytesView part = watermarked_->bytes().subspan(offset, length);
  return tally::Gathered{{{const_cast<std::uint8_t*>(part.data()), part.size()}}, {}};
}

Result<DeliveryRow> DeliveryGate::current(const Id& copy) {
  TRY_ASSIGN(auto row, store_.row(copy));
  if (!row) return fail(ErrorCode::not_found, "there is no such copy");
  return std::move(*row);
}

Result<void> Deliveries::append(const char* kind, const Delivery& delivery, const std::string& asset,
                                const std::string& party, const events::Actor& actor) {
  events::Event event;
  event.time_ms = ports_.clock.now_ms();
  event.kind = kind;
  event.actor = actor;
  event.project = delivery.project;
  event.party = delivery.party;
  event.asset = delivery.asset;
  event.copy = delivery.copy;
  event.data_json = nlohmann::json{{"asset", asset}, {"party", party}}.dump();
  return ports_.events.append(event).map([](std::uint64_t) {});
}

Result<IssuedCopy> Deliveries::issue_one(const Asset& asset, const Id& party) {
  IssuedCopy issued;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto known, ports_.store.delivery_for(asset.id, party));
    if (known) {
      TRY_ASSIGN(issued.issued, ports_.copies.find_copy(known->copy));
      return {};
    }
    TRY_ASSIGN(const auto place, ports_.projects.project_of(asset.id));
    if (!place)
      return fail(ErrorCode::conflict, fmt::format("{} belongs to no project", asset.title), "put it into one first");
    TRY_ASSIGN(const auto details, ports_.parties.details_of(party));
    TRY_ASSIGN(auto copies, ports_.copies.issue_copies({&asset, 1}, {&details, 1}));
    issued = std::move(copies.front());
    Delivery delivery;
    delivery.copy = issued.issued.copy.id;
    delivery.asset = asset.id;
    delivery.party = party;
    delivery.project = place->project;
    delivery.issued_ms = ports_.clock.now_ms();
    TRY(ports_.store.insert(delivery));
    return append("copy.issued", delivery, asset.title, details.name,
                  {events::Actor::Kind::system, std::nullopt, "Probity"});
  }));
  return issued;
}

Result<std::size_t> Deliveries::issue(const Id& project, const Id& party) {
  std::size_t issued = 0;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto places, ports_.projects.assets(project));
    for (const auto& place : places) {
      if (place.state != projects::AssetState::offered) continue;
      TRY_ASSIGN(const auto known, ports_.store.delivery_for(place.asset, party));
      if (known) continue;
      TRY_ASSIGN(const auto coverage, ports_.commitments.in_force_for(party, place.asset, project));
      if (!coverage) continue;
      TRY_ASSIGN(const auto asset, ports_.copies.store().asset(place.asset));
      if (!asset) return fail(ErrorCode::corrupt, "a project names an asset that is not there");
      TRY(issue_one(*asset, party));
      ++issued;
    }
    return {};
  }));
  return issued;
}

Result<std::shared_ptr<const CopyMaker>> Deliveries::maker_of(const Asset& asset) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = makers_.find(asset.id);
    if (found != makers_.end()) return found->second;
  }
  TRY_ASSIGN(CopyMaker maker, CopyMaker::open(ports_.copies, asset));
  auto shared = std::make_shared<const CopyMaker>(std::move(maker));
  const std::lock_guard lock(mutex_);
  if (makers_.size() >= kMostMakers) makers_.clear();  // they are mapped files: opened again when asked for
  makers_[asset.id] = shared;
  return shared;
}

Result<MakingPermit> Deliveries::permit_for(const OpenRequest& request, const DeliveryRow& row) {
  const TimeMs now_ms = ports_.clock.now_ms();
  const auto key = std::make_tuple(request.session, request.copy, request.kind);
  {
    const std::lock_guard lock(mutex_);
    const auto found = openings_.find(key);
    // Either way round, so that a clock that jumped makes a new opening and not an endless one.
    if (found != openings_.end() && std::abs(now_ms - found->second.since_ms) < kOneOpeningMs)
      return found->second.permit;
  }
  TRY_ASSIGN(const auto copy, ports_.copies.store().copy(request.copy));
  if (!copy) return fail(ErrorCode::not_found, "there is no such copy");
  const std::string operator_name = "party " + request.party.text();
  const bool download = request.kind == OpenKind::download;
  TRY_ASSIGN(MakingPermit permit, makings_.enter(*copy, Purpose::issue, operator_name, [&]() -> Result<void> {
    TRY(ports_.store.count(request.copy, request.kind, now_ms));
    return append(download ? "copy.downloaded" : "copy.opened", row.delivery, row.asset_title, row.party_name,
                  {events::Actor::Kind::recipient, request.party, row.party_name});
  }));
  const std::lock_guard lock(mutex_);
  if (openings_.size() >= kMostOpenings) openings_.clear();
  openings_.insert_or_assign(key, Opening{now_ms, permit});
  return permit;
}

Result<OpenedCopy> Deliveries::open(const OpenRequest& request) {
  TRY_ASSIGN(auto row, ports_.store.row(request.copy));
  if (!row || row->delivery.party != request.party) return fail(ErrorCode::not_found, "there is no such copy");
  TRY(gate_.allow(*row));
  TRY_ASSIGN(const MakingPermit permit, permit_for(request, *row));
  TRY_ASSIGN(const auto asset, ports_.copies.store().asset(row->delivery.asset));
  if (!asset) return fail(ErrorCode::corrupt, "a copy's asset is not there");
  OpenedCopy opened(gate_);
  TRY_ASSIGN(opened.maker_, maker_of(*asset));
  if (row->watermark) {
    TRY_ASSIGN(opened.watermarked_, ports_.watermarks.open(*row, [&] { return opened.maker_->make(permit); }));
  } else {
    TRY_ASSIGN(opened.bits_, opened.maker_->bits(permit));
  }
  opened.etag_ = etag_of(*asset, request.copy, row->watermark);
  opened.row_ = std::move(*row);
  return opened;
}

Result<Listed<DeliveryRow>> Deliveries::list(DeliveryFilter filter) {
  filter.now_ms = ports_.clock.now_ms();
  return ports_.store.rows(filter);
}

Result<DeliveryRow> Deliveries::find(const Id& copy) { return gate_.current(copy); }

template <class Change>
Result<DeliveryRow> Deliveries::change(const Id& copy, const char* kind, const events::Actor& actor, Change change) {
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(DeliveryRow row, find(copy));
    const Delivery before = row.delivery;
    change(row.delivery);
    if (row.delivery == before) return {};
    TRY(ports_.store.update(row.delivery));
    return append(kind, row.delivery, row.asset_title, row.party_name, actor);
  }));
  return find(copy);
}

Result<DeliveryRow> Deliveries::revoke(const Id& copy, const std::string& reason, const events::Actor& actor) {
  return change(copy, "copy.revoked", actor, [&](Delivery& delivery) {
    if (delivery.revoked_ms) return;
    delivery.revoked_ms = ports_.clock.now_ms();
    delivery.revoke_reason = reason;
  });
}

Result<DeliveryRow> Deliveries::restore(const Id& copy, const events::Actor& actor) {
  return change(copy, "copy.restored", actor, [](Delivery& delivery) {
    delivery.revoked_ms.reset();
    delivery.revoke_reason.clear();
  });
}

Result<DeliveryRow> Deliveries::extend(const Id& copy, const std::optional<TimeMs>& until_ms,
                                       const events::Actor& actor) {
  return change(copy, "copy.extended", actor, [&](Delivery& delivery) { delivery.until_ms = until_ms; });
}

}  // namespace probity::copies
