#include "host/ui/board/board_motion.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <tuple>

namespace parlour::host::ui {
namespace {

constexpr float slide_step_ms = 190, flip_ms = 260, grow_ms = 170, fade_ms = 200, roll_ms = 520, swell_ms = 130;
constexpr float fall_ms_per_root = 190; // times the square root of the height in cells
constexpr std::size_t longest_queue = 6;

/// What may be one and the same thing before and after: its looks but for what turning over changes.
bool alike(const ScenePiece &a, const ScenePiece &b) {
    return a.kind == b.kind && a.color == b.color && a.rgba == b.rgba;
}

bool looks_same(const ScenePiece &a, const ScenePiece &b) {
    return alike(a, b) && a.level == b.level && a.flags == b.flags && a.count == b.count && a.glyph == b.glyph;
}

/// Slow at both ends.
float ease(float t) {
    return t * t * (3 - 2 * t);
}

/// Falls, and bounces a little.
float bounce(float t) {
    constexpr float touch = 0.78f;
    if (t < touch) return (t / touch) * (t / touch);
    const float u = (t - touch) / (1 - touch);
    return 1 - 0.055f * 4 * u * (1 - u);
}

/// A point at 0..1 of a polyline, each of its steps taking equally long and easing in and out.
std::pair<float, float> along(const std::vector<std::pair<float, float>> &way, float t) {
    if (way.size() < 2 || t >= 1) return way.back();
    const float scaled = std::max(0.0f, t) * static_cast<float>(way.size() - 1);
    const auto step = std::min(static_cast<std::size_t>(scaled), way.size() - 2);
    const float u = ease(scaled - static_cast<float>(step));
    const auto &[ax, ay] = way[step];
    const auto &[bx, by] = way[step + 1];
    return {ax + (bx - ax) * u, ay + (by - ay) * u};
}

SceneCell cell_of(const Scene &scene, const ScenePiece &piece) {
    const SceneCell *cell = scene.cell(piece.cell);
    return cell ? *cell : SceneCell{};
}

std::pair<float, float> place_of(const Scene &scene, const ScenePiece &piece) {
    const SceneCell cell = cell_of(scene, piece);
    return {cell.x + piece.dx, cell.y + piece.dy};
}

float distance(std::pair<float, float> a, std::pair<float, float> b) {
    return std::hypot(a.first - b.first, a.second - b.second);
}

/// What became of the pieces from one scene to the next.
struct Pairing {
    std::vector<int> origin;  // which piece before each piece after was; -1 for those that are new
    std::vector<int> into;    // with which piece after each piece before was merged; -1 for most
    std::vector<bool> pushed; // pieces after that a swipe moved
};

/// The lines along which swipes push: their cells, those that everything is pushed towards first.
std::vector<std::vector<std::uint32_t>> lines_of(const std::vector<Swipe> &swipes) {
    std::map<std::uint32_t, std::size_t> ahead;  // cells that can be pushed to from this one
    std::map<std::uint32_t, std::uint32_t> line; // its name is one of its cells
    for (const Swipe &swipe : swipes) {
        ++ahead[swipe.from];
        ahead.try_emplace(swipe.to, 0);
        const std::uint32_t from = line.try_emplace(swipe.from, swipe.from).first->second;
        const std::uint32_t to = line.try_emplace(swipe.to, swipe.to).first->second;
        for (auto &[cell, name] : line) {
            if (name == to) name = from;
        }
    }
    std::map<std::uint32_t, std::vector<std::uint32_t>> lines;
    for (const auto &[cell, name] : line) lines[name].push_back(cell);
    std::vector<std::vector<std::uint32_t>> sorted;
    for (auto &[name, cells] : lines) {
        std::stable_sort(cells.begin(), cells.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return ahead[a] < ahead[b]; });
        sorted.push_back(std::move(cells));
    }
    return sorted;
}

/// Pushing keeps the order of what lies on a line; two that look the same may become one that looks otherwise. Where
/// a line does not come out by that rule, nothing is said about it.
void pair_pushed(const Scene &before, const Scene &after, const std::vector<Swipe> &swipes, Pairing &pairing) {
    const auto on_line = [](const Scene &scene, const std::vector<std::uint32_t> &cells) {
        std::vector<int> found;
        for (const std::uint32_t cell : cells) {
            for (std::size_t i = 0; i < scene.pieces.size(); ++i) {
                if (scene.pieces[i].cell == cell && scene.pieces[i].id == 0) found.push_back(static_cast<int>(i));
            }
        }
        return found;
    };
    for (const auto &cells : lines_of(swipes)) {
        const std::vector<int> were = on_line(before, cells), are = on_line(after, cells);
        const auto was = [&](std::size_t i) -> const ScenePiece & {
            return before.pieces[static_cast<std::size_t>(were[i])];
        };
        std::vector<std::size_t> first; // of those that each became
        std::size_t next = 0;
        for (const int is : are) {
            first.push_back(next);
            if (next < were.size() && looks_same(was(next), after.pieces[static_cast<std::size_t>(is)])) {
                next += 1;
            } else if (next + 1 < were.size() && looks_same(was(next), was(next + 1))) {
                next += 2;
            } else {
                next = were.size() + 1;
            }
        }
        if (next != were.size()) continue;
        first.push_back(next);
        for (std::size_t i = 0; i < are.size(); ++i) {
            pairing.origin[static_cast<std::size_t>(are[i])] = were[first[i]];
            pairing.pushed[static_cast<std::size_t>(are[i])] = true;
            if (first[i + 1] > first[i] + 1) pairing.into[static_cast<std::size_t>(were[first[i] + 1])] = are[i];
        }
    }
}

Pairing match_pieces(const Scene &before, const Scene &after, const std::vector<Touch> &path,
                     const std::vector<Swipe> &swipes) {
    Pairing pairing{std::vector<int>(after.pieces.size(), -1), std::vector<int>(before.pieces.size(), -1),
                    std::vector<bool>(after.pieces.size(), false)};
    pair_pushed(before, after, swipes, pairing);
    std::vector<int> &origin = pairing.origin;
    std::vector<bool> taken(before.pieces.size(), false);
    for (const int piece : origin) {
        if (piece >= 0) taken[static_cast<std::size_t>(piece)] = true;
    }
    for (std::size_t j = 0; j < taken.size(); ++j) taken[j] = taken[j] || pairing.into[j] >= 0;
    const auto pair_up = [&](auto &&same) {
        for (std::size_t i = 0; i < after.pieces.size(); ++i) {
            for (std::size_t j = 0; j < before.pieces.size() && origin[i] < 0; ++j) {
                if (taken[j] || !same(before.pieces[j], after.pieces[i])) continue;
                origin[i] = static_cast<int>(j);
                taken[j] = true;
            }
        }
    };
    // Step 1: by the identity that the game gives.
    pair_up([](const ScenePiece &a, const ScenePiece &b) { return a.id != 0 && a.id == b.id; });
    const auto nameless = [](const ScenePiece &a, const ScenePiece &b) { return a.id == 0 && b.id == 0; };
    // Step 2: what stays where it is.
    pair_up([&](const ScenePiece &a, const ScenePiece &b) {
        return nameless(a, b) && a.cell == b.cell && alike(a, b) && a.level == b.level;
    });
    // Step 3: what goes along the path, even if it is promoted on the way.
    if (path.size() > 1 && path.front().is_cell() && path.back().is_cell()) {
        pair_up([&](const ScenePiece &a, const ScenePiece &b) {
            return nameless(a, b) && a.cell == path.front().id && b.cell == path.back().id && a.kind == b.kind &&
                   a.color == b.color;
        });
    }
    // Step 4: what turned over on its cell.
    pair_up([&](const ScenePiece &a, const ScenePiece &b) {
        return nameless(a, b) && a.cell == b.cell && a.kind == b.kind;
    });
    // Step 5: what vanished here and came up there (going back, castling), the nearest first.
    std::vector<std::tuple<float, std::size_t, std::size_t>> ways;
    for (std::size_t i = 0; i < after.pieces.size(); ++i) {
        for (std::size_t j = 0; j < before.pieces.size() && origin[i] < 0; ++j) {
            const ScenePiece &a = before.pieces[j], &b = after.pieces[i];
            if (!taken[j] && nameless(a, b) && alike(a, b))
                ways.emplace_back(distance(place_of(before, a), place_of(after, b)), i, j);
        }
    }
    std::sort(ways.begin(), ways.end());
    for (const auto &[far, i, j] : ways) {
        if (origin[i] >= 0 || taken[j]) continue;
        origin[i] = static_cast<int>(j);
        taken[j] = true;
    }
    return pairing;
}

} // namespace

