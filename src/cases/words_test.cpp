// Words that people read about a case.
#include "cases/words.h"

#include <gtest/gtest.h>

#include "cases/kinds.h"

namespace probity::cases {
namespace {

TEST(CaseWords, EveryNameHasAChineseWord) {
  const auto check = [](const auto& table) {
    for (const auto& [value, name] : table)
      EXPECT_NE(word_of(name, commitments::Locale::zh), word_of(name, commitments::Locale::en)) << name;
  };
  check(kKinds);
  check(kStates);
  check(kSeverities);
  check(kRoles);
  check(kBases);
  check(kRelations);
  check(kTaskStates);
  check(kNodeKinds);
  check(kEdgeKinds);
  check(kChannels);
  check(kFindings);
  check(kProposalStates);
  check(kConsequenceKinds);
  check(kConsequenceStates);
  check(kEntryKinds);
  check(kAppealStates);
  check(kStageKinds);
  check(kStageStates);
  check(kOutcomes);
}

}  // namespace
}  // namespace probity::cases
