#include "media/jpeg_splice.h"

#include <algorithm>

#include "base/check.h"
#include "media/bit_budget.h"

namespace probity::media {
namespace {

constexpr unsigned kMostAttempts = 48;

// MCUs [first, last) of one row.
struct Run {
  int row = 0;
  int first = 0;
  int last = 0;
};

struct Predictions {
  int luma = 0;
  int blue = 0;
  int red = 0;
};

using Blocks = std::vector<ZigzagBlock>;

// Luma blocks of a run in coding order.
void collect_luma(const CoefficientImage& image, std::size_t variant, const Run& run, Blocks& out) {
  const JpegLayout& layout = image.layout;
  const BlockPlane& plane = image.luma[variant];
  out.clear();
  for (int mcu = run.first; mcu < run.last; ++mcu)
    for (int y = 0; y < layout.luma_y(); ++y)
      for (int x = 0; x < layout.luma_x(); ++x)
        out.push_back(plane.at(mcu * layout.luma_x() + x, run.row * layout.luma_y() + y));
}

// Codes a run, luma to one sink and chroma to the other, and returns what the next run is predicted from.
template <class LumaSink, class ChromaSink>
Predictions code_run(const CoefficientImage& image, const Run& run, std::span<const ZigzagBlock> luma, Predictions from,
                     LumaSink&& luma_sink, ChromaSink&& chroma_sink) {
  const auto per_mcu = static_cast<std::size_t>(image.layout.luma_x() * image.layout.luma_y());
  for (int mcu = run.first; mcu < run.last; ++mcu) {
    for (std::size_t i = 0; i < per_mcu; ++i) {
      const ZigzagBlock& block = luma[static_cast<std::size_t>(mcu - run.first) * per_mcu + i];
      code_block(block, from.luma, luma_sink);
      from.luma = block[0];
    }
    if (image.chroma.empty()) continue;
    const ZigzagBlock& blue = image.chroma[0].at(mcu, run.row);
    const ZigzagBlock& red = image.chroma[1].at(mcu, run.row);
    code_block(blue, from.blue, chroma_sink);
    code_block(red, from.red, chroma_sink);
    from.blue = blue[0];
    from.red = red[0];
  }
  return from;
}

class Splicer {
 public:
  Splicer(const CoefficientImage& image, const ComponentTables& tables, tally::Content& content)
      : image_(image), tables_(tables), content_(content) {}

  void add_run(const Run& run, std::uint32_t cell) {
    collect_luma(image_, 0, run, a_);
    collect_luma(image_, 1, run, b_);
    if (cell != tally::kNoCell) share_last_prediction();
    if (a_ == b_) return add_shared(run);
    PROBITY_CHECK(cell != tally::kNoCell);  // the mark is zero outside the cells
    if (fit(run)) {
      ++stats_.runs;
      return emit_pair(cell);
    }
    ++stats_.unmarked_runs;
    for (std::size_t i = 0; i < a_.size(); ++i)
      for (std::size_t k = 0; k < 64; ++k) a_[i][k] = static_cast<std::int16_t>((a_[i][k] + b_[i][k]) / 2);
    add_shared(run);
  }

  SpliceStats finish() {
    // The last byte is filled with ones; a JPEG ends with its marker.
    if (const int missing = (8 - carried_bits_) % 8; missing > 0) {
      const std::uint8_t byte = static_cast<std::uint8_t>(carried_ << missing | ((1U << missing) - 1));
      append(Bytes{byte}, Bytes{byte});
    }
    for (Bytes* variant : {&content_.a, &content_.b}) variant->insert(variant->end(), {0xFF, 0xD9});
    end_piece(tally::kNoCell);
    return stats_;
  }

 private:
  void share_last_prediction() {
    std::int16_t& a = a_.back()[0];
    std::int16_t& b = b_.back()[0];
    a = b = static_cast<std::int16_t>((a + b) / 2);
  }

  // Bits of a run in one variant and in the other, which have the same chroma.
  std::pair<int, int> run_bits(const Run& run) const {
    LengthSink a_luma{tables_.luma};
    LengthSink chroma{tables_.chroma};
    code_run(image_, run, a_, predictions_, a_luma, chroma);
    LengthSink b_luma{tables_.luma};
    int predicted = predictions_.luma;
    for (const ZigzagBlock& block : b_) {
      code_block(block, predicted, b_luma);
      predicted = block[0];
    }
    return {a_luma.bits + chroma.bits, b_luma.bits + chroma.bits};
  }

  Predictions write(const Run& run, const Blocks& luma, BitString& out) const {
    out.start(luma.size() + 2 * static_cast<std::size_t>(run.last - run.first));
    out.put(carried_, carried_bits_);
    const Predictions after =
        code_run(image_, run, luma, predictions_, WriteSink{tables_.luma, out}, WriteSink{tables_.chroma, out});
    out.finish();
    return after;
  }

