// One named copy: its seed and recipient against the register, then its score and bound from the seed.
#include <algorithm>
#include <cmath>

#include "base/encoding.h"
#include "code/codeword.h"
#include "copies/payload.h"
#include "leaks/check_lines.h"

namespace probity::leaks {
namespace {

void check_copy(const Report& report, const FindingRecord& record, const CopyEvidence& copy, CheckLines& lines) {
  const std::string id = copy.copy.text();
  const bool opens = code::opens(copy.seed_commitment, SecretKey(copy.seed), copy.seed_salt);
  lines.add(opens, lines.say("The seed of copy {} opens the commitment that was registered for it.",
                             "副本 {} 的密钥与登记时的承诺相符。", id));
  // The payload can be rebuilt only if seed, recipient, copy and asset are all what was registered.
  copies::Copy registered;
  registered.id = copy.copy;
  registered.asset_id = copy.asset;
  registered.seed_commitment = copy.seed_commitment;
  registered.recipient_commitment = copy.recipient_commitment;
  const bool name_holds = record.masked() || copy.recipient_commitment ==
                                                 copies::recipient_commitment(record.recipient, copy.recipient_salt);
  const bool holds = name_holds &&
                     entry_holds(copy.entry, copies::EntryKind::copy_issued, copies::copy_payload(registered)) &&
                     copy.entry.time_ms == copy.issued_ms;
  const std::string who = recipient_in_words(record);
  const std::uint64_t sequence = copy.entry.sequence;
  if (record.masked())
    lines.add(holds, lines.say("Register entry {} says when this copy was issued; whose it is stays sealed in it.",
                               "登记册第 {} 条载明该副本的发放时间；收件人姓名封存其中。", sequence));
  else
    lines.add(holds, lines.say("Register entry {} says that this copy was issued to {}, and when.",
                               "登记册第 {} 条载明该副本发给 {} 及其时间。", sequence, who));
  lines.add(copy.entry.time_ms <= report.created_ms,
            lines.say("It was registered before this trace.", "登记时间早于本次溯源。"));
  const AssetRecord* asset = report.asset(copy.asset);
  lines.add(asset != nullptr && asset->scored,
            lines.say("Its asset was read from the leak.", "其母版确已从泄露图片中读出。"));
}

void check_makings(const CopyEvidence& copy, CheckLines& lines) {
  for (const MakingEvidence& evidence : copy.makings) {
    const bool holds =
        evidence.making.copy_id == copy.copy && evidence.entry.sequence > copy.entry.sequence &&
        entry_holds(evidence.entry, copies::EntryKind::copy_made, copies::making_payload(evidence.making)) &&
        evidence.entry.time_ms == evidence.making.made_ms;
    const std::uint64_t sequence = evidence.entry.sequence;
    const std::string when = time_in_words(evidence.making.made_ms, lines.language());
    lines.add(holds, lines.say("Register entry {} says that its bytes were made on {}, and by whom.",
                               "登记册第 {} 条载明其文件制作于 {} 及制作者。", sequence, when));
  }
}

bool same_score(const code::Finding& stated, const code::Finding& found) {
  return stated.decoder == found.decoder && stated.cells == found.cells &&
         stated.agreeing_cells == found.agreeing_cells && stated.score == found.score &&
         stated.maximum == found.maximum && about_equal(stated.standard_score, found.standard_score);
}

bool same_bound(const code::Finding& stated, const code::Finding& found) {
  return about_equal(stated.log10_single, found.log10_single) && about_equal(stated.log10_total, found.log10_total) &&
         about_equal(stated.log10_lugannani_rice, found.log10_lugannani_rice);
}

void check_score(const Report& report, const FindingRecord& record, CheckLines& lines) {
  const code::Finding& stated = record.finding;
  const auto found = code::recompute(evidence_channels(report, record), report.trials, stated.pass);
  if (!found) {
    lines.add(false, lines.say("The score cannot be recomputed: {}", "无法重新计算得分：{}", found.error().message));
    return;
  }
  const std::size_t agreeing = found->agreeing_cells;
  const std::size_t cells = found->cells;
  const std::int64_t score = found->score;
  lines.add(same_score(stated, *found),
            lines.say("Codeword and score, worked out again: {} of {} cells agree, score {}.",
                      "重新计算码字与得分：{1} 个单元中 {0} 个相符，得分 {2}。", agreeing, cells, score));
  const std::string chance = chance_in_words(found->log10_total, lines.language());
  lines.add(same_bound(stated, *found), lines.say("Chernoff bound times all trials, worked out again: less than {}.",
                                                  "重新计算切尔诺夫界并乘以全部尝试次数：低于 {}。", chance));
  const double limit = record.role == Role::accused ? code::kIdentifiedLog10 : code::kLeadLog10;
  const bool enough = found->log10_total <= limit;
  lines.add(enough, record.role == Role::accused
                        ? lines.say("That is enough to identify the copy.", "达到认定副本的标准。")
                        : lines.say("That is enough for a lead.", "达到线索的标准。"));
}

}  // namespace

void check_finding(const Report& report, const FindingRecord& record, std::size_t number, CheckLines& lines) {
  const std::size_t last_pass = number == 1 ? 0 : report.findings[number - 2].finding.pass;
  const bool in_order = !record.copies.empty() && record.finding.pass >= std::max<std::size_t>(1, last_pass) &&
                        record.finding.pass <= last_pass + 1 &&
                        (record.role == Role::accused || number == report.findings.size());
  lines.add(in_order, lines.say("Named copy {} stands in its place in the order of passes.",
                                "第 {} 份被指认副本的轮次顺序正确。", number));
  for (const CopyEvidence& copy : record.copies) {
    check_copy(report, record, copy, lines);
    check_makings(copy, lines);
    lines.add(copy.recipient == record.copies.front().recipient,
              lines.say("All its copies went to one recipient.", "其各份副本属于同一收件人。"));
  }
  check_score(report, record, lines);
}

}  // namespace probity::leaks
