# Evidence packages and sealed documents of `probity serve`, checked by other programs and by `probity verify`.
add_executable(package_journeys_test program.cpp launch.cpp node.cpp evidence_package_test.cpp)
target_include_directories(package_journeys_test PRIVATE ${PROJECT_SOURCE_DIR}/tests)
target_compile_definitions(package_journeys_test PRIVATE PROBITY_PROGRAM="$<TARGET_FILE:probity>")
target_link_libraries(package_journeys_test PRIVATE probity_attacks cv_imgproc fmt::fmt PkgConfig::curl PkgConfig::sqlite3
  GTest::gtest GTest::gtest_main)
add_dependencies(package_journeys_test probity)
add_test(NAME package_journeys COMMAND package_journeys_test)
set_tests_properties(package_journeys PROPERTIES TIMEOUT 600)
