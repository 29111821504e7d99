// app/panels/field_row.cpp: see field_row.h.
#include "panels/field_row.h"

#include <QCheckBox>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QSpinBox>
#include <limits>

#include "panels/card_parts.h"
#include "panels/field_help.h"
#include "resonate/datasets.h"
#include "resonate/error.h"

namespace resonate::app {
namespace {

/// Names of choices as people read them.
QString choiceText(const Field& field, const std::string& choice) {
    if (field.path == "dataset.name") {
        for (const DatasetInfo& info : dataset_catalogue())
            if (info.name == choice) return QString::fromStdString(info.title);
    }
    if (field.path == "neuron.type") return QString::fromStdString(choice).toUpper();
    QString text = QString::fromStdString(choice).replace(QLatin1Char('_'), QLatin1Char(' '));
    if (text == QLatin1String("double gaussian")) return FieldRow::tr("double Gaussian");
    if (text == QLatin1String("multi gaussian")) return FieldRow::tr("multi-Gaussian");
    if (text == QLatin1String("gaussian")) return FieldRow::tr("Gaussian");
    return text;
}

/// Behind the label of a field that acts on the running training.
QString marked(const QString& label) { return label + QStringLiteral(" ▸"); }

/// F1 alone lists the keys of the window, here as everywhere.
bool asksForHelp(const QKeyEvent& key) { return key.key() == Qt::Key_F1 && key.modifiers() == Qt::ShiftModifier; }

/// Wheel and selection never change a value by accident while the form scrolls.
class CalmComboBox : public QComboBox {
 public:
    using QComboBox::QComboBox;
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};
class CalmSpinBox : public QSpinBox {
 public:
    CalmSpinBox(const QString& zeroText, QWidget* parent) : QSpinBox(parent), m_zeroText(zeroText) {}
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }

 protected:
    QString textFromValue(int value) const override {
        return value == 0 && !m_zeroText.isEmpty() ? m_zeroText : QSpinBox::textFromValue(value);
    }
    int valueFromText(const QString& text) const override {
        return !m_zeroText.isEmpty() && cleaned(text) == m_zeroText ? 0 : QSpinBox::valueFromText(text);
    }
    QValidator::State validate(QString& text, int& position) const override {
        if (!m_zeroText.isEmpty() && m_zeroText.startsWith(cleaned(text)))
            return cleaned(text) == m_zeroText ? QValidator::Acceptable : QValidator::Intermediate;
        return QSpinBox::validate(text, position);
    }

 private:
    QString cleaned(QString text) const {
        if (text.endsWith(suffix())) text.chop(suffix().size());
        return text.trimmed();
    }

    QString m_zeroText;
};

}  // namespace

FieldRow::FieldRow(const Field& field, QWidget* parent)
    : QObject(parent),
      m_field(field),
      m_label(new QLabel(QString::fromStdString(field.label), parent)),
      m_box(new QWidget(parent)),
      m_editor(makeEditor(m_box)),
      m_reset(new QToolButton(m_box)),
      m_problem(new QLabel(m_box)),
      m_runBox(new QWidget(m_box)),
      m_runNote(new QLabel(m_runBox)),
      m_apply(new QPushButton(tr("Apply"), m_runBox)) {
    auto* layout = new QGridLayout(m_box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(4);
    layout->setVerticalSpacing(2);
    layout->addWidget(m_editor, 0, 0);
    layout->addWidget(m_reset, 0, 2);
    layout->addWidget(m_problem, 1, 0, 1, 3);
    layout->addWidget(m_runBox, 2, 0, 1, 3);
    layout->setColumnStretch(0, 1);
    QSizePolicy keeps = m_reset->sizePolicy();
    keeps.setRetainSizeWhenHidden(true);
    m_reset->setSizePolicy(keeps);
    m_reset->setAutoRaise(true);
    m_reset->setText(QStringLiteral("●"));
    m_reset->setToolTip(tr("Differs from the preset. Click to take the preset's value."));
    m_reset->setAccessibleName(tr("Reset %1").arg(m_label->text()));
    m_reset->hide();
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_label->setBuddy(m_editor);
    m_label->setToolTip(toolTip());
    m_editor->setToolTip(toolTip());
    m_editor->setAccessibleName(m_label->text());
    m_editor->setAccessibleDescription(QString::fromStdString(field.help));
    m_editor->setObjectName(QString::fromStdString(field.path));
    connect(m_reset, &QToolButton::clicked, this, &FieldRow::resetRequested);
    buildRunNote();
    m_label->installEventFilter(this);
    m_editor->installEventFilter(this);
    // Of a spin box: it hands keys to its line, past the filters of that.
    if (auto* line = m_editor->findChild<QLineEdit*>()) line->installEventFilter(this);
}

void FieldRow::fit() {
    // A hidden label goes on with the size of its letters of before, until it is told anything.
    m_label->setIndent(m_label->indent());
    // A label that gains its mark when a training starts does not move the editors.
    // Nor does one that becomes bold because its value is not the preset's.
    QFont bold = m_label->font();
    bold.setBold(true);
    m_label->setMinimumWidth(QFontMetrics(bold).horizontalAdvance(marked(QString::fromStdString(m_field.label))));
    // A problem below the editor must not pull the label down.
    m_label->setMinimumHeight(m_editor->sizeHint().height());
}

void FieldRow::buildRunNote() {
    auto* row = new QHBoxLayout(m_runBox);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_runNote, 1);
    row->addWidget(m_apply, 0, Qt::AlignTop);
    m_runNote->setWordWrap(true);
    m_apply->setAutoDefault(false);
    m_apply->setAccessibleName(tr("Apply %1 to the running training").arg(m_label->text()));
    m_apply->setToolTip(m_field.change == FieldChange::now
                            ? tr("The running training takes it with its next batch (Return)")
                            : tr("The running training takes it with its next epoch (Return)"));
    m_runBox->hide();
    connect(m_apply, &QPushButton::clicked, this, &FieldRow::applyRequested);
}

