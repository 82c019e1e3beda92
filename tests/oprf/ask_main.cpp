// Asks running key-holders as a member's node does, for tests: prints the output for each input, all in hex.
//
//   oprf_ask DIRECTORY.json MEMBER_ID SEED_FILE INPUT_HEX…
#include <fstream>
#include <iostream>
#include <iterator>

#include "alliance/key_directory.h"
#include "base/encoding.h"

using namespace probity;

namespace {

std::string read_text(const char* path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

Result<SecretKey> secret_from(const std::string& hex) {
  TRY_ASSIGN(const Bytes bytes, from_hex(hex));
  SecretKey secret;
  if (bytes.size() != secret.view().size()) return fail(ErrorCode::invalid_argument, "32 bytes are needed");
  std::ranges::copy(bytes, secret.writable().begin());
  return secret;
}

Result<void> run(char** arguments, int count) {
  TRY_ASSIGN(const auto directory, alliance::KeyDirectory::parse(read_text(arguments[1])));
  TRY_ASSIGN(const Id member, Id::parse(arguments[2]));
  TRY_ASSIGN(const SecretKey seed, secret_from(read_text(arguments[3])));
  std::vector<SecretKey> inputs;
  for (int i = 4; i < count; ++i) {
    TRY_ASSIGN(const SecretKey input, secret_from(arguments[i]));
    inputs.push_back(input);
  }
  SystemClock clock;
  SystemRandom random;
  const auto calls = alliance::curl_holder_calls();
  alliance::KeyClient client({member, oprf::Identity::from_seed(seed)}, *calls, clock, random);
  TRY_ASSIGN(const auto answer, client.ask(directory.keys, directory.addresses(), {}, inputs));
  for (const auto& output : answer.outputs) std::cout << to_hex(output.view()) << '\n';
  for (const auto& trouble : answer.troubles)
    std::cerr << "holder " << int{trouble.index} << ": " << trouble.error.message << '\n';
  std::cerr << "sent " << calls->sent_bytes() << " bytes\n";
  return {};
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 5) return 2;
  init_crypto();
  const auto outcome = run(arguments, count);
  if (!outcome) std::cerr << outcome.error().message << '\n';
  return outcome ? 0 : catalogue_entry(outcome.error().code).exit_code;
}
