// Prepares photographs and weaves their copies: size cost, time against plain libjpeg-turbo, throughput, memory.
//   media_bench [photo.jpg …]     without arguments: the photographs of the Debian packages
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>
// libjpeg's header needs size_t and FILE before it.
#include <jpeglib.h>

#include "media/asset.h"
#include "media/decode.h"

namespace {

using namespace probity;

struct Seconds {
  double wall = 0;
  double processor = 0;  // of this process and its ended children
};

double processor_seconds() {
  double sum = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    getrusage(who, &usage);
    for (const timeval& time : {usage.ru_utime, usage.ru_stime})
      sum += static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  }
  return sum;
}

// The best of `times` runs, so that other work on the machine disturbs less.
Seconds best_of(int times, const std::function<void()>& work) {
  Seconds best{1e9, 1e9};
  for (int i = 0; i < times; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const double processor = processor_seconds();
    work();
    best.processor = std::min(best.processor, processor_seconds() - processor);
    best.wall = std::min(best.wall, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

Bytes read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

cv::Mat plain_decode(const Bytes& file) {
  jpeg_decompress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, file.data(), file.size());
  jpeg_read_header(&info, TRUE);
  info.out_color_space = JCS_RGB;
  jpeg_start_decompress(&info);
  cv::Mat pixels(static_cast<int>(info.output_height), static_cast<int>(info.output_width), CV_8UC3);
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = pixels.ptr(static_cast<int>(info.output_scanline));
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  return pixels;
}

std::size_t plain_encode(const cv::Mat& pixels, bool full_chroma) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &buffer, &size);
  info.image_width = static_cast<JDIMENSION>(pixels.cols);
  info.image_height = static_cast<JDIMENSION>(pixels.rows);
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, 92, TRUE);
  if (full_chroma) info.comp_info[0].h_samp_factor = info.comp_info[0].v_samp_factor = 1;
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    auto* row = const_cast<std::uint8_t*>(pixels.ptr(static_cast<int>(info.next_scanline)));
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::free(buffer);
  return size;
}

std::vector<std::string> package_photos() {
  std::vector<std::string> paths;
  for (const char* folder : {"/usr/share/backgrounds", "/usr/share/backgrounds/mate/nature"})
    if (std::filesystem::is_directory(folder))
      for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".jpg") paths.push_back(entry.path());
  std::ranges::sort(paths);
  return paths;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void size_table(const std::vector<std::string>& paths) {
  std::vector<double> large, small;
  fmt::print("{:44} {:>6} {:>6} {:>7} {:>7} {:>9} {:>9} {:>7} {:>7}\n", "photo", "MP", "chroma", "pieces", "unfit",
             "plain", "copy", "cost %", "PSNR");
  for (const std::string& path : paths) {
    const auto picture = media::decode_picture_file(path);
    if (!picture) {
      fmt::print("{}: {}\n", path, picture.error().message);
      continue;
    }
    const auto made = media::prepare_asset(*picture, sha256(as_bytes(path)));
    if (!made) {
      fmt::print("{}: {}\n", path, made.error().message);
      continue;
    }
    const auto& stats = made->stats;
    const double megapixels = 1e-6 * static_cast<double>(picture->pixels.total());
    const double cost = 100.0 * (static_cast<double>(stats.copy_bytes) / static_cast<double>(stats.plain_bytes) - 1);
    (megapixels >= 8 ? large : small).push_back(cost);
    fmt::print("{:44} {:6.1f} {:>6} {:7} {:7} {:9} {:9} {:7.2f} {:7.2f}\n",
               std::filesystem::path(path).filename().string(), megapixels,
               media::name_of(media::delivered_subsampling(*picture)), stats.pieces, stats.unmarked_pieces,
               stats.plain_bytes, stats.copy_bytes, cost, stats.mark_psnr_db);
  }
  fmt::print("median size cost: {:.2f} % at 8 MP and above ({} photos), {:.2f} % below ({})\n\n", median(large),
             large.size(), median(small), small.size());
}

