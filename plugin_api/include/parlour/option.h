/* parlour/option.h - one schema of typed options for games and engines.
 *
 * A factory lists its options one by one; the host makes a form, a command line and a validator of them. Values
 * travel as text (parlour_kv): "true"/"false", decimal numbers, a choice's id, or plain text.
 */
#ifndef PARLOUR_OPTION_H
#define PARLOUR_OPTION_H

#include <parlour/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

/* parlour_option.type */
enum {
    PARLOUR_OPTION_BOOL = 0,
    PARLOUR_OPTION_INT = 1,    /* min..max in steps of `step`, all whole */
    PARLOUR_OPTION_FLOAT = 2,  /* min..max */
    PARLOUR_OPTION_CHOICE = 3, /* one of choice_ids */
    PARLOUR_OPTION_TEXT = 4
};

/* parlour_option.flags */
enum {
    PARLOUR_OPTION_ADVANCED = 1 /* shown only to those who ask for more */
};

/* One option, SIZED. The host owns the struct and sets `size`; strings belong to the plugin, live until the factory's
 * next refresh(), and none but the choice arrays may be NULL. */
typedef struct parlour_option {
    uint32_t size;
    uint8_t type, reserved0[3];
    uint32_t flags, n_choices;
    const char *id;    /* "board_size": lower case, digits, '_' */
    const char *label; /* "Board size" */
    const char *help;  /* one sentence */
    double min, max, step;
    const char *default_text;      /* the default as its text form */
    const char *const *choice_ids; /* n_choices each; NULL unless a choice */
    const char *const *choice_labels;
} parlour_option;

/* An option's value. FROZEN. */
typedef struct parlour_kv {
    const char *id, *value;
} parlour_kv;

#ifdef __cplusplus
}
#endif
#endif
