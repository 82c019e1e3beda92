#include "base/result.h"

#include <array>

#include "base/check.h"

namespace probity {
namespace {

constexpr std::array<CatalogueEntry, 12> kCatalogue{{
    {ErrorCode::invalid_argument, "invalid_argument", 400, 2, "That input does not fit", "输入不符合要求"},
    {ErrorCode::not_found, "not_found", 404, 20, "Not found", "未找到"},
    {ErrorCode::already_exists, "already_exists", 409, 21, "It exists already", "已存在"},
    {ErrorCode::not_a_picture, "not_a_picture", 415, 22, "Not a picture that can be read", "不是可读取的图片"},
    {ErrorCode::corrupt, "corrupt", 422, 23, "Damaged data", "数据已损坏"},
    {ErrorCode::unsupported, "unsupported", 422, 24, "Not supported", "不支持"},
    {ErrorCode::too_large, "too_large", 413, 25, "Too large", "超出限制"},
    {ErrorCode::conflict, "conflict", 409, 26, "In use by somebody else", "正被他人使用"},
    {ErrorCode::storage, "storage", 507, 27, "Storage failed", "存储失败"},
    {ErrorCode::wrong_workspace, "wrong_workspace", 422, 28, "Made in another workspace", "属于另一个工作区"},
    {ErrorCode::cancelled, "cancelled", 499, 130, "Stopped", "已停止"},
    {ErrorCode::internal, "internal", 500, 70, "Internal error", "内部错误"},
}};

}  // namespace

const CatalogueEntry& catalogue_entry(ErrorCode code) {
  for (const auto& entry : kCatalogue)
    if (entry.code == code) return entry;
  check_failed("every error code has a catalogue row", __FILE__, __LINE__);
}

}  // namespace probity
