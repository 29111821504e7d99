// app/panels/curve_key.h: the key of the compared groups: shows, hides, names and colours them.
#pragma once

#include <QTreeWidget>

#include "models/curve_looks.h"

namespace resonate::app {

/// A tick hides or shows a curve, F2 or a double click on its name renames it, a double click on its sign chooses its
/// colour, the context menu has all of it.
class CurveKey : public QTreeWidget {
    Q_OBJECT

 public:
    explicit CurveKey(CurveLooks* looks, QWidget* parent = nullptr);

    void setComparison(const SharedComparison& comparison);
    /// Asks for the colour of the current row.
    void chooseColour();

    QSize sizeHint() const override { return {170, 120}; }

 protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

 private:
    void fill();
    void showMenu(const QPoint& point);
    QString keyOf(const QTreeWidgetItem* item) const;

    CurveLooks* m_looks;
    SharedComparison m_comparison;
    bool m_filling = false;
};

}  // namespace resonate::app
