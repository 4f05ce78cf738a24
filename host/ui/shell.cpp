#include "host/ui/shell.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "host/ui/board/sample_position.hpp"
#include "host/ui/settings_store.hpp"

namespace parlour::host::ui {
namespace {

constexpr double message_seconds = 4.5;
constexpr std::size_t most_messages = 3;
constexpr int middling_level = 5;
constexpr std::uint32_t plain_accent = 0x3b4a63ff;

} // namespace

float Settings::speed() const {
    switch (motion) {
        case Motion::off:
            return 0;
        case Motion::fast:
            return 1.8f;
        case Motion::slow:
            return 0.55f;
        case Motion::normal:
            break;
    }
    return 1;
}

Shell::Shell(Registry &registry_, Window &window_, Store *store_)
    : registry(registry_), window(window_), store(store_), services(services_of(registry_)), now([] {
          return std::chrono::duration_cast<std::chrono::nanoseconds>(
              std::chrono::steady_clock::now().time_since_epoch());
      }) {}

const GameCard *Shell::card(const std::string &game_id) {
    if (const auto found = cards_.find(game_id); found != cards_.end()) return found->second.get();
    const GameEntry *entry = registry.find_game(game_id);
    if (entry == nullptr) return nullptr;
    auto made = std::make_unique<GameCard>();
    made->entry = *entry;
    made->accent = plain_accent;
    if (auto game = registry.create_game(game_id, {})) {
        made->game = *game;
        if (const parlour_game_board *board = made->game->ref().board(); board && board->accent != 0)
            made->accent = board->accent;
        made->picture = Scene::of(*made->game, sample_position(*made->game), 0);
        made->engines = engines_of(*made->game);
        uncounted_ = uncounted_ || !made->engines;
    } else {
        made->problem = game.sentence();
    }
    return cards_.emplace(game_id, std::move(made)).first->second.get();
}

void Shell::forget_cards() {
    cards_.clear();
    uncounted_ = false;
}

std::optional<std::size_t> Shell::engines_of(const Game &game) const {
    std::size_t count = 0;
    for (const EngineEntry &engine : registry.engines()) {
        const auto support = registry.known_support(engine.id, game);
        if (!support) return std::nullopt;
        count += support->score > 0;
    }
    return count;
}

void Shell::count_engines() {
    if (!uncounted_ || asking_.valid()) return;
    uncounted_ = false;
    std::vector<GamePtr> games;
    for (const auto &[id, card] : cards_) {
        if (card->game && !card->engines) games.push_back(card->game);
    }
    std::function<void()> ask = registry.prepare_supports(games);
    if (!ask || window.deterministic()) {
        if (ask) ask();
        take_counts();
        return;
    }
    asking_ = std::async(std::launch::async, [this, ask = std::move(ask)] {
        ask();
        window.post([this] {
            asking_.get();
            take_counts();
        });
    });
}

// An engine that did not say is no reason to ask again before something changes.
void Shell::take_counts() {
    for (auto &[id, card] : cards_) {
        if (card->game && !card->engines) card->engines = engines_of(*card->game);
    }
    window.context().request_frame_in(0);
}

std::uint64_t Shell::next_seed() {
    if (seed_ != 0) return std::exchange(seed_, seed_ + 1 == 0 ? 1 : seed_ + 1);
    const auto moment = static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
    // Short enough to be told to somebody else.
    return mix64(moment) % 999'999 + 1;
}

std::vector<Seat> Shell::usual_seats(const Game &game) const {
    std::vector<Seat> seats(game.players(), Seat::person());
    if (seats.size() < 2) return seats;
    if (const auto best = services.best(game)) {
        for (std::size_t i = 1; i < seats.size(); ++i) seats[i] = Seat::of_engine(*best, middling_level);
    }
    return seats;
}

void Shell::report_offence(const std::string &engine_id, const Problem &problem) {
    say(set_aside(registry, engine_id, problem), Role::warn);
    forget_cards();
}

void Shell::say(std::string sentence, Role role) {
    if (sentence.empty()) return;
    last_message_ = sentence;
    const double until = window.context().time() + message_seconds;
    if (!messages_.empty() && messages_.back().text == sentence) {
        messages_.back().until = until;
        return;
    }
    messages_.push_back({std::move(sentence), role, until});
    if (messages_.size() > most_messages) messages_.pop_front();
}

void Shell::draw_messages(Frame &frame) {
    while (!messages_.empty() && messages_.front().until <= frame.time) messages_.pop_front();
    if (messages_.empty()) return;
    Context &c = context();
    ImDrawList &list = *ImGui::GetForegroundDrawList();
    Canvas canvas(list, c.theme, c.fonts);
    float bottom = frame.size.y - px(56);
    for (auto message = messages_.rbegin(); message != messages_.rend(); ++message) {
        const float widest = std::min(frame.size.x - px(48), px(560));
        const ImFont *face = c.fonts[FontRole::body];
        const float wrap = widest - px(60);
        const Vec2 text = face->CalcTextSizeA(face->FontSize, FLT_MAX, wrap, message->text.c_str());
        const Rect box{std::floor((frame.size.x - text.x - px(60)) * 0.5f), std::floor(bottom - text.y - px(22)),
                       text.x + px(60), text.y + px(22)};
        const Color dot = color(message->role);
        canvas.shadow(box, px(18), {0, px(5)});
        canvas.fill(box, color(Role::tooltip), px(10));
        canvas.fill({box.x, box.y, px(4), box.h}, dot, px(2));
        const Icon icon = message->role == Role::good   ? Icon::check
                          : message->role == Role::info ? Icon::info
                                                        : Icon::warning;
        canvas.icon(icon, {box.x + px(24), box.center().y}, px(18), dot);
        list.AddText(face, face->FontSize, {box.x + px(42), std::floor(box.y + px(11))}, color(Role::tooltip_text),
                     message->text.data(), message->text.data() + message->text.size(), wrap);
        bottom = box.y - px(8);
        c.request_frame_in(std::max(60.0, (message->until - frame.time) * 1000));
    }
}

void Shell::apply_settings() {
    window.set_theme(settings.theme);
    window.set_scale(settings.scale);
    window.set_reduced_motion(settings.motion == Motion::off);
    if (settings_file_ == nullptr) return;
    if (const auto kept = keep_settings(*settings_file_, kept_, settings); !kept) say(kept.sentence(), Role::warn);
    kept_ = settings;
}

void Shell::keep_settings_in(SettingsFile *file) {
    settings_file_ = file;
    kept_ = settings;
    if (file != nullptr && !file->problems().empty()) say(file->problems().front(), Role::warn);
}

std::optional<OptionMap> Shell::start_settings() const {
    if (settings_file_ == nullptr) return std::nullopt;
    return start_values(*settings_file_);
}

void Shell::keep_start_settings(const OptionMap &values) {
    if (settings_file_ == nullptr || values == start_values(*settings_file_)) return;
    if (const auto kept = keep_start_values(*settings_file_, values); !kept)
        say(kept.sentence(), Role::warn);
    else
        say("What you changed for engines and scripts holds from the next start of Parlour on.");
}

std::string plugin_folder_text() {
    const char *data = std::getenv("XDG_DATA_HOME");
    if (data == nullptr || *data == '\0') return "~/.local/share/parlour/plugins";
    std::string text = std::string(data) + "/parlour/plugins";
    const char *home = std::getenv("HOME");
    if (home != nullptr && *home != '\0' && text.starts_with(std::string(home) + "/"))
        text = "~" + text.substr(std::string_view(home).size());
    return text;
}

std::string players_text(std::uint32_t least, std::uint32_t most) {
    if (least == most) return counted(least, "player");
    return std::to_string(least) + "-" + std::to_string(most) + " players";
}

std::string counted(std::size_t count, std::string_view singular) {
    return std::to_string(count) + " " + std::string(singular) + (count == 1 ? "" : "s");
}

} // namespace parlour::host::ui
