#include "names/latin.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "names/han.h"

namespace probity::names {
namespace {

struct Letters {
  std::u32string_view from;
  std::string_view to;
};

constexpr std::array kLetters{
    Letters{U"àáâãäåāăąǎạảấầẩẫậắằẳẵặ", "a"},
    Letters{U"çćĉċč", "c"},
    Letters{U"ďđð", "d"},
    Letters{U"èéêëēĕėęěẹẻẽếềểễệə", "e"},
    Letters{U"ĝğġģ", "g"},
    Letters{U"ĥħ", "h"},
    Letters{U"ìíîïĩīĭįıǐỉị", "i"},
    Letters{U"ĵ", "j"},
    Letters{U"ķ", "k"},
    Letters{U"ĺļľŀł", "l"},
    Letters{U"ñńņňŉǹ", "n"},
    Letters{U"òóôõöøōŏőơǒọỏốồổỗộớờởỡợ", "o"},
    Letters{U"ŕŗř", "r"},
    Letters{U"śŝşšș", "s"},
    Letters{U"ţťŧț", "t"},
    Letters{U"ùúûüũūŭůűųưǔǖǘǚǜụủứừửữự", "u"},
    Letters{U"ŵ", "w"},
    Letters{U"ýÿŷỳỵỷỹ", "y"},
    Letters{U"źżž", "z"},
    Letters{U"ß", "ss"},
    Letters{U"æ", "ae"},
    Letters{U"œ", "oe"},
    Letters{U"þ", "th"},
    Letters{U"а", "a"},
    Letters{U"б", "b"},
    Letters{U"в", "v"},
    Letters{U"гґ", "g"},
    Letters{U"д", "d"},
    Letters{U"еёэє", "e"},
    Letters{U"ж", "zh"},
    Letters{U"з", "z"},
    Letters{U"иіы", "i"},
    Letters{U"йї", "y"},
    Letters{U"к", "k"},
    Letters{U"л", "l"},
    Letters{U"м", "m"},
    Letters{U"н", "n"},
    Letters{U"о", "o"},
    Letters{U"п", "p"},
    Letters{U"р", "r"},
    Letters{U"с", "s"},
    Letters{U"т", "t"},
    Letters{U"уў", "u"},
    Letters{U"ф", "f"},
    Letters{U"х", "kh"},
    Letters{U"ц", "ts"},
    Letters{U"ч", "ch"},
    Letters{U"ш", "sh"},
    Letters{U"щ", "shch"},
    Letters{U"ъь", ""},
    Letters{U"ю", "yu"},
    Letters{U"я", "ya"},
};

char32_t lower(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  if (c >= 'A' && c <= 'Z') return c + 32;
  if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x410 && c <= 0x42F)) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) || (c >= 0x1EA0 && c <= 0x1EF9) ||
      (c >= 0x218 && c <= 0x21B))
    return c | 1U;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c % 2 == 1 ? c + 1 : c;
  return c;
}

const std::unordered_map<char32_t, std::string_view>& plain_letters() {
  static const auto table = [] {
    std::unordered_map<char32_t, std::string_view> out;
    for (const auto& row : kLetters)
      for (const char32_t c : row.from) out[c] = row.to;
    return out;
  }();
  return table;
}

constexpr std::string_view kWesternNames =
    "aaron abraham ada adam adrian agnes alan albert alex alexander alfred alice alison allan allen alvin amanda amy "
    "andrea andrew andy angel angela anita ann anna anne annie anson anthony antonio april arthur audrey august austin "
    "barbara ben benjamin benny bernard bertha betty billy bob bonnie boris brandon brenda brian bruce calvin cameron "
    "carl carmen carol caroline carrie catherine cathy cecilia celia charles charlie cherry chris christian christina "
    "christine christopher cindy claire clara clarence clarisse claudia clement cliff clifford connie craig cynthia "
    "daisy "
    "daniel danny daphne darren dave david dawn dean deborah dennis derek desmond diana dick dickson dominic donald "
    "donna "
    "dora doris dorothy douglas duncan eason eddie edgar edmund edward edwin eileen elaine elizabeth ella ellen elsa "
    "elsie emily emma emmanuel enoch eric erica ernest esther eugene eunice eva evan evelyn fanny fernando fiona flora "
    "florence frances francis frank fred frederick gabriel gary geoffrey george gerald gigi gilbert gladys glenn "
    "gloria "
    "gordon grace graham gregory hannah harold harry harvey heidi helen helena henry herbert herman hilary holden "
    "horace "
    "howard hugo ian ida iris irene isaac isabel ivan ivy jack jackie jackson jacky jacqueline james jamie jane janet "
    "janice jason jasmine jasper jay jean jeff jeffrey jennifer jenny jeremy jerry jesse jessica jessie jimmy joan "
    "joanna "
    "joanne joe john johnny jonathan jordan jose joseph josephine joshua joyce juan judy julia julian julie justin "
    "karen "
    "karl kate katherine kathy keith kelly kelvin ken kenneth kenny kevin kitty larry laura lawrence leo leon leonard "
    "leslie lester lewis lilian lillian lily linda lisa lois louis louise lucas lucia lucy luke lydia mabel maggie "
    "marco "
    "margaret maria marie mario mark martha martin mary matthew maurice max may melissa melody michael michelle mike "
    "miranda miriam monica moses nancy naomi natalie nathan neil nelson nicholas nicole nicky nigel nina nora norman "
    "oliver olivia oscar pamela pansy pascal patrick patricia paul paula pauline peggy percy peter philip phoebe "
    "phyllis "
    "polly priscilla queenie rachel ralph ray raymond rebecca regina reginald rex richard rita robert robin rock roger "
    "roland ronald ronny rosa rose rosemary roy ruby russell ruth ryan sally sam samantha samson samuel sandra sandy "
    "sara "
    "sarah scott sean selina sharon sheila shirley sidney silvia simon sonia sophia sophie stanley starry stella "
    "stephanie "
    "stephen steve steven stewart sunny susan susanna sylvia tanya ted teresa terence terry theresa thomas tiffany tim "
    "timothy tina toby tom tommy tony tracy vanessa vera veronica vicky victor victoria vincent viola violet virginia "
    "vivian walter wendy wesley wilfred william willie wilson winnie winston yvonne zoe wellington "
    "freddy marcus ";

}  // namespace

std::string plain_latin(std::string_view text) {
  std::string out;
  for (const char32_t c : characters(text)) {
    const char32_t small = lower(c);
    const auto found = small < 0x80 ? plain_letters().end() : plain_letters().find(small);
    if (found != plain_letters().end()) {
      out += found->second;
    } else if (small < 0x300 || small > 0x36F) {  // combining marks fall away
      out += to_utf8(std::u32string(1, small));
    }
  }
  return out;
}

bool is_western_given_name(std::string_view word) {
  static const auto names = [] {
    std::unordered_set<std::string_view> out;
    for (auto rest = kWesternNames; !rest.empty();) {
      const auto end = std::min(rest.find(' '), rest.size());
      if (end > 0) out.insert(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
  }();
  return names.contains(word);
}

}  // namespace probity::names
