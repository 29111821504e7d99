// app/workspaces/train_tour.h: the five steps of the first start: what a balanced resonate-and-fire network does.
#pragma once

#include "frame/tour.h"

namespace resonate::app {

class TrainWorkspace;

/// `showTrain` brings the workspace to the front.
QList<TourStep> trainTour(TrainWorkspace* train, const std::function<void()>& showTrain);

}  // namespace resonate::app
