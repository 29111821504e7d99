// app/panels/field_values_box.h: rows of a field and its values: the axes of a study, or what all its runs share.
#pragma once

#include <QWidget>
#include <string>
#include <utility>
#include <vector>

class QComboBox;
class QLineEdit;
class QVBoxLayout;

namespace resonate::app {

class FieldValuesBox : public QWidget {
    Q_OBJECT

 public:
    /// `several`: values are lists as valuesFromText() reads them; else each field has one.
    FieldValuesBox(const QString& name, bool several, QWidget* parent = nullptr);

    using Rows = std::vector<std::pair<std::string, std::vector<std::string>>>;
    /// Paths and values; a path that is no field is shown as it is.
    void setRows(const Rows& rows);
    /// Throws ConfigError naming the field whose values cannot be read.
    Rows rows() const;

    int count() const { return static_cast<int>(m_rows.size()); }
    QComboBox* fieldBox(int row) const { return m_rows[static_cast<size_t>(row)].field; }
    QLineEdit* valuesEdit(int row) const { return m_rows[static_cast<size_t>(row)].values; }
    /// A row with the first field that no row has yet.
    void addRow();

 Q_SIGNALS:
    void edited();

 private:
    struct Row {
        QWidget* line;
        QComboBox* field;
        QLineEdit* values;
    };
    void append(const std::string& path, const QString& values);
    void explain(const Row& row) const;

    QString m_name;
    bool m_several;
    QVBoxLayout* m_column;
    std::vector<Row> m_rows;
};

}  // namespace resonate::app
