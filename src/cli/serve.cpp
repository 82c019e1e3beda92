// probity serve: the workspace as a web server.
#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "accounts/permissions.h"
#include "app/node.h"
#include "app/sample.h"
#include "app/workspace.h"
#include "cli/commands.h"
#include "cli/session.h"

namespace probity::cli {
namespace {

// Without a workspace around, `probity serve` makes one here, so that there is nothing to do before it.
constexpr const char* kDefaultFolder = "probity-data";

Result<app::Config> configure(const ServeOptions& options, const std::string& folder) {
  TRY_ASSIGN(app::Config config, options.config_file ? app::read_config(*options.config_file) : app::config_of(folder));
  if (options.listen) TRY(app::set_listen(config, *options.listen));
  if (options.access_log) config.access_log = *options.access_log;
  return config;
}

}  // namespace

int run_serve(Terminal& terminal, const ServeOptions& options) {
  const Words& say = terminal.words();
  const auto found = app::Workspace::find(options.common.workspace);
  const std::string folder = found ? *found : kDefaultFolder;
  auto config = configure(options, folder);
  if (!config) return terminal.failure(config.error());
  app::NodeOptions node_options;
  node_options.folder = folder;
  node_options.sample = options.sample;
  node_options.pages_folder = options.pages_folder;
  node_options.remark = [&](const std::string& text) { terminal.note("probity: " + text); };
  const auto node = app::Node::open(*config, node_options);
  if (!node) return terminal.failure(node.error());
  const std::string setup = (*node)->setup_link();
  terminal.line(say("Serving {} on {}", "正在提供服务：{}，地址 {}", folder, (*node)->url()));
  if (!setup.empty()) terminal.line(say("Make the first account here: {}", "请在此创建第一个账户：{}", setup));
  if (options.sample) {
    terminal.line(
        say("Who can sign in, all with the password “{}”:", "可登录的账户，密码均为“{}”：", app::kSamplePassword));
    for (const auto& account : app::sample_accounts())
      terminal.line(fmt::format("  {:<16} {:<22} {}", account.name, account.email, accounts::role_name(account.role)));
  }
  terminal.line(say("Press Ctrl-C to stop.", "按 Ctrl-C 停止。"));
  terminal.document({{"url", (*node)->url()}, {"setup_link", setup}, {"workspace", folder}});
  while (!interrupted()) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  terminal.note(say("Stopping: requests that have come are answered first …", "正在停止：先完成已收到的请求……"));
  (*node)->stop();
  return 0;
}

}  // namespace probity::cli
