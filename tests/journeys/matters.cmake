# Cases, leaks and shoots from the command line, without a server.
add_executable(matter_commands_test program.cpp launch.cpp case_commands_test.cpp leak_commands_test.cpp
  shoot_commands_test.cpp)
target_include_directories(matter_commands_test PRIVATE ${PROJECT_SOURCE_DIR}/tests)
target_compile_definitions(matter_commands_test PRIVATE PROBITY_PROGRAM="$<TARGET_FILE:probity>")
target_link_libraries(matter_commands_test PRIVATE probity_attacks cv_imgproc fmt::fmt PkgConfig::sqlite3 GTest::gtest
  GTest::gtest_main)
add_dependencies(matter_commands_test probity)
add_test(NAME matter_commands COMMAND matter_commands_test)
set_tests_properties(matter_commands PROPERTIES TIMEOUT 600)
