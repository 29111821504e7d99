// tests/app/window_fixture.h: a window as a user starts it, with folders of its own and a small experiment at hand.
#pragma once

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include "main_window.h"
#include "panels/experiment_panel.h"
#include "panels/message_banner.h"
#include "panels/run_bar.h"
#include "panels/view_dock.h"
#include "resonate/config_io.h"
#include "resonate/run_store.h"
#include "style/text_size.h"
#include "style/theme.h"
#include "views/curves_view.h"
#include "views/membrane_view.h"
#include "views/raster_view.h"
#include "workspaces/train_workspace.h"

namespace resonate::tests {

using namespace resonate::app;

/// ms for what takes as long as the machine takes; conditions are waited for, times are not.
inline constexpr int long_wait = 300000;

class WindowFixture {
 public:
    /// Settings, presets and data of the user of this machine stay out of it.
    WindowFixture() {
        qputenv("XDG_DATA_HOME", folder.path().toUtf8());
        qunsetenv("RESONATE_DATA_DIR");
        QFile::remove(WindowSettings::filePath());
        QFile::remove(WindowSettings::filePath() + QStringLiteral(".broken"));
    }

    ~WindowFixture() {
        window.reset();
        applyTextSize(TextSize::Normal);
    }
    WindowFixture(const WindowFixture&) = delete;
    WindowFixture& operator=(const WindowFixture&) = delete;

    MainWindow& open() {
        WindowOptions options;
        options.runsDir = runsDir();
        options.theme = theme;
        const bool fresh = !QFile::exists(WindowSettings::filePath());
        window = std::make_unique<MainWindow>(options);
        if (fresh) window->resize(1200, 800);
        window->show();
        if (!QTest::qWaitForWindowExposed(window.get())) qFatal("the window did not appear");
        return *window;
    }

    QString path(const QString& name) const { return folder.filePath(name); }
    QString runsDir() const { return path(QStringLiteral("runs")); }

    /// A run of seconds.
    void shrink(int epochs = 2) const {
        ExperimentConfig config = window->train()->experiment()->config();
        config.dataset.synthetic_train = 12;
        config.dataset.synthetic_test = 4;
        config.network.hidden_size = 8;
        config.training.batch_size = 4;
        config.training.epochs = epochs;
        window->train()->experiment()->setPreset(QString(), config);
    }

    QToolButton* button(QAction* action) const {
        return qobject_cast<QToolButton*>(window->train()->runBar()->widgetForAction(action));
    }
    void click(QAction* action) const { QTest::mouseClick(button(action), Qt::LeftButton); }
    void clickStart() const { click(window->train()->runBar()->startAction()); }
    TrainingPresenter::State state() const { return window->train()->presenter()->state(); }

    /// The user selects the whole text of a field's editor and types another.
    void type(const QString& field, const QString& text) const {
        QWidget* editor = window->train()->experiment()->row(field)->editor();
        if (auto* spin = qobject_cast<QSpinBox*>(editor)) {
            spin->selectAll();
        } else {
            qobject_cast<QLineEdit*>(editor)->selectAll();
        }
        QTest::keyClicks(editor, text);
    }

    QTemporaryDir folder;
    std::optional<ThemeMode> theme;
    std::unique_ptr<MainWindow> window;
};

/// Does something with the dialog of that class as soon as it is open. A dialog that stands open after the test has
/// failed is closed: the one who opened it would wait for it until the test program is killed. Nor does a dialog that
/// never came meet the next test.
template <class Dialog, class Action>
void when_dialog_opens(Action action) {
    auto* poll = new QTimer;
    const QByteArray test = QTest::currentTestFunction();
    QObject::connect(poll, &QTimer::timeout, poll, [poll, action, test] {
        if (test != QTest::currentTestFunction()) return poll->deleteLater();
        if (const QPointer<Dialog> dialog = qobject_cast<Dialog*>(QApplication::activeModalWidget())) {
            poll->stop();
            poll->deleteLater();
            action(dialog.data());
            if (dialog && QTest::currentTestFailed()) dialog->reject();
        }
    });
    poll->start(20);
}

/// Clicks the button with that text in the next question.
inline void answer_question(const QString& text) {
    when_dialog_opens<QMessageBox>([text](QMessageBox* box) {
        for (QAbstractButton* button : box->buttons())
            if (button->text().remove(QLatin1Char('&')) == text) return QTest::mouseClick(button, Qt::LeftButton);
        qFatal("no such button in the question");
    });
}

}  // namespace resonate::tests
