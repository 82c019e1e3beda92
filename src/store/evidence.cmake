add_module(store_evidence
  SOURCES evidence_store.cpp
  DEPS store evidence
  TESTS evidence_store_test.cpp)
