# What members do all day, against an alliance on loopback: the command line, files of partners, a list that changes.
add_executable(alliance_work_test program.cpp launch.cpp node.cpp relay.cpp alliance.cpp filed.cpp
  alliance_commands_test.cpp batch_test.cpp list_change_test.cpp)
target_include_directories(alliance_work_test PRIVATE ${PROJECT_SOURCE_DIR}/tests)
target_compile_definitions(alliance_work_test PRIVATE PROBITY_PROGRAM="$<TARGET_FILE:probity-rehearsal>")
target_link_libraries(alliance_work_test PRIVATE probity_base probity_alliance probity_member_desk probity_attacks cv_imgproc fmt::fmt PkgConfig::curl
  PkgConfig::sqlite3 GTest::gtest GTest::gtest_main)
add_dependencies(alliance_work_test probity-rehearsal)
foreach(part OfTheHub Walk Ask Write)
  add_test(NAME alliance_commands_${part} COMMAND alliance_work_test --gtest_filter=Commands.${part}*)
  set_tests_properties(alliance_commands_${part} PROPERTIES TIMEOUT 600)
endforeach()
add_test(NAME alliance_partner_files COMMAND alliance_work_test --gtest_filter=PartnerFiles.*)
add_test(NAME alliance_list_changes COMMAND alliance_work_test --gtest_filter=ListChange.*)
set_tests_properties(alliance_partner_files alliance_list_changes PROPERTIES TIMEOUT 600)
