#include "media/png_writer.h"

#include <gtest/gtest.h>
#include <png.h>
#include <rapidcheck.h>
#include <zlib.h>

#include <csetjmp>
#include <cstring>

#include "media/decode.h"
#include "media/deflate_code.h"
#include "media/test_pictures.h"

namespace probity::media {
namespace {

using Bits = std::vector<std::uint8_t>;

// Decoded by libpng, which checks every CRC and zlib's Adler-32; a warning counts as failure.
struct Reader {
  BytesView left;
  bool clean = true;
};

void read_bytes(png_structp png, png_bytep out, std::size_t size) {
  auto* reader = static_cast<Reader*>(png_get_io_ptr(png));
  if (size > reader->left.size()) png_error(png, "short");
  std::memcpy(out, reader->left.data(), size);
  reader->left = reader->left.subspan(size);
}
void refuse(png_structp png, png_const_charp) {
  static_cast<Reader*>(png_get_error_ptr(png))->clean = false;
  png_longjmp(png, 1);
}

bool decode_strictly(BytesView file, cv::Mat& pixels, bool& has_profile) {
  Reader reader{file};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader, refuse, refuse);
  png_infop info = png_create_info_struct(png);
  if (setjmp(png_jmpbuf(png)) != 0) {
    png_destroy_read_struct(&png, &info, nullptr);
    return false;
  }
  png_set_read_fn(png, &reader, read_bytes);
  png_read_info(png, info);
  const bool sixteen = png_get_bit_depth(png, info) == 16;
  if (sixteen) png_set_swap(png);
  pixels.create(static_cast<int>(png_get_image_height(png, info)), static_cast<int>(png_get_image_width(png, info)),
                CV_MAKETYPE(sixteen ? CV_16U : CV_8U, png_get_channels(png, info)));
  for (int y = 0; y < pixels.rows; ++y) png_read_row(png, pixels.ptr(y), nullptr);
  png_read_end(png, info);
  has_profile = png_get_valid(png, info, PNG_INFO_iCCP) != 0;
  png_destroy_read_struct(&png, &info, nullptr);
  return reader.clean && reader.left.empty();
}

struct Case {
  Picture picture;
  mark::CellPlan plan;
  cv::Mat1f delta;
};

Case make_case(int width_px, int height_px, int type, unsigned seed, mark::CodingUnit unit = {8, 8},
               float strength = 2) {
  Case made;
  made.picture.pixels = made_up_pixels(width_px, height_px, type, seed);
  made.picture.format = FileFormat::png;
  made.plan = mark::plan_cells(width_px, height_px, unit).value();
  made.delta = made_up_delta(made.plan, strength, seed);
  return made;
}

Bytes woven(const tally::Content& content, const Bits& bits) {
  const auto tally = tally::Tally::parse_owned(*tally::encode(content)).value();
  Bytes out(tally.size());
  EXPECT_TRUE(tally.weave(bits, 0, out).has_value());
  return out;
}

double max_difference(const cv::Mat& a, const cv::Mat& b) { return cv::norm(a, b, cv::NORM_INF); }

TEST(png_writer, any_mix_is_a_valid_png_of_the_chosen_cells) {
  rc::check([] {
    const int type = *rc::gen::element(CV_8UC1, CV_8UC3, CV_16UC1, CV_16UC3);
    const Case c =
        make_case(64 + *rc::gen::inRange(0, 41), 64 + *rc::gen::inRange(0, 41), type, *rc::gen::arbitrary<unsigned>(),
                  *rc::gen::element(mark::CodingUnit{8, 8}, mark::CodingUnit{1, 1}));
    const auto made = encode_png_tally(c.picture, c.delta, c.plan).value();
    const auto bits =
        *rc::gen::container<Bits>(static_cast<std::size_t>(c.plan.cell_count()), rc::gen::inRange<std::uint8_t>(0, 2));
    cv::Mat pixels;
    bool profile = false;
    RC_ASSERT(decode_strictly(woven(made.content, bits), pixels, profile));
    RC_ASSERT(pixels.type() == type);
    // Each pixel is the master plus or minus the mark, give or take the steps that made lengths fit; edges are exact.
    const double step = CV_MAT_DEPTH(type) == CV_8U ? 1 : 257;
    const cv::Mat wanted = with_mark(c.picture.pixels, signed_by_bits(c.delta, c.plan, bits), Variant::a);
    RC_ASSERT(max_difference(pixels, c.picture.pixels) <= 5 * step);
    if (made.stats.unmarked_pieces == 0) {
      RC_ASSERT(max_difference(pixels, wanted) <= 3 * step);
    }
    for (int y = 0; y < pixels.rows; ++y)
      for (int x = 0; x < pixels.cols; ++x) {
        const bool inside = c.plan.cell_at(x, y) >= 0 && x % c.plan.cell_width_px != 0 &&
                            y % c.plan.cell_height_px != 0 && (x + 1) % c.plan.cell_width_px != 0 &&
                            (y + 1) % c.plan.cell_height_px != 0;
        if (inside) continue;
        const auto size = pixels.elemSize();
        RC_ASSERT(std::memcmp(pixels.ptr(y, x), c.picture.pixels.ptr(y, x), size) == 0);
      }
  });
}

TEST(png_writer, flat_pictures_and_extremes_work) {
  for (const int level : {0, 1, 128, 255}) {
    Case c = make_case(150, 130, CV_8UC3, 3, {8, 8}, 1.0F);
    c.picture.pixels.setTo(cv::Scalar::all(level));
    const auto made = encode_png_tally(c.picture, c.delta, c.plan).value();
    cv::Mat pixels;
    bool profile = false;
    ASSERT_TRUE(
        decode_strictly(woven(made.content, Bits(static_cast<std::size_t>(c.plan.cell_count()), 1)), pixels, profile));
    EXPECT_LE(max_difference(pixels, c.picture.pixels), 2);
  }
}

TEST(png_writer, the_profile_goes_along) {
  Case c = make_case(80, 80, CV_8UC3, 1);
  const auto with_profile = decode_picture(write_picture(c.picture.pixels, ".png", {.with_profile = true})).value();
  for (const bool wanted : {false, true}) {
    c.picture.icc = wanted ? with_profile.icc : Bytes{};
    const auto made = encode_png_tally(c.picture, c.delta, c.plan).value();
    cv::Mat pixels;
    bool found = !wanted;
    ASSERT_TRUE(
        decode_strictly(woven(made.content, Bits(static_cast<std::size_t>(c.plan.cell_count()))), pixels, found));
    EXPECT_EQ(found, wanted);
  }
}

TEST(png_writer, a_mark_that_touches_an_edge_is_refused) {
  Case c = make_case(80, 80, CV_8UC3, 1);
  c.delta(0, 5) = 1;
  EXPECT_EQ(encode_png_tally(c.picture, c.delta, c.plan).error().code, ErrorCode::invalid_argument);
}

TEST(deflate_code, blocks_inflate_to_what_went_in) {
  rc::check([] {
    Bytes bytes;
    for (int runs = *rc::gen::inRange(0, 30); runs > 0; --runs)
      bytes.insert(bytes.end(),
                   *rc::gen::weightedElement<std::size_t>({{5, 1}, {2, 3}, {2, 4}, {1, 258}, {1, 259}, {1, 700}}),
                   *rc::gen::arbitrary<std::uint8_t>());
    DeflateCounts counts{};
    count_tokens(bytes, counts);
    const DeflateCode code(counts);
    DeflateBits bits;
    code.put_header(bits, true);
    const std::size_t before = 8 * bits.bytes().size() + static_cast<std::size_t>(bits.pending_bits());
    const auto extra = *rc::gen::inRange<std::size_t>(0, 40);
    code.put_tokens(bytes, extra, bits);
    RC_ASSERT(8 * bits.bytes().size() + static_cast<std::size_t>(bits.pending_bits()) - before ==
              static_cast<std::size_t>(code.token_bits(bytes, extra)));
    code.put_end(bits);
    bits.put(0, (8 - bits.pending_bits()) % 8);
    Bytes out(bytes.size() + 1);
    z_stream stream{};
    RC_ASSERT(inflateInit2(&stream, -15) == Z_OK);
    stream.next_in = const_cast<std::uint8_t*>(bits.bytes().data());
    stream.avail_in = static_cast<uInt>(bits.bytes().size());
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    const int ended = inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    RC_ASSERT(ended == Z_STREAM_END);
    out.resize(stream.total_out);
    RC_ASSERT(out == bytes);
  });
}

}  // namespace
}  // namespace probity::media
