// app/frame/enter_key.h: Enter presses the button that has the keys, as Space does.
#pragma once

#include <QObject>

namespace resonate::app {

/// In the window itself; dialogs have a default button for Enter. Boxes that are ticked keep to Space.
class EnterKey : public QObject {
    Q_OBJECT

 public:
    explicit EnterKey(QWidget* window);

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace resonate::app
