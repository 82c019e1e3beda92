// probity.toml: what the operator decides for a node. Everything has a default; nothing needs the file.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "outbox/transport.h"

namespace probity::app {

struct Config {
  struct Listen {
    std::string address = "127.0.0.1";
    int port = 8080;
    std::string public_url;  // https://…; empty: made of address and port, or of what the settings page says
    std::string certificate_file, key_file;
    std::vector<std::string> trusted_proxies;
    int workers = 8;
    int io_threads = 2;
  } listen;

  std::optional<outbox::SmtpOptions> mail;

  struct Seal {
    std::string certificate_file, key_file;  // of a certificate authority; empty: the node's own
  } seal;

  // Authorities that attest when a document was sealed (RFC 3161), asked in turn. Without one, seals state their own
  // time.
  struct Timestamp {
    std::string url;
    std::string roots_file;  // PEM; empty: any whole token is taken
    int timeout_s = 10;
  };
  std::vector<Timestamp> timestamps;

  // The transparency log. Without witnesses its checkpoints carry the node's own signature only.
  struct Log {
    struct Witness {
      std::string name, url, key;  // the key as `probity witness` prints it
    };
    std::string origin;      // of a log that is not founded yet; empty: of the public URL
    std::string guard_file;  // the last signed checkpoint, outside of what backups hold; empty: in keys/
    std::vector<Witness> witnesses;
    int quorum = 0;           // how many must cosign before a checkpoint is published; 0: more than half
    std::string policy_file;  // a tlog-policy with witnesses and nested groups instead of the above
  } log;

  int job_workers = 2;
  std::string access_log;  // a file; empty: standard output; "off"
};

// Reads `path`. Relative file names in it are relative to its folder. Unknown keys are errors, so that a misspelt one
// is not silently without effect. Errors: not_found; invalid_argument with the line.
Result<Config> read_config(const std::string& path);

// `folder`/probity.toml when it exists, else defaults.
Result<Config> config_of(const std::string& folder);

// "127.0.0.1:8080", "[::1]:8080", ":8080", "8080". Errors: invalid_argument.
Result<void> set_listen(Config& config, const std::string& text);

// Where browsers find a node that listens there, unless the configuration says; without a slash at the end.
std::string public_url_of(const Config& config, int port);

}  // namespace probity::app
