add_module(store_alliance_enterprises SOURCES alliance_enterprises.cpp DEPS store alliance
  TESTS alliance_enterprises_test.cpp TEST_DEPS store_alliance)
