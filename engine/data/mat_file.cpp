// engine/data/mat_file.cpp: see mat_file.h.
#include "data/mat_file.h"

#include <algorithm>

#include "data/reader_process.h"
#include "resonate/error.h"

namespace resonate {
namespace {

constexpr std::uint64_t most_variables = 10000;
constexpr std::uint64_t most_axes = 32;
constexpr std::size_t block_bytes = std::size_t{1} << 20;

class MatFile : public ArrayFile {
 public:
    explicit MatFile(const std::filesystem::path& path) : ArrayFile(path) {
        ReaderProcess reader("mat-list", path);
        const std::uint64_t most_bytes = most_array_bytes(path);
        const std::uint64_t count = reader.count_up_to(most_variables);
        for (std::uint64_t i = 0; i < count; ++i) {
            ArrayHeader header;
            header.name = reader.text();
            header.type = reader.value<ElementType>();
            header.shape = reader.list<std::int64_t>(most_axes);
            header.first_axis_fastest = true;
            if (header.type > ElementType::float64) reader.damaged();
            bytes_of_array(header, place_of(path, header), most_bytes);
            arrays_.push_back(std::move(header));
        }
        reader.finish();
        if (arrays_.empty())
            throw DataError(path.string() + ": holds no array of real numbers; save the variables with save -v7");
    }

    void read(const ArrayHeader& array, const UseElements& use) const override {
        ReaderProcess reader("mat-read", path(), array.name);
        std::uint64_t left = bytes_of_array(array, place_of(path(), array), most_array_bytes(path()));
        std::vector<std::uint8_t> block(static_cast<size_t>(std::min<std::uint64_t>(left, block_bytes)));
        while (left > 0) {
            const auto count = static_cast<size_t>(std::min<std::uint64_t>(left, block.size()));
            reader.read(block.data(), count);
            use(std::span(block).first(count));
            left -= count;
        }
        reader.finish();
    }
};

}  // namespace

std::shared_ptr<const ArrayFile> open_mat(const std::filesystem::path& path) { return std::make_shared<MatFile>(path); }

}  // namespace resonate
