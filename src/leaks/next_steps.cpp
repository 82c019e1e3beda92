#include "leaks/next_steps.h"

#include <algorithm>

namespace probity::leaks {
namespace {

class Steps {
 public:
  Steps(const LeakDetail& detail, const Viewer& viewer) : detail_(detail), leak_(detail.row.leak), viewer_(viewer) {}

  NextSteps take(bool tracing) {
    const State state = leak_.state;
    const bool open = state != State::closed && state != State::in_case;
    offer("add_file", viewer_.writes && state != State::closed);
    offer("answer", viewer_.writes && open);
    offer("cancel_trace", viewer_.writes && tracing);
    const bool traceable = leak_.answers && leak_.files > 0;
    offer("trace", viewer_.writes && open && traceable && !tracing);
    if (viewer_.writes && open && leak_.files == 0) hint("Add the leaked files first.", "请先加入泄露文件。");
    if (viewer_.writes && state == State::reported && leak_.files > 0)
      hint("Two questions come before the trace: was it public already, and does a commitment cover it?",
           "溯源前须回答两个问题：是否早已公开？是否有承诺书涵盖？");
    name();
    offer("open_case", viewer_.opens_cases && open && state != State::unmask_requested);
    offer("close", viewer_.writes && open && state != State::unmask_requested);
    offer("reopen", viewer_.writes && state == State::closed);
    return std::move(steps_);
  }

 private:
  void name() {
    if (leak_.state == State::traced) {
      const bool identified = leak_.outcome == Outcome::identified;
      const bool may = viewer_.writes && identified && viewer_.account.has_value();
      offer("request_unmask", may && has_looked());
      if (may && !has_looked()) hint("Look at the result before asking for a name.", "请先查看结果，再申请公开姓名。");
      if (!identified && leak_.outcome == Outcome::lead)
        hint("A lead is not a name: nobody is identified.", "线索不等于认定：尚无人被认定。");
    }
    if (leak_.state != State::unmask_requested || detail_.unmask_requests.empty()) return;
    const bool own = viewer_.account && detail_.unmask_requests.front().requested_by.id == viewer_.account;
    offer("withdraw_unmask", own);
    if (own) {
      hint("Naming takes two people: another person has to agree.", "公开姓名须经两人：须由另一人同意。");
    } else if (!viewer_.reviews || !viewer_.account) {
      hint("A reviewer has to agree before anybody is named.", "须经审核人同意后方可公开姓名。");
    } else if (!has_looked()) {
      hint("Look at the result before you decide.", "请先查看结果再作决定。");
    } else {
      offer("agree_unmask", true);
      offer("refuse_unmask", true);
    }
  }

  bool has_looked() const {
    return std::ranges::any_of(detail_.views, [&](const View& view) {
      return view.who.id == viewer_.account && detail_.trace && view.at_ms >= detail_.trace->created_ms;
    });
  }

  void offer(const char* verb, bool open) {
    if (open) steps_.verbs.emplace_back(verb);
  }
  void hint(const char* en, const char* zh) { steps_.hints.push_back({en, zh}); }

  const LeakDetail& detail_;
  const Leak& leak_;
  const Viewer& viewer_;
  NextSteps steps_;
};

}  // namespace

NextSteps next_steps(const LeakDetail& detail, const Viewer& viewer, bool tracing) {
  return Steps(detail, viewer).take(tracing);
}

}  // namespace probity::leaks
