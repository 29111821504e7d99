// app/panels/help_strip.h: under the form: what the field with the focus means. Can be folded away.
#pragma once

#include <QWidget>

class QTextBrowser;
class QToolButton;

namespace resonate::app {

class HelpStrip : public QWidget {
    Q_OBJECT

 public:
    explicit HelpStrip(QWidget* parent = nullptr);

    bool isUnfolded() const;
    void setUnfolded(bool unfolded);
    void setHelp(const QString& title, const QString& html);
    QString text() const;
    QToolButton* foldButton() const { return m_fold; }

 Q_SIGNALS:
    /// By the user or by setUnfolded().
    void foldChanged(bool unfolded);

 protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    void fit();

    QToolButton* m_fold;
    QTextBrowser* m_text;
};

}  // namespace resonate::app
