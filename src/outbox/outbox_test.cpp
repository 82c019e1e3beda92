#include "outbox/outbox.h"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "outbox/html_part.h"
#include "outbox/json.h"
#include "outbox/webhooks.h"
#include "support/memory_ports.h"

namespace probity::outbox {
namespace {

class MemoryOutbox final : public Store {
 public:
  Result<void> insert(const Mail& mail) override { return put(mails_, mail); }
  Result<void> update(const Mail& mail) override { return put(mails_, mail); }
  Result<std::optional<Mail>> mail(const Id& id) override { return get(mails_, id); }
  Result<Listed<Mail>> mails(const MailQuery&) override { return Listed<Mail>{}; }
  Result<std::uint64_t> last_change() override { return mails_.size(); }
  Result<std::vector<std::pair<std::uint64_t, Mail>>> changed_after(std::uint64_t, std::size_t) override {
    return std::vector<std::pair<std::uint64_t, Mail>>{};
  }
  Result<void> insert(const Webhook& webhook) override { return put(webhooks_, webhook); }
  Result<void> update(const Webhook& webhook) override { return put(webhooks_, webhook); }
  Result<void> remove_webhook(const Id& id) override {
    webhooks_.erase(id);
    return {};
  }
  Result<std::optional<Webhook>> webhook(const Id& id) override { return get(webhooks_, id); }
  Result<std::vector<Webhook>> webhooks() override {
    std::vector<Webhook> all;
    for (const auto& [id, webhook] : webhooks_) all.push_back(webhook);
    return all;
  }
  Result<void> insert(const WebhookDelivery& delivery) override { return put(deliveries_, delivery); }
  Result<void> update(const WebhookDelivery& delivery) override { return put(deliveries_, delivery); }
  Result<std::optional<WebhookDelivery>> delivery(const Id& id) override { return get(deliveries_, id); }
  Result<Listed<WebhookDelivery>> deliveries(const Id&, const ListQuery&) override {
    Listed<WebhookDelivery> listed;
    for (const auto& [id, delivery] : deliveries_) listed.items.push_back(delivery);
    listed.total = listed.items.size();
    return listed;
  }

 private:
  template <class Record>
  static Result<void> put(std::map<Id, Record>& records, const Record& record) {
    records[record.id] = record;
    return {};
  }
  template <class Record>
  static Result<std::optional<Record>> get(std::map<Id, Record>& records, const Id& id) {
    const auto found = records.find(id);
    return found == records.end() ? std::nullopt : std::optional(found->second);
  }
  std::map<Id, Mail> mails_;
  std::map<Id, Webhook> webhooks_;
  std::map<Id, WebhookDelivery> deliveries_;
};

class ScriptedTransport final : public MailTransport, public HttpTransport {
 public:
  Result<void> send(const OutgoingMail& mail) override {
    sent.push_back(mail);
    return mail_answer;
  }
  Result<int> post(const HttpCall& call) override {
    calls.push_back(call);
    return http_answer;
  }
  Result<void> mail_answer;
  Result<int> http_answer = 204;
  std::vector<OutgoingMail> sent;
  std::vector<HttpCall> calls;
};

struct OutboxTest : testing::Test {
  Outbox outbox(MailTransport* with) {
    return Outbox({store, transactions, jobs, clock, random, with, [](const Hash&) { return Bytes{1, 2, 3}; }});
  }
  Webhooks webhooks() { return Webhooks({store, transactions, events, jobs, clock, random, transport}); }

