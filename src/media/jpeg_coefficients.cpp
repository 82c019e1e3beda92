#include "media/jpeg_coefficients.h"

#include <cstddef>
#include <cstdio>
// libjpeg's header needs size_t and FILE before it.
#include <jpeglib.h>

#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "base/check.h"
#include "media/forward_dct.h"
#include "media/jpeg_planes.h"

namespace probity::media {
namespace {

static_assert(sizeof(JBLOCK) == sizeof(BlockCoefficients) && std::is_same_v<JCOEF, std::int16_t>);

// libjpeg reports errors by a call that must not return: it jumps back to where the library was entered. Between there
// and here lie only libjpeg's frames.
struct ErrorManager {
  jpeg_error_mgr base{};
  std::jmp_buf entry{};
  char message[JMSG_LENGTH_MAX] = "";
};

void jump_back(j_common_ptr info) {
  auto* errors = reinterpret_cast<ErrorManager*>(info->err);
  errors->base.format_message(info, errors->message);
  std::longjmp(errors->entry, 1);
}
void say_nothing(j_common_ptr) {}

struct FreeBuffer {
  void operator()(unsigned char* buffer) const { std::free(buffer); }
};

class Compressor {
 public:
  Compressor() {
    info_.err = jpeg_std_error(&errors_.base);
    errors_.base.error_exit = jump_back;
    errors_.base.output_message = say_nothing;
    jpeg_create_compress(&info_);
  }
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;
  ~Compressor() {
    jpeg_destroy_compress(&info_);
    std::free(buffer_);
  }

  bool set_up(const CoefficientLayout& layout, std::size_t variants);
  // The block row of a component, counted through all variants.
  JBLOCKROW block_row(int component, JDIMENSION row);
  bool write(BytesView profile);
  BytesView written() const { return {buffer_, size_}; }
  QuantTable quantisers(int component) const;
  // Why the last call failed.
  std::string reason() const { return errors_.message; }

 private:
  ErrorManager errors_;
  jpeg_compress_struct info_{};
  std::array<jvirt_barray_ptr, 3> coefficients_{};
  unsigned char* buffer_ = nullptr;
  unsigned long size_ = 0;  // libjpeg's type
};

bool Compressor::set_up(const CoefficientLayout& layout, std::size_t variants) {
  if (setjmp(errors_.entry) != 0) return false;
  const bool grey = layout.subsampling == Subsampling::grey;
  jpeg_mem_dest(&info_, &buffer_, &size_);
  info_.image_width = static_cast<JDIMENSION>(layout.mcus_per_row() * layout.mcu_width_px());
  info_.image_height =
      static_cast<JDIMENSION>(layout.mcu_rows() * layout.mcu_height_px()) * static_cast<JDIMENSION>(variants);
  info_.input_components = grey ? 1 : 3;
  info_.in_color_space = grey ? JCS_GRAYSCALE : JCS_YCbCr;
  jpeg_set_defaults(&info_);
  jpeg_set_quality(&info_, layout.quality, TRUE);
  info_.optimize_coding = TRUE;
  info_.restart_interval = static_cast<unsigned>(layout.restart_interval);
  for (int i = 0; i < info_.num_components; ++i) {
    info_.comp_info[i].h_samp_factor = i == 0 ? layout.luma_x() : layout.chroma_x();
    info_.comp_info[i].v_samp_factor = i == 0 ? layout.luma_y() : layout.chroma_y();
  }
  const auto mcu_rows = static_cast<JDIMENSION>(layout.mcu_rows()) * static_cast<JDIMENSION>(variants);
  for (int i = 0; i < info_.num_components; ++i) {
    const jpeg_component_info& component = info_.comp_info[i];
    coefficients_[static_cast<std::size_t>(i)] = info_.mem->request_virt_barray(
        reinterpret_cast<j_common_ptr>(&info_), JPOOL_IMAGE, FALSE,
        static_cast<JDIMENSION>(layout.mcus_per_row() * component.h_samp_factor),
        mcu_rows * static_cast<JDIMENSION>(component.v_samp_factor), static_cast<JDIMENSION>(component.v_samp_factor));
  }
  info_.mem->realize_virt_arrays(reinterpret_cast<j_common_ptr>(&info_));
  return true;
}

JBLOCKROW Compressor::block_row(int component, JDIMENSION row) {
  if (setjmp(errors_.entry) != 0) return nullptr;
  return info_.mem->access_virt_barray(reinterpret_cast<j_common_ptr>(&info_),
                                       coefficients_[static_cast<std::size_t>(component)], row, 1, TRUE)[0];
}

bool Compressor::write(BytesView profile) {
  if (setjmp(errors_.entry) != 0) return false;
  jpeg_write_coefficients(&info_, coefficients_.data());
  if (!profile.empty()) jpeg_write_icc_profile(&info_, profile.data(), static_cast<unsigned>(profile.size()));
  jpeg_finish_compress(&info_);
  return true;
}

QuantTable Compressor::quantisers(int component) const {
  QuantTable table{};
  std::ranges::copy(info_.quant_tbl_ptrs[info_.comp_info[component].quant_tbl_no]->quantval, table.begin());
  return table;
}

// Fills the coefficient arrays, block row by block row.
class Filler {
 public:
  Filler(const CoefficientLayout& layout, Compressor& compressor, const cv::Mat1f& luma, const cv::Mat1f& delta)
      : layout_(layout), compressor_(compressor), luma_(luma), delta_(delta) {}

