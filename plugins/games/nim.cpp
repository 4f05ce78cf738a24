// Nim: take any number of counters from one heap. With options for the heaps and for the misere game.
//
//      a   O O O          A move is  16 * heap + how many are taken,  written "b-2": the last two counters of row b
//      b   O O O O        go. A position is the heaps in order and who moves: "3-4-5 first"; an empty heap is 0.
//      c   O O O O O
//
// Normal play: whoever takes the last counter wins. Misere play: whoever takes it loses. The theory, on which the
// evaluation and the order of moves rest, is Bouton's (Nim, a game with a complete mathematical theory, 1901).
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <array>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>

namespace {

using parlour::Board;
using parlour::Failure;
using parlour::Move;
using parlour::MoveList;
using parlour::Option;
using parlour::OptionValues;
using parlour::Path;
using parlour::quote;
using parlour::Rng;
using parlour::Turn;

constexpr std::uint32_t most_heaps = 8, most_counters = 15;
using Heaps = std::array<std::uint8_t, most_heaps>;

constexpr Move encode(std::uint32_t heap, std::uint32_t taken) {
    return heap * 16 + taken;
}
constexpr std::uint32_t heap_of(Move move) {
    return move / 16;
}
constexpr std::uint32_t taken_by(Move move) {
    return move % 16;
}

// Reads "3-4-5": one to eight numbers from `fewest` to 15, with a dash, blank or comma between them; `wrong` is the
// status of what it throws.
Heaps read_heaps(std::string_view text, std::uint32_t fewest, parlour_status wrong) {
    const auto refuse = [&]() -> Failure {
        return Failure(wrong, "heaps are written as one to eight numbers from " + std::to_string(fewest) +
                                  " to 15, like \"3-4-5\", not " + quote(text));
    };
    Heaps heaps{};
    std::size_t at = 0, heap = 0;
    for (;; ++at) {
        std::uint32_t counters = 0;
        const auto [end, code] = std::from_chars(text.data() + at, text.data() + text.size(), counters);
        if (code != std::errc{} || counters < fewest || counters > most_counters || heap == most_heaps)
            throw refuse();
        heaps[heap++] = static_cast<std::uint8_t>(counters);
        at = static_cast<std::size_t>(end - text.data());
        if (at == text.size()) return heaps;
        if (text[at] != '-' && text[at] != ' ' && text[at] != ',') throw refuse();
    }
}

class Nim {
public:
    static constexpr parlour::GameAbout about{
        .id = "nim",
        .name = "Nim",
        .family = "puzzle",
        .summary = "Take as many counters as you like, but from one heap: the last one decides.",
        .author = "Parlour",
        .max_moves = most_heaps * most_counters,
        .move_space = most_heaps * 16,
        // Every move takes a counter.
        .max_plies = most_heaps * most_counters,
        .accent = 0x6b4a2bff};

    static constexpr std::array options{
        Option::text("heaps", "Heaps", "How many counters each heap has: one to eight numbers up to 15.", "3-4-5"),
        Option::boolean("misere", "Misère", "Whoever takes the last counter loses.", false)};

    explicit Nim(const OptionValues &values)
        : start_(read_heaps(values.text("heaps"), 1, PARLOUR_E_ARG)), misere_(values.boolean("misere")) {
        while (n_heaps_ < most_heaps && start_[n_heaps_] > 0) ++n_heaps_;
        widest_ = *std::max_element(start_.begin(), start_.end());
    }

    struct State {
        Heaps heap; // zero beyond the heaps of the game
        std::uint8_t mover;
    };

    // ---- rules ----

    State initial() const { return {start_, 0}; }

    Turn turn(const State &state) const { return left(state) == 0 ? Turn::over() : Turn::of(state.mover); }

    void legal(const State &state, MoveList &moves) const {
        for (std::uint32_t heap = 0; heap < n_heaps_; ++heap) {
            for (std::uint32_t taken = 1; taken <= state.heap[heap]; ++taken) moves.add(encode(heap, taken));
        }
    }

    Turn apply(State &state, Move move) const {
        const std::uint32_t heap = heap_of(move), taken = taken_by(move);
        if (heap >= most_heaps || taken == 0 || taken > state.heap[heap]) return Turn::fault();
        state.heap[heap] = static_cast<std::uint8_t>(state.heap[heap] - taken);
        state.mover ^= 1;
        return turn(state);
    }

    void outcome(const State &state, float *util) const {
        util[state.mover] = misere_ ? 1.0f : -1.0f;
        util[1 - state.mover] = 0.0f - util[state.mover];
    }

    std::uint64_t hash(const State &state) const {
        std::uint64_t heaps;
        std::memcpy(&heaps, state.heap.data(), sizeof heaps);
        return parlour::mix64(heaps * 2 + state.mover + 1);
    }

