// What stands before the handlers of recipients: whose session it is, and the CSRF token of changes.
#pragma once

#include <functional>
#include <string>

#include "commitments/recipient.h"
#include "http/router.h"

namespace probity::http::routes {

// party, name, session, link, code, address, agent.
using RecipientCall = commitments::Visitor;
using RecipientHandler = std::function<Response(const Request&, const RecipientCall&)>;

inline constexpr const char* kRecipientCookie = "__Host-probity-recipient";
std::string recipient_cookie(const std::string& token);  // the value of a Set-Cookie header
std::string ended_recipient_cookie();

// Thread-safe; borrows the service. Answers 401 without a valid session, 403 for a change without its CSRF token or
// from a page of another origin.
class RecipientGuard {
 public:
  explicit RecipientGuard(commitments::RecipientService& service) : service_(service) {}
  Handler recipient(RecipientHandler handler);

 private:
  commitments::RecipientService& service_;
};

}  // namespace probity::http::routes
