# Names: `names_bench` prints the figures of docs/results.md, "Names"; `names_bench fit` the weights of company findings.
add_library(names_made ${CMAKE_CURRENT_LIST_DIR}/names/companies.cpp ${CMAKE_CURRENT_LIST_DIR}/names/judged_pairs.cpp)
target_include_directories(names_made PUBLIC ${CMAKE_CURRENT_LIST_DIR})
target_link_libraries(names_made PUBLIC probity_names fmt::fmt)
add_executable(names_bench ${CMAKE_CURRENT_LIST_DIR}/names/names_bench.cpp)
target_link_libraries(names_bench PRIVATE names_made)
