// engine/runs/event_file.h: records of TensorBoard's event files as bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "resonate/tensorboard.h"

namespace resonate {

/// The first record of a file: its version.
std::string event_file_start(double wall_time);
/// A record that tells a TensorBoard which is watching to forget what it read of these steps before: a run was resumed.
std::string event_session_start(double wall_time);
/// One record with numbers of one step.
std::string event_record(std::int64_t step, double wall_time,
                         const std::vector<std::pair<std::string, double>>& scalars);

/// The scalars of a file's bytes; `name` stands for the file. Throws DataError.
EventFile parse_event_file(std::string_view bytes, const std::string& name);

}  // namespace resonate
