// Sessions: opening one, whose a reference is, listing and ending them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "accounts/ports.h"
#include "accounts/settings.h"

namespace probity::accounts {

// Where a request comes from.
struct Visitor {
  std::string address;
  std::string agent;
};

// A session and the reference of its cookie, which nothing keeps.
struct Opened {
  Account account;
  Session session;
  std::string reference;
};

struct SignedIn {
  Account account;
  Session session;
  Caller caller;
};

// Thread-safe.
class Sessions {
 public:
  Sessions(const Ports& ports, SettingsService& settings) : ports_(ports), settings_(settings) {}

  // Joins the transaction. A new reference each time: nothing a visitor brought along is ever taken over.
  Result<Opened> open(const Account& account, const Visitor& visitor);
  // A new reference for the same session, whose presence was proved now. Joins the transaction.
  Result<Opened> renew(const Account& account, Session session);

  // Whose session it is, and notes that it was seen. Errors: unauthenticated for whatever is not valid now.
  Result<SignedIn> authenticate(std::string_view reference, const Visitor& visitor);
  Result<std::vector<Session>> list(const Caller& caller);  // that are alive
  Result<Session> present(const Caller& caller);            // the caller's own; errors: unauthenticated
  // One of the caller's own. Errors: not_found.
  Result<void> end(const Caller& caller, const Id& session);
  Result<void> sign_out(const Caller& caller);
  // Ends the session a browser had before it opened `kept`, if it was another one.
  Result<void> drop_other(std::string_view reference, const Id& kept);
  // Forgets what is long over; run now and then.
  Result<void> clean();

 private:
  const Ports& ports_;
  SettingsService& settings_;
};

// What the account may do today.
Caller caller_of(const Account& account, const std::string& address);

}  // namespace probity::accounts
