add_module(store_bulletins SOURCES bulletin_desk_store.cpp bulletins_parts.cpp bulletins_received.cpp bulletins_store.cpp
  DEPS store bulletins
  TESTS bulletins_store_test.cpp)
