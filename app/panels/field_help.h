// app/panels/field_help.h: what a field means, at length: the equations it stands in, unit, range, when it acts.
#pragma once

#include <QString>

#include "resonate/config_io.h"

namespace resonate::app {

/// "Range: more than 0, up to 1", or "" where the field is no number.
QString fieldRange(const Field& field);
/// "The running training takes a change with its next batch."
QString fieldActs(const Field& field);

/// An equation as rich text (Unicode, <i>, <sub>) and where it is from.
struct FieldEquation {
    QString html;
    QString source;
};
/// The equations in which the field stands for this experiment's neuron; empty where it stands in none.
FieldEquation fieldEquation(const Field& field, const ExperimentConfig& config);

/// All of it as rich text for a strip of some 300 pixels.
QString fieldHelp(const Field& field, const ExperimentConfig& config);

}  // namespace resonate::app
