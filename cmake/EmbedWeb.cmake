# embed_web(out): builds the web interface and gives the source file that holds it (see web/pages.h).
# The file also runs as a script (cmake -P), one step of that build:
#   -D STEP=packages -D WEB=…            npm ci, once for each state of package-lock.json
#   -D STEP=pages -D WEB=… -D OUT=…      vite build, then web/tools/embed.mjs
# Several build folders share web/node_modules: the packages step holds a lock.

if(CMAKE_SCRIPT_MODE_FILE)
  cmake_policy(VERSION 3.25)
  function(run)
    execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${WEB} RESULT_VARIABLE code OUTPUT_VARIABLE said ERROR_VARIABLE said)
    if(code)
      list(JOIN ARGN " " line)
      message(FATAL_ERROR "web interface: `${line}` failed (${code}):\n${said}")
    endif()
  endfunction()
  if(STEP STREQUAL packages)
    file(LOCK ${WEB} DIRECTORY TIMEOUT 600)
    set(stamp ${WEB}/node_modules/.probity-lock)
    file(SHA256 ${WEB}/package-lock.json wanted)
    set(installed "")
    if(EXISTS ${stamp})
      file(READ ${stamp} installed)
    endif()
    if(NOT installed STREQUAL wanted)
      message(STATUS "web interface: fetching its packages")
      run(npm ci --ignore-scripts --no-audit --no-fund)
      file(WRITE ${stamp} ${wanted})
    endif()
  else()
    run(node node_modules/vite/bin/vite.js build --logLevel warn --outDir ${OUT}/dist --emptyOutDir)
    run(node tools/embed.mjs ${OUT}/dist ${OUT})
  endif()
  return()
endif()

function(embed_web out)
  find_program(NODE node)
  find_program(NPM npm)
  if(NOT NODE OR NOT NPM)
    message(FATAL_ERROR "node and npm build the web interface: ./setup installs them; -D PROBITY_WEB=OFF builds without it")
  endif()
  set(web ${CMAKE_CURRENT_SOURCE_DIR})
  set(script ${CMAKE_CURRENT_FUNCTION_LIST_FILE})
  set(pages ${CMAKE_CURRENT_BINARY_DIR}/pages.cpp)
  set(packages ${CMAKE_CURRENT_BINARY_DIR}/packages.stamp)
  file(GLOB_RECURSE inputs CONFIGURE_DEPENDS ${web}/src/* ${web}/public/*)
  list(REMOVE_ITEM inputs ${web}/src/api/schema.d.ts)
  list(FILTER inputs EXCLUDE REGEX "\\.test\\.ts$")
  add_custom_command(OUTPUT ${packages}
    COMMAND ${CMAKE_COMMAND} -D STEP=packages -D WEB=${web} -P ${script}
    COMMAND ${CMAKE_COMMAND} -E touch ${packages}
    DEPENDS ${web}/package-lock.json ${web}/.npmrc
    COMMENT "Web interface: packages" VERBATIM)
  add_custom_command(OUTPUT ${pages}
    COMMAND ${CMAKE_COMMAND} -D STEP=pages -D WEB=${web} -D OUT=${CMAKE_CURRENT_BINARY_DIR} -P ${script}
    DEPENDS ${packages} ${inputs} ${web}/index.html ${web}/vite.config.ts ${web}/tsconfig.json ${web}/tools/embed.mjs
    COMMENT "Web interface: pages" VERBATIM)
  set(${out} ${pages} PARENT_SCOPE)
endfunction()
