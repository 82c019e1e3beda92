// The law of an innocent copy's score, and bounds on its tail: Chernoff (rigorous), Lugannani-Rice (near-exact).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "code/bank.h"

namespace probity::code {

// An innocent copy agrees in cell i with probability r_i, independently of every other cell and of the leak, so its
// score is a sum of independent two-point variables. Equal (weight, r) are grouped: 6,000 cells become a few hundred
// groups. A value; const functions are thread-safe. Logarithms are natural.
class ScoreLaw {
 public:
  // Adds the cells of one channel as `decoder` weighs them.
  void add(const Bank& bank, std::size_t decoder);

  std::int64_t maximum() const { return maximum_; }
  double mean() const { return mean_; }
  double variance() const { return variance_; }
  std::size_t voting_cells() const { return voting_cells_; }
  // (score - mean) / standard deviation; 0 when nothing varies.
  double standard_score(std::int64_t score) const;

  // ln of an upper bound on P(innocent score >= score): min over theta >= 0 of exp(K(theta) - theta * score), which
  // holds for every theta, so an imprecise minimum is only a weaker bound. At the maximum it is the exact product of
  // the r_i.
  double log_chernoff(std::int64_t score) const;
  // ln of the saddle-point approximation of the same (Lugannani and Rice 1980, with Daniels' lattice correction). Not a
  // bound. Falls back to the Chernoff value where it is unstable: at the mean and near the maximum.
  double log_lugannani_rice(std::int64_t score) const;
  // The smallest score whose log_chernoff is at most `log_bound`; maximum() + 1 when there is none.
  std::int64_t score_at(double log_bound) const;

 private:
  struct Group {
    std::uint8_t weight;
    double agree;  // r
    double cells;
  };
  struct Tilt {
    double value;     // K(theta) - theta * score
    double slope;     // its derivative
    double variance;  // its second derivative: of the score under the tilted law
  };
  void add_group(const Group& group);
  Tilt tilt(double theta, double deficit) const;
  double best_theta(double deficit) const;
  double log_all_agree() const;

  std::vector<Group> groups_;
  std::int64_t maximum_ = 0;
  double mean_ = 0;
  double variance_ = 0;
  std::size_t voting_cells_ = 0;
};

// The law of a decoder's score over all channels.
ScoreLaw score_law(std::span<const Bank> banks, std::size_t decoder);

// Hoeffding's form for fair cells only, as a check on the others: ln exp(-2 (score - mean)^2 / sum of squared weights).
double log_hoeffding(const Bank& bank, std::size_t decoder, std::int64_t score);

}  // namespace probity::code
