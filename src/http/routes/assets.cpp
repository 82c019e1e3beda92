#include "http/routes/assets.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "copies/preparation_report.h"
#include "http/routes/json_fields.h"
#include "http/routes/upload_answer.h"
#include "parties/text.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;

constexpr std::size_t kMostTitle = 200;

nlohmann::json report_json(const copies::PreparationReport& report) {
  constexpr const char* kCapacities[] = {"high", "medium", "low"};
  nlohmann::json warnings = nlohmann::json::array();
  for (const auto& warning : report.warnings)
    warnings.push_back({{"code", warning.code}, {"en", warning.en}, {"zh", warning.zh}});
  return {{"cells", report.cells},
          {"psnr_db", report.psnr_db},
          {"size_cost", report.size_cost ? nlohmann::json(*report.size_cost) : nlohmann::json(nullptr)},
          {"capacity", kCapacities[static_cast<std::size_t>(report.capacity)]},
          {"warnings", std::move(warnings)}};
}

nlohmann::json asset_json(const copies::Asset& asset, const projects::ProjectAsset& place) {
  return {{"id", asset.id.text()},
          {"project", place.project.text()},
          {"title", asset.title},
          {"file_name", asset.file_name},
          {"media_type", asset.media_type},
          {"width_px", asset.plan.width_px},
          {"height_px", asset.plan.height_px},
          {"state", projects::asset_state_name(place.state)},
          {"watermark", place.watermark},
          {"embargo", optional_id_json(place.embargo)},
          {"not_before", optional_time_json(place.not_before_ms)},
          {"copy_size_bytes", asset.copy_size_bytes},
          {"created_at", time_text(asset.created_ms)},
          {"report", report_json(copies::preparation_report(asset))}};
}

struct PlacedAsset {
  copies::Asset asset;
  projects::ProjectAsset place;
};

class Assets {
 public:
  explicit Assets(const AssetRoutes& services) : services_(services) {}

  Result<PlacedAsset> find(const Request& request) const {
    TRY_ASSIGN(const Id id, param_id(request, "asset"));
    TRY_ASSIGN(auto asset, services_.copies.store().asset(id));
    TRY_ASSIGN(auto place, services_.projects.project_of(id));
    if (!asset || !place) return fail(ErrorCode::not_found, "there is no such asset");
    return PlacedAsset{std::move(*asset), std::move(*place)};
  }

  Result<Response> list(const Request& request) const {
    TRY_ASSIGN(const Id project, param_id(request, "project"));
    TRY_ASSIGN(const ListQuery page, list_query(request));
    TRY(services_.projects.find(project));
    TRY_ASSIGN(const auto places, services_.projects.assets(project));
    std::vector<PlacedAsset> found;
    const std::string wanted = parties::fold_for_lookup(page.search);
    for (const auto& place : places) {
      TRY_ASSIGN(auto asset, services_.copies.store().asset(place.asset));
      if (!asset) return fail(ErrorCode::corrupt, "a project names an asset that is not there");
      const std::string text = parties::fold_for_lookup(asset->title + " " + asset->file_name);
      if (text.find(wanted) != std::string::npos) found.push_back({std::move(*asset), place});
    }
    sort(found, page);
    nlohmann::json items = nlohmann::json::array();
    for (std::size_t i = page.offset; i < found.size() && items.size() < page.limit; ++i)
      items.push_back(asset_json(found[i].asset, found[i].place));
    return json_response(200, {{"items", std::move(items)}, {"total", found.size()}});
  }

  Result<Response> change(const Request& request, const Caller& caller) const {
    TRY_ASSIGN(PlacedAsset found, find(request));
    TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
    projects::AssetChange change;
    change.watermark = fields.optional_boolean("watermark");
    if (fields.has("embargo")) change.embargo = fields.optional_id("embargo");
    if (fields.has("not_before")) change.not_before_ms = fields.optional_time("not_before");
    const auto state = fields.optional_text("state");
    if (state) {
      change.state = projects::parse_asset_state(*state);
      if (!change.state) fields.complain("state", "must be offered or withdrawn");
    }
    if (!fields.done()) return fields.problem(request.id);
    TRY_ASSIGN(const auto place,
               services_.projects.update_asset(found.asset.id, change, found.asset.title, caller.actor));
    return json_response(200, asset_json(found.asset, place));
  }

  Result<Response> preview(const Request& request) const {
    TRY_ASSIGN(const PlacedAsset found, find(request));
    TRY_ASSIGN(const Bytes jpeg, services_.preview(found.asset));
    Response response;
    response.set("Content-Type", "image/jpeg");
    response.set("Cache-Control", "private, max-age=3600");
    response.body = std::string(as_text(jpeg));
    return response;
  }

