# An alliance on loopback, with clocks that can be moved on.
add_executable(alliance_journeys_test program.cpp launch.cpp node.cpp relay.cpp alliance.cpp alliance_story_test.cpp)
target_include_directories(alliance_journeys_test PRIVATE ${PROJECT_SOURCE_DIR}/tests)
target_compile_definitions(alliance_journeys_test PRIVATE PROBITY_PROGRAM="$<TARGET_FILE:probity-rehearsal>")
target_link_libraries(alliance_journeys_test PRIVATE probity_member_desk probity_attacks cv_imgproc fmt::fmt PkgConfig::curl
  PkgConfig::sqlite3 GTest::gtest GTest::gtest_main)
add_dependencies(alliance_journeys_test probity-rehearsal)
add_test(NAME alliance_journeys COMMAND alliance_journeys_test)
set_tests_properties(alliance_journeys PROPERTIES TIMEOUT 600)
