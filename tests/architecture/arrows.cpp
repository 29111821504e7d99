// tests/architecture/arrows.cpp: see arrows.h.
#include "arrows.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <regex>
#include <sstream>

namespace resonate::tests {
namespace {

namespace fs = std::filesystem;

/// Lower layers may be included by higher ones, never the other way round and never across.
const std::map<std::string, int> engine_layers = {{"neurons", 0},    {"kernels", 1},  {"networks", 2}, {"data", 2},
                                                  {"training", 3},   {"analysis", 4}, {"runs", 4},     {"exports", 4},
                                                  {"experiment", 5}, {"studies", 5}};
/// These need no Torch, so that the window's form and the readers build without it.
const std::vector<std::string> folders_without_torch = {"config", "data", "studies", "cli", "include"};

struct Include {
    int line = 0;
    std::string target;
    bool quoted = false;
};

std::string read(const fs::path& file) {
    std::ifstream in(file);
    std::ostringstream content;
    content << in.rdbuf();
    return content.str();
}

std::vector<Include> includes_of(const std::string& text) {
    static const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    std::vector<Include> found;
    std::istringstream lines(text);
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        std::smatch match;
        if (std::regex_search(line, match, pattern)) found.push_back({number, match[2], match[1] == "\""});
    }
    return found;
}

bool starts_with_one_of(const std::string& text, const std::vector<std::string>& beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](const std::string& beginning) { return text.rfind(beginning, 0) == 0; });
}

bool is_torch(const std::string& target) { return starts_with_one_of(target, {"torch/", "ATen/", "c10/", "caffe2/"}); }
bool is_qt(const std::string& target) { return std::regex_search(target, std::regex(R"(^(Q[A-Z]|Qt))")); }
bool is_yaml(const std::string& target) { return starts_with_one_of(target, {"yaml-cpp/"}); }
bool is_public(const std::string& target) { return starts_with_one_of(target, {"resonate/"}); }

std::string first_folder(const std::string& path) {
    const size_t slash = path.find('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

/// Why the engine's file in `folder` may not include it.
std::optional<std::string> engine_objection(const std::string& folder, const Include& include) {
    const std::string& target = include.target;
    if (is_qt(target)) return "the engine knows no Qt";
    if (is_yaml(target) && folder != "config") return "YAML is read in engine/config only";
    if (is_torch(target) &&
        std::find(folders_without_torch.begin(), folders_without_torch.end(), folder) != folders_without_torch.end())
        return "engine/" + folder + " knows no Torch";
    if (!include.quoted || is_public(target)) return std::nullopt;
    const std::string other = first_folder(target);
    if (folder == "include") return "public headers include standard and public headers only";
    if (other == folder || (other == "config" && folder != "cli")) return std::nullopt;
    const auto from = engine_layers.find(folder);
    const auto to = engine_layers.find(other);
    if (folder == "cli") return "the command line uses the public headers";
    if (folder == "config") return "the configuration knows no other layer";
    if (to == engine_layers.end()) return "there is no layer '" + other + "'";
    if (from == engine_layers.end() || from->second <= to->second)
        return "engine/" + folder + " may not know engine/" + other;
    return std::nullopt;
}

std::optional<std::string> app_objection(const fs::path& root, const Include& include) {
    const std::string& target = include.target;
    if (is_torch(target)) return "the window knows no Torch";
    if (is_yaml(target)) return "YAML is read in engine/config only";
    if (!include.quoted || is_public(target) || target.ends_with(".moc")) return std::nullopt;
    if (!fs::exists(root / "app" / target)) return "the window uses the engine through resonate/ headers only";
    return std::nullopt;
}

/// Is the file named in the CMakeLists.txt of its folder or of one above it?
bool is_listed(const fs::path& root, const fs::path& file) {
    for (fs::path folder = file.parent_path();; folder = folder.parent_path()) {
        const std::string name = fs::relative(file, folder).generic_string();
        std::istringstream words(read(folder / "CMakeLists.txt"));
        for (std::string word; words >> word;) {
            word.erase(std::remove_if(word.begin(), word.end(), [](char c) { return c == '(' || c == ')'; }),
                       word.end());
            if (word == name || word.ends_with("/" + fs::relative(file, root).generic_string())) return true;
        }
        if (folder == root) return false;
    }
}

}  // namespace

std::vector<std::string> broken_rules(const fs::path& root) {
    std::vector<std::string> broken;
    for (const char* top : {"engine", "app", "tests", "cmake"}) {
        if (!fs::exists(root / top)) continue;
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / top)) {
            if (!entry.is_regular_file()) continue;
            const fs::path& file = entry.path();
            const std::string name = fs::relative(file, root).generic_string();
            const std::string text = read(file);
            if (file.filename() == "CMakeLists.txt" || file.extension() == ".cmake") {
                if (text.find("file(GLOB") != std::string::npos)
                    broken.push_back(name + ": file(GLOB) found; list the sources");
                continue;
            }
            if (file.extension() != ".cpp" && file.extension() != ".h") continue;
            const std::string inside = fs::relative(file, root / top).generic_string();
            const std::string public_name =
                inside.rfind("include/", 0) == 0 ? inside.substr(std::string("include/").size()) : name;
            if (text.rfind("// " + public_name + ": ", 0) != 0)
                broken.push_back(name + ":1: expected '// " + public_name + ": ' and the shortest true sentence");
            if (file.extension() == ".cpp" && !is_listed(root, file)) broken.push_back(name + ": in no CMakeLists.txt");
            for (const Include& include : includes_of(text)) {
                std::optional<std::string> objection;
                if (std::string(top) == "engine") objection = engine_objection(first_folder(inside), include);
                if (std::string(top) == "app") objection = app_objection(root, include);
                if (objection)
                    broken.push_back(name + ":" + std::to_string(include.line) + ": includes " + include.target + ": " +
                                     *objection);
            }
        }
    }
    std::sort(broken.begin(), broken.end());
    return broken;
}

}  // namespace resonate::tests
