// app/panels/field_row.cpp: see field_row.h.
#include "panels/field_row.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <cmath>
#include <limits>

#include "resonate/datasets.h"
#include "resonate/error.h"
#include "style/icons.h"

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

QString number(double value) { return QString::number(value, 'g', 12); }

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
      m_problem(new QLabel(m_box)) {
    auto* layout = new QGridLayout(m_box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(4);
    layout->setVerticalSpacing(2);
    layout->addWidget(m_editor, 0, 0);
    layout->addWidget(m_reset, 0, 2);
    layout->addWidget(m_problem, 1, 0, 1, 3);
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
}

QToolButton* FieldRow::addButton(const QString& text, const QString& meaning) {
    auto* button = new QToolButton(m_box);
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
    const bool numeric = m_field.choices.empty() && (m_field.min != 0 || m_field.max != 0);
    if (numeric && !std::holds_alternative<bool>(m_field.get(ExperimentConfig())) &&
        !std::holds_alternative<std::string>(m_field.get(ExperimentConfig()))) {
        text += m_field.min_exclusive ? tr("<br>Range: more than %1").arg(number(m_field.min))
                                      : tr("<br>Range: from %1").arg(number(m_field.min));
        if (std::isfinite(m_field.max) && m_field.max < std::numeric_limits<int>::max())
            text += m_field.max_exclusive ? tr(", less than %1").arg(number(m_field.max))
                                          : tr(" to %1").arg(number(m_field.max));
    }
    return text + QStringLiteral("<br><code>%1</code></p>").arg(QString::fromStdString(m_field.path));
}

QWidget* FieldRow::makeEditor(QWidget* parent) {
    const FieldValue like = m_field.get(ExperimentConfig());
    if (std::holds_alternative<bool>(like)) {
        auto* box = new QCheckBox(parent);
        connect(box, &QCheckBox::clicked, this, &FieldRow::edited);
        return box;
    }
    if (!m_field.choices.empty()) {
        auto* combo = new CalmComboBox(parent);
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setMinimumContentsLength(10);
        for (const std::string& choice : m_field.choices)
            combo->addItem(choiceText(m_field, choice), QString::fromStdString(choice));
        connect(combo, &QComboBox::activated, this, &FieldRow::edited);
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
    const bool changed = value != m_field.get(preset);
    m_reset->setVisible(changed);
    QFont font = m_label->font();
    font.setBold(changed);
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

void FieldRow::setProblem(const QString& sentence) {
    m_problem->setText(sentence.isEmpty() ? QString() : QStringLiteral("⚠ ") + sentence);
    m_problem->setVisible(!sentence.isEmpty());
    QPalette palette = m_problem->palette();
    const bool dark = m_problem->palette().color(QPalette::Window).lightness() < 128;
    palette.setColor(QPalette::WindowText, dark ? QColor(0xff9b85) : QColor(0xb3261e));
    m_problem->setPalette(palette);
}

void FieldRow::setVisible(bool visible) {
    m_label->setVisible(visible);
    m_box->setVisible(visible);
}

}  // namespace resonate::app
