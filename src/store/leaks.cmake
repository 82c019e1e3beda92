# Its test decodes pictures and traces synthetic ones: the same program is started again as decode child.
add_module(store_leaks
  SOURCES leaks_parts.cpp leaks_store.cpp
  DEPS store leak_matters parties
  TESTS leaks_sightings_test.cpp leaks_story_test.cpp ${PROJECT_SOURCE_DIR}/src/leaks/test_workspace.cpp
    ${PROJECT_SOURCE_DIR}/tests/support/decode_child_main.cpp
  TEST_DEPS store_events store_evidence store_projects store_commitments PkgConfig::zip cv_imgproc)
