// engine/runs/torch_archive_writer.h: writes zip archives that Python's torch.load opens, also with weights_only=True.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runs/pickle_value.h"

namespace resonate {

/// Values in the order they are to be read back, one at the top. A dictionary holds keys and values in turn:
///     writer.begin_dictionary(); writer.text("epoch"); writer.integer(3); writer.end_dictionary();
/// The same calls give the same bytes.
class TorchArchiveWriter {
 public:
    void none();
    void boolean(bool value);
    void integer(std::int64_t value);
    /// A float64 scalar tensor: PyTorch 1.13's weights_only reader refuses every file with a Python float in it, and
    /// scalars do as loss and as settings of torch.optim.Adam.
    void real(double value);
    void text(std::string_view value);
    void begin_dictionary();
    void begin_ordered_dictionary();  ///< collections.OrderedDict, as Python keeps a state dictionary
    void end_dictionary();
    void begin_list();
    void end_list();
    void pair(double first, double second);  ///< a tuple of two real()
    /// `bytes` are the elements in row-major order, little-endian, as many as `shape` says.
    void tensor(TensorType type, const std::vector<std::int64_t>& shape, std::string bytes);

    /// The archive: stored entries archive/data.pkl (protocol 2), byteorder, version and data/0, data/1 …
    std::string finish();

 private:
    void global(std::string_view module, std::string_view name);
    void integers(const std::vector<std::int64_t>& values);

    std::string pickle_ = "\x80\x02";
    std::vector<std::string> storages_;
};

}  // namespace resonate