void FieldRow::setLive(bool live) {
    if (live == m_live) return;
    m_live = live;
    const QString name = QString::fromStdString(m_field.label);
    m_label->setText(live ? marked(name) : name);
    m_editor->setAccessibleDescription(
        QString::fromStdString(m_field.help) +
        (live ? QLatin1Char(' ') + tr("The running training can take a change of it.") : QString()));
}

void FieldRow::setRunNote(const QString& sentence, bool isError, bool applicable) {
    QPalette palette = m_box->palette();
    if (isError)
        palette.setColor(QPalette::WindowText, errorColour(palette));
    else
        palette.setColor(QPalette::WindowText, palette.color(QPalette::Link));
    m_runNote->setPalette(palette);
    m_runNote->setText(sentence);
    m_apply->setVisible(applicable);
    m_runBox->setVisible(!sentence.isEmpty());
}

bool FieldRow::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::ShortcutOverride: {
            auto* key = static_cast<QKeyEvent*>(event);
            if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
                // Not taken by the editor, so that the form's action gets it.
                event->ignore();
                return true;
            }
            if (asksForHelp(*key)) {
                event->accept();
                return true;
            }
            break;
        }
        case QEvent::KeyPress: {
            auto* key = static_cast<QKeyEvent*>(event);
            // One event may pass the spin box and its line.
            if (watched != m_editor) break;
            if (asksForHelp(*key)) {
                Q_EMIT helpRequested();
                return true;
            }
            if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) Q_EMIT committed();
            break;
        }
        case QEvent::FocusIn:
            if (watched == m_editor) Q_EMIT focused();
            break;
        case QEvent::FocusOut:
            if (watched == m_editor) Q_EMIT left();
            break;
        case QEvent::FontChange:
            // Under a style sheet a widget loses its own font when one that it stands in gets another parent.
            if (watched == m_label) embolden();
            break;
        case QEvent::ContextMenu: showMenu(static_cast<QContextMenuEvent*>(event)->globalPos()); return true;
        default: break;
    }
    return QObject::eventFilter(watched, event);
}

void FieldRow::showMenu(const QPoint& at) {
    QLineEdit* line = qobject_cast<QLineEdit*>(m_editor);
    if (!line) line = m_editor->findChild<QLineEdit*>();
    QMenu* menu = line ? line->createStandardContextMenu() : new QMenu(m_editor);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    // The line's own undo knows less than the form's, which is in the Edit menu.
    constexpr int undoRedoAndSeparator = 3;
    if (line && !line->isReadOnly())
        for (QAction* own : menu->actions().first(undoRedoAndSeparator)) own->setVisible(false);
    QAction* first = menu->actions().isEmpty() ? nullptr : menu->actions().constFirst();
    auto* what = new QAction(tr("What is this?"), menu);
    what->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F1));
    connect(what, &QAction::triggered, this, &FieldRow::helpRequested);
    auto* reset = new QAction(tr("Take the preset's value"), menu);
    reset->setEnabled(!m_reset->isHidden());
    connect(reset, &QAction::triggered, this, &FieldRow::resetRequested);
    menu->insertActions(first, {what, reset});
    if (first) menu->insertSeparator(first);
    menu->popup(at);
}

QToolButton* FieldRow::addButton(const QString& text, const QString& meaning) {
    auto* button = new QToolButton(m_box);
    button->setObjectName(QStringLiteral("browse"));
    button->setText(text);
    button->setToolTip(meaning);
    button->setAccessibleName(QStringLiteral("%1: %2").arg(m_label->text(), meaning));
    static_cast<QGridLayout*>(m_box->layout())->addWidget(button, 0, 1);
    return button;
}

QString FieldRow::toolTip() const {
    QString text = QStringLiteral("<p><b>%1</b>").arg(QString::fromStdString(m_field.label));
    if (!m_field.symbol.empty()) text += QStringLiteral(" · <i>%1</i>").arg(QString::fromStdString(m_field.symbol));
    if (!m_field.unit.empty()) text += QStringLiteral(" · %1").arg(QString::fromStdString(m_field.unit));
    text += QStringLiteral("<br>%1").arg(QString::fromStdString(m_field.help).toHtmlEscaped());
    if (const QString range = fieldRange(m_field); !range.isEmpty()) text += QStringLiteral("<br>%1").arg(range);
    return text + QStringLiteral("<br><code>%1</code></p>").arg(QString::fromStdString(m_field.path));
}

