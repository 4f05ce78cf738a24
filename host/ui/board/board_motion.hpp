#pragma once
// How one position becomes the next on the screen: pieces that slide along the move's touches, turn over, fall in,
// grow and fade, or are pushed together. Follows pieces by their ids, by their cells, and along the path; knows no
// game.
#include <deque>
#include <optional>
#include <vector>

#include "host/scene/scene.hpp"
#include "host/scene/touch_tree.hpp"

namespace parlour::host::ui {

/// A piece as it looks at one moment.
struct Sprite {
    ScenePiece piece;
    SceneCell home;     ///< the cell whose size it has
    float x = 0, y = 0; ///< centre in board units
    float scale = 1, alpha = 1, squash = 1, angle = 0;
    bool moving = false;
    bool pushed = false; ///< slides on the board, is not carried above it
};

/// The scene on the screen and those it is on its way to. [main]
class BoardMotion {
public:
    /// Shows a scene at once and forgets what was on its way.
    void show(Scene scene);
    /// Adds a scene to be reached next, along `path`, or by pushing all pieces the way of `swipes` (both may be
    /// empty).
    void push(Scene scene, std::vector<Touch> path, std::vector<Swipe> swipes = {});
    /// Goes on by `milliseconds` of animation time; true when the scene to rest on has just been reached.
    bool advance(float milliseconds);
    /// Jumps to the end of everything.
    void finish();

    [[nodiscard]] bool has_scene() const { return shown_.has_value(); }
    [[nodiscard]] bool moving() const { return !legs_.empty(); }
    /// The scene whose cells and widgets are drawn: while moving, the one being left for. There must be one.
    [[nodiscard]] const Scene &scene() const { return legs_.empty() ? *shown_ : legs_.front().to; }
    /// The scene that was at rest last. There must be one.
    [[nodiscard]] const Scene &left() const { return *shown_; }
    /// The scene at the end of all that is on its way.
    [[nodiscard]] const Scene &last() const { return legs_.empty() ? *shown_ : legs_.back().to; }
    /// The pieces as they look now, lowest first.
    [[nodiscard]] std::vector<Sprite> sprites() const;

private:
    /// One piece's way through one transition.
    struct Track {
        std::optional<ScenePiece> from, to; // what it is before and after; one may be missing
        SceneCell from_cell, to_cell;
        std::vector<std::pair<float, float>> way; // board units; at least one point
        float begins = 0, lasts = 0;              // milliseconds
        bool turns = false, rolls = false, falls = false;
        bool pushed = false, merges = false; // merges: two became this one
    };
    struct Leg {
        Scene to;
        std::vector<Touch> path;
        std::vector<Swipe> swipes;
        std::vector<Track> tracks;
        bool planned = false;
        float elapsed = 0, duration = 0;
    };

    void plan(Leg &leg) const;
    [[nodiscard]] static Sprite at_rest(const Scene &scene, const ScenePiece &piece);
    [[nodiscard]] static Sprite at(const Track &track, float elapsed);

    std::optional<Scene> shown_;
    std::deque<Leg> legs_;
};

} // namespace parlour::host::ui
