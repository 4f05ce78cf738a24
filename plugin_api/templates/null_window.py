"""Null window: tic-tac-toe in a pygame window against a native engine. Run it with /usr/bin/python3."""

import parlour
import pygame

CELL = 160
game = parlour.game("tic_tac_toe")
engine = parlour.Engine("minimax", game)  # all of parlour.engines() will do


def draw(screen: pygame.surface.Surface, state: parlour.State) -> None:
    screen.fill("#f4efe6")
    for i in (1, 2):
        pygame.draw.line(screen, "#7a6f5d", (i * CELL, 0), (i * CELL, 3 * CELL), 3)
        pygame.draw.line(screen, "#7a6f5d", (0, i * CELL), (3 * CELL, i * CELL), 3)
    board = state.board.tobytes()  # row by row: 0 empty, 1 and 2 the players
    for row in range(3):
        for column in range(3):
            centre = (column * CELL + CELL // 2, row * CELL + CELL // 2)
            if board[3 * row + column] == 1:
                pygame.draw.circle(screen, "#b5443a", centre, CELL // 3, 10)
            elif board[3 * row + column] == 2:
                pygame.draw.circle(screen, "#2f5d8a", centre, CELL // 3)
    pygame.display.flip()


def main() -> None:
    pygame.init()
    screen = pygame.display.set_mode((3 * CELL, 3 * CELL))
    pygame.display.set_caption("Null window")
    state = game.new()
    while True:
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                return
            if event.type == pygame.MOUSEBUTTONDOWN and state.is_over:
                state = game.new()
            elif event.type == pygame.MOUSEBUTTONDOWN:
                column, row = event.pos[0] // CELL, event.pos[1] // CELL
                move = "abc"[column] + "321"[row]  # as players write it
                if state.is_legal(move):
                    state.play(move)
                    if not state.is_over:
                        state.play(engine.search(state, seconds=0.1).move)
        draw(screen, state)
        pygame.time.wait(20)


if __name__ == "__main__":
    main()
