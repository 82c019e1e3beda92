add_executable(index_bench index_bench.cpp ${PROJECT_SOURCE_DIR}/tests/support/jpeg_luma.cpp)
target_include_directories(index_bench PRIVATE ${PROJECT_SOURCE_DIR}/tests)
target_link_libraries(index_bench PRIVATE probity_trace PkgConfig::jpeg Threads::Threads)
