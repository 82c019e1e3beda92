#include "app/config.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <cstdlib>
#include <filesystem>
#include <set>

namespace probity::app {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> refuse(const std::string& path, const toml::node& node, const std::string& what) {
  return fail(ErrorCode::invalid_argument, fmt::format("{}, line {}: {}", path, node.source().begin.line, what),
              "correct it; docs/operate.md lists every setting");
}

// One table of the file, read key by key; keys that nobody asked for are errors.
class Section {
 public:
  Section(const toml::table* table, std::string path) : table_(table), path_(std::move(path)) {}

  Result<void> text(const char* key, std::string& out) { return read<std::string>(key, out, "must be text"); }
  Result<void> boolean(const char* key, bool& out) { return read<bool>(key, out, "must be true or false"); }
  Result<void> file(const char* key, std::string& out) {
    TRY(text(key, out));
    if (!out.empty() && fs::path(out).is_relative()) out = (fs::path(path_).parent_path() / out).string();
    return {};
  }
  Result<void> integer(const char* key, int& out, int least, int most) {
    std::int64_t value = out;
    TRY(read<std::int64_t>(key, value, "must be a whole number"));
    if (value < least || value > most)
      return refuse(path_, *table_->get(key), fmt::format("`{}` must be from {} to {}", key, least, most));
    out = static_cast<int>(value);
    return {};
  }
  Result<void> texts(const char* key, std::vector<std::string>& out) {
    asked_.insert(key);
    const toml::node* node = table_ != nullptr ? table_->get(key) : nullptr;
    if (node == nullptr) return {};
    const toml::array* array = node->as_array();
    if (array == nullptr) return refuse(path_, *node, fmt::format("`{}` must be a list of texts", key));
    for (const toml::node& item : *array) {
      const auto value = item.value<std::string>();
      if (!value) return refuse(path_, item, fmt::format("`{}` must be a list of texts", key));
      out.push_back(*value);
    }
    return {};
  }
  const toml::table* table(const char* key, Result<void>& outcome) {
    asked_.insert(key);
    const toml::node* node = table_ != nullptr ? table_->get(key) : nullptr;
    if (node != nullptr && !node->is_table()) outcome = refuse(path_, *node, fmt::format("`{}` must be a table", key));
    return node != nullptr ? node->as_table() : nullptr;
  }
  // [[key]]: each table in its order.
  Result<std::vector<const toml::table*>> tables(const char* key) {
    asked_.insert(key);
    std::vector<const toml::table*> out;
    const toml::node* node = table_ != nullptr ? table_->get(key) : nullptr;
    if (node == nullptr) return out;
    const toml::array* array = node->as_array();
    if (array == nullptr) return refuse(path_, *node, fmt::format("write `[[{}]]`, once for each", key));
    for (const toml::node& item : *array) {
      if (!item.is_table()) return refuse(path_, item, fmt::format("write `[[{}]]`, once for each", key));
      out.push_back(item.as_table());
    }
    return out;
  }
  Result<void> done() const {
    if (table_ == nullptr) return {};
    for (const auto& [key, node] : *table_)
      if (!asked_.contains(std::string(key.str())))
        return refuse(path_, node, fmt::format("`{}` is no setting here", std::string(key.str())));
    return {};
  }

 private:
  template <class Value>
  Result<void> read(const char* key, Value& out, const char* complaint) {
    asked_.insert(key);
    const toml::node* node = table_ != nullptr ? table_->get(key) : nullptr;
    if (node == nullptr) return {};
    const auto value = node->value_exact<Value>();
    if (!value) return refuse(path_, *node, fmt::format("`{}` {}", key, complaint));
    out = *value;
    return {};
  }

