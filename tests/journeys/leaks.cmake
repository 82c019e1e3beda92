# The story of a leak against `probity serve`, over HTTP.
add_executable(leak_journeys_test program.cpp launch.cpp node.cpp leak_journeys_test.cpp)
target_include_directories(leak_journeys_test PRIVATE ${PROJECT_SOURCE_DIR}/tests)
target_compile_definitions(leak_journeys_test PRIVATE PROBITY_PROGRAM="$<TARGET_FILE:probity>")
target_link_libraries(leak_journeys_test PRIVATE probity_attacks cv_imgproc fmt::fmt PkgConfig::curl PkgConfig::sqlite3
  PkgConfig::zip GTest::gtest GTest::gtest_main)
add_dependencies(leak_journeys_test probity)
add_test(NAME leak_journeys COMMAND leak_journeys_test)
set_tests_properties(leak_journeys PROPERTIES TIMEOUT 900)
