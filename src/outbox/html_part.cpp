#include "outbox/html_part.h"

namespace probity::outbox {
namespace {

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

bool is_chinese(std::string_view text) { return text.find("\xE3\x80\x82") != std::string_view::npos; }  // 。

std::string button(const Message& message) {
  const char* label = is_chinese(message.text) ? "打开" : "Open";
  return "<p style=\"margin:24px 0\"><a href=\"" + escape(message.link) +
         "\" style=\"background:#1c3d5a;color:#fff;padding:12px 28px;border-radius:6px;text-decoration:none;"
         "font-weight:600;display:inline-block\">" +
         label + "</a></p>";
}

}  // namespace

std::string html_part(const Message& message) {
  std::string body;
  std::string_view rest = message.text;
  while (!rest.empty()) {
    const std::size_t end = rest.find("\n\n");
    const std::string_view paragraph = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 2);
    if (!message.link.empty() && paragraph.find(message.link) != std::string_view::npos) {
      const std::string_view before = paragraph.substr(0, paragraph.find(message.link));
      if (before.find_first_not_of(" \n") != std::string_view::npos)
        body += "<p style=\"white-space:pre-line\">" + escape(before) + "</p>";
      body += button(message);
      continue;
    }
    body += "<p style=\"white-space:pre-line\">" + escape(paragraph) + "</p>";
  }
  return "<!doctype html><html><head><meta charset=\"utf-8\"><title>" + escape(message.subject) +
         "</title></head><body style=\"font:16px/1.55 system-ui,-apple-system,'Segoe UI','Noto Sans','Noto Sans CJK "
         "SC',sans-serif;color:#1b1f24;max-width:36em;margin:0 auto;padding:24px\">" +
         body + "</body></html>";
}

}  // namespace probity::outbox
