// app/session/open_target.h: what a name, file or folder is that the user wants to open, wherever it came from.
#pragma once

#include <QList>
#include <QString>
#include <optional>

#include "resonate/experiment_config.h"

namespace resonate::app {

struct OpenTarget {
    enum class Kind {
        Experiment,  ///< `config`, to be shown in the form under the name `name`
        Run,         ///< the run folder `path`
        OwnData,     ///< data of the user's own at `path`; `name` is the set's: "own_arrays" …
    };
    Kind kind = Kind::Experiment;
    QString path;
    QString name;
    ExperimentConfig config;
    std::optional<int> epoch;   ///< of the run, where a checkpoint or figure of one was named
    std::optional<int> sample;  ///< of the test set, where a figure showed one
    QList<int> neurons;         ///< selected where a figure of the run was made
    QString note;               ///< a sentence that says what was opened where that is not what was named; else ""
};

/// Command line, menu, drops and recent experiments all ask here: a preset's name, an experiment or definition (.yaml),
/// a run folder, a checkpoint or another file in one, an exported figure, a file or folder of own data. `runsDir`:
/// where runs of figures are looked for. Reads small files only. Throws ConfigError, DataError or RunError with one
/// sentence where it is nothing that can be opened.
OpenTarget openTarget(const QString& what, const QString& runsDir);

}  // namespace resonate::app
