# Sealed papers that go with listings, and the person's ladder.
add_module(alliance_paperwork SOURCES ladder.cpp paper.cpp paperwork.cpp DEPS base oprf probity_alliance TESTS paper_test.cpp)
