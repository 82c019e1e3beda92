# The log's benchmark; bench/log runs all of it, with witnesses and PostgreSQL beside it.
add_executable(log_bench ${CMAKE_CURRENT_LIST_DIR}/log_bench.cpp)
target_link_libraries(log_bench PRIVATE probity_store_log fmt::fmt)
