# Compiler settings shared by every target.
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")
# Installed programs and libraries find ours wherever the whole was put: from bin, libexec/resonate and lib/resonate.
if(UNIX AND NOT APPLE)
    set(CMAKE_INSTALL_RPATH "$ORIGIN;$ORIGIN/../${CMAKE_INSTALL_LIBDIR}/resonate;$ORIGIN/../../${CMAKE_INSTALL_LIBDIR}/resonate")
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    # Precompiled headers are cached only when time stamps and defines of the header are not compared.
    set(ccache_launcher ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE_PROGRAM})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${ccache_launcher})
    set(CMAKE_C_COMPILER_LAUNCHER ${ccache_launcher})
endif()

add_library(resonate_settings INTERFACE)
target_compile_options(resonate_settings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor)
if(CCACHE_PROGRAM AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(resonate_settings INTERFACE -fpch-preprocess)
endif()
if(RESONATE_WARNINGS_ARE_ERRORS)
    target_compile_options(resonate_settings INTERFACE -Werror)
endif()
if(RESONATE_SANITIZE)
    target_compile_options(resonate_settings INTERFACE -fsanitize=${RESONATE_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(resonate_settings INTERFACE -fsanitize=${RESONATE_SANITIZE})
    target_compile_definitions(resonate_settings INTERFACE RESONATE_SANITIZED)  # times mean nothing there
endif()
target_compile_definitions(resonate_settings INTERFACE QT_NO_KEYWORDS QT_NO_CAST_TO_ASCII)
