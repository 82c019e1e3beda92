#include "alliance/label_content.h"

#include <nlohmann/json.hpp>

#include "oprf/label.h"

namespace probity::alliance {

bool is_same_matter(const LabelContent& a, const LabelContent& b) {
  return a.filer == b.filer && a.reference == b.reference;
}

Result<Bytes> encode_label(const LabelContent& content) {
  // Seconds, and a list instead of an object: names would take a third of the room.
  const std::string text =
      nlohmann::json::array({1, content.reference, conduct_entry(content.conduct).name, content.filer, content.contact,
                             content.decided_ms / 1000, content.until_ms / 1000})
          .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (text.size() > oprf::kMostLabelContentBytes)
    return fail(ErrorCode::too_large, "the label is too long", "shorten reference, name or contact");
  return Bytes(text.begin(), text.end());
}

Result<LabelContent> parse_label(BytesView bytes) {
  try {
    const auto in = nlohmann::json::parse(as_text(bytes));
    if (in.size() != 7 || in.at(0) != 1) return fail(ErrorCode::corrupt, "a label of another kind");
    LabelContent content;
    content.reference = in.at(1).get<std::string>();
    TRY_ASSIGN(content.conduct, parse_conduct(in.at(2).get<std::string>()));
    content.filer = in.at(3).get<std::string>();
    content.contact = in.at(4).get<std::string>();
    content.decided_ms = in.at(5).get<TimeMs>() * 1000;
    content.until_ms = in.at(6).get<TimeMs>() * 1000;
    return content;
  } catch (const nlohmann::json::exception&) {
    return fail(ErrorCode::corrupt, "a label that is not readable");
  }
}

}  // namespace probity::alliance
