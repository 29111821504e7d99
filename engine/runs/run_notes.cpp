// engine/runs/run_notes.cpp: name, tags and notes of a run, in notes.json of its folder.
#include <fstream>
#include <nlohmann/json.hpp>

#include "resonate/error.h"
#include "resonate/run_catalogue.h"
#include "resonate/run_store.h"

namespace resonate {
namespace {

constexpr int notes_schema = 1;

RunNotes from_json(const nlohmann::json& json) {
    RunNotes notes;
    notes.name = json.value("name", "");
    notes.text = json.value("notes", "");
    if (json.contains("tags")) notes.tags = json.at("tags").get<std::vector<std::string>>();
    return notes;
}

}  // namespace

RunNotes read_notes(const std::filesystem::path& run_folder) {
    const std::filesystem::path file = run_folder / "notes.json";
    std::ifstream stream(file);
    if (!stream) {
        std::error_code failure;
        if (!std::filesystem::exists(file, failure) && !failure) return {};
        throw RunError(file.string() + ": cannot be read; check its permissions");
    }
    const nlohmann::json json = nlohmann::json::parse(stream, nullptr, /*allow_exceptions=*/false);
    try {
        if (json.is_object()) return from_json(json);
    } catch (const nlohmann::json::exception&) {
        // Said below.
    }
    throw RunError(file.string() +
                   ": expected name, tags and notes as JSON, found something else; saving notes anew keeps it "
                   "as notes.json.damaged");
}

void save_notes(const std::filesystem::path& run_folder, const RunNotes& notes) {
    const std::filesystem::path file = run_folder / "notes.json";
    try {
        read_notes(run_folder);
    } catch (const RunError&) {
        std::error_code ignored;
        std::filesystem::rename(file, run_folder / "notes.json.damaged", ignored);
    }
    // Text pasted from anywhere may hold bytes that are no UTF-8.
    constexpr auto replace = nlohmann::json::error_handler_t::replace;
    const nlohmann::json json{
        {"schema", notes_schema}, {"name", notes.name}, {"tags", notes.tags}, {"notes", notes.text}};
    write_file_atomically(file, json.dump(2, ' ', false, replace) + "\n");
}

}  // namespace resonate
