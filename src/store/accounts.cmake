add_module(store_accounts
  SOURCES accounts_secrets.cpp accounts_store.cpp
  DEPS store accounts
  TESTS accounts_store_test.cpp accounts_story_test.cpp)
