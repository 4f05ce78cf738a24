// parlour/plugin.hpp - the entry and the factories of a plugin made with the C++ SDK.
//
// PARLOUR_GAME(Type); or PARLOUR_ENGINE(Type); at the end of a file makes a whole plugin of one class. A file with
// several says PARLOUR_PLUGIN(about, (parlour::games<A, B>()), (parlour::engines<C>())); with a constexpr
// PluginAbout.
#pragma once

#include <parlour/common.hpp>

#include <array>

namespace parlour {

// What the host shows of a plugin as a whole.
struct PluginAbout {
    const char *id, *name, *version = "1.0", *author = "", *license = "", *url = "", *summary = "";
};

template <class G>
class GameSlots; // parlour/game.hpp
template <class E>
class EngineSlots; // parlour/engine.hpp

namespace detail {

struct GameRow {
    const char *id;
    void (*describe)(parlour_game_desc *);
    std::span<const Option> (*options)();
    parlour_status (*create)(const parlour_kv *, std::uint32_t, parlour_game *, parlour_error *);
};
struct EngineRow {
    const char *id;
    void (*describe)(parlour_engine_desc *);
    std::span<const Option> (*options)();
    std::int32_t (*supports)(const parlour_game *, char *, std::uint32_t);
    parlour_status (*create)(const parlour_kv *, std::uint32_t, parlour_engine *, parlour_error *);
};

// The factories of a plugin; Rows is a type with static `game_rows` and `engine_rows` arrays.
template <class Rows>
class Factories {
    template <class Row, std::size_t N>
    static const Row *find(const std::array<Row, N> &rows, const char *id) {
        for (const Row &row : rows) {
            if (std::string_view(row.id) == id) return &row;
        }
        return nullptr;
    }
    template <class Row>
    static parlour_status option_of(const Row *row, std::uint32_t index, parlour_option *out) {
        if (row == nullptr || index >= row->options().size()) return PARLOUR_E_NOTFOUND;
        return copy_sized(to_c(row->options()[index]), out);
    }
    static std::uint64_t refresh() { return 1; }

    static std::uint32_t game_count() { return static_cast<std::uint32_t>(Rows::game_rows.size()); }
    static parlour_status game_describe(std::uint32_t index, parlour_game_desc *out) {
        if (index >= Rows::game_rows.size()) return PARLOUR_E_NOTFOUND;
        Rows::game_rows[index].describe(out);
        return PARLOUR_OK;
    }
    static parlour_status game_option(const char *id, std::uint32_t index, parlour_option *out) {
        return option_of(find(Rows::game_rows, id), index, out);
    }
    static parlour_status game_create(const parlour_host *, const char *id, const parlour_kv *options,
                                      std::uint32_t n, parlour_game *out, parlour_error *error) {
        const GameRow *row = find(Rows::game_rows, id);
        if (row == nullptr) return fail(error, PARLOUR_E_NOTFOUND, "this plugin has no such game");
        return row->create(options, n, out, error);
    }

    static std::uint32_t engine_count() { return static_cast<std::uint32_t>(Rows::engine_rows.size()); }
    static parlour_status engine_describe(std::uint32_t index, parlour_engine_desc *out) {
        if (index >= Rows::engine_rows.size()) return PARLOUR_E_NOTFOUND;
        Rows::engine_rows[index].describe(out);
        return PARLOUR_OK;
    }
    static parlour_status engine_option(const char *id, std::uint32_t index, parlour_option *out) {
        return option_of(find(Rows::engine_rows, id), index, out);
    }
    static std::int32_t engine_supports(const char *id, const parlour_game *game, char *why, std::uint32_t capacity) {
        const EngineRow *row = find(Rows::engine_rows, id);
        if (row == nullptr) return 0;
        return row->supports(game, why, capacity);
    }
    static parlour_status engine_create(const parlour_host *, const char *id, const parlour_kv *options,
                                        std::uint32_t n, parlour_engine *out, parlour_error *error) {
        const EngineRow *row = find(Rows::engine_rows, id);
        if (row == nullptr) return fail(error, PARLOUR_E_NOTFOUND, "this plugin has no such engine");
        return row->create(options, n, out, error);
    }

public:
    static parlour_status init(const parlour_host *given, const char *, parlour_error *) {
        host = given;
        return PARLOUR_OK;
    }
    static void deinit() { host = nullptr; }
    static const void *get_factory(const char *id) {
        static constexpr parlour_game_factory game_factory{sizeof game_factory, 0,           refresh,    game_count,
                                                           game_describe,       game_option, game_create};
        static constexpr parlour_engine_factory engine_factory{
            sizeof engine_factory, 0, refresh, engine_count, engine_describe, engine_option, engine_supports,
            engine_create};
        const std::string_view want(id);
        if (want == PARLOUR_GAMES_FACTORY && !Rows::game_rows.empty()) return &game_factory;
        if (want == PARLOUR_ENGINES_FACTORY && !Rows::engine_rows.empty()) return &engine_factory;
        return nullptr;
    }
};

// The about of a plugin that is one class.
template <class Type>
constexpr PluginAbout about_of() {
    return {.id = Type::about.id,
            .name = Type::about.name,
            .version = Type::about.version,
            .author = Type::about.author,
            .summary = Type::about.summary};
}

} // namespace detail

// The rows of a plugin with several classes, for PARLOUR_PLUGIN.
template <class... Games>
constexpr std::array<detail::GameRow, sizeof...(Games)> games() {
    return {GameSlots<Games>::row()...};
}
template <class... Engines>
constexpr std::array<detail::EngineRow, sizeof...(Engines)> engines() {
    return {EngineSlots<Engines>::row()...};
}

} // namespace parlour

// Makes a plugin of several classes; either list may be of none: (parlour::games<>()). At file scope.
#define PARLOUR_PLUGIN(about, games_list, engines_list)                                                  \
    namespace {                                                                                          \
    struct ParlourRows {                                                                                 \
        static constexpr auto game_rows = games_list;                                                    \
        static constexpr auto engine_rows = engines_list;                                                \
    };                                                                                                   \
    }                                                                                                    \
    constinit const parlour_entry_t parlour_entry{PARLOUR_ABI_MAGIC,                                     \
                                                  PARLOUR_ABI_MAJOR,                                     \
                                                  PARLOUR_ABI_MINOR,                                     \
                                                  0,                                                     \
                                                  0,                                                     \
                                                  sizeof(parlour_entry_t),                               \
                                                  (about).id,                                            \
                                                  (about).name,                                          \
                                                  (about).version,                                       \
                                                  (about).author,                                        \
                                                  (about).license,                                       \
                                                  (about).url,                                           \
                                                  (about).summary,                                       \
                                                  parlour::detail::Factories<ParlourRows>::init,         \
                                                  parlour::detail::Factories<ParlourRows>::deinit,       \
                                                  parlour::detail::Factories<ParlourRows>::get_factory}; \
    static_assert(true)

// Makes a plugin of one game class. At file scope, outside any namespace. A harness that compiles the same file for
// another purpose (a benchmark against inlined rules) defines this before it includes the file.
#ifndef PARLOUR_GAME
#define PARLOUR_GAME(Type) \
    PARLOUR_PLUGIN(parlour::detail::about_of<Type>(), (parlour::games<Type>()), (parlour::engines<>()))
#endif

// Makes a plugin of one engine class. At file scope, outside any namespace.
#define PARLOUR_ENGINE(Type) \
    PARLOUR_PLUGIN(parlour::detail::about_of<Type>(), (parlour::games<>()), (parlour::engines<Type>()))
