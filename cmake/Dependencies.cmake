# Every outside library, as one imported target each; all of them are Debian 12 packages that ./setup installs.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(tl-expected REQUIRED)
find_package(GTest REQUIRED)
find_package(ZLIB REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_path(OPENCV_INCLUDE_DIR opencv2/core.hpp PATHS /usr/include/opencv4 REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(vips REQUIRED IMPORTED_TARGET vips)
pkg_check_modules(jpeg REQUIRED IMPORTED_TARGET libjpeg)
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(hwy REQUIRED IMPORTED_TARGET libhwy)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(icu REQUIRED IMPORTED_TARGET icu-uc)
pkg_check_modules(oath REQUIRED IMPORTED_TARGET liboath)
pkg_check_modules(qrencode REQUIRED IMPORTED_TARGET libqrencode)

# Debian's OpenCV package file comes with libopencv-dev only, which pulls in a gigabyte of display code: name the parts.
# Its headers do not survive -Wall -Wextra -Wconversion: always as system headers.
foreach(part core imgproc features2d calib3d video)
  add_library(cv_${part} INTERFACE)
  target_include_directories(cv_${part} SYSTEM INTERFACE ${OPENCV_INCLUDE_DIR})
  target_link_libraries(cv_${part} INTERFACE opencv_${part})
endforeach()

# SOCI ships no usable package file for its SQLite backend in Debian 12.
add_library(soci INTERFACE)
target_include_directories(soci SYSTEM INTERFACE /usr/include/soci)
target_link_libraries(soci INTERFACE soci_core soci_sqlite3)

find_library(RAPIDCHECK_LIBRARY rapidcheck REQUIRED)
add_library(rapidcheck INTERFACE)
target_link_libraries(rapidcheck INTERFACE ${RAPIDCHECK_LIBRARY})