QWidget* FieldRow::makeEditor(QWidget* parent) {
    const FieldValue like = m_field.get(ExperimentConfig());
    if (std::holds_alternative<bool>(like)) {
        auto* box = new QCheckBox(parent);
        connect(box, &QCheckBox::clicked, this, &FieldRow::edited);
        connect(box, &QCheckBox::clicked, this, &FieldRow::committed);
        return box;
    }
    if (!m_field.choices.empty()) {
        auto* combo = new CalmComboBox(parent);
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setMinimumContentsLength(10);
        for (const std::string& choice : m_field.choices)
            combo->addItem(choiceText(m_field, choice), QString::fromStdString(choice));
        connect(combo, &QComboBox::activated, this, &FieldRow::edited);
        connect(combo, &QComboBox::activated, this, &FieldRow::committed);
        return combo;
    }
    if (std::holds_alternative<std::int64_t>(like) && m_field.max <= std::numeric_limits<int>::max()) {
        auto* spin = new CalmSpinBox(QString::fromStdString(m_field.zero_text), parent);
        spin->setMinimumWidth(110);
        // The range is validated with a sentence, not silently clipped while typing.
        spin->setRange(std::numeric_limits<int>::min(), std::numeric_limits<int>::max());
        spin->setKeyboardTracking(true);
        spin->setFocusPolicy(Qt::StrongFocus);
        if (!m_field.unit.empty()) spin->setSuffix(QLatin1Char(' ') + QString::fromStdString(m_field.unit));
        connect(spin, &QSpinBox::valueChanged, this, &FieldRow::edited);
        return spin;
    }
    // Numbers as text: any precision, exponents, and nothing rounded behind the user's back.
    auto* line = new QLineEdit(parent);
    line->setMinimumWidth(90);
    connect(line, &QLineEdit::textEdited, this, &FieldRow::edited);
    return line;
}

void FieldRow::show(const ExperimentConfig& config, const ExperimentConfig& preset) {
    const FieldValue value = m_field.get(config);
    const QSignalBlocker quiet(m_editor);
    if (auto* box = qobject_cast<QCheckBox*>(m_editor)) {
        box->setChecked(std::get<bool>(value));
    } else if (auto* combo = qobject_cast<QComboBox*>(m_editor)) {
        combo->setCurrentIndex(combo->findData(QString::fromStdString(std::get<std::string>(value))));
    } else if (auto* spin = qobject_cast<QSpinBox*>(m_editor)) {
        spin->setValue(static_cast<int>(std::get<std::int64_t>(value)));
    } else if (auto* line = qobject_cast<QLineEdit*>(m_editor)) {
        // What the user is typing stays as typed where it means the same.
        ExperimentConfig typed = config;
        bool same = false;
        try {
            store(typed);
            same = m_field.get(typed) == value;
        } catch (const ConfigError&) {
            same = false;
        }
        if (!same) line->setText(QString::fromStdString(field_text(m_field, config)));
    }
    setChanged(value != m_field.get(preset));
}

void FieldRow::setChanged(bool changed) {
    m_changed = changed;
    m_reset->setVisible(changed);
    embolden();
}

void FieldRow::embolden() {
    QFont font = m_label->font();
    if (font.bold() == m_changed) return;
    font.setBold(m_changed);
    m_label->setFont(font);
}

void FieldRow::store(ExperimentConfig& config) const {
    if (const auto* box = qobject_cast<QCheckBox*>(m_editor))
        m_field.set(config, box->isChecked());
    else if (const auto* combo = qobject_cast<QComboBox*>(m_editor))
        m_field.set(config, combo->currentData().toString().toStdString());
    else if (const auto* spin = qobject_cast<QSpinBox*>(m_editor))
        m_field.set(config, static_cast<std::int64_t>(spin->value()));
    else if (const auto* line = qobject_cast<QLineEdit*>(m_editor))
        m_field.set(config, parse_field_value(m_field, line->text().trimmed().toStdString()));
}

void FieldRow::showDraft(const QString& text) {
    if (auto* line = qobject_cast<QLineEdit*>(m_editor); line && line->text() != text) line->setText(text);
}

QString FieldRow::typedText() const {
    const auto* line = qobject_cast<QLineEdit*>(m_editor);
    return line ? line->text() : QString();
}

void FieldRow::setProblem(const QString& sentence) {
    m_problem->setText(sentence.isEmpty() ? QString() : QStringLiteral("⚠ ") + sentence);
    m_problem->setVisible(!sentence.isEmpty());
    QPalette palette = m_problem->palette();
    palette.setColor(QPalette::WindowText, errorColour(palette));
    m_problem->setPalette(palette);
}

void FieldRow::setVisible(bool visible) {
    m_label->setVisible(visible);
    m_box->setVisible(visible);
}

}  // namespace resonate::app
