// app/views/painted_view.h: base of the views that paint themselves: a cached picture, a cursor above it, exports.
#pragma once

#include <QPixmap>
#include <QWidget>

#include "models/view_link.h"
#include "views/exportable_view.h"
#include "views/plot_style.h"

namespace resonate::app {

/// The content is drawn once for each change, the cursor at every move of the mouse over any view. Keys ← → Home End
/// move the time cursor where the view has time steps, + and − zoom and 0 shows all where it zooms, Backspace clears
/// the selection.
class PaintedView : public QWidget, public ExportableView {
    Q_OBJECT

 public:
    explicit PaintedView(ViewLink* link, QWidget* parent = nullptr);

    /// What stands in it instead of emptyText() where nothing shows; "" for that.
    void setEmptyNote(const QString& note);
    void renderForExport(QPainter& painter, const QRectF& area) override;
    QSize sizeHint() const override { return {340, 300}; }
    QSize minimumSizeHint() const override { return {180, 140}; }

 protected:
    /// Everything but the cursor, into `area`. `exporting`: lines and shapes only.
    virtual void drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) = 0;
    /// The cursor and what is read off at it.
    virtual void drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) = 0;
    virtual QString emptyText() const = 0;
    /// What a screen reader says of the content; "" leaves the description as it is.
    virtual QString spokenSummary() const { return {}; }
    /// What is under that point of the widget, or "".
    virtual QString tipAt(const QPointF& /*point*/) const { return {}; }
    /// Number of steps T; 0 where nothing is shown over time.
    virtual int stepCount() const { return 0; }
    /// Where the time cursor starts from, when a key moves it.
    virtual int firstKeyStep() const { return 0; }

    /// Do keys zoom it now?
    virtual bool zooms() const { return false; }
    /// Shows that many times as much, around the place that matters most.
    virtual void zoomByKey(double /*factor*/) {}
    virtual void zoomOut() {}

    /// Margins for letters that many times as high as the usual ones of 12 pixels; >= 1. Called before anything is
    /// drawn.
    virtual void fitLetters(double /*scale*/) {}

    void invalidate();
    ViewLink* link() const { return m_link; }

    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    // What keys do; false: it is another key.
    bool clearSelection(const QKeyEvent& event);
    bool zoom(const QKeyEvent& event);
    bool moveCursor(const QKeyEvent& event);
    void measureLetters(const QFont& font);
    QString shownEmptyText() const;
    void drawEmptyText(QPainter& painter);

    ViewLink* m_link;
    QString m_emptyNote;
    QPixmap m_cache;  ///< the content without cursor: moving the mouse repaints only what moves
    bool m_cacheValid = false;
};

}  // namespace resonate::app
