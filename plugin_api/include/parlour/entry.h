/* parlour/entry.h - the one symbol that a plugin exports.
 *
 * A plugin is a shared object with exactly one exported symbol, the data symbol `parlour_entry`. The host reads its
 * first 16 bytes, which are frozen for all time, so that any future host can say why it refuses a file; only then
 * does it call init, and ask for factories by id. Plugins are never unloaded.
 */
#ifndef PARLOUR_ENTRY_H
#define PARLOUR_ENTRY_H

#include <parlour/abi.h>
#include <parlour/host.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct parlour_entry_t {
    uint32_t magic;                /* +0  PARLOUR_ABI_MAGIC                     these 16 bytes are frozen */
    uint16_t abi_major, abi_minor; /* +4  the version it was built against      for every future major    */
    uint16_t min_host_minor;       /* +8  the oldest host minor it works with                             */
    uint16_t reserved0;            /* +10                                                                 */
    uint32_t size;                 /* +12 sizeof this struct when it was built                            */

    /* Fixed strings, owned by the plugin. `id` is unique among plugins ("parlour.games.reversi"); none is NULL. */
    const char *id, *name, *version, *vendor, *license, *url, *summary;

    /* [main] Called once, before anything else; `plugin_path` is this file's absolute path. On failure the plugin is
     * refused with error->text. */
    parlour_status (*init)(const parlour_host *host, const char *plugin_path, parlour_error *error);

    /* [main] Called once at the end of the program, when every object that it made is destroyed. */
    void (*deinit)(void);

    /* [any] A factory by id (PARLOUR_GAMES_FACTORY, PARLOUR_ENGINES_FACTORY), or NULL. */
    const void *(*get_factory)(const char *factory_id);
} parlour_entry_t;

extern PARLOUR_EXPORT const parlour_entry_t parlour_entry;

#ifdef __cplusplus
}
#endif
#endif
