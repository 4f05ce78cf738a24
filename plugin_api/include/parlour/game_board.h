/* parlour/game_board.h - extension "parlour.game.board/1": what a position looks like and how a move is touched.
 *
 * A game never draws. It tells a visitor its cells, pieces, marks and widgets in abstract units (x to the right, y
 * down) and colour roles; the host draws, animates, hit-tests and themes them. For every legal move it gives the path
 * of steps by which a person enters it. The host walks the tree of all legal paths: one mechanism for clicks, drags,
 * keys, multi-jumps, pass and roll buttons and target highlights, for every game. Moves that share one path are asked
 * for by their texts. A game without this extension is played from a list of move texts.
 */
#ifndef PARLOUR_GAME_BOARD_H
#define PARLOUR_GAME_BOARD_H

#include <parlour/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PARLOUR_GAME_BOARD_ID "parlour.game.board/1"

/* One touch. FROZEN, 8 bytes. `id` is a cell's or a widget's. */
typedef struct parlour_step {
    uint8_t kind, reserved0;
    uint16_t reserved1;
    uint32_t id;
} parlour_step;
enum { PARLOUR_STEP_CELL = 0, PARLOUR_STEP_BUTTON = 1 };

#define PARLOUR_CELL_NONE 0xffffffffu
#define PARLOUR_VIEWER_ALL 0xffu /* scene(): nothing is hidden from this viewer */

/* Colour roles; the theme decides what they look like. PARLOUR_COLOR_RGBA takes the struct's own `rgba` (0xRRGGBBAA).
 */
enum {
    PARLOUR_COLOR_NONE = 0,     /* not filled */
    PARLOUR_COLOR_LIGHT = 1,    /* light squares, ivory pieces */
    PARLOUR_COLOR_DARK = 2,     /* dark squares, ebony pieces */
    PARLOUR_COLOR_LINE = 3,     /* lines on a board */
    PARLOUR_COLOR_NEUTRAL = 4,  /* a quiet surface */
    PARLOUR_COLOR_ACCENT = 5,   /* draws the eye */
    PARLOUR_COLOR_WARN = 6,     /* danger, loss */
    PARLOUR_COLOR_PLAYER0 = 16, /* + player: the theme's colours of the players, safe for colour-blind eyes */
    PARLOUR_COLOR_RGBA = 255
};

/* Shapes of cells. */
enum {
    PARLOUR_SHAPE_RECT = 0,
    PARLOUR_SHAPE_ROUND = 1, /* a rectangle with rounded corners */
    PARLOUR_SHAPE_CIRCLE = 2,
    PARLOUR_SHAPE_HEX_FLAT = 3,   /* a side at the top */
    PARLOUR_SHAPE_HEX_POINTY = 4, /* a corner at the top */
    PARLOUR_SHAPE_POLYGON = 5     /* xy[0..n_xy-1] corners, relative to x, y, in board units */
};
/* Flags of cells. */
enum {
    PARLOUR_CELL_DECOR = 1,   /* drawn, never touched: a frame, a felt, a line */
    PARLOUR_CELL_HOLE = 2,    /* looks pressed in */
    PARLOUR_CELL_OUTLINE = 4, /* has a thin line around it */
    PARLOUR_CELL_RAISED = 8   /* casts a soft shadow */
};
/* A place on the board, SIZED; its centre is (x, y). Drawn in the order given. `label` (may be NULL) is the cell's
 * name in the game's notation: "e4"; the host uses it for the screen reader, the text board and coordinates. */
typedef struct parlour_cell {
    uint32_t size, id;
    uint8_t shape, color, flags, reserved0;
    uint32_t rgba;
    float x, y, w, h, angle; /* angle in degrees, clockwise */
    uint32_t n_xy;
    const float *xy; /* n_xy pairs; NULL unless a polygon */
    const char *label;
} parlour_cell;

