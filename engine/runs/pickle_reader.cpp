// engine/runs/pickle_reader.cpp: see pickle_reader.h.
#include "runs/pickle_reader.h"

#include <bit>
#include <cstring>
#include <unordered_map>

#include "resonate/error.h"
#include "runs/torch_globals.h"

namespace resonate {
namespace {

/// Opcodes by their names in pickletools.py.
enum Opcode : unsigned char {
    MARK = '(',
    STOP = '.',
    POP = '0',
    POP_MARK = '1',
    DUP = '2',
    NONE = 'N',
    NEWTRUE = 0x88,
    NEWFALSE = 0x89,
    BININT = 'J',
    BININT1 = 'K',
    BININT2 = 'M',
    LONG1 = 0x8a,
    BINFLOAT = 'G',
    BINUNICODE = 'X',
    SHORT_BINUNICODE = 0x8c,
    BINUNICODE8 = 0x8d,
    BINBYTES = 'B',
    SHORT_BINBYTES = 'C',
    BINBYTES8 = 0x8e,
    BYTEARRAY8 = 0x96,
    EMPTY_LIST = ']',
    APPEND = 'a',
    APPENDS = 'e',
    EMPTY_TUPLE = ')',
    TUPLE = 't',
    TUPLE1 = 0x85,
    TUPLE2 = 0x86,
    TUPLE3 = 0x87,
    EMPTY_DICT = '}',
    SETITEM = 's',
    SETITEMS = 'u',
    EMPTY_SET = 0x8f,
    ADDITEMS = 0x90,
    FROZENSET = 0x91,
    BINGET = 'h',
    LONG_BINGET = 'j',
    BINPUT = 'q',
    LONG_BINPUT = 'r',
    MEMOIZE = 0x94,
    GLOBAL = 'c',
    STACK_GLOBAL = 0x93,
    REDUCE = 'R',
    BUILD = 'b',
    BINPERSID = 'Q',
    PROTO = 0x80,
    FRAME = 0x95,
};

class PickleMachine {
 public:
    PickleMachine(std::string_view bytes, const std::string& name, const PickleLimits& limits)
        : bytes_(bytes), name_(name), limits_(limits) {}

    PickleDocument run() {
        if (bytes_.size() > limits_.bytes)
            fail("is larger than the " + std::to_string(limits_.bytes) + " bytes that are read");
        unsigned char opcode = 0;
        while ((opcode = byte()) != STOP) execute(opcode);
        document_.top = pop();
        return std::move(document_);
    }

 private:
    using Kind = PickleSequence::Kind;

    [[noreturn]] void fail(const std::string& what) const {
        throw CheckpointError(name_ + ": data.pkl " + what + use_another);
    }
    [[noreturn]] void fail_here(const std::string& what) const {
        fail("is damaged at byte " + std::to_string(position_) + ": " + what);
    }

    // Reading bytes.

    std::string_view take(size_t count) {
        if (count > bytes_.size() - position_) fail("ends too early");
        position_ += count;
        return bytes_.substr(position_ - count, count);
    }
    unsigned char byte() { return static_cast<unsigned char>(take(1)[0]); }
    std::uint64_t unsigned_number(size_t count) {
        std::uint64_t number = 0;
        const std::string_view from = take(count);
        for (size_t i = count; i-- > 0;) number = number << 8 | static_cast<unsigned char>(from[i]);
        return number;
    }
    std::string_view counted(size_t bytes_of_count) {
        const std::uint64_t count = unsigned_number(bytes_of_count);
        if (count > bytes_.size()) fail("ends too early");
        return take(static_cast<size_t>(count));
    }
    std::string_view line() {
        const size_t end = bytes_.find('\n', position_);
        if (end == std::string_view::npos) fail("ends too early");
        const std::string_view text = take(end - position_);
        take(1);
        return text;
    }

    // The stack. Nothing below the last mark can be taken.

    PickleValue* make(PickleValue value) {
        if (document_.values.size() >= limits_.values)
            fail("holds more than the " + std::to_string(limits_.values) + " values that are read");
        document_.values.push_back(std::move(value));
        return &document_.values.back();
    }
    void push(PickleValue* value) {
        if (stack_.size() >= limits_.values) fail_here("too many values are open at once");
        stack_.push_back(value);
    }
    template <class T>
    void push_new(T content) {
        push(make(PickleValue{std::move(content)}));
    }
    PickleValue* top() const {
        if (stack_.size() <= (marks_.empty() ? 0 : marks_.back())) fail_here("a value is missing");
        return stack_.back();
    }
    PickleValue* pop() {
        PickleValue* value = top();
        stack_.pop_back();
        return value;
    }
    std::vector<const PickleValue*> pop_to_mark() {
        if (marks_.empty()) fail_here("a mark is missing");
        const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
        std::vector<const PickleValue*> items(begin, stack_.end());
        stack_.erase(begin, stack_.end());
        marks_.pop_back();
        return items;
    }
    std::vector<const PickleValue*> pop_some(size_t count) {
        std::vector<const PickleValue*> items(count);
        while (count > 0) items[--count] = pop();
        return items;
    }
    template <class T>
    T& top_as(const char* expected) {
        T* found = std::get_if<T>(&top()->content);
        if (!found) fail_here(std::string("expected ") + expected + ", found " + describe(*top()));
        return *found;
    }

