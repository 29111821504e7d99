// engine/runs/event_file.cpp: see event_file.h. Format: TFRecord framing around protocol buffers of TensorFlow's
// event.proto and summary.proto, of which scalars need the few fields named here.
#include "runs/event_file.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <bit>
#include <fstream>
#include <optional>

#include "resonate/error.h"
#include "runs/crc32c.h"

namespace resonate {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;
using google::protobuf::io::StringOutputStream;

namespace event {
constexpr int wall_time = 1, step = 2, file_version = 3, summary = 5, session_log = 7;
}
namespace summary {
constexpr int value = 1;
}
namespace value {
constexpr int tag = 1, simple_value = 2, tensor = 8;
}
namespace tensor {
constexpr int type = 1, content = 4, floats = 5, doubles = 6;
}
namespace session {
constexpr int status = 1, started = 1;
}

constexpr int float_type = 1, double_type = 2;
constexpr std::size_t length_bytes = 8, checksum_bytes = 4;
constexpr std::uint64_t largest_record = std::uint64_t{256} << 20;
constexpr std::uintmax_t largest_file = std::uintmax_t{2} << 30;
constexpr std::size_t longest_tag = 1024;

/// A message as its fields are written one after the other.
class Message {
 public:
    Message() : stream_(&bytes_), coded_(std::in_place, &stream_) {}

    void add_double(int field, double number) {
        coded_->WriteTag(WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_FIXED64));
        coded_->WriteLittleEndian64(std::bit_cast<std::uint64_t>(number));
    }
    void add_float(int field, float number) {
        coded_->WriteTag(WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_FIXED32));
        coded_->WriteLittleEndian32(std::bit_cast<std::uint32_t>(number));
    }
    void add_integer(int field, std::int64_t number) {
        coded_->WriteTag(WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_VARINT));
        coded_->WriteVarint64(static_cast<std::uint64_t>(number));
    }
    void add_bytes(int field, const std::string& bytes) {
        coded_->WriteTag(WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_LENGTH_DELIMITED));
        coded_->WriteVarint32(static_cast<std::uint32_t>(bytes.size()));
        coded_->WriteString(bytes);
    }
    std::string take() {
        coded_.reset();
        return std::move(bytes_);
    }

 private:
    std::string bytes_;
    StringOutputStream stream_;
    std::optional<CodedOutputStream> coded_;
};

template <class Integer>
void append_little_endian(std::string& bytes, Integer number) {
    for (std::size_t i = 0; i < sizeof number; ++i) bytes += static_cast<char>((number >> (8 * i)) & 0xFF);
}

template <class Integer>
Integer little_endian(std::string_view bytes) {
    Integer number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i)
        number |= static_cast<Integer>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return number;
}

std::string framed(const std::string& data) {
    std::string record;
    append_little_endian(record, static_cast<std::uint64_t>(data.size()));
    append_little_endian(record, masked_crc32c(record));
    record += data;
    append_little_endian(record, masked_crc32c(data));
    return record;
}

/// Walks over the fields of one message, whatever they are.
class Fields {
 public:
    explicit Fields(std::string_view bytes)
        : bytes_(bytes), input_(reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<int>(bytes.size())) {}

    /// To the next field; false at the end, and where the message is broken.
    bool next() {
        const std::uint32_t tag = input_.ReadTag();
        if (tag == 0) {
            whole_ = input_.ConsumedEntireMessage();
            return false;
        }
        number_ = WireFormatLite::GetTagFieldNumber(tag);
        type_ = WireFormatLite::GetTagWireType(tag);
        return read_value(tag);
    }
    /// After the end: was all of it a message?
    bool whole() const { return whole_; }

    int number() const { return number_; }
    bool is(int number, WireFormatLite::WireType type) const { return number_ == number && type_ == type; }
    std::int64_t integer() const { return static_cast<std::int64_t>(bits_); }
    double as_double() const { return std::bit_cast<double>(bits_); }
    float as_float() const { return std::bit_cast<float>(static_cast<std::uint32_t>(bits_)); }
    std::string_view bytes() const { return view_; }

