// The generic board: clicks, drags, keys, buttons, refusals; for every game that is there.
#include <algorithm>
#include <cmath>

#include "tests/e2e/driver.hpp"

namespace parlour::test {
namespace {

std::vector<std::string> game_ids() {
    RegistryOptions options;
    options.search_path = {PARLOUR_PLUGIN_DIR};
    Registry registry(std::move(options));
    registry.rescan();
    std::vector<std::string> ids;
    for (const GameEntry &game : registry.games()) {
        if (game.id.find(':') == std::string::npos) ids.push_back(game.id); // scripts are tested on their own
    }
    return ids;
}

class EveryGame : public ::testing::TestWithParam<std::string> {};

// A person who always plays the last legal move, by pointer, against the random engine.
TEST_P(EveryGame, IsPlayedToItsEndByClicks) {
    Driver driver;
    const auto game = driver.registry->create_game(GetParam(), {});
    ASSERT_TRUE(game) << game.sentence();
    std::vector<Seat> seats((*game)->players(), Seat::of_engine("random"));
    seats[0] = Seat::person();
    driver.start(GetParam(), seats);
    for (int turn = 0; turn < 60 && !driver.match().is_over(); ++turn) {
        const std::size_t plies = driver.match().plies();
        const std::vector<Move> moves = driver.match().legal_moves();
        ASSERT_FALSE(moves.empty());
        driver.enter(moves.back());
        ASSERT_GT(driver.match().plies(), plies)
            << "the touches of " << moves.back() << " entered nothing: " << driver.app->shell().last_message();
        ASSERT_EQ(driver.match().ply(plies).move, moves.back());
        ASSERT_TRUE(driver.wait_for_person());
    }
    EXPECT_GT(driver.match().plies(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Found, EveryGame, ::testing::ValuesIn(game_ids()),
                         [](const auto &each) { return each.param; });

TEST(Board, APieceIsDragged) {
    Driver driver;
    driver.start("draughts", {Seat::person(), Seat::person()});
    const Move move = driver.match().legal_moves().front();
    const auto path = move_path(driver.match().game(), driver.match().state(), move);
    ASSERT_EQ(path.size(), 2u);
    driver.drag(driver.cell(path[0].id), driver.cell(path[1].id));
    ASSERT_EQ(driver.match().plies(), 1u);
    EXPECT_EQ(driver.match().ply(0).move, move);
}

TEST(Board, ADragToNowhereIsTakenBack) {
    Driver driver;
    driver.start("draughts", {Seat::person(), Seat::person()});
    const auto path = move_path(driver.match().game(), driver.match().state(), driver.match().legal_moves().front());
    driver.drag(driver.cell(path[0].id), driver.cell(32));
    EXPECT_EQ(driver.match().plies(), 0u);
    EXPECT_FALSE(driver.app->shell().last_message().empty());
}

TEST(Board, ARefusedTouchIsExplainedAndChangesNothing) {
    Driver driver;
    driver.start("tic_tac_toe", {Seat::person(), Seat::person()});
    driver.enter(4);
    driver.click(driver.cell(4));
    EXPECT_EQ(driver.match().plies(), 1u);
    const std::string expected = driver.match().game().why_not(driver.match().state(), 4, PARLOUR_CELL_NONE);
    ASSERT_FALSE(expected.empty());
    EXPECT_EQ(driver.app->shell().last_message(), expected);
}

TEST(Board, TheKeyboardsCursorPlays) {
    Driver driver;
    driver.start("tic_tac_toe", {Seat::person(), Seat::person()});
    ASSERT_TRUE(driver.app->game().board().keyboard_cursor().has_value());
    driver.key(SDLK_RIGHT);
    driver.key(SDLK_DOWN);
    const auto cursor = driver.app->game().board().keyboard_cursor();
    ASSERT_TRUE(cursor.has_value());
    driver.key(SDLK_RETURN);
    ASSERT_EQ(driver.match().plies(), 1u);
    EXPECT_EQ(driver.match().ply(0).move, *cursor);
}

TEST(Board, AGamepadsCrossMovesTheCursorAndItsButtonPlays) {
    Driver driver;
    driver.start("tic_tac_toe", {Seat::person(), Seat::person()});
    const auto before = driver.app->game().board().keyboard_cursor();
    ASSERT_TRUE(before);
    driver.pad(SDL_CONTROLLER_BUTTON_DPAD_RIGHT);
    const auto right = driver.app->game().board().keyboard_cursor();
    EXPECT_NE(right, before);
    driver.pad(SDL_CONTROLLER_BUTTON_DPAD_LEFT);
    EXPECT_EQ(driver.app->game().board().keyboard_cursor(), before);
    driver.pad(SDL_CONTROLLER_BUTTON_A);
    EXPECT_EQ(driver.match().plies(), 1u);
}

TEST(Board, EscapeLetsGoBeforeItLeaves) {
    Driver driver;
    driver.start("draughts", {Seat::person(), Seat::person()});
    const auto path = move_path(driver.match().game(), driver.match().state(), driver.match().legal_moves().front());
    driver.click(driver.cell(path[0].id));
    ASSERT_EQ(driver.app->game().board().touched().size(), 1u);
    driver.key(SDLK_ESCAPE);
    EXPECT_TRUE(driver.app->game().board().touched().empty());
    EXPECT_EQ(driver.app->screen(), App::Screen::game);
    driver.key(SDLK_ESCAPE);
    EXPECT_EQ(driver.app->screen(), App::Screen::gallery);
}

TEST(Board, AButtonsLetterPressesIt) {
    Driver driver;
    driver.start("pig", {Seat::person(), Seat::person()});
    driver.key(SDLK_r);
    ASSERT_GE(driver.match().plies(), 2u); // the roll, and what came of it
    EXPECT_TRUE(driver.match().ply(1).is_chance());
}

TEST(Board, AMoveIsTyped) {
    Driver driver;
    driver.start("reversi", {Seat::person(), Seat::person()});
    const Move move = driver.match().legal_moves().back();
    const std::string text = driver.match().game().move_text(driver.match().state(), move);
    driver.key(SDLK_COLON);
    driver.type(text);
    driver.key(SDLK_RETURN);
    ASSERT_EQ(driver.match().plies(), 1u);
    EXPECT_EQ(driver.match().ply(0).move, move);
}

TEST(Board, TurnedRoundItStillTakesTheRightCells) {
    Driver driver;
    driver.start("tic_tac_toe", {Seat::person(), Seat::person()});
    const Vec2 before = driver.cell(0);
    driver.key(SDLK_f);
    EXPECT_NE(driver.cell(0).x, before.x);
    driver.click(driver.cell(0));
    ASSERT_EQ(driver.match().plies(), 1u);
    EXPECT_EQ(driver.match().ply(0).move, 0u);
}

/// The places of all pixels in which two pictures of one size differ.
std::vector<Vec2> changed_pixels(const Image &a, const Image &b) {
    std::vector<Vec2> places;
    for (std::size_t i = 0; i < std::min(a.pixels.size(), b.pixels.size()); ++i) {
        if (a.pixels[i] == b.pixels[i]) continue;
        const auto width = static_cast<std::size_t>(a.width);
        places.emplace_back(static_cast<float>(i % width), static_cast<float>(i / width));
    }
    return places;
}

// Points of backgammon are far longer than wide, and their pieces lie at one end.
TEST(Board, AMarkGoesAroundThePieceWhereverItLiesOnItsCell) {
    Driver driver;
    driver.start("backgammon", {Seat::person(), Seat::person()});
    const auto picture = [&](bool targets) {
        driver.app->shell().settings.targets = targets;
        driver.settle();
        return driver.window->capture();
    };
    const auto changed = changed_pixels(picture(true), picture(false));
    EXPECT_GT(changed.size(), 100u);
    const Scene &scene = driver.app->game().board().scene();
    for (const Vec2 &at : changed) {
        const bool near_a_piece = std::any_of(scene.pieces.begin(), scene.pieces.end(), [&](const ScenePiece &piece) {
            const SceneCell *cell = scene.cell(piece.cell);
            const Rect r = driver.app->game().board().cell_rect(piece.cell);
            if (!cell) return false;
            const float unit = r.w / cell->w, x = r.center().x + piece.dx * unit, y = r.center().y + piece.dy * unit;
            return std::hypot(at.x - x, at.y - y) < unit * 0.6f;
        });
        ASSERT_TRUE(near_a_piece) << at.x << " " << at.y;
    }
}

TEST(Board, TheCursorOnAHexagonIsAHexagon) {
    Driver driver;
    driver.start("hex", {Seat::person(), Seat::person()});
    driver.key(SDLK_DOWN);
    driver.key(SDLK_DOWN);
    driver.key(SDLK_RIGHT);
    const std::uint32_t cell = driver.app->game().board().keyboard_cursor().value();
    const Image with_cursor = driver.window->capture();
    driver.key(SDLK_RIGHT);
    ASSERT_NE(driver.app->game().board().keyboard_cursor(), cell);
    const Image without = driver.window->capture();
    const Rect r = driver.app->game().board().cell_rect(cell);
    const Rect corner{r.x - 4, r.y - 4, 4 + r.w * 0.1f, 4 + r.h * 0.1f};
    const auto changed = changed_pixels(with_cursor, without);
    EXPECT_GT(changed.size(), 50u);
    for (const Vec2 &at : changed) EXPECT_FALSE(corner.contains(at)) << "no hexagon has a corner there";
}

TEST(Board, AnUnmarkedTargetLightsUpUnderThePointer) {
    Driver driver;
    driver.start("minesweeper", {Seat::person()});
    driver.move({5, 5});
    driver.settle();
    const Image before = driver.window->capture();
    const std::uint32_t cell = 30;
    driver.move(driver.cell(cell));
    driver.settle();
    const auto changed = changed_pixels(before, driver.window->capture());
    const Rect r = driver.app->game().board().cell_rect(cell);
    EXPECT_GT(static_cast<float>(changed.size()), r.w * r.h * 0.7f);
    for (const Vec2 &at : changed) ASSERT_TRUE(r.inset(-1).contains(at)) << "one cell only";
}

} // namespace
} // namespace parlour::test
