// The record of a project: a pre-release with its people in charge, its embargo instants and its assets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/list_query.h"

namespace probity::projects {

constexpr std::size_t kMaxPeople = 50;
constexpr std::size_t kMaxEmbargoes = 20;

enum class ProjectState { open, archived };
std::string_view project_state_name(ProjectState state);
std::optional<ProjectState> parse_project_state(std::string_view name);

// An instant before which nothing of what it covers may be published. `zone` is the IANA zone it is told in.
struct Embargo {
  Id id;
  std::string label;
  TimeMs at_ms = 0;
  std::string zone = "UTC";
  bool operator==(const Embargo&) const = default;
};

// An account in charge, as known to whoever keeps accounts.
struct PersonInCharge {
  Id account;
  std::string name;
  std::string email;
  std::string locale;
  bool operator==(const PersonInCharge&) const = default;
};

struct Project {
  Id id;
  std::string name;
  std::string description;
  ProjectState state = ProjectState::open;
  bool sample = false;  // the fictional one that comes with the program
  std::vector<Id> people;
  std::vector<Embargo> embargoes;  // by time
  TimeMs created_ms = 0;
  bool operator==(const Project&) const = default;
};

struct ProjectCounts {
  std::uint64_t assets = 0, commitments = 0, in_force = 0, waiting = 0, declined = 0, copies = 0, opened = 0, slips = 0;
  bool operator==(const ProjectCounts&) const = default;
};

struct ProjectRow {
  Project project;
  std::vector<PersonInCharge> people;
  ProjectCounts counts;
};

enum class AssetState { offered, withdrawn };
std::string_view asset_state_name(AssetState state);
std::optional<AssetState> parse_asset_state(std::string_view name);

// An asset's place in its project; an asset belongs to one project at most.
struct ProjectAsset {
  Id asset;
  Id project;
  bool watermark = false;                 // a visible one, beside the invisible mark
  std::optional<Id> embargo{};            // of the same project; nothing: not under an embargo
  std::optional<TimeMs> not_before_ms{};  // no copy opens before
  AssetState state = AssetState::offered;
  TimeMs attached_ms = 0;
  bool operator==(const ProjectAsset&) const = default;
};

struct ProjectFilter {
  ListQuery page;  // sort: name, created_at, state
  std::optional<ProjectState> state{};
};

}  // namespace probity::projects
