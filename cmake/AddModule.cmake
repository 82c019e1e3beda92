# What every target is compiled with: warnings are errors, assertions stay on in release builds.
add_library(probity_flags INTERFACE)
target_include_directories(probity_flags INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_compile_options(probity_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wimplicit-fallthrough
  -Werror)
if(CMAKE_UNITY_BUILD)
  # A file's private parts are no part of a batch's main file, which is all that this warning looks at.
  target_compile_options(probity_flags INTERFACE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-subobject-linkage>)
endif()
if(PROBITY_SANITIZE)
  target_compile_options(probity_flags INTERFACE -fsanitize=${PROBITY_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  # What GCC says of the flow of values is wrong in instrumented code; the other presets say it of the plain one.
  target_compile_options(probity_flags INTERFACE
    $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-array-bounds>)
  target_link_options(probity_flags INTERFACE -fsanitize=${PROBITY_SANITIZE})
endif()

# compile_apart(files …): files whose own small names repeat those of others of their module, or that are compiled once for
# each instruction set. The release and sanitizer presets compile the rest of a module in batches; dev and tidy compile each
# file alone, which is what finds a missing include.
function(compile_apart)
  set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# embed_text(out file symbol): a source file that defines `extern const std::string_view probity::<symbol>`, what `file` says.
# Its path is put into the variable `out`.
function(embed_text out file symbol)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  file(READ ${file} text)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT
"#include <string_view>\nnamespace probity {\nextern const std::string_view @symbol@;\nconst std::string_view @symbol@ = R\"words(@text@)words\";\n}\n")
  set_source_files_properties(${source} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)  # clang minds
  set(${out} ${source} PARENT_SCOPE)
endfunction()

# suppress_library_leaks(): what libraries never free is no finding of the tests that the calling folder has defined.
set(library_leaks
  "LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/support/leaks_of_libraries.supp:print_suppressions=0")
function(suppress_library_leaks)
  if(PROBITY_SANITIZE)
    get_property(tests DIRECTORY PROPERTY TESTS)
    set_property(TEST ${tests} APPEND PROPERTY ENVIRONMENT ${library_leaks})
  endif()
endfunction()

# add_module(name SOURCES … DEPS … TESTS …): one folder of src/ as a library `probity_<name>`, and its tests beside it.
# DEPS are other modules (by folder name) or imported targets; tests/tidy checks that includes agree with the folder table.
function(add_module name)
  cmake_parse_arguments(MODULE "" "" "SOURCES;DEPS;TESTS;TEST_DEPS" ${ARGN})
  if(MODULE_SOURCES)
    add_library(probity_${name} STATIC ${MODULE_SOURCES})
    set(scope PUBLIC)
  else()
    add_library(probity_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_link_libraries(probity_${name} ${scope} probity_flags)
  foreach(dep ${MODULE_DEPS})
    if(TARGET probity_${dep})
      target_link_libraries(probity_${name} ${scope} probity_${dep})
    else()
      target_link_libraries(probity_${name} ${scope} ${dep})
    endif()
  endforeach()
  if(MODULE_TESTS)
    add_executable(${name}_test ${MODULE_TESTS})
    target_link_libraries(${name}_test PRIVATE probity_${name} GTest::gtest GTest::gtest_main rapidcheck)
    foreach(dep ${MODULE_TEST_DEPS})
      if(TARGET probity_${dep})
        target_link_libraries(${name}_test PRIVATE probity_${dep})
      else()
        target_link_libraries(${name}_test PRIVATE ${dep})
      endif()
    endforeach()
    target_include_directories(${name}_test PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    target_compile_options(${name}_test PRIVATE $<$<CONFIG:Release>:-O1>)  # as in tests/CMakeLists.txt
    add_test(NAME ${name} COMMAND ${name}_test WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    if(PROBITY_SANITIZE)
      set_tests_properties(${name} PROPERTIES ENVIRONMENT ${library_leaks})
    endif()
  endif()
endfunction()
