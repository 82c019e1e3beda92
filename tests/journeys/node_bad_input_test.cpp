// What clients send by mistake or on purpose: each is refused with a clear error, and nothing is lost or doubled.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "journeys/launch.h"
#include "journeys/node.h"

namespace probity::test {
namespace {

using nlohmann::json;

// Sends bytes as they are and reads until the server hangs up; with `most_reply` 0 it hangs up itself at once.
std::string raw(const std::string& url, const std::string& bytes, std::size_t most_reply = 4096) {
  const int handle = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(handle, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t now = ::send(handle, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (now <= 0) break;
    sent += static_cast<std::size_t>(now);
  }
  std::string reply;
  char part[1024];
  while (reply.size() < most_reply) {
    const ssize_t got = ::recv(handle, part, sizeof part, 0);
    if (got <= 0) break;
    reply.append(part, static_cast<std::size_t>(got));
  }
  ::close(handle);
  return reply;
}

int status_of(const std::string& reply) { return reply.size() > 12 ? std::atoi(reply.c_str() + 9) : 0; }

class NodeBadInput : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    node_ = new Node();
    project_ = staff().post("/projects", {{"name", "Harbour Nine"}}).json()["id"];
  }
  static void TearDownTestSuite() { delete node_; }
  void TearDown() override { EXPECT_EQ(node_->stranger().get("!/readyz").status, 200); }

  static Browser& staff() { return node_->staff(); }
  static std::uint64_t assets() { return staff().get("/projects/" + project_ + "/assets").json()["total"]; }

  static json begin(std::uint64_t size, const std::string& title) {
    const Answer begun = staff().post("/projects/" + project_ + "/uploads",
                                      {{"file_name", "photo.jpg"}, {"size_bytes", size}, {"title", title}});
    EXPECT_EQ(begun.status, 201) << begun.body;
    return begun.json();
  }

  static Answer put(Browser& browser, const json& upload, std::uint64_t offset, const std::string& bytes) {
    return browser.send({.method = "PUT",
                         .path = "/uploads/" + upload["id"].get<std::string>() + "?offset=" + std::to_string(offset),
                         .body = bytes,
                         .content_type = "application/octet-stream"});
  }

