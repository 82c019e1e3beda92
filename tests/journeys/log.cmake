# The transparency log against `probity serve`, with witnesses as processes of their own.
add_executable(log_journeys_test program.cpp launch.cpp node.cpp log_story_test.cpp)
target_include_directories(log_journeys_test PRIVATE ${PROJECT_SOURCE_DIR}/tests)
target_compile_definitions(log_journeys_test PRIVATE PROBITY_PROGRAM="$<TARGET_FILE:probity>")
target_link_libraries(log_journeys_test PRIVATE probity_tlog probity_attacks cv_imgproc fmt::fmt PkgConfig::curl PkgConfig::sqlite3
  GTest::gtest GTest::gtest_main)
add_dependencies(log_journeys_test probity)
add_test(NAME log_journeys COMMAND log_journeys_test)
set_tests_properties(log_journeys PROPERTIES TIMEOUT 600)
compile_apart(log_story_test.cpp)
