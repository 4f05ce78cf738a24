// The plugin's entry. Loading it starts nothing: Python begins with the first script.
#include "factories.hpp"
#include "failure_details.hpp"

namespace parlour::python_plugin {

parlour_status fill_option(const std::vector<ScriptOption> &options, std::uint32_t index, parlour_option *out) {
    if (index >= options.size()) return PARLOUR_E_NOTFOUND;
    const ScriptOption &from = options[index];
    parlour_option mine{};
    mine.size = sizeof mine;
    mine.type = from.type;
    mine.flags = from.advanced ? PARLOUR_OPTION_ADVANCED : 0;
    mine.id = from.id.c_str();
    mine.label = from.label.c_str();
    mine.help = from.help.c_str();
    mine.min = from.low;
    mine.max = from.high;
    mine.step = from.step;
    mine.default_text = from.default_text.c_str();
    if (from.type == PARLOUR_OPTION_CHOICE) {
        mine.n_choices = static_cast<std::uint32_t>(from.choices.size());
        mine.choice_ids = mine.choice_labels = from.choice_pointers.data();
    }
    return detail::copy_sized(mine, out);
}

namespace {

parlour_status problem(std::uint32_t index, parlour_script_problem *out) {
    const std::vector<ScriptProblem> &problems = catalogue().problems;
    if (index >= problems.size()) return PARLOUR_E_NOTFOUND;
    const ScriptProblem &from = problems[index];
    const parlour_script_problem mine{sizeof mine, from.line, from.file.c_str(), from.sentence.c_str(),
                                      from.details.c_str()};
    return detail::copy_sized(mine, out);
}

parlour_status init(const parlour_host *host, const char *plugin_path, parlour_error *) {
    set_surroundings(host, plugin_path);
    return PARLOUR_OK;
}

void deinit() {}

const void *get_factory(const char *id) {
    const std::string_view want(id);
    if (want == PARLOUR_ENGINES_FACTORY) return &engine_factory();
    if (want == PARLOUR_GAMES_FACTORY) return &game_factory();
    if (want == PARLOUR_SCRIPTS_FACTORY) return &scripts_factory();
    return nullptr;
}

} // namespace

const parlour_scripts_factory &scripts_factory() {
    static constexpr parlour_scripts_factory factory{sizeof factory, 0, problem, last_details};
    return factory;
}

} // namespace parlour::python_plugin

constinit const parlour_entry_t parlour_entry{PARLOUR_ABI_MAGIC,
                                              PARLOUR_ABI_MAJOR,
                                              PARLOUR_ABI_MINOR,
                                              0,
                                              0,
                                              sizeof(parlour_entry_t),
                                              "parlour.python",
                                              "Python",
                                              "1.0",
                                              "Parlour",
                                              "MIT",
                                              "",
                                              "Opponents and games that are Python scripts.",
                                              parlour::python_plugin::init,
                                              parlour::python_plugin::deinit,
                                              parlour::python_plugin::get_factory};
