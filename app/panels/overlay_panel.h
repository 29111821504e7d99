// app/panels/overlay_panel.h: the overlaid curves, what they show, and their key.
#pragma once

#include <QVariantMap>
#include <QWidget>

#include "views/comparison_curves.h"

class QCheckBox;
class QComboBox;

namespace resonate::app {

class CurveKey;

class OverlayPanel : public QWidget {
    Q_OBJECT

 public:
    explicit OverlayPanel(CurveLooks* looks, QWidget* parent = nullptr);

    void setComparison(const SharedComparison& comparison);
    ComparisonCurves* curves() const { return m_curves; }
    CurveKey* key() const { return m_key; }
    QComboBox* metricBox() const { return m_metric; }
    QComboBox* axisBox() const { return m_axis; }
    QCheckBox* collapseBox() const { return m_collapse; }
    QCheckBox* publishedBox() const { return m_published; }

    /// For the settings.
    QVariantMap state() const;
    void restore(const QVariantMap& state);
    /// Narrower than its bar, so that three views fit beside each other in a small window.
    QSize minimumSizeHint() const override { return {300, 140}; }

 Q_SIGNALS:
    void collapseChanged(bool collapsed);
    void publishedShownChanged(bool shown);

 private:
    void apply();

    ComparisonCurves* m_curves;
    CurveKey* m_key;
    QComboBox* m_metric;
    QComboBox* m_axis;
    QCheckBox* m_collapse;
    QCheckBox* m_band;
    QCheckBox* m_published;
    QCheckBox* m_logarithmic;
};

}  // namespace resonate::app
