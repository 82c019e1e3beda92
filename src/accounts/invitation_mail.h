// The mail that brings an invitation, in the reader's language.
#pragma once

#include <string>

#include "accounts/account.h"
#include "outbox/message.h"

namespace probity::accounts {

// Its kind is "account.invited"; whoever sees its link can take the account over.
outbox::Message invitation_mail(const Account& account, const std::string& organisation, const std::string& by,
                                const std::string& link);

}  // namespace probity::accounts
