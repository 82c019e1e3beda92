# Own footage: simulated shoots, and how well a leak is found among the frames handed in.
add_library(probity_multi_view STATIC shoots/multi_view.cpp)
target_link_libraries(probity_multi_view PUBLIC probity_attacks cv_core PRIVATE cv_imgproc)

add_executable(shoots_bench shoots/shoots_bench.cpp)
target_link_libraries(shoots_bench PRIVATE probity_multi_view probity_bench_harness probity_trace fmt::fmt Threads::Threads)

add_executable(shoots_speed shoots/shoots_speed.cpp)
target_link_libraries(shoots_speed PRIVATE probity_multi_view probity_bench_harness probity_trace fmt::fmt Threads::Threads)

add_executable(shoots_bench_test shoots/multi_view_test.cpp)
target_link_libraries(shoots_bench_test PRIVATE probity_multi_view probity_trace cv_imgproc GTest::gtest GTest::gtest_main)
add_test(NAME shoots_bench COMMAND shoots_bench_test WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
