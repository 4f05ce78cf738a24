// A casual game: joins a match, the engines at its seats, a hint and an evaluation, for a window or a terminal to
// drive. One thread calls everything; engines think on threads of their own and `wake` tells that there is news, then
// call tick(). No function waits for an engine, or for a disk: with a journal, what was accepted (a move of anybody,
// a taking back, an ending) is written down first, appears on the board with the tick after it is durable, and clocks
// stand meanwhile.
//
//     Controller controller(services, wake);
//     controller.new_game(setup, now());
//     loop: controller.tick(now()); draw(controller.state(now())); sleep until an event, a wake or next_tick(now())
#pragma once

#include "host/match/controller_state.hpp"
#include "host/match/engine_services.hpp"
#include "host/match/journal.hpp"

namespace parlour::host {

class Controller {
public:
    // `wake` may be empty; it is called on engines' threads.
    explicit Controller(EngineServices services, std::function<void()> wake = {});
    ~Controller();
    Controller(const Controller &) = delete;
    Controller &operator=(const Controller &) = delete;

    // Where games are written down from now on, one under way too, as it stands. The journal outlives the controller
    // or is let go by setting null; its wakes are the controller's.
    void set_journal(Journal *journal);
    // Default: ask.
    void set_trouble_policy(TroublePolicy policy) { trouble_policy_ = policy; }
    // Called when an engine has failed twice at the same move, with its id and what it did: it should not be offered
    // again before it has changed.
    void on_offence(std::function<void(const std::string &engine_id, const Problem &problem)> tell) {
        offence_ = std::move(tell);
    }

    // Begins a new game: makes the match and every seat's engine first; on a Problem the game before goes on.
    Result<void> new_game(MatchSetup setup, std::chrono::nanoseconds now);
    // The same from a match that exists (a loaded record).
    Result<void> adopt(Match match, std::chrono::nanoseconds now);
    // The same setup again, with another seed.
    Result<void> rematch(std::uint64_t seed, std::chrono::nanoseconds now);
    bool has_match() const { return match_.has_value(); }
    const Match &match() const { return *match_; } // only when has_match()

    // Does what is due: chance moves, clocks, engines' moves, stalls, progress. Returns whether anything to be drawn
    // has changed.
    bool tick(std::chrono::nanoseconds now);
    // When tick() will have something to do even without a wake: a time-out, a stall, or the next full second of a
    // running clock. Empty: nothing before the next event.
    std::optional<std::chrono::nanoseconds> next_tick(std::chrono::nanoseconds now) const;
    ControllerState state(std::chrono::nanoseconds now) const;

    // ---- what a person does; a Problem's sentence is to be shown and nothing has changed ----

    Result<void> person_plays(Move move, std::chrono::nanoseconds now);
    Result<void> person_plays(const std::string &text, std::chrono::nanoseconds now);
    Result<void> undo(std::chrono::nanoseconds now);
    Result<void> redo(std::chrono::nanoseconds now);
    void jump(std::size_t ply, std::chrono::nanoseconds now);
    Result<void> play_from_here(std::chrono::nanoseconds now);
    // The person to move gives up, or the only person.
    Result<void> resign(std::chrono::nanoseconds now);
    // Only where persons play each other.
    Result<void> agree_draw(std::chrono::nanoseconds now);
    // Stops clocks and engines; until resume() nobody moves. Undo without any person at the seats pauses, too.
    void pause(std::chrono::nanoseconds now);
    void resume(std::chrono::nanoseconds now);
    // Makes the engine that thinks play what it has.
    void move_now(std::chrono::nanoseconds now);

    // Chooses what happens after an engine's failure (state().trouble). `engine` is the stand-in's id, "" for the
    // proposed one. A Problem when there is no trouble, or the choice is not open; the trouble then stays.
    Result<void> remedy(Remedy choice, std::chrono::nanoseconds now, const std::string &engine = {});

    // Asks for a hint; it appears in state(). Only at a person's turn.
    Result<void> request_hint(std::chrono::nanoseconds now);
    // Turns the evaluation of the viewed position on or off; `engine` is an id, "" for the best one. In games with
    // hidden information it only shows positions where the viewer is to move.
    Result<void> set_evaluation(bool on, std::chrono::nanoseconds now, const std::string &engine = {});

    // An engine's move appears no sooner than so long after its turn began, so that people can follow. Default 0.
    void set_least_move_time(std::chrono::nanoseconds time) { least_move_time_ = time; }
    // How long an evaluation thinks about one position; empty: until it is told to stop. Default 30 s.
    void set_evaluation_time(std::optional<std::chrono::nanoseconds> time) { evaluation_time_ = time; }
    // How long a hint may take. Default 1 s.
    void set_hint_time(std::chrono::nanoseconds time) { hint_time_ = time; }

    // What the engine at a seat has printed in this game; null for a person's seat.
    std::shared_ptr<const Console> console(std::uint32_t player) const;

