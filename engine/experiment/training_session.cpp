// engine/experiment/training_session.cpp: a training on a thread of its own.
#include "experiment/checks.h"
#include "resonate/error.h"
#include "resonate/experiment.h"

namespace resonate {

TrainingSession::TrainingSession(ExperimentConfig config, RunOptions options, TrainingObserver& observer)
    : thread_([this, config = std::move(config), options = std::move(options), &observer] {
          const auto fail = [&](const std::string& message) {
              observer.on_ended(
                  {.status = RunStatus::failed, .message = message, .folder = {}, .last = {}, .best = {}});
          };
          try {
              run_training(config, options, observer, control_);
          } catch (const Error& error) {
              fail(error.what());
          } catch (const std::exception& error) {
              fail("The run could not start: " + first_line(error.what()));
          }
          finished_ = true;
      }) {}

TrainingSession::~TrainingSession() {
    stop();
    thread_.join();
}

}  // namespace resonate