 private:
    bool read_value(std::uint32_t tag) {
        std::uint32_t narrow = 0;
        switch (type_) {
            case WireFormatLite::WIRETYPE_VARINT: return input_.ReadVarint64(&bits_);
            case WireFormatLite::WIRETYPE_FIXED64: return input_.ReadLittleEndian64(&bits_);
            case WireFormatLite::WIRETYPE_FIXED32:
                if (!input_.ReadLittleEndian32(&narrow)) return false;
                bits_ = narrow;
                return true;
            case WireFormatLite::WIRETYPE_LENGTH_DELIMITED: {
                if (!input_.ReadVarint32(&narrow)) return false;
                const auto at = static_cast<std::size_t>(input_.CurrentPosition());
                if (narrow > bytes_.size() - at) return false;
                view_ = bytes_.substr(at, narrow);
                return input_.Skip(static_cast<int>(narrow));
            }
            default: return WireFormatLite::SkipField(&input_, tag);
        }
    }

    std::string_view bytes_;
    CodedInputStream input_;
    int number_ = 0;
    WireFormatLite::WireType type_ = WireFormatLite::WIRETYPE_VARINT;
    std::uint64_t bits_ = 0;
    std::string_view view_;
    bool whole_ = false;
};

constexpr auto varint = WireFormatLite::WIRETYPE_VARINT;
constexpr auto fixed32 = WireFormatLite::WIRETYPE_FIXED32;
constexpr auto fixed64 = WireFormatLite::WIRETYPE_FIXED64;
constexpr auto delimited = WireFormatLite::WIRETYPE_LENGTH_DELIMITED;

/// The number in a tensor of one float or double, as newer writers store scalars. False where the message is broken.
bool read_tensor(std::string_view bytes, std::optional<double>& number) {
    int type = 0;
    std::string_view content, floats, doubles;
    std::optional<double> single;
    Fields fields(bytes);
    while (fields.next()) {
        if (fields.is(tensor::type, varint)) type = static_cast<int>(fields.integer());
        if (fields.is(tensor::content, delimited)) content = fields.bytes();
        if (fields.is(tensor::floats, delimited)) floats = fields.bytes();
        if (fields.is(tensor::doubles, delimited)) doubles = fields.bytes();
        if (fields.is(tensor::floats, fixed32)) single = fields.as_float();
        if (fields.is(tensor::doubles, fixed64)) single = fields.as_double();
    }
    if (!fields.whole()) return false;
    for (const std::string_view packed : {content, floats})
        if (type == float_type && packed.size() == sizeof(float))
            number = std::bit_cast<float>(little_endian<std::uint32_t>(packed));
    for (const std::string_view packed : {content, doubles})
        if (type == double_type && packed.size() == sizeof(double))
            number = std::bit_cast<double>(little_endian<std::uint64_t>(packed));
    if (!number && (type == float_type || type == double_type)) number = single;
    return true;
}

bool read_value(std::string_view bytes, ScalarEvent& scalar, std::optional<double>& number) {
    Fields fields(bytes);
    while (fields.next()) {
        if (fields.is(value::tag, delimited)) scalar.tag = fields.bytes().substr(0, longest_tag);
        if (fields.is(value::simple_value, fixed32)) number = fields.as_float();
        if (fields.is(value::tensor, delimited) && !read_tensor(fields.bytes(), number)) return false;
    }
    return fields.whole();
}

bool read_summary_values(std::string_view bytes, const ScalarEvent& at, std::vector<ScalarEvent>& scalars) {
    Fields fields(bytes);
    while (fields.next()) {
        if (!fields.is(summary::value, delimited)) continue;
        ScalarEvent scalar = at;
        std::optional<double> number;
        if (!read_value(fields.bytes(), scalar, number)) return false;
        if (!number || scalar.tag.empty()) continue;
        scalar.value = *number;
        scalars.push_back(std::move(scalar));
    }
    return fields.whole();
}

