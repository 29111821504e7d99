// app/panels/study_form.cpp: see study_form.h.
#include "panels/study_form.h"

#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>

#include "panels/check_delegate.h"
#include "panels/field_values_box.h"
#include "resonate/config_io.h"

namespace resonate::app {

StudyForm::StudyForm(QWidget* parent)
    : QWidget(parent),
      m_name(new QLineEdit),
      m_title(new QLineEdit),
      m_description(new QLineEdit),
      m_presets(new QListWidget),
      m_settings(new FieldValuesBox(tr("Same in every run"), false)),
      m_axes(new FieldValuesBox(tr("Axes"), true)),
      m_jobs(new QSpinBox),
      m_threads(new QSpinBox) {
    auto* form = new QFormLayout(this);
    form->setContentsMargins(10, 8, 10, 8);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto add = [form](const QString& text, QWidget* editor, const QString& meaning) {
        auto* label = new QLabel(text);
        label->setBuddy(editor);
        if (editor->accessibleName().isEmpty()) editor->setAccessibleName(QString(text).remove(QLatin1Char('&')));
        if (!meaning.isEmpty()) editor->setToolTip(meaning);
        form->addRow(label, editor);
    };
    add(tr("&Name"), m_name, tr("Letters, digits, _ and -: its folder, and what it is continued by"));
    add(tr("&Title"), m_title, tr("As lists and figures show it"));
    add(tr("&Description"), m_description, {});
    m_presets->setItemDelegate(new CheckDelegate(m_presets));
    m_presets->setMinimumHeight(110);
    m_presets->setMaximumHeight(170);
    add(tr("&Presets"), m_presets, tr("Each is run with every combination of the axes"));
    add(tr("In every run"), m_settings, {});
    add(tr("&Axes"), m_axes, {});
    m_jobs->setRange(1, 64);
    m_jobs->setToolTip(tr("How many runs train at the same time"));
    m_jobs->setAccessibleName(tr("Runs at once"));
    m_threads->setRange(0, 1024);
    m_threads->setSpecialValueText(tr("cores / runs"));
    m_threads->setToolTip(tr("Worker threads of each run; 0: physical cores divided by the runs at once"));
    m_threads->setAccessibleName(tr("Threads of each run"));
    auto* both = new QWidget;
    both->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_jobs);
    row->addWidget(new QLabel(tr("threads of each")));
    row->addWidget(m_threads);
    row->addStretch(1);
    form->addRow(tr("Runs at once"), both);

    for (QLineEdit* edit : {m_name, m_title, m_description})
        connect(edit, &QLineEdit::textEdited, this, &StudyForm::edited);
    connect(m_presets, &QListWidget::itemChanged, this, &StudyForm::edited);
    for (FieldValuesBox* box : {m_settings, m_axes}) connect(box, &FieldValuesBox::edited, this, &StudyForm::edited);
    for (QSpinBox* box : {m_jobs, m_threads}) connect(box, &QSpinBox::valueChanged, this, &StudyForm::edited);
}

void StudyForm::setStudy(const StudyConfig& study) {
    const QSignalBlocker quiet(this), quietList(m_presets);
    // Typed into, the field is left as it is: the cursor would jump.
    const auto show = [](QLineEdit* edit, const std::string& text) {
        if (edit->text().toStdString() == text) return;
        edit->setText(QString::fromStdString(text));
        edit->setCursorPosition(0);
    };
    show(m_name, study.name);
    show(m_title, study.title);
    show(m_description, study.description);
    m_order = study.presets;
    m_presets->clear();
    const auto addPreset = [&](const QString& name, const QString& title, const QString& meaning) {
        auto* item = new QListWidgetItem(title, m_presets);
        item->setData(Qt::UserRole, name);
        item->setToolTip(meaning);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        const bool chosen = std::find(m_order.begin(), m_order.end(), name.toStdString()) != m_order.end();
        item->setCheckState(chosen ? Qt::Checked : Qt::Unchecked);
        return item;
    };
    QListWidgetItem* first = nullptr;
    QStringList known;
    for (const Preset& preset : list_presets()) {
        known << QString::fromStdString(preset.name);
        QListWidgetItem* item =
            addPreset(known.last(), QStringLiteral("%1  (%2)").arg(QString::fromStdString(preset.title), known.last()),
                      QString::fromStdString(preset.description));
        if (!first && item->checkState() == Qt::Checked) first = item;
    }
    for (const std::string& name : m_order) {
        const QString text = QString::fromStdString(name);
        if (!known.contains(text)) addPreset(text, QFileInfo(text).fileName(), text);
    }
    if (first) m_presets->scrollToItem(first, QAbstractItemView::PositionAtTop);
    FieldValuesBox::Rows settings, axes;
    for (const StudySetting& setting : study.settings) settings.push_back({setting.path, {setting.value}});
    for (const StudyAxis& axis : study.axes) axes.push_back({axis.path, axis.values});
    m_settings->setRows(settings);
    m_axes->setRows(axes);
    m_jobs->setValue(study.jobs);
    m_threads->setValue(study.threads);
}

StudyConfig StudyForm::study() const {
    StudyConfig study;
    study.name = m_name->text().trimmed().toStdString();
    study.title = m_title->text().toStdString();
    study.description = m_description->text().toStdString();
    std::vector<std::string> chosen;
    for (int i = 0; i < m_presets->count(); ++i)
        if (m_presets->item(i)->checkState() == Qt::Checked)
            chosen.push_back(m_presets->item(i)->data(Qt::UserRole).toString().toStdString());
    // In the order the study had them; new ones follow.
    for (const std::string& name : m_order)
        if (std::erase(chosen, name) > 0) study.presets.push_back(name);
    study.presets.insert(study.presets.end(), chosen.begin(), chosen.end());
    for (const auto& [path, values] : m_settings->rows()) study.settings.push_back({path, values.front()});
    for (const auto& [path, values] : m_axes->rows()) study.axes.push_back({path, values});
    study.jobs = m_jobs->value();
    study.threads = m_threads->value();
    return study;
}

}  // namespace resonate::app
