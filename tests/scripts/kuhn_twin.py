"""Kuhn poker as a script, move for move as the shipped one: cards are 1 to 3, 4 is the other player's."""

from random import Random

from parlour.script import Game, GameState

DEALS = [(1, 2), (1, 3), (2, 1), (2, 3), (3, 1), (3, 2)]
HIDDEN = 4


class KuhnState(GameState):
    def __init__(self, game):
        self.cards, self.bets = [0, 0], []

    @property
    def player(self):
        return len(self.bets) % 2

    @property
    def result(self):
        stakes = {(0, 0): 1, (0, 1, 0): -1, (0, 1, 1): 2, (1, 0): 1, (1, 1): 2}
        bets = tuple(self.bets)
        if bets not in stakes:
            return None
        first = stakes[bets] if bets[-1] == 0 and 1 in bets else stakes[bets] * (1 if self.cards[0] > self.cards[1] else -1)
        return [first, -first]

    def chance(self):
        return None if self.cards[0] else [(2 + deal, 1 / 6) for deal in range(6)]

    def legal_moves(self):
        return [0, 1]

    def play(self, move):
        if move >= 2:
            self.cards = list(DEALS[move - 2])
        else:
            self.bets.append(move)

    def to_data(self):
        return [self.cards, self.bets]

    @classmethod
    def from_data(cls, game, data):
        state = cls(game)
        cards, bets = data
        whole = cards == [0, 0] and not bets or tuple(cards) in DEALS or (sorted(cards)[1] == HIDDEN and 0 < sorted(cards)[0])
        if not whole or len(bets) > 3 or any(type(bet) is not int or not 0 <= bet <= 1 for bet in bets):
            raise ValueError("two cards and bets are meant")
        state.cards, state.bets = list(cards), list(bets)
        return state

    def hide(self, player):
        return [[card if owner == player or not card else HIDDEN for owner, card in enumerate(self.cards)], self.bets]

    @classmethod
    def determinize(cls, game, data, player, random: Random):
        cards, bets = data
        fitting = [deal for deal in DEALS if deal[player] == cards[player]]
        return [list(random.choice(fitting)) if HIDDEN in cards else cards, bets]


class KuhnTwin(Game):
    max_moves = 6
    max_plies = 4
    state_size = 64
    low, high = -2.0, 2.0
    State = KuhnState
