#include "media/png_writer.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "base/check.h"
#include "media/deflate_code.h"
#include "media/png_chunks.h"
#include "media/png_filter.h"
#include "media/png_piece.h"

namespace probity::media {
namespace {

constexpr std::uint64_t kAdlerModulus = 65521;
constexpr int kMarginBandRows = 64;

// PNG's bytes of some rows: 16-bit samples big-endian.
std::vector<Bytes> png_rows(const cv::Mat& pixels) {
  const auto samples = static_cast<std::size_t>(pixels.cols) * static_cast<std::size_t>(pixels.channels());
  std::vector<Bytes> rows(static_cast<std::size_t>(pixels.rows));
  for (int y = 0; y < pixels.rows; ++y) {
    Bytes& row = rows[static_cast<std::size_t>(y)];
    if (pixels.depth() == CV_8U) {
      row.assign(pixels.ptr(y), pixels.ptr(y) + samples);
      continue;
    }
    row.resize(2 * samples);
    const auto* from = pixels.ptr<std::uint16_t>(y);
    for (std::size_t i = 0; i < samples; ++i) {
      row[2 * i] = static_cast<std::uint8_t>(from[i] >> 8);
      row[2 * i + 1] = static_cast<std::uint8_t>(from[i]);
    }
  }
  return rows;
}

// A piece of a row and what became of it.
struct RowPiece {
  PngPiece where;
  std::uint32_t cell = tally::kNoCell;
  bool exchangeable = false;
  std::size_t a_extra_literals = 0;
  std::size_t b_extra_literals = 0;
};

// Compresses bytes only to learn how many they become.
class SizeMeter {
 public:
  explicit SizeMeter(bool wanted) : wanted_(wanted) {
    if (wanted_) deflateInit(&stream_, 6);
  }
  SizeMeter(const SizeMeter&) = delete;
  SizeMeter& operator=(const SizeMeter&) = delete;
  ~SizeMeter() {
    if (wanted_) deflateEnd(&stream_);
  }
  void add(const Bytes& bytes) { run(bytes, Z_NO_FLUSH); }
  std::size_t finish() {
    run({}, Z_FINISH);
    return wanted_ ? stream_.total_out : 0;
  }

 private:
  void run(const Bytes& bytes, int flush) {
    if (!wanted_) return;
    std::array<std::uint8_t, 16384> out{};
    stream_.next_in = const_cast<std::uint8_t*>(bytes.data());
    stream_.avail_in = static_cast<uInt>(bytes.size());
    do {
      stream_.next_out = out.data();
      stream_.avail_out = out.size();
      deflate(&stream_, flush);
    } while (stream_.avail_out == 0);
  }

  bool wanted_;
  z_stream stream_{};
};

class PngSplicer {
 public:
  PngSplicer(const Picture& picture, const cv::Mat1f& delta, const mark::CellPlan& plan, bool measure)
      : picture_(picture), delta_(delta), plan_(plan), meter_(measure) {
    content_.media = tally::MediaType::png;
    content_.cell_count = static_cast<std::uint32_t>(plan.cell_count());
    content_.a = png_start(picture);
    content_.b = content_.a;
    pixel_bytes_ = picture.pixels.elemSize();
    row_bytes_ = pixel_bytes_ * static_cast<std::size_t>(plan.width_px);
    total_bytes_ = (row_bytes_ + 1) * static_cast<std::size_t>(plan.height_px);
    a_above_ = b_above_ = Bytes(row_bytes_, 0);
    sums_.resize(content_.cell_count);
    a_bits_.put(0x0178, 16);  // zlib's header: DEFLATE, 32-KiB window, no dictionary
    b_bits_ = a_bits_;
  }

  PngTally finish_all();