  // Changes a_ and b_ so that both can stand in for each other, and leaves their bytes in a_bits_ and b_bits_.
  bool fit(const Run& run) {
    const auto [a_bits, b_bits] = run_bits(run);
    const int a_length = carried_bits_ + a_bits;
    const int b_length = carried_bits_ + b_bits;
    const auto a_moves = possible_moves(a_, tables_.luma, a_moves_);
    const auto b_moves = possible_moves(b_, tables_.luma, b_moves_);
    const int nearest = (a_length + b_length + 8) / 16 * 8;
    constexpr int kOffsets[] = {0, 8, -8, 16};
    for (unsigned attempt = 0; attempt < kMostAttempts; ++attempt) {
      const int length = nearest + kOffsets[attempt % 4];
      const auto a_chosen = choose_moves(a_moves, a_.size(), length - a_length, attempt / 4);
      if (!a_chosen) continue;
      const auto b_chosen = choose_moves(b_moves, b_.size(), length - b_length, attempt / 4);
      if (!b_chosen) continue;
      if (!write_changed(run, *a_chosen, *b_chosen)) continue;
      stats_.changed_coefficients += a_chosen->size() + b_chosen->size();
      return true;
    }
    return false;
  }

  // False when the bytes to be stuffed are not equally many.
  bool write_changed(const Run& run, const std::vector<Move>& a_chosen, const std::vector<Move>& b_chosen) {
    changed_ = a_;
    make_moves(a_chosen, changed_);
    const Predictions after = write(run, changed_, a_bits_);
    changed_ = b_;
    make_moves(b_chosen, changed_);
    write(run, changed_, b_bits_);
    PROBITY_CHECK(a_bits_.bytes().size() == b_bits_.bytes().size());
    PROBITY_CHECK(a_bits_.pending_bits() == 0 && b_bits_.pending_bits() == 0);
    if (std::ranges::count(a_bits_.bytes(), 0xFF) != std::ranges::count(b_bits_.bytes(), 0xFF)) return false;
    next_predictions_ = after;
    return true;
  }

  void emit_pair(std::uint32_t cell) {
    append(a_bits_.bytes(), b_bits_.bytes());
    end_piece(cell);
    carried_ = 0;
    carried_bits_ = 0;
    predictions_ = next_predictions_;
  }

  // A run that is the same in both variants may end anywhere in a byte: the next run starts with the rest.
  void add_shared(const Run& run) {
    predictions_ = write(run, a_, a_bits_);
    carried_ = a_bits_.pending();
    carried_bits_ = a_bits_.pending_bits();
    if (a_bits_.bytes().empty()) return;
    append(a_bits_.bytes(), a_bits_.bytes());
    end_piece(tally::kNoCell);
  }

  void append(BytesView a, BytesView b) {
    stats_.stuffed_bytes += append_stuffed(content_.a, a);
    append_stuffed(content_.b, b);
    PROBITY_CHECK(content_.a.size() == content_.b.size());
  }

  static std::size_t append_stuffed(Bytes& out, BytesView bytes) {
    const std::size_t before = out.size();
    for (const std::uint8_t byte : bytes) {
      out.push_back(byte);
      if (byte == 0xFF) out.push_back(0);
    }
    return out.size() - before - bytes.size();
  }

  void end_piece(std::uint32_t cell) {
    auto& pieces = content_.pieces;
    const auto end = static_cast<std::uint32_t>(content_.a.size());
    if (!pieces.empty() && cell == tally::kNoCell && pieces.back().cell == tally::kNoCell)
      pieces.back().end = end;
    else
      pieces.push_back({end, cell});
  }

  const CoefficientImage& image_;
  const ComponentTables& tables_;
  tally::Content& content_;
  Predictions predictions_;
  Predictions next_predictions_;
  unsigned carried_ = 0;  // bits of shared runs that do not fill a byte yet
  int carried_bits_ = 0;
  Blocks a_, b_, changed_;
  std::vector<Move> a_moves_, b_moves_;
  BitString a_bits_, b_bits_;
  SpliceStats stats_;
};

std::uint32_t cell_of(const mark::CellPlan& plan, int mcu, int row) {
  const int cell = plan.cell_at(mcu * plan.unit.width_px, row * plan.unit.height_px);
  return cell == mark::CellPlan::kNoCell ? tally::kNoCell : static_cast<std::uint32_t>(cell);
}

}  // namespace

SpliceStats splice_scan(const CoefficientImage& image, const ComponentTables& tables, const mark::CellPlan& plan,
                        tally::Content& content) {
  Splicer splicer(image, tables, content);
  const int mcus = image.layout.mcus_per_row();
  for (int row = 0; row < image.layout.mcu_rows(); ++row)
    for (int first = 0; first < mcus;) {
      const std::uint32_t cell = cell_of(plan, first, row);
      int last = first + 1;
      while (last < mcus && cell_of(plan, last, row) == cell) ++last;
      splicer.add_run({row, first, last}, cell);
      first = last;
    }
  return splicer.finish();
}

}  // namespace probity::media
