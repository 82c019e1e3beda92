#include "app/calls.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "accounts/permissions.h"
#include "app/job_subject.h"
#include "cases/letters.h"
#include "jobs/call.h"
#include "shoots/store.h"

namespace probity::app {
namespace {

using accounts::Account;
using accounts::Permission;

constexpr std::uint32_t kAccountsAtOnce = 500;

struct Words {
  std::string kind, subject_en, subject_zh, body_en, body_zh, path;
};

struct Addressee {
  Id id;
  std::string name, email, locale;
};

Result<std::vector<Addressee>> those_who(Records& records, Permission permission, const std::vector<Id>& but) {
  std::vector<Addressee> people;
  ListQuery everybody;
  everybody.limit = kAccountsAtOnce;
  for (everybody.offset = 0;; everybody.offset += kAccountsAtOnce) {
    TRY_ASSIGN(const auto page, records.accounts.directory.list(everybody));
    for (const Account& one : page.items)
      if (one.state == accounts::AccountState::active && accounts::permissions_of(one.roles).contains(permission) &&
          std::ranges::find(but, one.id) == but.end())
        people.push_back({one.id, one.name, one.email, one.locale});
    if (page.items.size() < kAccountsAtOnce) return people;
  }
}

Result<void> write(Records& records, const jobs::Job& job, const std::vector<Addressee>& people, const Words& words) {
  TRY_ASSIGN(const auto house, records.cases.house.house());
  return records.workspace.database().write([&]() -> Result<void> {
    for (const Addressee& one : people) {
      if (one.email.empty()) continue;
      const std::string key = fmt::format("call|{}|{}", job.id.text(), one.id.text());
      TRY_ASSIGN(const bool is_first,
                 records.workspace.commitments().record_notice(key, records.workspace.clock().now_ms()));
      if (!is_first) continue;
      const auto locale = one.locale == "zh" ? commitments::Locale::zh : commitments::Locale::en;
      TRY(records.outbox.enqueue(
          cases::letter({one.email, one.name, locale}, house,
                        {words.kind, words.subject_en, words.subject_zh, words.body_en, words.body_zh,
                         words.path.empty() ? std::string() : house.public_url + words.path, job.request.project})));
    }
    return {};
  });
}

Result<void> call_approvers(Records& records, const jobs::Job& job, const Id& id, std::vector<Id> but) {
  TRY_ASSIGN(const auto view, records.statements.statements.find(id));
  if (view.statement.state != statements::State::submitted) return {};
  for (const auto& approval : view.statement.approvals) but.push_back(approval.account);
  TRY_ASSIGN(const auto people, those_who(records, Permission::approve_statements, but));
  return write(records, job, people,
               {"statement.waits", "A statement waits for your approval", "有声明待您批准",
                "A statement waits for approval. Sign in to read it: what it says is not told by mail.",
                "有一份声明待批准。请登录阅读：内容不在邮件中说明。", "/publishing/" + id.text()});
}

Result<void> call_removers(Records& records, const jobs::Job& job, const Id& id, const std::vector<Id>& but) {
  TRY_ASSIGN(const auto view, records.statements.statements.find(id));
  if (!view.statement.removal) return {};
  TRY_ASSIGN(const auto people, those_who(records, Permission::approve_statements, but));
  return write(records, job, people,
               {"removal.waits", "The removal of a statement waits for you", "有声明移除申请待您处理",
                "Somebody asks for the removal of a published statement. Sign in to see why, and do it or refuse.",
                "有人申请移除一份已公布的声明。请登录查看理由，并办理或拒绝。", "/publishing/" + id.text()});
}

Result<void> call_reviewers(Records& records, const jobs::Job& job, const Id& id, const std::vector<Id>& but) {
  TRY_ASSIGN(const auto leak, records.leaks.find(id));
  if (leak.leak.state != leaks::State::unmask_requested) return {};
  TRY_ASSIGN(const auto people, those_who(records, Permission::review_cases, but));
  return write(records, job, people,
               {"unmask.waits", "A request to name a recipient waits for you", "有身份揭示申请待您复核",
                "Somebody asks for the name behind a copy. Sign in, look at the result, and agree or refuse.",
                "有人申请揭示某份副本的接收人。请登录查看结果，并同意或拒绝。", "/leaks/" + id.text()});
}

Result<void> call_attendee(Records& records, const jobs::Job& job, const Id& party) {
  TRY_ASSIGN(const auto row, records.parties.find(party));
  const auto& details = row.party.details;
  return write(
      records, job, {{party, details.name, details.email, details.locale}},
      {"frames.decided", "Your pictures of the shoot were looked at", "您提交的拍摄素材已有处理结果",
       "Pictures that you handed in were looked at: some may be used, others perhaps not, or are to be deleted. "
       "Open your page by the link that came with your commitment to see which.",
       "您提交的素材已有处理结果：有的可以使用，有的不可使用或须删除。请通过承诺书邮件中的链接进入您的页面查看。", ""});
}

}  // namespace

Result<void> call(Records& records, jobs::JobContext& context) {
  TRY_ASSIGN(const Id id, subject_of(context));
  const auto payload = nlohmann::json::parse(context.payload(), nullptr, /*allow_exceptions=*/false);
  if (!payload.is_object()) return fail(ErrorCode::corrupt, "a call does not say whom it is for");
  const std::string what = payload.value("what", "");
  const auto person = Id::parse(payload.value("person", ""));
  const std::vector<Id> but = person ? std::vector<Id>{*person} : std::vector<Id>{};
  if (what == jobs::kCallApprovers) return call_approvers(records, context.job(), id, but);
  if (what == jobs::kCallRemovers) return call_removers(records, context.job(), id, but);
  if (what == jobs::kCallReviewers) return call_reviewers(records, context.job(), id, but);
  if (what == jobs::kCallAttendee && person) return call_attendee(records, context.job(), *person);
  return fail(ErrorCode::corrupt, "a call does not say whom it is for");
}

}  // namespace probity::app
