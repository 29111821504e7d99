// app/panels/arrays_form.cpp: see arrays_form.h.
#include "panels/arrays_form.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>

namespace resonate::app {
namespace {

/// "x_train.npy: values, 120 × 50 × 3, float32"
QString textOf(const FoundArray& array) {
    QStringList extents;
    for (const std::int64_t extent : array.info.shape) extents << QString::number(extent);
    return QStringLiteral("%1: %2, %3, %4")
        .arg(QFileInfo(QString::fromStdString(array.source.file.string())).fileName(),
             QString::fromStdString(array.info.name), extents.join(QStringLiteral(" × ")),
             QString::fromStdString(array.info.type));
}

QString splitName(Split split) {
    switch (split) {
        case Split::train: return ArraysForm::tr("Training");
        case Split::validation: return ArraysForm::tr("Validation");
        case Split::test: break;
    }
    return ArraysForm::tr("Test");
}

}  // namespace

ArraysForm::ArraysForm(QWidget* parent)
    : QWidget(parent), m_firstLabel(new QSpinBox), m_testShare(new QDoubleSpinBox), m_title(new QLineEdit) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    int row = 0;
    for (const Split which : {Split::train, Split::test, Split::validation}) {
        Row& boxes = m_rows[static_cast<size_t>(which)];
        boxes.input = addBox(grid, tr("%1: input").arg(splitName(which)), row, 0,
                             tr("Array with the sequences: what the network sees"));
        boxes.labels = addBox(grid, tr("labels"), row, 2, tr("Array with the classes"));
        boxes.labels->setAccessibleName(tr("%1: labels").arg(splitName(which)));
        ++row;
    }
    m_axes = addBox(grid, tr("Axes of the input"), row, 0, tr("What the axes of the input arrays count, in order"));
    const std::pair<const char*, QString> axes[] = {
        {"NTI", tr("sequences × steps × inputs")},  {"NIT", tr("sequences × inputs × steps")},
        {"TNI", tr("steps × sequences × inputs")},  {"TIN", tr("steps × inputs × sequences")},
        {"INT", tr("inputs × sequences × steps")},  {"ITN", tr("inputs × steps × sequences")},
        {"NT", tr("sequences × steps, one input")}, {"TN", tr("steps × sequences, one input")}};
    for (const auto& [name, text] : axes) m_axes->addItem(text, QString::fromLatin1(name));
    m_form = addBox(grid, tr("Labels are"), row++, 2, tr("What the label arrays hold"));
    const std::pair<LabelForm, QString> forms[] = {{LabelForm::sequence, tr("one number per sequence")},
                                                   {LabelForm::step, tr("one number per step")},
                                                   {LabelForm::one_hot, tr("a 1 among zeros per sequence")},
                                                   {LabelForm::step_one_hot, tr("a 1 among zeros per step")}};
    for (const auto& [form, text] : forms) m_form->addItem(text, static_cast<int>(form));
    m_scaling = addBox(grid, tr("Scaling"), row, 0, tr("How values become the input of the network"));
    const std::pair<Scaling, QString> scalings[] = {{Scaling::none, tr("as they are")},
                                                    {Scaling::standardise, tr("mean 0, standard deviation 1")},
                                                    {Scaling::min_max, tr("0 to 1")}};
    for (const auto& [scaling, text] : scalings) m_scaling->addItem(text, static_cast<int>(scaling));
    const auto addEditor = [&](const QString& text, QWidget* editor, int column, const QString& meaning) {
        auto* label = new QLabel(text);
        label->setBuddy(editor);
        editor->setAccessibleName(text);
        editor->setToolTip(meaning);
        grid->addWidget(label, row, column);
        grid->addWidget(editor, row, column + 1);
    };
    m_firstLabel->setRange(0, 1);
    addEditor(tr("First class is number"), m_firstLabel, 2, tr("MATLAB and some files count from 1"));
    ++row;
    addEditor(tr("Title"), m_title, 0, tr("Name of the data set in lists and figures"));
    m_testShare->setRange(0.01, 0.9);
    m_testShare->setSingleStep(0.05);
    addEditor(tr("Share to test"), m_testShare, 2, tr("Part of the training sequences set apart, drawn at random"));
    connect(m_firstLabel, &QSpinBox::valueChanged, this, &ArraysForm::edited);
    connect(m_testShare, &QDoubleSpinBox::valueChanged, this, &ArraysForm::edited);
}

