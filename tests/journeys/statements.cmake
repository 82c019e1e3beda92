# Statements and the accused's page against `probity serve`, over HTTP.
add_executable(statement_journeys_test program.cpp launch.cpp node.cpp statement_story_test.cpp)
target_include_directories(statement_journeys_test PRIVATE ${PROJECT_SOURCE_DIR}/tests)
target_compile_definitions(statement_journeys_test PRIVATE PROBITY_PROGRAM="$<TARGET_FILE:probity>")
target_link_libraries(statement_journeys_test PRIVATE probity_attacks probity_base cv_imgproc fmt::fmt PkgConfig::curl
  PkgConfig::sqlite3 GTest::gtest GTest::gtest_main)
add_dependencies(statement_journeys_test probity)
add_test(NAME statement_journeys COMMAND statement_journeys_test)
set_tests_properties(statement_journeys PROPERTIES TIMEOUT 900)
