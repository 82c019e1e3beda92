# Size, speed and memory of preparing JPEG masters, and of weaving their copies.
add_executable(media_bench ${CMAKE_CURRENT_LIST_DIR}/media_bench.cpp)
target_link_libraries(media_bench PRIVATE probity_media)
