// app/panels/field_values_box.cpp: see field_values_box.h.
#include "panels/field_values_box.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "models/value_list.h"
#include "resonate/config_io.h"
#include "resonate/error.h"

namespace resonate::app {
namespace {

/// Fields that decide what is computed, and the seed first: it is in nearly every study.
void fill(QComboBox* box) {
    const auto add = [box](const Field& field) {
        box->addItem(
            QStringLiteral("%1: %2").arg(QString::fromStdString(field.group), QString::fromStdString(field.label)),
            QString::fromStdString(field.path));
        box->setItemData(box->count() - 1, QString::fromStdString(field.help), Qt::ToolTipRole);
    };
    if (const Field* seed = find_field("training.seed")) add(*seed);
    for (const Field& field : field_catalogue())
        if (field.group != "Experiment" && field.path != "training.seed") add(field);
}

std::string pathOf(const QComboBox* box) { return box->currentData().toString().toStdString(); }

}  // namespace

FieldValuesBox::FieldValuesBox(const QString& name, bool several, QWidget* parent)
    : QWidget(parent), m_name(name), m_several(several), m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(4);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* add = new QPushButton(several ? tr("Add axis") : tr("Add setting"));
    add->setToolTip(several ? tr("Another field whose values are combined with all others")
                            : tr("Another field that has this value in every run"));
    m_column->addWidget(add, 0, Qt::AlignLeft);
    connect(add, &QPushButton::clicked, this, [this] {
        addRow();
        m_rows.back().field->setFocus();
        Q_EMIT edited();
    });
}

void FieldValuesBox::append(const std::string& path, const QString& values) {
    auto* line = new QWidget;
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    auto* field = new QComboBox;
    fill(field);
    field->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    field->setMinimumContentsLength(18);
    field->setAccessibleName(tr("%1: field").arg(m_name));
    int at = field->findData(QString::fromStdString(path));
    if (at < 0) {
        at = field->count();
        field->addItem(QString::fromStdString(path), QString::fromStdString(path));
    }
    field->setCurrentIndex(at);
    auto* edit = new QLineEdit(values);
    edit->setAccessibleName(tr("%1: values").arg(m_name));
    auto* remove = new QToolButton;
    remove->setText(QStringLiteral("×"));
    remove->setAutoRaise(true);
    remove->setToolTip(tr("Remove this field"));
    remove->setAccessibleName(tr("%1: remove").arg(m_name));
    row->addWidget(field, 3);
    row->addWidget(edit, 4);
    row->addWidget(remove);
    m_column->insertWidget(m_column->count() - 1, line);
    m_rows.push_back({line, field, edit});
    explain(m_rows.back());
    connect(field, &QComboBox::activated, this, [this, field] {
        for (const Row& known : m_rows)
            if (known.field == field) explain(known);
        Q_EMIT edited();
    });
    connect(edit, &QLineEdit::textEdited, this, &FieldValuesBox::edited);
    connect(remove, &QToolButton::clicked, this, [this, line] {
        std::erase_if(m_rows, [line](const Row& known) { return known.line == line; });
        line->hide();
        line->deleteLater();
        Q_EMIT edited();
    });
}

/// What the field means and which values it takes.
void FieldValuesBox::explain(const Row& row) const {
    const Field* field = find_field(pathOf(row.field));
    if (!field) return;
    QString text = QString::fromStdString(field->help);
    if (!field->choices.empty()) {
        QStringList choices;
        for (const std::string& choice : field->choices) choices << QString::fromStdString(choice);
        text += QLatin1Char('\n') + tr("One of: %1").arg(choices.join(QStringLiteral(", ")));
    }
    row.field->setToolTip(text);
    row.values->setToolTip(text);
    const bool whole = std::holds_alternative<std::int64_t>(field->get(ExperimentConfig()));
    row.values->setPlaceholderText(!m_several ? tr("value")
                                   : whole    ? tr("1-5, or 1, 2, 8")
                                              : tr("values, with commas"));
}

void FieldValuesBox::addRow() {
    for (int i = 0;; ++i) {
        QComboBox known;
        fill(&known);
        if (i >= known.count()) return;
        const std::string path = known.itemData(i).toString().toStdString();
        if (std::none_of(m_rows.begin(), m_rows.end(), [&](const Row& row) { return pathOf(row.field) == path; }))
            return append(path, QString());
    }
}

void FieldValuesBox::setRows(const Rows& rows) {
    for (const Row& row : m_rows) {
        row.line->hide();
        row.line->deleteLater();
    }
    m_rows.clear();
    for (const auto& [path, values] : rows)
        append(path, m_several || values.empty() ? textFromValues(values) : QString::fromStdString(values.front()));
}

FieldValuesBox::Rows FieldValuesBox::rows() const {
    Rows all;
    for (const Row& row : m_rows) {
        const std::string path = pathOf(row.field);
        if (!m_several) {
            all.push_back({path, {row.values->text().trimmed().toStdString()}});
            continue;
        }
        try {
            all.push_back({path, valuesFromText(path, row.values->text())});
        } catch (const ConfigError& error) {
            throw ConfigError(path + ": " + error.what());
        }
    }
    return all;
}

}  // namespace resonate::app
