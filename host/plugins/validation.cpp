#include "host/plugins/validation.hpp"

#include "host/plugins/layers/checked.hpp"
#include "host/plugins/layers/sequentialiser.hpp"

#include <fmt/format.h>

#include <functional>

namespace parlour::host {

namespace {

constexpr std::size_t most_variants = 8;

std::string options_text(const OptionMap &options) {
    std::string out;
    for (const auto &[id, value] : options) out += fmt::format("{}{}={}", out.empty() ? "" : ",", id, value);
    return out;
}

} // namespace

Validation::Validation(std::string check, std::uint64_t seed, std::uint32_t rounds, LibraryPtr library,
                       std::vector<LibraryPtr> companions, Report report, Stage stage)
    : check_(std::move(check)),
      seed_(seed),
      rounds_(std::max(1u, rounds)),
      library_(std::move(library)),
      companions_(std::move(companions)),
      report_(std::move(report)),
      stage_(std::move(stage)) {
    stage_("describing itself");
    Result<Description> described = describe(*library_);
    if (described)
        description_ = std::move(*described);
    else
        error(library_->entry.id, "describe", described.sentence());
}

Rng Validation::rng(const std::string &purpose) const {
    return {{mix64(seed_ ^ hash_bytes(purpose.data(), purpose.size()))}};
}

void Validation::report(Finding::Severity severity, const std::string &subject, const std::string &kind,
                        const std::string &sentence) {
    if (reported_.insert(subject + '/' + kind).second) report_({severity, check_, subject, sentence});
}
void Validation::error(const std::string &subject, const std::string &kind, const std::string &sentence) {
    report(Finding::Severity::error, subject, kind, sentence);
}
void Validation::warning(const std::string &subject, const std::string &kind, const std::string &sentence) {
    report(Finding::Severity::warning, subject, kind, sentence);
}
void Validation::note(const std::string &subject, const std::string &kind, const std::string &sentence) {
    report(Finding::Severity::note, subject, kind, sentence);
}

Result<GameUnderTest> Validation::open(const Library &library, const GameEntry &entry, const OptionMap &options) {
    Result<parlour_game> raw = make_game(library, entry.id, options);
    if (!raw) return raw.problem();
    GameUnderTest out;
    out.id = entry.id;
    out.options = options;
    out.name = options.empty() ? entry.id : fmt::format("{} {}", entry.id, options_text(options));
    out.library = &library;
    out.log = std::make_shared<CheckLog>();
    out.rounds = options.empty() ? rounds_ : std::max(1u, rounds_ / 4);
    parlour_game layered = checked_layer(*raw, out.log);
    if (GameRef(layered).simultaneous() != nullptr) {
        const Result<parlour_game> in_turn = sequentialiser_layer(layered);
        if (!in_turn) {
            layered.api->destroy(layered.self);
            return Problem{fmt::format("{} {}", entry.id, in_turn.sentence())};
        }
        layered = *in_turn;
        out.sequentialised = true;
    }
    out.game = std::make_shared<Game>(layered, options);
    return out;
}

void Validation::each_game(const std::function<void(GameUnderTest &)> &body) {
    for (const GameEntry &entry : description_.games) {
        for (const OptionMap &options : option_variants(entry.options, most_variants)) {
            stage(fmt::format("{} {}", entry.id, options_text(options)));
            Result<GameUnderTest> subject = open(*library_, entry, options);
            if (!subject) {
                if (options.empty()) error(entry.id, "create", subject.sentence());
                continue; // option values that it refuses: the business of check_options_of_all
            }
            body(*subject);
            report_breaches(*subject);
        }
    }
}

void Validation::report_breaches(const GameUnderTest &subject) {
    for (const Breach &breach : subject.log->breaches()) {
        const std::string sentence =
            fmt::format("{}{} {}{}", breach.by_host ? "the caller of " : "", breach.where, breach.sentence,
                        breach.count > 1 ? fmt::format(" ({} times)", breach.count) : "");
        error(subject.name, fmt::format("{} {}", breach.where, breach.sentence), sentence);
    }
}

std::uint32_t play_randomly(const Game &game, StateBuffer &state, Rng &rng, std::uint32_t most,
                            const std::function<bool(const StateBuffer &, Turn, const std::vector<Move> &)> &visit) {
    for (std::uint32_t ply = 0;; ++ply) {
        const Turn turn = game.turn(state);
        const std::vector<Move> legal = game.legal_moves(state);
        if (!visit(state, turn, legal) || turn.is_over() || legal.empty() || ply == most) return ply;
        Move move = legal[rng.below(static_cast<std::uint32_t>(legal.size()))];
        if (turn.is_chance() && game.ref().chance() != nullptr) move = game.sample_chance(state, rng);
        game.ref().apply(state.data(), move);
    }
}

std::string option_text(const OptionSpec &option, double value) {
    return option.type == PARLOUR_OPTION_INT ? fmt::format("{:.0f}", value) : fmt::format("{}", value);
}

std::vector<OptionMap> option_variants(const std::vector<OptionSpec> &options, std::size_t most) {
    std::vector<OptionMap> out{{}};
    const auto add = [&](const OptionSpec &option, const std::string &value) {
        if (value != option.default_text && option.problem(value).empty() && out.size() < most)
            out.push_back({{option.id, value}});
    };
    for (const OptionSpec &option : options) {
        switch (option.type) {
            case PARLOUR_OPTION_BOOL:
                add(option, option.default_text == "true" ? "false" : "true");
                break;
            case PARLOUR_OPTION_CHOICE:
                for (const auto &choice : option.choices) add(option, choice.first);
                break;
            case PARLOUR_OPTION_INT:
            case PARLOUR_OPTION_FLOAT:
                add(option, option_text(option, option.min));
                add(option, option_text(option, option.max));
                break;
            default:
                break;
        }
    }
    return out;
}

} // namespace parlour::host