    // What is remembered to be used again.

    void remember(std::uint64_t key) {
        if (memo_.size() >= limits_.values) fail_here("too many values are remembered");
        memo_[key] = top();
    }
    void recall(std::uint64_t key) {
        const auto found = memo_.find(key);
        if (found == memo_.end()) fail_here("value " + std::to_string(key) + " was never remembered");
        push(found->second);
    }

    // Containers.

    void append(const std::vector<const PickleValue*>& items, Kind kind) {
        auto& sequence = top_as<PickleSequence>("a list or set");
        if (sequence.kind != kind) fail_here("found " + describe(*top()) + " where another container is needed");
        sequence.items.insert(sequence.items.end(), items.begin(), items.end());
    }
    void set_items(const std::vector<const PickleValue*>& items) {
        if (items.size() % 2 != 0) fail_here("a key has no value");
        auto& dictionary = top_as<PickleDictionary>("a dictionary");
        for (size_t i = 0; i < items.size(); i += 2) dictionary.entries.emplace_back(items[i], items[i + 1]);
    }

    // Globals, and what may be done with them.

    void push_global(std::string_view module, std::string_view name) {
        std::optional<PickleValue> known = allowed_global(module, name);
        if (!known)
            throw CheckpointError(name_ + ": " + printable(module) + "." + printable(name) +
                                  " is not allowed in a checkpoint: only numbers, text, containers and tensors are "
                                  "read, nothing is executed; save the state dictionary alone");
        push(make(std::move(*known)));
    }
    void stack_global() {
        const auto* name = pop()->as<PickleText>();
        const auto* module = pop()->as<PickleText>();
        if (!module || !name) fail_here("a global has no name");
        push_global(module->text, name->text);
    }
    void reduce() {
        const PickleValue* arguments = pop();
        const PickleValue* callable = pop();
        const auto* tuple = arguments->as<PickleSequence>();
        if (!tuple || tuple->kind != Kind::tuple)
            fail_here("expected a tuple of arguments, found " + describe(*arguments));
        const auto* function = callable->as<PickleFunction>();
        if (!function) fail_here(describe(*callable) + " cannot be called");
        push(call(*function, *tuple));
    }
    PickleValue* call(PickleFunction function, const PickleSequence& arguments) {
        const std::vector<const PickleValue*>& items = arguments.items;
        switch (function) {
            case PickleFunction::ordered_dictionary:
                if (!items.empty()) fail_here("an OrderedDict with arguments is not read");
                return make(PickleValue{PickleDictionary{}});
            case PickleFunction::rebuild_tensor_v2:
            case PickleFunction::rebuild_tensor_v3: {
                auto tensor = rebuilt_tensor(function, arguments);
                if (const auto* problem = std::get_if<std::string>(&tensor))
                    fail("holds a tensor that cannot be built: " + *problem);
                return make(PickleValue{std::get<TensorDescription>(std::move(tensor))});
            }
            case PickleFunction::rebuild_parameter:
            case PickleFunction::size:
            case PickleFunction::tagged:
                if (items.empty()) fail_here("an argument is missing");
                return shared(items[0]);
            case PickleFunction::set:
                if (items.empty()) return make(PickleValue{PickleSequence{Kind::set, {}}});
                return shared(items[0]);
            case PickleFunction::bytes:
                if (!items.empty()) fail_here("bytes with arguments are not read");
                return make(PickleValue{PickleBytes{}});
            case PickleFunction::encode: return make(PickleValue{PickleBytes{latin_1(items)}});
        }
        fail_here("a function without a meaning");
    }
    /// The document owns every value and may change it as long as it is being built.
    static PickleValue* shared(const PickleValue* value) { return const_cast<PickleValue*>(value); }

    std::string latin_1(const std::vector<const PickleValue*>& items) {
        const auto* text = items.size() == 2 ? items[0]->as<PickleText>() : nullptr;
        const auto* codec = items.size() == 2 ? items[1]->as<PickleText>() : nullptr;
        if (!text || !codec || codec->text != "latin1") fail_here("bytes are read from Latin-1 text only");
        // The same text may be encoded any number of times.
        encoded_ += text->text.size();
        if (encoded_ > limits_.bytes) fail_here("too many bytes");
        std::string bytes;
        for (size_t i = 0; i < text->text.size(); ++i) {
            const auto first = static_cast<unsigned char>(text->text[i]);
            if (first < 0x80) {
                bytes += static_cast<char>(first);
                continue;
            }
            const auto second = static_cast<unsigned char>(++i < text->text.size() ? text->text[i] : 0);
            if ((first != 0xc2 && first != 0xc3) || (second & 0xc0) != 0x80) fail_here("text is not Latin-1");
            bytes += static_cast<char>((first & 3) << 6 | (second & 0x3f));
        }
        return bytes;
    }
    void build() {
        const PickleValue* state = pop();
        auto& dictionary = top_as<PickleDictionary>("a dictionary that attributes belong to");
        if (!state->as<PickleDictionary>()) fail_here("expected attributes, found " + describe(*state));
        dictionary.attributes = state;
    }
    void persistent() {
        std::optional<PickleStorage> storage = storage_named(*pop());
        if (!storage) fail_here("expected ('storage', class, key, location, elements)");
        push_new(std::move(*storage));
    }

