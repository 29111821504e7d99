# Third-party libraries, each named with the Debian package that brings it.
# -DCMAKE_PREFIX_PATH=/path/to/libtorch;/path/to/Qt takes others.
find_package(Threads REQUIRED)
find_package(Torch REQUIRED)          # libtorch-dev
find_package(yaml-cpp REQUIRED)       # libyaml-cpp-dev
find_package(OpenSSL REQUIRED COMPONENTS Crypto)  # libssl-dev: hashes of data files
find_package(CURL 7.87 REQUIRED)      # libcurl4-openssl-dev: downloads
find_package(PkgConfig REQUIRED)      # pkg-config
pkg_check_modules(MATIO REQUIRED IMPORTED_TARGET matio)  # libmatio-dev
pkg_check_modules(LIBARCHIVE REQUIRED IMPORTED_TARGET libarchive)  # libarchive-dev: npz, gz
pkg_check_modules(HDF5 REQUIRED IMPORTED_TARGET hdf5)  # libhdf5-dev: SHD, golden numbers of the tests
pkg_check_modules(PROTOBUF REQUIRED IMPORTED_TARGET protobuf-lite)  # libprotobuf-dev: event files of TensorBoard
pkg_check_modules(SNDFILE REQUIRED IMPORTED_TARGET sndfile)  # libsndfile1-dev: WAV files
pkg_check_modules(SAMPLERATE REQUIRED IMPORTED_TARGET samplerate)  # libsamplerate0-dev: recordings of other rates
pkg_check_modules(FFTW REQUIRED IMPORTED_TARGET fftw3)  # libfftw3-dev: coefficients of recordings
find_path(CLI11_INCLUDE_DIR CLI/CLI.hpp REQUIRED)        # libcli11-dev
find_path(NLOHMANN_JSON_INCLUDE_DIR nlohmann/json.hpp REQUIRED)  # nlohmann-json3-dev

# Torch's headers are not ours to mend: no warnings from them. Its flags are kept to the targets that include it.
add_library(resonate_torch INTERFACE)
target_include_directories(resonate_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
target_link_libraries(resonate_torch INTERFACE ${TORCH_LIBRARIES})
separate_arguments(torch_flags UNIX_COMMAND "${TORCH_CXX_FLAGS}")
target_compile_options(resonate_torch INTERFACE ${torch_flags})

if(RESONATE_BUILD_APP)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets Charts Svg SvgWidgets Concurrent)
    find_package(Qt6 6.4 QUIET OPTIONAL_COMPONENTS DBus)  # notifications of the desktop
    find_package(GIF 5 REQUIRED)  # libgif-dev: animations of epochs
endif()
if(RESONATE_BUILD_TESTS)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Core Test)
endif()
