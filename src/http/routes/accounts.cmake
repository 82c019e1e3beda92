add_module(routes_accounts
  SOURCES accounts.cpp accounts_directory.cpp accounts_own.cpp accounts_session.cpp accounts_settings.cpp
  DEPS base http routes_json routes_guard accounts
  TESTS accounts_test.cpp
  TEST_DEPS probity_http_testing)
