add_module(store_commitments
  SOURCES commitments_access.cpp commitments_store.cpp commitments_texts.cpp
  DEPS store commitments fmt::fmt
  TESTS commitments_store_test.cpp)