/* Kinds of pieces. */
enum {
    PARLOUR_PIECE_DISC = 0,
    PARLOUR_PIECE_RING = 1,
    PARLOUR_PIECE_CROSS = 2,
    PARLOUR_PIECE_SQUARE = 3,
    PARLOUR_PIECE_TRIANGLE = 4,
    PARLOUR_PIECE_CARD = 5, /* glyph is its face: "K", "7\xe2\x99\xa0"; PARLOUR_PIECE_FACE_DOWN shows the back */
    PARLOUR_PIECE_DIE = 6,  /* `count` pips, 1..6 */
    PARLOUR_PIECE_TILE = 7, /* a flat tile with a glyph */
    PARLOUR_PIECE_GLYPH = 8 /* the glyph alone */
};
enum { PARLOUR_PIECE_FACE_DOWN = 1, PARLOUR_PIECE_FADED = 2 };
/* How a piece that was not there before comes in. */
enum { PARLOUR_ENTER_GROW = 0, PARLOUR_ENTER_FROM_TOP = 1 /* falls in from the top edge of the board */ };

/* A thing on a cell, SIZED. `id` is a stable identity that the host follows from scene to scene, or 0: then the host
 * follows pieces along the move's path. `glyph` and `label` may be NULL; label is for the text board and screen
 * reader
 * ("white king"), its first character stands for the piece in text. */
typedef struct parlour_piece {
    uint32_t size, id, cell;
    uint8_t kind, color, level, flags; /* level 1 and more wears a crown (a king) */
    uint32_t rgba;
    float dx, dy, scale; /* offset from the cell's centre in board units; 1 = fills the cell nicely */
    uint32_t count;      /* a stack's height or a die's pips; 0 = no number */
    uint8_t enter, reserved0[3];
    const char *glyph, *label;
} parlour_piece;

/* Marks, drawn over the pieces. */
enum {
    PARLOUR_MARK_LINE = 0 /* through cells a and b: a winning row */,
    PARLOUR_MARK_RING = 1,
    PARLOUR_MARK_TEXT = 2
};
typedef struct parlour_mark {
    uint32_t size, cell_a, cell_b; /* cell_b: PARLOUR_CELL_NONE where one cell is meant */
    uint8_t kind, color, reserved0[2];
    uint32_t rgba, reserved1;
    const char *text; /* may be NULL */
} parlour_mark;

/* Things beside the board. */
enum { PARLOUR_WIDGET_BUTTON = 0 /* a PARLOUR_STEP_BUTTON: pass, roll, bet */, PARLOUR_WIDGET_COUNTER = 1 };
typedef struct parlour_widget {
    uint32_t size, id;
    uint8_t kind, reserved0[3];
    int32_t player; /* whose it is, or -1 */
    uint32_t key;   /* a letter that presses it (Unicode, lower case), an arrow key (U+2190 left, U+2191 up, U+2192
                     * right, U+2193 down: the cursor then does not take it), or 0 */
    uint32_t reserved1;
    const char *label, *value; /* "Roll"; "Turn total", "14"; value may be NULL */
} parlour_widget;

/* The visitor, host to game, SIZED. Pointers given to it die with the call. */
typedef struct parlour_draw {
    uint32_t size, reserved0;
    void *context;
    void (*extent)(void *context, float x0, float y0, float x1, float y1); /* once, first, by layout() */
    void (*cell)(void *context, const parlour_cell *cell);
    void (*piece)(void *context, const parlour_piece *piece);
    void (*mark)(void *context, const parlour_mark *mark);
    void (*widget)(void *context, const parlour_widget *widget);
} parlour_draw;

typedef struct parlour_game_board {
    uint32_t size;
    uint32_t accent; /* 0xRRGGBBAA, the colour of the game's tile; 0 = the theme's */

    /* [any] The part that does not change: extent, then cells. */
    void (*layout)(void *self, const parlour_draw *draw);

    /* [any] The part that does: cells that change, pieces, marks, widgets. `viewer` is a player, or
     * PARLOUR_VIEWER_ALL. Of hidden games `state` may be a view. Any state that check() accepts is drawn. */
    void (*scene)(void *self, const void *state, uint32_t viewer, const parlour_draw *draw);

    /* [any] The alternative-th path of a legal move (0 = the one the piece is animated along): writes at most
     * `capacity` steps and returns how many there are; 0 when there are no more alternatives. Alternative 0 exists
     * for every legal move outside chance nodes. */
    uint32_t (*path)(void *self, const void *state, uint32_t move, uint32_t alternative, parlour_step *out,
                     uint32_t capacity);
} parlour_game_board;

#ifdef __cplusplus
}
#endif
#endif
