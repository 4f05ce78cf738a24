/* parlour/scripts.h - optional factory of plugins whose games and engines are scripts: text files that people write,
 * change and break while the program runs.
 *
 * The host looks for the scripts itself: every *.py file and every folder with an __init__.py in
 * $PARLOUR_SCRIPT_PATH, $XDG_DATA_HOME/parlour/opponents and .../games, and scripts/opponents and scripts/games
 * beside the plugin. It has each described in a process of its own, with the environment variable
 * PARLOUR_SCRIPT_FILES naming the only scripts that the plugin shall see (separated by ':'; without it the plugin
 * looks for itself), and again whenever its file changes. PARLOUR_SCRIPT_KEPT, where it is set, names a copy of each
 * of these scripts in the same order ("": none): what the plugin is to run in place of the file, as if it were the
 * file.
 */
#ifndef PARLOUR_SCRIPTS_H
#define PARLOUR_SCRIPTS_H

#include <parlour/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PARLOUR_SCRIPTS_FACTORY "parlour.scripts/1"
#define PARLOUR_SCRIPT_FILES "PARLOUR_SCRIPT_FILES"
#define PARLOUR_SCRIPT_KEPT "PARLOUR_SCRIPT_KEPT"

/* A script that cannot be used, SIZED. Strings live until the next refresh() of any factory; none is NULL. */
typedef struct parlour_script_problem {
    uint32_t size;
    uint32_t line;        /* 1-based; 0 where there is none */
    const char *file;     /* where it went wrong */
    const char *sentence; /* for a person: what is wrong, with file and line */
    const char *details;  /* a traceback; may be "" */
} parlour_script_problem;

/* SIZED; from parlour_entry_t.get_factory(PARLOUR_SCRIPTS_FACTORY). */
typedef struct parlour_scripts_factory {
    uint32_t size, reserved0;

    /* [main] The index-th script that cannot be used. PARLOUR_E_NOTFOUND beyond the last. */
    parlour_status (*problem)(uint32_t index, parlour_script_problem *out);

    /* [any] What there is to say about the last failure on this thread beyond its parlour_error: a traceback, or "".
     * Valid until the next call into the plugin on this thread. */
    const char *(*details)(void);
} parlour_scripts_factory;

#ifdef __cplusplus
}
#endif
#endif
