// All the ways in which a disk or a torn copy usually damages a text.
#pragma once

#include <cstddef>
#include <string>

namespace parlour::tests {

// Calls `take` with the text cut to every length below its own.
template <class Take>
void for_each_cut(const std::string &text, Take take) {
    for (std::size_t length = 0; length < text.size(); ++length) {
        take(text.substr(0, length), "cut to " + std::to_string(length) + " bytes");
    }
}

// Calls `take` with each single bit of the text flipped.
template <class Take>
void for_each_flip(const std::string &text, Take take) {
    std::string damaged = text;
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            damaged[at] = static_cast<char>(text[at] ^ (1 << bit));
            take(damaged, "bit " + std::to_string(bit) + " of byte " + std::to_string(at) + " flipped");
        }
        damaged[at] = text[at];
    }
}

// Both.
template <class Take>
void for_each_damage(const std::string &text, Take take) {
    for_each_cut(text, take);
    for_each_flip(text, take);
}

} // namespace parlour::tests
