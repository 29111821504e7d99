// app/panels/letter_columns.h: columns and rows of a table that keep to the size of its letters.
#pragma once

#include <QObject>
#include <initializer_list>

class QTableView;

namespace resonate::app {

/// Widths are given in letters. Where the letters grow while the table stands, its columns grow in proportion, those
/// that the user made wider or narrower as well.
class LetterColumns : public QObject {
    Q_OBJECT

 public:
    /// `view` has its model, and is the parent.
    LetterColumns(QTableView* view, std::initializer_list<int> letters);

    /// Width of the letters that the columns are made for.
    double letter() const { return m_letter; }
    /// The columns got widths that are made for letters of that width; 0 = of those it has now.
    void take(double letter);

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    double viewLetter() const;
    void fit();

    QTableView* m_view;
    double m_letter;
};

}  // namespace resonate::app
