// probity-attack: does to one picture file what leakers and chat apps do, for demonstrations and tests.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "attacks/chain.h"
#include "attacks/picture_file.h"

namespace {

using namespace probity;

Result<void> attack_file(const std::string& in, const std::string& out, const std::string& text, std::uint64_t seed) {
  TRY_ASSIGN(const bench::Chain chain, bench::Chain::parse(text));
  TRY_ASSIGN(const cv::Mat rgb, bench::read_rgb(in));
  TRY_ASSIGN(bench::Frame frame, chain.apply(rgb, seed));
  // What the last step wrote is the leak itself; anything else is saved the way an editor would.
  if (frame.encoded.empty()) frame.encoded = bench::encode_jpeg(frame.rgb, {90, bench::Chroma::quarter_420});
  return bench::write_file(out, frame.encoded);
}

int list_attacks() {
  for (const bench::AttackInfo& info : bench::attack_list())
    fmt::print("{:<44}{}\n", fmt::format("{}{}{}", info.name, info.arguments.empty() ? "" : ":", info.arguments),
               info.help);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Applies a chain of attacks to a picture and writes a JPEG."};
  std::string in;
  std::string out;
  std::string chain;
  std::uint64_t seed = 1;
  bool list = false;
  app.add_option("in", in, "JPEG or PNG to start from");
  app.add_option("out", out, "JPEG to write");
  app.add_option("--chain", chain, "attacks, as in \"chat,crop:0.25,chat\"");
  app.add_option("--seed", seed, "draws another crop, angle or pose");
  app.add_flag("--list", list, "shows every attack and its arguments");
  CLI11_PARSE(app, argc, argv);
  if (list) return list_attacks();
  if (in.empty() || out.empty() || chain.empty()) {
    fmt::print(stderr, "probity-attack: IN, OUT and --chain are needed\n{}", app.help());
    return 2;
  }
  const auto done = attack_file(in, out, chain, seed);
  if (done) return 0;
  fmt::print(stderr, "probity-attack: {}\n", done.error().message);
  if (!done.error().hint.empty()) fmt::print(stderr, "  {}\n", done.error().hint);
  return catalogue_entry(done.error().code).exit_code;
}