void BoardMotion::show(Scene scene) {
    legs_.clear();
    shown_ = std::move(scene);
}

void BoardMotion::push(Scene scene, std::vector<Touch> path, std::vector<Swipe> swipes) {
    if (!shown_) return show(std::move(scene));
    // Whoever plays faster than can be shown is not made to wait.
    while (legs_.size() >= longest_queue) {
        shown_ = std::move(legs_.front().to);
        legs_.pop_front();
        if (!legs_.empty()) legs_.front().planned = false;
    }
    legs_.push_back({std::move(scene), std::move(path), std::move(swipes), {}, false, 0, 0});
}

void BoardMotion::finish() {
    if (legs_.empty()) return;
    shown_ = std::move(legs_.back().to);
    legs_.clear();
}

bool BoardMotion::advance(float milliseconds) {
    while (!legs_.empty()) {
        Leg &leg = legs_.front();
        if (!leg.planned) plan(leg);
        leg.elapsed += milliseconds;
        if (leg.elapsed < leg.duration) return false;
        milliseconds = leg.elapsed - leg.duration;
        shown_ = std::move(leg.to);
        legs_.pop_front();
        if (legs_.empty()) return true;
    }
    return false;
}

void BoardMotion::plan(Leg &leg) const {
    const Scene &before = *shown_, &after = leg.to;
    leg.planned = true;
    leg.tracks.clear();
    const Pairing pairing = match_pieces(before, after, leg.path, leg.swipes);
    const std::vector<int> &origin = pairing.origin;
    std::vector<bool> stays(before.pieces.size(), false);
    float arrival = 0; // when the piece that was moved is there
    std::pair<float, float> target{0, 0};
    for (std::size_t i = 0; i < after.pieces.size(); ++i) {
        const ScenePiece &piece = after.pieces[i];
        Track track;
        track.to = piece;
        track.to_cell = cell_of(after, piece);
        const auto end = place_of(after, piece);
        track.way = {end};
        if (origin[i] >= 0) {
            const ScenePiece &was = before.pieces[static_cast<std::size_t>(origin[i])];
            stays[static_cast<std::size_t>(origin[i])] = true;
            track.from = was;
            track.from_cell = cell_of(before, was);
            const auto start = place_of(before, was);
            if (distance(start, end) > 0.01f) {
                track.way = {start};
                const bool on_path = leg.path.size() > 2 && leg.path.front().id == was.cell;
                for (std::size_t step = 1; on_path && step + 1 < leg.path.size(); ++step) {
                    if (const SceneCell *cell = after.cell(leg.path[step].id))
                        track.way.emplace_back(cell->x, cell->y);
                }
                track.way.push_back(end);
                track.lasts = slide_step_ms * static_cast<float>(track.way.size() - 1);
                if (track.lasts > arrival) {
                    arrival = track.lasts;
                    target = end;
                }
            }
            track.rolls =
                piece.kind == PARLOUR_PIECE_DIE &&
                (piece.count != was.count || (was.flags & PARLOUR_PIECE_FADED) > (piece.flags & PARLOUR_PIECE_FADED));
            track.pushed = pairing.pushed[i];
            if (track.pushed) {
                track.merges = !looks_same(was, piece);
                track.lasts = slide_step_ms;
            } else if (track.rolls) {
                track.lasts = roll_ms;
            } else if (!looks_same(was, piece)) {
                track.turns = piece.color != was.color || piece.rgba != was.rgba || piece.flags != was.flags;
                if (track.way.size() == 1) track.lasts = flip_ms;
            }
        } else if (piece.enter == PARLOUR_ENTER_FROM_TOP) {
            const float height = std::max(0.5f, end.second - after.y0);
            track.falls = true;
            track.way = {{end.first, after.y0 - track.to_cell.h * 0.5f}, end};
            track.lasts = fall_ms_per_root * std::sqrt(height / std::max(0.1f, track.to_cell.h));
            target = end;
        } else {
            track.lasts = grow_ms;
            target = end;
        }
        leg.tracks.push_back(std::move(track));
    }
    // What turns over does so in a wave from the place of the move; what goes, goes as the mover passes it.
    for (Track &track : leg.tracks) {
        if (track.turns && track.way.size() == 1)
            track.begins = arrival + std::min(260.0f, 45.0f * distance(track.way.front(), target));
    }
    const Track *mover = nullptr;
    for (const Track &track : leg.tracks) {
        if (track.way.size() > 1 && !track.falls && (!mover || track.lasts > mover->lasts)) mover = &track;
    }
    std::vector<Track> leaving;
    for (std::size_t j = 0; j < before.pieces.size(); ++j) {
        if (stays[j]) continue;
        Track track;
        track.from = before.pieces[j];
        track.from_cell = cell_of(before, before.pieces[j]);
        track.way = {place_of(before, before.pieces[j])};
        track.lasts = fade_ms;
        if (const int into = pairing.into[j]; into >= 0) {
            track.way.push_back(place_of(after, after.pieces[static_cast<std::size_t>(into)]));
            track.pushed = true;
            track.lasts = slide_step_ms;
        } else if (mover) {
            float nearest = 1e9f;
            for (int step = 0; step <= 20; ++step) {
                const float t = static_cast<float>(step) / 20;
                const float away = distance(along(mover->way, t), track.way.front());
                if (away < nearest) {
                    nearest = away;
                    track.begins = t * mover->lasts;
                }
            }
        }
        leaving.push_back(std::move(track));
    }
    leg.tracks.insert(leg.tracks.begin(), leaving.begin(), leaving.end());
    leg.duration = 0;
    for (const Track &track : leg.tracks)
        leg.duration = std::max(leg.duration, track.begins + track.lasts + (track.merges ? swell_ms : 0.0f));
}

