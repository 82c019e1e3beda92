#include "store/outbox_store.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/memory_ports.h"

namespace probity::store {
namespace {

struct OutboxStoreTest : testing::Test {
  void SetUp() override {
    folder = std::filesystem::temp_directory_path() / ("outbox_store_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    database = Database::open_sqlite((folder / "probity.db").string()).value();
    store = std::make_unique<OutboxStore>(*database);
  }
  void TearDown() override {
    store.reset();
    database.reset();
    std::filesystem::remove_all(folder);
  }
  outbox::Mail mail(const std::string& subject, TimeMs created) {
    outbox::Mail mail;
    mail.id = Id::random(random);
    mail.message = {"mira@motorweekly.example", "Mira", "code", subject, "text", "", std::nullopt, {}};
    mail.message.attachments.push_back({"a.pdf", "application/pdf", sha256(as_bytes("x")), 7});
    mail.created_ms = created;
    return mail;
  }

  std::filesystem::path folder;
  std::unique_ptr<Database> database;
  std::unique_ptr<OutboxStore> store;
  test::SeededRandom random;
};

TEST_F(OutboxStoreTest, keeps_and_finds_mails) {
  outbox::Mail first = mail("承诺书 100%", 1), second = mail("Reminder", 2);
  second.message.project = Id::random(random);
  ASSERT_TRUE(store->insert(first));
  ASSERT_TRUE(store->insert(second));
  second.state = outbox::MailState::failed;
  second.last_error = "no such mailbox";
  second.sent_ms = 5;
  ASSERT_TRUE(store->update(second));
  const auto read = store->mail(second.id).value().value();
  const auto changed = store->changed_after(1, 10).value();
  ASSERT_EQ(changed.size(), 1U) << "the second was inserted second and updated third";
  EXPECT_EQ(changed[0].second.id, second.id);
  EXPECT_EQ(changed[0].first, store->last_change().value());
  EXPECT_EQ(read.last_error, "no such mailbox");
  EXPECT_EQ(read.message.project, second.message.project);
  EXPECT_EQ(read.message.attachments[0].blob, sha256(as_bytes("x")));
  EXPECT_EQ(read.sent_ms, 5);
  EXPECT_EQ(store->mails({}).value().items.front().id, second.id) << "newest first";
  outbox::MailQuery query;
  query.page.search = "100%";
  EXPECT_EQ(store->mails(query).value().total, 1U);
  query.page.search = "%";
  EXPECT_EQ(store->mails(query).value().total, 1U) << "a percent sign is no wildcard";
  query.page.search = "";
  query.state = "failed";
  EXPECT_EQ(store->mails(query).value().items.at(0).id, second.id);
  EXPECT_FALSE(store->mail(Id::random(random)).value());
}

TEST_F(OutboxStoreTest, keeps_webhooks_and_their_deliveries) {
  outbox::Webhook hook{Id::random(random), "https://example.org/", {"commitment.signed"}, "whsec_AAAA", true, 1, {}};
  ASSERT_TRUE(store->insert(hook));
  hook.active = false;
  hook.last_status = 410;
  ASSERT_TRUE(store->update(hook));
  EXPECT_FALSE(store->webhook(hook.id).value()->active);
  EXPECT_EQ(store->webhook(hook.id).value()->last_status, 410);
  outbox::WebhookDelivery delivery{Id::random(random), hook.id, "commitment.signed", "{}", {}, {}, 0, "", 3};
  ASSERT_TRUE(store->insert(delivery));
  delivery.state = outbox::DeliveryState::delivered;
  delivery.status = 200;
  ASSERT_TRUE(store->update(delivery));
  EXPECT_EQ(store->deliveries(hook.id, {}).value().items.at(0).status, 200);
  ASSERT_TRUE(store->remove_webhook(hook.id));
  EXPECT_FALSE(store->delivery(delivery.id).value());
  EXPECT_TRUE(store->webhooks().value().empty());
}

TEST_F(OutboxStoreTest, a_failed_transaction_leaves_nothing) {
  const outbox::Mail lost = mail("lost", 1);
  EXPECT_FALSE(database->write([&]() -> Result<void> {
    TRY(store->insert(lost));
    return database->write([] { return fail(ErrorCode::conflict, "changed its mind"); });
  }));
  EXPECT_FALSE(store->mail(lost.id).value());
}

}  // namespace
}  // namespace probity::store
