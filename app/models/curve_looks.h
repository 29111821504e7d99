// app/models/curve_looks.h: colour, name and line of the compared groups: by neuron, or as the user wants them.
#pragma once

#include <QColor>
#include <QHash>
#include <QObject>
#include <QPen>
#include <QVariantMap>

#include "models/run_comparison.h"

namespace resonate::app {

/// How one group is drawn.
struct CurveLook {
    QString name;
    QColor colour;
    Qt::PenStyle line = Qt::SolidLine;
    int marker = 0;  ///< see drawMarker()
    bool hidden = false;
};

/// Kept by the key of a group, so that they stay when runs come and go.
class CurveLooks : public QObject {
    Q_OBJECT

 public:
    using QObject::QObject;

    /// What is compared from now on. Groups that were compared before keep their colours, lines and markers.
    void take(const RunComparison& comparison);
    /// Colours of neurons where several are compared, else colours that tell the groups apart. Line and marker repeat
    /// the distinction. Groups that take() was not told of are as if they came now.
    CurveLook lookOf(const RunComparison& comparison, qsizetype group, bool dark) const;

    void setName(const QString& key, const QString& name);
    void setColour(const QString& key, const QColor& colour);
    void setLine(const QString& key, Qt::PenStyle line);
    void setHidden(const QString& key, bool hidden);
    /// Back to what the program gives.
    void reset(const QString& key);
    bool isChanged(const QString& key) const { return m_own.contains(key); }

    /// For the settings.
    QVariantMap state() const;
    void restore(const QVariantMap& state);

 Q_SIGNALS:
    void changed();

 private:
    struct Own {
        QString name;
        QColor colour;
        std::optional<Qt::PenStyle> line;
        bool hidden = false;
    };

    /// Places a group has as long as it is compared.
    struct Place {
        int slot = 0;   ///< among all
        int shade = 0;  ///< among those of its neuron
        NeuronType neuron = NeuronType::brf;
    };

    QHash<QString, Own> m_own;
    QHash<QString, Place> m_places;
    bool m_byNeuron = false;  ///< groups of several neurons were compared, and some of them still are
};

}  // namespace resonate::app
