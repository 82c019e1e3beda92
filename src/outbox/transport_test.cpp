#include "outbox/transport.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <thread>

#include "base/error_words.h"

namespace probity::outbox {
namespace {

// One connection on a free port of this machine, spoken to line by line.
class OneConnection {
 public:
  explicit OneConnection(std::function<void(OneConnection&)> serve) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    EXPECT_EQ(::listen(listener_, 1), 0);
    socklen_t size = sizeof(address);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, serve = std::move(serve)] {
      peer_ = ::accept(listener_, nullptr, nullptr);
      serve(*this);
      ::close(peer_);
    });
  }
  ~OneConnection() { join(); }
  void join() {
    if (!thread_.joinable()) return;
    thread_.join();
    ::close(listener_);
  }

  void say(const std::string& text) {
    EXPECT_EQ(::send(peer_, text.data(), text.size(), MSG_NOSIGNAL), ssize_t(text.size()));
  }
  std::string line() {
    std::string line;
    for (char c = 0; ::recv(peer_, &c, 1, 0) == 1 && c != '\n';)
      if (c != '\r') line += c;
    return line;
  }
  std::string bytes(std::size_t count) {
    std::string out(count, '\0');
    EXPECT_EQ(::recv(peer_, out.data(), count, MSG_WAITALL), ssize_t(count));
    return out;
  }
  std::string port() const { return std::to_string(port_); }

 private:
  int listener_ = -1, peer_ = -1, port_ = 0;
  std::thread thread_;
};

struct Received {
  std::string from, to, data;
};

void serve_mail(OneConnection& peer, Received& received, const std::string& rcpt_reply) {
  peer.say("220 mail.example ready\r\n");
  for (std::string line = peer.line(); !line.empty(); line = peer.line()) {
    if (line.starts_with("EHLO") || line.starts_with("HELO")) {
      peer.say("250 mail.example\r\n");
    } else if (line.starts_with("MAIL FROM:")) {
      received.from = line.substr(10);
      peer.say("250 ok\r\n");
    } else if (line.starts_with("RCPT TO:")) {
      received.to = line.substr(8);
      peer.say(rcpt_reply + "\r\n");
    } else if (line == "DATA") {
      peer.say("354 go on\r\n");
      for (std::string part = peer.line(); part != "."; part = peer.line()) received.data += part + "\n";
      peer.say("250 taken\r\n");
    } else if (line == "QUIT") {
      peer.say("221 bye\r\n");
      return;
    } else {
      peer.say("502 unknown\r\n");
    }
  }
}

OutgoingMail sample() {
  OutgoingMail mail;
  mail.id = "01h0000000000000000000000a";
  mail.to = "mira@motorweekly.example";
  mail.to_name = "Mira \"M\" Holloway";
  mail.subject = "请签署保密承诺书，期限为明天二十四点之前，谢谢您的配合";
  mail.text = "Dear Mira,\n.\nline with a dot above\n";
  mail.html = "<p>Dear Mira</p>";
  mail.time_ms = 1'800'000'000'000;
  mail.attachments.push_back({"agreement.pdf", "application/pdf", Bytes{'%', 'P', 'D', 'F'}});
  return mail;
}

SmtpOptions options_for(const OneConnection& server) {
  SmtpOptions options;
  options.url = "smtp://127.0.0.1:" + server.port();
  options.from = "probity@maker.example";
  options.from_name = "远山汽车";
  options.require_tls = false;
  options.timeout_s = 10;
  return options;
}

TEST(Smtp, sends_a_whole_mail) {
  Received received;
  OneConnection server([&](OneConnection& peer) { serve_mail(peer, received, "250 ok"); });
  const auto transport = smtp_transport(options_for(server)).value();
  const auto sent = transport->send(sample());
  server.join();
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(received.from, "<probity@maker.example>");
  EXPECT_EQ(received.to, "<mira@motorweekly.example>");
  EXPECT_NE(received.data.find("To: \"Mira \\\"M\\\" Holloway\" <mira@motorweekly.example>"), std::string::npos);
  EXPECT_NE(received.data.find("Subject: =?UTF-8?B?"), std::string::npos);
  EXPECT_NE(received.data.find("Date: Fri, 15 Jan 2027 08:00:00 +0000"), std::string::npos);
  EXPECT_NE(received.data.find("Message-ID: <01h0000000000000000000000a@maker.example>"), std::string::npos);
  EXPECT_NE(received.data.find("multipart/alternative"), std::string::npos);
  EXPECT_NE(received.data.find("line with a dot above"), std::string::npos) << "a lone dot does not end the mail";
  EXPECT_NE(received.data.find("filename=\"agreement.pdf\""), std::string::npos);
  EXPECT_NE(received.data.find("JVBERg=="), std::string::npos);
}

