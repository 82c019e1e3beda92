#include "app/pages.h"

#include <sodium.h>

#include <algorithm>
#include <filesystem>

#include "base/encoding.h"
#include "http/routes/security_headers.h"
#include "store/file.h"
#include "web/pages.h"

namespace probity::app {
namespace {

namespace fs = std::filesystem;
using http::Method;
using http::Request;
using http::Response;

constexpr std::string_view kNonceMark = "__CSP_NONCE__";
constexpr std::size_t kMostFileBytes = 32 << 20;

Response page(std::string html) {
  const std::string nonce = http::routes::page_nonce();
  for (std::size_t at = html.find(kNonceMark); at != std::string::npos; at = html.find(kNonceMark, at + nonce.size()))
    html.replace(at, kNonceMark.size(), nonce);
  Response response;
  response.set("Content-Type", "text/html; charset=utf-8");
  response.set("Cache-Control", "no-store");
  http::routes::set_page_policy(response, nonce);
  response.body = std::move(html);
  return response;
}

Response not_found(const Request& request) {
  return http::problem({ErrorCode::not_found, "there is nothing at this address", ""}, request.id);
}

bool is_page_request(const Request& request) {
  return (request.method == Method::get || request.method == Method::head) && !request.path.starts_with("/api/");
}

// The last segment has a dot: a file, not an address of a page.
bool names_file(const std::string& path) { return path.find('.', path.rfind('/')) != std::string::npos; }

bool accepts_gzip(const Request& request) {
  const auto accepted = request.header("accept-encoding");
  return accepted && accepted->find("gzip") != std::string_view::npos;
}

Response file_response(const Request& request, const web::PageFile& file) {
  Response response;
  response.set("Content-Type", std::string(file.media_type));
  response.set("ETag", std::string(file.etag));
  response.set("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (request.header("if-none-match") == file.etag) {
    response.status = 304;
    return response;
  }
  const bool gzip = !file.gzip_bytes.empty() && accepts_gzip(request);
  if (!file.gzip_bytes.empty()) response.set("Vary", "Accept-Encoding");
  if (gzip) response.set("Content-Encoding", "gzip");
  response.body = std::string(as_text(gzip ? file.gzip_bytes : file.bytes));
  return response;
}

const web::PageFile* find_file(const std::string& path) {
  const auto files = web::page_files();
  const auto found =
      std::lower_bound(files.begin(), files.end(), path,
                       [](const web::PageFile& file, const std::string& name) { return file.path < name; });
  return found != files.end() && found->path == path ? &*found : nullptr;
}

Response embedded(const Request& request) {
  if (!is_page_request(request)) return not_found(request);
  if (request.path != "/index.html")
    if (const web::PageFile* file = find_file(request.path)) return file_response(request, *file);
  const web::PageFile* index = find_file("/index.html");
  if (index == nullptr || names_file(request.path)) return not_found(request);
  return page(std::string(as_text(index->bytes)));
}

std::string media_type_of(const std::string& path) {
  constexpr std::pair<const char*, const char*> kTypes[] = {{".js", "text/javascript; charset=utf-8"},
                                                            {".css", "text/css; charset=utf-8"},
                                                            {".svg", "image/svg+xml"},
                                                            {".json", "application/json"},
                                                            {".woff2", "font/woff2"},
                                                            {".png", "image/png"},
                                                            {".ico", "image/x-icon"},
                                                            {".webmanifest", "application/manifest+json"}};
  for (const auto& [ending, type] : kTypes)
    if (path.ends_with(ending)) return type;
  return "application/octet-stream";
}

Response from_disk(const Request& request, const std::string& folder) {
  if (!is_page_request(request)) return not_found(request);
  const bool is_file = names_file(request.path) && request.path != "/index.html";
  const auto bytes = store::read_file(folder + (is_file ? request.path : "/index.html"), kMostFileBytes);
  if (!bytes) return not_found(request);
  if (!is_file) return page(std::string(as_text(*bytes)));
  Response response;
  response.set("Content-Type", media_type_of(request.path));
  response.set("Cache-Control", "no-store");
  response.body = std::string(as_text(*bytes));
  return response;
}

}  // namespace

Result<http::Handler> page_handler(const std::string& folder) {
  if (folder.empty()) return http::Handler(embedded);
  if (!fs::exists(fs::path(folder) / "index.html"))
    return fail(ErrorCode::not_found, folder + " holds no index.html", "build the web interface there first");
  return http::Handler([folder](const Request& request) { return from_disk(request, folder); });
}

}  // namespace probity::app
