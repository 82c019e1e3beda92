#include "pdf/paginate.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <numeric>

namespace probity::pdf {
namespace {

std::vector<std::vector<std::size_t>> numbers(const std::vector<PageOfPieces>& pages) {
  std::vector<std::vector<std::size_t>> all;
  for (const PageOfPieces& page : pages) {
    all.emplace_back();
    for (const Placed& placed : page) all.back().push_back(placed.piece);
  }
  return all;
}

using Pages = std::vector<std::vector<std::size_t>>;

TEST(Paginate, FillsAPageAndGoesOn) {
  const std::vector<Extent> pieces(5, Extent{.height = 10});
  EXPECT_EQ(numbers(paginate(pieces, 30)), (Pages{{0, 1, 2}, {3, 4}}));
}

TEST(Paginate, TheLargerSpaceCountsAndNoneAtThePagesHead) {
  std::vector<Extent> pieces(3, Extent{.height = 10, .space_before = 4, .space_after = 6});
  const auto pages = paginate(pieces, 27);
  EXPECT_EQ(numbers(pages), (Pages{{0, 1}, {2}}));
  EXPECT_EQ(pages[0][0].top, 0);
  EXPECT_EQ(pages[0][1].top, 16);
  EXPECT_EQ(pages[1][0].top, 0);
}

TEST(Paginate, AHeadingGoesWithWhatFollows) {
  std::vector<Extent> pieces(4, Extent{.height = 10});
  pieces[2].keep_with_next = true;
  EXPECT_EQ(numbers(paginate(pieces, 30)), (Pages{{0, 1}, {2, 3}}));
}

TEST(Paginate, AChainLongerThanAPageIsTornWhereThePageEnds) {
  std::vector<Extent> pieces(7, Extent{.height = 10, .keep_with_next = true});
  EXPECT_EQ(numbers(paginate(pieces, 30)), (Pages{{0, 1, 2}, {3, 4, 5}, {6}}));
}

TEST(Paginate, ABreakIsObeyedEvenInsideAChain) {
  std::vector<Extent> pieces(3, Extent{.height = 10, .keep_with_next = true});
  pieces[1].starts_page = true;
  EXPECT_EQ(numbers(paginate(pieces, 100)), (Pages{{0}, {1, 2}}));
}

TEST(Paginate, APieceHigherThanAPageStandsAlone) {
  std::vector<Extent> pieces(3, Extent{.height = 10});
  pieces[1].height = 500;
  EXPECT_EQ(numbers(paginate(pieces, 30)), (Pages{{0}, {1}, {2}}));
}

TEST(Paginate, RoomIsKeptForARepeatedHeader) {
  std::vector<Extent> pieces(5, Extent{.height = 10, .repeated_height = 12});
  pieces[0].repeated_height = 0;  // the header itself
  const auto pages = paginate(pieces, 32);
  EXPECT_EQ(numbers(pages), (Pages{{0, 1, 2}, {3, 4}}));
  EXPECT_FALSE(pages[0][0].repeats);
  EXPECT_TRUE(pages[1][0].repeats);
  EXPECT_EQ(pages[1][0].top, 12);
  EXPECT_FALSE(pages[1][1].repeats);
}

// Whatever the extents: each piece once, in order, inside its page unless it is alone there.
TEST(Paginate, LosesNothing) {
  rc::check("every piece is placed once, in order, within its page", [] {
    const auto heights = *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 40));
    std::vector<Extent> pieces;
    for (const int height : heights)
      pieces.push_back({.height = static_cast<double>(height),
                        .space_before = static_cast<double>(height % 5),
                        .space_after = static_cast<double>(height % 3),
                        .keep_with_next = height % 4 == 0,
                        .starts_page = height % 11 == 0,
                        .repeated_height = height % 6 == 0 ? 7.0 : 0.0});
    std::size_t next = 0;
    for (const PageOfPieces& page : paginate(pieces, 50)) {
      RC_ASSERT(!page.empty());
      double bottom = 0;
      for (const Placed& placed : page) {
        RC_ASSERT(placed.piece == next++);
        RC_ASSERT(placed.top >= bottom);
        bottom = placed.top + pieces[placed.piece].height;
      }
      RC_ASSERT(bottom <= 50);
    }
    RC_ASSERT(next == pieces.size());
  });
}

}  // namespace
}  // namespace probity::pdf
