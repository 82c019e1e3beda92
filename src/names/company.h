// The parts of a company's name, in Chinese or Latin script: region, brand, trade and legal form.
#pragma once

#include <string>
#include <string_view>

namespace probity::names {

// 武汉|海明智业|电子商务|有限公司. Parts may be empty. Chinese parts are simplified and of one width; Latin parts are
// lower case, words separated by one blank.
struct CompanyName {
  bool chinese = false;
  std::string region;      // 武汉; without 省, 市, 县 where the place is known; several are joined: 广东东莞
  std::string brand;       // what tells it from others
  std::string trade;       // 电子商务
  std::string legal_form;  // 有限公司
  bool branch = false;     // 分公司, 分店, "branch"
  std::string written;     // the name as written, one width, without white space (Chinese) or with single blanks
};
CompanyName parse_company_name(std::string_view text);

}  // namespace probity::names
