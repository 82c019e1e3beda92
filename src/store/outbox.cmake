add_module(store_outbox SOURCES outbox_store.cpp DEPS store outbox TESTS outbox_store_test.cpp)
