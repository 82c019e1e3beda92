// The sentences that terms turn into, in both languages: what a placeholder stands for.
#pragma once

#include <string>

#include "commitments/render.h"

namespace probity::commitments {

std::string channel_heading(Channel channel, Locale locale);
// "Own media: your publication …": one sentence, ticked by itself.
std::string channel_sentence(Channel channel, Locale locale);
std::string channels_list(const Terms& terms, Locale locale);  // "- " lines

std::string embargo_clause(const Particulars& about);
std::string embargo_instant(const Particulars& about);  // "… 18:00 (Asia/Shanghai, UTC+08:00), that is … UTC"
std::string amount_clause(const Particulars& about);
std::string liable_clause(const Particulars& about);
std::string sub_suppliers_clause(const Particulars& about);
std::string colleagues_clause(const Particulars& about);
std::string breach_clause(const Particulars& about);
std::string signing_clause(const Particulars& about);
std::string recipient_clause(const Particulars& about);  // "Mira Holloway, Motor Weekly"
std::string consent_text(const Particulars& about);
std::vector<std::pair<std::string, std::string>> terms_table(const Particulars& about);

}  // namespace probity::commitments
