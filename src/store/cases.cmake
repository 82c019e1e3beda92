compile_apart(cases_store.cpp)
add_module(store_cases
  SOURCES cases_access.cpp cases_rectifications.cpp cases_store.cpp
  DEPS store cases fmt::fmt
  TESTS cases_store_test.cpp)
