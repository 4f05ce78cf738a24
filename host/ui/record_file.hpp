#pragma once
// Saving a game's record to a file and loading one, each by a dialog with the path.
#include <optional>
#include <string>

#include "host/match/record.hpp"
#include "host/ui/shell.hpp"

namespace parlour::host::ui {

class RecordDialog {
public:
    explicit RecordDialog(Shell &shell) : shell_(shell) {}

    void open_save(const Match &match);
    void open_load();
    /// Draws the dialog while it is open. Loading gives a match, once; a damaged file is a sentence in the dialog.
    std::optional<Match> draw(const Match &match);

private:
    std::optional<Match> load();
    void save(const Match &match);

    Shell &shell_;
    bool saving_ = false, loading_ = false, focus_ = false;
    std::string path_, problem_;
};

} // namespace parlour::host::ui
