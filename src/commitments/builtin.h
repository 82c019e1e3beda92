// The words of the templates that come with the program, by language.
#pragma once

#include "commitments/template.h"

namespace probity::commitments {

TemplateText press_text_en();
TemplateText press_text_zh();
TemplateText supplier_text_en();
TemplateText supplier_text_zh();

}  // namespace probity::commitments
