// app/workspaces/data_workspace_actions.cpp: what the cards of Data do: jobs with files, own data, a training.
#include <QDir>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <memory>
#include <utility>

#include "panels/arrays_dialog.h"
#include "panels/own_data_dialog.h"
#include "session/dataset_lookup.h"
#include "session/experiment_for.h"
#include "session/own_data_list.h"
#include "session/window_context.h"
#include "workspaces/data_workspace.h"

namespace resonate::app {

void DataWorkspace::act(DatasetCard* card, DatasetAction action) {
    const QString name = nameOf(card);
    DatasetJobs& jobs = context()->jobs();
    if (action != DatasetAction::Cancel) {
        m_notes.remove(keyOf(card->dataset()));
        refreshCard(card);
    }
    switch (action) {
        case DatasetAction::Download: jobs.download(name); break;
        case DatasetAction::Cancel: jobs.cancel(name); break;
        case DatasetAction::Import: importFiles(card); break;
        case DatasetAction::Verify: card->info().own ? checkOwnData(card) : jobs.verify(name); break;
        case DatasetAction::Remove: askToRemove(card); break;
        case DatasetAction::Train: train(card->dataset(), card->info()); break;
    }
}

void DataWorkspace::importFiles(DatasetCard* card) {
    const QString chosen =
        QFileDialog::getExistingDirectory(this, tr("Folder with the files of %1").arg(titleOf(card)));
    if (!chosen.isEmpty()) context()->jobs().import(nameOf(card), chosen.toStdString());
}

void DataWorkspace::askToRemove(DatasetCard* card) {
    if (card->info().own) {
        m_own->remove(card->dataset());
        return;
    }
    QStringList sharing;
    for (const DatasetInfo& info : dataset_catalogue())
        if (info.folder == card->info().folder && info.name != card->info().name)
            sharing << QString::fromStdString(info.title);
    const QString folder =
        QDir::toNativeSeparators(context()->dataDir() + QLatin1Char('/') + QString::fromStdString(card->info().folder));
    QString text = tr("The files in %1 are deleted.").arg(folder);
    if (!sharing.isEmpty())
        text += QLatin1Char(' ') + tr("%1 uses them as well.").arg(sharing.join(QStringLiteral(", ")));
    QMessageBox question(QMessageBox::Question, tr("Remove %1?").arg(titleOf(card)), text, QMessageBox::NoButton, this);
    QAbstractButton* remove = question.addButton(tr("Remove"), QMessageBox::DestructiveRole);
    question.addButton(QMessageBox::Cancel);
    question.exec();
    if (question.clickedButton() == remove) context()->jobs().remove(nameOf(card));
}

/// Opening own data reads all of it.
void DataWorkspace::checkOwnData(DatasetCard* card) {
    m_lookups.value(card)->look(card->dataset(), true);
    m_shown.clear();
    choose(card);
    openSamples();
}

void DataWorkspace::train(const DatasetConfig& dataset, const DatasetInfo& info) {
    context()->guarded([&] {
        const ProposedExperiment proposed = experimentFor(dataset, info);
        Q_EMIT context()->experimentWanted(proposed.preset, proposed.config);
    });
}

void DataWorkspace::addOwnData(const QString& kind, const QString& path) {
    const std::filesystem::path dataDir = context()->dataDir().toStdString();
    const std::unique_ptr<OwnDataDialog> dialog = kind == QLatin1String("own_arrays")
                                                      ? std::unique_ptr<OwnDataDialog>(new ArraysDialog(dataDir, this))
                                                      : std::make_unique<OwnDataDialog>(kind, dataDir, this);
    if (!path.isEmpty()) dialog->setPath(path);
    if (dialog->exec() != QDialog::Accepted) return;
    const DatasetConfig dataset = dialog->dataset();
    m_own->add(dataset);
    DatasetCard* added = card(QString::fromStdString(dataset.name), QString::fromStdString(dataset.path));
    choose(added);
    if (dialog->trainWanted()) context()->guarded([&] { train(dataset, describe_dataset(dataset)); });
}

void DataWorkspace::onEnded(const DatasetJobs::End& end) {
    Note note;
    note.text = end.sentence;
    note.isError = end.result == DatasetJobs::Result::Failed;
    note.damaged = note.isError && end.kind == DatasetJobs::Kind::Verify;
    if (end.result == DatasetJobs::Result::Cancelled && end.kind == DatasetJobs::Kind::Download)
        note.text = tr("Stopped. What has come already is kept; Download goes on from there.");
    DatasetConfig dataset;
    dataset.name = end.dataset.toStdString();
    if (note.text.isEmpty())
        m_notes.remove(keyOf(dataset));
    else
        m_notes.insert(keyOf(dataset), note);
    if (end.kind == DatasetJobs::Kind::Verify) {
        refreshCards();
    } else if (end.result == DatasetJobs::Result::Done) {
        // What a set looked like belongs to the files it had.
        for (DatasetCard* card : std::as_const(m_published)) {
            if (!sharesFiles(card, end.dataset)) continue;
            card->setPicture(nullptr);
            if (card == m_chosen) m_shown.clear();
        }
    }
    refreshStatus();
    if (context()->jobs().isIdle() && std::exchange(m_closing, false)) Q_EMIT closePrepared();
}

}  // namespace resonate::app