  const toml::table* table_;
  std::string path_;
  std::set<std::string> asked_;
};

Result<void> read_listen(Section section, Config& config) {
  std::string address;
  TRY(section.text("address", address));
  if (!address.empty()) TRY(set_listen(config, address));
  TRY(section.text("public_url", config.listen.public_url));
  TRY(section.file("certificate", config.listen.certificate_file));
  TRY(section.file("key", config.listen.key_file));
  TRY(section.texts("trusted_proxies", config.listen.trusted_proxies));
  TRY(section.integer("workers", config.listen.workers, 1, 256));
  TRY(section.integer("io_threads", config.listen.io_threads, 1, 64));
  return section.done();
}

Result<void> read_mail(Section section, Config& config) {
  outbox::SmtpOptions mail;
  std::string password_file;
  TRY(section.text("server", mail.url));
  TRY(section.text("user", mail.user));
  TRY(section.text("password", mail.password));
  TRY(section.text("from", mail.from));
  TRY(section.text("from_name", mail.from_name));
  TRY(section.boolean("require_tls", mail.require_tls));
  TRY(section.done());
  if (const char* password = std::getenv("PROBITY_MAIL_PASSWORD"); password != nullptr) mail.password = password;
  config.mail = std::move(mail);
  return {};
}

Result<void> read_seal(Section section, Config& config) {
  TRY(section.file("certificate", config.seal.certificate_file));
  TRY(section.file("key", config.seal.key_file));
  return section.done();
}

Result<void> read_timestamp(const toml::table& table, const std::string& path, Config& config) {
  Section section(&table, path);
  Config::Timestamp timestamp;
  TRY(section.text("url", timestamp.url));
  if (timestamp.url.empty()) return refuse(path, table, "an authority's `url` is missing");
  TRY(section.file("roots", timestamp.roots_file));
  TRY(section.integer("timeout_s", timestamp.timeout_s, 1, 120));
  TRY(section.done());
  config.timestamps.push_back(std::move(timestamp));
  return {};
}

Result<void> read_log(Section section, const std::string& path, Config& config) {
  TRY(section.text("origin", config.log.origin));
  TRY(section.file("guard", config.log.guard_file));
  TRY(section.integer("quorum", config.log.quorum, 1, 64));
  TRY(section.file("policy", config.log.policy_file));
  TRY_ASSIGN(const auto witnesses, section.tables("witness"));
  for (const toml::table* table : witnesses) {
    Section one(table, path);
    Config::Log::Witness witness;
    TRY(one.text("name", witness.name));
    TRY(one.text("url", witness.url));
    TRY(one.text("key", witness.key));
    TRY(one.done());
    if (witness.name.empty() || witness.url.empty() || witness.key.empty())
      return refuse(path, *table, "a witness has a `name`, a `url` and a `key`");
    config.log.witnesses.push_back(std::move(witness));
  }
  return section.done();
}

}  // namespace

Result<Config> read_config(const std::string& path) {
  toml::table file;
  try {
    file = toml::parse_file(path);
  } catch (const toml::parse_error& error) {
    if (!fs::exists(path)) return fail(ErrorCode::not_found, fmt::format("there is no file {}", path));
    return fail(ErrorCode::invalid_argument,
                fmt::format("{}, line {}: {}", path, error.source().begin.line, std::string(error.description())));
  }
  Config config;
  Section top(&file, path);
  Result<void> shape;
  const toml::table* listen = top.table("listen", shape);
  const toml::table* mail = top.table("mail", shape);
  const toml::table* seal = top.table("seal", shape);
  const toml::table* log = top.table("log", shape);
  TRY(shape);
  TRY_ASSIGN(const auto timestamps, top.tables("timestamp"));
  TRY(top.integer("job_workers", config.job_workers, 1, 64));
  TRY(top.text("access_log", config.access_log));
  TRY(top.done());
  TRY(read_listen(Section(listen, path), config));
  if (mail != nullptr) TRY(read_mail(Section(mail, path), config));
  TRY(read_seal(Section(seal, path), config));
  if (log != nullptr) TRY(read_log(Section(log, path), path, config));
  for (const toml::table* timestamp : timestamps) TRY(read_timestamp(*timestamp, path, config));
  return config;
}

Result<Config> config_of(const std::string& folder) {
  const std::string path = (fs::path(folder) / "probity.toml").string();
  if (!fs::exists(path)) return Config{};
  return read_config(path);
}

Result<void> set_listen(Config& config, const std::string& text) {
  const std::size_t colon = text.rfind(':');
  const std::string port_text = colon == std::string::npos ? text : text.substr(colon + 1);
  std::string address = colon == std::string::npos ? "" : text.substr(0, colon);
  if (address.size() > 2 && address.front() == '[' && address.back() == ']')
    address = address.substr(1, address.size() - 2);
  int port = 0;
  for (const char c : port_text) {
    if (c < '0' || c > '9' || port > 65535) port = 70000;
    if (port < 70000) port = port * 10 + (c - '0');
  }
  if (port_text.empty() || port > 65535)
    return fail(ErrorCode::invalid_argument, fmt::format("{} is not an address to listen on", text),
                "give ADDRESS:PORT, e.g. 127.0.0.1:8080 or 0.0.0.0:443");
  if (!address.empty()) config.listen.address = address;
  if (text.starts_with(':')) config.listen.address = "0.0.0.0";
  config.listen.port = port;
  return {};
}

std::string public_url_of(const Config& config, int port) {
  if (!config.listen.public_url.empty()) return config.listen.public_url;
  const bool any = config.listen.address == "0.0.0.0" || config.listen.address == "::";
  const std::string host = any ? "localhost" : config.listen.address;
  const bool v6 = host.find(':') != std::string::npos;
  return fmt::format("{}://{}{}{}:{}", config.listen.certificate_file.empty() ? "http" : "https", v6 ? "[" : "", host,
                     v6 ? "]" : "", port);
}

}  // namespace probity::app
