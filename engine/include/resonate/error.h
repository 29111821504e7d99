// resonate/error.h: every failure a user can cause is one of these, and its what() is one sentence saying
// which file or field, where in it, what was expected, what was found and what to do.
#pragma once

#include <stdexcept>
#include <string>

namespace resonate {

class Error : public std::runtime_error {
 public:
    using std::runtime_error::runtime_error;
};

/// The experiment, a preset, a command-line option or a field value is wrong.
class ConfigError : public Error {
 public:
    using Error::Error;
};

/// A data file is missing, damaged or not of the expected shape.
class DataError : public Error {
 public:
    using Error::Error;
};

/// A checkpoint cannot be read or does not fit the network.
class CheckpointError : public Error {
 public:
    using Error::Error;
};

/// A run folder cannot be created, written, locked or read.
class RunError : public Error {
 public:
    using Error::Error;
};

/// A computation failed (out of memory, unsupported operation).
class ComputeError : public Error {
 public:
    using Error::Error;
};

}  // namespace resonate
