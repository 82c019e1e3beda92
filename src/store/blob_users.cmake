add_module(store_blob_users SOURCES blob_users.cpp DEPS store copies TESTS blob_users_test.cpp)
