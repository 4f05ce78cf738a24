// parlour/common.hpp - the C++ words that games and engines share: moves, turns, random numbers, options, sentences.
// Header-only, C++20, on top of the C interface; nothing here crosses the border itself.
#pragma once

#include <parlour/parlour.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <exception>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parlour {

using Move = std::uint32_t;

// Who moves next: the turn word of the C interface as a type.
struct Turn {
    std::uint32_t word = PARLOUR_TURN_FAULT;

    static constexpr Turn of(std::uint32_t player) { return {player}; }
    static constexpr Turn over() { return {PARLOUR_TURN_TERMINAL}; }
    static constexpr Turn chance() { return {PARLOUR_TURN_CHANCE}; }
    static constexpr Turn simultaneous() { return {PARLOUR_TURN_SIMULTANEOUS}; }
    static constexpr Turn fault() { return {PARLOUR_TURN_FAULT}; }

    constexpr std::uint32_t player() const { return PARLOUR_TURN_PLAYER(word); }
    constexpr bool is_over() const { return (word & PARLOUR_TURN_TERMINAL) != 0; }
    constexpr bool is_chance() const { return (word & PARLOUR_TURN_CHANCE) != 0; }
    constexpr bool is_simultaneous() const { return (word & PARLOUR_TURN_SIMULTANEOUS) != 0; }
    constexpr bool is_fault() const { return (word & PARLOUR_TURN_FAULT) == PARLOUR_TURN_FAULT; }
    constexpr bool operator==(const Turn &) const = default;
};

// splitmix64 as a value; the same numbers as parlour_rng in C.
struct Rng {
    parlour_rng raw{0};

    std::uint64_t next() { return parlour_rng_next(&raw); }
    // 0..bound-1; bound >= 1.
    std::uint32_t below(std::uint32_t bound) { return parlour_rng_below(&raw, bound); }
    // In [0, 1).
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
};

