add_module(store_projects
  SOURCES projects_store.cpp
  DEPS store projects parties
  TESTS projects_store_test.cpp
  TEST_DEPS store_events)
