add_module(store_statements
  SOURCES statements_store.cpp
  DEPS store statements parties
  TESTS statements_store_test.cpp)
