#include "cli/terminal.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/error_words.h"

namespace probity::cli {
namespace {

constexpr int kBarWidth = 30;
volatile sig_atomic_t stop_asked = 0;

void ask_to_stop(int) { stop_asked = 1; }

void print_line(std::FILE* stream, const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fputc('\n', stream);
  std::fflush(stream);
}

}  // namespace

Language choose_language(const std::string& choice) {
  if (!choice.empty()) return choice == "zh" ? Language::zh : Language::en;
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value != nullptr && *value != '\0')
      return std::string_view(value).starts_with("zh") ? Language::zh : Language::en;
  }
  return Language::en;
}

Terminal::Terminal(Language language, bool json)
    : words_(language), json_(json), is_tty_(::isatty(STDERR_FILENO) == 1) {}

void Terminal::line(const std::string& text) {
  end_progress();
  if (!json_) print_line(stdout, text);
}

void Terminal::note(const std::string& text) {
  end_progress();
  print_line(stderr, text);
}

void Terminal::document(const nlohmann::json& json) {
  end_progress();
  // Names were checked when they came in; file names were not, so bad UTF-8 is replaced and not thrown at.
  if (json_) print_line(stdout, json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

void Terminal::progress(const std::string& what, double fraction) {
  using namespace std::chrono_literals;
  const auto now = std::chrono::steady_clock::now();
  if (!is_tty_ || (progress_shown_ && fraction < 1 && now - last_drawn_ < 100ms)) return;
  last_drawn_ = now;
  progress_shown_ = true;
  const int filled = static_cast<int>(std::clamp(fraction, 0.0, 1.0) * kBarWidth);
  std::string bar;
  for (int i = 0; i < kBarWidth; ++i) bar += i < filled ? "█" : "░";
  fmt::print(stderr, "\r\x1b[K{} {:3.0f} %  {}", bar, fraction * 100, what);
  std::fflush(stderr);
}

void Terminal::end_progress() {
  if (!progress_shown_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  progress_shown_ = false;
}

int Terminal::failure(const Error& error) {
  end_progress();
  const CatalogueEntry& entry = catalogue_entry(error.code);
  const std::string message_zh = in_chinese(error.message);
  const std::string hint_zh = in_chinese(error.hint);
  nlohmann::json said{{"code", entry.name}, {"message", error.message}, {"hint", error.hint}};
  if (message_zh != error.message) said["message_zh"] = message_zh;
  if (hint_zh != error.hint) said["hint_zh"] = hint_zh;
  document({{"error", std::move(said)}});
  if (words_.language() == Language::zh) {
    print_line(stderr, fmt::format("probity: {}：{}", entry.title_zh, message_zh));
    if (!hint_zh.empty()) print_line(stderr, "  处理办法：" + hint_zh);
  } else {
    print_line(stderr, fmt::format("probity: {}: {}", entry.title_en, error.message));
    if (!error.hint.empty()) print_line(stderr, "  What to do: " + error.hint);
  }
  return entry.exit_code;
}

void watch_for_interrupts() {
  struct sigaction action {};
  action.sa_handler = ask_to_stop;
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  signal(SIGPIPE, SIG_IGN);
  // A file size limit then comes as an error from write(), like a full disk.
  signal(SIGXFSZ, SIG_IGN);
}

bool interrupted() { return stop_asked != 0; }

std::string bytes_in_words(std::uint64_t bytes) {
  const auto value = static_cast<double>(bytes);
  if (value >= 1e9) return fmt::format("{:.1f} GB", value / 1e9);
  if (value >= 1e6) return fmt::format("{:.1f} MB", value / 1e6);
  return fmt::format("{:.0f} kB", value / 1e3);
}

}  // namespace probity::cli
