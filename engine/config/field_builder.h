// engine/config/field_builder.h: turns a member of ExperimentConfig and a description into a Field.
#pragma once

#include <algorithm>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include "config/field_table.h"
#include "resonate/error.h"

namespace resonate {

inline constexpr double unbounded = std::numeric_limits<double>::infinity();
inline constexpr double largest_int = 2147483647.0;

/// What the table says of a field besides where it lies.
struct Description {
    const char* label;
    const char* unit;
    const char* symbol;
    const char* help;
    double min = 0;
    double max = unbounded;
    bool min_exclusive = false;
    bool max_exclusive = false;
};

/// Names and values of an enumeration.
template <class Enum>
struct Choices;
template <>
struct Choices<NeuronType> {
    static constexpr NeuronType values[] = {NeuronType::brf,  NeuronType::rf,  NeuronType::hrf,
                                            NeuronType::alif, NeuronType::lif, NeuronType::izhikevich};
};
template <>
struct Choices<Surrogate> {
    static constexpr Surrogate values[] = {Surrogate::double_gaussian, Surrogate::multi_gaussian, Surrogate::gaussian,
                                           Surrogate::linear, Surrogate::exponential};
};
template <>
struct Choices<Decay> {
    static constexpr Decay values[] = {Decay::exponential, Decay::linear};
};
template <>
struct Choices<Precision> {
    static constexpr Precision values[] = {Precision::float32, Precision::float64};
};
template <>
struct Choices<LearningRateSchedule> {
    static constexpr LearningRateSchedule values[] = {LearningRateSchedule::linear, LearningRateSchedule::constant};
};

inline std::string quoted_list(const std::vector<std::string>& choices) {
    std::string text;
    for (const std::string& choice : choices) text += (text.empty() ? "" : ", ") + choice;
    return text;
}

template <class Value>
const Value& alternative(const FieldValue& value, const char* expected) {
    if (const Value* held = std::get_if<Value>(&value)) return *held;
    throw ConfigError(std::string("expected ") + expected + ", found " + value_text(value));
}

/// The type a member has in the catalogue.
template <class Member>
FieldValue to_field_value(const Member& member) {
    if constexpr (std::is_same_v<Member, bool>)
        return member;
    else if constexpr (std::is_integral_v<Member>)
        return static_cast<std::int64_t>(member);
    else if constexpr (std::is_floating_point_v<Member>)
        return static_cast<double>(member);
    else if constexpr (std::is_enum_v<Member>)
        return to_string(member);
    else
        return member;
}

template <class Member>
void assign(Member& member, const FieldValue& value, const std::vector<std::string>& choices) {
    if constexpr (std::is_same_v<Member, bool>) {
        member = alternative<bool>(value, "true or false");
    } else if constexpr (std::is_integral_v<Member>) {
        const std::int64_t number = alternative<std::int64_t>(value, "an integer");
        if (number > std::numeric_limits<Member>::max() || number < std::numeric_limits<Member>::min())
            throw ConfigError("expected a smaller integer, found " + std::to_string(number));
        member = static_cast<Member>(number);
    } else if constexpr (std::is_floating_point_v<Member>) {
        if (const auto* integer = std::get_if<std::int64_t>(&value))
            member = static_cast<Member>(*integer);
        else
            member = alternative<double>(value, "a number");
    } else if constexpr (std::is_enum_v<Member>) {
        const std::string& text = alternative<std::string>(value, "text");
        for (const Member candidate : Choices<Member>::values)
            if (to_string(candidate) == text) {
                member = candidate;
                return;
            }
        throw ConfigError("expected one of " + quoted_list(choices) + ", found '" + text + "'");
    } else {
        const std::string& text = alternative<std::string>(value, "text");
        if (!choices.empty() && std::find(choices.begin(), choices.end(), text) == choices.end())
            throw ConfigError("expected one of " + quoted_list(choices) + ", found '" + text + "'");
        member = text;
    }
}

using Applies = bool (*)(const ExperimentConfig&);

inline bool always(const ExperimentConfig&) { return true; }

/// Adds fields to a list, group by group.
class Table {
 public:
    explicit Table(std::vector<Field>& fields) : fields_(fields) {}
    void group(const char* name) { group_ = name; }
    /// Of the field added last.
    void zero_means(const char* text) { fields_.back().zero_text = text; }
    /// A running training takes a change of the field added last with its next batch, or with its next epoch.
    void acts_now() { fields_.back().change = FieldChange::now; }
    void acts_from_next_epoch() { fields_.back().change = FieldChange::next_epoch; }

    /// `member` gives a reference to the field's place in a config, const or not.
    template <class Access>
    void add(const char* path, Access member, const Description& about, Applies applies = always,
             std::vector<std::string> choices = {}) {
        using Member = std::remove_cvref_t<decltype(member(std::declval<ExperimentConfig&>()))>;
        if constexpr (std::is_enum_v<Member>)
            for (const Member value : Choices<Member>::values) choices.push_back(to_string(value));
        Field field;
        field.path = path;
        field.group = group_;
        field.label = about.label;
        field.unit = about.unit;
        field.symbol = about.symbol;
        field.help = about.help;
        field.min = about.min;
        field.max = std::is_same_v<Member, int> ? std::min(about.max, largest_int) : about.max;
        field.min_exclusive = about.min_exclusive;
        field.max_exclusive = about.max_exclusive;
        field.choices = choices;
        field.applies = applies;
        field.get = [member](const ExperimentConfig& config) { return to_field_value(member(config)); };
        field.set = [member, choices](ExperimentConfig& config, const FieldValue& value) {
            assign(member(config), value, choices);
        };
        fields_.push_back(std::move(field));
    }

 private:
    std::vector<Field>& fields_;
    std::string group_;
};

}  // namespace resonate
