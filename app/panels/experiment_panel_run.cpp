// app/panels/experiment_panel_run.cpp: the form and runs: one from disk, and one that trains: what acts on it, and what
// is for the next one.
#include <QLabel>

#include "models/text.h"
#include "panels/experiment_panel.h"
#include "session/experiment_for.h"

namespace resonate::app {

void ExperimentPanel::setRun(const StoredRun& run) {
    const ExperimentConfig config = experimentOf(run);
    const ProposedExperiment made = presetOf(config).value_or(ProposedExperiment{{}, config});
    open({made.preset, made.config, config, {}, config}, tr("Run of %1").arg(experimentName(config)));
}

void ExperimentPanel::setTraining(bool training, const ExperimentConfig& runConfig) {
    m_running->setVisible(training);
    if (!training && !m_run) return;
    if (training)
        m_run = runConfig;
    else
        m_run.reset();
    m_refused.clear();
    for (FieldRow* row : m_form->rows()) {
        row->setLive(training && row->field().change != FieldChange::restart);
        refreshRunNote(row);
    }
}

void ExperimentPanel::refreshRunNote(FieldRow* row) {
    const Field& field = row->field();
    const QString path = QString::fromStdString(field.path);
    if (!m_run || field.get(config()) == field.get(*m_run) || !field.applies(config()))
        return row->setRunNote({}, false, false);
    if (m_refused.contains(path)) return row->setRunNote(m_refused.value(path), true, false);
    const QString has = shownValue(path, {{}, *m_run, *m_run, {}, *m_run});
    switch (field.change) {
        case FieldChange::restart:
            return row->setRunNote(tr("For the next run; this one has %1.").arg(has), false, false);
        case FieldChange::now: row->setRunNote(tr("The run has %1.").arg(has), false, true); break;
        case FieldChange::next_epoch:
            row->setRunNote(tr("The run has %1; acts with its next epoch.").arg(has), false, true);
            break;
    }
    row->applyButton()->setEnabled(row->problemLabel()->isHidden());
}

/// The value is whole when the user says so: half a number is never sent.
void ExperimentPanel::apply(FieldRow* row) {
    const Field& field = row->field();
    const QString path = QString::fromStdString(field.path);
    if (!m_run || field.change == FieldChange::restart || !row->problemLabel()->isHidden()) return;
    if (field.get(config()) == field.get(*m_run)) return;
    m_refused.remove(path);
    Q_EMIT changeWanted(path, QString::fromStdString(field_text(field, config())));
}

void ExperimentPanel::showRunChange(const QString& path, const QString& to) {
    const Field* field = find_field(path.toStdString());
    if (!m_run || !field) return;
    set_field(*m_run, field->path, to.toStdString());
    m_refused.remove(path);
    // The form stays as it is: who looks at another sequence of the run does not edit the experiment.
    if (FieldRow* changed = row(path)) refreshRunNote(changed);
}

void ExperimentPanel::showRefusal(const QString& path, const QString& sentence) {
    m_refused.insert(path, sentence);
    if (FieldRow* refused = row(path)) refreshRunNote(refused);
}

}  // namespace resonate::app
