// engine/data/npy_file.cpp: see npy_file.h. Format: numpy.lib.format.
#include "data/npy_file.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <fstream>
#include <optional>

#include "data/utf8_names.h"
#include "resonate/error.h"

namespace resonate {
namespace {

/// NumPy's own bound on a header it trusts is 10 000.
constexpr std::size_t largest_header = 65536;
constexpr std::size_t most_axes = 32;
constexpr std::size_t block_bytes = std::size_t{1} << 18;
constexpr std::size_t most_entries = 10000;

using ReadBytes = std::function<std::size_t(char*, std::size_t)>;

/// The header's text is a Python dictionary: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
class DictionaryReader {
 public:
    DictionaryReader(std::string_view text, const std::string& place) : rest_(text), place_(place) {}

    NpyHeader read() {
        NpyHeader header;
        std::optional<std::string> type;
        std::optional<bool> fortran;
        std::optional<std::vector<std::int64_t>> shape;
        expect('{');
        while (!take('}')) {
            const std::string key = text();
            expect(':');
            if (key == "descr")
                type = descr();
            else if (key == "fortran_order")
                fortran = boolean();
            else if (key == "shape")
                shape = tuple();
            else
                fail();
            if (!take(',')) {
                expect('}');
                break;
            }
        }
        skip_space();
        if (!rest_.empty() || !type || !fortran || !shape) fail();
        header.array.first_axis_fastest = *fortran;
        header.array.shape = std::move(*shape);
        set_type(*type, header);
        return header;
    }