 private:
  static void sort(std::vector<PlacedAsset>& assets, const ListQuery& page) {
    if (page.sort.empty()) return;
    std::stable_sort(assets.begin(), assets.end(), [&](const PlacedAsset& a, const PlacedAsset& b) {
      const PlacedAsset& first = page.descending ? b : a;
      const PlacedAsset& second = page.descending ? a : b;
      if (page.sort == "title") return first.asset.title < second.asset.title;
      if (page.sort == "copy_size_bytes") return first.asset.copy_size_bytes < second.asset.copy_size_bytes;
      return first.asset.created_ms < second.asset.created_ms;
    });
  }

  AssetRoutes services_;
};

// Handlers return a Result; its error becomes the problem.
template <class Verb>
StaffHandler answering(Verb verb) {
  return [verb](const Request& request, const Caller& caller) {
    const Result<Response> response = verb(request, caller);
    return response ? *response : problem(response.error(), request.id);
  };
}

Result<Response> begin_upload(const Request& request, const Caller& caller, copies::Uploads& uploads) {
  copies::NewUpload wanted;
  TRY_ASSIGN(wanted.project, param_id(request, "project"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  wanted.file_name = fields.text("file_name", {1, kMostTitle});
  wanted.title = fields.optional_text("title", {0, kMostTitle}).value_or("");
  wanted.size_bytes = static_cast<std::uint64_t>(fields.integer("size_bytes", 1, std::int64_t{1} << 50));
  if (!fields.done()) return fields.problem(request.id);
  return upload_answer(request, uploads.begin(wanted, caller.actor), 201);
}

// Uploads of other kinds have addresses of their own.
Result<Id> asset_upload(const Request& request, copies::Uploads& uploads) {
  TRY_ASSIGN(const Id id, param_id(request, "upload"));
  return uploads.find(id, copies::kPrepareAssetJob).map([](const copies::Upload& upload) { return upload.id; });
}

Result<Response> continue_upload(const Request& request, copies::Uploads& uploads) {
  TRY_ASSIGN(const Id id, asset_upload(request, uploads));
  TRY_ASSIGN(const std::uint64_t offset, upload_offset(request));
  return upload_answer(request, uploads.append(id, offset, request.body));
}

void add_upload_routes(Router& router, Guard& guard, copies::Uploads& uploads, projects::ProjectService& projects) {
  router.add(
      Method::get, "/api/v1/projects/{project}/uploads",
      guard.staff(Permission::read_copies, answering([&](const Request& request, const Caller&) -> Result<Response> {
                    TRY_ASSIGN(const Id project, param_id(request, "project"));
                    TRY(projects.find(project));
                    return uploads.receiving(copies::kPrepareAssetJob, project).map(uploads_answer);
                  })));
  router.add(Method::post, "/api/v1/projects/{project}/uploads",
             guard.staff(Permission::write_copies, answering([&](const Request& request, const Caller& caller) {
                           return begin_upload(request, caller, uploads);
                         })));
  router.add(
      Method::get, "/api/v1/uploads/{upload}",
      guard.staff(Permission::write_copies, answering([&](const Request& request, const Caller&) -> Result<Response> {
                    TRY_ASSIGN(const Id id, asset_upload(request, uploads));
                    return upload_answer(request, uploads.find(id));
                  })));
  router.add(Method::put, "/api/v1/uploads/{upload}",
             guard.staff(Permission::write_copies, answering([&](const Request& request, const Caller&) {
                           return continue_upload(request, uploads);
                         })),
             {copies::kUploadChunkBytes});
  router.add(
      Method::del, "/api/v1/uploads/{upload}",
      guard.staff(Permission::write_copies, answering([&](const Request& request, const Caller&) -> Result<Response> {
                    TRY_ASSIGN(const Id id, asset_upload(request, uploads));
                    TRY(uploads.cancel(id));
                    return Response::no_content();
                  })));
}

}  // namespace

void add_asset_routes(Router& router, Guard& guard, const AssetRoutes& services) {
  add_upload_routes(router, guard, services.uploads, services.projects);
  const Assets assets(services);
  router.add(Method::get, "/api/v1/projects/{project}/assets",
             guard.staff(Permission::read_copies,
                         answering([assets](const Request& request, const Caller&) { return assets.list(request); })));
  router.add(Method::get, "/api/v1/assets/{asset}",
             guard.staff(Permission::read_copies,
                         answering([assets](const Request& request, const Caller&) -> Result<Response> {
                           TRY_ASSIGN(const PlacedAsset found, assets.find(request));
                           return json_response(200, asset_json(found.asset, found.place));
                         })));
  router.add(Method::patch, "/api/v1/assets/{asset}",
             guard.staff(Permission::write_copies, answering([assets](const Request& request, const Caller& caller) {
                           return assets.change(request, caller);
                         })));
  router.add(Method::get, "/api/v1/assets/{asset}/preview",
             guard.staff(Permission::read_copies, answering([assets](const Request& request, const Caller&) {
                           return assets.preview(request);
                         })));
}

}  // namespace probity::http::routes
