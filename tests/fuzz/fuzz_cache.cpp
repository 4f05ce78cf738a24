// The program's own JSON files with anything in them: a byte says which. The text becomes the files of a cache of
// probes (with the version and the check that it needs), a description of a plugin, or a quarantine. Nothing of it
// may do more than be passed over.
#include "host/base/atomic_file.hpp"
#include "host/base/sealed_text.hpp"
#include "host/plugins/description_json.hpp"
#include "host/plugins/probe_cache.hpp"
#include "host/plugins/quarantine.hpp"
#include "host/plugins/text.hpp"
#include "input.hpp"
#include "support/scratch_folder.hpp"

#include <spdlog/spdlog.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace parlour;
using fuzz::require;
using Json = nlohmann::ordered_json;

namespace {

// A file is written and read every time, so it had better be in memory.
tests::ScratchFolder memory_folder() {
    if (::access("/dev/shm", W_OK) == 0) ::setenv("TMPDIR", "/dev/shm", 0);
    return {};
}

struct Place {
    tests::ScratchFolder folder = memory_folder();
    std::filesystem::path plugin = folder / "plugin.so", file = folder / "file.json";
    std::string version; // as this program writes it into its cache

    Place() {
        spdlog::set_level(spdlog::level::off);
        std::ofstream(plugin) << "not a plugin";
        host::ProbeCache cache(file);
        host::ProbeResult result;
        result.sentence = "refused";
        cache.remember(plugin, *host::stamp_of(plugin), result);
        cache.save();
        const auto written = host::read_file(file, 1 << 20);
        version = Json::parse(host::unseal(*written).value()).at("program").get<std::string>();
    }
    void put(const std::string &text) const { std::ofstream(file, std::ios::binary) << text; }
};

void as_cache(const Place &place, const std::string &text) {
    place.put(host::seal("{\"program\": " + Json(place.version).dump() + ", \"files\": " + text + "}"));
    host::ProbeCache cache(place.file);
    const auto found = cache.find(place.plugin, *host::stamp_of(place.plugin));
    if (found) require(host::valid_utf8(found->name), "texts are UTF-8");
}

void as_description(const std::string &text) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return;
    const auto read = host::read_description(json);
    if (!read) {
        require(!read.sentence().empty(), "a refusal says why");
        return;
    }
    const Json written = host::description_json(*read);
    const auto again = host::read_description(written);
    require(again.ok(), "what was written is read", again.sentence());
    require(host::description_json(*again) == written, "and is the same");
}

void as_quarantine(const Place &place, const std::string &text) {
    place.put(host::seal(text));
    host::Quarantine quarantine(place.file);
    for (const host::QuarantineEntry &entry : quarantine.entries()) {
        require(!entry.reason.empty() && entry.file.is_absolute(), "entries are whole");
        require(host::valid_utf8(entry.reason) && host::valid_utf8(entry.details), "texts are UTF-8");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    static const Place place;
    fuzz::Input input(data, size);
    const std::uint8_t how = input.byte();
    if (how % 4 == 0) as_cache(place, input.text());
    if (how % 4 == 1) as_quarantine(place, input.text());
    if (how % 4 >= 2) as_description(input.text());
    return 0;
}
