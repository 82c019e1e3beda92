add_module(store_bulletins SOURCES bulletins_parts.cpp bulletins_store.cpp DEPS store bulletins
  TESTS bulletins_store_test.cpp)
