// The sources that `parlour new` writes out, as they stand in plugin_api/templates, built into the program.
#pragma once

#include <string_view>

namespace parlour::host::cli {

extern const std::string_view game_template;   // null_game.cpp
extern const std::string_view engine_template; // null_engine.cpp
extern const std::string_view c_game_template; // null_game_c.c
extern const std::string_view bot_template;    // null_bot.py
extern const std::string_view pygame_template; // null_pygame.py
extern const std::string_view window_template; // null_window.py
extern const std::string_view cmake_template;  // CMakeLists.txt.in

} // namespace parlour::host::cli