    // Whose eyes the board is drawn with: the only person; of several persons the one to move (or who moved last);
    // without persons the player to move.
    std::uint32_t viewer() const;

private:
    using Runner = std::unique_ptr<EngineRunner>;
    struct SeatEngine { // the engine of one seat; empty for a person
        Runner runner;
        std::shared_ptr<Console> console; // outlives the runner: a new one goes on with it
        bool fresh = true;                // has to forget what it knows before the next search
        bool searching = false;           // for the move to be played now
        bool hurried = false;             // move_now() has stopped the search
        bool stand_in = false;            // not the seat's own engine: for one move
        std::chrono::nanoseconds began{0};
        std::optional<Result<SearchResult>> ready; // waits for the least move time
        SearchInfo info;
        std::size_t failed_ply = 0; // where it failed last
        unsigned failures = 0;      // how often in a row there
        unsigned retries = 0;       // in this game
    };
    struct Pending { // accepted, and being written down
        Journal::Ticket ticket = 0;
        std::function<void(std::chrono::nanoseconds now)> apply;
    };

    // controller.cpp: the game itself
    Result<Runner> make_runner(const std::string &id, const OptionMap &options,
                               std::shared_ptr<Console> console = {}) const;
    Result<void> refuse_now() const;
    SearchJob job_at(std::size_t ply, SearchLimits limits, bool new_game) const;
    bool tick_seats(std::chrono::nanoseconds now);
    void tell_the_end();
    bool tick_seat(std::uint32_t player, std::chrono::nanoseconds now);
    void start_engine(std::uint32_t player, std::chrono::nanoseconds now);
    void take_answer(std::uint32_t player, const Result<SearchResult> &answer, std::chrono::nanoseconds now);
    void replace_stalled(std::uint32_t player, std::chrono::nanoseconds now);
    void draw_chance(std::chrono::nanoseconds now);
    void hold_clocks(std::chrono::nanoseconds now);
    bool waits() const { return paused_ || pending_ || trouble_; }
    bool any_person() const;
    void stop_seats(std::chrono::nanoseconds now);
    void match_changed(std::chrono::nanoseconds now);
    void retire(Runner runner, std::chrono::nanoseconds now);
    void tick_retired(std::chrono::nanoseconds now);

    // controller_journal.cpp: what is accepted is written down, then done
    void accept(Journal::Ticket ticket, std::function<void(std::chrono::nanoseconds now)> apply,
                std::chrono::nanoseconds now);
    bool tick_journal(std::chrono::nanoseconds now);
    void apply_pending(std::chrono::nanoseconds now);
    void begin_journal();
    void leave_journal(std::chrono::nanoseconds now);
    void tell_outcome();
    void make_move(Ply ply, std::chrono::nanoseconds now);
    bool end_game(Ending ending, std::optional<std::uint32_t> fault, std::string detail,
                  std::chrono::nanoseconds now);
    void cut_back(std::size_t plies, std::chrono::nanoseconds now, std::function<void()> then = {});

    // controller_trouble.cpp: engines that fail
    void fail(std::uint32_t player, const Problem &problem, std::chrono::nanoseconds now);
    std::string stand_in_for(std::uint32_t player) const;

    // controller_advice.cpp: hint and evaluation
    bool tick_hint(std::chrono::nanoseconds now);
    void drop_hint(std::chrono::nanoseconds now);
    bool tick_evaluation(std::chrono::nanoseconds now);
    bool may_evaluate() const;
    void evaluate(const SearchInfo &info);
    std::optional<float> value_for_first(float value, std::uint32_t player) const;
    std::vector<std::string> line_text(std::size_t ply, const std::vector<Move> &line) const;

    EngineServices services_;
    std::function<void()> wake_;
    std::optional<Match> match_;
    std::vector<SeatEngine> seats_; // one a player
    std::vector<Runner> retired_;   // engines that are no longer needed and still end a search
    bool paused_ = false;
    std::size_t chance_in_a_row_ = 0;

    Journal *journal_ = nullptr;
    std::optional<Pending> pending_;
    bool journal_knows_over_ = false, journal_trouble_told_ = false;

    TroublePolicy trouble_policy_ = TroublePolicy::ask;
    std::function<void(const std::string &, const Problem &)> offence_;
    std::optional<Trouble> trouble_;

    std::string notice_;
    std::uint64_t revision_ = 0;
    std::chrono::nanoseconds least_move_time_{0};

    std::chrono::nanoseconds hint_time_{std::chrono::seconds(1)};
    Runner hint_runner_;
    bool hint_running_ = false;
    std::optional<Hint> hint_;

    std::optional<std::chrono::nanoseconds> evaluation_time_{std::chrono::seconds(30)};
    Runner evaluation_runner_;
    bool evaluation_on_ = false, evaluation_searching_ = false;
    std::pair<std::size_t, std::uint64_t> evaluation_of_{}; // position and revision
    std::optional<Evaluation> evaluation_;
};

} // namespace parlour::host
