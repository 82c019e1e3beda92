// The longer passages of words.h: what was done to a leak, what the code cannot show, what would change the answer.
#include <algorithm>
#include <cmath>

#include "leaks/words.h"

namespace probity::leaks {
namespace {

// Below these, registration alone could have made the difference.
constexpr double kWholeShare = 0.985;
constexpr double kSameScale = 0.02;
constexpr double kStraightDegrees = 0.5;
constexpr double kUnstretched = 1.02;
constexpr double kFlat = 1.03;
constexpr double kBentPx = 3.0;
constexpr double kForeignShare = 0.03;

std::string percent(double share) {
  const double value = share * 100;
  return value < 9.95 ? fmt::format("{:.1f} %", value) : fmt::format("{:.0f} %", value);
}

std::string missed(Miss miss, const Say& say) {
  switch (miss) {
    case Miss::none:
      return {};
    case Miss::too_small:
      return say("Too small to be laid over anything: it needs at least 32 pixels on each side.",
                 "图片过小，无法对齐：每边至少需要 32 像素。");
    case Miss::no_masters:
      return say("There was no master to compare it with.", "没有可供比对的母版。");
    case Miss::no_alignment:
      return say("It lies over none of the masters that were tried.", "与尝试过的母版均无法对齐。");
    case Miss::unsure:
      return say(
          "It may lie over a master, but neither the pictures nor any copy's code agree surely enough to say so.",
          "可能与某张母版对齐，但图像和副本编码都不足以确认。");
    case Miss::too_few_cells:
      return say("It lies over a master, but shows too few code cells to be read.",
                 "可与母版对齐，但可读取的编码单元过少。");
  }
  return {};
}

void say_framing(const Lay& lay, const Say& say, std::vector<std::string>& lines) {
  const std::string share = percent(lay.share_shown);
  if (lay.share_shown < kWholeShare)
    lines.push_back(say("Cropped: {} of the master's area is left.", "经过裁剪：保留母版面积的 {}。", share));
  else
    lines.push_back(say("Shows the whole master.", "显示完整的母版。"));
  if (lay.share_foreign > kForeignShare) {
    const std::string foreign = percent(lay.share_foreign);
    lines.push_back(say("Surrounded by something else (bars, a frame, a screen): {} of the leaked picture.",
                        "周围有其他内容（界面、边框、屏幕等）：占泄露图片的 {}。", foreign));
  }
}

void say_geometry(const Lay& lay, const Say& say, std::vector<std::string>& lines) {
  if (std::abs(lay.scale - 1) <= kSameScale) {
    lines.push_back(say("Kept at the master's size.", "尺寸与母版相同。"));
  } else {
    const std::string size = percent(lay.scale);
    lines.push_back(
        lay.scale < 1
            ? say("Shrunk: details are {} of their size in the master.", "已缩小：为母版尺寸的 {}。", size)
            : say("Enlarged: details are {} of their size in the master.", "已放大：为母版尺寸的 {}。", size));
  }
  if (lay.mirrored) lines.push_back(say("Mirrored left to right.", "左右镜像。"));
  if (std::abs(lay.rotation_degrees) > kStraightDegrees) {
    const double degrees = std::abs(lay.rotation_degrees);
    lines.push_back(lay.rotation_degrees > 0
                        ? say("Rotated by {:.1f}° clockwise.", "顺时针旋转 {:.1f}°。", degrees)
                        : say("Rotated by {:.1f}° anticlockwise.", "逆时针旋转 {:.1f}°。", degrees));
  }
  if (lay.stretch > kUnstretched) {
    const std::string stretch = percent(lay.stretch - 1);
    lines.push_back(say("Stretched: {} longer in one direction than in the other.",
                        "被拉伸：一个方向比另一个方向长 {}。", stretch));
  }
  if (lay.perspective > kFlat) {
    const std::string nearer = percent(lay.perspective - 1);
    lines.push_back(say("Seen at an angle, as in a photograph of a screen or print: the nearest part is {} larger.",
                        "带有透视，像是对屏幕或印刷品的翻拍：最近处比最远处大 {}。", nearer));
  }
  if (lay.bend_px > kBentPx) {
    const double bend = lay.bend_px;
    lines.push_back(say("Bent, as paper or a lens bends: by up to {:.1f} master pixels.",
                        "存在弯曲变形（纸张或镜头所致）：最多 {:.1f} 个母版像素。", bend));
  }
}

}  // namespace

std::vector<std::string> what_was_done(const LeakFileRecord& file, Language language) {
  const Say say(language);
  if (file.miss != Miss::none) return {missed(file.miss, say)};
  std::vector<std::string> lines;
  say_framing(file.lay, say, lines);
  say_geometry(file.lay, say, lines);
  const std::string cells = number_in_words(static_cast<std::uint64_t>(std::max(0, file.lay.cells_seen)));
  if (file.lay.mark_gain > 0) {
    const std::string gain = percent(file.lay.mark_gain);
    lines.push_back(say("Of the mark's strength {} is left, read in {} code cells.",
                        "标记强度保留 {}，共读取 {} 个编码单元。", gain, cells));
  } else {
    lines.push_back(say("It shows {} code cells.", "共显示 {} 个编码单元。", cells));
  }
  return lines;
}

std::vector<std::string> what_it_cannot_show(const Report& report, Language language) {
  const Say say(language);
  std::vector<std::string> lines;
  if (report.findings.empty()) {
    lines.push_back(
        say("That no copy matches does not clear anybody: the picture may be too damaged to read, or come "
            "from somewhere else than the copies in this register.",
            "没有匹配并不说明任何人清白：图片可能损坏过重无法读取，也可能并非出自本登记册中的副本。"));
    return lines;
  }
  if (report.outcome == Outcome::lead)
    lines.push_back(say("A lead is a reason to look further, never a ground for a sanction.",
                        "线索只是继续调查的理由，绝不能作为处分依据。"));
  lines.push_back(
      say("It points to a copy, not to a leaker: whose copy the picture was made from, not who passed it on.",
          "本报告指向的是副本，而非泄露者：图片出自发给谁的副本，而不是由谁传出。"));
  lines.push_back(
      say("Whoever could open the recipient's mailbox, account or device, and anyone they forwarded the file "
          "to, had the same copy.",
          "能够进入收件人邮箱、账号或设备的人，以及收到其转发的人，持有同一份副本。"));
  lines.push_back(
      say("The issuer could make this copy too. The list of makings is complete only as far as the "
          "register is.",
          "签发方同样能够制作这份副本。制作记录是否完整，取决于登记册是否完整。"));
  lines.push_back(say("The bound is about chance alone, not about mistakes in the register, the software or its use.",
                      "上述概率仅指偶然，不涵盖登记册、软件或操作中的错误。"));
  lines.push_back(
      say("It does not show when, where or why the picture was leaked.", "本报告不能说明泄露的时间、地点和原因。"));
  return lines;
}

std::vector<std::string> what_would_change_it(const Report& report, Language language) {
  const Say say(language);
  std::vector<std::string> lines;
  const std::string better = say("A larger piece, or a less processed one: the file as it was first posted.",
                                 "更完整或处理更少的图片，例如最初发布的原始文件。");
  const std::string more = say("More leaked files of the same event, traced together with this one.",
                               "同一事件的更多泄露文件，与本图一并溯源。");
  switch (report.outcome) {
    case Outcome::identified:
      lines.push_back(
          say("A register entry that does not hold: then the copy's seed could have been fitted afterwards.",
              "登记册条目不成立：那样该副本的密钥就可能是事后配出来的。"));
      lines.push_back(say("Evidence that somebody else had this copy, as the limits say.",
                          "有证据表明他人也持有这份副本（见所列局限）。"));
      lines.push_back(say("More files cannot clear this copy, but may show that others were mixed in.",
                          "更多文件不会推翻对这份副本的认定，但可能显示还混入了其他副本。"));
      break;
    case Outcome::lead:
      lines = {better, more};
      break;
    case Outcome::no_match:
      lines = {better, more,
               say("A copy issued from another workspace, or the master itself: neither is in this register.",
                   "图片可能出自其他工作区签发的副本，或母版本身：两者都不在本登记册中。"),
               say("The recipient's own footage of the same scene carries no code of a copy.",
                   "收件人自己拍摄的同一场景不含副本编码。")};
      break;
    case Outcome::does_not_align:
      lines = {say("The right master: perhaps this one was prepared in another workspace.",
                   "正确的母版：它可能是在另一个工作区准备的。"),
               better, more};
      break;
  }
  return lines;
}

}  // namespace probity::leaks