QComboBox* ArraysForm::addBox(QGridLayout* grid, const QString& text, int row, int column, const QString& meaning) {
    auto* label = new QLabel(text);
    auto* box = new QComboBox;
    label->setBuddy(box);
    box->setAccessibleName(text);
    box->setToolTip(meaning);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(16);
    grid->addWidget(label, row, column);
    grid->addWidget(box, row, column + 1);
    connect(box, &QComboBox::activated, this, [this] {
        enableParts();
        Q_EMIT edited();
    });
    return box;
}

void ArraysForm::fill(QComboBox* box, const ArraySource& chosen, const QString& none) const {
    const QSignalBlocker quiet(box);
    box->clear();
    if (!none.isEmpty()) box->addItem(none, -1);
    for (size_t i = 0; i < m_arrays.size(); ++i) {
        box->addItem(textOf(m_arrays[i]), static_cast<int>(i));
        box->setItemData(box->count() - 1, QString::fromStdString(m_arrays[i].source.file.string()), Qt::ToolTipRole);
        const bool same = m_arrays[i].source.file == chosen.file &&
                          (chosen.array.empty() || m_arrays[i].source.array == chosen.array);
        if (same) box->setCurrentIndex(box->count() - 1);
    }
}

void ArraysForm::setContents(const std::vector<FoundArray>& arrays, const ArraysDefinition& definition) {
    m_arrays = arrays;
    m_definition = definition;
    // Labels without a file of their own are in that of the input.
    const auto labelsOf = [](const ArraySplit& split) {
        ArraySource labels = split.labels;
        if (labels.file.empty()) labels.file = split.input.file;
        return labels;
    };
    const auto fillRow = [&](Split which, const std::optional<ArraySplit>& split, const QString& none) {
        const Row& row = m_rows[static_cast<size_t>(which)];
        fill(row.input, split ? split->input : ArraySource{}, none);
        fill(row.labels, split ? labelsOf(*split) : ArraySource{}, none.isEmpty() ? QString() : tr("none"));
    };
    fillRow(Split::train, definition.train, QString());
    fillRow(Split::test, definition.test, tr("none: a share of the training sequences"));
    fillRow(Split::validation, definition.validation, tr("none: drawn by each run"));
    const QSignalBlocker quiet(this);
    m_axes->setCurrentIndex(std::max(0, m_axes->findData(QString::fromStdString(definition.axes))));
    m_form->setCurrentIndex(m_form->findData(static_cast<int>(definition.labels)));
    m_scaling->setCurrentIndex(m_scaling->findData(static_cast<int>(definition.scaling)));
    m_firstLabel->setValue(definition.first_label);
    m_testShare->setValue(definition.test_fraction);
    m_title->setText(QString::fromStdString(definition.title));
    enableParts();
}

std::optional<ArraySplit> ArraysForm::split(Split which) const {
    const Row& row = m_rows[static_cast<size_t>(which)];
    const int input = row.input->currentData().toInt();
    if (row.input->currentIndex() < 0 || input < 0) return std::nullopt;
    ArraySplit chosen;
    chosen.input = m_arrays[static_cast<size_t>(input)].source;
    if (const int labels = row.labels->currentData().toInt(); row.labels->currentIndex() >= 0 && labels >= 0)
        chosen.labels = m_arrays[static_cast<size_t>(labels)].source;
    return chosen;
}

ArraysDefinition ArraysForm::definition() const {
    ArraysDefinition definition = m_definition;
    definition.train = split(Split::train).value_or(ArraySplit{});
    definition.test = split(Split::test);
    definition.validation = split(Split::validation);
    definition.axes = m_axes->currentData().toString().toStdString();
    definition.labels = static_cast<LabelForm>(m_form->currentData().toInt());
    definition.scaling = static_cast<Scaling>(m_scaling->currentData().toInt());
    definition.first_label = m_firstLabel->value();
    definition.test_fraction = m_testShare->value();
    definition.title = m_title->text().trimmed().toStdString();
    return definition;
}

void ArraysForm::enableParts() {
    for (const Split which : {Split::test, Split::validation}) {
        const Row& row = m_rows[static_cast<size_t>(which)];
        row.labels->setEnabled(row.input->currentData().toInt() >= 0);
    }
    m_testShare->setEnabled(inputBox(Split::test)->currentData().toInt() < 0);
    const auto form = static_cast<LabelForm>(m_form->currentData().toInt());
    m_firstLabel->setEnabled(form == LabelForm::sequence || form == LabelForm::step);
}

}  // namespace resonate::app