 private:
  void add_band(int top, int bottom);
  PngFilter choose_filter(int y, const Bytes& row, const Bytes& above) const;
  DeflateCode band_code(int top, const std::vector<Bytes>& a, const std::vector<Bytes>& b);
  std::vector<RowPiece> pieces_of_row(int y) const;
  void add_row(int y, PngFilter chosen, Bytes a, Bytes b, const Bytes& master, const DeflateCode& code);
  bool fit_row(PngRowEditor& a, PngRowEditor& b, std::vector<RowPiece>& pieces, const Bytes& master, PngFilter filter,
               const DeflateCode& code);
  bool fit_piece(PngRowEditor& a, PngRowEditor& b, RowPiece& piece, const DeflateCode& code, int carried);
  void emit_row(const Bytes& a, const Bytes& b, const std::vector<RowPiece>& pieces, const DeflateCode& code);
  void add_to_sums(std::uint32_t cell, std::span<const std::uint8_t> a, std::span<const std::uint8_t> b,
                   std::size_t at);
  void flush_bits(std::uint32_t cell);
  void end_chunk();
  void end_piece(std::uint32_t cell);
  void add_plain(BytesView bytes) {
    ByteWriter(content_.a).bytes(bytes);
    ByteWriter(content_.b).bytes(bytes);
    end_piece(tally::kNoCell);
  }
  void end_stream();

