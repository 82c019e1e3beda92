# The code's own benchmarks: `code_bench` prints scoring times, `law_study` the table of docs/decisions/0002-bias-law.md.
add_executable(code_bench ${CMAKE_CURRENT_LIST_DIR}/code_bench.cpp)
target_link_libraries(code_bench PRIVATE probity_code fmt::fmt)
add_executable(law_study ${CMAKE_CURRENT_LIST_DIR}/law_study.cpp)
target_link_libraries(law_study PRIVATE probity_code fmt::fmt)
