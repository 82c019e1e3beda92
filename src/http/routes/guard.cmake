add_module(routes_guard
  SOURCES same_origin.cpp security_headers.cpp staff_guard.cpp
  DEPS base http routes_json accounts fmt::fmt
  TESTS staff_guard_test.cpp
  TEST_DEPS probity_http_testing)