  static Node* node_;
  static std::string project_;
};

Node* NodeBadInput::node_ = nullptr;
std::string NodeBadInput::project_;

TEST_F(NodeBadInput, requests_that_are_none) {
  const std::string& url = node_->url();
  EXPECT_EQ(status_of(raw(url, "nonsense\r\n\r\n")), 400);
  EXPECT_EQ(status_of(raw(
                url, "GET /api/v1/session HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(40'000, 'a') + "\r\n\r\n")),
            431);
  EXPECT_GE(status_of(raw(url, "GET /" + std::string(40'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n")), 400);
  EXPECT_EQ(status_of(raw(url,
                          "POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                          "Content-Length: 99999999999\r\nConnection: close\r\n\r\n")),
            413);
  EXPECT_EQ(status_of(raw(url,
                          "POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n"
                          "Connection: close\r\n\r\nhello!")),
            400);
  EXPECT_GE(
      status_of(raw(url,
                    "POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n"
                    "Connection: close\r\n\r\nzzz\r\n\r\n")),
      400);
  EXPECT_GE(status_of(raw(url, "BREW /api/v1/session HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")), 400);
  raw(url, "POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{\"email\":", 0);
}

TEST_F(NodeBadInput, paths_that_climb) {
  for (const std::string path : {"/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/assets/../../../etc/passwd",
                                 "/%2e%2e/%2e%2e/etc/passwd", "/assets/%00", "//etc/passwd", "/assets\\..\\..\\x"}) {
    Browser stranger = node_->stranger();
    const Answer answer = stranger.get("!" + path);
    EXPECT_EQ(answer.body.find("root:"), std::string::npos) << path;
    EXPECT_LT(answer.status, 500) << path;
    EXPECT_NE(answer.status, 0) << path;
  }
  for (const std::string id : {"..", "%2e%2e%2fx", "%00", "a b", "' OR 1=1--"}) {
    std::string escaped;
    for (const char c : id) escaped += c == ' ' ? std::string("%20") : std::string(1, c);
    const Answer answer = staff().get("/projects/" + escaped);
    EXPECT_TRUE(answer.status == 400 || answer.status == 404) << id << " " << answer.status;
  }
}

TEST_F(NodeBadInput, bodies_that_are_no_json) {
  const auto post = [&](const std::string& body, const std::string& type = "application/json") {
    return staff().send({.method = "POST", .path = "/projects", .body = body, .content_type = type});
  };
  const std::string deep(200'000, '[');
  for (const std::string& body : {std::string(), std::string("{"), std::string("null"), std::string("[]"), deep,
                                  std::string("{\"name\":\"\xff\"}"), std::string(R"({"name":"a","nobody_knows":1})"),
                                  std::string(R"({"name":{"a":1}})"), "{\"name\":\"" + std::string(201, 'x') + "\"}"}) {
    const Answer refused = post(body);
    EXPECT_EQ(refused.status, 400) << body.substr(0, 60) << refused.body;
    EXPECT_EQ(refused.headers.at("content-type"), "application/problem+json");
  }
  EXPECT_GE(post(R"({"name":"a"})", "text/plain").status, 400);
  EXPECT_EQ(post("{\"name\":\"" + std::string(64 << 20, 'x') + "\"}").status, 413);
  EXPECT_EQ(staff().get("/projects").json()["total"], 1);
}

TEST_F(NodeBadInput, uploads_go_on_where_they_stopped) {
  const std::string photo = read_text_file(small_photo());
  const json upload = begin(photo.size(), "resumed");
  const std::size_t half = photo.size() / 2;
  EXPECT_EQ(put(staff(), upload, 0, photo.substr(0, half)).status, 200);
  for (const std::size_t wrong : {std::size_t{0}, half - 1, half + 1}) {
    const Answer refused = put(staff(), upload, wrong, photo.substr(half));
    // Past the announced size is another mistake than beginning at the wrong byte.
    EXPECT_EQ(refused.status, wrong > half ? 400 : 409) << refused.body;
  }
  EXPECT_GE(put(staff(), upload, half, photo).status, 400) << "more than was announced";

  // The browser is closed in the middle of a chunk: nothing of it counts, and the rest can be sent.
  const std::string path = "/api/v1/uploads/" + upload["id"].get<std::string>();
  raw(node_->url(),
      "PUT " + path + "?offset=" + std::to_string(half) + " HTTP/1.1\r\nHost: x\r\n" +
          "Content-Type: application/octet-stream\r\nContent-Length: " + std::to_string(photo.size() - half) +
          "\r\n\r\n" + photo.substr(half, 100),
      0);
  EXPECT_EQ(staff().get("/uploads/" + upload["id"].get<std::string>()).json()["offset"], half);

  // Two tabs send the same chunk: it is taken once, and both are told where the upload stands.
  Browser other = node_->stranger();
  other.be_like(staff());
  Answer answers[2];
  std::thread tab([&] { answers[1] = put(other, upload, half, photo.substr(half)); });
  answers[0] = put(staff(), upload, half, photo.substr(half));
  tab.join();
  EXPECT_EQ(answers[0].status, 200) << answers[0].body;
  EXPECT_EQ(answers[1].status, 200) << answers[1].body;
  EXPECT_EQ(answers[0].json()["job"], answers[1].json()["job"]);
  const Answer& taken = answers[0];
  EXPECT_EQ(finished_job(staff(), taken.json()["job"])["state"], "done");
  EXPECT_EQ(assets(), 1U);

  // The same picture again adds nothing and breaks nothing.
  const json again = ::probity::test::upload(staff(), project_, small_photo(), "again");
  EXPECT_TRUE(again["state"] == "done" || again["state"] == "failed") << again;
  EXPECT_EQ(assets(), 1U);
}

TEST_F(NodeBadInput, files_that_are_no_pictures) {
  const std::uint64_t before = assets();
  const std::string photo = read_text_file(small_photo(1));
  for (const std::string& bytes :
       {std::string(5000, 'x'), photo.substr(0, photo.size() / 2), std::string("\xff\xd8\xff")}) {
    const json upload = begin(bytes.size(), "nothing");
    const Answer sent = put(staff(), upload, 0, bytes);
    ASSERT_EQ(sent.status, 200) << sent.body;
    const json job = finished_job(staff(), sent.json()["job"]);
    EXPECT_EQ(job["state"], "failed") << job;
    EXPECT_GT(job["error"].get<std::string>().size(), 10U) << job;
  }
  EXPECT_EQ(assets(), before);
  EXPECT_GE(
      staff().post("/projects/" + project_ + "/uploads", {{"file_name", "x.jpg"}, {"size_bytes", 1ULL << 50}}).status,
      400);
  EXPECT_GE(staff().post("/projects/" + project_ + "/uploads", {{"file_name", "x.jpg"}, {"size_bytes", 0}}).status,
            400);
}

TEST(NodeFullDisk, refuses_the_upload_and_keeps_serving) {
  constexpr std::size_t kMostFileBytes = 4 << 20;
  Node node(Node::Options{.most_file_bytes = kMostFileBytes});
  Browser& staff = node.staff();
  const std::string project = staff.post("/projects", {{"name", "Full"}}).json()["id"];
  const Answer begun = staff.post("/projects/" + project + "/uploads",
                                  {{"file_name", "large.jpg"}, {"size_bytes", 2 * kMostFileBytes}, {"title", "large"}});
  ASSERT_EQ(begun.status, 201) << begun.body;
  const json upload = begun.json();
  const std::string chunk(std::min<std::size_t>(upload["chunk_bytes"].get<std::size_t>(), 1 << 20), 'x');
  Answer sent{.status = 200, .headers = {}, .body = {}};
  std::size_t offset = 0;
  while (sent.status == 200 && offset < 2 * kMostFileBytes) {
    sent = staff.send({.method = "PUT",
                       .path = "/uploads/" + upload["id"].get<std::string>() + "?offset=" + std::to_string(offset),
                       .body = chunk,
                       .content_type = "application/octet-stream"});
    if (sent.status == 200) offset += chunk.size();
  }
  EXPECT_TRUE(sent.status == 507 || sent.status == 503 || sent.status == 500) << sent.status << sent.body;
  EXPECT_EQ(sent.code(), "storage") << sent.body;
  EXPECT_LE(offset, kMostFileBytes);
  EXPECT_EQ(staff.get("/uploads/" + upload["id"].get<std::string>()).json()["offset"], offset) << "what fitted is kept";
  EXPECT_EQ(staff.get("/projects/" + project + "/assets").json()["total"], 0);
  EXPECT_EQ(staff.post("/projects", {{"name", "Small things still fit"}}).status, 201);
}

}  // namespace
}  // namespace probity::test
