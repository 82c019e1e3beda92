# Private look-ups: `oprf_bench` prints the table of docs/results.md, "The alliance". Takes a number of people to screen.
add_executable(oprf_bench ${CMAKE_CURRENT_LIST_DIR}/oprf_bench.cpp)
target_link_libraries(oprf_bench PRIVATE probity_routes_keyholder Threads::Threads fmt::fmt)