TEST(Smtp, tells_refusals_from_troubles) {
  Received received;
  OneConnection refusing([&](OneConnection& peer) { serve_mail(peer, received, "550 no such mailbox"); });
  EXPECT_EQ(smtp_transport(options_for(refusing)).value()->send(sample()).error().code, ErrorCode::invalid_argument);
  OneConnection busy([&](OneConnection& peer) { serve_mail(peer, received, "451 try later"); });
  EXPECT_EQ(smtp_transport(options_for(busy)).value()->send(sample()).error().code, ErrorCode::unavailable);
  OneConnection without_tls([&](OneConnection& peer) { serve_mail(peer, received, "250 ok"); });
  SmtpOptions strict = options_for(without_tls);
  strict.require_tls = true;
  EXPECT_EQ(smtp_transport(strict).value()->send(sample()).error().code, ErrorCode::unavailable);
  SmtpOptions nobody;
  nobody.url = "smtp://127.0.0.1:1";
  nobody.from = "a@b.example";
  nobody.timeout_s = 5;
  EXPECT_EQ(smtp_transport(nobody).value()->send(sample()).error().code, ErrorCode::unavailable);
}

// What libcurl says of a failure is part of the message: whatever can happen on the way to a server has its Chinese.
TEST(Smtp, says_in_chinese_what_curl_says) {
  SmtpOptions nobody;
  nobody.url = "smtp://127.0.0.1:1";
  nobody.from = "a@b.example";
  nobody.timeout_s = 5;
  const Error error = smtp_transport(nobody).value()->send(sample()).error();
  EXPECT_EQ(error.message, "the mail server could not be used: Couldn't connect to server");
  EXPECT_EQ(in_chinese(error.message), "邮件服务器无法使用：无法连接服务器");
  for (const CURLcode code : {CURLE_UNSUPPORTED_PROTOCOL,
                              CURLE_URL_MALFORMAT,
                              CURLE_COULDNT_RESOLVE_PROXY,
                              CURLE_COULDNT_RESOLVE_HOST,
                              CURLE_COULDNT_CONNECT,
                              CURLE_WEIRD_SERVER_REPLY,
                              CURLE_REMOTE_ACCESS_DENIED,
                              CURLE_PARTIAL_FILE,
                              CURLE_QUOTE_ERROR,
                              CURLE_UPLOAD_FAILED,
                              CURLE_OUT_OF_MEMORY,
                              CURLE_OPERATION_TIMEDOUT,
                              CURLE_SSL_CONNECT_ERROR,
                              CURLE_INTERFACE_FAILED,
                              CURLE_GOT_NOTHING,
                              CURLE_SEND_ERROR,
                              CURLE_RECV_ERROR,
                              CURLE_SSL_CERTPROBLEM,
                              CURLE_SSL_CIPHER,
                              CURLE_PEER_FAILED_VERIFICATION,
                              CURLE_FILESIZE_EXCEEDED,
                              CURLE_USE_SSL_FAILED,
                              CURLE_LOGIN_DENIED,
                              CURLE_SSL_CACERT_BADFILE,
                              CURLE_SSL_SHUTDOWN_FAILED,
                              CURLE_SSL_ISSUER_ERROR,
                              CURLE_SSL_INVALIDCERTSTATUS,
                              CURLE_HTTP2,
                              CURLE_HTTP2_STREAM,
                              CURLE_AUTH_ERROR,
                              CURLE_PROXY}) {
    const std::string said = curl_easy_strerror(code);
    EXPECT_NE(in_chinese(said), said);
    EXPECT_NE(in_chinese("no answer: " + said).find(in_chinese(said)), std::string::npos) << said;
  }
}

TEST(Smtp, refuses_options_that_cannot_work) {
  EXPECT_FALSE(
      smtp_transport({.url = "http://mail.example", .user = "", .password = "", .from = "a@b", .from_name = ""}));
  EXPECT_FALSE(
      smtp_transport({.url = "smtp://mail.example", .user = "", .password = "", .from = "ab", .from_name = ""}));
}

TEST(CurlHttp, posts_and_does_not_follow) {
  std::string request, body;
  OneConnection server([&](OneConnection& peer) {
    request = peer.line();
    std::size_t length = 0;
    for (std::string line = peer.line(); !line.empty(); line = peer.line())
      if (line.starts_with("Content-Length: ")) length = std::stoul(line.substr(16));
    body = peer.bytes(length);
    peer.say("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  });
  const auto status = curl_http_transport(5)->post(
      {"http://127.0.0.1:" + server.port() + "/hook", {{"Content-Type", "application/json"}}, "{\"a\":1}"});
  server.join();
  EXPECT_EQ(status.value(), 302);
  EXPECT_EQ(request, "POST /hook HTTP/1.1");
  EXPECT_EQ(body, "{\"a\":1}");
}

}  // namespace
}  // namespace probity::outbox
