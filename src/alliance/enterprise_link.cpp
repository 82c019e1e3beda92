#include "alliance/enterprise_link.h"

namespace probity::alliance {
namespace {

using Next = std::optional<HeldEnterprises>;

Result<void> check_order(const SignedEnterpriseHead& next, const std::optional<HeldEnterprises>& held) {
  if (!held || next.head.version > held->head.head.version) return {};
  if (next.head == held->head.head) return {};
  return fail(ErrorCode::forbidden, "the hub shows another list of companies than before",
              "keep both signed heads: they prove it; tell the ombudsman and the log's witnesses");
}

Result<Next> fetch_whole(Membership& membership, const std::optional<HeldEnterprises>& held) {
  TRY_ASSIGN(const std::string body, membership.call("GET", "/alliance/v1/enterprises", "", {}));
  TRY_ASSIGN(HeldEnterprises next, parse_enterprise_list(body));
  TRY(verify(next.head, membership.facts().hub.identity));
  TRY(check_order(next.head, held));
  if (held && held->head.head == next.head.head) return Next();
  return Next(std::move(next));
}

}  // namespace

Result<Next> fetch_enterprises(Membership& membership, const std::optional<HeldEnterprises>& held) {
  if (!held) return fetch_whole(membership, held);
  const std::string path = "/alliance/v1/enterprises/since/" + std::to_string(held->head.head.version);
  const auto body = membership.call("GET", path, "", {});
  if (!body && body.error().code == ErrorCode::gone) return fetch_whole(membership, held);
  TRY(body);
  if (body->empty()) return Next();
  TRY_ASSIGN(const EnterpriseListChange change, EnterpriseListChange::parse(*body));
  TRY(verify(change.to, membership.facts().hub.identity));
  TRY(check_order(change.to, held));
  if (change.from != held->head.head.version) return fetch_whole(membership, held);
  auto list = held->list->apply(change);
  if (!list) return fetch_whole(membership, held);
  return Next(HeldEnterprises{std::make_shared<const EnterpriseList>(std::move(*list)), change.to});
}

}  // namespace probity::alliance
