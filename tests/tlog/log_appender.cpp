// A process that appends to a log and says what was acknowledged, until it is killed: the victim of log_kill_test.
//
//   log_appender FOLDER SEED COUNT SUBMITTERS
//
// Lines on standard output, each one write: "open SIZE", "ack PLACE ENTRY", "signed SIZE ROOT", "error WHY".
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <random>
#include <thread>

#include "base/encoding.h"
#include "log/service.h"
#include "store/log_files.h"

namespace {

using namespace probity;

void say(const std::string& line) {
  const std::string text = line + "\n";
  if (::write(STDOUT_FILENO, text.data(), text.size()) < 0) ::_exit(2);
}

Bytes entry_of(std::uint64_t seed, int submitter, int number) {
  const Hash hash = sha256(as_bytes(fmt::format("{}/{}/{}", seed, submitter, number)));
  return {hash.begin(), hash.end()};
}

Result<void> run(const std::string& folder, std::uint64_t seed, int count, int submitters) {
  SystemRandom random;
  const SecretKey key_seed(sha256(as_bytes("log_appender")));
  const auto key = tlog::SigningKey::from_seed("log.example", tlog::SignatureType::ed25519, key_seed);
  TRY_ASSIGN(const auto files, store::FolderLogFiles::open(folder + "/log", store::FolderLogFiles::Use::writing));
  store::FileCheckpointGuard guard(folder + "/guard");
  TRY_ASSIGN(auto writer, log::LogWriter::open(*files, guard, key, random));
  say(fmt::format("open {}", writer->size()));
  log::ServiceOptions options;
  options.checkpoint_pause_ms = 2;
  options.on_signed = [&](const tlog::TreeHead& head, const std::string& note) {
    if (files->replace("checkpoint", as_bytes(note))) say(fmt::format("signed {} {}", head.size, to_hex(head.root)));
  };
  log::LogService service(std::move(writer), std::move(options));
  std::vector<std::thread> threads;
  for (int submitter = 0; submitter < submitters; ++submitter)
    threads.emplace_back([&, submitter] {
      for (int i = 0; i < count; ++i) {
        const Bytes entry = entry_of(seed, submitter, i);
        const auto place = service.append({entry});
        if (!place) return say("error " + place.error().message);
        say(fmt::format("ack {} {}", *place, to_hex(entry)));
      }
    });
  for (auto& thread : threads) thread.join();
  return {};
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 5) return 2;
  init_crypto();
  const auto outcome = run(arguments[1], std::stoull(arguments[2]), std::stoi(arguments[3]), std::stoi(arguments[4]));
  if (!outcome) say("error " + outcome.error().message);
  return outcome ? 0 : 1;
}
