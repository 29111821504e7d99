// app/panels/card_grid.h: cards below each other, or in as many columns as there is room for.
#pragma once

#include <QList>
#include <QScrollArea>

class QGridLayout;
class QLabel;

namespace resonate::app {

/// Sections with a heading. Up and down move the focus from card to card.
class CardGrid : public QScrollArea {
    Q_OBJECT

 public:
    explicit CardGrid(QWidget* parent = nullptr);

    /// Cards of a section, shown in this order. Those no longer named are deleted. `tools` stand below its heading.
    void setSection(int section, const QString& heading, const QList<QWidget*>& cards, QWidget* tools = nullptr);
    int columns() const { return m_columns; }

 protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    struct Section {
        QLabel* heading = nullptr;
        QWidget* tools = nullptr;
        QList<QWidget*> cards;
    };

    void arrange();
    /// What the widest card needs; never less than a card looks good at.
    int widestCard() const;

    QWidget* m_content;
    QGridLayout* m_layout;
    QList<Section> m_sections;
    int m_columns = 1;
};

}  // namespace resonate::app