    // Every counter stands for the move that takes it and those after it, so a counter is drawn.
    Move random_move(const State &state, Rng &rng) const {
        std::uint32_t counter = rng.below(left(state)), heap = 0;
        while (counter >= state.heap[heap]) counter -= state.heap[heap++];
        return encode(heap, state.heap[heap] - counter);
    }

    // ---- texts ----

    std::string move_text(const State &, Move move) const {
        return heap_name(heap_of(move)) + "-" + std::to_string(taken_by(move));
    }

    // Reads "b-2" and, in either case, whatever names one heap and one number: "b2", "2b", "take 2 from heap b".
    Move parse_move(const State &state, std::string_view text) const {
        std::string plain = parlour::small(text);
        for (const std::string_view word : {"take", "from", "heap", "-", " "}) {
            for (std::size_t at; (at = plain.find(word)) != std::string::npos;) plain.erase(at, word.size());
        }
        const std::string quoted = quote(text);
        const auto is_heap = [](char c) { return c >= 'a' && c <= 'h'; };
        const bool first = !plain.empty() && is_heap(plain.front()), last = !plain.empty() && is_heap(plain.back());
        const std::string_view digits =
            plain.empty() ? std::string_view() : std::string_view(plain).substr(first, plain.size() - 1);
        const auto number = parlour::whole_number(digits, 0, ~0u);
        if (first == last || !number) {
            throw Failure(PARLOUR_E_PARSE, quoted + " is not a move; write it like \"b-2\"");
        }
        const auto heap = static_cast<std::uint32_t>((first ? plain.front() : plain.back()) - 'a');
        const std::uint32_t taken = *number;
        if (taken == 0 || taken > state.heap[heap]) {
            throw Failure(PARLOUR_E_ILLEGAL, quoted + " is not a legal move here: heap " + heap_name(heap) + " has " +
                                                 count_text(state.heap[heap]));
        }
        return encode(heap, taken);
    }

    std::string state_text(const State &state) const {
        std::string text;
        for (std::uint32_t heap = 0; heap < n_heaps_; ++heap) {
            text += (heap > 0 ? "-" : "") + std::to_string(state.heap[heap]);
        }
        return text + (state.mover == 0 ? " first" : " second");
    }

    State parse_state(std::string_view text) const {
        const std::size_t end = std::min(text.rfind(' '), text.size());
        const std::string_view side = text.substr(end);
        if (side != " first" && side != " second") {
            throw Failure(PARLOUR_E_PARSE,
                          "who moves is missing; a position looks like \"" + state_text(initial()) + "\"");
        }
        const std::string_view heaps = text.substr(0, end);
        const State state{read_heaps(heaps, 0, PARLOUR_E_PARSE), static_cast<std::uint8_t>(side == " second")};
        const auto separators = std::count_if(heaps.begin(), heaps.end(), [](char c) { return c < '0' || c > '9'; });
        if (separators + 1 != static_cast<std::ptrdiff_t>(n_heaps_)) {
            throw Failure(PARLOUR_E_PARSE,
                          "a position of this game has " + heaps_text() + ", like \"" + state_text(initial()) + "\"");
        }
        return state;
    }

    std::string check(const State &state) const {
        if (state.mover > 1) return "there are two players";
        for (std::uint32_t heap = 0; heap < most_heaps; ++heap) {
            if (heap >= n_heaps_ && state.heap[heap] > 0) return "this game has only " + heaps_text();
            if (state.heap[heap] > start_[heap]) {
                return "heap " + heap_name(heap) + " begins with " + count_text(start_[heap]) +
                       ", so it cannot have " + std::to_string(state.heap[heap]);
            }
        }
        return {};
    }

    // ---- search ----

    // Bouton's theorem: whoever moves has lost exactly when the numbers, written in binary and added without carry,
    // give nothing. In misere play that holds as long as a heap has more than one counter; then it is the reverse.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        return (player == state.mover) == wins_to_move(state.heap) ? 900 : -900;
    }