void prepare_times(const std::string& path) {
  const Bytes file = read_file(path);
  cv::Mat pixels;
  const Seconds decode = best_of(3, [&] { pixels = plain_decode(file); });
  const bool full = media::decode_picture(file)->subsampling == media::Subsampling::full_444;
  const Seconds encode = best_of(3, [&] { plain_encode(pixels, full); });
  const double limit = decode.processor + 2 * encode.processor;

  Result<media::Picture> picture;
  const Seconds ours_decode = best_of(3, [&] { picture = media::decode_picture(file); });
  const auto plan = *mark::plan_cells(pixels.cols, pixels.rows, media::delivered_unit(*picture));
  cv::Mat1f luma, delta;
  const Seconds ours_luma = best_of(3, [&] { luma = media::luma_plane(*picture); });
  const Seconds ours_mark = best_of(3, [&] { delta = mark::mark_delta(luma, plan, Hash{}, {}); });
  const Seconds ours_encode = best_of(3, [&] { (void)media::prepare_with_mark(*picture, luma, delta, plan); });
  fmt::print("prepare {} ({:.1f} MP), seconds of processor (wall)\n", std::filesystem::path(path).filename().string(),
             1e-6 * static_cast<double>(pixels.total()));
  const auto line = [](const char* what, const Seconds& s) {
    fmt::print("  {:40} {:.3f} ({:.3f})\n", what, s.processor, s.wall);
  };
  line("libjpeg-turbo decode", decode);
  line("libjpeg-turbo encode, quality 92", encode);
  line("decode in the child", ours_decode);
  line("luma plane", ours_luma);
  line("mark", ours_mark);
  line("encode both variants to fit", ours_encode);
  const double sum = ours_decode.processor + ours_luma.processor + ours_encode.processor;
  fmt::print("  prepare without mark {:.3f} = {:.2f} x (decode + two encodes)\n\n", sum, sum / limit);
}

void weave_speed(const std::string& path) {
  const auto picture = media::decode_picture_file(path);
  const auto made = media::prepare_asset(*picture, Hash{});
  const auto tally = tally::Tally::parse_owned(*tally::encode(made->content));
  std::mt19937 random(7);
  std::vector<std::vector<std::uint8_t>> codewords(64, std::vector<std::uint8_t>(tally->cell_count()));
  for (auto& bits : codewords)
    for (auto& bit : bits) bit = random() & 1;
  Bytes out(tally->size());
  const Seconds first = best_of(1, [&] { (void)tally->weave(codewords[0], 0, out); });
  const int copies = static_cast<int>(4e9 / static_cast<double>(tally->size()) / 5);
  const Seconds weave = best_of(5, [&] {
    for (int i = 0; i < copies; ++i) (void)tally->weave(codewords[static_cast<std::size_t>(i) % 64], 0, out);
  });
  const Seconds copy = best_of(5, [&] {
    for (int i = 0; i < copies; ++i) {
      const Bytes& from = i % 2 == 0 ? made->content.a : made->content.b;
      std::memcpy(out.data(), from.data(), from.size());
      asm volatile("" : : "r"(out.data()) : "memory");
    }
  });
  const Seconds gather = best_of(5, [&] {
    for (int i = 0; i < copies / 10; ++i)
      (void)tally->gather(codewords[static_cast<std::size_t>(i) % 64], 0, tally->size());
  });
  fmt::print("weave {} ({} bytes, {} pieces, {} cells)\n", std::filesystem::path(path).filename().string(),
             tally->size(), tally->pieces().size(), tally->cell_count());
  fmt::print("  first weave, which checks the blocks: {:.1f} ms\n", 1e3 * first.processor);
  fmt::print(
      "  weave {:.0f} copies/s of processor; memcpy of the same bytes {:.0f}/s; ratio {:.2f}; gather {:.0f}/s\n\n",
      copies / weave.processor, copies / copy.processor, copy.processor / weave.processor,
      copies / 10 / gather.processor);
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (media::is_decode_child(argument_count, arguments)) return media::decode_child_main();
  std::vector<std::string> paths(arguments + 1, arguments + argument_count);
  if (paths.empty()) paths = package_photos();
  if (paths.empty()) {
    fmt::print("no photographs: name some, or install the packages that ./setup names\n");
    return 1;
  }
  prepare_times(paths.back());
  for (const std::string& path : paths) weave_speed(path);
  rusage self{}, children{};
  getrusage(RUSAGE_SELF, &self);
  getrusage(RUSAGE_CHILDREN, &children);
  fmt::print("peak memory: {} MB here, {} MB in a decode child\n\n", self.ru_maxrss / 1024, children.ru_maxrss / 1024);
  size_table(paths);
}
