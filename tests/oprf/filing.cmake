# A filer's node, the ombudsman's node, a hub and key-holders in one process.
add_executable(filing_story_test filing_story_test.cpp)
target_include_directories(filing_story_test PRIVATE ${PROJECT_SOURCE_DIR}/tests)
target_link_libraries(filing_story_test PRIVATE probity_filing_desk probity_routes_hub probity_routes_paperwork
  probity_store_alliance probity_store_paperwork probity_store_events probity_http_testing GTest::gtest GTest::gtest_main)
add_test(NAME filing_story COMMAND filing_story_test)