Sprite BoardMotion::at_rest(const Scene &scene, const ScenePiece &piece) {
    Sprite sprite{piece, cell_of(scene, piece)};
    std::tie(sprite.x, sprite.y) = place_of(scene, piece);
    return sprite;
}

Sprite BoardMotion::at(const Track &track, float elapsed) {
    const float t = track.lasts > 0 ? std::clamp((elapsed - track.begins) / track.lasts, 0.0f, 1.0f) : 1.0f;
    Sprite sprite{track.to ? *track.to : *track.from, track.to ? track.to_cell : track.from_cell};
    if (track.falls) {
        const auto &[top_x, top_y] = track.way.front();
        const auto &[end_x, end_y] = track.way.back();
        sprite.x = top_x + (end_x - top_x) * t;
        sprite.y = top_y + (end_y - top_y) * bounce(t);
        sprite.moving = t < 1;
        return sprite;
    }
    std::tie(sprite.x, sprite.y) = along(track.way, t);
    sprite.moving = track.way.size() > 1 && t < 1;
    sprite.pushed = track.pushed;
    if (track.pushed) {
        if (!track.to) {
            sprite.alpha = t < 1 ? 1.0f : 0.0f; // from here on it is part of the other
        } else if (t < 1) {
            sprite.piece = *track.from;
        } else if (track.merges) {
            const float u = std::clamp((elapsed - track.begins - track.lasts) / swell_ms, 0.0f, 1.0f);
            sprite.scale = 1 + 0.13f * std::sin(u * std::numbers::pi_v<float>);
        }
    } else if (!track.from) { // new
        sprite.scale = 0.4f + 0.6f * ease(t);
        sprite.alpha = t;
    } else if (!track.to) { // gone
        sprite.scale = 1 - 0.35f * t;
        sprite.alpha = 1 - t;
    } else if (track.rolls && t < 1) {
        constexpr float turns = 2 * std::numbers::pi_v<float>;
        const float left = (1 - t) * (1 - t);
        sprite.angle = left * turns;
        sprite.scale = 1 + 0.22f * std::sin(t * std::numbers::pi_v<float>);
        if (t < 0.75f) sprite.piece.count = 1 + (static_cast<std::uint32_t>(t * 14) * 5 + track.to->count) % 6;
    } else if (track.turns && t < 1) {
        sprite.squash = std::abs(std::cos(t * std::numbers::pi_v<float>));
        if (t < 0.5f) sprite.piece = *track.from;
    } else if (track.way.size() > 1 && t < 1 && track.from->level != track.to->level) {
        sprite.piece = *track.from; // promoted on arrival
    }
    return sprite;
}

std::vector<Sprite> BoardMotion::sprites() const {
    std::vector<Sprite> result;
    if (!shown_) return result;
    if (legs_.empty() || !legs_.front().planned) {
        for (const ScenePiece &piece : shown_->pieces) {
            if (shown_->cell(piece.cell)) result.push_back(at_rest(*shown_, piece));
        }
        return result;
    }
    for (const Track &track : legs_.front().tracks) {
        if (track.to ? legs_.front().to.cell(track.to->cell) == nullptr : shown_->cell(track.from->cell) == nullptr)
            continue;
        result.push_back(at(track, legs_.front().elapsed));
    }
    std::stable_partition(result.begin(), result.end(), [](const Sprite &sprite) { return !sprite.moving; });
    return result;
}

} // namespace parlour::host::ui
