#include <nlohmann/json.hpp>

#include "bulletins/exports.h"
#include "bulletins/json.h"
#include "bulletins/rules.h"

namespace probity::bulletins {

using nlohmann::json;

json feed_of(const std::vector<View>& views, const ExportFacts& facts) {
  json items = json::array();
  for (const View& view : views) {
    const Bulletin& bulletin = view.row.bulletin;
    if (view.row.access != Access::whole || !may_be_exported(bulletin)) continue;
    const Content& content = bulletin.content();
    json tags = json::array({kind_name(bulletin.kind)});
    for (const auto* words : {&content.brands, &content.products})
      for (const std::string& word : *words) tags.push_back(word);
    json links = json::array();
    for (const Link& link : content.links) links.push_back({{"kind", link_kind_name(link.kind)}, {"url", link.url}});
    json item{{"id", "urn:probity:bulletin:" + bulletin.id.text()},
              {"title", content.title},
              {"content_text", content.text},
              {"date_published", to_rfc3339(bulletin.published_ms)},
              {"date_modified", to_rfc3339(bulletin.changed_ms())},
              {"tags", std::move(tags)},
              {"_probity",
               {{"number", bulletin.number},
                {"tlp", tlp_name(bulletin.tlp)},
                {"expires_at", to_rfc3339(bulletin.expires_ms)},
                {"version", bulletin.version()},
                {"seen", view.row.tally.seen},
                {"links", std::move(links)}}}};
    if (view.row.author) item["authors"] = json::array({{{"name", *view.row.author}}});
    items.push_back(std::move(item));
  }
  return {{"version", "https://jsonfeed.org/version/1.1"},
          {"title", facts.hub_name + " · bulletins 通报"},
          {"description", "Each item carries a TLP 2.0 label under _probity.tlp: it says how far it may go."},
          {"items", std::move(items)}};
}

}  // namespace probity::bulletins
