// probity witness: a process of its own that cosigns checkpoints of logs which only grow (c2sp.org/tlog-witness).
#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/config.h"
#include "cli/grammar.h"
#include "http/health.h"
#include "http/metrics.h"
#include "http/server.h"
#include "log/witness.h"
#include "store/file.h"
#include "store/log_files.h"

namespace probity::cli {
namespace {

constexpr std::chrono::milliseconds kGrace{5'000};
constexpr std::chrono::milliseconds kPause{100};
constexpr std::size_t kMostKeyBytes = 4096;

struct WitnessInitOptions {
  std::string data, name;
};
struct WitnessKeyOptions {
  std::string data;
};
struct WitnessServeOptions {
  std::string data;
  std::vector<std::string> logs;
  std::string listen = "127.0.0.1:8070";
  std::string certificate_file, key_file;
};

std::string key_file_of(const std::string& data) { return data + "/witness.key"; }

Result<tlog::SigningKey> read_key(const std::string& data) {
  TRY_ASSIGN(Bytes bytes, store::read_file(key_file_of(data), kMostKeyBytes));
  while (!bytes.empty() && bytes.back() == '\n') bytes.pop_back();
  auto key = tlog::SigningKey::parse_private(as_text(bytes));
  std::fill(bytes.begin(), bytes.end(), std::uint8_t{0});
  if (!key || key->verifier().type != tlog::SignatureType::cosignature)
    return fail(ErrorCode::corrupt, fmt::format("{} is not the key of a witness", key_file_of(data)),
                "restore it from a backup");
  return key;
}

Result<void> run_init_witness(Terminal& terminal, const WitnessInitOptions& options) {
  if (!tlog::is_key_name(options.name))
    return fail(ErrorCode::invalid_argument, "a witness's name has no spaces and plus signs",
                "a URL without its scheme is usual: witness.example.com/one");
  SystemRandom random;
  const auto key = tlog::SigningKey::generate(options.name, tlog::SignatureType::cosignature, random);
  TRY(store::make_folder(options.data));
  TRY(store::write_file(key_file_of(options.data), as_bytes(key.private_text() + "\n"), {.mode = 0600}));
  terminal.document({{"key", key.verifier().text()}});
  terminal.line(key.verifier().text());
  return {};
}

Result<void> run_key(Terminal& terminal, const WitnessKeyOptions& options) {
  TRY_ASSIGN(const auto key, read_key(options.data));
  terminal.document({{"key", key.verifier().text()}});
  terminal.line(key.verifier().text());
  return {};
}

// A log's key, or the name of a file with one a line.
Result<std::vector<tlog::VerifierKey>> read_logs(const std::vector<std::string>& given) {
  std::vector<tlog::VerifierKey> logs;
  for (const std::string& text : given) {
    if (auto key = tlog::VerifierKey::parse(text)) {
      logs.push_back(std::move(*key));
      continue;
    }
    const auto file = store::read_file(text, 1 << 20);
    if (!file)
      return fail(ErrorCode::invalid_argument, fmt::format("{} is neither a log's key nor a file of keys", text));
    std::string_view rest = as_text(*file);
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      if (line.empty() || line.starts_with('#')) continue;
      TRY_ASSIGN(tlog::VerifierKey key, tlog::VerifierKey::parse(line));
      logs.push_back(std::move(key));
    }
  }
  for (const tlog::VerifierKey& key : logs)
    if (key.type != tlog::SignatureType::ed25519)
      return fail(ErrorCode::invalid_argument, fmt::format("{} is not the key of a log", key.name));
  return logs;
}

Result<http::ServerOptions> server_options(const WitnessServeOptions& options) {
  app::Config config;
  TRY(app::set_listen(config, options.listen));
  http::ServerOptions server;
  server.address = config.listen.address;
  server.port = static_cast<std::uint16_t>(config.listen.port);
  server.certificate_file = options.certificate_file;
  server.key_file = options.key_file;
  server.workers = 2;
  server.io_threads = 1;
  return server;
}

Result<void> run_serve_witness(Terminal& terminal, const WitnessServeOptions& options) {
  const Words& say = terminal.words();
  TRY_ASSIGN(auto key, read_key(options.data));
  TRY_ASSIGN(auto logs, read_logs(options.logs));
  SystemClock clock;
  store::FolderWitnessMemory memory(options.data + "/logs");
  log::Witness witness(std::move(key), std::move(logs), memory, clock);

  http::Metrics metrics;
  http::Router router;
  router.use(http::measure_requests(metrics));
  router.add(http::Method::post, "/add-checkpoint", [&witness](const http::Request& request) {
    log::WitnessAnswer answer = witness.add_checkpoint(request.body);
    http::Response response;
    response.status = answer.status;
    response.set("Content-Type", answer.media_type).set("Cache-Control", "no-store");
    response.body = std::move(answer.body);
    return response;
  });
  router.add(http::Method::get, "/key",
             [&witness](const http::Request&) { return http::Response::text(200, witness.verifier().text() + "\n"); });
  http::add_process_metrics(metrics);
  http::add_health_routes(router, metrics, {});

  TRY_ASSIGN(http::ServerOptions settings, server_options(options));
  const std::string address = settings.address;
  TRY_ASSIGN(const auto server, http::Server::start(router, std::move(settings)));
  const std::string url =
      fmt::format("http{}://{}:{}", options.certificate_file.empty() ? "" : "s", address, server->port());
  terminal.line(say("Witnessing on {}", "见证服务地址 {}", url));
  terminal.line(witness.verifier().text());
  terminal.document({{"url", url}, {"key", witness.verifier().text()}});
  while (!interrupted()) std::this_thread::sleep_for(kPause);
  server->stop(kGrace);
  return {};
}

}  // namespace

void add_witness_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("witness", "Cosign the logs of others");
  const auto init = grammar.command(group, "init", "Make a witness's key", run_init_witness);
  init->add_option("folder", init.options.data, "Where the witness keeps its key and what it has seen")->required();
  init->add_option("--name", init.options.name, "Its name: a URL without the scheme is usual")->required();
  const auto key = grammar.command(group, "key", "Print the key that checks its cosignatures", run_key);
  key->add_option("folder", key.options.data, "The witness's folder")->required();
  const auto serve = grammar.command(group, "serve", "Answer logs that ask for a cosignature", run_serve_witness);
  serve->add_option("folder", serve.options.data, "The witness's folder")->required();
  serve->add_option("--log", serve.options.logs, "A log's key (`probity log key`), or a file of them")->required();
  serve->add_option("--listen", serve.options.listen, "ADDRESS:PORT; 127.0.0.1:8070 otherwise");
  serve->add_option("--certificate", serve.options.certificate_file, "PEM chain, for TLS");
  serve->add_option("--key", serve.options.key_file, "PEM key of the certificate");
}

}  // namespace probity::cli