/// False where the bytes are no event.
bool read_event(std::string_view bytes, std::vector<ScalarEvent>& scalars) {
    ScalarEvent at;
    std::vector<std::string_view> summaries;
    Fields fields(bytes);
    while (fields.next()) {
        if (fields.is(event::wall_time, fixed64)) at.wall_time = fields.as_double();
        if (fields.is(event::step, varint)) at.step = fields.integer();
        if (fields.is(event::summary, delimited)) summaries.push_back(fields.bytes());
    }
    if (!fields.whole()) return false;
    for (const std::string_view part : summaries)
        if (!read_summary_values(part, at, scalars)) return false;
    return true;
}

}  // namespace

std::string event_file_start(double wall_time) {
    Message message;
    message.add_double(event::wall_time, wall_time);
    message.add_bytes(event::file_version, "brain.Event:2");
    return framed(message.take());
}

std::string event_session_start(double wall_time) {
    Message log;
    log.add_integer(session::status, session::started);
    Message message;
    message.add_double(event::wall_time, wall_time);
    message.add_integer(event::step, 0);
    message.add_bytes(event::session_log, log.take());
    return framed(message.take());
}

std::string event_record(std::int64_t step, double wall_time,
                         const std::vector<std::pair<std::string, double>>& scalars) {
    Message values;
    for (const auto& [tag, number] : scalars) {
        Message one;
        one.add_bytes(value::tag, tag);
        one.add_float(value::simple_value, static_cast<float>(number));
        values.add_bytes(summary::value, one.take());
    }
    Message message;
    message.add_double(event::wall_time, wall_time);
    message.add_integer(event::step, step);
    message.add_bytes(event::summary, values.take());
    return framed(message.take());
}

EventFile parse_event_file(std::string_view bytes, const std::string& name) {
    EventFile file;
    std::size_t at = 0;
    for (int number = 1; at < bytes.size(); ++number) {
        const std::string place = name + ": record " + std::to_string(number) + " at byte " + std::to_string(at) + ": ";
        const std::string_view rest = bytes.substr(at);
        constexpr std::size_t head = length_bytes + checksum_bytes;
        if (rest.size() < head) {
            file.cut_off = true;
            break;
        }
        if (masked_crc32c(rest.substr(0, length_bytes)) !=
            little_endian<std::uint32_t>(rest.substr(length_bytes, checksum_bytes)))
            throw DataError(place + (number == 1
                                         ? "is no record of TensorBoard; give an event file"
                                         : "the checksum of its length is wrong; the file is damaged: copy it again"));
        const auto length = little_endian<std::uint64_t>(rest);
        if (length > largest_record)
            throw DataError(place + "expected at most 256 MiB, found " + std::to_string(length) +
                            " bytes; the file is damaged: copy it again");
        if (rest.size() < head + length + checksum_bytes) {
            file.cut_off = true;
            break;
        }
        const std::string_view data = rest.substr(head, length);
        if (masked_crc32c(data) != little_endian<std::uint32_t>(rest.substr(head + length, checksum_bytes)))
            throw DataError(place + "the checksum of its data is wrong; the file is damaged: copy it again");
        if (!read_event(data, file.scalars)) throw DataError(place + "is no event; the file is damaged: copy it again");
        at += head + length + checksum_bytes;
    }
    return file;
}

EventFile read_event_file(const std::filesystem::path& file) {
    std::error_code failure;
    const std::uintmax_t size = std::filesystem::file_size(file, failure);
    std::ifstream stream(file, std::ios::binary);
    if (failure || !stream)
        throw DataError(file.string() +
                        ": cannot be opened; give an event file of TensorBoard, and check its permissions");
    if (size > largest_file)
        throw DataError(file.string() + ": expected at most 2 GiB, found " + std::to_string(size) +
                        " bytes; give another event file");
    std::string bytes(size, '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(size));
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    return parse_event_file(bytes, file.string());
}

}  // namespace resonate
