#pragma once
// Light Markdown, as games write their rules: headings, paragraphs, lists; emphasis is shown as plain text.
#include <string_view>

namespace parlour::host::ui {

/// Draws `text` at the cursor, over the rest of the line's width. Level-one headings are left out when `skip_title`.
void markdown(std::string_view text, bool skip_title = false);

} // namespace parlour::host::ui
