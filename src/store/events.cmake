add_module(store_events
  SOURCES events_store.cpp
  DEPS store events
  TESTS events_store_test.cpp)
