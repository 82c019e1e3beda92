add_module(store_log
  SOURCES log_book_store.cpp log_files.cpp
  DEPS store log
  TESTS log_book_store_test.cpp log_files_test.cpp)
