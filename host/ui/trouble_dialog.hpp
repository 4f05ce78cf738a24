#pragma once
// An engine at a seat has failed: who, why, what it left behind, and the choices of what happens next.
#include <optional>
#include <string>

#include "host/match/controller_state.hpp"
#include "host/ui/shell.hpp"

namespace parlour::host::ui {

class TroubleDialog {
public:
    explicit TroubleDialog(Shell &shell) : shell_(shell) {}

    /// Draws the dialog over the page while there is trouble; returns what the person has chosen, once.
    std::optional<Remedy> draw(const Trouble &trouble, const Match &match);
    /// The trouble is over: the next one opens by itself.
    void reset();
    /// Opens it again after it was closed without a choice.
    void open();
    [[nodiscard]] bool is_open() const { return open_; }

private:
    Shell &shell_;
    bool asked_ = false, open_ = false, details_ = false, focus_ = false;
};

/// "Minimax": an engine's name, or its id where it is not known.
[[nodiscard]] std::string engine_name(const Registry &registry, const std::string &id);

} // namespace parlour::host::ui
