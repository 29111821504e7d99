// app/exports/figure_record.h: what made a figure: kept inside the exported file, and found there again.
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <utility>

#include "resonate/experiment_config.h"

namespace resonate::app {

/// Empty where it is not known.
struct FigureRecord {
    QString run;         ///< name of the run's folder, which is its id
    QString preset;      ///< "ecg_brf", or "ecg_brf, changed"
    QString seed;        ///< training.seed
    QString epoch;       ///< epoch that shows
    QString sample;      ///< test sample that shows
    QString neurons;     ///< selected, in their order: "3 17"
    QString program;     ///< "0.1.0"
    QString experiment;  ///< the complete experiment as YAML

    /// Says it what to open?
    bool opens() const { return !run.isEmpty() || !experiment.isEmpty(); }
    bool operator==(const FigureRecord&) const = default;
};

/// As FigureRecord::neurons has them.
QString neuronsText(const QList<int>& neurons);
/// What of it are numbers of neurons; the file may come from anywhere.
QList<int> neuronsOf(const FigureRecord& record);

/// Of a run with that experiment, which shows its probe sample: its preset is the one of data set and neuron, where
/// there is one.
FigureRecord recordOf(const ExperimentConfig& config, int epoch);
/// Names and values of what is known, in the order above.
QList<std::pair<QString, QString>> recordEntries(const FigureRecord& record);
/// The same as texts of a PNG file. The experiment is in Base64: programs that read such texts, Qt among them, take the
/// line breaks and indentation away.
QList<std::pair<QString, QString>> recordAsPngTexts(const FigureRecord& record);

/// RDF for the <metadata> of an SVG file, which has a title of its own.
QByteArray recordAsRdf(const FigureRecord& record, const QString& origin);
/// The same as the XMP packet of a PDF file.
QByteArray recordAsXmp(const FigureRecord& record, const QString& title, const QString& origin);
/// The experiment as YAML that opens it again, after comments with the rest: for beside a CSV file.
QByteArray recordAsYaml(const FigureRecord& record, const QString& title);

/// Reads what an exported PNG, SVG, PDF or GIF file carries; knows them by their content. Bounded in size, loads
/// nothing else. Throws DataError with one sentence where the file cannot be read or was not exported by this program.
FigureRecord readRecord(const QString& file);

}  // namespace resonate::app
