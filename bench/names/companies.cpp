#include "names/companies.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "names/company_words.h"
#include "names/han.h"

namespace probity::bench {
namespace {

using names::characters;
using names::to_utf8;
using Text = std::u32string;
using Words = std::vector<std::string>;

Words words_of(std::string_view text) {
  Words out;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

constexpr std::string_view kForms =
    "有限公司 有限公司 有限公司 有限公司 有限责任公司 股份有限公司 集团有限公司 公司 厂 商行 店";
constexpr std::string_view kTrades =
    "科技 贸易 商贸 电子商务 信息技术 建筑工程 装饰工程 广告 文化传播 投资管理 企业管理咨询 机械设备 电子 食品 "
    "餐饮管理 物流 "
    "房地产开发 生物科技 医疗器械 教育咨询 网络科技 服饰 纺织 建材 五金制品 塑料制品 汽车销售 汽车配件 农业开发 "
    "环保科技 "
    "新能源 化工 包装材料 印刷 旅游 酒店管理 物业管理 人力资源 软件 通信设备 光电 精密机械 模具 家具 珠宝 茶叶 酒业 "
    "水产 园林绿化 矿业 电力工程 安防 进出口 国际贸易 供应链管理 实业 金融服务 保险代理 律师事务 会计服务 体育用品 "
    "玩具 陶瓷 "
    "照明 电器 仪器仪表 橡胶 钢结构 不锈钢制品 水泥制品 家政服务 美容美发 健康管理 影视文化 会展服务 国际货运代理 仓储 "
    "快递";
constexpr std::string_view kEnglishTrades =
    "科技=Technology 贸易=Trading 商贸=Trading 电子商务=E-Commerce 建筑工程=Construction 广告=Advertising "
    "文化传播=Culture 投资管理=Investment 机械设备=Machinery 电子=Electronics 食品=Food 物流=Logistics 软件=Software "
    "纺织=Textile 化工=Chemical 环保科技=Environmental 生物科技=Biotechnology 进出口=Import 国际贸易=International "
    "房地产开发=Property 实业=Industrial 旅游=Travel 印刷=Printing 矿业=Mining";
constexpr std::string_view kLatinBrands =
    "crystal atlas meridian nova orion vertex harbor summit pacific golden silver phoenix dragon eagle falcon lotus "
    "maple cedar granite delta omega sigma alpine baltic nordic iberia levant danube volga ural caspian zenith aurora "
    "helios vega polaris titan apex quantum vector matrix prisma stellar lumen solaris terra aqua ventus ignis ferro "
    "cobalt onyx opal ruby amber jade coral marina riviera bravura fortis veritas concord unity liberty pioneer "
    "frontier horizon panorama odyssey argo triton neptune mercury jupiter saturn gemini castor pollux altair rigel";
constexpr std::string_view kLatinTradeWords =
    "Trading Technology Logistics Shipping Engineering Construction Electronics Foods Textiles Chemicals Machinery "
    "Energy Mining Pharmaceuticals Consulting Investments Software Media Travel Systems";
constexpr std::string_view kLatinFormWords = "Ltd|Co., Ltd.|LLC|Inc.|Corp.|GmbH|S.A.|JSC|Limited|Company";
constexpr std::string_view kSyllables =
    "ba ka ro mi ta lo ven dor sil mar tek zan pol gra ni vel kor sta fen lu ri bo xan del mor tri qua no sa ter vi";

const Words& list(std::string_view text) {
  static std::map<const void*, Words> lists;
  auto& words = lists[text.data()];
  if (words.empty()) words = words_of(text);
  return words;
}

std::string cased(std::string word) {
  if (!word.empty() && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 32);
  return word;
}

// One traditional character for each simplified one that has some.
const std::map<char32_t, char32_t>& traditional() {
  static const auto table = [] {
    std::map<char32_t, char32_t> out;
    for (char32_t c = 0x4E00; c <= 0x9FA5; ++c)
      if (const char32_t s = names::simplified(c); s != c) out.emplace(s, c);
    return out;
  }();
  return table;
}

std::string replaced(const std::string& text, const std::string& from, const std::string& to) {
  auto out = text;
  if (const auto at = out.find(from); at != std::string::npos && !from.empty()) out.replace(at, from.size(), to);
  return out;
}

}  // namespace

std::string MadeCompany::name() const {
  if (!latin) return region + brand + trade + form;
  std::string out;
  for (const auto* part : {&region, &brand, &trade, &form})
    if (!part->empty()) out += (out.empty() ? "" : " ") + *part;
  return out;
}

std::string_view variant_name(Variant variant) {
  constexpr std::array kNames{"as it is",
                              "traditional characters",
                              "region in brackets",
                              "region with 市",
                              "region dropped",
                              "province added",
                              "other legal form",
                              "legal form dropped",
                              "same sound",
                              "wrong character",
                              "swapped",
                              "trade shortened",
                              "pinyin",
                              "one letter",
                              "words joined"};
  return kNames[static_cast<std::size_t>(variant)];
}

std::string_view look_alike_name(LookAlike kind) {
  constexpr std::array kNames{"same brand, other region",
                              "same brand, other trade",
                              "same region and trade, other brand",
                              "one of two characters differs",
                              "same sound in another region",
                              "other script, other region",
                              "one word more"};
  return kNames[static_cast<std::size_t>(kind)];
}

CompanyMaker::CompanyMaker(std::uint64_t seed) : random_(seed) {}

std::size_t CompanyMaker::often_first(std::size_t count) {
  const double part = std::uniform_real_distribution<double>(0, 1)(random_);
  return std::min(count - 1, static_cast<std::size_t>(static_cast<double>(count) * part * part));
}

std::string CompanyMaker::brand() {
  static const Text letters = characters(names::kBrandLetters);
  static const Text others = characters(
      "阿爱安白百宝北贝比碧宾冰波伯灿沧策超辰成城池川春纯聪翠存岛得登典鼎定冬度敦朵恩帆方飞丰凤扶甘刚高歌格根谷冠广贵桂"
      "国果海涵翰浩禾荷恒弘"
      "红虹厚胡虎花淮环焕惠火吉极季加简江娇杰金津今京景静久居君卡开可克坤蓝朗乐雷黎力立良林灵柳六龙鲁路绿伦罗麦满茂梅门"
      "蒙米妙民牧南能念鸟宁"
      "牛诺欧派朋鹏平普七奇起千乔青清秋泉群然仁荣如锐瑞森沙山上尚少声胜石时舒双水思四松苏素索太唐涛特天田铁通同图拓万王"
      "望威维伟文沃五西希喜"
      "夏先祥向小晓欣新信星雄修旭轩学雪雅严岩颜扬阳洋耀叶一伊依艺易逸益翼音银英迎永优友宇羽语玉育元源远月悦云运泽展长昭"
      "哲振正之知志中众州洲"
      "竹卓子紫自宗祖佐");
  const auto one = [&] { return below(3) > 0 ? letters[often_first(letters.size())] : others[below(others.size())]; };
  const auto which = below(100);
  const std::size_t length = which < 58 ? 2 : which < 82 ? 3 : which < 98 ? 4 : 5;
  Text out;
  for (std::size_t i = 0; i < length; ++i) out += one();
  return to_utf8(out);
}

MadeCompany CompanyMaker::chinese_company() {
  const auto& places = list(names::kPlaces);
  const auto& trades = list(kTrades);
  const auto& forms = list(kForms);
  MadeCompany out;
  if (below(20) > 0) out.region = places[2 + often_first(330)];
  out.brand = brand();
  out.trade = trades[often_first(trades.size())];
  if (below(6) == 0) {
    const auto& second = trades[below(trades.size())];
    if (second != out.trade) out.trade += second;
  }
  out.form = forms[below(forms.size())];
  return out;
}

MadeCompany CompanyMaker::latin_company() {
  const auto& brands = list(kLatinBrands);
  const auto& syllables = list(kSyllables);
  const auto& trades = list(kLatinTradeWords);
  MadeCompany out;
  out.latin = true;
  const auto word = [&] {
    if (below(3) == 0) return cased(brands[below(brands.size())]);
    std::string made;
    for (std::size_t i = 0, n = 2 + below(3); i < n; ++i) made += syllables[below(syllables.size())];
    return cased(made);
  };
  out.brand = word();
  if (below(2) == 0) out.brand += ' ' + word();
  if (below(10) > 1) out.trade = trades[often_first(trades.size())];
  Words forms;
  for (std::string_view rest = kLatinFormWords; !rest.empty();) {
    const auto end = std::min(rest.find('|'), rest.size());
    forms.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  out.form = forms[often_first(forms.size())];
  return out;
}

MadeCompany CompanyMaker::company() { return below(10) == 0 ? latin_company() : chinese_company(); }

// --- Variants ---

std::string CompanyMaker::same_sound(const std::string& brand) {
  static const auto by_sound = [] {
    std::map<names::Syllable, Text> out;
    for (const auto& text : {names::kBrandLetters, std::string_view(kTrades), names::kCommonWords.substr(0, 60000)})
      for (const char32_t c : characters(text))
        if (names::is_han(c))
          for (const auto syllable : names::pinyin_syllables(c))
            if (auto& list_of = out[syllable]; list_of.find(c) == Text::npos) list_of += c;
    return out;
  }();
  auto text = characters(brand);
  const auto at = below(text.size());
  const auto syllables = names::pinyin_syllables(text[at]);
  if (syllables.empty()) return {};
  const auto found = by_sound.find(syllables[below(syllables.size())]);
  if (found == by_sound.end()) return {};
  const char32_t other = found->second[below(found->second.size())];
  if (other == text[at]) return {};
  text[at] = other;
  return to_utf8(text);
}

std::string CompanyMaker::typo(std::string name) {
  std::size_t at = 0;
  for (int tries = 0; tries < 20; ++tries) {
    at = below(name.size() - 1);
    if (name[at] >= 'a' && name[at + 1] >= 'a') break;
  }
  switch (below(4)) {
    case 0:
      name[at] = static_cast<char>('a' + below(26));
      break;
    case 1:
      name.erase(at, 1);
      break;
    case 2:
      name.insert(at, 1, name[at]);
      break;
    default:
      std::swap(name[at], name[at + 1]);
  }
  return name;
}

std::string CompanyMaker::in_pinyin(const MadeCompany& company, const std::string& region) {
  const auto spell = [&](const std::string& text, bool apart) {
    std::string out;
    for (const char32_t c : characters(text)) {
      const auto syllables = names::pinyin_syllables(c);
      if (syllables.empty()) return std::string();
      const std::string one(names::syllable_letters(syllables[below(syllables.size())]));
      out += (apart && !out.empty() ? " " : "") + (apart || out.empty() ? cased(one) : one);
    }
    return out;
  };
  for (const auto& pair : list(kEnglishTrades)) {
    const auto equals = pair.find('=');
    if (pair.substr(0, equals) != company.trade) continue;
    const auto brand = spell(company.brand, below(3) == 0);
    if (brand.empty()) return {};
    return (region.empty() ? "" : spell(region, false) + " ") + brand + " " + pair.substr(equals + 1) + " Co., Ltd.";
  }
  return {};
}

std::string CompanyMaker::latin_variant(const MadeCompany& company, Variant variant) {
  const auto name = company.name();
  switch (variant) {
    case Variant::other_form: {
      auto other = company;
      other.form = company.form == "Ltd"         ? "Limited"
                   : company.form == "Co., Ltd." ? "Company Limited"
                   : company.form == "Corp."     ? "Corporation"
                   : company.form == "JSC"       ? "Joint Stock Company"
                                                 : "";
      return other.form.empty() ? "" : other.name();
    }
    case Variant::form_dropped:
      return company.region + company.brand + ' ' + company.trade;
    case Variant::one_letter:
      return replaced(name, company.brand, typo(company.brand));
    case Variant::words_joined: {
      auto joined = company.brand;
      std::erase(joined, ' ');
      return joined == company.brand ? "" : replaced(name, company.brand, joined);
    }
    default:
      return {};
  }
}

std::string CompanyMaker::variant(const MadeCompany& company, Variant variant) {
  const auto name = company.name();
  const auto rest = company.trade + company.form;
  if (variant == Variant::as_is) return name;
  if (company.latin) return latin_variant(company, variant);
  switch (variant) {
    case Variant::traditional: {
      auto text = characters(name);
      for (char32_t& c : text)
        if (const auto found = traditional().find(c); found != traditional().end()) c = found->second;
      return to_utf8(text);
    }
    case Variant::region_in_brackets:
      return company.region.empty() ? "" : company.brand + company.trade + "（" + company.region + "）" + company.form;
    case Variant::region_with_city:
      return company.region.empty() ? "" : company.region + "市" + company.brand + rest;
    case Variant::region_dropped:
      return company.region.empty() ? "" : company.brand + rest;
    case Variant::province_added:
      return company.region == "东莞" || company.region == "深圳" || company.region == "佛山"   ? "广东" + name
             : company.region == "苏州" || company.region == "无锡" || company.region == "南京" ? "江苏省" + name
                                                                                                : "";
    case Variant::other_form:
      return company.form == "有限公司"       ? company.region + company.brand + company.trade + "有限责任公司"
             : company.form == "有限责任公司" ? company.region + company.brand + company.trade + "公司"
                                              : "";
    case Variant::form_dropped:
      return company.region + company.brand + company.trade;
    case Variant::same_sound: {
      const auto other = same_sound(company.brand);
      return other.empty() ? "" : company.region + other + rest;
    }
    case Variant::wrong_character: {
      auto text = characters(company.brand);
      if (text.size() >= 3) {
        text[below(text.size())] = characters(brand())[0];
        return company.region + to_utf8(text) + rest;
      }
      text = characters(company.trade);
      text[below(text.size())] = characters(brand())[0];
      return company.region + company.brand + to_utf8(text) + company.form;
    }
    case Variant::swapped: {
      auto text = characters(company.brand);
      if (text.size() < 3) return {};
      const auto at = below(text.size() - 1);
      std::swap(text[at], text[at + 1]);
      return company.region + to_utf8(text) + rest;
    }
    case Variant::trade_shortened: {
      const auto text = characters(company.trade);
      if (text.size() < 4) return {};
      return company.region + company.brand + to_utf8(text.substr(below(2) * 2, text.size() - 2)) + company.form;
    }
    case Variant::pinyin:
      return in_pinyin(company, company.region);
    default:
      return {};
  }
}

std::string CompanyMaker::look_alike(const MadeCompany& company, LookAlike kind) {
  auto other = company;
  const auto another = company.latin ? latin_company() : chinese_company();
  const auto other_region = list(names::kPlaces)[34 + below(200)];
  switch (kind) {
    case LookAlike::other_region:
      if (company.latin || company.region.empty() || other_region == company.region) return {};
      other.region = other_region;
      break;
    case LookAlike::other_trade:
      if (another.trade == company.trade || another.trade.empty()) return {};
      other.trade = another.trade;
      break;
    case LookAlike::other_brand:
      if (another.brand == company.brand) return {};
      other.brand = another.brand;
      break;
    case LookAlike::one_character: {
      auto text = characters(company.brand);
      if (company.latin || text.size() != 2) return {};
      const auto at = below(2);
      const char32_t one = characters(brand())[0];
      if (names::share_a_reading(one, text[at])) return {};
      text[at] = one;
      other.brand = to_utf8(text);
      break;
    }
    case LookAlike::same_sound_elsewhere:
      if (company.latin || company.region.empty() || other_region == company.region) return {};
      other.brand = same_sound(company.brand);
      other.region = other_region;
      if (other.brand.empty()) return {};
      break;
    case LookAlike::other_region_other_script:
      if (company.latin || company.region.empty() || other_region == company.region) return {};
      return in_pinyin(company, other_region);
    case LookAlike::one_word_more:
      if (!company.latin) return {};
      other.brand = company.brand + ' ' + another.brand.substr(0, another.brand.find(' '));
      break;
    case LookAlike::count:
      return {};
  }
  return other.name();
}

}  // namespace probity::bench
