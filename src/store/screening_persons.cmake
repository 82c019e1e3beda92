add_module(store_screening_persons
  SOURCES screening_persons.cpp
  DEPS store screening_persons
  TESTS screening_persons_test.cpp)
