// The markers before the scan of a baseline JPEG.
#pragma once

#include "media/jpeg_coefficients.h"

namespace probity::media {

struct ComponentTables {
  EntropyTables luma;
  EntropyTables chroma;
};

// SOI, JFIF, colour profile, quantisers, frame, Huffman tables and scan header: one interleaved scan of all components.
Bytes jpeg_header(const JpegLayout& layout, const QuantTables& quantisers, const ComponentTables& tables,
                  BytesView profile);

}  // namespace probity::media
