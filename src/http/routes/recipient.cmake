add_module(routes_recipient
  SOURCES recipient.cpp recipient_guard.cpp
  DEPS base http routes_json routes_guard commitments fmt::fmt
  TESTS commitments_routes_test.cpp
  TEST_DEPS routes_commitments http_testing)
