"""Null bot: what people read about it in the list of opponents."""

# Put this file into ~/.local/share/parlour/opponents (or a folder named in PARLOUR_SCRIPT_PATH): it can be chosen as an
# opponent at once, and saving it again changes it, even in the middle of a game.
from parlour import State
from parlour.script import Clock, Opponent, Option


class NullBot(Opponent):
    # ---- 1. What it is.
    name = "Null bot"
    author = ""
    sees_all = True  # it tries moves out, which needs the whole position: not for games that hide something
    games = "*"  # or a list of ids, like ["reversi", "four_in_a_row"]: see `parlour list`

    # ---- 2. Options, shown as a form; self.options has the values. Delete what you do not need.
    options = {"depth": Option.int(1, 1, 4, help="How many moves it looks ahead.")}

    # ---- 3. The move: one of state.legal_moves(), or a move's text.
    def choose(self, state: State, clock: Clock) -> int:
        me, moves = state.player, state.legal_moves()
        best, best_value = moves[0], -2.0
        for move in moves:
            value = self.worth(state.after(move), me)
            if value > best_value:
                best, best_value = move, value
                self.info(value=value, line=[move])
            if clock.out_of_time():
                break
        return best

    def worth(self, state: State, me: int) -> float:
        """What a position is worth to me, from -1 (lost) to 1 (won)."""
        if state.result is not None:
            return state.result[me]
        judged = state.evaluate() or 0.0  # the game's own judgement, for the player to move
        return judged if state.player == me else -judged
