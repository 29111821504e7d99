// app/models/experiment_edits.cpp: see experiment_edits.h.
#include "models/experiment_edits.h"

#include "resonate/config_io.h"

namespace resonate::app {
namespace {

constexpr int typingId = 1;

}  // namespace

QString shownValue(const QString& path, const FormState& state) {
    if (state.drafts.contains(path)) return QStringLiteral("\"%1\"").arg(state.drafts.value(path));
    const Field* field = find_field(path.toStdString());
    if (!field) return {};
    const FieldValue value = field->get(state.config);
    if (const bool* on = std::get_if<bool>(&value)) return *on ? ExperimentEdits::tr("on") : ExperimentEdits::tr("off");
    if (const auto* whole = std::get_if<std::int64_t>(&value); whole && *whole == 0 && !field->zero_text.empty())
        return QString::fromStdString(field->zero_text);
    const QString text = QString::fromStdString(field_text(*field, state.config));
    return text.isEmpty() ? ExperimentEdits::tr("nothing") : text;
}

class ExperimentEdits::Step : public QUndoCommand {
 public:
    Step(ExperimentEdits* edits, FormState before, FormState after, QString field, const QString& what, int typing)
        : m_edits(edits),
          m_before(std::move(before)),
          m_after(std::move(after)),
          m_field(std::move(field)),
          m_typing(typing) {
        if (what.isEmpty())
            describe();
        else
            setText(what);
    }

    int id() const override { return m_field.isEmpty() ? -1 : typingId; }
    bool mergeWith(const QUndoCommand* next) override {
        const auto* later = static_cast<const Step*>(next);
        if (later->m_field != m_field || later->m_typing != m_typing) return false;
        m_after = later->m_after;
        describe();
        setObsolete(m_before == m_after);
        return true;
    }
    void undo() override { Q_EMIT m_edits->restored(m_before, m_field); }
    void redo() override {
        if (m_isDone) Q_EMIT m_edits->restored(m_after, m_field);
        m_isDone = true;
    }

 private:
    void describe() {
        const Field* field = find_field(m_field.toStdString());
        setText(ExperimentEdits::tr("%1: %2 → %3")
                    .arg(field ? QString::fromStdString(field->label) : m_field, shownValue(m_field, m_before),
                         shownValue(m_field, m_after)));
    }

    ExperimentEdits* m_edits;
    FormState m_before;
    FormState m_after;
    QString m_field;
    int m_typing;
    bool m_isDone = false;  ///< when it is pushed the form shows it already
};

ExperimentEdits::ExperimentEdits(QObject* parent) : QObject(parent), m_stack(new QUndoStack(this)) {
    constexpr int mostSteps = 500;
    m_stack->setUndoLimit(mostSteps);
}

void ExperimentEdits::add(const FormState& before, const FormState& after, const QString& field, const QString& what) {
    if (before == after) return;
    m_stack->push(new Step(this, before, after, field, what, m_typing));
}

}  // namespace resonate::app
