# Cases against `probity serve`, over HTTP.
add_executable(case_journeys_test program.cpp launch.cpp node.cpp case_journeys_test.cpp)
target_include_directories(case_journeys_test PRIVATE ${PROJECT_SOURCE_DIR}/tests)
target_compile_definitions(case_journeys_test PRIVATE PROBITY_PROGRAM="$<TARGET_FILE:probity>")
target_link_libraries(case_journeys_test PRIVATE probity_attacks cv_imgproc fmt::fmt PkgConfig::curl PkgConfig::sqlite3
  GTest::gtest GTest::gtest_main)
add_dependencies(case_journeys_test probity)
add_test(NAME case_journeys COMMAND case_journeys_test)
set_tests_properties(case_journeys PROPERTIES TIMEOUT 900)