  const Picture& picture_;
  const cv::Mat1f& delta_;
  const mark::CellPlan& plan_;
  tally::Content content_;
  PngStats stats_;
  SizeMeter meter_;
  std::size_t pixel_bytes_ = 0;
  std::size_t row_bytes_ = 0;
  std::uint64_t total_bytes_ = 0;  // of all filtered rows
  std::uint64_t done_bytes_ = 0;
  std::vector<PngFilter> filters_;  // of the band's rows
  Bytes a_above_, b_above_;
  DeflateBits a_bits_, b_bits_;
  struct ChunkPiece {
    std::size_t start = 0;
    std::size_t end = 0;
    std::uint32_t cell = 0;
  };
  Bytes a_chunk_, b_chunk_;
  std::vector<ChunkPiece> chunk_pieces_;
  std::vector<tally::ZlibTail::Sums> sums_;
  std::uint32_t adler_ = 1;
};

PngFilter PngSplicer::choose_filter(int y, const Bytes& row, const Bytes& above) const {
  // The last row of a cell is the same in both variants, but the one above is not.
  const bool last_of_cells = y < plan_.rows * plan_.cell_height_px && (y + 1) % plan_.cell_height_px == 0;
  return last_of_cells ? PngFilter::sub : best_filter({row.data(), above.data(), pixel_bytes_}, row.size());
}

DeflateCode PngSplicer::band_code(int top, const std::vector<Bytes>& a, const std::vector<Bytes>& b) {
  DeflateCounts counts{};
  filters_.clear();
  Bytes filtered(row_bytes_);
  for (std::size_t k = 0; k < a.size(); ++k) {
    const int y = top + static_cast<int>(k);
    const Bytes& above = k == 0 ? a_above_ : a[k - 1];
    filters_.push_back(choose_filter(y, a[k], above));
    const auto pieces = pieces_of_row(y);
    for (const bool first : {true, false}) {
      const Bytes& row = first ? a[k] : b[k];
      const Bytes& row_above = k == 0 ? (first ? a_above_ : b_above_) : (first ? a[k - 1] : b[k - 1]);
      filter_bytes({row.data(), row_above.data(), pixel_bytes_}, filters_.back(), 0, filtered);
      for (const RowPiece& piece : pieces) {
        const std::size_t start = std::max<std::size_t>(piece.where.first, 1) - 1;
        count_tokens(std::span(filtered).subspan(start, piece.where.last - 1 - start), counts);
      }
    }
  }
  return DeflateCode(counts);
}

std::vector<RowPiece> PngSplicer::pieces_of_row(int y) const {
  std::vector<RowPiece> pieces;
  const bool in_cells = y < plan_.rows * plan_.cell_height_px;
  const int within = y % plan_.cell_height_px;
  const bool edge = within == 0 || within == plan_.cell_height_px - 1;
  for (int left = 0; left < plan_.width_px;) {
    const int cell = in_cells ? plan_.cell_at(left, y) : mark::CellPlan::kNoCell;
    const int right = cell == mark::CellPlan::kNoCell ? plan_.width_px : left + plan_.cell_width_px;
    RowPiece piece;
    piece.where.first = left == 0 ? 0 : 1 + static_cast<std::size_t>(left) * pixel_bytes_;
    piece.where.last = 1 + static_cast<std::size_t>(right) * pixel_bytes_;
    if (cell != mark::CellPlan::kNoCell) {
      piece.cell = static_cast<std::uint32_t>(cell);
      piece.where.first_free = static_cast<std::size_t>(left) + 1;
      piece.where.last_free = edge ? 0 : static_cast<std::size_t>(right) - 1;
    }
    pieces.push_back(piece);
    left = right;
  }
  return pieces;
}

bool PngSplicer::fit_piece(PngRowEditor& a, PngRowEditor& b, RowPiece& piece, const DeflateCode& code, int carried) {
  const int a_length = carried + code.token_bits(a.filtered(piece.where));
  const int b_length = carried + code.token_bits(b.filtered(piece.where));
  const auto seed = static_cast<std::uint32_t>(done_bytes_ + piece.where.first);
  const auto try_length = [&](int length, bool may_move) {
    const auto a_fit = a.fit(piece.where, code, length - carried, may_move, seed);
    if (!a_fit) return false;
    const auto b_fit = b.fit(piece.where, code, length - carried, may_move, seed + 1);
    if (!b_fit) return false;
    piece.a_extra_literals = a_fit->extra_literals;
    piece.b_extra_literals = b_fit->extra_literals;
    stats_.moved_samples += a_fit->moves + b_fit->moves;
    return true;
  };
  const int longer = (std::max(a_length, b_length) + 7) / 8 * 8;
  for (const int offset : {0, 8, 16, 24, 32})
    if (try_length(longer + offset, false)) return true;
  const int nearest = (a_length + b_length + 8) / 16 * 8;
  for (const int offset : {0, 8, -8})
    if (try_length(nearest + offset, true)) return true;
  return false;
}

// False when a piece cannot be made to fit under this filter; it always can be under Sub, where a row stands alone.
bool PngSplicer::fit_row(PngRowEditor& a, PngRowEditor& b, std::vector<RowPiece>& pieces, const Bytes& master,
                         PngFilter filter, const DeflateCode& code) {
  int carried = a_bits_.pending_bits();
  for (RowPiece& piece : pieces) {
    piece.exchangeable = false;
    piece.a_extra_literals = piece.b_extra_literals = 0;
    if (!std::ranges::equal(a.filtered(piece.where), b.filtered(piece.where))) {
      piece.exchangeable = fit_piece(a, b, piece, code, carried);
      if (!piece.exchangeable) {
        if (filter != PngFilter::sub) return false;
        a.replace(piece.where, master);
        b.replace(piece.where, master);
        ++stats_.unmarked_pieces;
      }
    }
    carried = piece.exchangeable ? 0 : (carried + code.token_bits(a.filtered(piece.where))) % 8;
  }
  return true;
}

void PngSplicer::add_row(int y, PngFilter chosen, Bytes a, Bytes b, const Bytes& master, const DeflateCode& code) {
  auto pieces = pieces_of_row(y);
  const bool sixteen = picture_.pixels.depth() == CV_16U;
  for (const PngFilter filter : {chosen, PngFilter::sub}) {
    Bytes a_row = a;
    Bytes b_row = b;
    PngRowEditor a_editor(a_row, a_above_, pixel_bytes_, sixteen, filter);
    PngRowEditor b_editor(b_row, b_above_, pixel_bytes_, sixteen, filter);
    if (!fit_row(a_editor, b_editor, pieces, master, filter, code)) continue;
    emit_row(a_editor.filtered(), b_editor.filtered(), pieces, code);
    a_above_ = std::move(a_row);
    b_above_ = std::move(b_row);
    return;
  }
  PROBITY_CHECK(false);
}

void PngSplicer::add_to_sums(std::uint32_t cell, std::span<const std::uint8_t> a, std::span<const std::uint8_t> b,
                             std::size_t at) {
  std::uint64_t low = sums_[cell].low;
  std::uint64_t high = sums_[cell].high;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::uint64_t change = (kAdlerModulus + a[i] - b[i]) % kAdlerModulus;
    low += change;
    high = (high + change * ((total_bytes_ - done_bytes_ - at - i) % kAdlerModulus)) % kAdlerModulus;
  }
  sums_[cell] = {static_cast<std::uint16_t>(low % kAdlerModulus), static_cast<std::uint16_t>(high)};
}

void PngSplicer::emit_row(const Bytes& a, const Bytes& b, const std::vector<RowPiece>& pieces,
                          const DeflateCode& code) {
  for (const RowPiece& piece : pieces) {
    const PngPiece& where = piece.where;
    const auto a_bytes = std::span(a).subspan(where.first, where.last - where.first);
    const auto b_bytes = std::span(b).subspan(where.first, where.last - where.first);
    code.put_tokens(a_bytes, piece.a_extra_literals, a_bits_);
    code.put_tokens(b_bytes, piece.b_extra_literals, b_bits_);
    flush_bits(piece.exchangeable ? piece.cell : tally::kNoCell);
    if (!piece.exchangeable) continue;
    ++stats_.pieces;
    add_to_sums(piece.cell, a_bytes, b_bytes, where.first);
  }
  adler_ = static_cast<std::uint32_t>(adler32(adler_, b.data(), static_cast<uInt>(b.size())));
  meter_.add(a);
  done_bytes_ += b.size();
}

// Moves whole bytes into the chunk as one piece; bits that do not fill a byte stay, and are the same in both variants.
void PngSplicer::flush_bits(std::uint32_t cell) {
  PROBITY_CHECK(a_bits_.bytes().size() == b_bits_.bytes().size() && a_bits_.pending_bits() == b_bits_.pending_bits());
  PROBITY_CHECK(cell == tally::kNoCell || a_bits_.pending_bits() == 0);
  const std::size_t start = a_chunk_.size();
  ByteWriter(a_chunk_).bytes(a_bits_.bytes());
  ByteWriter(b_chunk_).bytes(b_bits_.bytes());
  if (a_chunk_.size() > start) {
    const bool joins = cell == tally::kNoCell && !chunk_pieces_.empty() && chunk_pieces_.back().cell == cell;
    if (joins)
      chunk_pieces_.back().end = a_chunk_.size();
    else
      chunk_pieces_.push_back({start, a_chunk_.size(), cell});
  }
  const unsigned pending = b_bits_.pending();
  const int pending_bits = b_bits_.pending_bits();
  for (DeflateBits* bits : {&a_bits_, &b_bits_}) {
    bits->clear();
    bits->put(pending, pending_bits);
  }
}

void PngSplicer::end_piece(std::uint32_t cell) {
  const auto end = static_cast<std::uint32_t>(content_.b.size());
  if (!content_.pieces.empty() && cell == tally::kNoCell && content_.pieces.back().cell == cell)
    content_.pieces.back().end = end;
  else
    content_.pieces.push_back({end, cell});
}

void PngSplicer::end_chunk() {
  if (b_chunk_.empty()) return;
  Bytes chunk;
  put_chunk(chunk, "IDAT", b_chunk_);
  add_plain(BytesView(chunk).first(8));
  std::map<std::uint32_t, std::uint32_t> changes;
  for (const ChunkPiece& piece : chunk_pieces_) {
    const auto start = static_cast<std::ptrdiff_t>(piece.start);
    const auto end = static_cast<std::ptrdiff_t>(piece.end);
    content_.a.insert(content_.a.end(), a_chunk_.begin() + start, a_chunk_.begin() + end);
    content_.b.insert(content_.b.end(), b_chunk_.begin() + start, b_chunk_.begin() + end);
    end_piece(piece.cell);
    if (piece.cell == tally::kNoCell) continue;
    Bytes change(a_chunk_.begin() + start, a_chunk_.begin() + end);
    for (std::size_t i = 0; i < change.size(); ++i) change[i] ^= b_chunk_[piece.start + i];
    changes[piece.cell] ^= crc_change(change, b_chunk_.size() - piece.end);
  }
  const auto crc_at = static_cast<std::uint32_t>(content_.b.size());
  add_plain(BytesView(chunk).last(4));
  for (std::uint32_t byte = 0; byte < 4; ++byte)
    for (const auto& [cell, change] : changes)
      if (const auto flip = static_cast<std::uint8_t>(change >> (24 - 8 * byte)); flip != 0)
        content_.flips.push_back({crc_at + byte, cell, flip});
  a_chunk_.clear();
  b_chunk_.clear();
  chunk_pieces_.clear();
}

void PngSplicer::add_band(int top, int bottom) {
  const cv::Mat pixels = picture_.pixels.rowRange(top, bottom);
  const cv::Mat1f delta = delta_.rowRange(top, bottom);
  auto a = png_rows(with_mark(pixels, delta, Variant::a));
  auto b = png_rows(with_mark(pixels, delta, Variant::b));
  const auto master = png_rows(pixels);
  const DeflateCode code = band_code(top, a, b);
  for (DeflateBits* bits : {&a_bits_, &b_bits_}) code.put_header(*bits, bottom == plan_.height_px);
  flush_bits(tally::kNoCell);
  for (std::size_t k = 0; k < a.size(); ++k)
    add_row(top + static_cast<int>(k), filters_[k], std::move(a[k]), std::move(b[k]), master[k], code);
  for (DeflateBits* bits : {&a_bits_, &b_bits_}) code.put_end(*bits);
  if (bottom == plan_.height_px)
    for (DeflateBits* bits : {&a_bits_, &b_bits_}) bits->put(0, (8 - bits->pending_bits()) % 8);
  flush_bits(tally::kNoCell);
  end_chunk();
}

void PngSplicer::end_stream() {
  Bytes adler;
  put_big_endian_32(adler, adler_);
  Bytes chunk;
  put_chunk(chunk, "IDAT", adler);
  tally::ZlibTail tail;
  tail.offset = static_cast<std::uint32_t>(content_.b.size()) + 8;
  tail.base = {static_cast<std::uint16_t>(adler_), static_cast<std::uint16_t>(adler_ >> 16)};
  tail.cells = std::move(sums_);
  content_.zlib_tail = std::move(tail);
  put_chunk(chunk, "IEND", {});
  add_plain(chunk);
}

PngTally PngSplicer::finish_all() {
  end_piece(tally::kNoCell);
  const int marked_rows = plan_.rows * plan_.cell_height_px;
  for (int top = 0; top < plan_.height_px;) {
    const int rows = top < marked_rows ? plan_.cell_height_px : kMarginBandRows;
    const int bottom = std::min(top + rows, plan_.height_px);
    add_band(top, bottom);
    top = bottom;
  }
  end_stream();
  stats_.copy_bytes = content_.a.size();
  stats_.plain_bytes = meter_.finish();
  return {std::move(content_), stats_};
}

bool zero_on_edges(const cv::Mat1f& delta, const mark::CellPlan& plan) {
  for (int y = 0; y < delta.rows; ++y)
    for (int x = 0; x < delta.cols; ++x) {
      if (delta(y, x) == 0) continue;
      const int in_x = x % plan.cell_width_px;
      const int in_y = y % plan.cell_height_px;
      if (plan.cell_at(x, y) == mark::CellPlan::kNoCell || in_x == 0 || in_y == 0 || in_x == plan.cell_width_px - 1 ||
          in_y == plan.cell_height_px - 1)
        return false;
    }
  return true;
}

}  // namespace

Result<PngTally> encode_png_tally(const Picture& picture, const cv::Mat1f& delta, const mark::CellPlan& plan,
                                  bool measure_plain_size) {
  PROBITY_CHECK(delta.size() == picture.pixels.size() && delta.cols == plan.width_px && delta.rows == plan.height_px);
  if (!zero_on_edges(delta, plan))
    return fail(ErrorCode::invalid_argument, "the mark is not zero on the edges of its cells");
  return std::make_unique<PngSplicer>(picture, delta, plan, measure_plain_size)->finish_all();
}

}  // namespace probity::media