  MemoryOutbox store;
  test::PlainTransactions transactions;
  test::QueuedJobs jobs;
  test::MemoryEvents events;
  test::HandClock clock;
  test::SeededRandom random;
  ScriptedTransport transport;
  Message message{"mira@motorweekly.example",
                  "Mira Holloway",
                  "commitment.sent",
                  "A commitment to sign",
                  "Dear Mira\n\nPlease sign:\nhttps://node.example/r#secret\n\nThank you",
                  "https://node.example/r#secret",
                  std::nullopt,
                  {{"agreement.pdf", "application/pdf", {}, 3}}};
};

TEST_F(OutboxTest, shows_mails_when_there_is_no_server) {
  Outbox box = outbox(nullptr);
  const Id id = box.enqueue(message).value();
  EXPECT_EQ(box.mail(id).value().state, MailState::shown);
  EXPECT_TRUE(jobs.requests.empty());
  EXPECT_EQ(box.retry(id).error().code, ErrorCode::conflict);
}

TEST_F(OutboxTest, sends_once_with_text_button_and_attachment) {
  Outbox box = outbox(&transport);
  const Id id = box.enqueue(message).value();
  ASSERT_EQ(jobs.requests.size(), 1U);
  EXPECT_EQ(jobs.requests[0].kind, kSendMailJob);
  ASSERT_TRUE(box.deliver(id));
  ASSERT_TRUE(box.deliver(id));
  ASSERT_EQ(transport.sent.size(), 1U);
  EXPECT_EQ(transport.sent[0].attachments[0].bytes, (Bytes{1, 2, 3}));
  EXPECT_NE(transport.sent[0].html.find("href=\"https://node.example/r#secret\""), std::string::npos);
  EXPECT_EQ(box.mail(id).value().state, MailState::sent);
}

TEST_F(OutboxTest, keeps_trying_until_the_server_refuses_for_good) {
  Outbox box = outbox(&transport);
  const Id id = box.enqueue(message).value();
  transport.mail_answer = fail(ErrorCode::unavailable, "no connection");
  EXPECT_FALSE(box.deliver(id));
  EXPECT_EQ(box.mail(id).value().state, MailState::queued);
  EXPECT_EQ(box.mail(id).value().last_error, "no connection");
  EXPECT_EQ(mail_to_json(box.mail(id).value())["last_error"], "no connection");
  transport.mail_answer = fail(ErrorCode::invalid_argument, "the mail server refused this mail (reply 550)");
  EXPECT_FALSE(box.deliver(id));
  EXPECT_EQ(box.mail(id).value().state, MailState::failed);
  EXPECT_EQ(mail_to_json(box.mail(id).value())["last_error_zh"], "邮件服务器拒绝了此邮件（回应 550）");
  EXPECT_EQ(box.retry(id).value().state, MailState::queued);
  EXPECT_EQ(jobs.requests.size(), 2U);
}

TEST_F(OutboxTest, refuses_what_could_add_header_lines) {
  Outbox box = outbox(nullptr);
  for (const char* to : {"", "nobody", "@example", "a@b\r\nBcc: c@d", "a@b, c@d", "<a@b>"}) {
    message.to = to;
    EXPECT_EQ(box.enqueue(message).error().code, ErrorCode::invalid_argument) << to;
  }
  message.to = "a@b.example";
  message.subject = "one\r\nBcc: two@example.org";
  EXPECT_EQ(box.enqueue(message).error().code, ErrorCode::invalid_argument);
}

TEST_F(OutboxTest, keeps_codes_out_of_titles) {
  Outbox box = outbox(&transport);
  message.kind = kCodeMail;
  message.subject = "Your code: 123456";
  ASSERT_TRUE(box.enqueue(message));
  EXPECT_EQ(jobs.requests.at(0).title, "Mail: Your code: ******");
  EXPECT_EQ(shown_subject(message), "Your code: ******");
}

TEST(HtmlPart, escapes_everything) {
  Message message;
  message.text = "<script>alert(1)</script>\n\n\"it's\" & more";
  const std::string html = html_part(message);
  EXPECT_EQ(html.find("<script>"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;"), std::string::npos);
  EXPECT_NE(html.find("&quot;it&#39;s&quot; &amp; more"), std::string::npos);
}

// The example of the Standard Webhooks specification, "Verifying signatures".
TEST(WebhookSignature, agrees_with_the_published_example) {
  EXPECT_EQ(webhook_signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
                              "{\"test\": 2432232314}")
                .value(),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  EXPECT_EQ(webhook_signature("other", "m", 1, "{}").error().code, ErrorCode::corrupt);
}

TEST(WebhookUrl, takes_http_addresses_only) {
  EXPECT_TRUE(check_webhook_url("https://example.org/hook?x=1"));
  EXPECT_TRUE(check_webhook_url("http://127.0.0.1:9000/"));
  for (const char* url : {"", "ftp://example.org", "https://", "https://:80/", "https://user:pw@example.org/",
                          "https://example.org/#part", "https://exa mple.org/", "file:///etc/passwd"})
    EXPECT_FALSE(check_webhook_url(url)) << url;
}

TEST_F(OutboxTest, tells_webhooks_of_the_events_they_asked_for_once) {
  Webhooks hooks = webhooks();
  const Webhook hook = hooks.create("https://example.org/hook", {"commitment.signed"}).value();
  EXPECT_EQ(hooks.create("https://example.org/", {"commitment.eaten"}).error().code, ErrorCode::invalid_argument);
  events::Event event;
  event.kind = "commitment.signed";
  event.commitment = Id::random(random);
  ASSERT_TRUE(events.append(event));
  event.kind = "project.created";
  ASSERT_TRUE(events.append(event));
  EXPECT_EQ(hooks.read_events().value(), 2U);
  const auto queued = hooks.deliveries(hook.id, {}).value();
  ASSERT_EQ(queued.items.size(), 1U);
  transport.http_answer = 500;
  EXPECT_FALSE(hooks.deliver(queued.items[0].id));
  transport.http_answer = 200;
  EXPECT_TRUE(hooks.deliver(queued.items[0].id));
  EXPECT_TRUE(hooks.deliver(queued.items[0].id)) << "delivered already";
  ASSERT_EQ(transport.calls.size(), 2U);
  const auto body = nlohmann::json::parse(transport.calls[1].body);
  EXPECT_EQ(body["type"], "commitment.signed");
  EXPECT_EQ(body["data"]["commitment"], event.commitment->text());
  std::map<std::string, std::string> headers(transport.calls[1].headers.begin(), transport.calls[1].headers.end());
  EXPECT_EQ(headers["webhook-signature"],
            webhook_signature(hook.secret, headers["webhook-id"], std::stoll(headers["webhook-timestamp"]),
                              transport.calls[1].body)
                .value());
  EXPECT_EQ(store.webhook(hook.id).value()->last_status, 200);
}

}  // namespace
}  // namespace probity::outbox
