// The server over TLS, with a certificate made here and OpenSSL's own client.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "http/server_fixture.h"

namespace probity::http {
namespace {

using namespace std::chrono_literals;
using testing::pattern_text;
using testing::raw_get;
using testing::raw_post;

// Writes a key and a certificate of its own for "localhost".
void make_certificate(const std::string& certificate_file, const std::string& key_file) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
  X509_NAME* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_set_pubkey(certificate, key);
  X509_sign(certificate, key, EVP_sha256());
  FILE* out = std::fopen(certificate_file.c_str(), "w");
  PEM_write_X509(out, certificate);
  std::fclose(out);
  out = std::fopen(key_file.c_str(), "w");
  PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(out);
  X509_free(certificate);
  EVP_PKEY_free(key);
}

// A blocking TLS client. `most`: the newest version it offers.
class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, int most = TLS1_3_VERSION)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), context_(SSL_CTX_new(TLS_client_method())) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval limit{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    SSL_CTX_set_security_level(context_, 0);  // the server is to refuse, not the client
    SSL_CTX_set_max_proto_version(context_, most);
    SSL_CTX_set_min_proto_version(context_, 0);
    ssl_ = SSL_new(context_);
    SSL_set_fd(ssl_, socket_);
    const unsigned char protocols[] = "\x02h2\x08http/1.1";
    SSL_set_alpn_protos(ssl_, protocols, sizeof protocols - 1);
    connected_ = SSL_connect(ssl_) == 1;
  }
  ~TlsClient() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
    ::close(socket_);
  }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  bool connected() const { return connected_; }
  std::string version() const { return SSL_get_version(ssl_); }
  std::string protocol() const {
    const unsigned char* name = nullptr;
    unsigned int length = 0;
    SSL_get0_alpn_selected(ssl_, &name, &length);
    return {reinterpret_cast<const char*>(name), length};
  }
  void send(const std::string& bytes) { SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())); }
  // All that comes until so many bytes have come after the head, or the connection ends.
  std::string receive(std::size_t body_bytes) {
    std::string text;
    std::size_t head = std::string::npos;
    char bytes[16 << 10];
    while (head == std::string::npos || text.size() < head + 4 + body_bytes) {
      const int count = SSL_read(ssl_, bytes, sizeof bytes);
      if (count <= 0) break;
      text.append(bytes, static_cast<std::size_t>(count));
      if (head == std::string::npos) head = text.find("\r\n\r\n");
    }
    return text;
  }
  bool says_goodbye() {
    char byte = 0;
    return SSL_read(ssl_, &byte, 1) <= 0 && (SSL_get_shutdown(ssl_) & SSL_RECEIVED_SHUTDOWN) != 0;
  }

 private:
  int socket_;
  SSL_CTX* context_;
  SSL* ssl_ = nullptr;
  bool connected_ = false;
};

class TlsTest : public ServerTest {
 protected:
  TlsTest() {
    folder_ = std::filesystem::temp_directory_path() / ("probity-tls-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    options_.certificate_file = folder_ / "certificate.pem";
    options_.key_file = folder_ / "key.pem";
    make_certificate(options_.certificate_file, options_.key_file);
  }
  ~TlsTest() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(TlsTest, ServesTextAndSources) {
  router_.add(Method::get, "/secure",
              [](const Request& request) { return Response::text(200, request.secure ? "yes" : "no"); });
  start();
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(server_->port(), version);
    ASSERT_TRUE(client.connected());
    EXPECT_EQ(client.protocol(), "http/1.1");
    client.send(raw_get("/secure"));
    EXPECT_TRUE(client.receive(3).ends_with("\r\n\r\nyes"));
    client.send(raw_get("/copy/9000001"));
    EXPECT_TRUE(client.receive(9'000'001).ends_with("\r\n\r\n" + pattern_text(9'000'001)));
    client.send(raw_get("/woven/9000001"));
    EXPECT_TRUE(client.receive(9'000'001).ends_with("\r\n\r\n" + pattern_text(9'000'001)));
    client.send(raw_get("/copy/9000001", "Range: bytes=100-100099\r\nConnection: close\r\n"));
    EXPECT_TRUE(client.receive(100'000).ends_with("\r\n\r\n" + pattern_text(100'100).substr(100)));
    EXPECT_TRUE(client.says_goodbye());
  }
}

TEST_F(TlsTest, ReadsWhatStandsInOneRecord) {
  start();
  TlsClient client(server_->port());
  std::string requests;
  for (int i = 0; i < 20; ++i) requests += raw_get("/hello?name=" + std::to_string(i));
  client.send(requests);
  std::string answers;
  while (answers.find("hello 19") == std::string::npos) {
    const std::string more = client.receive(0);
    ASSERT_FALSE(more.empty());
    answers += more;
  }
  const std::string body = pattern_text(500'000);
  client.send(raw_post("/echo", body));
  EXPECT_TRUE(client.receive(body.size()).ends_with(body));
}

TEST_F(TlsTest, RefusesOldVersionsAndPlainHttp) {
  start();
  EXPECT_FALSE(TlsClient(server_->port(), TLS1_1_VERSION).connected());
  testing::RawClient plain = client();
  plain.send(raw_get("/hello"));
  EXPECT_FALSE(plain.receive());
}

TEST_F(TlsTest, ManyDownloadsAtOnce) {
  start();
  std::vector<std::thread> threads;
  std::atomic<int> whole = 0;
  const std::string expected = pattern_text(3'000'000);
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&] {
      TlsClient client(server_->port());
      for (int n = 0; n < 3; ++n) {
        client.send(raw_get(n == 1 ? "/woven/3000000" : "/copy/3000000"));
        if (client.receive(expected.size()).ends_with(expected)) ++whole;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(whole, 48);
}

TEST_F(TlsTest, TakesANewCertificateWithoutARestart) {
  start();
  TlsClient before(server_->port());
  make_certificate(options_.certificate_file, options_.key_file);
  ASSERT_TRUE(server_->reload_certificate());
  TlsClient after(server_->port());
  EXPECT_TRUE(after.connected());
  before.send(raw_get("/hello"));
  EXPECT_TRUE(before.receive(6).ends_with("hello "));
  std::filesystem::remove(options_.key_file);
  EXPECT_EQ(server_->reload_certificate().error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(TlsClient(server_->port()).connected());
}

TEST_F(TlsTest, RefusesAKeyOfAnotherCertificate) {
  make_certificate(folder_ / "other.pem", options_.key_file);
  EXPECT_EQ(Server::start(router_, options_).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace probity::http
