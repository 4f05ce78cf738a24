#!/usr/bin/python3
"""Tic-tac-toe in a small pygame window against the native minimax: Python draws and listens, the rules and the search
are Parlour's.

    PYTHONPATH=build/python python3 python_plugin/examples/pygame_tic_tac_toe.py

Click a square; R begins anew; Escape ends.
"""

from __future__ import annotations

from typing import Any, Optional

import pygame
from pygame.surface import Surface

import parlour

SIDE = 360
SQUARE = SIDE // 3
BACKGROUND, LINES, CROSS, NOUGHT, TEXT = "#171c26", "#9b8be0", "#e4574c", "#4c8fe4", "#efe6d3"


class TicTacToe:
    """A game of the person (crosses) against the engine (noughts)."""

    def __init__(self) -> None:
        self.engine = parlour.Engine("minimax")
        self.state = parlour.game("tic_tac_toe").new()

    def click(self, x: int, y: int) -> bool:
        """Plays the square at a pixel and lets the engine answer; False when that square cannot be played."""
        move = y // SQUARE * 3 + x // SQUARE
        if not self.state.is_legal(move):
            return False
        self.state.play(move)
        if not self.state.is_over:
            self.state.play(self.engine.search(self.state, depth=9).move)
        return True

    def restart(self) -> None:
        """Begins anew."""
        self.state = self.state.game.new()

    def headline(self) -> str:
        """What the window's title says."""
        result = self.state.result
        if result is None:
            return "Your move"
        return "A draw" if result[0] == 0 else "You win" if result[0] > 0 else "The engine wins"

    def draw(self, surface: Surface) -> None:
        """Draws the position."""
        surface.fill(BACKGROUND)
        for at in (SQUARE, 2 * SQUARE):
            pygame.draw.line(surface, LINES, (at, 10), (at, SIDE - 10), 6)
            pygame.draw.line(surface, LINES, (10, at), (SIDE - 10, at), 6)
        rows: Any = self.state.board.tolist()
        for row, marks in enumerate(rows):
            for column, mark in enumerate(marks):
                x, y = column * SQUARE + SQUARE // 2, row * SQUARE + SQUARE // 2
                arm = SQUARE // 3
                if mark == 1:
                    pygame.draw.line(surface, CROSS, (x - arm, y - arm), (x + arm, y + arm), 12)
                    pygame.draw.line(surface, CROSS, (x + arm, y - arm), (x - arm, y + arm), 12)
                elif mark == 2:
                    pygame.draw.circle(surface, NOUGHT, (x, y), arm, 10)


def main(most_frames: Optional[int] = None) -> None:
    """Runs until the window is closed, or for so many frames."""
    pygame.display.init()
    try:
        surface = pygame.display.set_mode((SIDE, SIDE))
        clock = pygame.time.Clock()
        game = TicTacToe()
        frames = 0
        while most_frames is None or frames < most_frames:
            for event in pygame.event.get():
                if event.type == pygame.QUIT or (event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE):
                    return
                if event.type == pygame.KEYDOWN and event.key == pygame.K_r:
                    game.restart()
                if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
                    game.click(*event.pos)
            game.draw(surface)
            pygame.display.set_caption(f"Tic-tac-toe: {game.headline()}")
            pygame.display.flip()
            clock.tick(60)
            frames += 1
    finally:
        pygame.display.quit()


if __name__ == "__main__":
    main()
