# Serves woven copies for bench/http/run, which compares with nginx.
add_executable(http_bench_server ${CMAKE_CURRENT_LIST_DIR}/http/server.cpp)
target_link_libraries(http_bench_server PRIVATE probity_http probity_tally probity_code)
