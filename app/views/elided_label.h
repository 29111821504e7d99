// app/views/elided_label.h: one line of text that ends with an ellipsis where its room does.
#pragma once

#include <QWidget>

namespace resonate::app {

/// Takes the width it is given. Another text is only painted: that of a QLabel lays its window out anew, which a text
/// that follows a training would do several times a second.
class ElidedLabel : public QWidget {
    Q_OBJECT

 public:
    explicit ElidedLabel(QWidget* parent = nullptr);

    const QString& text() const { return m_text; }
    /// `brief`: the same in fewer words, shown where the whole has no room.
    void setText(const QString& text, const QString& brief = {});
    /// Of a text that has room; left unless said otherwise.
    void setAlignment(Qt::Alignment alignment);
    /// Does that text have room?
    bool fits(const QString& text) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    QString m_text;
    QString m_brief;
    Qt::Alignment m_alignment = Qt::AlignLeft | Qt::AlignVCenter;
};

}  // namespace resonate::app
