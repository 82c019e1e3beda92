add_module(store_shoots
  SOURCES shoots_frames.cpp shoots_releases.cpp shoots_store.cpp
  DEPS store shoots
  TESTS shoots_store_test.cpp
  TEST_DEPS store_commitments store_projects)
compile_apart(shoots_releases.cpp shoots_store.cpp)
