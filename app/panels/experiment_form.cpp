// app/panels/experiment_form.cpp: see experiment_form.h.
#include "panels/experiment_form.h"

#include <QEvent>
#include <QGridLayout>
#include <QGroupBox>
#include <QResizeEvent>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

namespace resonate::app {

ExperimentForm::ExperimentForm(QWidget* parent) : QScrollArea(parent) {
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 6, 0);
    QGroupBox* group = nullptr;
    QGridLayout* grid = nullptr;
    for (const Field& field : field_catalogue()) {
        if (field.group == "Experiment") continue;
        const QString title = QString::fromStdString(field.group);
        if (!group || group->title() != title) {
            group = new QGroupBox(title);
            // Not a QFormLayout: that of Qt 6.4 writes beyond its arrays where rows whose height depends on their
            // width come and go.
            grid = new QGridLayout(group);
            grid->setColumnStretch(1, 1);
            grid->setHorizontalSpacing(8);
            grid->setVerticalSpacing(4);
            column->addWidget(group);
        }
        add(new FieldRow(field, group), grid);
        if (field.path == "dataset.name") {
            m_datasetNotes = new QGridLayout;
            grid->addLayout(m_datasetNotes, grid->rowCount(), 0, 1, 2);
        }
    }
    column->addStretch(1);
    setWidget(content);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    fit();
}

/// Fields are never cut off sideways: the form is as wide as its widest one.
void ExperimentForm::fit() {
    for (FieldRow* row : m_order) row->fit();
    widget()->layout()->activate();
    setMinimumWidth(widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width());
}

void ExperimentForm::fitUntilSettled(int turns) {
    QTimer::singleShot(0, this, [this, turns] {
        const int before = minimumWidth();
        fit();
        if (minimumWidth() != before || turns > 1) return fitUntilSettled(turns - 1);
        Q_EMIT fitted();
    });
}

/// Before they are shown, its parts do not know what the style adds to them.
void ExperimentForm::showEvent(QShowEvent* event) {
    QScrollArea::showEvent(event);
    fitUntilSettled(1);
}

void ExperimentForm::changeEvent(QEvent* event) {
    QScrollArea::changeEvent(event);
    if (event->type() != QEvent::FontChange || !widget()) return;
    // The rows hear of it after the form, and the layouts around them one after the other, each by an event.
    QTimer::singleShot(0, this, [this] {
        for (FieldRow* row : m_order) row->fit();
        constexpr int leastTurns = 3;
        fitUntilSettled(leastTurns);
    });
}

/// Help or an estimate below the form takes of its height. A row that the user has scrolled away stays away.
void ExperimentForm::resizeEvent(QResizeEvent* event) {
    const FieldRow* row = focusedRow();
    const QRect seen(-widget()->pos(), event->oldSize());
    const bool wasSeen =
        row && seen.intersects({row->editorBox()->mapTo(widget(), QPoint()), row->editorBox()->size()});
    QScrollArea::resizeEvent(event);
    const QSize lost = event->oldSize() - event->size();
    if (wasSeen && (lost.width() > 0 || lost.height() > 0)) reveal(row);
}

bool ExperimentForm::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) {
        const auto* resize = static_cast<QResizeEvent*>(event);
        const FieldRow* row = focusedRow();
        // A problem has appeared below its editor. The form can scroll to it when the layouts around it are done.
        if (row && row->editorBox() == watched && resize->size().height() > resize->oldSize().height())
            QTimer::singleShot(0, this, [this, row] { reveal(row); });
    }
    return QScrollArea::eventFilter(watched, event);
}

FieldRow* ExperimentForm::focusedRow() const {
    const QWidget* focus = window()->focusWidget();
    for (FieldRow* row : m_order)
        if (row->editorBox()->isAncestorOf(focus)) return row;
    return nullptr;
}

void ExperimentForm::reveal(const FieldRow* row) { ensureWidgetVisible(row->editorBox(), 0, 40); }

void ExperimentForm::add(FieldRow* row, QGridLayout* grid) {
    const int line = grid->rowCount();
    grid->addWidget(row->label(), line, 0, Qt::AlignTop);
    grid->addWidget(row->editorBox(), line, 1);
    const std::string& path = row->field().path;
    if (path == "dataset.path" || path == "dataset.permutation_file") {
        QToolButton* browse = row->addButton(QStringLiteral("…"), tr("Choose the files"));
        connect(browse, &QToolButton::clicked, this, [this, row] { Q_EMIT browseRequested(row); });
    }
    m_rows.insert(QString::fromStdString(path), row);
    m_order.push_back(row);
    row->editorBox()->installEventFilter(this);
    connect(row, &FieldRow::edited, this, [this, row] { Q_EMIT edited(row); });
    connect(row, &FieldRow::committed, this, [this, row] { Q_EMIT committed(row); });
    connect(row, &FieldRow::applyRequested, this, [this, row] { Q_EMIT applyRequested(row); });
    connect(row, &FieldRow::resetRequested, this, [this, row] { Q_EMIT resetRequested(row); });
    connect(row, &FieldRow::helpRequested, this, [this, row] { Q_EMIT helpRequested(row); });
    connect(row, &FieldRow::focused, this, [this, row] { Q_EMIT focused(row); });
    connect(row, &FieldRow::left, this, [this, row] { Q_EMIT left(row); });
}

void ExperimentForm::addBelowDataset(QWidget* widget) {
    m_datasetNotes->addWidget(widget, m_datasetNotes->rowCount(), 0);
}

bool ExperimentForm::show(const QString& path, bool focus) {
    FieldRow* wanted = row(path);
    if (!wanted || wanted->editorBox()->isHidden()) return false;
    reveal(wanted);
    if (focus) wanted->editor()->setFocus(Qt::OtherFocusReason);
    return true;
}

}  // namespace resonate::app
