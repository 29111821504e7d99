// app/panels/arrays_form.h: says which array is what: input and labels of each split, axes, form of the labels.
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

#include "resonate/own_data.h"

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace resonate::app {

/// An array that was found, and the file it is in.
struct FoundArray {
    ArraySource source;
    ArrayInfo info;
};

/// Edits a definition whose arrays are among those that were found.
class ArraysForm : public QWidget {
    Q_OBJECT

 public:
    explicit ArraysForm(QWidget* parent = nullptr);

    void setContents(const std::vector<FoundArray>& arrays, const ArraysDefinition& definition);
    /// As the editors say.
    ArraysDefinition definition() const;

    QComboBox* inputBox(Split split) const { return m_rows[static_cast<size_t>(split)].input; }
    QComboBox* labelsBox(Split split) const { return m_rows[static_cast<size_t>(split)].labels; }
    QComboBox* axesBox() const { return m_axes; }
    QComboBox* labelFormBox() const { return m_form; }
    QSpinBox* firstLabelBox() const { return m_firstLabel; }
    QLineEdit* titleEdit() const { return m_title; }

 Q_SIGNALS:
    /// The user has changed something that decides what is read: all but the title.
    void edited();

 private:
    struct Row {
        QComboBox* input = nullptr;
        QComboBox* labels = nullptr;
    };

    QComboBox* addBox(QGridLayout* grid, const QString& label, int row, int column, const QString& meaning);
    void fill(QComboBox* box, const ArraySource& chosen, const QString& none) const;
    std::optional<ArraySplit> split(Split which) const;
    void enableParts();

    std::vector<FoundArray> m_arrays;
    ArraysDefinition m_definition;
    Row m_rows[3];
    QComboBox* m_axes;
    QComboBox* m_form;
    QComboBox* m_scaling;
    QSpinBox* m_firstLabel;
    QDoubleSpinBox* m_testShare;
    QLineEdit* m_title;
};

}  // namespace resonate::app
