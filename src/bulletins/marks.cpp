#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "bulletins/rules.h"
#include "names/han.h"

namespace probity::bulletins {
namespace {

// An address without what says nothing of the place: scheme, "www.", fragment, a slash at the end.
struct Address {
  std::string host;
  std::vector<std::string> path;
  std::string query;
};
Address address_of(const std::string& url) {
  Address address;
  std::string rest = url.substr(url.find("://") + 3);
  rest = rest.substr(0, rest.find('#'));
  const std::size_t question = rest.find('?');
  if (question != std::string::npos) address.query = rest.substr(question);
  rest = rest.substr(0, question);
  const std::size_t slash = rest.find('/');
  address.host = ascii_lower(rest.substr(0, slash));
  if (address.host.starts_with("www.")) address.host = address.host.substr(4);
  while (slash != std::string::npos && !rest.empty()) {
    const std::size_t begin = rest.find('/');
    if (begin == std::string::npos) break;
    rest = rest.substr(begin + 1);
    const std::string part = rest.substr(0, rest.find('/'));
    if (!part.empty()) address.path.push_back(part);
  }
  return address;
}

std::string joined(const Address& address) {
  std::string text = address.host;
  for (const std::string& part : address.path) text += "/" + part;
  return text + address.query;
}

template <std::size_t size>
bool is_one_of(const std::string& word, const std::array<std::string_view, size>& words) {
  return std::ranges::find(words, word) != words.end();
}

// Marketplaces name a shop in the host, in the first part of the path, or in the one after "shop". A page of an item
// that says none of it has no shop: better no relation than all sellers of a marketplace related.
std::string shop_of(const Address& address) {
  constexpr std::array<std::string_view, 8> kBefore{"shop",   "shops",   "store", "stores",
                                                    "seller", "sellers", "u",     "user"};
  constexpr std::array<std::string_view, 10> kItems{"item",  "items", "product", "products", "p",
                                                    "goods", "dp",    "detail",  "search",   "s"};
  constexpr std::array<std::string_view, 5> kPlain{"m", "item", "detail", "shop", "store"};
  const std::string label = address.host.substr(0, address.host.find('.'));
  const bool own_host = std::ranges::count(address.host, '.') >= 2 && !is_one_of(label, kPlain);
  if (!address.path.empty()) {
    const std::string first = ascii_lower(address.path.front());
    if (is_one_of(first, kBefore) && address.path.size() > 1) return address.host + "/" + ascii_lower(address.path[1]);
    const bool is_item = is_one_of(first, kItems) || is_one_of(first, kBefore) || first.find('.') != std::string::npos;
    if (!own_host && !is_item) return address.host + "/" + first;
  }
  return own_host ? address.host : std::string();
}

}  // namespace

std::string folded(std::string_view text) { return names::to_utf8(names::fold(text)); }

std::set<Mark> marks_of(const Content& content) {
  std::set<Mark> marks;
  for (const Link& link : content.links) {
    const Address address = address_of(link.url);
    marks.insert({"link", joined(address)});
    if (link.kind != Link::Kind::seller) continue;
    if (const std::string shop = shop_of(address); !shop.empty()) marks.insert({"shop", shop});
  }
  for (const std::string& brand : content.brands) marks.insert({"brand", folded(brand)});
  for (const std::string& product : content.products) marks.insert({"product", folded(product)});
  return marks;
}

std::string search_text(const Bulletin& bulletin) {
  if (bulletin.versions.empty()) return {};
  const Content& content = bulletin.content();
  std::string text = folded(bulletin.number) + "\n" + folded(content.title) + "\n" + folded(content.text);
  for (const auto* words : {&content.products, &content.brands, &content.mentions})
    for (const std::string& word : *words) text += "\n" + folded(word);
  for (const Link& link : content.links) text += "\n" + folded(link.url);
  for (const Accused& accused : content.accused) text += "\n" + folded(accused.name);
  return text;
}

}  // namespace probity::bulletins