    void push_long(std::string_view from) {
        if (from.size() > sizeof(std::int64_t)) return push_new(PickleBigInteger{std::string(from)});
        std::uint64_t number = !from.empty() && (from.back() & 0x80) ? ~std::uint64_t{0} : 0;
        for (size_t i = from.size(); i-- > 0;) number = number << 8 | static_cast<unsigned char>(from[i]);
        push_new(static_cast<std::int64_t>(number));
    }
    void push_float() {
        std::uint64_t bits = 0;
        for (const char c : take(sizeof(double))) bits = bits << 8 | static_cast<unsigned char>(c);
        push_new(std::bit_cast<double>(bits));
    }
    void protocol() {
        const int version = byte();
        if (version < 2 || version > 5) fail("has pickle protocol " + std::to_string(version) + ", expected 2 to 5");
    }

    void execute(unsigned char opcode) {
        switch (opcode) {
            case PROTO: return protocol();
            case FRAME: take(8); return;
            case MARK:
                if (marks_.size() >= limits_.values) fail_here("too many marks");
                return marks_.push_back(stack_.size());
            case POP: pop(); return;
            case POP_MARK: pop_to_mark(); return;
            case DUP: return push(top());
            case NONE: return push_new(std::monostate());
            case NEWTRUE: return push_new(true);
            case NEWFALSE: return push_new(false);
            case BININT: return push_new(std::int64_t{static_cast<std::int32_t>(unsigned_number(4))});
            case BININT1: return push_new(static_cast<std::int64_t>(unsigned_number(1)));
            case BININT2: return push_new(static_cast<std::int64_t>(unsigned_number(2)));
            case LONG1: return push_long(counted(1));
            case BINFLOAT: return push_float();
            case SHORT_BINUNICODE: return push_new(PickleText{std::string(counted(1))});
            case BINUNICODE: return push_new(PickleText{std::string(counted(4))});
            case BINUNICODE8: return push_new(PickleText{std::string(counted(8))});
            case SHORT_BINBYTES: return push_new(PickleBytes{std::string(counted(1))});
            case BINBYTES: return push_new(PickleBytes{std::string(counted(4))});
            case BINBYTES8:
            case BYTEARRAY8: return push_new(PickleBytes{std::string(counted(8))});
            case EMPTY_LIST: return push_new(PickleSequence{Kind::list, {}});
            case EMPTY_TUPLE: return push_new(PickleSequence{Kind::tuple, {}});
            case EMPTY_SET: return push_new(PickleSequence{Kind::set, {}});
            case EMPTY_DICT: return push_new(PickleDictionary{});
            case APPEND: return append(pop_some(1), Kind::list);
            case APPENDS: return append(pop_to_mark(), Kind::list);
            case ADDITEMS: return append(pop_to_mark(), Kind::set);
            case SETITEM: return set_items(pop_some(2));
            case SETITEMS: return set_items(pop_to_mark());
            case TUPLE: return push_new(PickleSequence{Kind::tuple, pop_to_mark()});
            case TUPLE1: return push_new(PickleSequence{Kind::tuple, pop_some(1)});
            case TUPLE2: return push_new(PickleSequence{Kind::tuple, pop_some(2)});
            case TUPLE3: return push_new(PickleSequence{Kind::tuple, pop_some(3)});
            case FROZENSET: return push_new(PickleSequence{Kind::set, pop_to_mark()});
            case BINPUT: return remember(unsigned_number(1));
            case LONG_BINPUT: return remember(unsigned_number(4));
            case MEMOIZE: return remember(memo_.size());
            case BINGET: return recall(unsigned_number(1));
            case LONG_BINGET: return recall(unsigned_number(4));
            case GLOBAL: {
                const std::string_view module = line();
                return push_global(module, line());
            }
            case STACK_GLOBAL: return stack_global();
            case REDUCE: return reduce();
            case BUILD: return build();
            case BINPERSID: return persistent();
            default: fail_here("opcode " + std::to_string(opcode) + " is not one that torch.save writes");
        }
    }

    std::string_view bytes_;
    const std::string& name_;
    const PickleLimits& limits_;
    size_t position_ = 0;
    size_t encoded_ = 0;  ///< bytes made from text
    PickleDocument document_;
    std::vector<PickleValue*> stack_;
    std::vector<size_t> marks_;
    std::unordered_map<std::uint64_t, PickleValue*> memo_;
};

}  // namespace

PickleDocument read_pickle(std::string_view bytes, const std::string& name, const PickleLimits& limits) {
    return PickleMachine(bytes, name, limits).run();
}

}  // namespace resonate
