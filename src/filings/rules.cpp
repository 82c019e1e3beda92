#include "filings/rules.h"

#include <algorithm>
#include <chrono>

namespace probity::filings {
namespace {

using alliance::Conduct;
using alliance::ListingState;
using alliance::StandardOfProof;

tl::unexpected<Error> not_now(const char* what) {
  return fail(ErrorCode::conflict, what, "look at the filing's state again");
}

ListingState state_of(const Filing& filing) { return filing.listing ? filing.listing->state : ListingState::draft; }

void want(std::vector<Hindrance>& list, bool is_there, const char* code, const char* en, const char* zh) {
  if (!is_there) list.push_back({code, en, zh});
}

void check_subject(const Filing& filing, std::vector<Hindrance>& list) {
  const Subject& subject = filing.subject;
  want(list, !subject.name.empty(), "name", "The name of who is listed is missing", "缺少被登记方的名称");
  if (subject.kind == SubjectKind::enterprise) {
    want(list, subject.enterprise.has_value(), "enterprise", "The company's registered names and number are missing",
         "缺少企业的登记名称和代码");
    return;
  }
  want(list, !subject.sealed_identifier.empty(), "identifier", "The identifier has not been entered",
       "尚未录入证件号码");
  const auto happened = filing.words.happened_ms;
  const bool is_known = subject.born_ms && happened;
  want(list, !subject.identifier_kind || is_known || !happened, "born", "The date of birth is needed with a passport",
       "使用护照时须填写出生日期");
  want(list, !is_known || was_adult(*subject.born_ms, *happened), "adult",
       "Nobody is listed for what they did before they were 18", "未满十八周岁时的行为不得登记");
}

void check_words(const Words& words, std::vector<Hindrance>& list) {
  want(list, !words.facts.empty(), "facts", "What happened is missing", "缺少事实经过");
  want(list, words.happened_ms.has_value(), "happened", "The day of the conduct is missing", "缺少行为发生日期");
  want(list, words.decided_ms.has_value(), "decided", "The day of the decision is missing", "缺少认定日期");
  want(list, !words.decided_by.empty(), "decided_by", "Who decided is missing", "缺少认定人");
  want(list, !words.ended_how.empty(), "ended_how", "Why and how employment or contract ended is missing",
       "缺少劳动关系或合同因何、如何终止的说明");
  want(list, !words.contact.empty(), "contact", "A contact for questions of other members is missing",
       "缺少供其他成员查询的联系方式");
  want(list, words.standard != StandardOfProof::none, "standard",
       "A police report, a judgment, an award or a signed statement is needed",
       "须有报案材料、判决、裁决或本人签字的书面陈述");
  const bool was_found = words.standard == StandardOfProof::judgment || words.standard == StandardOfProof::arbitration;
  want(list, words.conduct != Conduct::secrets_for_gain || words.intentional_for_gain || was_found, "leak",
       "A leak counts only when intentional and for gain, or found by a court or in arbitration; carelessness is for "
       "the "
       "commitment's agreed amount",
       "泄密只有出于故意并为牟利，或经法院、仲裁认定时才可登记；过失应依承诺书的约定金额处理");
}

bool waits_for_filer(const Filing& filing) {
  return filing.listing && filing.listing->appeal && filing.listing->appeal->stage == alliance::Appeal::Stage::at_filer;
}

}  // namespace

bool is_met(const Filing& filing, Test test) {
  return std::ranges::any_of(filing.documents, [&](const Document& document) {
    return document.kind == alliance::Paper::Kind::evidence && document.test == test;
  });
}

std::vector<Hindrance> hindrances(const Filing& filing) {
  std::vector<Hindrance> list;
  check_subject(filing, list);
  check_words(filing.words, list);
  want(list, is_met(filing, Test::reasonable_grounds), "test_reasonable_grounds",
       "Reasonable grounds: no document shows them", "合理依据：尚无证明文件");
  want(list, is_met(filing, Test::clear_evidence), "test_clear_evidence",
       "Clear and rigorous evidence: no document shows it", "确凿证据：尚无证明文件");
  want(list, is_met(filing, Test::ended_because_of_it), "test_ended_because_of_it",
       "Employment or contract ended or refused because of it: no document shows it",
       "劳动关系或合同因此终止或被拒：尚无证明文件");
  return list;
}

Result<void> check_editable(const Filing& filing) {
  if (filing.pending) return not_now("this filing is on its way to the hub");
  if (!filing.is_draft()) return not_now("this is no draft any more");
  return {};
}

Result<void> check_verb(const Filing& filing, Verb verb, const Id& account, TimeMs now_ms) {
  if (filing.pending) return not_now("something is still on its way to the hub");
  if (filing.has_ended()) return not_now("this filing has ended");
  const ListingState state = state_of(filing);
  const bool is_suspended = filing.listing && filing.listing->suspended;
  switch (verb) {
    case Verb::submit:
      if (!filing.is_draft()) return not_now("this is no draft any more");
      if (const auto list = hindrances(filing); !list.empty())
        return fail(ErrorCode::invalid_argument, list.front().message, "the filing shows all that is missing");
      return {};
    case Verb::approve:
    case Verb::refuse:
      if (state != ListingState::awaiting_approval) return not_now("nothing is waiting for approval");
      if (filing.writers.contains(account))
        return fail(ErrorCode::forbidden, "two different people are needed",
                    "whoever wrote any of it does not approve");
      return {};
    case Verb::notice:
      if (state != ListingState::awaiting_notice) return not_now("no notice is waiting to be sent");
      return {};
    case Verb::answer:
      if (!waits_for_filer(filing)) return not_now("no appeal is at the filer");
      return {};
    case Verb::suspend:
      if (state != ListingState::active || is_suspended) return not_now("only an active listing is suspended");
      return {};
    case Verb::resume:
      if (!is_suspended) return not_now("this listing is not suspended");
      if (filing.listing->appeal_is_open()) return not_now("while an appeal is open it is decided, not resumed");
      return {};
    case Verb::correct:
      if (state != ListingState::notified && state != ListingState::active)
        return not_now("there is nothing to correct");
      return {};
    case Verb::attest:
      if (state != ListingState::active) return not_now("only an active listing is attested");
      if (now_ms < filing.listing->attest_due_ms - alliance::kAttestWindowMs)
        return not_now("it is attested in the 60 days before it is due");
      return {};
    case Verb::withdraw:
      return {};
  }
  return {};
}

TimeMs day_ms(int year, int month, int day) {
  using namespace std::chrono;
  const sys_days date = std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)} /
                        std::chrono::day{static_cast<unsigned>(day)};
  return duration_cast<milliseconds>(date.time_since_epoch()).count();
}

bool was_adult(TimeMs born_ms, TimeMs at_ms) {
  using namespace std::chrono;
  const auto date_of = [](TimeMs time_ms) {
    return year_month_day(floor<days>(sys_time<milliseconds>(milliseconds(time_ms))));
  };
  // Born on 29 February: of age on 1 March, which `last day` arithmetic would put a day early.
  const year_month_day born = date_of(born_ms), at = date_of(at_ms);
  const year_month_day of_age{born.year() + years(18), born.month(), born.day()};
  return at >= of_age;
}

}  // namespace probity::filings
