#include "base/result.h"

#include <array>

#include "base/check.h"

namespace probity {
namespace {

constexpr std::array<CatalogueEntry, 20> kCatalogue{{
    {ErrorCode::invalid_argument, "invalid_argument", 400, 2, "That input does not fit", "输入不符合要求"},
    {ErrorCode::not_found, "not_found", 404, 20, "Not found", "未找到"},
    {ErrorCode::already_exists, "already_exists", 409, 21, "It exists already", "已存在"},
    {ErrorCode::not_a_picture, "not_a_picture", 415, 22, "Not a picture that can be read", "不是可读取的图片"},
    {ErrorCode::corrupt, "corrupt", 422, 23, "Damaged data", "数据已损坏"},
    {ErrorCode::unsupported, "unsupported", 422, 24, "Not supported", "不支持"},
    {ErrorCode::too_large, "too_large", 413, 25, "Too large", "超出限制"},
    {ErrorCode::conflict, "conflict", 409, 26, "Not possible as things stand", "目前的状态不允许"},
    {ErrorCode::storage, "storage", 507, 27, "Storage failed", "存储失败"},
    {ErrorCode::wrong_workspace, "wrong_workspace", 422, 28, "Made in another workspace", "属于另一个工作区"},
    {ErrorCode::cancelled, "cancelled", 499, 130, "Stopped", "已停止"},
    {ErrorCode::unauthenticated, "unauthenticated", 401, 30, "Sign in first", "请先登录"},
    {ErrorCode::second_factor_required, "second_factor_required", 401, 36, "A one-time code is needed",
     "需要一次性验证码"},
    {ErrorCode::forbidden, "forbidden", 403, 31, "Not allowed", "没有权限"},
    {ErrorCode::step_up_required, "step_up_required", 403, 37, "Confirm that it is you", "请再次确认身份"},
    {ErrorCode::not_in_force, "not_in_force", 403, 32, "No commitment is in force", "没有生效的承诺书"},
    {ErrorCode::gone, "gone", 410, 33, "No longer valid", "已失效"},
    {ErrorCode::too_many_requests, "too_many_requests", 429, 34, "Too many attempts", "尝试次数过多"},
    {ErrorCode::unavailable, "unavailable", 503, 35, "Not available at the moment", "暂时不可用"},
    {ErrorCode::internal, "internal", 500, 70, "Internal error", "内部错误"},
}};

}  // namespace

const CatalogueEntry& catalogue_entry(ErrorCode code) {
  for (const auto& entry : kCatalogue)
    if (entry.code == code) return entry;
  check_failed("every error code has a catalogue row", __FILE__, __LINE__);
}

}  // namespace probity
