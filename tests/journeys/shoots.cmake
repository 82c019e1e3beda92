# The story of a shoot against `probity serve`, over HTTP; frames are simulated from a photograph.
add_executable(shoot_journeys_test program.cpp launch.cpp node.cpp shoot_story_test.cpp)
target_include_directories(shoot_journeys_test PRIVATE ${PROJECT_SOURCE_DIR}/tests)
target_compile_definitions(shoot_journeys_test PRIVATE PROBITY_PROGRAM="$<TARGET_FILE:probity>")
target_link_libraries(shoot_journeys_test PRIVATE probity_multi_view cv_imgproc fmt::fmt PkgConfig::curl
  PkgConfig::sqlite3 GTest::gtest GTest::gtest_main)
add_dependencies(shoot_journeys_test probity)
add_test(NAME shoot_journeys COMMAND shoot_journeys_test)
set_tests_properties(shoot_journeys PROPERTIES TIMEOUT 900)
