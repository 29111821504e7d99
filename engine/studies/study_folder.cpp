// engine/studies/study_folder.cpp: see study_folder.h.
#include "studies/study_folder.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <system_error>

#include "data/digest.h"
#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/experiment_identity.h"
#include "resonate/run_store.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int state_schema = 1;
constexpr std::size_t key_length = 16;
constexpr MemberStatus statuses[] = {MemberStatus::waiting,     MemberStatus::running,  MemberStatus::finished,
                                     MemberStatus::interrupted, MemberStatus::diverged, MemberStatus::failed,
                                     MemberStatus::skipped};

Json to_json(const MemberState& member) {
    Json json{{"key", member.key},
              {"label", member.label},
              {"status", to_string(member.status)},
              {"run", member.run},
              {"message", member.message},
              {"epochs", member.epochs},
              {"epochs_done", member.epochs_done},
              {"seconds", member.seconds}};
    if (member.accuracy) json["accuracy"] = *member.accuracy;
    if (member.selected_accuracy) json["selected_accuracy"] = *member.selected_accuracy;
    return json;
}

/// Keys and names of folders become parts of paths: nothing in them may lead elsewhere.
std::string plain(const Json& json, const char* key) {
    const std::string text = json.at(key);
    if (text.find('/') != std::string::npos || text == "." || text == "..")
        throw RunError(std::string("'") + key + "' is no name of a file: '" + text + "'");
    return text;
}

MemberState from_json(const Json& json) {
    MemberState member;
    member.key = plain(json, "key");
    member.label = json.at("label");
    const std::string status = json.at("status");
    for (const MemberStatus known : statuses)
        if (to_string(known) == status) member.status = known;
    member.run = plain(json, "run");
    member.message = json.value("message", "");
    member.epochs = json.value("epochs", 0);
    member.epochs_done = json.value("epochs_done", 0);
    member.seconds = json.value("seconds", 0.0);
    if (json.contains("accuracy")) member.accuracy = json["accuracy"].get<double>();
    if (json.contains("selected_accuracy")) member.selected_accuracy = json["selected_accuracy"].get<double>();
    return member;
}

FileLock take(const fs::path& folder) {
    try {
        if (auto lock = FileLock::try_take(folder / "lock")) return std::move(*lock);
    } catch (const std::system_error& error) {
        throw RunError((folder / "lock").string() + ": " + error.what() + "; check the permissions of its folder");
    }
    throw RunError(folder.string() + ": another program runs this study; wait until it ends, or stop it");
}

}  // namespace

std::string to_string(MemberStatus status) {
    switch (status) {
        case MemberStatus::waiting: return "waiting";
        case MemberStatus::running: return "running";
        case MemberStatus::finished: return "finished";
        case MemberStatus::interrupted: return "interrupted";
        case MemberStatus::diverged: return "diverged";
        case MemberStatus::failed: return "failed";
        case MemberStatus::skipped: return "skipped";
    }
    return {};
}

std::string member_key(const ExperimentConfig& config) {
    Digest digest(Hash::sha256);
    digest.add(experiment_identity(config));
    return digest.hex().substr(0, key_length);
}

fs::path studies_dir(const fs::path& runs_dir) { return runs_dir / ".studies"; }

std::vector<MemberState> read_study_state(const fs::path& study_folder) {
    const fs::path file = study_folder / "state.json";
    std::error_code failure;
    if (!fs::exists(file, failure)) return {};
    std::ifstream stream(file);
    Json json;
    try {
        json = Json::parse(stream, nullptr, /*allow_exceptions=*/false);
    } catch (const std::ios_base::failure& error) {
        // A folder of that name, or a disk that fails.
        throw RunError(file.string() + ": cannot be read: " + error.what() + "; move " + study_folder.string() +
                       " away to begin the study anew");
    }
    const std::string remedy = "; its runs are whole: move " + study_folder.string() + " away to begin the study anew";
    if (!json.is_object() || !json.contains("members"))
        throw RunError(file.string() + ": expected the state of a study, found something else" + remedy);
    std::vector<MemberState> members;
    try {
        if (json.value("schema", 0) > state_schema)
            throw ConfigError(file.string() + ": was written by a newer Resonate: update this one");
        for (const Json& member : json.at("members")) members.push_back(from_json(member));
    } catch (const Json::exception&) {
        throw RunError(file.string() + ": an entry is missing or of another type" + remedy);
    } catch (const RunError& error) {
        throw RunError(file.string() + ": " + error.what() + remedy);
    }
    return members;
}

StudyFolder::StudyFolder(const fs::path& runs_dir, const std::string& name)
    : path_(fs::absolute(studies_dir(runs_dir) / name)) {
    std::error_code failure;
    for (const char* inside : {"experiments", "logs"}) {
        fs::create_directories(path_ / inside, failure);
        if (failure)
            throw RunError((path_ / inside).string() + ": the folder cannot be made: " + failure.message() +
                           "; choose another folder for runs");
    }
    lock_ = take(path_);
}

fs::path StudyFolder::experiment(const MemberState& member) const {
    return path_ / "experiments" / (member.key + ".yaml");
}
fs::path StudyFolder::output(const MemberState& member) const { return path_ / "logs" / (member.key + ".json"); }
fs::path StudyFolder::log(const MemberState& member) const { return path_ / "logs" / (member.key + ".log"); }

bool StudyFolder::begun() const {
    std::error_code failure;
    return fs::exists(path_ / "state.json", failure);
}

std::vector<StudyRun> StudyFolder::members(const std::vector<StudyMember>& study) const {
    // A newer program may know more fields, and hash them: what was stored is read by this one, and then compared.
    std::map<std::string, MemberState> stored;
    for (const MemberState& state : read_study_state(path_)) {
        try {
            stored[experiment_identity(load_experiment(experiment(state)))] = state;
        } catch (const ConfigError& error) {
            throw RunError(std::string(error.what()) + "; move " + path_.string() + " away to begin the study anew");
        }
    }
    std::vector<StudyRun> members;
    for (const StudyMember& member : study) {
        StudyRun run{{}, member.config};
        if (const auto found = stored.find(experiment_identity(member.config)); found != stored.end())
            run.state = found->second;
        else
            run.state.key = member_key(member.config);
        run.state.label = member.label;
        run.state.epochs = member.config.training.epochs;
        members.push_back(std::move(run));
    }
    return members;
}

void StudyFolder::write_study(const StudyConfig& study, const std::vector<StudyRun>& members) const {
    write_file_atomically(path_ / "study.yaml", study_yaml(study));
    std::error_code failure;
    for (const StudyRun& member : members)
        if (!fs::exists(experiment(member.state), failure)) save_experiment(member.config, experiment(member.state));
}

void StudyFolder::write_state(const std::vector<StudyRun>& members) const {
    Json list = Json::array();
    for (const StudyRun& member : members) list.push_back(to_json(member.state));
    for (const MemberState& stored : read_study_state(path_))
        if (std::none_of(members.begin(), members.end(),
                         [&](const StudyRun& member) { return member.state.key == stored.key; }))
            list.push_back(to_json(stored));
    constexpr auto replace = Json::error_handler_t::replace;
    write_file_atomically(path_ / "state.json",
                          Json{{"schema", state_schema}, {"members", list}}.dump(1, ' ', false, replace) + "\n");
}

}  // namespace resonate
