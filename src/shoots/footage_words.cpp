#include "shoots/footage_words.h"

#include <fmt/format.h>

#include <cmath>

namespace probity::shoots {
namespace {

int percent(double share) { return static_cast<int>(std::floor(100 * share)); }

FootageReason picture_reason(const FootageLead& lead, const LeadCircumstances& circumstances) {
  const trace::ShotMeasures& m = lead.measures;
  const std::string handed_in = to_rfc3339(circumstances.handed_in_ms).substr(0, 16) + "Z";
  switch (lead.match) {
    case FootageMatch::same_file:
      return {"same_file", fmt::format("The leaked file is, byte for byte, the one handed in at {}.", handed_in),
              fmt::format("泄露文件与 {} 提交的文件逐字节相同。", handed_in)};
    case FootageMatch::same_shot:
      return {
          "same_shot",
          fmt::format("The same exposure, or one that cannot be told from it: {} features agree, {} % of the blocks "
                      "with texture are found, and nearly all lie within {:.2f} thousandths of the picture from "
                      "where they should.",
                      m.inliers, percent(m.agreement), m.parallax),
          fmt::format("同一次曝光，或与之无法区分：{} 处特征吻合，{}% 的有纹理区块能找到，几乎全部偏离不超过画面的 "
                      "{:.2f}‰。",
                      m.inliers, percent(m.agreement), m.parallax)};
    case FootageMatch::same_burst:
      return {"same_burst",
              fmt::format("Another exposure from nearly the same place: {} features agree, near and far things have "
                          "moved against each other by {:.1f} thousandths of the picture. Somebody close by could have "
                          "taken it as well.",
                          m.inliers, std::max(m.parallax, m.camera_parallax)),
              fmt::format("几乎同一位置的另一次曝光：{} 处特征吻合，远近物体相对移动了画面的 "
                          "{:.1f}‰。站在旁边的人也可能拍到。",
                          m.inliers, std::max(m.parallax, m.camera_parallax))};
    case FootageMatch::same_standpoint:
      break;
  }
  return {"same_standpoint",
          fmt::format("Taken from about there: {} features ({} % of those that look alike) fit one camera that moved a "
                      "little, by {:.1f} thousandths of the picture. Neighbours stand there too.",
                      m.camera_inliers, percent(m.camera_share), m.camera_parallax),
          fmt::format("大致在同一位置拍摄：{} 处特征（相似者的 "
                      "{}%）符合同一相机的小幅移动，为画面的 {:.1f}‰。附近的人也在那里。",
                      m.camera_inliers, percent(m.camera_share), m.camera_parallax)};
}

FootageReason time_reason(std::int64_t difference_ms) {
  const double seconds = std::abs(static_cast<double>(difference_ms)) / 1000;
  return {"camera_clocks", fmt::format("By the cameras' clocks, {:.0f} seconds lie between the two.", seconds),
          fmt::format("按相机时钟，两张照片相隔 {:.0f} 秒。", seconds)};
}

}  // namespace

std::vector<FootageReason> reasons_for(const FootageLead& lead, const LeadCircumstances& circumstances) {
  std::vector<FootageReason> reasons{picture_reason(lead, circumstances)};
  if (lead.time_difference_ms) reasons.push_back(time_reason(*lead.time_difference_ms));
  if (lead.measures.mirrored)
    reasons.push_back({"mirrored", "The leak is mirrored, left to right.", "泄露图片左右镜像。"});
  if (lead.frames > 1)
    reasons.push_back({"several_frames",
                       fmt::format("{} frames of this attendee are related to the leak.", lead.frames),
                       fmt::format("该到场者有 {} 张照片与泄露图片相关。", lead.frames)});
  if (lead.attendees > 1)
    reasons.push_back(
        {"several_attendees",
         fmt::format("{} attendees handed in this very shot: it was passed on among them, and does not "
                     "tell which of them passed it on further.",
                     lead.attendees),
         fmt::format("有 {} 位到场者提交了这同一张照片：他们之间传过，无法由此得知是谁再传出去的。", lead.attendees)});
  if (circumstances.frame_deleted)
    reasons.push_back({"was_to_be_deleted", "It was decided that this frame be deleted.", "已决定删除这张照片。"});
  if (!circumstances.in_force)
    reasons.push_back({"commitment_ended",
                       fmt::format("The commitment {} is no longer in force.", circumstances.commitment_number),
                       fmt::format("承诺书 {} 已不再有效。", circumstances.commitment_number)});
  return reasons;
}

TwoLanguages footage_note(FootageState state, bool any) {
  if (state == FootageState::running)
    return {"The comparison is under way: nothing is known yet.", "比对正在进行：尚无结果。"};
  if (state == FootageState::failed)
    return {"The comparison did not come to its end: nothing is known from it.", "比对未完成：从中得不出任何结果。"};
  if (any)
    return {
        "These are leads for questions, never a finding: who took a picture is not who passed it on. Phones are lent, "
        "pictures are sent around, neighbours stand side by side, and attendees who handed in nothing are not in "
        "this list.",
        "以下仅是询问的线索，绝非认定：拍摄者不等于传播者。手机会借人，照片会互相转发，邻近者站在一起；未提交照片的人不"
        "在"
        "此列表中。"};
  return {
      "No frame that was handed in is related to the leak. That clears nobody: frames that were not handed in cannot "
      "be compared.",
      "提交的照片均与泄露图片无关。这并不能排除任何人：未提交的照片无从比较。"};
}

}  // namespace probity::shoots