// Mixes 64 bits (the finaliser of splitmix64): for Zobrist-like keys made of numbers.
constexpr std::uint64_t mix64(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

// A hash of plain bytes, eight at a time.
inline std::uint64_t hash_bytes(const void *bytes, std::size_t size) {
    const auto *at = static_cast<const unsigned char *>(bytes);
    std::uint64_t hash = 0x9e3779b97f4a7c15u ^ size;
    for (; size >= 8; size -= 8, at += 8) {
        std::uint64_t word;
        std::memcpy(&word, at, 8);
        hash = mix64(hash ^ word) + 0x9e3779b97f4a7c15u;
    }
    std::uint64_t tail = 0;
    std::memcpy(&tail, at, size);
    return mix64(hash ^ tail);
}

// A failure with a status code and a sentence for a person; SDK functions may throw it, the border turns it into a
// parlour_error.
class Failure : public std::runtime_error {
public:
    Failure(parlour_status status, const std::string &sentence) : std::runtime_error(sentence), status_(status) {}
    parlour_status status() const { return status_; }

private:
    parlour_status status_;
};

// Writes a failure into a caller's error struct (which may be null) and returns its code.
inline parlour_status fail(parlour_error *error, parlour_status code, std::string_view sentence) {
    if (error != nullptr) {
        error->code = code;
        error->line = 0;
        std::size_t length = std::min(sentence.size(), sizeof error->text - 1);
        while (length > 0 && length < sentence.size() && (sentence[length] & 0xc0) == 0x80) --length;
        std::memcpy(error->text, sentence.data(), length);
        error->text[length] = '\0';
    }
    return code;
}

// Copies text by the snprintf rule of the interface: at most capacity bytes with the NUL; returns the whole length.
inline std::int32_t copy_text(std::string_view text, char *buffer, std::uint32_t capacity) {
    if (capacity > 0) {
        const std::size_t length = std::min<std::size_t>(text.size(), capacity - 1);
        std::memcpy(buffer, text.data(), length);
        buffer[length] = '\0';
    }
    return static_cast<std::int32_t>(text.size());
}

// Reads a text that follows the snprintf rule: `call(buffer, capacity)` is the C function. Empty on failure.
template <class Call>
std::string read_text(Call call) {
    char small[256];
    const std::int32_t length = call(small, static_cast<std::uint32_t>(sizeof small));
    if (length <= 0) return {};
    if (static_cast<std::size_t>(length) < sizeof small) return {small, static_cast<std::size_t>(length)};
    std::string big(static_cast<std::size_t>(length) + 1, '\0');
    const std::int32_t again = call(big.data(), static_cast<std::uint32_t>(big.size()));
    big.resize(again < 0 ? 0 : std::min(static_cast<std::size_t>(again), big.size() - 1));
    return big;
}

// One option of a game or engine, for `static constexpr std::array options`. Strings must be literals.
struct Option {
    std::uint8_t type = PARLOUR_OPTION_TEXT;
    const char *id = "", *label = "", *help = "", *default_text = "";
    double min = 0, max = 0, step = 1;
    std::span<const char *const> choice_ids{}, choice_labels{};
    std::uint32_t flags = 0;

    static constexpr Option boolean(const char *id, const char *label, const char *help, bool value) {
        return {.type = PARLOUR_OPTION_BOOL,
                .id = id,
                .label = label,
                .help = help,
                .default_text = value ? "true" : "false"};
    }
    static constexpr Option integer(const char *id, const char *label, const char *help, const char *value,
                                    double min, double max, double step = 1) {
        return {.type = PARLOUR_OPTION_INT,
                .id = id,
                .label = label,
                .help = help,
                .default_text = value,
                .min = min,
                .max = max,
                .step = step};
    }
    static constexpr Option real(const char *id, const char *label, const char *help, const char *value, double min,
                                 double max) {
        return {.type = PARLOUR_OPTION_FLOAT,
                .id = id,
                .label = label,
                .help = help,
                .default_text = value,
                .min = min,
                .max = max,
                .step = 0};
    }
    static constexpr Option choice(const char *id, const char *label, const char *help, const char *value,
                                   std::span<const char *const> ids, std::span<const char *const> labels) {
        return {.type = PARLOUR_OPTION_CHOICE,
                .id = id,
                .label = label,
                .help = help,
                .default_text = value,
                .choice_ids = ids,
                .choice_labels = labels};
    }
    static constexpr Option text(const char *id, const char *label, const char *help, const char *value) {
        return {.type = PARLOUR_OPTION_TEXT, .id = id, .label = label, .help = help, .default_text = value};
    }
    constexpr Option advanced() const {
        Option copy = *this;
        copy.flags |= PARLOUR_OPTION_ADVANCED;
        return copy;
    }
};

// An option as the C struct of the border.
inline parlour_option to_c(const Option &option) {
    parlour_option out{};
    out.size = sizeof out;
    out.type = option.type;
    out.flags = option.flags;
    out.n_choices = static_cast<std::uint32_t>(option.choice_ids.size());
    out.id = option.id;
    out.label = option.label;
    out.help = option.help;
    out.min = option.min;
    out.max = option.max;
    out.step = option.step;
    out.default_text = option.default_text;
    out.choice_ids = option.choice_ids.data();
    out.choice_labels = option.choice_labels.data();
    return out;
}

// Says in a sentence what is wrong with a value of an option; empty when it is right.
inline std::string option_problem(const parlour_option &option, std::string_view value) {
    const std::string label = "option " + std::string(option.id);
    const auto number = [&](double &out) {
        const auto [end, code] = std::from_chars(value.data(), value.data() + value.size(), out);
        return code == std::errc{} && end == value.data() + value.size() && out >= option.min && out <= option.max;
    };
    const auto range = [&](const char *kind) {
        char text[120];
        std::snprintf(text, sizeof text, " takes %s from %g to %g, not \"", kind, option.min, option.max);
        return label + text + std::string(value) + "\"";
    };
    double at = 0;
    switch (option.type) {
        case PARLOUR_OPTION_BOOL:
            return value == "true" || value == "false"
                       ? std::string{}
                       : label + " takes true or false, not \"" + std::string(value) + "\"";
        case PARLOUR_OPTION_INT: {
            if (!number(at)) return range("a whole number");
            const double steps = option.step > 0 ? (at - option.min) / option.step : at;
            if (steps != static_cast<double>(static_cast<long long>(steps))) {
                char text[80];
                std::snprintf(text, sizeof text, " in steps of %g", option.step);
                return range("a whole number") + text;
            }
            return {};
        }
        case PARLOUR_OPTION_FLOAT:
            return number(at) ? std::string{} : range("a number");
        case PARLOUR_OPTION_CHOICE: {
            std::string known;
            for (std::uint32_t i = 0; i < option.n_choices; ++i) {
                if (value == option.choice_ids[i]) return {};
                known += (i ? ", " : "") + std::string(option.choice_ids[i]);
            }
            return label + " takes one of " + known + ", not \"" + std::string(value) + "\"";
        }
        default:
            return {};
    }
}

// The checked values of all options, in the order of the schema; what a game's or engine's constructor is given.
class OptionValues {
public:
    // Takes defaults and overwrites them with `given`; throws Failure for unknown ids and wrong values.
    OptionValues(std::span<const Option> schema, std::span<const parlour_kv> given) : schema_(schema) {
        for (const Option &option : schema) values_.emplace_back(option.default_text);
        for (const parlour_kv &pair : given) {
            const std::size_t at = index(pair.id);
            if (at == schema.size())
                throw Failure(PARLOUR_E_ARG, "there is no option \"" + std::string(pair.id) + "\"");
            const std::string problem = option_problem(to_c(schema[at]), pair.value);
            if (!problem.empty()) throw Failure(PARLOUR_E_ARG, problem);
            values_[at] = pair.value;
        }
    }

    // The value of an option that the schema has.
    const std::string &text(std::string_view id) const { return values_.at(index(id)); }
    bool boolean(std::string_view id) const { return text(id) == "true"; }
    double real(std::string_view id) const {
        double out = 0;
        const std::string &value = text(id);
        std::from_chars(value.data(), value.data() + value.size(), out);
        return out;
    }
    int integer(std::string_view id) const { return static_cast<int>(real(id)); }

    // The values that differ from their defaults, as "id=value,id=value".
    std::string variant() const {
        std::string out;
        for (std::size_t i = 0; i < schema_.size(); ++i) {
            if (values_[i] == schema_[i].default_text) continue;
            out += (out.empty() ? "" : ",") + std::string(schema_[i].id) + "=" + values_[i];
        }
        return out;
    }

private:
    std::size_t index(std::string_view id) const {
        std::size_t at = 0;
        while (at < schema_.size() && id != schema_[at].id) ++at;
        return at;
    }

    std::span<const Option> schema_;
    std::vector<std::string> values_;
};

namespace detail {

// Runs a cold function and turns exceptions into a status with a sentence.
template <class Body>
parlour_status guarded(parlour_error *error, Body body) noexcept {
    try {
        return body();
    } catch (const Failure &failure) {
        return fail(error, failure.status(), failure.what());
    } catch (const std::bad_alloc &) {
        return fail(error, PARLOUR_E_NOMEM, "there is not enough memory");
    } catch (const std::exception &exception) {
        return fail(error, PARLOUR_E_FAIL, exception.what());
    } catch (...) {
        return fail(error, PARLOUR_E_FAIL, "an unknown exception was thrown");
    }
}

// Runs a function that returns a text by the snprintf rule; exceptions become PARLOUR_E_FAIL.
template <class Body>
std::int32_t guarded_text(char *buffer, std::uint32_t capacity, Body body) noexcept {
    try {
        return copy_text(body(), buffer, capacity);
    } catch (...) {
        return PARLOUR_E_FAIL;
    }
}

// Runs a hot function; an exception becomes `fault`.
template <class Result, class Body>
Result guarded_hot(Result fault, Body body) noexcept {
    try {
        return body();
    } catch (...) {
        return fault;
    }
}

// Copies a SIZED struct to a caller whose version of it may be older or newer.
template <class Struct>
parlour_status copy_sized(const Struct &from, Struct *to) {
    if (to == nullptr || to->size < sizeof(std::uint32_t)) return PARLOUR_E_ARG;
    const std::uint32_t theirs = to->size;
    std::memcpy(to, &from, std::min<std::size_t>(theirs, sizeof from));
    to->size = static_cast<std::uint32_t>(std::min<std::size_t>(theirs, sizeof from));
    return PARLOUR_OK;
}

// The host of this plugin, set by init.
inline const parlour_host *host = nullptr;

} // namespace detail

// One line to the host's log; severity is PARLOUR_LOG_*. [any]
inline void log(std::int32_t severity, const std::string &text) {
    if (detail::host != nullptr && PARLOUR_HAS(detail::host, parlour_host, log)) {
        detail::host->log(detail::host, severity, text.c_str());
    }
}

} // namespace parlour
