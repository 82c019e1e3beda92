# Sealing a one-page document under a local timestamping authority, over HTTP.
add_executable(seal_bench ${CMAKE_CURRENT_LIST_DIR}/seal_bench.cpp ${PROJECT_SOURCE_DIR}/src/seal/test_authority.cpp
  ${PROJECT_SOURCE_DIR}/src/seal/test_pdf.cpp)
target_include_directories(seal_bench PRIVATE ${PROJECT_SOURCE_DIR}/tests)
target_link_libraries(seal_bench PRIVATE probity_pdf probity_timestamps fmt::fmt GTest::gtest)