  bool fill_luma(std::span<const float> signs) {
    const QuantScale scale(compressor_.quantisers(0));
    const int block_rows = layout_.mcu_rows() * layout_.luma_y();
    SampleBand band(layout_.mcus_per_row() * layout_.mcu_width_px());
    for (std::size_t variant = 0; variant < signs.size(); ++variant)
      for (int row = 0; row < block_rows; ++row) {
        const auto blocks = block_row(0, static_cast<int>(variant) * block_rows + row, layout_.luma_x());
        if (blocks.empty()) return false;
        fill_luma_band(luma_, delta_, signs[variant], row * kBlockSide, band);
        transform_blocks(band.rows(), scale, blocks);
      }
    return true;
  }

  bool fill_chroma(const cv::Mat& pixels, std::size_t variants) {
    const QuantScale scale(compressor_.quantisers(1));
    SampleBand blue(layout_.mcus_per_row() * layout_.chroma_x() * kBlockSide);
    SampleBand red(blue.width());
    const int block_rows = layout_.mcu_rows() * layout_.chroma_y();
    for (int row = 0; row < block_rows; ++row) {
      fill_chroma_bands(pixels, layout_.luma_x() / layout_.chroma_x(), layout_.luma_y() / layout_.chroma_y(),
                        row * kBlockSide, blue, red);
      for (int component = 1; component <= 2; ++component) {
        const auto blocks = block_row(component, row, layout_.chroma_x());
        if (blocks.empty()) return false;
        transform_blocks((component == 1 ? blue : red).rows(), scale, blocks);
      }
    }
    return copy_chroma(variants);
  }

 private:
  // libjpeg wants rows written in order, so the other variants' chroma comes after all of the first's.
  bool copy_chroma(std::size_t variants) {
    const int block_rows = layout_.mcu_rows() * layout_.chroma_y();
    for (int component = 1; component <= 2; ++component)
      for (int row = block_rows; row < static_cast<int>(variants) * block_rows; ++row) {
        const auto from = block_row(component, row % block_rows, layout_.chroma_x());
        const auto to = block_row(component, row, layout_.chroma_x());
        if (from.empty() || to.empty()) return false;
        std::memcpy(to.data(), from.data(), from.size_bytes());
      }
    return true;
  }

  std::span<BlockCoefficients> block_row(int component, int row, int blocks_per_mcu) {
    const JBLOCKROW blocks = compressor_.block_row(component, static_cast<JDIMENSION>(row));
    if (blocks == nullptr) return {};
    return {blocks, static_cast<std::size_t>(layout_.mcus_per_row() * blocks_per_mcu)};
  }

  const CoefficientLayout& layout_;
  Compressor& compressor_;
  const cv::Mat1f& luma_;
  const cv::Mat1f& delta_;
};

}  // namespace

Result<Bytes> encode_stacked(const CoefficientLayout& layout, const Picture& picture, const cv::Mat1f& luma,
                             const cv::Mat1f& delta, std::span<const float> signs) {
  PROBITY_CHECK(luma.size() == delta.size() && luma.size() == picture.pixels.size());
  PROBITY_CHECK(layout.subsampling == Subsampling::grey || picture.pixels.channels() == 3);
  const auto compressor = std::make_unique<Compressor>();
  const auto failed = [&] {
    return fail(ErrorCode::internal, "the JPEG encoder failed (" + compressor->reason() + ")",
                "check that memory is free");
  };
  if (!compressor->set_up(layout, signs.size())) return failed();
  Filler filler(layout, *compressor, luma, delta);
  if (!filler.fill_luma(signs)) return failed();
  if (layout.subsampling != Subsampling::grey) {
    cv::Mat pixels = picture.pixels;
    if (pixels.depth() == CV_16U) picture.pixels.convertTo(pixels, CV_8U, 1.0 / 257);
    if (!filler.fill_chroma(pixels, signs.size())) return failed();
  }
  if (!compressor->write(picture.icc)) return failed();
  const BytesView written = compressor->written();
  return Bytes(written.begin(), written.end());
}

}  // namespace probity::media
