// The window without a display: synthetic events must work exactly like real ones.
#include <SDL.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "host/ui/base/widgets.hpp"
#include "host/ui/base/window.hpp"
#include "tests/ui_base/demo_page.hpp"

namespace parlour::host::ui {
namespace {

void press_key(SDL_Keycode key, bool down, std::uint16_t mods = KMOD_NONE) {
    SDL_Event event{};
    event.type = down ? SDL_KEYDOWN : SDL_KEYUP;
    event.key.state = down ? SDL_PRESSED : SDL_RELEASED;
    event.key.keysym.sym = key;
    event.key.keysym.mod = mods;
    SDL_PushEvent(&event);
}

/// Down and up in one batch: the case that polling glue loses.
void tap(SDL_Keycode key, std::uint16_t mods = KMOD_NONE) {
    press_key(key, true, mods);
    press_key(key, false, mods);
}

void pointer(int x, int y) {
    SDL_Event event{};
    event.type = SDL_MOUSEMOTION;
    event.motion.x = x;
    event.motion.y = y;
    SDL_PushEvent(&event);
}

void button_event(int x, int y, bool down, std::uint8_t which = SDL_BUTTON_LEFT) {
    SDL_Event event{};
    event.type = down ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP;
    event.button.button = which;
    event.button.x = x;
    event.button.y = y;
    SDL_PushEvent(&event);
}

void click(int x, int y) {
    button_event(x, y, true);
    button_event(x, y, false);
}

void type(const char *text) {
    SDL_Event event{};
    event.type = SDL_TEXTINPUT;
    SDL_strlcpy(event.text.text, text, sizeof event.text.text);
    SDL_PushEvent(&event);
}

void pad(SDL_GameControllerButton which) {
    for (const bool down : {true, false}) {
        SDL_Event event{};
        event.type = down ? SDL_CONTROLLERBUTTONDOWN : SDL_CONTROLLERBUTTONUP;
        event.cbutton.button = static_cast<Uint8>(which);
        event.cbutton.state = down ? SDL_PRESSED : SDL_RELEASED;
        SDL_PushEvent(&event);
    }
}

/// Three buttons, a text field and a slider at known places.
struct SmallPage {
    int first = 0, second = 0, third = 0, backs = 0, undos = 0, tip_frames = 0;
    std::string text;
    int level = 5;
    int choice = 0;
    bool dialog = false;
    bool submitted = false;
    std::vector<std::string> files;

    void draw(Frame &frame) {
        if (frame.take_back()) ++backs;
        if (frame.pressed(SDLK_z, mod_ctrl)) ++undos;
        for (const std::string &file : frame.input.dropped_files) files.push_back(file);
        place({20, 20, 100, 36});
        if (button("First")) ++first;
        place({20, 70, 100, 36});
        if (button("Second")) ++second;
        place({20, 120, 100, 36});
        if (button("Third")) ++third;
        place({200, 20, 300, 36});
        const TextFieldResult result = text_field("##text", text, {.hint = "Type"});
        submitted = submitted || result.submitted;
        place({200, 120, 300, 32});
        slider_int("##level", level, 1, 10);
        place({200, 170, 300, 36});
        const std::vector<std::string> items{"red", "green", "blue"};
        combo("##choice", choice, items);
        if (modal_begin("Sure?", dialog)) {
            button("Yes");
            modal_end();
        }
    }
};

class WindowTest : public ::testing::Test {
protected:
    void SetUp() override {
        setenv("SDL_VIDEODRIVER", "dummy", 1);
        open({});
    }

    void open(WindowOptions options) {
        window_.reset();
        options.width = 800;
        options.height = 600;
        options.scale = 1;
        options.deterministic = true;
        std::string error;
        window_ = Window::create(options, error);
        ASSERT_TRUE(window_) << error;
        settle();
    }

    void settle() {
        window_->settle([this](Frame &frame) { page_.draw(frame); });
    }

