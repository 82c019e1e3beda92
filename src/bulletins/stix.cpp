#include <nlohmann/json.hpp>
#include <set>

#include "bulletins/exports.h"
#include "bulletins/json.h"
#include "bulletins/rules.h"
#include "bulletins/uuid5.h"

namespace probity::bulletins {
namespace {

using nlohmann::json;

// The label's extension and the day of all five markings, as OASIS published them (cti-stix-common-objects, tlp-2.0).
constexpr const char* kTlpExtension = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
constexpr const char* kTlpCreated = "2022-10-01T00:00:00.000Z";
// Identities have no date of their own here; a fixed one keeps them the same in every export.
constexpr const char* kIdentityCreated = "2026-01-01T00:00:00.000Z";

// 'it''s' has no such form in a STIX pattern: backslashes.
std::string pattern_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

json marking(Tlp tlp) {
  const std::string name(tlp_name(tlp));
  std::string word = name;
  for (char& c : word)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return {{"type", "marking-definition"},
          {"spec_version", "2.1"},
          {"id", tlp_marking_id(tlp)},
          {"created", kTlpCreated},
          {"name", "TLP:" + name},
          {"extensions", {{kTlpExtension, {{"extension_type", "property-extension"}, {"tlp_2_0", word}}}}}};
}

class Bundle {
 public:
  explicit Bundle(const ExportFacts& facts)
      : space_(uuid5(kUrlSpace, "urn:probity:hub:" + facts.hub_id.text())), hub_(identity(facts.hub_name, "hub")) {}

  void add(const View& view) {
    const Bulletin& bulletin = view.row.bulletin;
    if (marked_.insert(bulletin.tlp).second) objects_.push_back(marking(bulletin.tlp));
    const std::string author = view.row.author ? identity(*view.row.author, bulletin.author.text()) : hub_;
    json common{{"spec_version", "2.1"},
                {"created_by_ref", author},
                {"created", to_rfc3339(bulletin.published_ms)},
                {"modified", to_rfc3339(bulletin.changed_ms())},
                {"object_marking_refs", json::array({tlp_marking_id(bulletin.tlp)})}};
    json refs = json::array();
    for (const Link& link : bulletin.content().links)
      if (link.kind == Link::Kind::seller) add_indicator(common, bulletin, link, refs);
    if (refs.empty()) refs.push_back(author);  // a report refers to something
    add_report(std::move(common), bulletin, std::move(refs));
  }

  json finish() && {
    std::string ids;
    for (const json& object : objects_) ids += object.at("id").get<std::string>();
    return {{"type", "bundle"}, {"id", made_id("bundle", ids)}, {"objects", std::move(objects_)}};
  }

 private:
  std::string made_id(const std::string& type, const std::string& name) const {
    return type + "--" + uuid_text(uuid5(space_, type + ":" + name));
  }

  std::string identity(const std::string& name, const std::string& key) {
    const std::string id = made_id("identity", key);
    if (named_.insert(id).second)
      objects_.push_back({{"type", "identity"},
                          {"spec_version", "2.1"},
                          {"id", id},
                          {"created", kIdentityCreated},
                          {"modified", kIdentityCreated},
                          {"name", name},
                          {"identity_class", "organization"}});
    return id;
  }

  void add_indicator(const json& common, const Bulletin& bulletin, const Link& link, json& refs) {
    json indicator = common;
    const std::string id = made_id("indicator", bulletin.id.text() + " " + link.url);
    if (!named_.insert(id).second) return;
    indicator["type"] = "indicator";
    indicator["id"] = id;
    indicator["name"] = bulletin.number + ": a seller's page";
    indicator["indicator_types"] = json::array({"anomalous-activity"});
    indicator["pattern"] = "[url:value = '" + pattern_text(link.url) + "']";
    indicator["pattern_type"] = "stix";
    indicator["valid_from"] = to_rfc3339(bulletin.published_ms);
    indicator["valid_until"] = to_rfc3339(bulletin.expires_ms);
    refs.push_back(id);
    objects_.push_back(std::move(indicator));
  }

  void add_report(json report, const Bulletin& bulletin, json refs) {
    const Content& content = bulletin.content();
    json labels = json::array({kind_name(bulletin.kind)});
    for (const std::string& brand : content.brands) labels.push_back("brand:" + brand);
    for (const std::string& product : content.products) labels.push_back("product:" + product);
    json outside = json::array({{{"source_name", "probity"}, {"external_id", bulletin.number}}});
    for (const Link& link : content.links)
      if (link.kind != Link::Kind::seller)
        outside.push_back({{"source_name", link_kind_name(link.kind)}, {"url", link.url}});
    report["type"] = "report";
    report["id"] = made_id("report", bulletin.id.text());
    report["name"] = content.title;
    report["description"] = content.text;
    report["report_types"] = json::array({"threat-report"});
    report["published"] = to_rfc3339(bulletin.published_ms);
    report["object_refs"] = std::move(refs);
    report["labels"] = std::move(labels);
    report["external_references"] = std::move(outside);
    objects_.push_back(std::move(report));
  }

  const Uuid space_;
  json objects_ = json::array();
  std::set<std::string> named_;
  std::set<Tlp> marked_;
  const std::string hub_;
};

}  // namespace

std::string tlp_marking_id(Tlp tlp) {
  const char* id = "";
  switch (tlp) {
    case Tlp::clear:
      id = "94868c89-83c2-464b-929b-a1a8aa3c8487";
      break;
    case Tlp::green:
      id = "bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
      break;
    case Tlp::amber:
      id = "55d920b0-5e8b-4f79-9ee9-91f868d9b421";
      break;
    case Tlp::amber_strict:
      id = "939a9414-2ddd-4d32-a0cd-375ea402b003";
      break;
    case Tlp::red:
      id = "e828b379-4e03-4974-9ac4-e53a884c97c1";
      break;
  }
  return std::string("marking-definition--") + id;
}

json stix_of(const std::vector<View>& views, const ExportFacts& facts) {
  Bundle bundle(facts);
  for (const View& view : views)
    if (view.row.access == Access::whole && may_be_exported(view.row.bulletin)) bundle.add(view);
  return std::move(bundle).finish();
}

}  // namespace probity::bulletins
