// The board's joint cases.
#include "bulletins/board.h"

namespace probity::bulletins {
namespace {

Error no_such_case() { return {ErrorCode::not_found, "there is no such joint case", ""}; }

}  // namespace

// That there is one, those may know who may read the bulletin; who takes part sees it after the bulletin's end, too.
Result<bool> Board::may_see(const JointCase& joint, const Reader& reader) {
  if (!reader.is_operator && takes_part(joint, reader.member)) return true;
  TRY_ASSIGN(const auto bulletin, ports_.store.bulletin(joint.bulletin));
  return bulletin && access_of(*bulletin, reader, ports_.clock.now_ms()) == Access::whole;
}

Result<JointView> Board::shown(const JointCase& joint, const Reader& reader) {
  JointView view;
  view.joint = joint;
  view.joined = !reader.is_operator && takes_part(joint, reader.member);
  if (!view.joined) {
    view.joint.notes.clear();
    view.joint.outcome_note.clear();
    return view;
  }
  TRY_ASSIGN(view.names, names());
  return view;
}

Result<JointView> Board::open_joint_case(const Reader& by, const Id& id, const std::string& contact) {
  std::optional<JointCase> joint;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Bulletin bulletin, readable(by, id));
    TRY_ASSIGN(const auto earlier, ports_.store.joint_case_of(id));
    if (earlier) return fail(ErrorCode::conflict, "this bulletin has a joint case already", "join it");
    TRY_ASSIGN(joint,
               bulletins::open_joint_case(Id::random(ports_.random), bulletin, by, contact, ports_.clock.now_ms()));
    return ports_.store.insert(*joint);
  }));
  return shown(*joint, by);
}

template <class Verb>
Result<JointView> Board::change(const Reader& by, const Id& id, Verb verb) {
  std::optional<JointCase> next;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto before, ports_.store.joint_case(id));
    if (!before) return tl::unexpected<Error>(no_such_case());
    TRY_ASSIGN(const bool visible, may_see(*before, by));
    if (!visible) return tl::unexpected<Error>(no_such_case());
    TRY_ASSIGN(next, verb(*before));
    return ports_.store.update(*next);
  }));
  return shown(*next, by);
}

Result<JointView> Board::join(const Reader& by, const Id& id, const std::string& contact) {
  return change(by, id,
                [&](const JointCase& joint) { return bulletins::join(joint, by, contact, ports_.clock.now_ms()); });
}
Result<JointView> Board::leave(const Reader& by, const Id& id) {
  return change(by, id, [&](const JointCase& joint) { return bulletins::leave(joint, by, ports_.clock.now_ms()); });
}
Result<JointView> Board::note(const Reader& by, const Id& id, const std::string& text) {
  return change(by, id, [&](const JointCase& joint) {
    return bulletins::note(joint, Id::random(ports_.random), by, text, ports_.clock.now_ms());
  });
}
Result<JointView> Board::close(const Reader& by, const Id& id, JointCase::Outcome outcome, const std::string& text) {
  return change(by, id, [&](const JointCase& joint) {
    return bulletins::close(joint, by, outcome, text, ports_.clock.now_ms());
  });
}

Result<JointView> Board::joint_case(const Reader& reader, const Id& id) {
  TRY_ASSIGN(const auto joint, ports_.store.joint_case(id));
  if (!joint) return tl::unexpected<Error>(no_such_case());
  TRY_ASSIGN(const bool visible, may_see(*joint, reader));
  if (!visible) return tl::unexpected<Error>(no_such_case());
  return shown(*joint, reader);
}

Result<std::vector<JointView>> Board::joint_cases(const Reader& reader) {
  std::vector<JointView> views;
  TRY_ASSIGN(const auto joints, ports_.store.joint_cases());
  for (const JointCase& joint : joints) {
    TRY_ASSIGN(const bool visible, may_see(joint, reader));
    if (!visible) continue;
    TRY_ASSIGN(JointView view, shown(joint, reader));
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace probity::bulletins
