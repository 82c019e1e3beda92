// The verbs of training events at the hub. Every member may see and attend each.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "base/random.h"
#include "base/transactions.h"
#include "bulletins/ports.h"
#include "bulletins/training.h"

namespace probity::bulletins {

struct TrainingFilter {
  ListQuery page;
  TimeMs now_ms = 0;
  bool past = false;               // ended or called off ones, latest first; else those to come, next first
  std::optional<Reader> attendee;  // only what this reader has a seat for or organises
};

// Thread-safe; joins the caller's transaction. Errors: storage, corrupt.
class TrainingStore {
 public:
  virtual ~TrainingStore() = default;
  virtual Result<void> insert(const Training& training) = 0;
  virtual Result<void> update(const Training& training) = 0;
  virtual Result<std::optional<Training>> training(const Id& id) = 0;
  virtual Result<Listed<Training>> trainings(const TrainingFilter& filter) = 0;
};

struct TrainingPorts {
  TrainingStore& store;
  Transactions& transactions;
  Members& members;
  Clock& clock;
  Random& random;
};

struct TrainingView {
  Training training;
  std::string state;
  std::string organiser;
  bool is_own = false;
  Seat own = Seat::none;
  std::vector<std::string> member_names;  // of the registrations, for the organiser
};
nlohmann::json to_json(const TrainingView& view);

// Thread-safe. Borrows its ports.
class Trainings {
 public:
  explicit Trainings(const TrainingPorts& ports) : ports_(ports) {}

  // Errors: those of the rules (training.h); not_found.
  Result<TrainingView> announce(const Reader& by, const TrainingPlan& plan);
  Result<TrainingView> change(const Reader& by, const Id& id, const TrainingPlan& plan);
  Result<TrainingView> cancel(const Reader& by, const Id& id);
  Result<TrainingView> register_for(const Reader& by, const Id& id, const std::string& name);
  Result<TrainingView> unregister_from(const Reader& by, const Id& id);
  Result<Listed<TrainingView>> list(const Reader& reader, TrainingFilter filter);
  Result<TrainingView> find(const Reader& reader, const Id& id);
  Result<std::string> calendar(const Id& id);

 private:
  template <class Verb>
  Result<TrainingView> turn(const Reader& by, const Id& id, Verb verb);
  Result<Training> existing(const Id& id);
  Result<TrainingView> view_of(const Training& training, const Reader& reader);

  const TrainingPorts ports_;
};

}  // namespace probity::bulletins