 private:
    [[noreturn]] void fail() const {
        throw DataError(place_ + ": its NPY header is damaged; write the file again with numpy.save");
    }
    void skip_space() {
        while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\n')) rest_.remove_prefix(1);
    }
    bool take(char wanted) {
        skip_space();
        if (rest_.empty() || rest_.front() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void expect(char wanted) {
        if (!take(wanted)) fail();
    }
    std::string text() {
        skip_space();
        if (rest_.empty() || (rest_.front() != '\'' && rest_.front() != '"')) fail();
        const size_t end = rest_.find(rest_.front(), 1);
        if (end == rest_.npos) fail();
        const std::string found(rest_.substr(1, end - 1));
        rest_.remove_prefix(end + 1);
        return found;
    }
    std::string descr() {
        skip_space();
        if (!rest_.empty() && rest_.front() == '[')
            throw DataError(place_ + ": holds structures of several fields; save one array of numbers for each");
        return text();
    }
    bool boolean() {
        skip_space();
        for (const std::string_view word : {"True", "False"})
            if (rest_.starts_with(word)) {
                rest_.remove_prefix(word.size());
                return word == "True";
            }
        fail();
    }
    std::vector<std::int64_t> tuple() {
        std::vector<std::int64_t> numbers;
        expect('(');
        while (!take(')')) {
            skip_space();
            std::int64_t number = 0;
            const auto [end, failure] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
            if (failure != std::errc{} || number < 0 || numbers.size() >= most_axes) fail();
            rest_.remove_prefix(static_cast<size_t>(end - rest_.data()));
            if (!rest_.empty() && rest_.front() == 'L') rest_.remove_prefix(1);  // of Python 2
            numbers.push_back(number);
            if (!take(',')) {
                expect(')');
                break;
            }
        }
        return numbers;
    }

    void set_type(const std::string& descr, NpyHeader& header) const {
        static constexpr std::array<std::pair<std::string_view, ElementType>, 12> types = {{
            {"b1", ElementType::boolean},
            {"u1", ElementType::uint8},
            {"i1", ElementType::int8},
            {"u2", ElementType::uint16},
            {"i2", ElementType::int16},
            {"u4", ElementType::uint32},
            {"i4", ElementType::int32},
            {"u8", ElementType::uint64},
            {"i8", ElementType::int64},
            {"f2", ElementType::float16},
            {"f4", ElementType::float32},
            {"f8", ElementType::float64},
        }};
        const bool ordered = !descr.empty() && std::string_view("<>|=").find(descr.front()) != std::string_view::npos;
        const std::string_view kind = std::string_view(descr).substr(ordered ? 1 : 0);
        if (kind.starts_with("O"))
            throw DataError(place_ +
                            ": holds Python objects (pickled), which are not read; save an array of numbers, for "
                            "example array.astype('float32')");
        const auto known =
            std::find_if(types.begin(), types.end(), [&](const auto& type) { return type.first == kind; });
        if (known == types.end())
            throw DataError(
                place_ + ": holds elements of NumPy type '" + descr.substr(0, 40) +
                "', expected integers, floats or booleans; convert it, for example array.astype('float32')");
        header.array.type = known->second;
        header.swapped = descr.front() == (std::endian::native == std::endian::little ? '>' : '<');
    }

    std::string_view rest_;
    const std::string& place_;
};

/// Hands the numbers behind a header to `use`: exactly as many as the header says, in this machine's byte order.
void stream_elements(const NpyHeader& header, std::uint64_t bytes, const ReadBytes& read, const std::string& place,
                     const UseElements& use) {
    const size_t element = bytes_of(header.array.type);
    std::vector<char> block(static_cast<size_t>(std::min<std::uint64_t>(bytes, block_bytes)));
    std::uint64_t left = bytes;
    while (left > 0) {
        const auto wanted = static_cast<size_t>(std::min<std::uint64_t>(left, block.size()));
        size_t got = 0;
        while (got < wanted) {
            const size_t count = read(block.data() + got, wanted - got);
            if (count == 0)
                throw DataError(place + ": is cut off: its header says " + shape_text(header.array.shape) + " of " +
                                name_of(header.array.type) + ", " + std::to_string(bytes) + " bytes, found " +
                                std::to_string(bytes - left + got) +
                                "; copy the file again, or write it again with numpy.save");
            got += count;
        }
        if (header.swapped && element > 1)
            for (size_t i = 0; i < wanted; i += element)
                std::reverse(block.begin() + static_cast<std::ptrdiff_t>(i),
                             block.begin() + static_cast<std::ptrdiff_t>(i + element));
        use({reinterpret_cast<const std::uint8_t*>(block.data()), wanted});
        left -= wanted;
    }
    char more = 0;
    if (read(&more, 1) != 0)
        throw DataError(place + ": holds more than the " + std::to_string(bytes) + " bytes its header " +
                        shape_text(header.array.shape) + " of " + name_of(header.array.type) +
                        " says; write the file again with one array in it");
}

class NpyFile : public ArrayFile {
 public:
    explicit NpyFile(const std::filesystem::path& path) : ArrayFile(path) {
        std::ifstream stream = opened();
        header_ = read_npy_header(reader(stream), path.string());
        std::error_code failure;
        const std::uint64_t size = std::filesystem::file_size(path, failure);
        if (failure)
            throw DataError(path.string() + ": cannot be read: " + failure.message() + "; check its permissions");
        const std::uint64_t there = size - std::min<std::uint64_t>(size, header_.bytes);
        bytes_ = bytes_of_array(header_.array, path.string(), there);
        header_.array.name = "values";
        arrays_ = {header_.array};
    }

    void read(const ArrayHeader&, const UseElements& use) const override {
        std::ifstream stream = opened();
        stream.seekg(static_cast<std::streamoff>(header_.bytes));
        stream_elements(header_, bytes_, reader(stream), path().string(), use);
    }

 private:
    std::ifstream opened() const {
        std::ifstream stream(path(), std::ios::binary);
        if (!stream) throw DataError(path().string() + ": cannot be opened; check the path and its permissions");
        return stream;
    }
    static ReadBytes reader(std::ifstream& stream) {
        return [&stream](char* out, size_t count) {
            stream.read(out, static_cast<std::streamsize>(count));
            return static_cast<size_t>(stream.gcount());
        };
    }

    NpyHeader header_;
    std::uint64_t bytes_ = 0;
};

class NpzFile : public ArrayFile {
 public:
    explicit NpzFile(const std::filesystem::path& path) : ArrayFile(path) {
        most_bytes_ = most_unpacked_bytes(path);
        for_each_array([&](const std::string& name, archive* zip) {
            NpyHeader header = read_npy_header(reader(zip), place(name));
            header.array.name = name;
            bytes_of_array(header.array, place(name), most_bytes_);
            if (find(name) != nullptr)
                throw DataError(path.string() + ": holds '" + name + "' twice; write it again with numpy.savez");
            arrays_.push_back(std::move(header.array));
            return true;
        });
        if (arrays_.empty())
            throw DataError(path.string() + ": is a zip archive without NumPy arrays; write it with numpy.savez");
    }

    void read(const ArrayHeader& array, const UseElements& use) const override {
        bool found = false;
        for_each_array([&](const std::string& name, archive* zip) {
            if (name != array.name) return true;
            found = true;
            const NpyHeader header = read_npy_header(reader(zip), place(name));
            if (header.array.shape != array.shape || header.array.type != array.type) changed();
            stream_elements(header, bytes_of_array(header.array, place(name), most_bytes_), reader(zip), place(name),
                            use);
            return false;
        });
        if (!found) changed();
    }

 private:
    using Archive = std::unique_ptr<archive, decltype(&archive_read_free)>;

    std::string place(const std::string& name) const { return path().string() + ": '" + name + "'"; }
    [[noreturn]] void changed() const {
        throw DataError(path().string() + ": was changed while it was read; try again");
    }
    [[noreturn]] void damaged() const {
        throw DataError(path().string() + ": is cut off or damaged; write it again with numpy.savez");
    }

    ReadBytes reader(archive* zip) const {
        return [this, zip](char* out, size_t count) {
            const la_ssize_t got = archive_read_data(zip, out, count);
            if (got < 0) damaged();
            return static_cast<size_t>(got);
        };
    }

    /// visit(name without ".npy", archive at its first byte) until it says false.
    template <class Visit>
    void for_each_array(Visit visit) const {
        const Utf8Names names_are_utf8;
        const Archive zip(archive_read_new(), archive_read_free);
        archive_read_support_format_zip_seekable(zip.get());
        if (archive_read_open_filename(zip.get(), path().c_str(), block_bytes) != ARCHIVE_OK) damaged();
        archive_entry* entry = nullptr;
        for (size_t count = 0;; ++count) {
            const int status = archive_read_next_header(zip.get(), &entry);
            if (status == ARCHIVE_EOF) return;
            if (status < ARCHIVE_WARN) damaged();
            if (count == most_entries)
                throw DataError(path().string() + ": holds more than the " + std::to_string(most_entries) +
                                " entries that are read; save fewer arrays in one file");
            const char* entry_name = archive_entry_pathname(entry);
            std::string name = entry_name != nullptr ? entry_name : "";
            if (!name.ends_with(".npy")) continue;
            if (archive_entry_is_encrypted(entry))
                throw DataError(path().string() + ": is encrypted; save it again without a password");
            name.resize(name.size() - 4);
            if (!visit(name, zip.get())) return;
        }
    }

    std::uint64_t most_bytes_ = 0;
};

}  // namespace

NpyHeader read_npy_header(const ReadBytes& read, const std::string& place) {
    size_t total = 0;
    const auto take = [&](size_t count) {
        std::string bytes(count, '\0');
        size_t got = 0;
        while (got < count) {
            const size_t more = read(bytes.data() + got, count - got);
            if (more == 0)
                throw DataError(
                    place +
                    ": is cut off within its NPY header; copy the file again, or write it again with numpy.save");
            got += more;
        }
        total += count;
        return bytes;
    };
    const std::string start = take(8);
    if (!start.starts_with("\x93NUMPY"))
        throw DataError(place +
                        ": expected an array in NumPy's format, found something else; write it again with numpy.save");
    const int version = static_cast<unsigned char>(start[6]);
    if (version < 1 || version > 3)
        throw DataError(place + ": expected version 1, 2 or 3 of NumPy's format, found " + std::to_string(version) +
                        "; write it again with numpy.save");
    const std::string size_bytes = take(version == 1 ? 2 : 4);
    size_t size = 0;
    for (size_t i = size_bytes.size(); i > 0; --i) size = size << 8 | static_cast<unsigned char>(size_bytes[i - 1]);
    if (size > largest_header)
        throw DataError(place + ": expected an NPY header of at most " + std::to_string(largest_header) +
                        " bytes, found " + std::to_string(size) + "; write it again with numpy.save");
    const std::string text = take(size);
    NpyHeader header = DictionaryReader(text, place).read();
    header.bytes = total;
    return header;
}

std::shared_ptr<const ArrayFile> open_npy(const std::filesystem::path& path) { return std::make_shared<NpyFile>(path); }
std::shared_ptr<const ArrayFile> open_npz(const std::filesystem::path& path) { return std::make_shared<NpzFile>(path); }

}  // namespace resonate
