add_module(store_jobs
  SOURCES jobs_store.cpp
  DEPS store jobs
  TESTS jobs_store_test.cpp)
