// The validator says nothing of good plugins and finds what is wrong with each bad one.
#include "host/plugins/validate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace parlour::host {
namespace {

namespace fs = std::filesystem;

ValidateOptions options() {
    ValidateOptions out;
    out.program = PROBE_RUNNER;
    out.rounds = 20;
    return out;
}

std::string all_of(const std::vector<Finding> &findings) {
    std::string out;
    for (const Finding &finding : findings)
        out += finding.check + " | " + finding.subject + " | " + finding.sentence + "\n";
    return out;
}

struct Row {
    const char *file, *check, *subject, *words;
};

void expect_found(const std::vector<Finding> &findings, const Row &row) {
    const bool found = std::any_of(findings.begin(), findings.end(), [&](const Finding &finding) {
        return finding.check == row.check && finding.subject == row.subject &&
               finding.sentence.find(row.words) != std::string::npos;
    });
    EXPECT_TRUE(found) << "expected " << row.check << " | " << row.subject << " | " << row.words << "\nfound\n"
                       << all_of(findings);
}

class Good : public testing::TestWithParam<const char *> {};

TEST_P(Good, HasNothingToSay) {
    const auto findings = validate_file(fs::path(TEST_PLUGINS) / "good" / GetParam(), 1, options());
    for (const Finding &finding : findings) EXPECT_EQ(finding.severity, Finding::Severity::note) << all_of({finding});
}

INSTANTIATE_TEST_SUITE_P(Plugins, Good, testing::Values("tiny.so", "rock_paper_scissors.so"));

class Bad : public testing::TestWithParam<Row> {};

TEST_P(Bad, IsFound) {
    const Row &row = GetParam();
    const auto findings =
        validate_file(fs::path(TEST_PLUGINS) / "bad" / (std::string(row.file) + ".so"), 1, options());
    expect_found(findings, row);
}

INSTANTIATE_TEST_SUITE_P(
    Games, Bad,
    testing::Values(
        Row{"legal_changes", "rules", "legal_changes", "legal lists other moves"},
        Row{"wrong_turn", "rules", "wrong_turn", "apply returns the turn word 0x0, but turn says 0x1"},
        Row{"no_such_player", "rules", "no_such_player", "player 3 is to move, but there are 2"},
        Row{"text_does_not_parse", "texts", "text_does_not_parse", "does not read back its own move text \"1 away\""},
        Row{"same_text", "texts", "same_text", "two legal moves the same text, take 2"},
        Row{"forgets_mover", "texts", "forgets_mover", "reads its own position"},
        Row{"outcome_out_of_range", "rules", "outcome_out_of_range", "the utility 5, outside -1 to 1"},
        Row{"outcome_not_zero_sum", "rules", "outcome_not_zero_sum", "add up to 2, not to zero"},
        Row{"outcome_writes_more", "rules", "outcome_writes_more", "wrote outside the utilities"},
        Row{"too_many_moves", "rules", "too_many_moves", "lists 4 moves, but the game says that there are at most 3"},
        Row{"writes_past_list", "rules", "writes_past_list", "wrote outside the move list"},
        Row{"writes_past_state", "rules", "writes_past_state", "wrote outside the position"},
        Row{"writes_while_reading", "rules", "writes_while_reading", "hash changed the position"},
        Row{"apply_differs", "rules", "apply_differs", "leads elsewhere when the same move is played again"},
        Row{"pointer_in_state", "instances", "pointer_in_state", "reaches other bytes"},
        Row{"leaves_bytes", "rules", "leaves_bytes", "does not write all of its bytes"},
        Row{"accepts_anything", "bytes", "accepts_anything", "accepts any bytes"},
        Row{"crash_on_odd_bytes", "bytes", "crash_on_odd_bytes.so", "crashed (SIGSEGV)"},
        Row{"fails_silently", "bytes", "fails_silently", "check fails without a sentence"},
        Row{"half_changed", "texts", "half_changed", "changes the position although it fails"},
        Row{"never_ends", "rules", "never_ends", "did not end a random game"},
        Row{"longer_than_said", "rules", "longer_than_said", "but says that 2 is the most"},
        Row{"crash_on_illegal_move", "illegal", "crash_on_illegal_move.so", "crashed (SIGSEGV)"},
        Row{"exports_more", "exports", "exports_more.so", "a_helper_of_its_own"},
        Row{"accepts_any_option", "options", "accepts_any_option", "accepts an option that it does not have"}),
    [](const testing::TestParamInfo<Row> &row) { return row.param.file; });

TEST(BadExtensions, AreFoundEachInItsGame) {
    const auto findings = validate_file(fs::path(TEST_PLUGINS) / "bad" / "bad_extensions.so", 1, options());
    const std::string file = "bad_extensions";
    for (const Row &row : {Row{"", "hidden", "view_is_state", "every view is the whole position"},
                           Row{"", "hidden", "scene_leaks", "draws"},
                           Row{"", "rules", "probabilities", "probabilities that add up to 1.2"},
                           Row{"", "chance", "sample", "draws deal"}, Row{"", "playout", "playout", "gives player 1"},
                           Row{"", "symmetry", "symmetry", "does not map the legal moves"},
                           Row{"", "board", "path", "by cell 4, which nobody can touch there"}})
        expect_found(findings, row);
    for (const Finding &finding : findings) EXPECT_NE(finding.subject, "guess") << all_of({finding});
}

TEST(BadEngines, AreFoundEachByItsName) {
    ValidateOptions short_patience = options();
    short_patience.limit = std::chrono::seconds(10);
    const auto findings = validate_file(fs::path(TEST_PLUGINS) / "bad" / "bad_engines.so", 1, short_patience);
    for (const Row &row :
         {Row{"", "engines", "illegal", "answers with the illegal move number 12345"},
          Row{"", "engines", "moody", "gives other answers"}, Row{"", "engines", "not_a_number", "the value nan"},
          Row{"", "engines", "disobedient", "the only one that it may consider"},
          Row{"", "engines", "spendthrift", "1000000 nodes with a budget of"},
          Row{"", "engines", "thrower", "I do not feel like it"},
          Row{"", "engines", "cheat", "as the caller of apply"},
          Row{"", "stops", "bad_engines.so", "did not answer within 10 s at deaf on"}})
        expect_found(findings, row);
    for (const Finding &finding : findings) EXPECT_NE(finding.subject, "first") << all_of({finding});
}

TEST(Validate, SameSeedFindsTheSame) {
    const fs::path file = fs::path(TEST_PLUGINS) / "bad" / "forgets_mover.so";
    EXPECT_EQ(all_of(validate_file(file, 5, options())), all_of(validate_file(file, 5, options())));
}

TEST(Validate, FileThatDoesNotLoadIsOneFinding) {
    const auto findings = validate_file(fs::path(TEST_PLUGINS) / "bad" / "no_such_file.so", 1, options());
    ASSERT_FALSE(findings.empty());
    EXPECT_THAT(all_of(findings), testing::HasSubstr("cannot be read"));
}

TEST(Validate, ChecksHaveNames) {
    EXPECT_GE(validation_checks().size(), 10u);
    for (const CheckName &check : validation_checks()) EXPECT_STRNE(check.summary, "");
}

} // namespace
} // namespace parlour::host
