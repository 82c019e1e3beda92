add_module(store_parties
  SOURCES parties_store.cpp
  DEPS store parties
  TESTS parties_store_test.cpp
  TEST_DEPS store_events PkgConfig::zip)