    // First the moves that leave the other side lost, and of these the small ones.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        for (std::uint32_t i = 0; i < n; ++i) {
            Heaps heaps = state.heap;
            std::uint8_t &heap = heaps[heap_of(moves[i])];
            heap = static_cast<std::uint8_t>(heap - taken_by(moves[i]));
            score[i] =
                static_cast<std::int16_t>((wins_to_move(heaps) ? 0 : 100) - static_cast<int>(taken_by(moves[i])));
        }
    }

    // ---- people ----

    std::string player_name(std::uint32_t player) const { return player == 0 ? "First" : "Second"; }

    std::string reason(const State &) const {
        return misere_ ? "as the other side took the last counter" : "by taking the last counter";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t) const {
        const std::uint32_t heap = from / 16, counter = from % 16;
        if (left(state) == 0) return "The game is over.";
        if (heap >= n_heaps_ || counter >= start_[heap])
            return "Touch a counter: it goes, with all to the right of it.";
        if (counter < state.heap[heap]) return {};
        return state.heap[heap] == 0 ? "That heap is empty." : "That counter has been taken already.";
    }

    std::string rules() const {
        return "# Nim\n\n"
               "Some **heaps** of counters lie on the table. Two players take turns. On your turn you choose **one** "
               "heap and take as many counters from it as you like: at least one, and even all of them.\n\n" +
               std::string(misere_ ? "This is the **misère** game: whoever takes the **last** counter of all "
                                     "**loses**.\n\n"
                                   : "Whoever takes the **last** counter of all **wins**.\n\n") +
               "## Entering moves\n\n"
               "Touch a counter: it is taken, with all that lie to the right of it. In letters, `b-2` takes two from "
               "the "
               "second heap.\n\n"
               "## A hint\n\n"
               "With two equal heaps you win by doing in one what the other side does in the other. For more heaps, "
               "write the numbers in binary and look for columns with an odd number of ones: leave none of them.\n";
    }

    // ---- board: a row a heap; cell 16 * heap + counter ----

    static constexpr std::uint32_t name_cell = 200, count_cell = 220;

    void layout(Board &board) const {
        const auto width = static_cast<float>(widest_), height = static_cast<float>(n_heaps_);
        board.extent(-1.15f, -0.3f, width + 1.15f, height + 0.3f);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x5b3d29ff,
                    .x = width / 2,
                    .y = height / 2,
                    .w = width + 2.1f,
                    .h = height + 0.4f});
        for (std::uint32_t heap = 0; heap < n_heaps_; ++heap) {
            const float y = static_cast<float>(heap) + 0.5f;
            const auto beside = [&](std::uint32_t id, float x) {
                board.cell({.id = id + heap,
                            .color = PARLOUR_COLOR_NONE,
                            .flags = PARLOUR_CELL_DECOR,
                            .x = x,
                            .y = y,
                            .w = 0.8f,
                            .h = 0.7f});
            };
            beside(name_cell, -0.5f);
            beside(count_cell, width + 0.5f);
            for (std::uint32_t counter = 0; counter < start_[heap]; ++counter) {
                const std::string label = heap_name(heap) + std::to_string(counter + 1);
                board.cell({.id = 16 * heap + counter,
                            .shape = PARLOUR_SHAPE_CIRCLE,
                            .color = PARLOUR_COLOR_RGBA,
                            .flags = PARLOUR_CELL_OUTLINE,
                            .rgba = 0x422b1cff,
                            .x = (width - start_[heap]) / 2 + static_cast<float>(counter) + 0.5f,
                            .y = y,
                            .w = 0.86f,
                            .h = 0.86f,
                            .label = label.c_str()});
            }
        }
    }

    void scene(const State &state, std::uint32_t, Board &board) const {
        for (std::uint32_t heap = 0; heap < n_heaps_; ++heap) {
            const std::string name = heap_name(heap), count = std::to_string(state.heap[heap]);
            board.mark({.cell_a = name_cell + heap,
                        .kind = PARLOUR_MARK_TEXT,
                        .color = PARLOUR_COLOR_RGBA,
                        .rgba = 0xcdb59cff,
                        .text = name.c_str()});
            board.mark({.cell_a = count_cell + heap,
                        .kind = PARLOUR_MARK_TEXT,
                        .color = PARLOUR_COLOR_RGBA,
                        .rgba = 0xfff3dcff,
                        .text = count.c_str()});
            for (std::uint32_t counter = 0; counter < std::min(state.heap[heap], start_[heap]); ++counter) {
                board.piece({.cell = 16 * heap + counter,
                             .color = PARLOUR_COLOR_ACCENT,
                             .id = 16 * heap + counter + 1,
                             .label = "counter"});
            }
        }
    }

    void path(const State &state, Move move, std::uint32_t alternative, Path &path) const {
        if (alternative == 0) path.cell(16 * heap_of(move) + state.heap[heap_of(move)] - taken_by(move));
    }

private:
    static std::uint32_t left(const State &state) {
        return std::accumulate(state.heap.begin(), state.heap.end(), std::uint32_t{0});
    }
    static std::string heap_name(std::uint32_t heap) { return {static_cast<char>('a' + heap)}; }
    static std::string count_text(std::uint32_t counters) {
        return counters == 1 ? "1 counter" : std::to_string(counters) + " counters";
    }
    std::string heaps_text() const { return n_heaps_ == 1 ? "1 heap" : std::to_string(n_heaps_) + " heaps"; }

    bool wins_to_move(const Heaps &heaps) const {
        std::uint32_t sum = 0, largest = 0;
        for (const std::uint32_t counters : heaps) {
            sum ^= counters;
            largest = std::max(largest, counters);
        }
        return misere_ && largest <= 1 ? sum == 0 : sum != 0;
    }

    Heaps start_;
    bool misere_;
    std::uint32_t n_heaps_ = 0, widest_ = 0;
};

} // namespace

PARLOUR_GAME(Nim);