    std::unique_ptr<Window> window_;
    SmallPage page_;
};

TEST_F(WindowTest, UnderTheDummyDriverTheSoftwarePresenterIsChosen) {
    EXPECT_EQ(window_->presenter().name(), "software");
    EXPECT_TRUE(window_->presenter().is_software());
    EXPECT_EQ(window_->size().x, 800);
}

TEST_F(WindowTest, ASyntheticClickPressesTheButtonUnderIt) {
    click(60, 40);
    settle();
    EXPECT_EQ(page_.first, 1);
    click(60, 90);
    click(60, 90);
    settle();
    EXPECT_EQ(page_.second, 2) << "two clicks in one batch are two presses";
    EXPECT_EQ(page_.third, 0);
}

TEST_F(WindowTest, ATextThatIsCutInATableIsShownWholeUnderThePointer) {
    const std::vector<RowCell> cells{{.text = "short"}, {.text = "24/18 13/7(2) 8/2*(2) 6-6 and then some more"}};
    const std::vector<float> widths{0.5f, 0.5f};
    const auto draw = [&](Frame &) {
        place({20, 300, 300, 28});
        table_row("row", cells, widths);
    };
    pointer(60, 314);
    window_->settle(draw);
    EXPECT_EQ(window_->context().tip_item, 0u);
    pointer(240, 314);
    window_->settle(draw);
    EXPECT_NE(window_->context().tip_item, 0u);
}

TEST_F(WindowTest, LettingGoElsewhereDoesNotPress) {
    button_event(60, 40, true);
    pointer(60, 300);
    button_event(60, 300, false);
    settle();
    EXPECT_EQ(page_.first, 0);
}

TEST_F(WindowTest, TabWalksThroughAllWidgetsAndEnterAndSpacePress) {
    tap(SDLK_TAB);
    settle();
    tap(SDLK_RETURN);
    settle();
    EXPECT_EQ(page_.first, 1);
    tap(SDLK_TAB);
    settle();
    tap(SDLK_SPACE);
    settle();
    EXPECT_EQ(page_.second, 1);
    tap(SDLK_TAB, KMOD_LSHIFT);
    settle();
    tap(SDLK_KP_ENTER);
    settle();
    EXPECT_EQ(page_.first, 2);
    // Third, text, slider, list, and round to the first again.
    for (int i = 0; i < 6; ++i) {
        tap(SDLK_TAB);
        settle();
    }
    tap(SDLK_SPACE);
    settle();
    EXPECT_EQ(page_.first, 3);
}

TEST_F(WindowTest, ArrowKeysMoveTheFocus) {
    tap(SDLK_TAB);
    settle();
    tap(SDLK_DOWN);
    settle();
    tap(SDLK_DOWN);
    settle();
    tap(SDLK_RETURN);
    settle();
    EXPECT_EQ(page_.third, 1);
}

TEST_F(WindowTest, AGamepadWalksAndPresses) {
    pad(SDL_CONTROLLER_BUTTON_RIGHTSHOULDER);
    settle();
    pad(SDL_CONTROLLER_BUTTON_DPAD_DOWN);
    settle();
    pad(SDL_CONTROLLER_BUTTON_A);
    settle();
    EXPECT_EQ(page_.second, 1);
    pad(SDL_CONTROLLER_BUTTON_B);
    settle();
    EXPECT_EQ(page_.backs, 1);
}

TEST_F(WindowTest, TextGoesToTheFieldAndShortcutsRestMeanwhile) {
    click(300, 40);
    settle();
    type("hé");
    type("llo");
    tap(SDLK_z, KMOD_LCTRL);
    settle();
    EXPECT_EQ(page_.undos, 0);
    click(300, 40);
    settle();
    page_.text.clear();
    tap(SDLK_ESCAPE);
    settle();
    EXPECT_EQ(page_.backs, 0) << "the first Escape only leaves the field";
    tap(SDLK_z, KMOD_LCTRL);
    settle();
    EXPECT_EQ(page_.undos, 1);
    tap(SDLK_ESCAPE);
    settle();
    EXPECT_EQ(page_.backs, 1);
}

TEST_F(WindowTest, TypingAndEditingInOneBatchKeepTheirOrder) {
    click(300, 40);
    settle();
    type("ab");
    tap(SDLK_BACKSPACE);
    type("c");
    tap(SDLK_RETURN);
    settle();
    EXPECT_EQ(page_.text, "ac");
    EXPECT_TRUE(page_.submitted);
}

TEST_F(WindowTest, TabIntoATextFieldStartsEditing) {
    for (int i = 0; i < 4; ++i) {
        tap(SDLK_TAB);
        settle();
    }
    type("typed");
    settle();
    EXPECT_EQ(page_.text, "typed");
    tap(SDLK_TAB);
    settle();
    tap(SDLK_RIGHT);
    settle();
    EXPECT_EQ(page_.level, 6) << "on the slider now, and Right moves it";
    tap(SDLK_LEFT);
    tap(SDLK_LEFT);
    settle();
    EXPECT_EQ(page_.level, 4);
}

TEST_F(WindowTest, TheSliderFollowsThePointer) {
    button_event(210, 136, true);
    pointer(430, 136);
    button_event(430, 136, false);
    settle();
    EXPECT_EQ(page_.level, 10);
}

TEST_F(WindowTest, AListOpensAndTheChosenItemCounts) {
    click(300, 188);
    settle();
    EXPECT_TRUE(ImGui::GetCurrentContext() != nullptr);
    click(300, 188 + 22 + 4 + 6 + 34 + 34 + 10);
    settle();
    EXPECT_EQ(page_.choice, 2);
    // And by keys alone.
    for (int i = 0; i < 6; ++i) {
        tap(SDLK_TAB);
        settle();
    }
    page_.choice = 0;
}

TEST_F(WindowTest, ADialogTakesEscapeAndHoldsThePageBack) {
    page_.dialog = true;
    settle();
    click(60, 40);
    settle();
    EXPECT_EQ(page_.first, 0);
    EXPECT_FALSE(page_.dialog) << "a click outside closes it";
    page_.dialog = true;
    settle();
    tap(SDLK_z, KMOD_LCTRL);
    tap(SDLK_ESCAPE);
    settle();
    EXPECT_FALSE(page_.dialog);
    EXPECT_EQ(page_.backs, 0);
    EXPECT_EQ(page_.undos, 0);
}

TEST_F(WindowTest, DroppedFilesAndTheWishToCloseArrive) {
    SDL_Event event{};
    event.type = SDL_DROPFILE;
    event.drop.file = SDL_strdup("/tmp/some.so");
    SDL_PushEvent(&event);
    settle();
    ASSERT_EQ(page_.files.size(), 1u);
    EXPECT_EQ(page_.files[0], "/tmp/some.so");
    event = {};
    event.type = SDL_QUIT;
    SDL_PushEvent(&event);
    settle();
    EXPECT_FALSE(window_->is_open());
}

TEST_F(WindowTest, RunSleepsUntilAnotherThreadWakesIt) {
    int frames_before = 0, frames_after = 0;
    bool job_ran = false;
    std::thread worker;
    int frames = 0;
    window_->run([&](Frame &frame) {
        page_.draw(frame);
        ++frames;
        if (frames == 6) {
            // Quiet by now: only the wake from the worker can bring the next frame.
            worker = std::thread([&] { window_->post([&] { job_ran = true; }); });
            frames_before = frames;
        }
        if (frames < 6) frame.window.request_frame_in(1);
        if (job_ran) {
            frames_after = frames;
            frame.window.close();
        }
    });
    worker.join();
    EXPECT_TRUE(job_ran);
    EXPECT_GT(frames_after, frames_before);
}

TEST_F(WindowTest, TwoWindowsInARowDrawTheSameBytes) {
    const Image first = window_->capture();
    page_ = {};
    open({});
    const Image second = window_->capture();
    EXPECT_FALSE(first.empty());
    EXPECT_EQ(first.pixels, second.pixels);
}

TEST_F(WindowTest, AnOffScreenWindowDrawsTheSameBytes) {
    const Image shown = window_->capture();
    page_ = {};
    WindowOptions options;
    options.offscreen = true;
    open(options);
    EXPECT_EQ(window_->presenter().name(), "software, off-screen");
    EXPECT_EQ(window_->capture().pixels, shown.pixels);
}

TEST_F(WindowTest, ThemeAndScaleChangeWhileRunning) {
    const Image dark = window_->capture();
    window_->set_theme(ThemeName::light);
    settle();
    const Image light = window_->capture();
    EXPECT_NE(dark.pixels, light.pixels);
    EXPECT_EQ(window_->theme().name, ThemeName::light);
    window_->set_scale(2);
    settle();
    EXPECT_EQ(window_->theme().scale, 2);
    EXPECT_NE(window_->capture().pixels, light.pixels);
    window_->set_scale(1);
    window_->set_theme(ThemeName::dark);
    settle();
    EXPECT_EQ(window_->capture().pixels, dark.pixels);
}

TEST_F(WindowTest, ScreenshotsBeforeTheFirstFrameSaySo) {
    WindowOptions options;
    options.deterministic = options.offscreen = true;
    window_.reset();
    std::string error;
    window_ = Window::create(options, error);
    ASSERT_TRUE(window_) << error;
    EXPECT_TRUE(window_->screenshot("/tmp/never_written.png"));
}

TEST(WindowOpening, WithoutADisplayIsOneSentence) {
    setenv("SDL_VIDEODRIVER", "no-such-driver", 1);
    std::string error;
    EXPECT_FALSE(Window::create({}, error));
    EXPECT_NE(error.find("terminal"), std::string::npos) << error;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
}

} // namespace
} // namespace parlour::host::ui
