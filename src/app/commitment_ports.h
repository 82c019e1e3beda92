// What commitments ask of others, answered by the records of a node.
#pragma once

#include "accounts/settings.h"
#include "commitments/ports.h"
#include "copies/blob_store.h"
#include "parties/service.h"
#include "projects/service.h"

namespace probity::app {

// All borrow their arguments and are as thread-safe as those.
class PartyDirectory final : public commitments::Directory {
 public:
  PartyDirectory(parties::PartyService& parties, parties::Store& store) : parties_(parties), store_(store) {}
  Result<std::optional<commitments::Person>> person(const Id& id) override;
  Result<std::optional<commitments::Organisation>> organisation(const Id& id) override;
  Result<std::vector<commitments::Person>> who_may_bind(const Id& organisation) override;
  Result<commitments::Person> find_or_add(const commitments::NewColleague& colleague) override;

 private:
  parties::PartyService& parties_;
  parties::Store& store_;
};

class ProjectFactsBook final : public commitments::ProjectBook {
 public:
  ProjectFactsBook(projects::ProjectService& projects, projects::Store& store) : projects_(projects), store_(store) {}
  Result<std::optional<commitments::ProjectFacts>> project(const Id& id) override;
  Result<bool> has_asset(const Id& project, const Id& asset) override;
  Result<std::vector<commitments::EmbargoInstant>> embargoes_between(TimeMs from_ms, TimeMs to_ms) override;

 private:
  projects::ProjectService& projects_;
  projects::Store& store_;
};

class SettingsHouse final : public commitments::HouseBook {
 public:
  explicit SettingsHouse(accounts::SettingsService& settings) : settings_(settings) {}
  Result<commitments::House> house() override;

 private:
  accounts::SettingsService& settings_;
};

class BlobStoreBox final : public commitments::BlobBox {
 public:
  explicit BlobStoreBox(copies::BlobStore& blobs) : blobs_(blobs) {}
  Result<Hash> put(BytesView bytes) override { return blobs_.put(bytes); }
  Result<Bytes> get(const Hash& hash) override { return blobs_.get(hash); }

 private:
  copies::BlobStore& blobs_;
};

}  // namespace probity::app
