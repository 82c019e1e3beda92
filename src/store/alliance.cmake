add_module(store_keyholder SOURCES alliance_keyholder.cpp DEPS store alliance_keys TESTS alliance_keyholder_test.cpp)
